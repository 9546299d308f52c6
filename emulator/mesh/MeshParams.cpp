// Checks of the numbers of a mesh.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "tatami/mesh/MeshParams.h"

#include <fmt/format.h>

namespace tatami::mesh {

std::string MeshParams::check() const {
  struct Range {
    const char *name;
    unsigned value, least, most;
  };
  // The upper bounds are what the compact queue entries can hold; each is far
  // above anything that makes sense.
  const Range ranges[] = {
      {"hopCycles", hopCycles, 1, 10000},
      {"creditCycles", creditCycles, 1, 10000},
      {"bufferDepth", bufferDepth, 1, 4096},
      {"injectCycles", injectCycles, 0, 10000},
      {"ejectCycles", ejectCycles, 1, 10000},
      {"requestQueueDepth", requestQueueDepth, 0, 1u << 20},
      {"replyQueueDepth", replyQueueDepth, 0, 1u << 20},
      {"dieCrossingCycles", dieCrossingCycles, 1, 10000},
      {"dieCrossingDepth", dieCrossingDepth, 1, 32768},
  };
  for (const Range &r : ranges)
    if (r.value < r.least || r.value > r.most)
      return fmt::format("{} is {}, it must be {} to {}", r.name, r.value,
                         r.least, r.most);
  if (topology.enabledCount() == 0)
    return "no node of the mesh is enabled, at least one must be";
  if ((dieColumns == 0) != (dieRows == 0))
    return "dieColumns and dieRows must both be given or both be 0";
  if (dieColumns && topology.columns() % dieColumns)
    return fmt::format("dieColumns is {}, it must divide the {} columns of the "
                       "grid",
                       dieColumns, topology.columns());
  if (dieRows && topology.rows() % dieRows)
    return fmt::format("dieRows is {}, it must divide the {} rows of the grid",
                       dieRows, topology.rows());
  return {};
}

} // namespace tatami::mesh
