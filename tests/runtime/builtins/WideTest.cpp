//===- WideTest.cpp - 128-bit helpers against the host's ------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "HostNames.h"
#include "Numbers.h"
#include <catch2/catch.hpp>
#include <cmath>

using Int128 = __int128;
using UInt128 = unsigned __int128;

extern "C" {
Int128 __multi3(Int128, Int128);
Int128 __divti3(Int128, Int128);
Int128 __modti3(Int128, Int128);
UInt128 __udivti3(UInt128, UInt128);
UInt128 __umodti3(UInt128, UInt128);
UInt128 __udivmodti4(UInt128, UInt128, UInt128 *);
Int128 __ashlti3(Int128, int);
Int128 __ashrti3(Int128, int);
Int128 __lshrti3(Int128, int);
Int128 __negti2(Int128);
int __cmpti2(Int128, Int128);
int __ucmpti2(UInt128, UInt128);
int __clzti2(Int128);
int __ctzti2(Int128);
int __ffsti2(Int128);
int __popcountti2(Int128);
int __parityti2(Int128);
int __clrsbdi2(int64_t);
int __clrsbti2(Int128);
int32_t __mulosi4(int32_t, int32_t, int *);
int64_t __mulodi4(int64_t, int64_t, int *);
Int128 __muloti4(Int128, Int128, int *);
float __floattisf(Int128);
float __floatuntisf(UInt128);
Int128 __fixsfti(float);
UInt128 __fixunssfti(float);
}

namespace {

constexpr int Rounds = 1'000'000;

struct Operands {
  Random R{11};
  UInt128 next() {
    UInt128 Value = UInt128(R.runs()) << 64 | R.runs();
    if (R.next() & 1)
      Value = UInt128(R.next()) << 64 | R.next();
    return Value >> R.next() % 128;
  }
};

std::string text(UInt128 Value) {
  char Buffer[40];
  snprintf(Buffer, sizeof Buffer, "%016llx'%016llx",
           (unsigned long long)(Value >> 64), (unsigned long long)Value);
  return Buffer;
}

} // namespace

#define EXPECT(condition)                                                      \
  if (!(condition))                                                            \
  FAIL(#condition << " for " << text(A) << ", " << text(B))

TEST_CASE("products, quotients and remainders of 128 bits") {
  Operands Next;
  for (int I = 0; I < Rounds; ++I) {
    UInt128 A = Next.next(), B = Next.next();
    auto SA = Int128(A), SB = Int128(B);
    EXPECT(UInt128(__multi3(SA, SB)) == A * B);
    EXPECT(__negti2(SA) == Int128(-A));
    EXPECT(__cmpti2(SA, SB) == (SA < SB ? 0 : SA > SB ? 2 : 1));
    EXPECT(__ucmpti2(A, B) == (A < B ? 0 : A > B ? 2 : 1));
    if (B == 0)
      continue;
    UInt128 Rest;
    EXPECT(__udivti3(A, B) == A / B);
    EXPECT(__umodti3(A, B) == A % B);
    EXPECT(__udivmodti4(A, B, &Rest) == A / B && Rest == A % B);
    if (SB != -1) {
      EXPECT(__divti3(SA, SB) == SA / SB);
      EXPECT(__modti3(SA, SB) == SA % SB);
    }
    // Quotients near a whole number are where a guess goes wrong.
    UInt128 C = A / B * B;
    EXPECT(__udivti3(C, B) == A / B && __umodti3(C, B) == 0);
    if (C)
      EXPECT(__udivti3(C - 1, B) == (C - 1) / B);
  }
}

TEST_CASE("shifts and counts of 128 bits") {
  Operands Next;
  for (int I = 0; I < Rounds; ++I) {
    UInt128 A = Next.next(), B = I % 128;
    auto SA = Int128(A);
    int Count = int(B);
    EXPECT(UInt128(__ashlti3(SA, Count)) == A << Count);
    EXPECT(UInt128(__lshrti3(SA, Count)) == A >> Count);
    EXPECT(__ashrti3(SA, Count) == SA >> Count);
    auto High = uint64_t(A >> 64), Low = uint64_t(A);
    int Ones = std::popcount(High) + std::popcount(Low);
    EXPECT(__popcountti2(SA) == Ones);
    EXPECT(__parityti2(SA) == Ones % 2);
    int Trailing = Low ? std::countr_zero(Low) : 64 + std::countr_zero(High);
    int Leading = High ? std::countl_zero(High) : 64 + std::countl_zero(Low);
    EXPECT(__ffsti2(SA) == (A ? Trailing + 1 : 0));
    if (A) {
      EXPECT(__clzti2(SA) == Leading);
      EXPECT(__ctzti2(SA) == Trailing);
    }
    EXPECT(__clrsbdi2(int64_t(A)) == __builtin_clrsbll(int64_t(A)));
    UInt128 Same = SA < 0 ? ~A : A;
    auto SameHigh = uint64_t(Same >> 64), SameLow = uint64_t(Same);
    EXPECT(__clrsbti2(SA) == (SameHigh ? std::countl_zero(SameHigh)
                                       : 64 + std::countl_zero(SameLow)) -
                                 1);
  }
}

TEST_CASE("products that notice overflow") {
  Operands Next;
  for (int I = 0; I < Rounds; ++I) {
    UInt128 A = Next.next(), B = Next.next();
    if (I & 1)
      A = -A;
    if (I & 2)
      B = -B;
    int Overflow;
    Int128 Wide;
    bool Expected = __builtin_mul_overflow(Int128(A), Int128(B), &Wide);
    EXPECT(__muloti4(Int128(A), Int128(B), &Overflow) == Wide &&
           (Overflow != 0) == Expected);
    int64_t Word;
    Expected = __builtin_mul_overflow(int64_t(A), int64_t(B), &Word);
    EXPECT(__mulodi4(int64_t(A), int64_t(B), &Overflow) == Word &&
           (Overflow != 0) == Expected);
    int32_t Small;
    Expected = __builtin_mul_overflow(int32_t(A), int32_t(B), &Small);
    EXPECT(__mulosi4(int32_t(A), int32_t(B), &Overflow) == Small &&
           (Overflow != 0) == Expected);
  }
}

TEST_CASE("between float and 128 bits") {
  Operands Next;
  for (int I = 0; I < Rounds; ++I) {
    UInt128 A = Next.next(), B = 0;
    EXPECT(__floatuntisf(A) == float(A));
    EXPECT(__floattisf(Int128(A)) == float(Int128(A)));
    EXPECT(__floattisf(Int128(-A)) == float(Int128(-A)));
    auto F = std::bit_cast<float>(uint32_t(A));
    if (std::fabs(F) < 0x1p127f)
      EXPECT(__fixsfti(F) == Int128(F));
    if (F >= 0)
      EXPECT(__fixunssfti(F) == (std::isinf(F) ? ~UInt128(0) : UInt128(F)));
  }
  CHECK(__fixsfti(std::nanf("")) == 0);
  CHECK(__fixunssfti(std::nanf("")) == 0);
  CHECK(__fixunssfti(-1.0f) == 0);
  CHECK((__fixsfti(0x1p127f) == Int128(~UInt128(0) >> 1)));
  CHECK((__fixsfti(-0x1p127f) == Int128(UInt128(1) << 127)));
}
