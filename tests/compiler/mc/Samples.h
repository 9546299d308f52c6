// Encodings to test with: of every instruction, with its operands at the ends
// of their ranges and anywhere between.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include <cstdint>
#include <random>
#include <vector>

namespace tatami::test {

/// \p random + 2 valid words per instruction: every field zero, every field all
/// ones, and random fields.
std::vector<uint32_t> sampleWords(std::mt19937_64 &generator, unsigned random);

} // namespace tatami::test
