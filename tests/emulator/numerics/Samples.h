//===- Samples.h - FP32 operands worth testing ------------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A stratified million: every exponent and sign meets every mantissa that lies
// on, just below or just above a rounding boundary of a format with 2 to 10
// mantissa bits, and random ones. Always the same numbers.
//
//===----------------------------------------------------------------------===//

#ifndef TATAMI_TESTS_NUMERICS_SAMPLES_H
#define TATAMI_TESTS_NUMERICS_SAMPLES_H

#include <algorithm>
#include <cstdint>
#include <set>
#include <vector>

namespace tatami::test {

/// A small generator, the same everywhere (xorshift64*).
class Random {
public:
  explicit Random(std::uint64_t seed) : State(seed | 1) {}
  std::uint64_t next() {
    State ^= State >> 12;
    State ^= State << 25;
    State ^= State >> 27;
    return State * 0x2545f4914f6cdd1du;
  }
  std::uint32_t next32() { return static_cast<std::uint32_t>(next() >> 32); }

private:
  std::uint64_t State;
};

/// FP32 bit patterns, about \p perExponent for each of the 512 (sign, exponent)
/// pairs.
inline std::vector<std::uint32_t> stratifiedSamples(unsigned perExponent) {
  Random random(2026);
  std::set<std::uint32_t> boundaries;
  for (unsigned kept : {2u, 3u, 7u, 10u})
    for (std::uint32_t q = 0; q < (2u << kept); ++q) // codes and midpoints
      for (int near : {-1, 0, 1})
        boundaries.insert(
            ((q << (22 - kept)) + static_cast<std::uint32_t>(near)) & 0x7fffff);
  // The same boundaries of subnormal results lie one mantissa bit lower for
  // each exponent: single bits and their neighbours cover them.
  for (unsigned bit = 0; bit < 23; ++bit)
    for (int near : {-1, 0, 1})
      boundaries.insert(((1u << bit) + static_cast<std::uint32_t>(near)) &
                        0x7fffff);
  std::vector<std::uint32_t> mantissas(boundaries.begin(), boundaries.end());

  std::vector<std::uint32_t> samples;
  for (std::uint32_t top = 0; top < 512; ++top)
    for (unsigned n = 0; n < perExponent; ++n) {
      bool takeAll = perExponent >= 2 * mantissas.size();
      std::uint32_t mantissa = takeAll && n < mantissas.size() ? mantissas[n]
                               : n % 2
                                   ? mantissas[random.next() % mantissas.size()]
                                   : random.next32() & 0x7fffff;
      samples.push_back(top << 23 | mantissa);
    }
  return samples;
}

} // namespace tatami::test

#endif // TATAMI_TESTS_NUMERICS_SAMPLES_H
