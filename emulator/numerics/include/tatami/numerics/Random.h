//===- Random.h - The random bits of stochastic rounding --------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Stochastic rounding is a pure function of (seed, counter, lane). There is no
// generator state: the three numbers are hashed. Seed and counter give one
// 64-bit key (two rounds of a 64-bit finalizer, so that neighbouring counters
// share nothing); each lane then mixes its number with both halves of the key
// by the 32-bit murmur3 finalizer, twice.
//
//===----------------------------------------------------------------------===//

#ifndef TATAMI_NUMERICS_RANDOM_H
#define TATAMI_NUMERICS_RANDOM_H

#include "tatami/numerics/Lanes.h"

namespace tatami::inline TATAMI_HOST_LEVEL {

/// A bijection of 64-bit numbers in which every input bit flips every output
/// bit about half of the time (the finalizer of splitmix64).
TATAMI_INLINE std::uint64_t mix64(std::uint64_t x) {
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9u;
  x = (x ^ (x >> 27)) * 0x94d049bb133111ebu;
  return x ^ (x >> 31);
}

/// The same for 32-bit lanes (the finalizer of murmur3).
template <class U> TATAMI_INLINE U mix32(U x) {
  x = (x ^ (x >> 16)) * 0x85ebca6bu;
  x = (x ^ (x >> 13)) * 0xc2b2ae35u;
  return x ^ (x >> 16);
}

/// 32 random bits for each lane number in \p lane.
template <class U>
TATAMI_INLINE U randomBits(std::uint64_t seed, std::uint64_t counter, U lane) {
  std::uint64_t key =
      mix64(mix64(seed + 0x9e3779b97f4a7c15u) + counter + 0x9e3779b97f4a7c15u);
  auto low = static_cast<std::uint32_t>(key);
  auto high = static_cast<std::uint32_t>(key >> 32);
  return mix32(mix32(lane * 0x9e3779b9u + low) ^ high);
}

} // namespace tatami::inline TATAMI_HOST_LEVEL

#endif // TATAMI_NUMERICS_RANDOM_H
