// What a run counted, and its form as JSON (docs/stats-schema.md).
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include "tatami/timing/Cause.h"

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace tatami {

/// What the lists of a node's list engine did. The cycles of each list from its
/// start to its end are one of the last five.
struct ListCounters {
  uint64_t descriptors = 0;
  uint64_t packets = 0;         ///< That entered the send queue.
  uint64_t sendCycles = 0;      ///< A packet left, or one was cleared.
  uint64_t fetchCycles = 0;     ///< A descriptor was fetched.
  uint64_t semaphoreCycles = 0; ///< Waited for a condition.
  uint64_t creditCycles = 0;    ///< The send queue was full.
  uint64_t portCycles = 0;      ///< Another list of the node used the port.

  uint64_t cycles() const {
    return sendCycles + fetchCycles + semaphoreCycles + creditCycles +
           portCycles;
  }
  ListCounters &operator+=(const ListCounters &other);
  ListCounters &operator-=(const ListCounters &other);
};

/// Figures of a node, or of a part of a run. With timing, the issued and the
/// lost cycles of all threads add up to threads * cycles.
struct Counters {
  uint64_t cycles = 0;
  uint64_t instructions = 0;
  uint64_t macs = 0;
  uint64_t flops = 0;
  uint64_t issuedCycles = 0;
  LostCycles lost = {};
  ListCounters lists;

  Counters &operator+=(const Counters &other);
  Counters &operator-=(const Counters &other);
};

struct NodeStats : Counters {
  uint32_t node = 0;
  uint16_t x = 0, y = 0;
  uint64_t packetsSent = 0, packetsReceived = 0;
};

/// A named region, over all nodes that entered it; its cycles are those of the
/// node that spent most in it.
struct RegionStats : Counters {
  uint64_t nodes = 0;
  uint64_t entries = 0;
};

/// What the mesh has carried.
struct MeshCounters {
  bool isEstimate = false; ///< The fast model: so are all cycles of the run.
  uint64_t packets = 0;    ///< Handed to the mesh; a multicast counts once.
  uint64_t delivered = 0;
  uint64_t hops = 0;
  /// Packets to and from devices, interface processors, at the rim.
  uint64_t toDevices = 0, fromDevices = 0;
  uint64_t creditStalls = 0, arbitrationLosses = 0; ///< Cycles of packets.
};

struct Stats {
  std::string machine, timing, hostLevel;
  /// Parts of the machine that were idealised, "KEY=VALUE": see Ideals.h.
  std::vector<std::string> idealised;
  MeshCounters mesh;
  double clockGigahertz = 2;
  uint64_t macsPerCycle = 256;
  unsigned threadsPerNode = 4;
  int exitStatus = 0;
  double hostSeconds = 0;
  Counters total; ///< Sums, but cycles: those of the longest node.
  std::vector<NodeStats> nodes;
  std::map<std::string, RegionStats> regions;

  /// Share of the matrix units' peak, 0 to 1.
  double utilization(const Counters &counters, uint64_t nodeCount) const;
};

/// Version of the JSON form.
inline constexpr int statsSchema = 1;

std::string statsToJson(const Stats &stats);

} // namespace tatami
