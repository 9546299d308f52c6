// Files that claim to be checkpoints: refused with a sentence, or read as what
// their sections say.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "../../../emulator/machine/CheckpointFile.h"

#include <fmt/format.h>

#include <cstdlib>
#include <sys/mman.h>
#include <unistd.h>

using namespace tatami;

/// Reads what the first sections hold, as the machine does.
static void readSections(const std::string &path) {
  CheckpointReader file(path);
  ArchiveReader machine = file.section("machine");
  std::string what, value;
  std::vector<std::string> arguments;
  machine(what, value, arguments);
  ArchiveReader files = file.section("files");
  uint64_t count;
  files(count, value);
}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static const int file = memfd_create("checkpoint", 0);
  if (ftruncate(file, off_t(size)) != 0 ||
      pwrite(file, data, size, 0) != ssize_t(size))
    abort();
  try {
    readSections(fmt::format("/proc/self/fd/{}", file));
  } catch (const ArchiveError &error) {
    if (!*error.what())
      abort();
  }
  return 0;
}
