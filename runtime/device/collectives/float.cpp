//===- float.cpp - Reductions of FP32 and BF16 ----------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Reduce.h"

#include <tatami/convert.h>

using namespace tatami::collectives;

namespace {

using V = tatami_v16f32;

struct Sum {
  using Vector = V;
  static constexpr bool isFast = true;
  static V apply(V a, V b) { return a + b; }
};
struct Min {
  using Vector = V;
  static constexpr bool isFast = false;
  static V apply(V a, V b) { return __builtin_elementwise_minimumnum(a, b); }
};
struct Max {
  using Vector = V;
  static constexpr bool isFast = false;
  static V apply(V a, V b) { return __builtin_elementwise_maximumnum(a, b); }
};

/// One operation in FP32, rounded.
template <class Op> struct InBF16 {
  using Vector = tatami_v32bf16;
  static constexpr bool isFast = Op::isFast;
  static Vector apply(Vector a, Vector b) {
    return tatami_f32_to_bf16(
        Op::apply(tatami_bf16_to_f32_lo(a), tatami_bf16_to_f32_lo(b)),
        Op::apply(tatami_bf16_to_f32_hi(a), tatami_bf16_to_f32_hi(b)));
  }
};

} // namespace

TATAMI_DEFINE_REDUCTIONS(f32, float, Reductions<Sum, Min, Max>)
TATAMI_DEFINE_REDUCTIONS(bf16, __bf16,
                         Reductions<InBF16<Sum>, InBF16<Min>, InBF16<Max>>)
