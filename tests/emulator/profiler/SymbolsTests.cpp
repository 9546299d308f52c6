// Names and lines of an image that tatami-clang has compiled.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "Handmade.h"

#include <set>

using namespace tatami;
using namespace tatami::prof;

namespace {

struct Compiled : Handmade {
  const Image::Symbol *outer = &symbol("_Z5outeri");
};

} // namespace

TEST_CASE("inlined functions stand inside the one that is there") {
  Compiled compiled;
  std::string error;
  Symbols symbols(TATAMI_INLINED, error);
  REQUIRE(error == "");
  CHECK(symbols.hasLines());

  std::set<unsigned> ownLines, inlinedLines, callLines;
  for (uint64_t pc = compiled.outer->address;
       pc < compiled.outer->address + compiled.outer->size; pc += 4) {
    CHECK(symbols.functionAt(pc) == "outer(int)");
    CHECK(symbols.functionStart(pc) == compiled.outer->address);
    const std::vector<SourcePlace> &places = symbols.at(pc);
    CHECK(places.back().function == "outer(int)");
    CHECK(places.front().file == TATAMI_INLINED_SOURCE);
    if (places.size() == 1) {
      ownLines.insert(places.front().line);
    } else {
      REQUIRE(places.size() == 2);
      CHECK(places.front().function == "inner::square(int)");
      inlinedLines.insert(places.front().line);
      callLines.insert(places.back().line);
    }
  }
  CHECK(ownLines.count(Handmade::lineOf("outer")));
  CHECK(inlinedLines.count(Handmade::lineOf("square")));
  CHECK(callLines == std::set<unsigned>{Handmade::lineOf("call")});
}

TEST_CASE("an address outside of every function is its own name") {
  std::string error;
  Symbols symbols(TATAMI_INLINED, error);
  const std::vector<SourcePlace> &places = symbols.at(0x10);
  REQUIRE(places.size() == 1);
  CHECK(places[0].function == "0x10");
  CHECK(places[0].line == 0);
  CHECK(symbols.functionStart(0x10) == 0x10);
}

TEST_CASE("functions of assembly have names") {
  Compiled compiled;
  std::string error;
  Symbols symbols(TATAMI_INLINED, error);
  CHECK(symbols.functionAt(compiled.image.entry) == "_start");
}

TEST_CASE("an image that cannot be read is one sentence") {
  std::string error;
  Symbols missing("no-such-file.elf", error);
  CHECK(error == "no-such-file.elf: is not there");
  CHECK(!missing.hasLines());
  CHECK(missing.functionAt(0x1000) == "0x1000");
  Symbols source(TATAMI_INLINED_SOURCE, error);
  CHECK(error == TATAMI_INLINED_SOURCE ": not an ELF image");
  CHECK(source.at(0x1000).size() == 1);
}
