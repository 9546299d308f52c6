//===- DoubleTest.cpp - Software doubles against the host's hardware ------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "HostNames.h"
#include "Numbers.h"
#include <catch2/catch.hpp>
#include <cmath>
#include <limits>

using Int128 = __int128;
using UInt128 = unsigned __int128;

extern "C" {
uint64_t __adddf3(uint64_t, uint64_t);
uint64_t __subdf3(uint64_t, uint64_t);
uint64_t __muldf3(uint64_t, uint64_t);
uint64_t __divdf3(uint64_t, uint64_t);
uint64_t __tatami_fma(uint64_t, uint64_t, uint64_t);
int __eqdf2(uint64_t, uint64_t);
int __nedf2(uint64_t, uint64_t);
int __ltdf2(uint64_t, uint64_t);
int __ledf2(uint64_t, uint64_t);
int __gtdf2(uint64_t, uint64_t);
int __gedf2(uint64_t, uint64_t);
int __unorddf2(uint64_t, uint64_t);
int32_t __fixdfsi(uint64_t);
int64_t __fixdfdi(uint64_t);
Int128 __fixdfti(uint64_t);
uint32_t __fixunsdfsi(uint64_t);
uint64_t __fixunsdfdi(uint64_t);
UInt128 __fixunsdfti(uint64_t);
uint64_t __floatsidf(int32_t);
uint64_t __floatdidf(int64_t);
uint64_t __floattidf(Int128);
uint64_t __floatunsidf(uint32_t);
uint64_t __floatundidf(uint64_t);
uint64_t __floatuntidf(UInt128);
uint64_t __extendsfdf2(float);
uint64_t __extendhfdf2(uint16_t);
uint64_t __extendbfdf2(uint16_t);
float __truncdfsf2(uint64_t);
uint16_t __truncdfhf2(uint64_t);
uint16_t __truncdfbf2(uint64_t);
uint16_t __truncsfhf2(float);
uint16_t __truncsfbf2(float);
float __extendhfsf2(uint16_t);
}

namespace {

constexpr int Rounds = 2'000'000;
constexpr uint64_t CanonicalNaN = 0x7ff8000000000000;

double number(uint64_t Bits) { return std::bit_cast<double>(Bits); }

/// The bits of what the hardware computed, NaNs made canonical.
uint64_t bits(double Value) {
  return std::isnan(Value) ? CanonicalNaN : std::bit_cast<uint64_t>(Value);
}
uint32_t bits(float Value) {
  return std::isnan(Value) ? 0x7fc00000 : std::bit_cast<uint32_t>(Value);
}

/// Counts what differs and reports the first: an assertion of Catch2 costs
/// too much to be made millions of times.
struct Differences {
  uint64_t Count = 0;
  uint64_t A = 0, B = 0, C = 0;
  void note(bool Same, uint64_t InA, uint64_t InB = 0, uint64_t InC = 0) {
    if (Same || Count++)
      return;
    A = InA, B = InB, C = InC;
  }
  void check() const {
    INFO(std::hex << "first at " << A << ", " << B << ", " << C);
    CHECK(Count == 0);
  }
};

template <class Function> void forPairs(Function F) {
  std::vector<uint64_t> Special = specialDoubles();
  for (uint64_t A : Special)
    for (uint64_t B : Special)
      F(A, B);
  Random R(1);
  for (int I = 0; I < Rounds; ++I) {
    uint64_t A = R.doubleBits();
    F(A, R.doubleBits());
    F(A, Special[R.next() % Special.size()]);
    // Neighbours: the sums that cancel most.
    F(A, (A ^ (R.next() & 1) << 63) + R.next() % 5 - 2);
  }
}

template <class Function> void forEach(Function F) {
  for (uint64_t A : specialDoubles())
    F(A);
  Random R(2);
  for (int I = 0; I < Rounds; ++I)
    F(R.doubleBits());
}

} // namespace

TEST_CASE("arithmetic") {
  Differences Sum, Difference, Product, Quotient;
  forPairs([&](uint64_t A, uint64_t B) {
    double X = number(A), Y = number(B);
    Sum.note(__adddf3(A, B) == bits(X + Y), A, B);
    Difference.note(__subdf3(A, B) == bits(X - Y), A, B);
    Product.note(__muldf3(A, B) == bits(X * Y), A, B);
    Quotient.note(__divdf3(A, B) == bits(X / Y), A, B);
  });
  Sum.check();
  Difference.check();
  Product.check();
  Quotient.check();
}

TEST_CASE("products and quotients that become subnormal") {
  Differences Product, Quotient;
  Random R(3);
  for (int I = 0; I < Rounds; ++I) {
    uint64_t A = (R.runs() & 0x800fffffffffffff) | (400 + R.next() % 200) << 52;
    uint64_t B = (R.runs() & 0x800fffffffffffff) | (400 + R.next() % 200) << 52;
    Product.note(__muldf3(A, B) == bits(number(A) * number(B)), A, B);
    uint64_t C = B + (1100ull << 52);
    Quotient.note(__divdf3(A, C) == bits(number(A) / number(C)), A, C);
  }
  Product.check();
  Quotient.check();
}

TEST_CASE("fused multiply-add") {
  Differences Fused;
  auto Check = [&](uint64_t A, uint64_t B, uint64_t C) {
    double Expected = std::fma(number(A), number(B), number(C));
    Fused.note(__tatami_fma(A, B, C) == bits(Expected), A, B, C);
  };
  std::vector<uint64_t> Special = specialDoubles();
  for (uint64_t A : Special)
    for (uint64_t B : Special)
      for (uint64_t C : Special)
        Check(A, B, C);
  Random R(4);
  for (int I = 0; I < Rounds; ++I) {
    uint64_t A = R.doubleBits(), B = R.doubleBits();
    Check(A, B, R.doubleBits());
    // An addend close to the product.
    uint64_t Product = bits(-(number(A) * number(B)));
    Check(A, B, Product + R.next() % 5 - 2);
  }
  Fused.check();
}

TEST_CASE("comparisons") {
  Differences Wrong;
  forPairs([&](uint64_t A, uint64_t B) {
    double X = number(A), Y = number(B);
    Wrong.note((__eqdf2(A, B) == 0) == (X == Y) &&
                   (__nedf2(A, B) != 0) == (X != Y) &&
                   (__ltdf2(A, B) < 0) == (X < Y) &&
                   (__ledf2(A, B) <= 0) == (X <= Y) &&
                   (__gtdf2(A, B) > 0) == (X > Y) &&
                   (__gedf2(A, B) >= 0) == (X >= Y) &&
                   (__unorddf2(A, B) != 0) == std::isunordered(X, Y),
               A, B);
  });
  Wrong.check();
}

/// What the machine's own conversions do: to the nearest limit, NaN to 0.
template <class Integer> static Integer saturate(double X, int Bits) {
  constexpr bool Signed = Integer(-1) < Integer(0);
  double Limit = std::ldexp(1.0, Bits - Signed);
  UInt128 Largest = ~UInt128(0) >> (128 - Bits + Signed);
  if (std::isnan(X))
    return 0;
  if (X >= Limit)
    return Integer(Largest);
  if (!Signed)
    return X <= 0 ? Integer(0) : Integer(X);
  return X <= -Limit ? Integer(~Largest) : Integer(X);
}

TEST_CASE("to integers") {
  Differences Wrong;
  forEach([&](uint64_t A) {
    double X = number(A);
    Wrong.note(__fixdfsi(A) == saturate<int32_t>(X, 32) &&
                   __fixdfdi(A) == saturate<int64_t>(X, 64) &&
                   __fixdfti(A) == saturate<Int128>(X, 128) &&
                   __fixunsdfsi(A) == saturate<uint32_t>(X, 32) &&
                   __fixunsdfdi(A) == saturate<uint64_t>(X, 64) &&
                   __fixunsdfti(A) == saturate<UInt128>(X, 128),
               A);
  });
  Wrong.check();
}

TEST_CASE("from integers") {
  Differences Wrong;
  Random R(5);
  auto Check = [&](UInt128 A) {
    Wrong.note(__floatsidf(int32_t(A)) == bits(double(int32_t(A))) &&
                   __floatdidf(int64_t(A)) == bits(double(int64_t(A))) &&
                   __floattidf(Int128(A)) == bits(double(Int128(A))) &&
                   __floatunsidf(uint32_t(A)) == bits(double(uint32_t(A))) &&
                   __floatundidf(uint64_t(A)) == bits(double(uint64_t(A))) &&
                   __floatuntidf(A) == bits(double(A)),
               uint64_t(A >> 64), uint64_t(A));
  };
  for (int I = 0; I < 128; ++I)
    for (int J = -2; J <= 2; ++J)
      Check((UInt128(1) << I) + J), Check(-((UInt128(1) << I) + J));
  for (int I = 0; I < Rounds; ++I) {
    Check(UInt128(R.next()) << 64 | R.next());
    Check((UInt128(R.runs()) << 64 | R.runs()) >> R.next() % 128);
  }
  Wrong.check();
}

TEST_CASE("to float") {
  Differences Wrong;
  auto Check = [&](uint64_t A) {
    Wrong.note(bits(__truncdfsf2(A)) == bits(float(number(A))), A);
  };
  forEach(Check);
  Random R(6);
  for (int I = 0; I < Rounds; ++I)
    Check((R.runs() & 0x800fffffffffffff) | (860 + R.next() % 320) << 52);
  Wrong.check();
}

TEST_CASE("from float") {
  Differences Wrong;
  Random R(7);
  for (int I = 0; I < Rounds; ++I) {
    auto X = std::bit_cast<float>(uint32_t(I & 1 ? R.next() : R.runs()));
    Wrong.note(__extendsfdf2(X) == bits(double(X)), bits(X));
  }
  Wrong.check();
}

/// The number that a format of 16 bits gives to some bits.
static double narrowNumber(uint32_t Bits, int FractionBits) {
  int ExponentBits = 15 - FractionBits;
  int Bias = (1 << (ExponentBits - 1)) - 1;
  int Exponent = Bits >> FractionBits & ((1 << ExponentBits) - 1);
  double Fraction = Bits & ((1 << FractionBits) - 1);
  double Value;
  if (Exponent == (1 << ExponentBits) - 1)
    Value = Fraction != 0 ? std::numeric_limits<double>::quiet_NaN()
                          : std::numeric_limits<double>::infinity();
  else if (Exponent == 0)
    Value = std::ldexp(Fraction, 1 - Bias - FractionBits);
  else
    Value = std::ldexp(Fraction + (1 << FractionBits),
                       Exponent - Bias - FractionBits);
  return Bits >> 15 ? -Value : Value;
}

/// Round to nearest even by looking for the two neighbours.
static uint16_t narrowByTable(double Value, int FractionBits) {
  uint32_t Infinity = 0x7fffu >> FractionBits << FractionBits;
  if (std::isnan(Value))
    return Infinity | 1u << (FractionBits - 1);
  uint32_t Sign = std::signbit(Value) ? 0x8000 : 0;
  double Size = std::fabs(Value);
  uint32_t Below = 0, Above = Infinity;
  while (Above - Below > 1) {
    uint32_t Middle = (Above + Below) / 2;
    (narrowNumber(Middle, FractionBits) <= Size ? Below : Above) = Middle;
  }
  if (std::isinf(Size))
    return Sign | Infinity;
  double Low = narrowNumber(Below, FractionBits);
  // Infinity takes the place of the next power of two.
  double High =
      Above == Infinity
          ? 2 * narrowNumber(Above - (1 << FractionBits), FractionBits)
          : narrowNumber(Above, FractionBits);
  double Middle = (Low + High) / 2;
  bool Up = Size > Middle || (Size == Middle && (Below & 1));
  return Sign | (Up ? Above : Below);
}

TEST_CASE("half and bfloat16") {
  for (uint32_t Bits = 0; Bits < 0x10000; ++Bits) {
    uint64_t Half = bits(narrowNumber(Bits, 10));
    uint64_t BFloat = bits(narrowNumber(Bits, 7));
    if (__extendhfdf2(Bits) != Half || __extendbfdf2(Bits) != BFloat ||
        bits(__extendhfsf2(Bits)) != bits(float(narrowNumber(Bits, 10))))
      FAIL("widening " << Bits);
  }
  Differences Wrong;
  Random R(8);
  for (int I = 0; I < Rounds / 8; ++I) {
    // Anything, then what is close to numbers of the format and to ties.
    for (uint64_t A :
         {R.doubleBits(),
          bits(narrowNumber(R.next() & 0xffff, 10)) + R.next() % 3 - 1,
          (R.runs() & 0x800fffffffffffff) | (995 + R.next() % 50) << 52,
          (R.runs() & 0x800fffffffffffff) | (880 + R.next() % 280) << 52}) {
      double X = number(A);
      Wrong.note(__truncdfhf2(A) == narrowByTable(X, 10), A, 10);
      Wrong.note(__truncdfbf2(A) == narrowByTable(X, 7), A, 7);
      float F = float(X);
      Wrong.note(__truncsfhf2(F) == narrowByTable(F, 10), bits(F), 10, 1);
      Wrong.note(__truncsfbf2(F) == narrowByTable(F, 7), bits(F), 7, 1);
    }
  }
  Wrong.check();
}
