// Makes the profile of a run: what is counted by instruction, by call, and over
// time. Looks on and changes nothing.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include "Calls.h"
#include "CodeRows.h"
#include "NodeEvents.h"
#include "PcRecorder.h"
#include "Regions.h"
#include "Samples.h"
#include "Stretch.h"
#include "Zeros.h"
#include "tatami/trace/Profile.h"

#include <array>
#include <deque>
#include <memory>
#include <mutex>
#include <vector>

namespace tatami {

struct Node;
struct Program;
struct RunResult;

/// Adds to \p rows, by instruction of \p code, what its remembered blocks have
/// done: \p exits says how often each was left by which exit.
void addBlocks(const Code &code, const uint64_t *exits, PipelineStates &states,
               const CodeRows &rows);

/// What a thread of the host has counted of one text. A node whose code was
/// changed has its own.
struct ExitCounts {
  std::shared_ptr<const Code> code;
  /// By block and exit; what is not touched takes no memory.
  Zeros<uint64_t> exits;
};
/// What it has counted while the innermost region was a certain one.
struct RegionCounts {
  CodeRows rows;
  std::deque<ExitCounts> codes;
};

/// What a profile keeps of each node; touched by whoever runs the node.
struct alignas(64) NodeRecord {
  explicit NodeRecord(NodeEvents events) : events(std::move(events)) {}

  // Together in a line of the host's cache: looked at whenever the node runs.
  /// Where it was counted last, and whether that is the place still.
  struct {
    const void *tables = nullptr;
    const Code *code = nullptr;
    const CodeRows *rows = nullptr;
    uint64_t *exits = nullptr;
    uint32_t region = 0;
  } counted;
  /// Counts what it does now, by Recorder::attach().
  PcRecorder *recorder = nullptr;
  uint64_t nextSample = 0; ///< When it is due, in cycles.
  NodeRegions regions;

  std::array<CallStack, 4> stacks;
  std::array<Stretch, 4> stretches;
  Samples samples;
  FlowCounts flows;
  NodeEvents events;
};

/// One for a machine. Nodes run on several threads of the host at the same time:
/// each of these has tables of its own, and sums do not show who counted what.
class Recorder {
public:
  explicit Recorder(const Program &program);
  ~Recorder();

  std::unique_ptr<NodeRecord> makeRecord(uint32_t node) const;
  /// Those of the timeline.
  const std::vector<uint32_t> &timelineNodes() const { return sampled; }

  /// This thread of the host is about to run \p node, or its code has changed
  /// meanwhile.
  void attach(Node &node);

  /// The thread, at its pc, has lost cycles that no instruction of its own did.
  void wait(const Node &node, unsigned thread, Cause cause, uint64_t cycles);
  /// Those that draining its pipeline has cost.
  void drain(const Node &node, unsigned thread, const LostCycles &before,
             const LostCycles &after);
  /// It has waited. Returns the entry of the function that it ran before: see
  /// Stretch.
  uint64_t interrupt(Node &node, unsigned thread);
  void beginThread(Node &node, unsigned thread, uint64_t pc);
  void endThread(Node &node, unsigned thread);
  /// \p thread has opened or closed a region.
  void regionChanged(Node &node, unsigned thread);
  /// Its instruction has asked for packets; replies and lists have none.
  void send(const Node &node, unsigned thread, const mesh::PacketDesc &packet,
            uint64_t count);
  /// The node has come to \p now, when its sample is due or \p itStops.
  void sample(Node &node, uint64_t now, bool itStops = false);

  /// Everything but what is known of links, when the run is over.
  /// Its series has intervals of \p leastInterval cycles or more.
  void finish(const RunResult &result, const std::vector<Node *> &nodes,
              uint64_t leastInterval, Profile &profile);
  /// Those of a die, which no longer has them.
  void addLinks(const mesh::Rect &area, std::vector<Samples> links,
                Profile &profile) const;

private:
  /// What a thread of the host has counted.
  struct Tables {
    Tables(CallTree &tree, uint64_t textBase) : calls(tree, textBase) {}

    /// By number; null where it has not been.
    std::vector<std::unique_ptr<RegionCounts>> regions;
    CallCounts calls;
    PcRecorder recorder;
  };

  Tables &mine();
  Tables &makeMine();
  /// Where in \p own what \p node does now is counted.
  auto &countedOf(const Node &node, Tables &own);
  void findCounted(const Node &node, Tables &own);
  /// What all threads of the host have counted of region \p number, by
  /// instruction; they no longer have it.
  CodeRows takeCode(size_t number);
  PcCounts *rowOf(const Node &node, unsigned thread);
  ThreadProfile threadOf(const Node &node, unsigned thread,
                         uint64_t cycles) const;
  void finishCode(const std::vector<Node *> &nodes, Profile &profile);
  void finishCalls(Profile &profile) const;
  void finishSeries(const std::vector<Node *> &nodes, Profile &profile) const;

  /// Chosen: waits that all nodes together keep take 64 MB, those of a node
  /// 10 KB at least.
  static constexpr size_t mostWaits = (64 << 20) / sizeof(WaitRecord),
                          fewestWaits = 256;
  void finishPath(const std::vector<Node *> &nodes, Profile &profile) const;

  const Program &program;
  std::vector<uint32_t> sampled;
  const uint64_t serial; ///< Tells it from another one at the same place.
  CallTree tree;
  RegionNumbers regionNumbers;
  std::mutex mutex;
  std::deque<Tables> tables;
};

} // namespace tatami
