// Figures of instructions, summed by the names of a compiled image.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "Handmade.h"

#include "tatami/isa/Isa.h"

using namespace tatami;
using namespace tatami::prof;

namespace {

template <class T> CodeCycles sum(const std::vector<T> &list) {
  CodeCycles total;
  for (const T &entry : list)
    total += entry;
  return total;
}

const FunctionCycles *find(const Analysis &analysis, const std::string &name) {
  for (const FunctionCycles &f : analysis.functions)
    if (f.name == name)
      return &f;
  return nullptr;
}

bool same(const CodeCycles &a, const CodeCycles &b) {
  return static_cast<const CycleCounts &>(a) == b && a.executed == b.executed &&
         a.macs == b.macs && a.flops == b.flops && a.sramBytes == b.sramBytes;
}

CallContext context(uint32_t parent, uint64_t function, uint64_t cycles) {
  CallContext context;
  context.parent = parent;
  context.function = function;
  context.calls = 1;
  context.cycles = cycles;
  return context;
}

struct Filled : Handmade {
  uint64_t inOuter, inFibonacci;
  std::string error;
  Symbols symbols;

  Filled() : symbols(TATAMI_INLINED, error) {
    inOuter = fill("_Z5outeri", Cause::OperandLoad, 9);
    inFibonacci = fill("_Z9fibonaccii", Cause::Mispredict, 1);
  }
};

} // namespace

TEST_CASE("functions, lines and instructions have the same sum") {
  Filled filled;
  Analysis analysis(filled.profile, filled.symbols);
  CHECK(analysis.total.issued == filled.inOuter + filled.inFibonacci);
  CHECK(analysis.total.lost[size_t(Cause::OperandLoad)] == 9 * filled.inOuter);
  CHECK(analysis.total.lost[size_t(Cause::Mispredict)] == filled.inFibonacci);
  CHECK(same(sum(analysis.functions), analysis.total));
  CHECK(same(sum(analysis.lines), analysis.total));
  CHECK(same(sum(analysis.instructions), analysis.total));
  CHECK(analysis.instructions.size() == filled.inOuter + filled.inFibonacci);
  CHECK(analysis.total.sramBytes > 0);
  for (size_t i = 1; i < analysis.functions.size(); ++i)
    CHECK(analysis.functions[i - 1].cycles() >= analysis.functions[i].cycles());
}

TEST_CASE("inlined code is apart, or with its caller") {
  Filled filled;
  Analysis apart(filled.profile, filled.symbols);
  const FunctionCycles *square = find(apart, "inner::square(int)");
  const FunctionCycles *outer = find(apart, "outer(int)");
  REQUIRE(square);
  REQUIRE(outer);
  CHECK(square->cycles() > 0);
  CHECK(square->cycles() + outer->cycles() == 10 * filled.inOuter);
  CHECK(square->file == TATAMI_INLINED_SOURCE);

  Analysis together(filled.profile, filled.symbols, Inlined::WithCaller);
  CHECK(!find(together, "inner::square(int)"));
  REQUIRE(find(together, "outer(int)"));
  CHECK(find(together, "outer(int)")->cycles() == 10 * filled.inOuter);
  CHECK(same(together.total, apart.total));
}

TEST_CASE("the hottest line is named") {
  Filled filled;
  std::string error;
  uint64_t pc = 0;
  const Image::Symbol &outer = filled.symbol("_Z5outeri");
  for (uint64_t at = outer.address; at < outer.address + outer.size; at += 4)
    if (filled.symbols.at(at).front().line == Handmade::lineOf("outer"))
      pc = at;
  REQUIRE(pc);
  filled.at(pc).lost[size_t(Cause::Host)] = 100000;
  Analysis analysis(filled.profile, filled.symbols);
  CHECK(analysis.functions.front().name == "outer(int)");
  CHECK(analysis.functions.front().line == Handmade::lineOf("outer"));
  CHECK(analysis.lines.front().line == Handmade::lineOf("outer"));
  CHECK(analysis.lines.front().function == "outer(int)");
  CHECK(analysis.instructions.front().pc == pc);
}

TEST_CASE("recursion counts once") {
  Filled filled;
  const uint64_t main = filled.symbol("main").address;
  const uint64_t fibonacci = filled.symbol("_Z9fibonaccii").address;
  const uint64_t outer = filled.symbol("_Z5outeri").address;
  const uint64_t own = 2 * filled.inFibonacci;
  filled.profile.contexts = {context(CallContext::none, main, 0),
                             context(0, fibonacci, own / 2),
                             context(1, fibonacci, own - own / 2),
                             context(0, outer, 10 * filled.inOuter)};
  Analysis analysis(filled.profile, filled.symbols);
  const FunctionCycles *square = find(analysis, "inner::square(int)");
  REQUIRE(find(analysis, "main"));
  CHECK(find(analysis, "main")->cycles() == 0);
  CHECK(find(analysis, "main")->inclusive == analysis.total.cycles());
  CHECK(find(analysis, "fibonacci(int)")->inclusive == own);
  CHECK(find(analysis, "outer(int)")->inclusive == 10 * filled.inOuter);
  CHECK(square->inclusive == square->cycles());
}

TEST_CASE("without recorded calls nothing is inclusive") {
  Filled filled;
  for (const FunctionCycles &f :
       Analysis(filled.profile, filled.symbols).functions)
    CHECK(f.inclusive == 0);
}

TEST_CASE("an image without symbols leaves addresses") {
  Filled filled;
  std::string error;
  Symbols none("no-such-file.elf", error);
  Analysis analysis(filled.profile, none);
  CHECK(same(sum(analysis.functions), analysis.total));
  CHECK(analysis.functions.front().name.starts_with("0x"));
}

TEST_CASE("threads that never ran are told apart") {
  Filled filled;
  NodeProfile &node = filled.profile.nodes[0];
  node.threads[0].instructions = 5;
  node.threads[0].issued = 10;
  for (int i = 1; i < 4; ++i)
    node.threads[i].lost[size_t(Cause::Idle)] = 10;
  node.threads[1].instructions = 1;
  node.threads[1].lost[size_t(Cause::Idle)] = 8;
  node.threads[1].issued = 2;
  ThreadTotals totals = threadTotals(filled.profile);
  CHECK(totals.threads == 4);
  CHECK(totals.ran == 2);
  CHECK(totals.idle == 28);
  CHECK(totals.neverRan == 20);
}

TEST_CASE("work is counted by what the opcodes say") {
  CodeCycles counts;
  for (size_t op = 0; op < isa::numOpcodes; ++op)
    if (std::string(isa::instInfos[op].name) == "LD")
      addWork(counts, *isa::encode(isa::DecodedInst{isa::Opcode(op), {}}), 3);
  CHECK(counts.sramBytes == 24);
  CHECK(counts.flops == 0);
  addWork(counts, 0, 1000);
  CHECK(counts.sramBytes == 24);
}
