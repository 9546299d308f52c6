//===- ComplexTest.cpp - Complex arithmetic and integer powers ------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "HostNames.h"
#include "Numbers.h"
#include <catch2/catch.hpp>
#include <cmath>
#include <limits>

extern "C" {
float _Complex __mulsc3(float, float, float, float);
float _Complex __divsc3(float, float, float, float);
double _Complex __muldc3(double, double, double, double);
double _Complex __divdc3(double, double, double, double);
float __powisf2(float, int);
double __powidf2(double, int);
}

namespace {

const double Infinity = std::numeric_limits<double>::infinity();
const double NaN = std::numeric_limits<double>::quiet_NaN();

/// Zero, one number of ordinary size, infinity or NaN: what Annex G is about.
enum class Kind { Zero, Number, Infinite, NotANumber };

Kind kind(double Real, double Imaginary) {
  if (std::isinf(Real) || std::isinf(Imaginary))
    return Kind::Infinite;
  if (std::isnan(Real) || std::isnan(Imaginary))
    return Kind::NotANumber;
  return Real == 0 && Imaginary == 0 ? Kind::Zero : Kind::Number;
}

template <class Complex> Kind kind(Complex Z) {
  return kind(__real__ Z, __imag__ Z);
}

const double Parts[] = {0.0, -0.0, 1.5, -2.0, Infinity, -Infinity, NaN};

template <class Function> void forAllParts(Function F) {
  for (double A : Parts)
    for (double B : Parts)
      for (double C : Parts)
        for (double D : Parts)
          F(A, B, C, D);
}

} // namespace

TEST_CASE("complex products keep the infinities of their operands") {
  forAllParts([](double A, double B, double C, double D) {
    CAPTURE(A, B, C, D);
    Kind X = kind(A, B), Y = kind(C, D);
    bool Infinite = (X == Kind::Infinite || Y == Kind::Infinite) &&
                    (X == Kind::Infinite || X == Kind::Number) &&
                    (Y == Kind::Infinite || Y == Kind::Number);
    if (Infinite) {
      CHECK(kind(__muldc3(A, B, C, D)) == Kind::Infinite);
      CHECK(kind(__mulsc3(A, B, C, D)) == Kind::Infinite);
    } else if (X == Kind::Number && Y == Kind::Number) {
      double _Complex Z = __muldc3(A, B, C, D);
      CHECK(__real__ Z == A * C - B * D);
      CHECK(__imag__ Z == A * D + B * C);
    }
  });
}

TEST_CASE("complex quotients by zero and by infinity") {
  forAllParts([](double A, double B, double C, double D) {
    CAPTURE(A, B, C, D);
    Kind X = kind(A, B), Y = kind(C, D);
    Kind Z = kind(__divdc3(A, B, C, D));
    CHECK(kind(__divsc3(A, B, C, D)) == Z);
    if ((X == Kind::Number && Y == Kind::Zero) ||
        (X == Kind::Infinite && (Y == Kind::Number || Y == Kind::Zero)))
      CHECK(Z == Kind::Infinite);
    if ((X == Kind::Number || X == Kind::Zero) && Y == Kind::Infinite)
      CHECK(Z == Kind::Zero);
    if (X == Kind::Zero && Y == Kind::Zero)
      CHECK(Z == Kind::NotANumber);
  });
}

TEST_CASE("complex quotients neither overflow nor vanish on the way") {
  Random R(21);
  for (int I = 0; I < 300'000; ++I) {
    // 2^-900 .. 2^900, or 2^-120 .. 2^120 as float: squares of these are no
    // numbers of the type, but the host's long double has room for them.
    bool Single = I & 1;
    int Range = Single ? 120 : 900;
    auto Next = [&]() -> long double {
      double Value = std::ldexp(1.0 + double(R.next() >> 12) * 0x1p-52,
                                int(R.next() % (2 * Range)) - Range);
      if (R.next() & 1)
        Value = -Value;
      return Single ? float(Value) : Value;
    };
    long double A = Next(), B = Next(), C = Next(), D = Next();
    long double Square = C * C + D * D;
    long double Real = (A * C + B * D) / Square;
    long double Imaginary = (B * C - A * D) / Square;
    double _Complex Z = Single ? __divsc3(A, B, C, D) : __divdc3(A, B, C, D);
    // Of the terms, a few last bits may be lost; of subnormals, more.
    auto Close = [&](long double Value, long double Wanted, long double Terms) {
      long double Largest = Single ? 0x1.fffffep127L : 0x1.fffffffffffffp1023L;
      if (std::fabs(Wanted) > Largest)
        return std::isinf(double(Value));
      long double Error = Single ? 0x1p-21L : 0x1p-50L;
      long double Least = Single ? 0x1p-148L : 0x1p-1073L;
      return std::fabs(Value - Wanted) <= Terms / Square * Error + Least;
    };
    if (!Close(__real__ Z, Real, std::fabs(A * C) + std::fabs(B * D)) ||
        !Close(__imag__ Z, Imaginary, std::fabs(B * C) + std::fabs(A * D)))
      FAIL("(" << A << ", " << B << ") / (" << C << ", " << D << ")");
  }
}

TEST_CASE("integer powers") {
  CHECK(__powidf2(3.0, 0) == 1.0);
  CHECK(__powidf2(3.0, 13) == 1594323.0);
  CHECK(__powidf2(2.0, -3) == 0.125);
  CHECK(__powidf2(-1.0, -2147483647 - 1) == 1.0);
  CHECK(__powisf2(-2.0f, 9) == -512.0f);
  CHECK(__powisf2(0.5f, -24) == 0x1p24f);
}
