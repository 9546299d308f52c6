// Which pages of a sparse memory hold anything.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "tatami/node/Pages.h"

#include <algorithm>
#include <fcntl.h>
#include <numeric>
#include <unistd.h>

using namespace tatami;

std::vector<std::uint32_t> tatami::touchedPages(const void *memory,
                                                std::uint64_t size) {
  const std::uint64_t count = (size + hostPageBytes - 1) / hostPageBytes;
  std::vector<std::uint32_t> pages;
  int map = open("/proc/self/pagemap", O_RDONLY | O_CLOEXEC);
  if (map < 0) {
    pages.resize(count);
    std::iota(pages.begin(), pages.end(), 0u);
    return pages;
  }
  // An entry of a page: bit 63 present, 62 swapped out, 61 still the file's.
  std::vector<std::uint64_t> entries(std::min<std::uint64_t>(count, 1 << 16));
  const std::uint64_t first =
      reinterpret_cast<std::uintptr_t>(memory) / hostPageBytes;
  for (std::uint64_t at = 0; at < count;) {
    std::uint64_t some = std::min<std::uint64_t>(entries.size(), count - at);
    ssize_t got = pread(map, entries.data(), some * 8, off_t((first + at) * 8));
    if (got < 8) // Told nothing: take them all.
      std::fill_n(entries.begin(), got = ssize_t(some * 8) / 8,
                  std::uint64_t(1) << 63);
    else
      got /= 8;
    for (ssize_t i = 0; i < got; ++i) {
      bool there = entries[size_t(i)] >> 62 & 3;
      bool ofFile = entries[size_t(i)] >> 61 & 1;
      if (there && !ofFile)
        pages.push_back(std::uint32_t(at + std::uint64_t(i)));
    }
    at += std::uint64_t(got);
  }
  close(map);
  return pages;
}

void tatami::archivePages(ArchiveWriter &archive, const std::uint8_t *memory,
                          std::uint64_t size) {
  std::vector<std::uint32_t> pages = touchedPages(memory, size);
  archive(pages);
  for (std::uint32_t page : pages) {
    std::uint64_t begin = page * hostPageBytes;
    archive.bytes(memory + begin, std::min(hostPageBytes, size - begin));
  }
}

void tatami::archivePages(ArchiveReader &archive, std::uint8_t *memory,
                          std::uint64_t size) {
  std::vector<std::uint32_t> pages;
  archive(pages);
  for (std::uint32_t page : pages) {
    std::uint64_t begin = page * hostPageBytes;
    if (begin >= size)
      throw ArchiveError("a page lies outside of the memory");
    archive.bytes(memory + begin, std::min(hostPageBytes, size - begin));
  }
}
