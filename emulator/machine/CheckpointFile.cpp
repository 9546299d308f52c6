// The file of a checkpoint.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "CheckpointFile.h"

#include <fmt/format.h>
#include <zlib.h>

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

using namespace tatami;

namespace {

struct Head {
  char magic[8] = {'t', 'a', 't', 'a', 'm', 'i', 'c', 'p'};
  uint64_t version = 2;
};

struct SectionHead {
  char name[16] = {};
  uint64_t size = 0;
  uint64_t checksum = 0;

  std::string_view title() const { return {name, strnlen(name, sizeof name)}; }
};

uint64_t checksum(const uint8_t *data, size_t size) {
  return crc32_z(0, data, size);
}

} // namespace

//===-- Writing -------------------------------------------------------------===//

CheckpointWriter::CheckpointWriter(const std::string &path)
    : path(path), unfinished(path + ".unfinished") {
  file = std::fopen(unfinished.c_str(), "wbe");
  if (!file)
    throw ArchiveError(fmt::format("{}: cannot be written: {}", unfinished,
                                   std::strerror(errno)));
  Head head;
  write(&head, sizeof head);
}

CheckpointWriter::~CheckpointWriter() {
  if (!file)
    return;
  std::fclose(file);
  unlink(unfinished.c_str());
}

void CheckpointWriter::write(const void *data, size_t size) {
  if (size && std::fwrite(data, size, 1, file) != 1)
    throw ArchiveError(fmt::format("{}: cannot be written: {}", unfinished,
                                   std::strerror(errno)));
}

void CheckpointWriter::section(std::string_view name,
                               const ArchiveWriter &content) {
  SectionHead head;
  name.copy(head.name, sizeof head.name - 1);
  head.size = content.data().size();
  head.checksum = checksum(content.data().data(), head.size);
  write(&head, sizeof head);
  write(content.data().data(), head.size);
}

void CheckpointWriter::commit() {
  section("end", {});
  bool whole = std::fflush(file) == 0 && fsync(fileno(file)) == 0;
  whole = std::fclose(std::exchange(file, nullptr)) == 0 && whole;
  // The one before has served if there was none.
  std::string previous = path + ".previous";
  if (whole && rename(path.c_str(), previous.c_str()) != 0)
    whole = errno == ENOENT;
  if (!whole || rename(unfinished.c_str(), path.c_str()) != 0) {
    int error = errno;
    unlink(unfinished.c_str());
    throw ArchiveError(fmt::format("{}: cannot be written: {}", path,
                                   std::strerror(error)));
  }
}

//===-- Reading -------------------------------------------------------------===//

void CheckpointReader::fail(const std::string &what) const {
  std::string previous = path + ".previous";
  std::string advice = access(previous.c_str(), R_OK) == 0
                           ? fmt::format("; the one before it is {}", previous)
                           : "";
  throw ArchiveError(fmt::format("{}: {}{}", path, what, advice));
}

CheckpointReader::CheckpointReader(const std::string &path) : path(path) {
  int file = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  struct stat info;
  if (file < 0 || fstat(file, &info) != 0) {
    int error = errno;
    if (file >= 0)
      close(file);
    fail(fmt::format("cannot be opened: {}", std::strerror(error)));
  }
  size = size_t(info.st_size);
  void *memory = size ? mmap(nullptr, size, PROT_READ, MAP_PRIVATE, file, 0)
                      : MAP_FAILED;
  close(file);
  if (memory == MAP_FAILED)
    fail("is no checkpoint");
  data = static_cast<const uint8_t *>(memory);
  try {
    check();
  } catch (...) {
    munmap(const_cast<uint8_t *>(data), size);
    throw;
  }
}

CheckpointReader::~CheckpointReader() {
  munmap(const_cast<uint8_t *>(data), size);
}

void CheckpointReader::check() {
  Head head, expected;
  if (size < sizeof head)
    fail("is no checkpoint");
  std::memcpy(&head, data, sizeof head);
  if (std::memcmp(head.magic, expected.magic, sizeof head.magic) != 0)
    fail("is no checkpoint");
  if (head.version != expected.version)
    fail(fmt::format("is a checkpoint of version {}; this program reads "
                     "version {}",
                     head.version, expected.version));
  for (at = sizeof head;;) {
    SectionHead section;
    if (size - at < sizeof section)
      fail("is cut off: it is no whole checkpoint");
    std::memcpy(&section, data + at, sizeof section);
    at += sizeof section;
    if (section.size > size - at)
      fail("is cut off: it is no whole checkpoint");
    if (checksum(data + at, section.size) != section.checksum)
      fail("is damaged: a checksum is wrong");
    at += section.size;
    if (section.title() == "end")
      break;
  }
  at = sizeof head;
}

ArchiveReader CheckpointReader::section(std::string_view name) {
  SectionHead head;
  std::memcpy(&head, data + at, sizeof head);
  if (head.title() != name)
    fail(fmt::format("has no section '{}'", name));
  at += sizeof head + head.size;
  return ArchiveReader({data + at - head.size, head.size});
}

std::string CheckpointReader::describe(const std::string &error) const {
  return fmt::format("{}: {}", path, error);
}
