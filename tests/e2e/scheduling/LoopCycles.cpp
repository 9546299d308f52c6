// Cycles that the emulator's scoreboard takes for an iteration of a loop.
// usage: loop-cycles <LOOPS
// Each line is a name and the words of a loop in hexadecimal, the branch back at
// the end. For each it prints the name, the cycles of 2 N iterations less those of
// N, N, and one letter an instruction:
//   s  scalar side           v  leaves through the vector queue
//   w  waits on the scalar side for a result of the vector side
//   W  leaves through the vector queue and gives the scalar side a result late
// The cost of an instruction never depends on its data, so no register or memory
// needs a value: the branch is said to be taken.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "tatami/isa/Isa.h"
#include "tatami/timing/Scoreboard.h"

#include <iostream>
#include <sstream>
#include <string>
#include <vector>

using namespace tatami;

namespace {

char kindOf(const StaticTiming &inst) {
  if (!inst.usesVectorQueue)
    return inst.numVectorReads ? 'w' : 's';
  for (unsigned i = 0; i < inst.numResults; ++i)
    if (inst.results[i].reg < 32 && !inst.results[i].early)
      return 'W';
  return 'v';
}

uint64_t run(const std::vector<StaticTiming> &loop, unsigned iterations) {
  Scoreboard board(isa::d1Model);
  for (unsigned i = 0; i < iterations; ++i)
    for (const StaticTiming &inst : loop)
      board.step(0, inst, true);
  return board.now(0);
}

} // namespace

int main() {
  constexpr unsigned iterations = 2000;
  std::string line;
  while (std::getline(std::cin, line)) {
    std::istringstream in(line);
    std::string name, kinds;
    std::vector<StaticTiming> loop;
    in >> name >> std::hex;
    for (uint32_t word; in >> word;) {
      std::optional<isa::DecodedInst> inst = isa::decode(word);
      if (!inst) {
        std::cerr << "loop-cycles: error: " << name << ": reserved encoding 0x"
                  << std::hex << word << '\n';
        return 1;
      }
      loop.emplace_back(*inst, isa::d1Model);
      kinds += kindOf(loop.back());
    }
    if (loop.empty()) {
      std::cerr << "loop-cycles: error: '" << line << "' names no instructions\n";
      return 1;
    }
    std::cout << name << ' ' << run(loop, 2 * iterations) - run(loop, iterations)
              << ' ' << iterations << ' ' << kinds << '\n';
  }
}
