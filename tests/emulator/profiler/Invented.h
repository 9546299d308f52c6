// Profiles of programs that nobody has compiled: any instruction, any counts.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include "tatami/isa/Isa.h"
#include "tatami/machine/MachineConfig.h"
#include "tatami/profiler/Analysis.h"

#include <catch2/catch.hpp>

namespace tatami::prof {

/// The first encoding of \p opcode: all of its operands are 0.
inline uint32_t wordOf(isa::Opcode opcode) { return isa::info(opcode).fixedValue; }

/// A run on a machine of 2 x 1 nodes, one thread each, that did nothing yet.
struct Invented {
  Invented() {
    profile.cycles = 1000;
    profile.columns = 2;
    profile.textBase = 0x1000;
    profile.nodes.resize(2);
    profile.nodes[1].node = profile.nodes[1].x = 1;
    for (NodeProfile &node : profile.nodes) {
      node.cycles = profile.cycles;
      for (ThreadProfile &thread : node.threads)
        thread.lost[size_t(Cause::Idle)] = profile.cycles;
    }
    profile.linkPackets.resize(8);
    REQUIRE(readMachineConfig(R"({"schema": 1, "columns": 2, "rows": 1})",
                              config) == "");
  }

  /// Another instruction, executed by thread 0 of \p node; a cycle for each and
  /// \p lost more.
  PcCounts &add(isa::Opcode opcode, uint64_t executed, uint64_t lost = 0,
                size_t node = 0) {
    profile.text.push_back(wordOf(opcode));
    CodeCounts counts;
    counts.index = profile.text.size() - 1;
    counts.executed = counts.issued = executed;
    counts.lost[size_t(Cause::OperandLoad)] = lost;
    ThreadProfile &thread = profile.nodes[node].threads[0];
    thread.issued += executed;
    thread.lost[size_t(Cause::OperandLoad)] += lost;
    thread.lost[size_t(Cause::Idle)] -= executed + lost;
    thread.instructions += executed;
    profile.nodes[node].macs += executed * isa::info(opcode).macs;
    profile.nodes[node].flops += executed * isa::info(opcode).flops;
    profile.code.push_back(counts);
    return profile.code.back();
  }

  std::string noImage;
  Profile profile;
  MachineConfig config;
  /// Of no image: every instruction is a function, named by its address.
  Symbols symbols{"", noImage};
};

} // namespace tatami::prof
