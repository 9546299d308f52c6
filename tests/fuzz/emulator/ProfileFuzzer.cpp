// Files that claim to be profiles: refused with a sentence, or read as what can
// be written again. What is in a chunk is tried without zstd before it, which
// would keep the fuzzer out.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "tatami/archive/Archive.h"
#include "tatami/trace/ProfileFile.h"

#include <fmt/format.h>

#include <cstdlib>
#include <sys/mman.h>
#include <unistd.h>

using namespace tatami;

static void readAsFile(std::span<const uint8_t> bytes) {
  static const int file = memfd_create("profile", 0);
  if (ftruncate(file, off_t(bytes.size())) != 0 ||
      pwrite(file, bytes.data(), bytes.size(), 0) != ssize_t(bytes.size()))
    abort();
  const std::string path = fmt::format("/proc/self/fd/{}", file);
  Profile profile;
  std::string error = readProfile(path, profile);
  if (!error.empty() && !error.starts_with(path + ": "))
    abort();
  for (ChunkKind kind : {ChunkKind::Profile, ChunkKind::Events})
    (void)readChunks(path, kind, [](std::span<const uint8_t>) { return true; });
}

/// What readers do without asking: follow parents, look up places.
static void use(const Profile &profile) {
  uint64_t sum = 0;
  for (const CodeCounts &counts : profile.code)
    sum += counts.issued + profile.text[counts.index];
  for (const CallContext &context : profile.contexts)
    for (uint32_t up = context.parent; up != CallContext::none;
         up = profile.contexts[up].parent) {
      sum += profile.contexts[up].cycles;
      if (up > 64)
        break; // Long chains cost time and say no more.
    }
  for (const NodeProfile &node : profile.nodes)
    sum += profile.linkPackets[4 * node.node];
  static volatile uint64_t sink;
  sink = sum;
}

static void readAsChunk(std::span<const uint8_t> bytes) {
  Profile profile;
  try {
    unpackProfile(bytes, profile);
  } catch (const ArchiveError &error) {
    if (!*error.what())
      abort();
    return;
  }
  use(profile);
  const std::vector<uint8_t> again = packProfile(profile);
  Profile copy;
  unpackProfile(again, copy);
  if (packProfile(copy) != again)
    abort();
}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  if (size == 0)
    return 0;
  const std::span<const uint8_t> bytes(data + 1, size - 1);
  if (data[0] & 1)
    readAsFile(bytes);
  else
    readAsChunk(bytes);
  return 0;
}
