//===- APFloatTest.cpp - FP32 arithmetic against LLVM's APFloat -----------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Samples.h"
#include "tatami/numerics/SmallFloat.h"

#include "llvm/ADT/APFloat.h"
#include "llvm/ADT/APSInt.h"

#include <catch2/catch.hpp>

using namespace tatami;
using namespace tatami::test;
using llvm::APFloat;

namespace {

constexpr auto Nearest = APFloat::rmNearestTiesToEven;

APFloat single(std::uint32_t bits) {
  return APFloat(APFloat::IEEEsingle(), llvm::APInt(32, bits));
}
/// The bits of a result; every NaN is the canonical one.
std::uint32_t bitsOfResult(const APFloat &x) {
  return x.isNaN()
             ? CanonicalNaN
             : static_cast<std::uint32_t>(x.bitcastToAPInt().getZExtValue());
}
std::uint32_t narrowTo(const llvm::fltSemantics &semantics, std::uint32_t quiet,
                       std::uint32_t bits) {
  APFloat x = single(bits);
  bool losesInfo;
  x.convert(semantics, Nearest, &losesInfo);
  return x.isNaN()
             ? quiet
             : static_cast<std::uint32_t>(x.bitcastToAPInt().getZExtValue());
}

/// 16 operands in a vector, so that both widths of each template are tried.
struct Operands {
  U32x16 a, b, c;
};

/// Numbers near each other in exponent, so that sums and products say
/// something, and some that are anything.
std::vector<Operands> operandSets(std::size_t count) {
  std::vector<std::uint32_t> samples = stratifiedSamples(1024);
  Random random(5);
  std::vector<Operands> sets(count);
  auto pick = [&] { return samples[random.next() % samples.size()]; };
  auto near = [&](std::uint32_t bits) {
    std::uint32_t exponent = (bits >> 23) + random.next32() % 52 - 26;
    return (exponent << 23 & 0x7f800000) | (pick() & 0x807fffff);
  };
  for (Operands &set : sets)
    for (unsigned lane = 0; lane < 16; ++lane) {
      set.a[lane] = pick();
      set.b[lane] = lane % 4 == 0 ? pick() : near(set.a[lane]);
      set.c[lane] = lane % 4 == 1 ? pick() : near(set.a[lane]);
    }
  return sets;
}

/// Compares \p ours (of scalars and of vectors) with \p exact, lane by lane.
template <class Ours, class Exact> void check(Ours ours, Exact exact) {
  unsigned wrong = 0;
  Operands first{};
  unsigned firstLane = 0;
  for (const Operands &set : operandSets(20000)) {
    U32x16 wide = bitsOf(ours(floatOf(set.a), floatOf(set.b), floatOf(set.c)));
    for (unsigned lane = 0; lane < 16; ++lane) {
      std::uint32_t a = set.a[lane], b = set.b[lane], c = set.c[lane];
      std::uint32_t want = bitsOfResult(exact(single(a), single(b), single(c)));
      std::uint32_t got = bitsOf(ours(floatOf(a), floatOf(b), floatOf(c)));
      if ((got != want || wide[lane] != want) && wrong++ == 0)
        first = set, firstLane = lane;
    }
  }
  INFO("first wrong: a 0x" << std::hex << first.a[firstLane] << " b 0x"
                           << first.b[firstLane] << " c 0x"
                           << first.c[firstLane]);
  CHECK(wrong == 0);
}

} // namespace

TEST_CASE("FP32 arithmetic equals APFloat's") {
  SECTION("sum") {
    check([](auto a, auto b, auto) { return addFloat(a, b); },
          [](APFloat a, APFloat b, APFloat) {
            a.add(b, Nearest);
            return a;
          });
  }
  SECTION("difference") {
    check([](auto a, auto b, auto) { return subFloat(a, b); },
          [](APFloat a, APFloat b, APFloat) {
            a.subtract(b, Nearest);
            return a;
          });
  }
  SECTION("product") {
    check([](auto a, auto b, auto) { return mulFloat(a, b); },
          [](APFloat a, APFloat b, APFloat) {
            a.multiply(b, Nearest);
            return a;
          });
  }
  SECTION("quotient") {
    check([](auto a, auto b, auto) { return divFloat(a, b); },
          [](APFloat a, APFloat b, APFloat) {
            a.divide(b, Nearest);
            return a;
          });
  }
  SECTION("fused multiply-add") {
    check([](auto a, auto b, auto c) { return fmaFloat(a, b, c); },
          [](APFloat a, APFloat b, APFloat c) {
            a.fusedMultiplyAdd(b, c, Nearest);
            return a;
          });
  }
  SECTION("a product and a sum are rounded twice") {
    check([](auto a, auto b, auto c) { return canonical(a * b + c); },
          [](APFloat a, APFloat b, APFloat c) {
            a.multiply(b, Nearest);
            a.add(c, Nearest);
            return a;
          });
  }
  SECTION("minimumNumber") {
    check([](auto a, auto b, auto) { return minimumNumber(a, b); },
          [](APFloat a, APFloat b, APFloat) { return llvm::minimumnum(a, b); });
  }
  SECTION("maximumNumber") {
    check([](auto a, auto b, auto) { return maximumNumber(a, b); },
          [](APFloat a, APFloat b, APFloat) { return llvm::maximumnum(a, b); });
  }
}

TEST_CASE("rounding to integral values equals APFloat's") {
  auto rounded = [](llvm::RoundingMode mode) {
    return [mode](APFloat a, APFloat, APFloat) {
      a.roundToIntegral(mode);
      return a;
    };
  };
  SECTION("nearest even") {
    check([](auto a, auto, auto) { return roundToEven(a); },
          rounded(APFloat::rmNearestTiesToEven));
  }
  SECTION("down") {
    check([](auto a, auto, auto) { return roundDown(a); },
          rounded(APFloat::rmTowardNegative));
  }
  SECTION("up") {
    check([](auto a, auto, auto) { return roundUp(a); },
          rounded(APFloat::rmTowardPositive));
  }
  SECTION("towards zero") {
    check([](auto a, auto, auto) { return roundToZero(a); },
          rounded(APFloat::rmTowardZero));
  }
  SECTION("ties away") {
    check([](auto a, auto, auto) { return roundToAway(a); },
          rounded(APFloat::rmNearestTiesToAway));
  }
}

TEST_CASE("conversions to integers equal APFloat's, NaN gives 0") {
  auto converted = [](std::uint32_t bits, unsigned width, bool isUnsigned) {
    APFloat x = single(bits);
    if (x.isNaN())
      return std::uint64_t(0);
    llvm::APSInt result(width, isUnsigned);
    bool isExact;
    x.convertToInteger(result, APFloat::rmTowardZero, &isExact);
    return isUnsigned ? result.getZExtValue()
                      : static_cast<std::uint64_t>(result.getSExtValue());
  };
  unsigned wrong = 0;
  std::vector<std::uint32_t> samples = stratifiedSamples(1024);
  for (std::size_t i = 0; i < samples.size(); i += 16) {
    U32x16 bits;
    std::memcpy(&bits, &samples[i], sizeof bits);
    I32x16 wide = intFromFloat(floatOf(bits));
    U32x16 wideUnsigned = uintFromFloat(floatOf(bits));
    for (unsigned lane = 0; lane < 16; ++lane) {
      float x = floatOf(std::uint32_t(bits[lane]));
      auto want = static_cast<std::int32_t>(converted(bits[lane], 32, false));
      auto wantUnsigned =
          static_cast<std::uint32_t>(converted(bits[lane], 32, true));
      wrong += intFromFloat(x) != want || wide[lane] != want;
      wrong += uintFromFloat(x) != wantUnsigned ||
               wideUnsigned[lane] != wantUnsigned;
      wrong += static_cast<std::uint64_t>(int64FromFloat(x)) !=
               converted(bits[lane], 64, false);
      wrong += uint64FromFloat(x) != converted(bits[lane], 64, true);
    }
  }
  CHECK(wrong == 0);
}

TEST_CASE("conversions from integers equal APFloat's") {
  Random random(9);
  for (int n = 0; n < 200000; ++n) {
    // Every number of leading zeros comes up.
    std::uint32_t x = random.next32() >> random.next32() % 32;
    if (n % 2)
      x = 0u - x;
    APFloat fromSigned(APFloat::IEEEsingle()), fromUnsigned = fromSigned;
    fromSigned.convertFromAPInt(llvm::APInt(32, x), true, Nearest);
    fromUnsigned.convertFromAPInt(llvm::APInt(32, x), false, Nearest);
    REQUIRE(bitsOf(floatFromInt(static_cast<std::int32_t>(x))) ==
            bitsOfResult(fromSigned));
    REQUIRE(bitsOf(floatFromInt(x)) == bitsOfResult(fromUnsigned));
    REQUIRE(bitsOf(floatFromInt(splat<I32x16>(
                static_cast<std::int32_t>(x))))[3] == bitsOfResult(fromSigned));
    REQUIRE(bitsOf(floatFromInt(splat<U32x16>(x)))[3] ==
            bitsOfResult(fromUnsigned));
  }
}

TEST_CASE("BF16 and FP16 equal APFloat's") {
  unsigned wrong = 0;
  for (std::uint32_t bits : stratifiedSamples(2048)) {
    wrong += narrowBf16(floatOf(bits)) !=
             narrowTo(APFloat::BFloat(), Bf16.quietNaN(), bits);
    wrong +=
        narrowSmall<Fp16, false>(floatOf(bits), std::uint32_t(Fp16Bias), 0u)
            .code != narrowTo(APFloat::IEEEhalf(), Fp16.quietNaN(), bits);
  }
  CHECK(wrong == 0);

  for (std::uint32_t code = 0; code < 0x10000; ++code) {
    APFloat x(APFloat::IEEEhalf(), llvm::APInt(16, code));
    bool losesInfo;
    x.convert(APFloat::IEEEsingle(), Nearest, &losesInfo);
    REQUIRE(bitsOf(widenSmall<Fp16>(code, std::uint32_t(Fp16Bias))) ==
            bitsOfResult(x));
  }
}
