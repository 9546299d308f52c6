//===- integer.cpp - Reductions of integers -------------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Reduce.h"

using namespace tatami::collectives;

namespace {

/// \p Unsigned is a vector of the same lanes in which sums wrap.
template <class Unsigned> struct Sum {
  using Vector = Unsigned;
  static constexpr bool isFast = false;
  static Unsigned apply(Unsigned a, Unsigned b) { return a + b; }
};
template <class V> struct Min {
  using Vector = V;
  static constexpr bool isFast = false;
  static V apply(V a, V b) { return __builtin_elementwise_min(a, b); }
};
template <class V> struct Max {
  using Vector = V;
  static constexpr bool isFast = false;
  static V apply(V a, V b) { return __builtin_elementwise_max(a, b); }
};

template <class Signed, class Unsigned>
using Integers = Reductions<Sum<Unsigned>, Min<Signed>, Max<Signed>>;

} // namespace

TATAMI_DEFINE_REDUCTIONS(i8, int8_t, Integers<tatami_v64i8, tatami_v64u8>)
TATAMI_DEFINE_REDUCTIONS(i16, int16_t, Integers<tatami_v32i16, tatami_v32u16>)
TATAMI_DEFINE_REDUCTIONS(i32, int32_t, Integers<tatami_v16i32, tatami_v16u32>)
TATAMI_DEFINE_REDUCTIONS(i64, int64_t, Integers<tatami_v8i64, tatami_v8u64>)
