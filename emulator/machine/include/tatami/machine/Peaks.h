// What a machine can do at most, from its file and the tables of the ISA.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include "tatami/machine/MachineConfig.h"

#include <cstdint>

namespace tatami {

/// Operations and bytes a second.
struct Peaks {
  explicit Peaks(const MachineConfig &config);

  // Of a node.
  double bf16, cfloat8, fp32;
  /// Between SRAM and registers: loaded, stored, and both together.
  double loaded, stored, accessed;
  /// Between SRAM and mesh, each way.
  double port;

  // Of the mesh.
  double link; ///< Between two routers of a die, each way.
  /// From a die to the next one, along the longer of its sides; all links of
  /// all dies' insides; all edges between dies. The last two count both ways.
  double edge, links, edges;
};

} // namespace tatami
