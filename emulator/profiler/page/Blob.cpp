// Compressing and writing down the arrays of a page.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "Blob.h"

#include <zlib.h>

#include <new>

using namespace tatami::prof;

static std::vector<uint8_t> pack(std::span<const uint8_t> bytes) {
  uLongf size = compressBound(bytes.size());
  std::vector<uint8_t> packed(size);
  if (compress2(packed.data(), &size, bytes.data(), bytes.size(), 6) != Z_OK)
    throw std::bad_alloc(); // The only way in which it can fail here.
  packed.resize(size);
  return packed;
}

size_t tatami::prof::packedSize(std::span<const uint16_t> values) {
  return pack({reinterpret_cast<const uint8_t *>(values.data()),
               values.size_bytes()})
      .size();
}

std::string Blob::encode() const { return base64(pack(bytes)); }

std::string tatami::prof::base64(std::span<const uint8_t> bytes) {
  static constexpr char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                   "abcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string text;
  text.reserve((bytes.size() + 2) / 3 * 4);
  for (size_t i = 0; i < bytes.size(); i += 3) {
    size_t left = bytes.size() - i;
    uint32_t group = bytes[i] << 16 | (left > 1 ? bytes[i + 1] << 8 : 0) |
                     (left > 2 ? bytes[i + 2] : 0);
    text += digits[group >> 18];
    text += digits[group >> 12 & 63];
    text += left > 1 ? digits[group >> 6 & 63] : '=';
    text += left > 2 ? digits[group & 63] : '=';
  }
  return text;
}
