// The file of a profile.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "tatami/trace/ProfileFile.h"

#include "tatami/archive/Hash.h"

#include <fmt/format.h>
#include <zlib.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <sstream>

using namespace tatami;

namespace {

constexpr std::string_view mark = "tatami-profile ";

struct ChunkHead {
  uint8_t kind = 0;
  uint8_t zero[3] = {};
  uint32_t packed = 0;
  uint64_t raw = 0;
};
static_assert(sizeof(ChunkHead) == 16);

/// deflate makes at most this of a byte; a head that says more is damaged.
constexpr uint64_t mostRatio = 1040;

} // namespace

//===-- Writing -------------------------------------------------------------===//

static bool isSpecial(const std::string &path) {
  std::error_code ignored;
  return std::filesystem::exists(path, ignored) &&
         !std::filesystem::is_regular_file(path, ignored);
}

ProfileWriter::ProfileWriter(const std::string &path, std::string &error)
    : path(path), unfinished(isSpecial(path) ? path : path + ".unfinished"),
      out(unfinished, std::ios::binary) {
  std::string line = fmt::format("{}{}\n", mark, profileVersion);
  if (!(out << line))
    error = fmt::format("{}: cannot be written: {}", path, std::strerror(errno));
  written = line.size();
}

ProfileWriter::~ProfileWriter() {
  if (unfinished == path)
    return;
  std::error_code ignored;
  std::filesystem::remove(unfinished, ignored);
}

void ProfileWriter::writeChunk(ChunkKind kind, std::span<const uint8_t> data) {
  // Most of it is small numbers: the fastest level already makes it a tenth.
  std::vector<uint8_t> packed(compressBound(data.size()));
  uLongf size = packed.size();
  compress2(packed.data(), &size, data.data(), data.size(), Z_BEST_SPEED);
  ChunkHead head;
  head.kind = uint8_t(kind);
  head.packed = uint32_t(size);
  head.raw = data.size();
  out.write(reinterpret_cast<const char *>(&head), sizeof head);
  out.write(reinterpret_cast<const char *>(packed.data()),
            std::streamsize(size));
  written += sizeof head + size;
}

std::string ProfileWriter::finish(const Profile &profile) {
  writeChunk(ChunkKind::Profile, packProfile(profile));
  out.close();
  if (out && (unfinished == path ||
              std::rename(unfinished.c_str(), path.c_str()) == 0)) {
    unfinished = path;
    return {};
  }
  return fmt::format("{}: cannot be written: {}", path, std::strerror(errno));
}

//===-- Reading -------------------------------------------------------------===//

uint64_t tatami::hashFile(const std::string &path) {
  std::error_code ignored;
  std::ifstream in;
  // Reading a folder would throw, and reading a pipe wait.
  if (std::filesystem::is_regular_file(path, ignored))
    in.open(path, std::ios::binary);
  std::ostringstream bytes;
  bytes << in.rdbuf();
  return hashOf(bytes.view());
}

static std::string readHeadLine(std::ifstream &in) {
  std::string line;
  // What is no profile may have no line at all.
  for (char c; line.size() < 64 && in.get(c) && c != '\n';)
    line += c;
  if (!line.starts_with(mark))
    return "is no profile of tatami-run";
  if (line.substr(mark.size()) != fmt::format("{}", profileVersion))
    return fmt::format("is a profile of version {}; this program reads version "
                       "{}: record it again",
                       line.substr(mark.size()), profileVersion);
  return {};
}

std::string tatami::readChunks(
    const std::string &path, ChunkKind kind,
    const std::function<bool(std::span<const uint8_t>)> &take) {
  auto fail = [&](const std::string &what) {
    return fmt::format("{}: {}", path, what);
  };
  std::error_code ignored;
  if (std::filesystem::is_directory(path, ignored))
    return fail("cannot be read: it is a directory");
  std::ifstream in(path, std::ios::binary | std::ios::ate);
  if (!in)
    return fail(fmt::format("cannot be opened: {}", std::strerror(errno)));
  const uint64_t size = uint64_t(in.tellg());
  in.seekg(0);
  if (std::string error = readHeadLine(in); !error.empty())
    return fail(error);
  std::vector<uint8_t> packed, raw;
  for (uint64_t at = uint64_t(in.tellg()); at < size;) {
    ChunkHead head;
    if (!in.read(reinterpret_cast<char *>(&head), sizeof head) ||
        head.packed > size - at - sizeof head)
      return fail("is cut off: the run that wrote it was ended from outside");
    at += sizeof head + head.packed;
    if (head.kind != uint8_t(kind)) {
      in.seekg(std::streamoff(at));
      continue;
    }
    packed.resize(head.packed);
    in.read(reinterpret_cast<char *>(packed.data()), head.packed);
    if (!in || head.raw > mostRatio * (uint64_t(head.packed) + 1))
      return fail("is damaged: a chunk cannot be as large as it says");
    raw.resize(head.raw);
    uLongf length = raw.size();
    // An empty vector has no place to unpack to.
    uint8_t nothing = 0;
    if (uncompress(raw.empty() ? &nothing : raw.data(), &length, packed.data(),
                   packed.size()) != Z_OK ||
        length != raw.size())
      return fail("is damaged: a chunk cannot be unpacked");
    if (!take(raw))
      break;
  }
  return {};
}
