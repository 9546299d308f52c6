// The keys of machine files: one table for reader, schema and documentation.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include "tatami/machine/MachineConfig.h"

#include <cstdint>
#include <span>

namespace tatami {

/// What a file says before it is put together: columns and rows come before
/// what lies in them, whatever the file's order.
struct MachineFile {
  explicit MachineFile(MachineConfig &config) : config(config) {}

  MachineConfig &config;
  uint64_t schema = 1, columns = 1, rows = 1;
  std::vector<mesh::Coord> disabled, disabledInDie, deadRouters;
  /// Sides and lines of the interface processors.
  struct Interface {
    mesh::Direction side;
    uint64_t first, last;
  };
  std::vector<Interface> interfaces;
  uint64_t interfaceBytesPerCycle = 450, interfaceCycles = 200;
};

struct MachineKey {
  enum class Kind : uint8_t { Text, Integer, Number, Energy, Nodes, Interfaces };

  const char *name;
  Kind kind;
  const char *meaning;
  bool required = false;
  /// Of integers and energies; numbers are above 0 and at most `most`.
  uint64_t least = 0, most = 0;
  Energy energy = {}; ///< Of the kind Energy.
  /// Puts a value that has been checked into its place; that of the kind.
  void (*setInteger)(MachineFile &, uint64_t) = nullptr;
  void (*setNumber)(MachineFile &, double) = nullptr;
  void (*setText)(MachineFile &, std::string) = nullptr;
  void (*addNode)(MachineFile &, mesh::Coord) = nullptr;
};

std::span<const MachineKey> machineKeys();

} // namespace tatami
