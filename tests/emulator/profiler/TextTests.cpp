// Figures as people read them.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "../../../emulator/profiler/Summary.h"
#include "../../../emulator/profiler/Text.h"

#include "tatami/profiler/Near.h"

#include <catch2/catch.hpp>

#include <random>

using namespace tatami;
using namespace tatami::prof;

TEST_CASE("percents add up to 100.0 exactly") {
  CHECK(exactPercents({1, 1, 1}) ==
        std::vector<std::string>{"33.4 %", "33.3 %", "33.3 %"});
  CHECK(exactPercents({1000, 0}) ==
        std::vector<std::string>{"100.0 %", "0.0 %"});
  CHECK(exactPercents({0, 0}) == std::vector<std::string>{"-", "-"});
  // Where a share times a thousand has no room in 64 bits.
  CHECK(exactPercents({uint64_t(1) << 62, uint64_t(1) << 62}) ==
        std::vector<std::string>{"50.0 %", "50.0 %"});
  std::mt19937_64 random(7);
  for (int round = 0; round < 1000; ++round) {
    std::vector<uint64_t> parts(1 + random() % 20);
    for (uint64_t &part : parts)
      part = random() >> (8 + random() % 56);
    parts.push_back(1);
    unsigned tenths = 0;
    for (const std::string &text : exactPercents(parts))
      tenths += unsigned(std::stod(text) * 10 + 0.5);
    CHECK(tenths == 1000);
  }
}

TEST_CASE("large numbers have commas") {
  CHECK(withCommas(0) == "0");
  CHECK(withCommas(999) == "999");
  CHECK(withCommas(1000) == "1,000");
  CHECK(withCommas(1234567) == "1,234,567");
  CHECK(withCommas(UINT64_MAX) == "18,446,744,073,709,551,615");
}

TEST_CASE("counts are short where there is no room") {
  CHECK(shortCount(0) == "0");
  CHECK(shortCount(9999) == "9999");
  CHECK(shortCount(10000) == "10k");
  CHECK(shortCount(999499) == "999k");
  CHECK(shortCount(999500) == "1.0M");
  CHECK(shortCount(1234567) == "1.2M");
  CHECK(shortCount(UINT64_MAX) == "18E");
}

TEST_CASE("bytes have units") {
  CHECK(byteCount(0) == "0 B");
  CHECK(byteCount(999) == "999 B");
  CHECK(byteCount(1250000) == "1.2 MB");
  CHECK(byteCount(999960) == "1.0 MB");
}

TEST_CASE("the greatest causes come first, idle is none of them") {
  CycleCounts counts;
  counts.issued = 50;
  counts.lost[size_t(Cause::Fetch)] = 10;
  counts.lost[size_t(Cause::OperandLoad)] = 39;
  counts.lost[size_t(Cause::Host)] = 1;
  CHECK(topCauses(counts, 1) == "operand load 39 %");
  CHECK(topCauses(counts, 9) == "operand load 39 %, fetch 10 %, host 1 %");
  counts.lost[size_t(Cause::Idle)] = 900;
  CHECK(greatestCauses(counts).size() == 3);
}

TEST_CASE("text is cut between characters") {
  CHECK(cut("abcdef", 6) == "abcdef");
  CHECK(cut("abcdefg", 6) == "abc...");
  CHECK(cut("\u00e4\u00f6\u00fc\u00e4\u00f6\u00fc\u00e4", 6) ==
        "\u00e4\u00f6\u00fc...");
  CHECK(columnsOf("\u00e4\u00f6") == 2);
}

TEST_CASE("names that are alike are offered") {
  const std::vector<std::string> names = {"multiply(int)", "main", "fibonacci"};
  CHECK(didYouMean("multipyl", names) == "; did you mean 'multiply(int)'?");
  CHECK(didYouMean("fibo", names) == "; did you mean 'fibonacci'?");
  CHECK(didYouMean("xyzzyx", names) == "");
}

TEST_CASE("names give a terminal no commands") {
  CHECK(visible("operator<<(int) \xc3\xa4\xe2\x82\xac\xf0\x9f\x98\x80") ==
        "operator<<(int) \xc3\xa4\xe2\x82\xac\xf0\x9f\x98\x80");
  CHECK(visible("a\033[31m\x7f\n\tb") == "a?[31m???b");
  // C1: as UTF-8, and as a single byte.
  CHECK(visible("\xc2\x9b|\x9b|\xc2\xa0") == "?|?|\xc2\xa0");
  // Cut off in the middle of a character.
  CHECK(visible("\xe2\x82") == "??");
}
