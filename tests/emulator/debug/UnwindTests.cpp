// The call stack at every instruction of a program, against what its calls and
// returns say; and the values in it.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "tatami/debug/CallStack.h"
#include "tatami/machine/Machine.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <random>
#include <set>
#include <sstream>

using namespace tatami;

namespace {

constexpr uint64_t sram = 0x140000;

/// The stacks of pcs, the innermost first, that a run passed through.
struct Run {
  std::vector<std::vector<uint64_t>> stacks;
  size_t begin = 0, end = 0; ///< The instructions of main and its callees.
};

/// Follows the calls and returns in a log of all instructions.
Run follow(const Image &image) {
  std::ostringstream log;
  MachineOptions options;
  options.timing = TimingMode::Off;
  options.trace = &log;
  std::string error;
  Machine machine(options, image, error);
  REQUIRE(error == "");
  REQUIRE(machine.run().exitStatus == 0);

  std::vector<uint64_t> pcs;
  std::vector<bool> links; // It writes its return address.
  std::istringstream lines(log.str());
  for (std::string line; std::getline(lines, line);) {
    std::istringstream fields(line);
    std::string time, node, thread, pc;
    fields >> time >> node >> thread >> pc;
    REQUIRE(thread == "0");
    pcs.push_back(std::stoull(pc, nullptr, 16));
    char target[32];
    std::snprintf(target, sizeof(target), " x1=%#llx",
                  static_cast<unsigned long long>(pcs.back() + 4));
    links.push_back(line.find(target) != std::string::npos &&
                    line.find(" jal") != std::string::npos);
  }

  Run run;
  std::vector<uint64_t> callers;
  for (size_t i = 0; i < pcs.size(); ++i) {
    std::vector<uint64_t> stack(callers.rbegin(), callers.rend());
    stack.insert(stack.begin(), pcs[i]);
    run.stacks.push_back(stack);
    const Image::Symbol *function = image.functionAt(pcs[i]);
    bool inMain = function && function->name == "main";
    if (inMain && run.begin == 0)
      run.begin = i;
    if (inMain)
      run.end = i + 1;
    if (links[i]) {
      callers.push_back(pcs[i] + 4);
    } else if (i + 1 < pcs.size() && pcs[i + 1] != pcs[i] + 4) {
      auto last = std::find(callers.rbegin(), callers.rend(), pcs[i + 1]);
      auto it = last == callers.rend() ? callers.end() : last.base() - 1;
      // longjmp lands where setjmp has returned before: in a function that
      // has called others since.
      if (function && function->name.ends_with("longjmp"))
        it = std::find_if(callers.begin(), callers.end(), [&](uint64_t pc) {
          return image.functionAt(pc) == image.functionAt(pcs[i + 1]);
        });
      if (it != callers.end())
        callers.erase(it, callers.end());
    }
  }
  return run;
}

/// The stack that a run shows which is cut off after \p cycles, and how many
/// instructions it executed.
std::string stackAfter(const Image &image, uint64_t cycles,
                       uint64_t &instructions) {
  MachineOptions options;
  options.timing = TimingMode::Off;
  options.maxCycles = cycles;
  std::string error;
  Machine machine(options, image, error);
  RunResult result = machine.run();
  instructions = result.stats.total.instructions;
  return result.report;
}

/// The pcs of the frames of a report.
std::vector<uint64_t> pcsOf(const std::string &report) {
  std::vector<uint64_t> pcs;
  std::istringstream lines(report);
  for (std::string line; std::getline(lines, line);) {
    size_t hash = line.find("    #"), address = line.find(" 0x");
    if (hash == 0 && line.find("[inlined]") == std::string::npos)
      pcs.push_back(std::stoull(line.substr(address), nullptr, 16));
  }
  return pcs;
}

Image read(const char *path) {
  Image image;
  REQUIRE(readElfFile(path, sram, image) == "");
  REQUIRE_FALSE(image.debug.frame.empty());
  return image;
}

void checkEveryInstruction(const char *path) {
  Image image = read(path);
  Run run = follow(image);
  REQUIRE(run.end > run.begin + 300);
  std::set<uint64_t> seen;
  // A host call takes more than one cycle, so cycles run ahead.
  for (uint64_t cycles = run.begin;; ++cycles) {
    uint64_t at;
    std::string report = stackAfter(image, cycles, at);
    if (at >= run.end)
      break;
    if (at < run.begin)
      continue;
    seen.insert(run.stacks[at].front());
    // Half way through, its caller is the one that it returns to.
    if (image.functionAt(run.stacks[at].front())->name.ends_with("longjmp"))
      continue;
    INFO("after " << at << " instructions:\n" << report);
    REQUIRE(pcsOf(report) == run.stacks[at]);
    REQUIRE(report.find("no further") == std::string::npos);
  }
  // Nothing was passed over.
  std::set<uint64_t> all;
  for (size_t i = run.begin; i < run.end; ++i)
    all.insert(run.stacks[i].front());
  CHECK(seen == all);
}

} // namespace

TEST_CASE("the stack at every instruction, -O0") {
  checkEveryInstruction(TATAMI_STACK_O0);
}

TEST_CASE("the stack at every instruction, -O2") {
  checkEveryInstruction(TATAMI_STACK_O2);
}

TEST_CASE("damaged debug information gives a stack or none, never more") {
  std::mt19937 random(3);
  Image good = read(TATAMI_STACK_O0);
  // The runtime's information is most of it: damage what is used.
  for (int round = 0; round < 300; ++round) {
    Image image = good;
    std::vector<uint8_t> *sections[] = {
        &image.debug.info,    &image.debug.abbrev,   &image.debug.frame,
        &image.debug.addr,    &image.debug.locLists, &image.debug.rngLists,
        &image.debug.strOffsets};
    for (std::vector<uint8_t> *section : sections) {
      size_t front = std::min<size_t>(section->size(), 3000);
      for (int n = 0; n < 3 && front; ++n)
        (*section)[random() % front] = uint8_t(random());
      if (random() % 8 == 0)
        section->resize(random() % (section->size() + 1));
    }
    debug::CallStackReader reader(image);
    std::vector<uint8_t> memory(sram);
    for (uint8_t &byte : memory)
      byte = uint8_t(random() % 64);
    ThreadState state;
    state.reset();
    for (int n = 0; n < 20; ++n) {
      for (unsigned i = 1; i < 32; ++i)
        state.x[i] = random() % 4 ? random() % sram : random();
      const Image::Segment &text = image.text();
      state.pc = text.address + random() % 2000 / 4 * 4;
      state.x[1] = text.address + random() % 2000 / 4 * 4;
      debug::CallStack stack = reader.read(state, memory, 10);
      REQUIRE_FALSE(stack.frames.empty());
      debug::format(stack, "");
    }
  }
}
