//===- HostLevelHash.cpp - Everything hashed, at one host level -----------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// CMake compiles this file with TATAMI_HOST_LEVEL and HASH set for each level.
//
//===----------------------------------------------------------------------===//

#include "HostLevel.h"
#include "tatami/numerics/Approximate.h"
#include "tatami/numerics/Random.h"
#include "tatami/numerics/SmallFloat.h"

using namespace tatami;

namespace {

class Hash {
public:
  void add(U32x16 x) {
    for (unsigned lane = 0; lane < 16; ++lane)
      State = mix64(State ^ x[lane]);
  }
  void add(I32x16 x) { add(bitsAs<U32x16>(x)); }
  void add(F32x16 x) { add(bitsOf(x)); }
  template <class U> void add(const Narrowed<U> &x) {
    add(x.code);
    add(x.flags);
  }
  std::uint64_t value() const { return State; }

private:
  std::uint64_t State = 0;
};

void addAll(Hash &hash, F32x16 a, F32x16 b, F32x16 c, U32x16 bias) {
  hash.add(addFloat(a, b));
  hash.add(subFloat(a, b));
  hash.add(mulFloat(a, b));
  hash.add(divFloat(a, b));
  hash.add(sqrtFloat(a));
  hash.add(fmaFloat(a, b, c));
  hash.add(canonical(a * b + c));
  hash.add(minimumNumber(a, b));
  hash.add(maximumNumber(a, b));
  hash.add(roundToEven(a));
  hash.add(roundToAway(a));
  hash.add(roundToZero(a));
  hash.add(roundDown(a));
  hash.add(roundUp(a));
  hash.add(intFromFloat(a));
  hash.add(uintFromFloat(a));
  hash.add(floatFromInt(bitsOf(a)));
  hash.add(floatFromInt(signedBitsOf(a)));
  hash.add(less(a, b));
  hash.add(equal(a, b));
  hash.add(approximateReciprocal(a));
  hash.add(approximateRsqrt(a));
  hash.add(approximateExp2(a));
  hash.add(approximateLog2(a));
  hash.add(approximateTanh(a));
  U32x16 random = randomBits(1, bitsOf(a)[0], laneNumbers<U32x16>());
  hash.add(narrowBf16(a));
  hash.add(narrowSmall<Fp16, false>(a, splat<U32x16>(Fp16Bias), random));
  hash.add(narrowSmall<CFloat8E4M3, false>(a, bias, random));
  hash.add(narrowSmall<CFloat8E5M2, true>(a, bias, random));
  hash.add(narrowSmall<CFloat16Shp, true>(a, bias, random));
  hash.add(narrowSmall<CFloat16Uhp, false>(a, splat<U32x16>(UhpBias), random));
  hash.add(widenSmall<CFloat8E4M3>(bitsOf(a), bias));
  hash.add(widenSmall<CFloat16Shp>(bitsOf(a), bias));
}

} // namespace

std::uint64_t test::HASH(const std::vector<std::uint32_t> &samples) {
  Hash hash;
  for (std::size_t i = 0; i + 48 <= samples.size(); i += 16) {
    F32x16 a, b, c;
    std::memcpy(&a, &samples[i], sizeof a);
    std::memcpy(&b, &samples[i + 16], sizeof b);
    std::memcpy(&c, &samples[i + 32], sizeof c);
    addAll(hash, a, b, c, splat<U32x16>(i / 16 % 64));
  }
  return hash.value();
}
