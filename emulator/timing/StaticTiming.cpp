// From a decoded instruction to what the scoreboard needs of it.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "tatami/timing/StaticTiming.h"

#include "tatami/isa/Operands.h"

#include <cassert>
#include <string_view>

using namespace tatami;

static constexpr unsigned noRegister = ~0u;

static unsigned timedRegister(isa::RegFile file, unsigned number) {
  switch (file) {
  case isa::RegFile::X:
    // x0 is always there, the sink is never read.
    return number == 0 || number == isa::sinkRegister ? noRegister : number;
  case isa::RegFile::V:
    return 32 + number;
  case isa::RegFile::M:
    return number == 0 ? noRegister : 64 + number;
  case isa::RegFile::Acc:
    return 72 + number;
  case isa::RegFile::None:
    break;
  }
  return noRegister;
}

Cause tatami::producerOf(const isa::InstInfo &info,
                         const isa::TimingModel &model) {
  if (info.mayLoad)
    return Cause::OperandLoad;
  const isa::ClassTiming &timing = model.classes[info.classes[0]];
  for (unsigned i = 0; i < timing.numUses; ++i)
    if (model.units[timing.uses[i].unit].kind == isa::UnitKind::Matrix)
      return Cause::OperandMatrix;
  return info.isVectorSide ? Cause::OperandSimd : Cause::OperandScalar;
}

StaticTiming::StaticTiming(const isa::DecodedInst &inst,
                           const isa::TimingModel &model) {
  const isa::InstInfo &info = isa::info(inst.opcode);
  producer = producerOf(info, model);
  // Mesh instructions act in the order of the scalar side.
  usesVectorQueue = info.isVectorSide && std::string_view(info.group) != "mesh";
  auto latencyOf = [&](unsigned result) {
    unsigned cls = std::min<unsigned>(result, info.numClasses - 1u);
    return model.classes[info.classes[cls]].latency;
  };
  auto read = [&](unsigned reg, bool scalar) {
    if (scalar)
      scalarReads[numScalarReads++] = uint8_t(reg);
    else
      vectorReads[numVectorReads++] = uint8_t(reg);
  };
  for (const isa::OperandInfo &operand : info.operandList()) {
    if (!operand.isRegister())
      continue;
    bool scalar = operand.file == isa::RegFile::X;
    unsigned reg =
        timedRegister(operand.file, isa::operandValue(inst, operand));
    if (reg == noRegister)
      continue;
    if (operand.source)
      read(reg, scalar);
    if (operand.destination)
      // Results of loads to x stay with the issue; only a base that the
      // instruction also reads is moved early.
      results[numResults++] = {uint8_t(reg), latencyOf(operand.result),
                               usesVectorQueue && scalar && operand.source};
  }
  for (unsigned reg = 1; reg < 32; ++reg) {
    if (info.implicitUses >> reg & 1)
      read(reg, true);
    if (info.implicitDefs >> reg & 1)
      results[numResults++] = {uint8_t(reg), latencyOf(0), false};
  }
  for (unsigned c = 0; c < info.numClasses; ++c) {
    const isa::ClassTiming &timing = model.classes[info.classes[c]];
    for (unsigned i = 0; i < timing.numUses; ++i) {
      if (model.units[timing.uses[i].unit].count == isa::unlimited)
        continue;
      // A model with one unit for all asks for it once an instruction.
      bool known = false;
      for (unsigned u = 0; u < numUses; ++u)
        known |= uses[u].unit == timing.uses[i].unit;
      if (known)
        continue;
      assert(numUses < 3);
      uses[numUses++] = timing.uses[i];
    }
  }
  isShort = true;
  for (unsigned i = 0; i < numUses; ++i) {
    isShort &= uses[i].cycles == 1;
    unitNeed.add(uses[i].unit, model.units[uses[i].unit].count);
  }
  need = unitNeed;
  if (model.facts.DecodeWidth != isa::unlimited)
    need.add(UnitCalendar::decodeColumn, model.facts.DecodeWidth);
  isSimple = !usesVectorQueue && numVectorReads == 0 &&
             (numUses == 0 || (numUses == 1 && uses[0].cycles == 1));
  if (info.isConditionalBranch) {
    flow = Flow::Branch;
    for (const isa::OperandInfo &operand : info.operandList())
      if (operand.pcRelative)
        predictedTaken = isa::operandValue(inst, operand) <= 0;
  } else if (info.isJump) {
    flow = Flow::Jump;
  } else if (info.isIndirectJump) {
    // A return stack that is always right predicts a return.
    flow = isReturn(inst.operands.as<isa::Jalr>()) ? Flow::Return
                                                   : Flow::Indirect;
  }
}
