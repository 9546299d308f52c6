// Which pages of a sparse memory hold anything.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include "tatami/archive/Archive.h"

#include <cstdint>
#include <vector>

namespace tatami {

inline constexpr std::uint64_t hostPageBytes = 4096;

/// Numbers of the pages of [\p memory, \p memory + \p size), ascending, that
/// have been written to. \p memory is a private mapping; it may have more pages
/// than it has, if the host does not tell.
std::vector<std::uint32_t> touchedPages(const void *memory,
                                        std::uint64_t size);

/// Writes those pages, or reads them into a memory that nothing was written to.
/// Throws ArchiveError.
void archivePages(ArchiveWriter &archive, const std::uint8_t *memory,
                  std::uint64_t size);
void archivePages(ArchiveReader &archive, std::uint8_t *memory,
                  std::uint64_t size);

} // namespace tatami
