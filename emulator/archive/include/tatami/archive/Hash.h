// Whether two files or images are the same, for files that name each other.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include <cstdint>
#include <cstring>
#include <string_view>

namespace tatami {

/// Like FNV-1a of 64 bits, but eight bytes at a time while there are as many:
/// images are megabytes. What comes in parts goes on from the hash of the parts
/// before; the parts count, unless each but the last has a multiple of eight.
inline uint64_t hashOf(std::string_view bytes,
                       uint64_t hash = 0xcbf29ce484222325) {
  auto add = [&](uint64_t value) { hash = (hash ^ value) * 0x100000001b3; };
  for (; bytes.size() >= sizeof(uint64_t); bytes.remove_prefix(8)) {
    uint64_t word;
    std::memcpy(&word, bytes.data(), sizeof word);
    add(word);
    hash ^= hash >> 32; // A product leaves high bits out of low ones.
  }
  for (unsigned char byte : bytes)
    add(byte);
  return hash;
}

} // namespace tatami
