// What the approximations may answer: the host's long double functions, within
// the error that emulator/numerics states, and the special operands.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "Model.h"

#include <cmath>

namespace tatami::insns {

namespace {

constexpr uint32_t Sign = 0x80000000, Infinity = 0x7f800000,
                   SmallestNormal = 0x00800000, NaN = 0x7fc00000;

/// Whether \p got is within \p ulps of \p exact, which is not zero. A result
/// below the smallest normal number is zero of its sign; the infinity counts
/// as 2^128.
bool isNear(long double exact, uint32_t got, int ulps) {
  if ((got & ~Sign) > Infinity || (got & Sign) != (exact < 0 ? Sign : 0))
    return false;
  if ((got & ~Sign) != 0 && (got & ~Sign) < SmallestNormal)
    return false;
  long double magnitude = std::fabs(exact);
  if (magnitude >= 0x1p128L)
    return (got & ~Sign) == Infinity;
  if ((got & ~Sign) == 0)
    return magnitude < 0x1p-126L;
  long double value = (got & ~Sign) == Infinity
                          ? 0x1p128L
                          : std::fabs((long double)Model::realOf(got));
  int exponent = std::max(std::ilogb(magnitude), -126);
  return std::fabs(value - magnitude) <= ulps * std::ldexp(1.0L, exponent - 23);
}

bool accepts(uint32_t operand, uint32_t got, int ulps,
             long double (*exact)(long double)) {
  if ((operand & ~Sign) > Infinity)
    return got == NaN;
  if ((operand & ~Sign) < SmallestNormal)
    operand &= Sign; // A subnormal operand counts as zero of its sign.
  long double x = Model::realOf(operand), value = exact(x);
  if (std::isnan(value))
    return got == NaN;
  if (std::isinf(value) || value == 0)
    return got == Model::bitsOf(float(value));
  return isNear(value, got, ulps);
}

template <int Ulps, class Function>
void add(Oracles &o, const char *name, Function) {
  o[name].accepts = [](uint32_t operand, uint32_t got) {
    return accepts(operand, got, Ulps, Function{});
  };
}

} // namespace

void addApproximate(Oracles &o) {
  add<1>(o, "VRCP", [](long double x) { return 1 / x; });
  add<2>(o, "VRSQRT", [](long double x) {
    return x == 0 ? 1 / x : 1 / std::sqrt(x); // Zero keeps its sign.
  });
  add<1>(o, "VEXP2", [](long double x) { return std::exp2(x); });
  add<2>(o, "VLOG2", [](long double x) { return std::log2(x); });
  add<2>(o, "VTANH", [](long double x) { return std::tanh(x); });
}

} // namespace tatami::insns
