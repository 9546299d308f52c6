//===- Sram.h - Memory of one node ------------------------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// 1.25 MB of code and data. The host commits pages as they are touched: many
// nodes must not cost their whole memory. No access can leave the SRAM,
// whatever the address; what the machine forbids is reported as a trap.
//
// Sram is also the memory that semantics are usually instantiated with. Another
// one (a tracing one) offers the same four functions: load, store, checkLoad
// and checkStore.
//
//===----------------------------------------------------------------------===//

#ifndef TATAMI_NODE_SRAM_H
#define TATAMI_NODE_SRAM_H

#include "tatami/isa/Isa.h"
#include "tatami/isa/MemoryMap.h"

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>

namespace tatami {

using isa::TrapKind;

/// What many memories begin with. They share its pages with the host until one
/// of them writes to a page, so that an image costs its memory once.
class SramImage {
public:
  /// \p size bytes of zeros. Throws std::bad_alloc if the host has no room.
  explicit SramImage(std::uint64_t size);
  ~SramImage();
  SramImage(const SramImage &) = delete;
  SramImage &operator=(const SramImage &) = delete;

  std::uint64_t size() const { return Size; }
  /// Writes part of the image; [\p address, + data.size()) lies in it.
  /// Memories that exist already may see it or not.
  void write(std::uint64_t address, std::span<const std::uint8_t> data);
  /// All bytes.
  const std::uint8_t *bytes() const { return Bytes; }

private:
  friend class Sram;
  std::uint8_t *Bytes = nullptr;
  std::uint64_t Size = 0;
  int File = -1;
};

class Sram {
public:
  static constexpr std::uint64_t DefaultSize = isa::sramBytes;
  /// Page 0 traps: it is where null pointers point.
  static constexpr std::uint64_t NullPageSize = isa::nullPageBytes;

  /// The largest access: an accumulator.
  static constexpr std::uint64_t LargestAccess = 256;

  /// \p size bytes of zeros. Throws std::bad_alloc if the host has no room.
  explicit Sram(std::uint64_t size = DefaultSize);
  /// Begins as \p image and has its size.
  explicit Sram(const SramImage &image);
  ~Sram();
  Sram(Sram &&other) noexcept;
  Sram &operator=(Sram &&other) noexcept;
  Sram(const Sram &) = delete;
  Sram &operator=(const Sram &) = delete;

  std::uint64_t size() const { return Size; }

  /// Stores below this address trap: code and constants end there.
  std::uint64_t readOnlyEnd() const { return ReadOnlyEnd; }
  /// \p end lies between the null page and the last LargestAccess bytes.
  void setReadOnlyEnd(std::uint64_t end);

  /// All bytes, for the loader, the mesh and the host. Those check for
  /// themselves.
  std::uint8_t *bytes() { return Bytes; }
  const std::uint8_t *bytes() const { return Bytes; }

  /// Whether [\p address, \p address + \p bytes) lies in the memory.
  bool contains(std::uint64_t address, std::uint64_t bytes) const {
    return bytes <= Size && address <= Size - bytes;
  }

  /// Loads a T, or says why not and leaves \p value alone.
  template <class T, unsigned Alignment = sizeof(T)>
  [[gnu::always_inline]] TrapKind load(std::uint64_t address, T &value) const {
    if (address - NullPageSize > Size - NullPageSize - sizeof(T) ||
        address % Alignment != 0) [[unlikely]]
      return checkLoad(address, sizeof(T), Alignment);
    std::memcpy(&value, Bytes + address, sizeof(T));
    return TrapKind::None;
  }

  /// Stores a T, or says why not and changes nothing.
  template <class T, unsigned Alignment = sizeof(T)>
  [[gnu::always_inline]] TrapKind store(std::uint64_t address, const T &value) {
    if (address - ReadOnlyEnd > Size - ReadOnlyEnd - sizeof(T) ||
        address % Alignment != 0) [[unlikely]]
      return checkStore(address, sizeof(T), Alignment);
    std::memcpy(Bytes + address, &value, sizeof(T));
    return TrapKind::None;
  }

  /// The trap that such an access would raise, or None.
  TrapKind checkLoad(std::uint64_t address, std::uint64_t bytes,
                     std::uint64_t alignment) const;
  TrapKind checkStore(std::uint64_t address, std::uint64_t bytes,
                      std::uint64_t alignment) const;

private:
  std::uint8_t *Bytes = nullptr;
  std::uint64_t Size = 0;
  std::uint64_t ReadOnlyEnd = NullPageSize;
};

} // namespace tatami

#endif // TATAMI_NODE_SRAM_H
