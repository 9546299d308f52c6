// Runs every instruction, in all its forms, on drawn operands and compares all
// registers, memory and what it reports with the model.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "Compare.h"
#include "Draw.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cstdio>
#include <set>

namespace tatami::insns {

static constexpr uint64_t MemorySize = 0x4000;
static constexpr uint64_t ReadOnlyEnd = 0x1800;
static constexpr unsigned Rounds = 300;

std::vector<const ExecLevel *> supportedLevels() {
  std::vector<const ExecLevel *> levels;
  for (const ExecLevel *level :
       {&execLevel_generic, &execLevel_x86_64_v3, &execLevel_x86_64_v4})
    if (level->supported())
      levels.push_back(level);
  return levels;
}

const Oracles &allOracles() {
  static const Oracles oracles = [] {
    Oracles all;
    addApproximate(all);
    addConvert(all);
    addFloat(all);
    addMask(all);
    addMatrix(all);
    addMemory(all);
    addPermute(all);
    addScalar(all);
    addSystemMesh(all);
    addVectorInt(all);
    addVectorMemory(all);
    return all;
  }();
  return oracles;
}

/// For an approximation: takes the lanes of \p t that are near enough into the
/// model, or says which is not.
static std::string firstUnacceptable(const Oracle &oracle, const Fields &fields,
                                     Model &model, const ThreadState &t) {
  std::string found;
  model.writeLanes(fields, 32, [&](unsigned lane) {
    auto operand = uint32_t(model.raw(fields.vs1, 32, lane));
    uint32_t got = t.v[fields.vd].u32[lane];
    bool active =
        fields.form == isa::Form::Plain || (model.m[fields.m] >> lane & 1);
    if (active && !oracle.accepts(operand, got)) {
      char text[96];
      std::snprintf(text, sizeof(text), "lane %u: operand 0x%x gives 0x%x",
                    lane, operand, got);
      found = text;
    }
    return got;
  });
  return found;
}

/// Runs \p op for some rounds; the first disagreement, or an empty string.
static std::string firstDisagreement(isa::Opcode op, const Oracle &oracle,
                                     const ExecLevel &level,
                                     std::set<TrapKind> &traps) {
  const isa::InstInfo &info = isa::info(op);
  Draw draw(uint64_t(op) + 1);
  Sram sram(MemorySize);
  sram.setReadOnlyEnd(ReadOnlyEnd);
  Model model;
  model.memory.resize(MemorySize);
  model.readOnlyEnd = ReadOnlyEnd;
  for (uint8_t &byte : model.memory)
    byte = uint8_t(draw.next() >> 56);
  draw.registers(model);
  copyMemory(model, sram);

  ThreadState t;
  for (unsigned round = 0; round < Rounds; ++round) {
    Fields fields;
    draw.operands(info, fields);
    draw.contents(info, fields, model);
    if (oracle.prepare)
      oracle.prepare(draw, model, fields);
    copyRegisters(model, t);

    isa::DecodedInst inst = throughEncoding(op, fields);
    Fact got = level.functions[size_t(op)](t, sram, inst.operands);
    if (readsAndWritesX(info))
      t.x[0] = 0;

    traps.insert(got.trap);
    std::string found;
    if (oracle.accepts)
      found = firstUnacceptable(oracle, fields, model, t);
    else
      found = differenceOfFacts(oracle.run(model, fields), got);
    if (found.empty())
      found = differenceOfRegisters(model, t);
    if (found.empty() && (info.mayLoad || info.mayStore))
      found = differenceOfMemory(model, sram);
    if (!found.empty())
      return std::string(level.name) + ": " + info.name + ": " +
             isa::disassemble(inst) + ": " + found + " (round " +
             std::to_string(round) + ")";
  }
  return "";
}

TEST_CASE("Every instruction has a row in the model", "[complete]") {
  std::vector<std::string> bases;
  for (unsigned op = 0; op < isa::numOpcodes; ++op) {
    const isa::InstInfo &info = isa::instInfos[op];
    bases.push_back(info.baseName);
    INFO(info.name);
    CHECK(allOracles().count(info.baseName) == 1);
  }
  for (const auto &[name, oracle] : allOracles()) {
    INFO(name << " is no instruction");
    CHECK(std::count(bases.begin(), bases.end(), name) >= 1);
  }
}

/// What the drawn operands of \p info must have met, lest a test of traps
/// tests none.
static std::set<TrapKind> trapsToMeet(const isa::InstInfo &info) {
  std::string group = info.group, name = info.baseName;
  if (group == "memory" || group == "atomic" || group == "vector-memory") {
    std::set<TrapKind> traps = {TrapKind::None, TrapKind::NullAccess,
                                TrapKind::OutOfBounds};
    bool bytewise = name.rfind("LB", 0) == 0 || name.rfind("SB", 0) == 0 ||
                    info.laneBits == 8;
    if (!bytewise)
      traps.insert(TrapKind::Misaligned);
    if (info.mayStore)
      traps.insert(TrapKind::StoreToCode);
    return traps;
  }
  if (name.rfind("DIV", 0) == 0 || name.rfind("REM", 0) == 0)
    return {TrapKind::None, TrapKind::DivideByZero};
  if (name == "SPADJ" || name == "SPSET")
    return {TrapKind::None, TrapKind::StackOverflow};
  return {};
}

TEST_CASE("Every instruction agrees with the model", "[model]") {
  for (const ExecLevel *level : supportedLevels()) {
    for (unsigned op = 0; op < isa::numOpcodes; ++op) {
      const isa::InstInfo &info = isa::instInfos[op];
      auto row = allOracles().find(info.baseName);
      if (row == allOracles().end())
        continue; // The completeness test says so.
      std::set<TrapKind> traps;
      std::string found =
          firstDisagreement(isa::Opcode(op), row->second, *level, traps);
      if (!found.empty()) {
        FAIL_CHECK(found);
        continue;
      }
      for (TrapKind trap : trapsToMeet(info))
        if (!traps.count(trap))
          FAIL_CHECK(info.name << " never met trap " << int(trap));
    }
  }
}

} // namespace tatami::insns
