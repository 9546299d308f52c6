// Two decoders are made from the same records, by different programs: LLVM's
// and the emulator's. They must agree on every word, in meaning and in text.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "McHarness.h"
#include "Samples.h"

#include "tatami/isa/Codec.h"

#include <catch2/catch.hpp>

#include <random>

using namespace tatami;
using test::McHarness;

// Compares without a Catch2 assertion per word, which would take minutes.
static void requireAgreement(McHarness &llvm, uint32_t word) {
  std::optional<std::string> theirs = llvm.disassemble(word);
  std::optional<isa::DecodedInst> ours = isa::decode(word);
  if (!theirs && !ours)
    return;
  std::string ourText =
      ours ? isa::disassemble(*ours) : std::string("a reserved encoding");
  std::string theirText = theirs.value_or("a reserved encoding");
  if (ourText == theirText)
    return;
  CAPTURE(word);
  REQUIRE(theirText == ourText);
}

TEST_CASE("both decoders agree on every instruction", "[mc]") {
  McHarness llvm;
  std::mt19937_64 generator(1);
  for (uint32_t word : test::sampleWords(generator, 64)) {
    CAPTURE(word);
    REQUIRE(isa::decode(word).has_value());
    requireAgreement(llvm, word);
  }
}

TEST_CASE("both decoders agree on words one bit from an instruction", "[mc]") {
  McHarness llvm;
  std::mt19937_64 generator(2);
  for (uint32_t word : test::sampleWords(generator, 8))
    for (unsigned bit = 0; bit < 32; ++bit)
      requireAgreement(llvm, word ^ (uint32_t(1) << bit));
}

TEST_CASE("both decoders agree on ten million random words", "[mc]") {
  McHarness llvm;
  std::mt19937_64 generator(3);
  unsigned valid = 0;
  for (unsigned i = 0; i < 10'000'000; ++i) {
    uint32_t word = uint32_t(generator());
    requireAgreement(llvm, word);
    valid += isa::findOpcode(word).has_value();
  }
  // Neither may answer the question by refusing everything.
  CHECK(valid > 1'000'000);
  CHECK(valid < 9'000'000);
}
