//===- Relocate.h - Relocation types and their formulas ---------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TATAMI_LINKER_RELOCATE_H
#define TATAMI_LINKER_RELOCATE_H

#include "tatami/isa/Relocs.h"
#include "llvm/ADT/StringRef.h"
#include <cstdint>

namespace tatami::linker {

struct Context;

/// What the result of a relocation is relative to.
enum class RelocationBase : uint8_t { None, Absolute, Pc, Tls };

/// How the result is stored.
enum class RelocationField : uint8_t {
  None,
  /// Plain little-endian bytes; signed and unsigned values both fit.
  Data,
  /// Plain bytes, but signed.
  SignedData,
  /// value[21:2] in inst[31:12], value[1:0] in inst[1:0].
  Imm22,
  /// value / 4 in inst[31:17].
  Branch15,
  /// value / 4 in inst[31:12].
  Jump20,
  /// Low 15 bits of the value in inst[31:17].
  Low15,
  /// (value + 0x4000) >> 15 in inst[31:12].
  High20,
};

/// One relocation type of the ABI.
struct RelocationInfo {
  /// Its name as the ABI has it.
  llvm::StringRef name() const;

  isa::Reloc Type;
  /// Bytes that it reads and writes.
  uint8_t Size;
  RelocationBase Base;
  RelocationField Field;
};

/// The relocation of that number, or null.
const RelocationInfo *findRelocation(uint32_t Type);

/// The values that a relocation can store.
struct RelocationRange {
  int64_t Min, Max;
  /// The value must be a multiple of it.
  uint64_t Multiple = 1;

  bool contains(int64_t Value) const {
    return Value >= Min && Value <= Max && Value % int64_t(Multiple) == 0;
  }
};
RelocationRange rangeOf(const RelocationInfo &Info);

/// Stores \p Value, whatever its range, at \p Location.
void storeRelocation(const RelocationInfo &Info, uint8_t *Location,
                     int64_t Value);

/// Applies all relocations of live sections to the \p Image, reporting the
/// values that do not fit.
void relocateImage(Context &Ctx, uint8_t *Image);

} // namespace tatami::linker

#endif // TATAMI_LINKER_RELOCATE_H
