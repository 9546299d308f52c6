//===- HostLevelTest.cpp - The same bits at every host level --------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "HostLevel.h"
#include "Samples.h"

#include <catch2/catch.hpp>

using namespace tatami::test;

TEST_CASE("results do not depend on the host's instructions") {
  std::vector<std::uint32_t> samples = stratifiedSamples(256);
  // Neighbours in a vector should differ in kind.
  Random random(3);
  for (std::size_t i = samples.size() - 1; i > 0; --i)
    std::swap(samples[i], samples[random.next() % (i + 1)]);
  std::uint64_t generic = hashGeneric(samples);
  CHECK(generic != hashGeneric({samples.begin(), samples.end() - 16}));
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma"))
    CHECK(hashV3(samples) == generic);
  else
    WARN("this host has no AVX2");
  if (__builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl"))
    CHECK(hashV4(samples) == generic);
  else
    WARN("this host has no AVX-512");
#endif
}
