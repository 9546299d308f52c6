// Who was waited for: the log from which the critical path of a run is found.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include "tatami/trace/Profile.h"

#include <array>
#include <cstdint>
#include <functional>
#include <vector>

namespace tatami {

/// Threads and lists of a node.
inline constexpr unsigned maxAgents = 8;

/// Who has ended a wait, and when it did what ended it: sent a packet, posted,
/// came to its end.
struct Waker {
  uint32_t node = 0;
  uint8_t agent = 0; ///< See firstListAgent.
  uint64_t time = 0;
};

/// A wait that has delayed a thread or a list.
struct WaitRecord {
  uint64_t from = 0, to = 0;
  /// When the waker acted. Of an own wait: cycles of [from, to) that it took;
  /// in the others the thread ran.
  uint64_t sent = 0;
  /// The instruction that waited; of a list the descriptor. Memories of nodes
  /// are smaller than 4 GB.
  uint32_t pc = 0;
  uint32_t peer = 0;
  uint8_t agent = 0, peerAgent = 0;
  Cause cause = Cause::Idle;
  /// Nobody else could have ended it earlier: a round trip, the mesh, the host.
  bool own = false;
  /// The entry of the function that a thread has run since its wait before; 0 if
  /// it is not known.
  uint32_t ran = 0;
};
static_assert(sizeof(WaitRecord) == 40);

/// The waits of one node, the newest ones.
class WaitLog {
public:
  /// Own waits of one instruction that follow each other within so many cycles
  /// are kept as one (chosen): a stream of stores against a full mesh would be
  /// nothing but waits.
  static constexpr uint64_t mergedGap = 256;

  explicit WaitLog(size_t most) : most(most) {}

  /// The waits of one agent come in the order of time.
  void add(const WaitRecord &record);
  /// What an agent has run since its last wait, when it has ended.
  struct Ending {
    uint64_t pc = 0, ran = 0; ///< See WaitRecord.
  };
  void end(uint8_t agent, const Ending &ending) {
    endings[agent % maxAgents] = ending;
  }
  const Ending &ending(uint8_t agent) const {
    return endings[agent % maxAgents];
  }
  /// All that ended later is there.
  uint64_t knownFrom() const { return dropped; }
  const std::vector<WaitRecord> &records() const { return kept; }

private:
  size_t most;
  size_t oldest = 0; ///< When `most` are kept.
  uint64_t dropped = 0;
  std::vector<WaitRecord> kept;
  std::array<Ending, maxAgents> endings;
  std::array<size_t, maxAgents> last = {}; ///< One more than its place.
};

/// Where the path ends.
struct PathEnd {
  uint64_t cycles = 0;
  uint32_t node = 0;
  uint8_t agent = 0;
};

/// Goes back from the end: over what its thread ran, to what that had waited
/// for, to who was the last to be waited for, and so on. \p logOf gives the log
/// of a node, or null. What the logs do not tell becomes one step, Unknown.
std::vector<PathStep>
findCriticalPath(const PathEnd &end,
                 const std::function<const WaitLog *(uint32_t)> &logOf);

} // namespace tatami
