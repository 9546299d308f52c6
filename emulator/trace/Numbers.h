// Numbers that mostly are small, in few bytes.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include "tatami/archive/Archive.h"

#include <cstdint>
#include <iterator>
#include <span>

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

/// Reads what putNumber() wrote, of bytes that \p next() gives.
template <class Next> uint64_t getNumber(Next next) {
  uint64_t value = 0;
  for (unsigned shift = 0; shift < 64; shift += 7) {
    const uint8_t byte = next();
    value |= uint64_t(byte & 0x7f) << shift;
    if (!(byte & 0x80))
      return value;
  }
  throw ArchiveError("a packed number is too long");
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
    return getNumber([&] { return byte(); });
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
class NumberWriter {
public:
  explicit NumberWriter(ArchiveWriter &archive) : archive(archive) {}

  void operator()(uint64_t value) {
    if (inZeros) {
      if (value == 0) {
        ++more;
        return;
      }
      endZeros();
    }
    put(value);
    inZeros = value == 0;
  }
  /// There are no more.
  void end() {
    if (inZeros)
      endZeros();
    flush();
  }

private:
  void put(uint64_t value) {
    if (to > std::end(piece) - longestNumber)
      flush();
    to = putNumber(to, value);
  }
  void endZeros() {
    put(more);
    more = 0;
    inZeros = false;
  }
  void flush() {
    archive.bytes(piece, size_t(to - piece));
    to = piece;
  }

  ArchiveWriter &archive;
  uint64_t more = 0;
  bool inZeros = false;
  uint8_t piece[1024];
  uint8_t *to = piece;
};

/// Reads as many as NumberWriter was given.
class NumberReader {
public:
  explicit NumberReader(ArchiveReader &archive) : archive(archive) {}

  void operator()(uint64_t &value) {
    value = 0;
    if (more > 0) {
      --more;
      return;
    }
    value = next();
    if (value == 0)
      more = next();
  }
  void end() {
    if (more > 0)
      throw ArchiveError("there are more packed numbers than there should be");
  }

private:
  uint64_t next() {
    return getNumber([&] {
      uint8_t byte;
      archive(byte);
      return byte;
    });
  }

  ArchiveReader &archive;
  uint64_t more = 0;
};

} // namespace tatami
