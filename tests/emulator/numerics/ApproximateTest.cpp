//===- ApproximateTest.cpp - Measured errors of the approximations --------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The errors that the manual states, measured against the host's double
// functions, whose own error is nothing in comparison.
//
//===----------------------------------------------------------------------===//

#include "tatami/numerics/Approximate.h"
#include "Samples.h"

#include <bit>
#include <catch2/catch.hpp>
#include <cmath>
#include <cstdio>

using namespace tatami;
using namespace tatami::test;

namespace {

constexpr float Smallest = 0x1p-126f;

/// Judges one approximation at one operand after another.
class Judge {
public:
  Judge(double limit, double (*exact)(double)) : Limit(limit), Exact(exact) {}

  void operator()(std::uint32_t bits, float got) {
    float x = floatOf(bits);
    if (std::fabs(x) < Smallest)
      x = std::copysign(0.0f, x); // subnormal operands count as zero
    double exact = Exact(x);
    auto want = static_cast<float>(exact);
    if (std::isnan(want))
      return mustBe(bits, bitsOf(got) == CanonicalNaN);
    // Below the smallest normal number the result is zero; what rounds up to
    // that number may be either.
    if (std::fabs(exact) < Smallest)
      return mustBe(bits, bitsOf(got) == bitsOf(std::copysign(0.0f, want)) ||
                              (std::fabs(want) == Smallest && got == want));
    if (std::isinf(want))
      return mustBe(bits, got == want);
    // 2 to the power of 23 less the exponent of what is wanted.
    auto exponent = static_cast<std::int64_t>(bitsOf(want) >> 23 & 0xff) - 127;
    double perUlp =
        std::bit_cast<double>(std::uint64_t(23 - exponent + 1023) << 52);
    double error = std::fabs(got - exact) * perUlp;
    if (error > Largest) {
      Largest = error;
      LargestAt = x;
    }
    mustBe(bits, error <= Limit);
  }

  unsigned wrong() const { return Wrong; }
  std::uint32_t firstWrong() const { return FirstWrong; }

  /// For who wants to know how much of the limit is used.
  void print(const char *name) const {
    std::printf("%-10s largest error %.4f ulp of %g, at %a\n", name, Largest,
                Limit, LargestAt);
  }

private:
  void mustBe(std::uint32_t bits, bool good) {
    if (!good && Wrong++ == 0)
      FirstWrong = bits;
  }

  double Limit;
  double (*Exact)(double);
  double Largest = 0, LargestAt = 0;
  unsigned Wrong = 0;
  std::uint32_t FirstWrong = 0;
};

/// Over samples: every one by a scalar and by a vector, which must agree.
template <class Approximation>
void checkSamples(double limit, double (*exact)(double),
                  Approximation approximation) {
  Judge judge(limit, exact);
  std::vector<std::uint32_t> samples = stratifiedSamples(2048);
  unsigned disagreements = 0;
  for (std::size_t i = 0; i < samples.size(); i += 16) {
    U32x16 bits;
    std::memcpy(&bits, &samples[i], sizeof bits);
    U32x16 wide = bitsOf(approximation(floatOf(bits)));
    for (unsigned lane = 0; lane < 16; ++lane) {
      float got = approximation(floatOf(samples[i + lane]));
      disagreements += bitsOf(got) != wide[lane];
      judge(samples[i + lane], got);
    }
  }
  CHECK(disagreements == 0);
  INFO("first wrong operand: 0x" << std::hex << judge.firstWrong());
  CHECK(judge.wrong() == 0);
}

template <class Approximation>
void checkEveryFloat(const char *name, double limit, double (*exact)(double),
                     Approximation approximation) {
  Judge judge(limit, exact);
  for (std::uint64_t first = 0; first < std::uint64_t(1) << 32; first += 16) {
    U32x16 bits = splat<U32x16>(static_cast<std::uint32_t>(first)) +
                  laneNumbers<U32x16>();
    F32x16 got = approximation(floatOf(bits));
    for (unsigned lane = 0; lane < 16; ++lane)
      judge(bits[lane], got[lane]);
  }
  judge.print(name);
  INFO("first wrong operand: 0x" << std::hex << judge.firstWrong());
  CHECK(judge.wrong() == 0);
}

double reciprocalOf(double x) { return 1 / x; }
double rsqrtOf(double x) { return 1 / std::sqrt(x); }
double exp2Of(double x) { return std::exp2(x); }
double log2Of(double x) { return std::log2(x); }
double tanhOf(double x) { return std::tanh(x); }

auto Reciprocal = [](auto x) { return approximateReciprocal(x); };
auto Rsqrt = [](auto x) { return approximateRsqrt(x); };
auto Exp2 = [](auto x) { return approximateExp2(x); };
auto Log2 = [](auto x) { return approximateLog2(x); };
auto Tanh = [](auto x) { return approximateTanh(x); };

} // namespace

TEST_CASE("approximations stay within their stated errors") {
  SECTION("reciprocal, 1 ulp") { checkSamples(1, reciprocalOf, Reciprocal); }
  SECTION("rsqrt, 2 ulp") { checkSamples(2, rsqrtOf, Rsqrt); }
  SECTION("exp2, 1 ulp") { checkSamples(1, exp2Of, Exp2); }
  SECTION("log2, 2 ulp") { checkSamples(2, log2Of, Log2); }
  SECTION("tanh, 2 ulp") { checkSamples(2, tanhOf, Tanh); }
}

TEST_CASE("approximations are exact where that matters") {
  CHECK(approximateExp2(0.0f) == 1.0f);
  for (int n = -126; n < 128; ++n)
    CHECK(approximateExp2(static_cast<float>(n)) == std::ldexp(1.0f, n));
  for (int n = -126; n < 128; ++n)
    CHECK(approximateLog2(std::ldexp(1.0f, n)) == static_cast<float>(n));
  for (int n = -126; n <= 126; ++n)
    CHECK(approximateReciprocal(std::ldexp(1.0f, n)) == std::ldexp(1.0f, -n));
  for (int n = -62; n < 64; ++n)
    CHECK(approximateRsqrt(std::ldexp(1.0f, 2 * n)) == std::ldexp(1.0f, -n));
  CHECK(bitsOf(approximateTanh(-0.0f)) == SignBit32);
  CHECK(approximateTanh(100.0f) == 1.0f);
  CHECK(approximateTanh(-INFINITY) == -1.0f);
}

TEST_CASE("approximations of every float stay within their stated errors",
          "[.][long]") {
  SECTION("reciprocal") {
    checkEveryFloat("reciprocal", 1, reciprocalOf, Reciprocal);
  }
  SECTION("rsqrt") { checkEveryFloat("rsqrt", 2, rsqrtOf, Rsqrt); }
  SECTION("exp2") { checkEveryFloat("exp2", 1, exp2Of, Exp2); }
  SECTION("log2") { checkEveryFloat("log2", 2, log2Of, Log2); }
  SECTION("tanh") { checkEveryFloat("tanh", 2, tanhOf, Tanh); }
}
