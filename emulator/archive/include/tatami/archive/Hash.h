// Whether two files or images are the same, for files that name each other.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include <cstdint>
#include <string_view>

namespace tatami {

/// FNV-1a, 64 bits. What comes in parts goes on from the hash of the parts
/// before.
inline uint64_t hashOf(std::string_view bytes,
                       uint64_t hash = 0xcbf29ce484222325) {
  for (unsigned char byte : bytes)
    hash = (hash ^ byte) * 0x100000001b3;
  return hash;
}

} // namespace tatami
