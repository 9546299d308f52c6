// What an instruction takes by the energy table: from its timing class, its
// operands and its accesses.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "tatami/profiler/Energy.h"

#include "tatami/isa/Access.h"
#include "tatami/isa/Isa.h"
#include "tatami/isa/Timing.h"

#include <algorithm>
#include <stdexcept>
#include <string_view>

namespace tatami::prof {
namespace {

/// Work beside the front end, registers and SRAM: which part, and how much of a
/// number of the table.
struct ClassEnergy {
  std::string_view name;
  EnergyPart part;
  Energy energy;
  double times = 1;
};

/// Every class of timing (isa/timing/Classes.td) does work of one kind; classes
/// of one kind for several numbers of lanes share their name's beginning.
constexpr ClassEnergy classEnergies[] = {
    {"WBranch", EnergyPart::FrontEnd, Energy::Branch},
    {"WImm", EnergyPart::FrontEnd, Energy::ScalarAlu},
    {"WAlu", EnergyPart::Scalar, Energy::ScalarAlu},
    {"WMul", EnergyPart::Scalar, Energy::ScalarMultiply},
    {"WDiv", EnergyPart::Scalar, Energy::ScalarDivide},
    // Of accesses, the address.
    {"WLoad", EnergyPart::Scalar, Energy::ScalarAlu},
    {"WStore", EnergyPart::Scalar, Energy::ScalarAlu},
    {"WAtomic", EnergyPart::Scalar, Energy::ScalarAlu, 2},
    {"WSystem", EnergyPart::Scalar, Energy::ScalarAlu},
    {"WVInt", EnergyPart::Simd, Energy::SimdInteger},
    {"WVFloat", EnergyPart::Simd, Energy::SimdFloat},
    {"WVDiv", EnergyPart::Simd, Energy::SimdDivide},
    {"WVConvert", EnergyPart::Simd, Energy::SimdConvert},
    {"WVPermute", EnergyPart::Simd, Energy::SimdPermute},
    {"WVMask", EnergyPart::Simd, Energy::SimdInteger},
    {"WVApprox", EnergyPart::Simd, Energy::SimdApproximate},
    // 15 sums of 16 lanes.
    {"WVReduce", EnergyPart::Simd, Energy::SimdInteger},
    {"WVFReduce", EnergyPart::Simd, Energy::SimdFloat},
    {"WVFReduceOrdered", EnergyPart::Simd, Energy::SimdFloat},
    {"WVToX", EnergyPart::Simd, Energy::SimdPermute},
    {"WXToV", EnergyPart::Simd, Energy::SimdPermute},
    {"WVLoad", EnergyPart::Scalar, Energy::ScalarAlu},
    {"WVLoadU", EnergyPart::Scalar, Energy::ScalarAlu},
    {"WVStore", EnergyPart::Scalar, Energy::ScalarAlu},
    {"WVStoreU", EnergyPart::Scalar, Energy::ScalarAlu},
    {"WVGather8", EnergyPart::Scalar, Energy::ScalarAlu, 8},
    {"WVGather16", EnergyPart::Scalar, Energy::ScalarAlu, 16},
    {"WVGather32", EnergyPart::Scalar, Energy::ScalarAlu, 32},
    {"WVGather64", EnergyPart::Scalar, Energy::ScalarAlu, 64},
    {"WVScatter8", EnergyPart::Scalar, Energy::ScalarAlu, 8},
    {"WVScatter16", EnergyPart::Scalar, Energy::ScalarAlu, 16},
    {"WVScatter32", EnergyPart::Scalar, Energy::ScalarAlu, 32},
    {"WVScatter64", EnergyPart::Scalar, Energy::ScalarAlu, 64},
    // The matrix unit's products are counted by themselves; what moves its sums
    // is an access to registers.
    {"WMatrix4", EnergyPart::Matrix, Energy::MacBf16, 0},
    {"WMatrix8", EnergyPart::Matrix, Energy::MacBf16, 0},
    {"WAccMove", EnergyPart::Matrix, Energy::MacBf16, 0},
    {"WAccToV", EnergyPart::Matrix, Energy::MacBf16, 0},
    {"WVToAcc", EnergyPart::Matrix, Energy::MacBf16, 0},
    {"WAccLoad", EnergyPart::Scalar, Energy::ScalarAlu},
    {"WAccStore", EnergyPart::Scalar, Energy::ScalarAlu},
    {"WMesh", EnergyPart::Scalar, Energy::ScalarAlu},
};

const ClassEnergy &classEnergy(const isa::InstInfo &info) {
  static const auto table = [] {
    std::vector<const ClassEnergy *> table;
    for (std::string_view name : isa::d1Model.classNames) {
      auto found = std::find_if(
          std::begin(classEnergies), std::end(classEnergies),
          [&](const ClassEnergy &entry) { return entry.name == name; });
      if (found == std::end(classEnergies))
        throw std::logic_error("no energy for the timing class " +
                               std::string(name));
      table.push_back(found);
    }
    return table;
  }();
  return *table[info.classes[0]];
}

Energy macEnergy(std::string_view name) {
  if (name.starts_with("MMA_BF16"))
    return Energy::MacBf16;
  if (name.starts_with("MMA_F16"))
    return Energy::MacFp16;
  return name.starts_with("MMA_C") ? Energy::MacCFloat8 : Energy::MacInt8;
}

/// Lane 0 alone does the work: the instructions of scalar floating point, whose
/// mnemonics begin with f.
bool isScalarFloat(const isa::InstInfo &info) { return info.mnemonic[0] == 'f'; }

double registerBytes(const isa::DecodedInst &inst, const isa::InstInfo &info,
                     std::string_view className) {
  double bytes = 0;
  for (const isa::OperandInfo &operand : info.operandList()) {
    double width = 0;
    switch (operand.file) {
    case isa::RegFile::X: {
      // x0 is no register.
      const int32_t number = isa::operandValue(inst, operand);
      width = number == 0 || number == int32_t(isa::sinkRegister) ? 0 : 8;
      break;
    }
    case isa::RegFile::V:
      width = isScalarFloat(info) ? 4 : 64;
      break;
    case isa::RegFile::M:
      width = 8;
      break;
    case isa::RegFile::Acc:
      // Two of the eight rows.
      width = className == "WAccToV" || className == "WVToAcc" ? 64 : 256;
      break;
    case isa::RegFile::None:
      break;
    }
    bytes += width * (operand.source + operand.destination);
  }
  return bytes;
}

double sramPicojoules(isa::Opcode opcode, const isa::InstInfo &info,
                      const EnergyTable &table) {
  const unsigned bytes = isa::accessBytes(opcode);
  if (bytes == 0)
    return 0;
  // An access for every slot of a memory port; an atomic reads and writes.
  unsigned accesses = 1;
  const isa::ClassTiming &timing = isa::d1Model.classes[info.classes[0]];
  for (unsigned i = 0; i < timing.numUses; ++i)
    if (isa::d1Model.units[timing.uses[i].unit].kind == isa::UnitKind::Sram)
      accesses = std::max<unsigned>(accesses, timing.uses[i].cycles);
  if (info.mayLoad && info.mayStore)
    accesses *= 2;
  return accesses * table[bytes <= 8 * accesses ? Energy::SramWord
                                                : Energy::SramVector];
}

} // namespace

EnergyParts energyOf(uint32_t word, const EnergyTable &table) {
  EnergyParts parts;
  const std::optional<isa::DecodedInst> inst = isa::decode(word);
  if (!inst)
    return parts;
  const isa::InstInfo &info = isa::info(inst->opcode);
  const ClassEnergy &work = classEnergy(info);
  parts[EnergyPart::FrontEnd] = table[Energy::Instruction];
  parts[EnergyPart::Registers] =
      registerBytes(*inst, info, work.name) * table[Energy::RegisterByte];
  const double lanes =
      work.part == EnergyPart::Simd && isScalarFloat(info) ? 1.0 / 16 : 1;
  parts[work.part] += work.times * lanes * table[work.energy];
  if (info.macs)
    parts[EnergyPart::Matrix] += info.macs * table[macEnergy(info.name)];
  parts[EnergyPart::Sram] = sramPicojoules(inst->opcode, info, table);
  return parts;
}

} // namespace tatami::prof
