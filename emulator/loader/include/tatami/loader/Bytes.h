// Reading little-endian values from untrusted bytes, never past their end.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include <cstdint>
#include <cstring>
#include <span>
#include <string_view>

namespace tatami {

/// A cursor over bytes. A read past the end gives zero and sets failed().
class ByteReader {
public:
  explicit ByteReader(std::span<const uint8_t> bytes) : bytes(bytes) {}

  bool failed() const { return bad; }
  bool atEnd() const { return bad || position >= bytes.size(); }
  size_t offset() const { return position; }
  void seek(size_t to) {
    if (to > bytes.size())
      bad = true;
    else
      position = to;
  }
  void skip(uint64_t count) {
    if (count > bytes.size() - position)
      bad = true;
    else
      position += count;
  }

  template <class T> T read() {
    T value{};
    if (bad || sizeof(T) > bytes.size() - position) {
      bad = true;
      return value;
    }
    std::memcpy(&value, bytes.data() + position, sizeof(T));
    position += sizeof(T);
    return value;
  }
  uint64_t uleb() {
    uint64_t value = 0;
    for (unsigned shift = 0;; shift += 7) {
      uint8_t byte = read<uint8_t>();
      if (bad)
        return 0;
      if (shift < 64)
        value |= uint64_t(byte & 0x7f) << shift;
      if (!(byte & 0x80))
        return value;
    }
  }
  int64_t sleb() {
    uint64_t value = 0;
    for (unsigned shift = 0;;) {
      uint8_t byte = read<uint8_t>();
      if (bad)
        return 0;
      if (shift < 64)
        value |= uint64_t(byte & 0x7f) << shift;
      shift += 7;
      if (!(byte & 0x80)) {
        if (byte & 0x40 && shift < 64)
          value |= ~uint64_t(0) << shift;
        return int64_t(value);
      }
    }
  }
  std::string_view string() {
    size_t begin = position;
    while (!bad && position < bytes.size() && bytes[position] != 0)
      ++position;
    if (bad || position >= bytes.size()) {
      bad = true;
      return {};
    }
    return {reinterpret_cast<const char *>(bytes.data()) + begin,
            position++ - begin};
  }
  /// The next \p count bytes as a reader of their own.
  ByteReader part(uint64_t count) {
    if (bad || count > bytes.size() - position) {
      bad = true;
      return ByteReader({});
    }
    ByteReader result(bytes.subspan(position, count));
    position += count;
    return result;
  }

  /// What has not been read.
  std::span<const uint8_t> rest() const {
    return bad ? std::span<const uint8_t>() : bytes.subspan(position);
  }

private:
  std::span<const uint8_t> bytes;
  size_t position = 0;
  bool bad = false;
};

} // namespace tatami
