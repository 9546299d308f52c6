// How the state of a machine becomes bytes and bytes become that state again.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <functional>
#include <span>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace tatami {

/// Thrown by a Reader whose bytes cannot be what a Writer has written: they end
/// too early, or a count in them is impossible. what() says which.
class ArchiveError : public std::runtime_error {
public:
  using std::runtime_error::runtime_error;
};

/// Whoever has state writes one function for both directions:
///
///     template <class Archive> void archive(Archive &a) {
///       a(time, status, samples);
///     }
///
/// a(...) takes values that are trivially copyable, strings, vectors of either,
/// and objects that have such a function themselves. Pointers are trivially
/// copyable and mean nothing in another process: keep them out.
///
/// The form is that of the host (little endian, its padding): a checkpoint is
/// read by the program that wrote it, and says by its version which that was.
class ArchiveWriter {
public:
  static constexpr bool isReading = false;
  using Take = std::function<void(std::span<const uint8_t>)>;

  ArchiveWriter() = default;
  /// Keeps nothing but gives it to \p take, piece by piece.
  explicit ArchiveWriter(Take take) : take(std::move(take)) {}

  template <class... T> void operator()(const T &...values) {
    (put(values), ...);
  }
  // Not inlined: g++ 12 would warn of an insertion that cannot be.
  [[gnu::noinline]] void bytes(const void *data, size_t size) {
    const auto *begin = static_cast<const uint8_t *>(data);
    if (take && written.size() + size > pieceSize) {
      flush();
      if (size > pieceSize)
        return take({begin, size});
    }
    written.insert(written.end(), begin, begin + size);
  }
  /// Gives what it still has.
  void flush() {
    take(written);
    written.clear();
  }
  const std::vector<uint8_t> &data() const & { return written; }
  std::vector<uint8_t> data() && { return std::move(written); }
  void clear() { written.clear(); }

private:
  template <class T> void put(const T &value) {
    if constexpr (requires(T &t, ArchiveWriter &a) { t.archive(a); }) {
      const_cast<T &>(value).archive(*this);
    } else {
      static_assert(std::is_trivially_copyable_v<T> && !std::is_pointer_v<T>);
      bytes(&value, sizeof value);
    }
  }
  void put(const std::string &text) {
    put(uint64_t(text.size()));
    bytes(text.data(), text.size());
  }
  void put(const std::vector<bool> &bits) {
    put(uint64_t(bits.size()));
    for (bool bit : bits)
      put(uint8_t(bit));
  }
  template <class T> void put(const std::vector<T> &list) {
    put(uint64_t(list.size()));
    if constexpr (std::is_trivially_copyable_v<T> &&
                  !requires(T &t, ArchiveWriter &a) { t.archive(a); })
      bytes(list.data(), list.size() * sizeof(T));
    else
      for (const T &value : list)
        put(value);
  }

  static constexpr size_t pieceSize = 1 << 15; ///< Chosen.

  Take take;
  std::vector<uint8_t> written;
};

class ArchiveReader {
public:
  static constexpr bool isReading = true;

  /// Reads \p data, which must outlive the reader.
  explicit ArchiveReader(std::span<const uint8_t> data) : left(data) {}

  template <class... T> void operator()(T &...values) { (get(values), ...); }
  void bytes(void *data, size_t size) {
    need(size);
    if (size)
      std::memcpy(data, left.data(), size);
    left = left.subspan(size);
  }
  bool atEnd() const { return left.empty(); }

private:
  void need(size_t size) const {
    if (size > left.size())
      throw ArchiveError("the data end too early");
  }
  template <class T> void get(T &value) {
    if constexpr (requires(ArchiveReader &a) { value.archive(a); }) {
      value.archive(*this);
    } else {
      static_assert(std::is_trivially_copyable_v<T> && !std::is_pointer_v<T>);
      bytes(&value, sizeof value);
    }
  }
  /// A count of things of which each takes at least one byte.
  size_t count() {
    uint64_t n;
    get(n);
    if (n > left.size())
      throw ArchiveError("a count is larger than the data");
    return size_t(n);
  }
  void get(std::string &text) {
    text.resize(count());
    bytes(text.data(), text.size());
  }
  void get(std::vector<bool> &bits) {
    bits.resize(count());
    for (size_t i = 0; i < bits.size(); ++i) {
      uint8_t bit;
      get(bit);
      bits[i] = bit != 0;
    }
  }
  template <class T> void get(std::vector<T> &list) {
    size_t size = count();
    if constexpr (std::is_trivially_copyable_v<T> &&
                  !requires(T &t, ArchiveReader &a) { t.archive(a); }) {
      if (size > left.size() / sizeof(T))
        throw ArchiveError("a count is larger than the data");
      list.resize(size);
      bytes(list.data(), size * sizeof(T));
    } else {
      list.clear();
      list.resize(size);
      for (T &value : list)
        get(value);
    }
  }

  std::span<const uint8_t> left;
};

} // namespace tatami
