// Large arrays of a page: one buffer, compressed, as text.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include <nlohmann/json.hpp>

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace tatami::prof {

/// Collects arrays; the page's script sees each as a typed array in the buffer.
class Blob {
public:
  /// Each returns what the script finds the array by: [type, offset, length].
  nlohmann::json add(std::span<const uint8_t> values) { return append("u8", values); }
  nlohmann::json add(std::span<const uint16_t> values) { return append("u16", values); }
  nlohmann::json add(std::span<const uint32_t> values) { return append("u32", values); }
  nlohmann::json add(std::span<const double> values) { return append("f64", values); }

  /// All of it: zlib, then base64.
  std::string encode() const;

private:
  template <class T>
  nlohmann::json append(const char *type, std::span<const T> values) {
    bytes.resize((bytes.size() + sizeof(T) - 1) / sizeof(T) * sizeof(T));
    size_t offset = bytes.size();
    auto *from = reinterpret_cast<const uint8_t *>(values.data());
    bytes.insert(bytes.end(), from, from + values.size_bytes());
    return nlohmann::json::array({type, offset, values.size()});
  }

  std::vector<uint8_t> bytes;
};

/// The size of \p values when compressed.
size_t packedSize(std::span<const uint16_t> values);

std::string base64(std::span<const uint8_t> bytes);

} // namespace tatami::prof
