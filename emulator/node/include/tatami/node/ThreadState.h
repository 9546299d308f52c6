//===- ThreadState.h - Registers of one hardware thread ---------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Everything an instruction can read or write, memory apart. Plain data: a
// thread is saved, compared and restored by copying it.
//
//===----------------------------------------------------------------------===//

#ifndef TATAMI_NODE_THREADSTATE_H
#define TATAMI_NODE_THREADSTATE_H

#include "tatami/isa/Isa.h"
#include "tatami/numerics/Lanes.h"

#include <cstdint>
#include <cstring>
#include <type_traits>

namespace tatami {

using isa::TrapKind;

/// A vector register, seen as lanes of any type.
union alignas(64) V512 {
  U64x8 u64;
  U32x16 u32;
  U16x32 u16;
  U8x64 u8;
  I64x8 i64;
  I32x16 i32;
  I16x32 i16;
  I8x64 i8;
  F32x16 f32;
};
static_assert(sizeof(V512) == 64);

/// Whether all bits are the same.
inline bool operator==(const V512 &a, const V512 &b) {
  return std::memcmp(&a, &b, sizeof a) == 0;
}

/// A matrix accumulator: 8 x 8, row-major, FP32 or INT32. A slice is two rows.
union alignas(64) Accumulator {
  V512 slice[4];
  F32x8 f32Row[8];
  I32x8 i32Row[8];
};
static_assert(sizeof(Accumulator) == 256);

/// The decoder redirects writes to x0 here, so that no semantics tests for it.
inline constexpr unsigned SinkRegister = 32;

struct alignas(64) ThreadState {
  /// x[0] is always zero; x[SinkRegister] is never read.
  std::uint64_t x[33];
  /// Address of the current instruction, kept for those that ask for it.
  std::uint64_t pc;
  /// Lowest address that spadj and spset allow in sp.
  std::uint64_t stackLimit;
  /// Sticky flags of narrowing conversions (FlagInvalid, ...).
  std::uint64_t conversionFlags;
  /// m[0] is always all ones.
  std::uint64_t m[8];
  V512 v[32];
  Accumulator acc[8];

  /// Everything zero but m0: how a thread starts.
  void reset() {
    *this = ThreadState{};
    m[0] = ~std::uint64_t(0);
  }
};
static_assert(std::is_trivially_copyable_v<ThreadState>);

} // namespace tatami

#endif // TATAMI_NODE_THREADSTATE_H
