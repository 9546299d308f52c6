// What a recorded run knows about itself, down to the instruction: the profile
// that tatami-run --profile writes and tatami-prof reads.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include "tatami/timing/Cause.h"
#include "tatami/trace/CodeCounts.h"
#include "tatami/trace/Stats.h"

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace tatami {

/// What became of a thread's cycles. Issued and lost add up to the run's
/// cycles; Idle is the time before its start and after its end.
struct ThreadProfile : CycleCounts {
  uint64_t instructions = 0;
};

struct NodeProfile {
  uint32_t node = 0;
  uint16_t x = 0, y = 0;
  std::array<ThreadProfile, 4> threads;
  uint64_t cycles = 0; ///< When it ended.
  uint64_t macs = 0, flops = 0;
  uint64_t packetsSent = 0, packetsReceived = 0;
  ListCounters lists;
};

/// The thread waits until another part of the machine has done something.
constexpr bool waitsForOthers(Cause cause) {
  return cause == Cause::RemoteLoad || cause == Cause::Semaphore ||
         cause == Cause::Barrier || cause == Cause::ListEngine;
}

/// Nodes and links over time, in intervals of equal length. A wait that spans
/// intervals is spread over them.
struct TimeSeries {
  /// Chosen: those of 9,000 nodes and 36,000 links are 150 MB.
  static constexpr uint32_t most = 256;

  /// What an interval's Row has of a node.
  enum NodeColumn : unsigned {
    Instructions,
    Issued, ///< Thread-cycles.
    /// Thread-cycles lost to what is outside of the node's pipelines:
    /// waitsForOthers(), Cause::MeshCredit and Cause::Host.
    Waiting,
    Macs,
  };
  static constexpr unsigned numColumns = 4;
  using Row = std::array<uint64_t, numColumns>;
  /// By interval, `count` of them.
  using Rows = std::vector<Row>;

  uint64_t interval = 0; ///< Cycles.
  uint32_t count = 0;    ///< Intervals, `most` of them at most.

  std::vector<Rows> nodes; ///< In the order of Profile::nodes.
  /// Packets over the links that leave a position, in the order of
  /// mesh::Direction; of all positions of the grid.
  std::vector<Rows> links;
};

/// What one node has sent to a node or a rectangle of nodes.
struct Flow {
  uint32_t source = 0;
  uint32_t trafficClass = 0; ///< 0: requests; 1: replies.
  /// mesh::Rect::pack() of the destination.
  uint64_t destination = 0;
  uint64_t packets = 0;
};

/// What a stretch of the critical path is made of.
enum class StepKind : uint8_t {
  Compute,   ///< A thread runs, its own pipeline's stalls included.
  Message,   ///< What the thread or list waited for is under way.
  RoundTrip, ///< Its own load or fence is.
  Barrier,   ///< From the last one's arrival to the release.
  Credit,    ///< It waits for room in the mesh.
  List,      ///< A list moves data.
  Host,      ///< The fixed time of a host call.
  Unknown,   ///< Before what the record has kept.
};
inline constexpr size_t numStepKinds = size_t(StepKind::Unknown) + 1;

/// The kind's key in JSON: "compute", ...
const char *stepKindName(StepKind kind);

/// Whose time a step is: 0 to 3 are threads, from 4 on the lists of a node.
inline constexpr uint8_t firstListAgent = 4;

/// A part of the chain that determined when the run ended.
struct PathStep {
  uint64_t from = 0, to = 0;
  uint32_t node = 0;
  /// Where it began: who sent the message, or came last to the barrier.
  uint32_t sender = 0;
  uint8_t agent = 0; ///< Of `node`.
  StepKind kind = StepKind::Compute;
  /// The instruction that waited. Of Compute: that at which the stretch ends;
  /// `beginPc` is where it began. Of a list: the descriptor's address.
  uint64_t pc = 0, beginPc = 0;
  /// Of Compute: the entry of the function that was most of it, or around all of
  /// it; 0 if that is not known.
  uint64_t function = 0;

  template <class Archive> void archive(Archive &a) {
    a(from, to, node, sender, agent, kind, pc, beginPc, function);
  }
};

/// What an instruction did while its node was in a region.
struct RegionCode {
  uint64_t index, executed, hops, crossings;
};

/// What nodes did in a region. A node is in one at a time: the one that any of
/// its threads opened last and that is still open. So all of them, with what is
/// outside, are the run; Profile::regions overlap.
struct RegionWork {
  std::string name;
  uint64_t nodes = 0;  ///< That were in it.
  uint64_t cycles = 0; ///< Of these nodes, in sum.
  /// Sent and received by them; descriptors of their lists.
  uint64_t packets = 0, descriptors = 0;
  std::vector<RegionCode> code; ///< Ascending.

  template <class Archive> void archive(Archive &a) {
    a(name, nodes, cycles, packets, descriptors, code);
  }
};

/// What the timeline of a run has: its events are chunks of the file.
struct TimelineInfo {
  /// Who is recorded, ascending; nobody if no timeline was asked for.
  std::vector<uint32_t> nodes;
  uint64_t from = 0, to = ~uint64_t(0); ///< The cycles that were asked for.
  uint64_t events = 0;
  /// When the file had become as large as it may; never: all ones.
  uint64_t stoppedAt = ~uint64_t(0);
};

struct Profile {
  // The run.
  std::string image; ///< As it was named, and the hash of the file's bytes.
  uint64_t imageHash = 0;
  std::string directory; ///< From which relative paths were named.
  std::vector<std::string> arguments;
  /// What tatami-run was told before the image, but where to write.
  std::vector<std::string> options;
  std::string machine;     ///< Its name
  std::string machineFile; ///< and the text of its file.
  std::string timing;
  /// Parts of the machine that were idealised, "KEY=VALUE": see Ideals.h.
  std::vector<std::string> idealised;
  bool isEstimate = false; ///< --mesh fast.
  int exitStatus = 0;
  std::string report; ///< Of a run that did not end by itself; else empty.
  double clockGigahertz = 2, hostSeconds = 0;
  uint64_t cycles = 0; ///< Of the longest node.
  uint32_t columns = 1, rows = 1;

  // The program.
  uint64_t textBase = 0;
  std::vector<uint32_t> text; ///< Its words as they were loaded.
  /// Those of which something was counted, ascending: few of a large text.
  std::vector<CodeCounts> code;
  std::vector<CallContext> contexts;

  // The nodes and the mesh.
  std::vector<NodeProfile> nodes; ///< Enabled ones, ascending.
  std::map<std::string, RegionStats> regions;
  /// What is outside of all, without a name, then regions by name; empty if
  /// there are none.
  std::vector<RegionWork> regionWork;
  /// Threads of a node had different regions open at the same time.
  bool regionsOverlap = false;
  MeshCounters mesh;
  /// [number * 4 + direction], all positions of the grid.
  std::vector<uint64_t> linkPackets, linkCreditStalls;
  TimeSeries series;
  std::vector<Flow> flows;
  /// Sources had more destinations than are kept: the rest is not in `flows`.
  uint64_t packetsWithoutFlow = 0;

  /// In the order of time, without gaps: from 0 to `cycles`. Waits are resolved:
  /// what a thread waited for is traced to who did it.
  std::vector<PathStep> criticalPath;
  TimelineInfo timeline;

  /// Of the instruction at \p index of the text, which is added if it is not
  /// there.
  PcCounts &countsOf(size_t index);
  /// Zeros if it is not there.
  const PcCounts &countsOf(size_t index) const;
  uint64_t pcOf(size_t index) const { return textBase + 4 * index; }
};

/// Reads the profile that \p path has. Returns an empty string, or one sentence
/// that says what is wrong.
std::string readProfile(const std::string &path, Profile &profile);

} // namespace tatami
