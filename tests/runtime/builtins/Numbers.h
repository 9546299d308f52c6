//===- Numbers.h - Operands that find mistakes ------------------*- C++ -*-===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef TATAMI_TESTS_RUNTIME_NUMBERS_H
#define TATAMI_TESTS_RUNTIME_NUMBERS_H

#include <bit>
#include <cstdint>
#include <vector>

/// A small generator with a fixed seed: a failure can be seen again.
class Random {
public:
  explicit Random(uint64_t Seed) : State(Seed) {}

  uint64_t next() {
    State += 0x9e3779b97f4a7c15;
    uint64_t Z = State;
    Z = (Z ^ (Z >> 30)) * 0xbf58476d1ce4e5b9;
    Z = (Z ^ (Z >> 27)) * 0x94d049bb133111eb;
    return Z ^ (Z >> 31);
  }

  /// Long runs of equal bits, where carries and ties are.
  uint64_t runs() {
    uint64_t Value = next() & 1 ? ~0ull : 0;
    for (int I = 0; I < 3; ++I) {
      int Low = next() % 64, Length = next() % 64;
      uint64_t Ones = Length ? ~0ull >> (64 - Length) : 0;
      Value ^= Ones << Low;
    }
    return Value;
  }

  /// Bits of a double: anything, or a fraction of few changes, or an exponent
  /// close to that of 1, so that sums cancel.
  uint64_t doubleBits() {
    uint64_t Kind = next() % 4;
    uint64_t Bits = Kind & 1 ? runs() : next();
    if (Kind & 2)
      Bits = (Bits & 0x800fffffffffffff) | (1023 - 60 + next() % 120) << 52;
    return Bits;
  }

private:
  uint64_t State;
};

/// Every kind of double: the ends of each range, and their neighbours.
inline std::vector<uint64_t> specialDoubles() {
  std::vector<uint64_t> Result;
  for (uint64_t Bits :
       {0x0000000000000000ull, 0x0000000000000001ull, 0x0000000000000002ull,
        0x0000000000000003ull, 0x0008000000000000ull, 0x000fffffffffffffull,
        0x0010000000000000ull, 0x0010000000000001ull, 0x001fffffffffffffull,
        0x0020000000000000ull, 0x0350000000000000ull, 0x3690000000000000ull,
        0x36a0000000000000ull, 0x36a0000000000001ull, 0x380fffffffffffffull,
        0x380ffffff0000000ull, 0x3810000000000000ull, 0x3e6fffffffffffffull,
        0x3e70000000000000ull, 0x3f0fffffffffffffull, 0x3f10000000000000ull,
        0x3ca0000000000000ull, 0x3cb0000000000000ull, 0x3fdfffffffffffffull,
        0x3fe0000000000000ull, 0x3fe0000000000001ull, 0x3fefffffffffffffull,
        0x3ff0000000000000ull, 0x3ff0000000000001ull, 0x3ff0000010000000ull,
        0x3ff0000030000000ull, 0x3ff0020000000000ull, 0x3ff8000000000000ull,
        0x4000000000000000ull, 0x4008000000000000ull, 0x400921fb54442d18ull,
        0x40efffffffffffffull, 0x40effe0000000000ull, 0x40f0000000000000ull,
        0x41dfffffffc00000ull, 0x41dfffffffffffffull, 0x41e0000000000000ull,
        0x41efffffffe00000ull, 0x41f0000000000000ull, 0x4330000000000000ull,
        0x4330000000000001ull, 0x433fffffffffffffull, 0x4340000000000000ull,
        0x43dfffffffffffffull, 0x43e0000000000000ull, 0x43efffffffffffffull,
        0x43f0000000000000ull, 0x47dfffffffffffffull, 0x47e0000000000000ull,
        0x47efffffefffffffull, 0x47effffff0000000ull, 0x47efffffffffffffull,
        0x47f0000000000000ull, 0x7fd0000000000000ull, 0x7fe0000000000000ull,
        0x7fefffffffffffffull, 0x7ff0000000000000ull, 0x7ff0000000000001ull,
        0x7ff8000000000000ull, 0x7fffffffffffffffull}) {
    Result.push_back(Bits);
    Result.push_back(Bits | 1ull << 63);
  }
  return Result;
}

#endif // TATAMI_TESTS_RUNTIME_NUMBERS_H
