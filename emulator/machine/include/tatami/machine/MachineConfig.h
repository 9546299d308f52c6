// The numbers of a machine, read from a machine file.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include "tatami/isa/MemoryMap.h"
#include "tatami/machine/EnergyTable.h"
#include "tatami/mesh/MeshParams.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace tatami {

/// What a machine file says about one key.
struct MachineParameter {
  std::string key, value;
  std::string provenance; ///< "published", "derived", "chosen", or empty.
  std::string note;
};

struct MachineConfig {
  std::string text; ///< Of the file that it was read from.
  std::string name = "node";
  std::string description;
  double clockGigahertz = 2;
  uint64_t sramBytes = isa::sramBytes;
  uint64_t hostCallCycles = 100;
  /// Requests for blocks that a node may have open.
  unsigned openPulls = 64;
  /// Its edge ports lead to the interface processors, in their order.
  mesh::MeshParams mesh;
  /// Memory of an interface processor, and what it moves each way.
  uint64_t hbmBytes = uint64_t(32) << 30;
  unsigned hbmBytesPerCycle = 400;
  /// From a request at an interface processor to its first reply.
  unsigned hbmCycles = 200;
  EnergyTable energy;

  /// What the file has said, in its order.
  std::vector<MachineParameter> parameters;

  /// Replies that find no room wait in the node, so their queue may be short.
  MachineConfig() { mesh.replyQueueDepth = 16; }
};

/// Reads a machine file's text. Returns an empty string, or one sentence that
/// names the key.
std::string readMachineConfig(std::string_view text, MachineConfig &config);

/// The same for a file, or for the name of a machine that comes with Tatami
/// (node, mesh-4x4, die, tile). The message begins with the file's name.
std::string findMachineConfig(const std::string &nameOrFile,
                              MachineConfig &config);

/// The JSON schema of machine files.
std::string machineFileSchema();

/// What the numbers of a machine come to: peaks, bandwidths, memory, and every
/// number with where it comes from. Lines of text for a person.
std::string machineInfo(const MachineConfig &config);

} // namespace tatami
