//===- SmallFloatTest.cpp - Narrow formats against exact arithmetic -------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tatami/numerics/SmallFloat.h"
#include "Exact.h"
#include "Samples.h"
#include "tatami/numerics/Random.h"

#include <catch2/catch.hpp>
#include <cmath>

using namespace tatami;
using namespace tatami::test;

namespace {

std::uint32_t floatBits(float x) { return bitsOf(x); }

/// Every code of the format at every bias widens to its exact value.
template <SmallFormat Format> void widenEverything(int lowBias, int highBias) {
  unsigned wrong = 0;
  unsigned codes = 1u << (Format.magnitudeBits() + Format.isSigned);
  for (int bias = lowBias; bias <= highBias; ++bias)
    for (std::uint32_t code = 0; code < codes; ++code) {
      std::uint32_t magnitude = code & Format.magnitudeMask();
      std::uint32_t sign =
          Format.isSigned ? code >> Format.signShift() << 31 : 0;
      std::uint32_t got =
          floatBits(widenSmall<Format>(code, static_cast<std::uint32_t>(bias)));
      if (Format.hasInfinity && magnitude >= Format.infinity()) {
        std::uint32_t want =
            magnitude == Format.infinity() ? Infinity32 | sign : CanonicalNaN;
        wrong += got != want;
        continue;
      }
      bool same = compare(valueOfFloat(got & MagnitudeMask32),
                          valueOfCode(Format, magnitude, bias)) == 0;
      wrong += !same || (got & SignBit32) != sign;
    }
  CHECK(wrong == 0);
}

/// Scalar and vector narrowing agree with the exact reference.
template <SmallFormat Format>
unsigned wrongNarrowings(const std::uint32_t *samples, std::size_t count,
                         int bias) {
  unsigned wrong = 0;
  auto bias32 = static_cast<std::uint32_t>(bias);
  for (std::size_t i = 0; i + 16 <= count; i += 16) {
    U32x16 bits;
    std::memcpy(&bits, samples + i, sizeof bits);
    auto wide = narrowSmall<Format, false>(floatOf(bits), splat<U32x16>(bias32),
                                           U32x16{});
    for (unsigned lane = 0; lane < 16; ++lane) {
      ExactResult want = narrowExactly(Format, bits[lane], bias);
      auto got = narrowSmall<Format, false>(floatOf(std::uint32_t(bits[lane])),
                                            bias32, 0u);
      wrong += got.code != want.code || got.flags != want.flags ||
               wide.code[lane] != want.code || wide.flags[lane] != want.flags;
    }
  }
  return wrong;
}

template <SmallFormat Format>
void narrowAtEveryBias(int lowBias, int highBias) {
  // The whole million is shared out among the biases.
  std::vector<std::uint32_t> samples = stratifiedSamples(2048);
  std::size_t share =
      samples.size() / static_cast<unsigned>(highBias - lowBias + 1) / 16 * 16;
  Random random(7);
  for (int bias = lowBias; bias <= highBias; ++bias) {
    std::vector<std::uint32_t> chosen(share);
    for (std::uint32_t &x : chosen)
      x = samples[random.next() % samples.size()];
    INFO("bias " << bias);
    CHECK(wrongNarrowings<Format>(chosen.data(), chosen.size(), bias) == 0);
  }
}

/// Around the format's own values and midpoints, which random samples miss.
template <SmallFormat Format>
void narrowAroundBoundaries(int lowBias, int highBias) {
  for (int bias = lowBias; bias <= highBias; ++bias) {
    std::vector<std::uint32_t> chosen;
    for (std::uint32_t code = 0; code <= Format.magnitudeMask(); ++code)
      for (const Dyadic &d :
           {valueOfCode(Format, code, bias), midpoint(Format, code, bias)}) {
        auto x = static_cast<float>(
            std::ldexp(static_cast<double>(d.Mantissa), d.Exponent));
        for (int near : {-1, 0, 1})
          for (std::uint32_t sign : {0u, SignBit32})
            chosen.push_back((floatBits(x) + static_cast<std::uint32_t>(near)) ^
                             sign);
      }
    chosen.resize((chosen.size() + 15) / 16 * 16);
    INFO("bias " << bias);
    CHECK(wrongNarrowings<Format>(chosen.data(), chosen.size(), bias) == 0);
  }
}

/// The FP32 pattern of a number that FP32 can hold exactly.
std::uint32_t bitsOfExact(const Dyadic &d) {
  double x = std::ldexp(static_cast<double>(d.Mantissa), d.Exponent);
  REQUIRE(static_cast<double>(static_cast<float>(x)) == x);
  return floatBits(static_cast<float>(x));
}

/// Every number of one sign. Patterns of positive floats are ordered as the
/// floats are, so the numbers that round to a code lie between two patterns:
/// those of the midpoints around it.
template <SmallFormat Format>
unsigned wrongInSweep(std::uint32_t sign, int bias) {
  unsigned wrong = 0;
  auto largest =
      Format.hasInfinity ? Format.infinity() - 1 : Format.magnitudeMask();
  std::uint32_t smallestNormal =
      bitsOfExact(valueOfCode(Format, 1u << Format.mantissaBits, bias));
  std::uint32_t next = 0; // the first pattern that is not below this code
  for (std::uint32_t code = 0; code <= largest + 1; ++code) {
    bool overflows = code > largest;
    std::uint32_t last =
        overflows ? Infinity32 - 1
                  : bitsOfExact(midpoint(Format, code, bias)) - (code % 2);
    std::uint32_t exact =
        overflows ? 0 : bitsOfExact(valueOfCode(Format, code, bias));
    std::uint32_t wantCode = overflows && !Format.hasInfinity ? largest : code;
    wantCode |= sign >> (31 - Format.signShift());
    for (; next <= last; next += 16) {
      U32x16 bits = splat<U32x16>(next) + laneNumbers<U32x16>();
      auto got = narrowSmall<Format, false>(
          floatOf(bits | sign), splat<U32x16>(static_cast<std::uint32_t>(bias)),
          U32x16{});
      I32x16 mine = lessEqual(bits, splat<U32x16>(last));
      I32x16 denormal =
          less(bits, splat<U32x16>(0x800000)) & notEqual(bits, U32x16{});
      I32x16 tiny = less(bits, splat<U32x16>(smallestNormal)) &
                    notEqual(bits, splat<U32x16>(exact));
      I32x16 flags = (denormal & FlagDenormal) | (tiny & FlagUnderflow) |
                     (overflows ? FlagOverflow : 0);
      I32x16 bad = mine & (notEqual(got.code, splat<U32x16>(wantCode)) |
                           notEqual(got.flags, bitsAs<U32x16>(flags)));
      for (unsigned lane = 0; lane < 16; ++lane)
        wrong += bad[lane] != 0;
    }
    next = last + 1;
  }
  return wrong;
}
template <SmallFormat Format> void narrowAllFloats(int bias) {
  INFO("bias " << bias);
  CHECK(wrongInSweep<Format>(0, bias) == 0);
  CHECK(wrongInSweep<Format>(SignBit32, bias) == 0);
}

} // namespace

TEST_CASE("every code widens exactly at every bias") {
  widenEverything<CFloat8E4M3>(0, 63);
  widenEverything<CFloat8E5M2>(0, 63);
  widenEverything<CFloat16Shp>(0, 63);
  widenEverything<CFloat16Uhp>(UhpBias, UhpBias);
  widenEverything<Fp16>(Fp16Bias, Fp16Bias);
}

TEST_CASE("every BF16 code widens to its upper half") {
  for (std::uint32_t code = 0; code < 0x10000; ++code) {
    bool nan = (code & 0x7fff) > 0x7f80;
    REQUIRE(floatBits(widenBf16(code)) == (nan ? CanonicalNaN : code << 16));
  }
}

TEST_CASE("narrowing rounds to the nearest code") {
  SECTION("CFloat8 1-4-3") { narrowAtEveryBias<CFloat8E4M3>(0, 63); }
  SECTION("CFloat8 1-5-2") { narrowAtEveryBias<CFloat8E5M2>(0, 63); }
  SECTION("CFloat16 SHP") { narrowAtEveryBias<CFloat16Shp>(0, 63); }
  SECTION("CFloat16 UHP") { narrowAtEveryBias<CFloat16Uhp>(UhpBias, UhpBias); }
  SECTION("FP16") { narrowAtEveryBias<Fp16>(Fp16Bias, Fp16Bias); }
  SECTION("BF16") { narrowAtEveryBias<Bf16>(Bf16Bias, Bf16Bias); }
}

TEST_CASE("narrowing is right around every boundary of the format") {
  narrowAroundBoundaries<CFloat8E4M3>(0, 63);
  narrowAroundBoundaries<CFloat8E5M2>(0, 63);
  narrowAroundBoundaries<CFloat16Shp>(31, 31);
  narrowAroundBoundaries<CFloat16Uhp>(UhpBias, UhpBias);
  narrowAroundBoundaries<Fp16>(Fp16Bias, Fp16Bias);
}

TEST_CASE("the short way to BF16 equals the general one") {
  for (std::uint32_t bits : stratifiedSamples(2048))
    REQUIRE(narrowBf16(floatOf(bits)) ==
            narrowSmall<Bf16, false>(floatOf(bits), std::uint32_t(Bf16Bias), 0u)
                .code);
}

TEST_CASE("narrowing then widening a code gives it back") {
  for (std::uint32_t bias = 0; bias < 64; ++bias)
    for (std::uint32_t code = 0; code < 256; ++code) {
      float x = widenSmall<CFloat8E5M2>(code, bias);
      for (std::uint32_t random : {0u, ~0u}) {
        auto back = narrowSmall<CFloat8E5M2, true>(x, bias, random);
        REQUIRE(back.code == code);
        REQUIRE(back.flags == 0);
      }
    }
}

TEST_CASE("stochastic rounding picks a neighbour, as often as it is near") {
  constexpr std::uint32_t Bias = 7;
  constexpr unsigned Trials = 20000;
  Random random(11);
  for (int n = 0; n < 200; ++n) {
    // Magnitudes from far below the smallest subnormal to the largest value.
    std::uint32_t bits = (96 + n % 40) << 23 | (random.next32() & 0x7fffff);
    Dyadic x = valueOfFloat(bits);
    std::uint32_t low = codeBelow(CFloat8E4M3, x, Bias);
    if (low >= CFloat8E4M3.magnitudeMask())
      continue;
    double below = widenSmall<CFloat8E4M3>(low, Bias);
    double above = widenSmall<CFloat8E4M3>(low + 1, Bias);
    double chance = (floatOf(bits) - below) / (above - below);
    unsigned ups = 0;
    for (unsigned counter = 0; counter < Trials; ++counter) {
      std::uint32_t r = randomBits(3, counter, std::uint32_t(n));
      std::uint32_t code =
          narrowSmall<CFloat8E4M3, true>(floatOf(bits), Bias, r).code;
      REQUIRE((code == low || code == low + 1));
      ups += code != low;
    }
    double deviation = std::sqrt(chance * (1 - chance) / Trials);
    INFO("bits " << bits << " chance " << chance);
    CHECK(std::abs(double(ups) / Trials - chance) <= 5 * deviation + 1e-9);
  }
}

TEST_CASE("the random bits look random, and each input matters") {
  // Every output bit is set about half of the time over any one input.
  for (int which = 0; which < 3; ++which)
    for (unsigned bit = 0; bit < 32; ++bit) {
      unsigned ones = 0;
      for (std::uint32_t i = 0; i < 10000; ++i)
        ones += randomBits(which == 0 ? i : 1, which == 1 ? i : 2,
                           which == 2 ? i : 3u) >>
                    bit &
                1;
      CHECK(ones > 4750);
      CHECK(ones < 5250);
    }
  U32x16 lanes = randomBits(5, 6, laneNumbers<U32x16>());
  for (unsigned lane = 0; lane < 16; ++lane)
    CHECK(lanes[lane] == randomBits(5, 6, std::uint32_t(lane)));
}

TEST_CASE("all floats narrow as the exact reference says", "[.][long]") {
  SECTION("CFloat8") {
    for (int bias = 0; bias < 64; ++bias) {
      narrowAllFloats<CFloat8E4M3>(bias);
      narrowAllFloats<CFloat8E5M2>(bias);
    }
  }
  SECTION("BF16") { narrowAllFloats<Bf16>(Bf16Bias); }
  SECTION("FP16") { narrowAllFloats<Fp16>(Fp16Bias); }
}
