//===- HostLevel.h - One hash of everything, for each host level *- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TATAMI_TESTS_NUMERICS_HOSTLEVEL_H
#define TATAMI_TESTS_NUMERICS_HOSTLEVEL_H

#include <cstdint>
#include <vector>

namespace tatami::test {

/// A hash of every function of the numerics at each of \p samples. Compiled
/// once for each host level; all must return the same.
std::uint64_t hashGeneric(const std::vector<std::uint32_t> &samples);
std::uint64_t hashV3(const std::vector<std::uint32_t> &samples);
std::uint64_t hashV4(const std::vector<std::uint32_t> &samples);

} // namespace tatami::test

#endif // TATAMI_TESTS_NUMERICS_HOSTLEVEL_H
