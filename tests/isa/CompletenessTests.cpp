// Every instruction has semantics, timing and an entry in the manual; a failure
// names those that lack it.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "Interpreter.h"
#include "tatami/isa/Isa.h"
#include "tatami/isa/Timing.h"

#include <catch2/catch.hpp>

#include <fstream>
#include <iterator>
#include <string>

using namespace tatami;
using namespace tatami::isa;

TEST_CASE("every instruction has semantics") {
  std::string missing;
  const HostLevel *level = selectHostLevel();
  REQUIRE(level);
  for (size_t op = 0; op < numOpcodes; ++op)
    if (!level->hasSemantics[op])
      missing += std::string(" ") + instInfos[op].name;
  INFO("without exec():" << missing);
  REQUIRE(missing.empty());
}

TEST_CASE("every instruction has a cost in both models") {
  for (const TimingModel *model : {&unitModel, &d1Model})
    for (const InstInfo &inst : instInfos) {
      INFO(model->name << " " << inst.name);
      REQUIRE(inst.numClasses >= 1);
      for (unsigned c = 0; c < inst.numClasses; ++c) {
        REQUIRE(inst.classes[c] < model->classes.size());
        REQUIRE(model->classes[inst.classes[c]].latency >= 1);
      }
    }
}

TEST_CASE("every instruction has an entry with an operation in the manual") {
  std::ifstream in(TATAMI_MANUAL);
  REQUIRE(in);
  std::string text{std::istreambuf_iterator<char>(in), {}};
  std::string missing;
  for (const InstInfo &inst : instInfos) {
    size_t entry = text.find(std::string("(") + inst.baseName + ")\n");
    size_t end = text.find("\n### ", entry);
    if (entry == std::string::npos ||
        text.substr(entry, end - entry).find("\nOperation:\n") ==
            std::string::npos)
      missing += std::string(" ") + inst.name;
  }
  INFO("without entry or operation:" << missing);
  REQUIRE(missing.empty());
}

TEST_CASE("every instruction says what it does") {
  for (const InstInfo &inst : instInfos) {
    INFO(inst.name);
    CHECK(std::string(inst.group) != "");
    CHECK(std::string(inst.mnemonic) != "");
  }
}
