// What a part of the grid puts out for the part beside it.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include "tatami/mesh/Packet.h"

#include <vector>

namespace tatami::mesh {

/// Everything that crosses one edge between two parts in one direction, each
/// thing with the cycle of its arrival. The part that it leaves fills the box
/// while it is advanced; the other one empties it when neither is.
///
/// On a link at most linkPacketsPerCycle packets and credits of a cycle are
/// under way and they stay in order, so there is no tie to break.
struct Box {
  struct Flight {
    Cycle at;
    uint16_t link; ///< Position along the edge.
    uint8_t lane;
    /// Where it goes: packet.destination or one of the nodes in it.
    Rect target;
    Packet packet;
  };
  struct Credit {
    Cycle at;
    uint16_t link;
    uint8_t lane;
  };
  std::vector<Flight> packets;
  std::vector<Credit> credits;
};

} // namespace tatami::mesh
