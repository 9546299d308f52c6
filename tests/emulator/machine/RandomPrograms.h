// Random programs of chosen kinds of instructions, for tests that run them in
// more than one way.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include "Interpreter.h"
#include "Program.h"

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <random>
#include <vector>

namespace tatami::test {

inline constexpr unsigned dataBase = 20; ///< Register of most addresses.

using Random = std::mt19937_64;

/// Which instructions a program is made of, in per cent; the rest is scalar.
struct Mix {
  const char *name;
  unsigned flow, vector, memory, request, fault;
};

/// An instruction with random operands that encode.
inline uint32_t drawWord(Random &random, isa::Opcode opcode, unsigned faults) {
  for (;;) {
    isa::DecodedInst inst{opcode, {}};
    const isa::InstInfo &info = isa::info(opcode);
    bool memory = info.mayLoad || info.mayStore;
    for (const isa::OperandInfo &operand : info.operandList()) {
      int32_t value;
      if (!operand.isRegister())
        value = memory ? 0 : int32_t(random() % 64);
      else if (memory && operand.file == isa::RegFile::X &&
               std::string(operand.name) == "rs1" && random() % 100 >= faults)
        value = dataBase;
      else
        // Few registers: instructions wait for each other.
        value = int32_t(random() % std::min(8u, 1u << operand.bits));
      isa::setOperandValue(inst, operand, value);
    }
    if (auto word = isa::encode(inst))
      return *word;
  }
}

/// Opcodes by what a program may have more or less of.
struct Kinds {
  std::vector<isa::Opcode> scalar, vector, scalarMemory, vectorMemory, request;

  Kinds() {
    for (size_t i = 0; i < isa::numOpcodes; ++i) {
      auto opcode = isa::Opcode(i);
      const isa::InstInfo &info = isa::info(opcode);
      if (info.isConditionalBranch || info.isJump || info.isIndirectJump)
        continue;
      if (hostLevelGeneric.blockEnds[i] != StaticTiming::BlockEnd::None)
        request.push_back(opcode);
      else if (info.mayLoad || info.mayStore)
        (info.isVectorSide ? vectorMemory : scalarMemory).push_back(opcode);
      else
        (info.isVectorSide ? vector : scalar).push_back(opcode);
    }
  }
};

/// As bytes; branches stay within, at Program::base.
inline std::vector<uint8_t> drawProgram(Random &random, const Mix &mix, size_t size) {
  static const Kinds kinds;
  auto any = [&](const std::vector<isa::Opcode> &from) {
    return drawWord(random, from[random() % from.size()], mix.fault);
  };
  std::vector<uint32_t> words;
  while (words.size() < size) {
    unsigned dice = unsigned(random() % 100);
    auto within = [&](unsigned share) {
      bool in = dice < share;
      dice -= in ? 0 : share;
      return in;
    };
    // Distances that stay in the program, mostly short.
    int64_t reach = random() % 4 ? 8 : int64_t(size);
    int64_t target = std::clamp<int64_t>(
        int64_t(words.size()) - reach + int64_t(random() % uint64_t(2 * reach)),
        0, int64_t(size) - 1);
    int32_t distance = int32_t(4 * (target - int64_t(words.size())));
    auto reg = [&] { return uint8_t(random() % 8); };
    auto put = [&](isa::Opcode opcode, const auto &operands) {
      words.push_back(*isa::encode(opcode, operands));
    };
    if (within(mix.flow)) {
      switch (random() % 6) {
      case 0:
        put(isa::Opcode::JAL, isa::Jal{uint8_t(random() % 2), distance});
        break;
      case 1:
        put(isa::Opcode::JALR, isa::Jalr{0, 1, 0}); // return
        break;
      case 2:
        put(isa::Opcode::LI, isa::Li{9, int32_t(Program::base + 4 * target)});
        put(isa::Opcode::JALR, isa::Jalr{uint8_t(random() % 2), 9, 0});
        break;
      case 3:
        put(isa::Opcode::BNE, isa::Bne{reg(), reg(), distance});
        break;
      default:
        put(isa::Opcode::BLT, isa::Blt{reg(), reg(), distance});
      }
    } else if (within(mix.vector)) {
      words.push_back(any(kinds.vector));
    } else if (within(mix.memory)) {
      words.push_back(
          any(mix.vector && random() % 2 ? kinds.vectorMemory : kinds.scalarMemory));
    } else if (within(mix.request)) {
      words.push_back(any(kinds.request));
    } else if (within(mix.fault)) {
      words.push_back(uint32_t(random()));
    } else {
      words.push_back(any(kinds.scalar));
    }
  }
  std::vector<uint8_t> text(4 * words.size());
  std::memcpy(text.data(), words.data(), text.size());
  return text;
}

} // namespace tatami::test
