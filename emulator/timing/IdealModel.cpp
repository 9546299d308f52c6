// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "tatami/timing/IdealModel.h"

#include "tatami/isa/Inst.h"
#include "tatami/timing/StaticTiming.h"

#include <algorithm>
#include <string_view>

using namespace tatami;

/// Whether the first class of the instruction says when a result is there:
/// those of mesh instructions and host calls come from elsewhere.
static bool hasResult(const isa::InstInfo &info) {
  auto operands = info.operandList();
  return std::string_view(info.group) != "mesh" &&
         std::any_of(operands.begin(), operands.end(), [](auto &operand) {
           return operand.isRegister() && operand.destination &&
                  operand.result == 0;
         });
}

IdealModel::IdealModel(const isa::TimingModel &base,
                       const PipelineIdeals &ideals)
    : units(base.units.begin(), base.units.end()),
      classes(base.classes.begin(), base.classes.end()), changed(base) {
  static_assert(size_t(Cause::OperandScalar) == 0 &&
                size_t(Cause::OperandMatrix) == 3);
  for (const isa::InstInfo &info : isa::instInfos)
    if (hasResult(info))
      if (auto cycles = ideals.latency[size_t(producerOf(info, base))])
        classes[info.classes[0]].latency = *cycles;
  for (isa::UnitInfo &unit : units) {
    if (unit.kind == isa::UnitKind::Sram)
      unit.count = uint8_t(unit.count * ideals.memoryPorts);
    if (unit.kind == isa::UnitKind::Matrix)
      unit.count = uint8_t(unit.count * ideals.matrixUnits);
    if (ideals.unlimitedIssue && unit.kind != isa::UnitKind::Mesh)
      unit.count = isa::unlimited;
  }
  isa::PipelineFacts &facts = changed.facts;
  if (ideals.perfectBranches)
    facts.TakenBranchBubbles = facts.MispredictCycles = 0;
  if (ideals.unlimitedIssue) {
    facts.DecodeWidth = isa::unlimited;
    facts.DecodeThreads = facts.HardwareThreads;
  }
  if (ideals.vectorQueue)
    facts.VectorQueueEntries = ideals.vectorQueue;
  changed.units = units;
  changed.classes = classes;
}
