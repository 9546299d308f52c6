// Numbers that mostly are small, in few bytes.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include "tatami/archive/Archive.h"

#include <algorithm>
#include <cstdint>
#include <span>
#include <vector>

namespace tatami {

/// A number takes at most so many bytes.
inline constexpr size_t longestNumber = 10;

/// Writes seven bits a byte, the lowest first; the top bit says that more follow.
/// Returns what is behind it.
inline uint8_t *putNumber(uint8_t *to, uint64_t value) {
  for (; value >= 0x80; value >>= 7)
    *to++ = uint8_t(value | 0x80);
  *to++ = uint8_t(value);
  return to;
}

/// Reads bytes; throws ArchiveError where there are none.
class Bytes {
public:
  explicit Bytes(std::span<const uint8_t> data) : left(data) {}
  bool atEnd() const { return left.empty(); }
  size_t size() const { return left.size(); }
  uint8_t byte() {
    if (left.empty())
      throw ArchiveError("a packed number ends too early");
    uint8_t value = left[0];
    left = left.subspan(1);
    return value;
  }
  uint64_t number() {
    uint64_t value = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
      uint8_t next = byte();
      value |= uint64_t(next & 0x7f) << shift;
      if (!(next & 0x80))
        return value;
    }
    throw ArchiveError("a packed number is too long");
  }
  std::span<const uint8_t> bytes(size_t size) {
    if (size > left.size())
      throw ArchiveError("a packed text ends too early");
    auto result = left.first(size);
    left = left.subspan(size);
    return result;
  }

private:
  std::span<const uint8_t> left;
};

/// Numbers, of which many are zero: behind a zero comes how many more follow.
inline std::vector<uint8_t> packNumbers(std::span<const uint64_t> numbers) {
  std::vector<uint8_t> packed;
  uint8_t piece[1024];
  uint8_t *to = piece;
  auto flush = [&] {
    packed.insert(packed.end(), piece, to);
    to = piece;
  };
  for (size_t i = 0; i < numbers.size();) {
    if (to > std::end(piece) - 2 * longestNumber)
      flush();
    to = putNumber(to, numbers[i]);
    if (numbers[i++] != 0)
      continue;
    const size_t first = i;
    while (i < numbers.size() && numbers[i] == 0)
      ++i;
    to = putNumber(to, i - first);
  }
  flush();
  return packed;
}

/// As many as \p numbers has room for.
inline void unpackNumbers(std::span<const uint8_t> packed,
                          std::span<uint64_t> numbers) {
  Bytes bytes(packed);
  for (size_t i = 0; i < numbers.size();) {
    numbers[i] = bytes.number();
    if (numbers[i++] != 0)
      continue;
    const uint64_t more = bytes.number();
    if (more > numbers.size() - i)
      throw ArchiveError("there are more packed numbers than there should be");
    std::fill_n(numbers.begin() + ptrdiff_t(i), more, 0);
    i += more;
  }
  if (!bytes.atEnd())
    throw ArchiveError("there are more packed numbers than there should be");
}

} // namespace tatami
