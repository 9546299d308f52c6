// The numbers of a machine, read from a machine file.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include "tatami/isa/MemoryMap.h"
#include "tatami/mesh/MeshParams.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace tatami {

struct MachineConfig {
  std::string name = "node";
  double clockGigahertz = 2;
  uint64_t sramBytes = isa::sramBytes;
  uint64_t hostCallCycles = 100;
  mesh::MeshParams mesh;

  /// Replies that find no room wait in the node, so their queue may be short.
  MachineConfig() { mesh.replyQueueDepth = 16; }
};

/// Reads a machine file's text. Returns an empty string, or one sentence that
/// names the key.
std::string readMachineConfig(std::string_view text, MachineConfig &config);

/// The same for a file, or for the name of a machine that comes with Tatami
/// (node, mesh-4x4, die). The message begins with the file's name.
std::string findMachineConfig(const std::string &nameOrFile,
                              MachineConfig &config);

} // namespace tatami
