// What work costs in energy: the numbers of a machine, and where each comes
// from.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

namespace tatami {

/// Picojoules of one event; watts from NodeStatic on. EnergyTable.cpp says what
/// each is and where its number comes from.
enum class Energy : uint8_t {
  Instruction,    ///< Fetched, decoded and issued.
  RegisterByte,   ///< A byte read from or written to any register file.
  ScalarAlu,      ///< Also an address, and a conversion in place.
  ScalarMultiply,
  ScalarDivide,
  Branch,
  SimdInteger,    ///< SIMD: of all lanes at once.
  SimdFloat,
  SimdDivide,
  SimdConvert,
  SimdPermute,
  SimdApproximate,
  MacBf16,        ///< Matrix unit: one product and its addition.
  MacFp16,
  MacCFloat8,
  MacInt8,
  SramWord,       ///< Up to 8 bytes, of the node's own SRAM.
  SramVector,     ///< 64 bytes.
  SramMesh,       ///< 64 bytes through a port of the mesh.
  Hop,            ///< A packet over a link of a die.
  Crossing,       ///< A packet from die to die, or to an interface processor.
  Hbm,            ///< 64 bytes of an interface processor's memory.
  NodeStatic,     ///< Watts: drawn whether a node works or not.
  DieStatic,      ///< Watts of a die beside its nodes.
  NodeLimit,      ///< Watts that are published; nothing is computed with them.
  DieLimit,
  TileLimit,
};
inline constexpr size_t numEnergies = size_t(Energy::TileLimit) + 1;

struct EnergyInfo {
  const char *key; ///< In machine files.
  double value;    ///< Unless the machine file says otherwise.
  const char *provenance;
  const char *meaning;
  const char *note; ///< The source, or the reason.
};

/// Indexed by Energy.
extern const std::array<EnergyInfo, numEnergies> energyInfos;
inline const EnergyInfo &info(Energy energy) {
  return energyInfos[size_t(energy)];
}

/// Largest number of a machine file.
inline constexpr uint64_t mostEnergy = 1000000;

/// The energies of a machine.
struct EnergyTable {
  std::array<double, numEnergies> values;

  EnergyTable() {
    for (size_t i = 0; i < numEnergies; ++i)
      values[i] = energyInfos[i].value;
  }
  double operator[](Energy energy) const { return values[size_t(energy)]; }
  double &operator[](Energy energy) { return values[size_t(energy)]; }
};

} // namespace tatami
