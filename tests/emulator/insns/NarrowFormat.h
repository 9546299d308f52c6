// The model's narrow floating-point formats: a number is what its definition
// says, computed exactly in double.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include "Model.h"

namespace tatami::insns {

struct NarrowFormat {
  unsigned exponentBits, mantissaBits;
  bool isSigned;
  /// The largest exponent means Inf and NaN; otherwise it is ordinary.
  bool hasInfinity;
  bool flushesSubnormalResults;

  unsigned bits() const { return exponentBits + mantissaBits + isSigned; }
};

inline constexpr NarrowFormat Bf16Format{8, 7, true, true, false};
inline constexpr NarrowFormat Fp16Format{5, 10, true, true, false};
inline constexpr NarrowFormat C143Format{4, 3, true, false, false};
inline constexpr NarrowFormat C152Format{5, 2, true, false, false};
inline constexpr NarrowFormat ShpFormat{5, 10, true, false, false};
inline constexpr NarrowFormat UhpFormat{6, 10, false, true, true};

/// FP32 bits of \p code.
uint32_t widened(const NarrowFormat &format, int bias, uint32_t code);

struct Narrow {
  uint32_t code;
  /// Bit 0 Invalid, 1 Denormal, 2 Overflow, 3 Underflow.
  unsigned flags;
};

/// FP32 bits to the format: nearest even, or stochastically with \p random.
Narrow narrowed(const NarrowFormat &format, int bias, uint32_t bits,
                const uint32_t *random);

} // namespace tatami::insns
