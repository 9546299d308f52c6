// The model's accesses to the node's memory.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include "Model.h"

namespace tatami::insns {

enum class Access { Load, Store };

/// What an access raises. If several things are wrong with it, the first of:
/// page 0, beyond the end, alignment, a store to code.
inline TrapKind trapOf(const Model &s, uint64_t address, uint64_t bytes,
                       uint64_t alignment, Access access) {
  if (address < 0x1000)
    return TrapKind::NullAccess;
  if (UWide(address) + bytes > s.memory.size())
    return TrapKind::OutOfBounds;
  if (address % alignment != 0)
    return TrapKind::Misaligned;
  if (access == Access::Store && address < s.readOnlyEnd)
    return TrapKind::StoreToCode;
  return TrapKind::None;
}

/// Little-endian numbers in memory; the access is known to be allowed.
inline uint64_t loadNumber(const Model &s, uint64_t address, unsigned bytes) {
  uint64_t value = 0;
  for (unsigned i = 0; i < bytes; ++i)
    value |= uint64_t(s.memory[address + i]) << 8 * i;
  return value;
}
inline void storeNumber(Model &s, uint64_t address, unsigned bytes,
                        uint64_t value) {
  for (unsigned i = 0; i < bytes; ++i)
    s.memory[address + i] = uint8_t(value >> 8 * i);
}

} // namespace tatami::insns
