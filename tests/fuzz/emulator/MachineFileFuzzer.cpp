// Any text is a machine or an error that says something.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "tatami/machine/MachineConfig.h"

#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  tatami::MachineConfig config;
  std::string error = tatami::readMachineConfig(
      {reinterpret_cast<const char *>(data), size}, config);
  if (error.empty() && config.mesh.topology.enabledCount() == 0)
    std::abort();
  return 0;
}
