// Tables of a profile and what becomes of them.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "Recorder.h"

#include "Node.h"
#include "Program.h"
#include "Timeline.h"
#include "tatami/isa/Inst.h"

#include <algorithm>
#include <atomic>
#include <cstring>

using namespace tatami;

static uint64_t nextSerial() {
  static std::atomic<uint64_t> next{1};
  return next++;
}

Recorder::Recorder(const Program &program)
    : program(program), serial(nextSerial()) {
  if (program.options.timeline.isOn)
    sampled = tatami::timelineNodes(program.options.timeline, program.topology());
}
Recorder::~Recorder() = default;

std::unique_ptr<NodeRecord> Recorder::makeRecord(uint32_t node) const {
  const size_t share = mostWaits / program.topology().enabledCount();
  const bool hasTimeline =
      std::binary_search(sampled.begin(), sampled.end(), node);
  return std::make_unique<NodeRecord>(
      NodeEvents(node, std::max(share, fewestWaits), hasTimeline));
}

/// The recorder that the thread of the host has counted for last, and where.
static thread_local constinit struct {
  uint64_t owner = 0;
  void *tables = nullptr;
} last;

Recorder::Tables &Recorder::makeMine() {
  std::lock_guard lock(mutex);
  last = {serial, &tables.emplace_back(tree, program.code->base())};
  return tables.back();
}

inline Recorder::Tables &Recorder::mine() {
  return last.owner == serial ? *static_cast<Tables *>(last.tables) : makeMine();
}

void Recorder::findCounted(const Node &node, Tables &own) {
  const uint32_t present = node.record->regions.present();
  if (own.regions.size() <= present)
    own.regions.resize(present + 1);
  std::unique_ptr<RegionCounts> &region = own.regions[present];
  if (!region)
    region = std::make_unique<RegionCounts>(
        RegionCounts{CodeRows(program.code->size()), {}});
  std::deque<ExitCounts> &codes = region->codes;
  auto known = std::find_if(codes.begin(), codes.end(),
                            [&](auto &c) { return c.code == node.code; });
  if (known == codes.end())
    known = codes.insert(
        known, {node.code, makeZeros<uint64_t>(2 * TimedBlocks::limit)});
  node.record->counted = {&own, node.code.get(), &region->rows,
                          known->exits.get(), present};
}

inline auto &Recorder::countedOf(const Node &node, Tables &own) {
  const auto &counted = node.record->counted;
  if (counted.tables != &own || counted.code != node.code.get() ||
      counted.region != node.record->regions.present())
    findCounted(node, own);
  return counted;
}

//===-- While the program runs ----------------------------------------------===//

void Recorder::attach(Node &node) {
  Tables &own = mine();
  PcRecorder &recorder = own.recorder;
  const auto &counted = countedOf(node, own);
  recorder.rows = counted.rows;
  recorder.exits = counted.exits;
  recorder.calls = &own.calls;
  recorder.stacks = node.record->stacks.data();
  node.record->recorder = &recorder;
}

PcCounts *Recorder::rowOf(const Node &node, unsigned thread) {
  uint64_t pc = node.threads[thread].state->pc;
  return program.code->contains(pc)
             ? &(*countedOf(node, mine()).rows)[program.code->indexOf(pc)]
             : nullptr;
}

void Recorder::wait(const Node &node, unsigned thread, Cause cause,
                    uint64_t cycles) {
  if (PcCounts *row = rowOf(node, thread))
    row->lost[size_t(cause)] += cycles;
}

void Recorder::drain(const Node &node, unsigned thread,
                     const LostCycles &before, const LostCycles &after) {
  for (size_t i = 0; i < numCauses; ++i)
    if (after[i] != before[i])
      wait(node, thread, Cause(i), after[i] - before[i]);
}

uint64_t Recorder::interrupt(Node &node, unsigned thread) {
  const uint32_t context = node.record->stacks[thread].context();
  Stretch &stretch = node.record->stretches[thread];
  const uint64_t ran = stretch.end(tree, context);
  stretch.begin(context);
  return ran;
}

void Recorder::beginThread(Node &node, unsigned thread, uint64_t pc) {
  CallStack &stack = node.record->stacks[thread];
  stack.begin(mine().calls, pc, node.clockOf(thread));
  node.record->stretches[thread].begin(stack.context());
}

void Recorder::endThread(Node &node, unsigned thread) {
  CallStack &stack = node.record->stacks[thread];
  if (stack.context() != CallContext::none)
    node.record->events.waits.end(uint8_t(thread),
                                  {node.threads[thread].state->pc,
                                   interrupt(node, thread)});
  stack.end(mine().calls, node.clockOf(thread));
}

/// What the node has counted when its clock is at \p cycles.
static NodeRegions::Sums regionSums(const Node &node, uint64_t cycles) {
  return {cycles, node.sent + node.received,
          node.lists ? node.lists->counters(cycles).descriptors : 0};
}

void Recorder::regionChanged(Node &node, unsigned thread) {
  NodeRegions &regions = node.record->regions;
  uint32_t region = 0;
  if (!node.openRegions.empty()) {
    const OpenRegion &last = node.openRegions.back();
    region = regionNumbers.of(last.name);
    for (const OpenRegion &open : node.openRegions)
      regions.overlap |= open.thread != last.thread && open.name != last.name;
  }
  regions.go(region, regionSums(node, node.clockOf(thread)));
}

void Recorder::send(const Node &node, unsigned thread,
                    const mesh::PacketDesc &packet, uint64_t count) {
  PcCounts *row = rowOf(node, thread);
  if (!row)
    return;
  Distance way = distance(program.options.config.mesh, packet);
  row->packets += count;
  row->hops += count * way.hops;
  row->crossings += count * way.crossings;
}

/// Those of TimeSeries::waiting.
static constexpr bool isWaiting(Cause cause) {
  return waitsForOthers(cause) || cause == Cause::MeshCredit ||
         cause == Cause::Host;
}
/// Listed beforehand: a node is sampled often.
static constexpr auto waitingCauses = [] {
  constexpr size_t count = [] {
    size_t number = 0;
    for (size_t c = 0; c < numCauses; ++c)
      number += isWaiting(Cause(c));
    return number;
  }();
  std::array<size_t, count> causes = {};
  for (size_t c = 0, at = 0; c < numCauses; ++c)
    if (isWaiting(Cause(c)))
      causes[at++] = c;
  return causes;
}();

void Recorder::sample(Node &node, uint64_t now, bool itStops) {
  static_assert(mesh::numLinks == TimeSeries::numColumns);
  Samples::Row sums = {};
  sums[TimeSeries::Macs] = node.macs;
  for (unsigned i = 0; i < threadsPerNode; ++i) {
    const NodeThread &thread = node.threads[i];
    if (!thread.state)
      continue; // Never started.
    if (thread.status == ThreadStatus::Running && !itStops)
      node.record->stretches[i].sample(node.record->stacks[i].context());
    sums[TimeSeries::Instructions] += thread.instructions;
    sums[TimeSeries::Issued] += node.scoreboard->issued(i);
    for (size_t cause : waitingCauses)
      sums[TimeSeries::Waiting] += node.scoreboard->lost(i)[cause];
  }
  Samples &samples = node.record->samples;
  samples.sample(now, sums);
  node.record->nextSample = samples.nextEdge();
}

//===-- When it has ended ---------------------------------------------------===//

void tatami::addBlocks(const Code &code, const uint64_t *exits,
                       PipelineStates &states, const CodeRows &rows) {
  const TimedBlocks &blocks = code.blocks();
  const StaticTiming *timing = code.timing();
  for (size_t number = 0; number < blocks.size(); ++number)
    for (unsigned taken = 0; taken < 2; ++taken) {
      const uint64_t times = exits[2 * number + taken];
      if (times == 0)
        continue;
      const TimedBlock &block = blocks.at(number);
      PipelineStates::Workbench board(states);
      board->restart(0, block.state->pipeline);
      ThreadTime before = board->times[0];
      const uint32_t length = blocks.lengthAt(block.index);
      for (uint32_t i = 0; i < length; ++i) {
        board->step(0, timing[block.index + i], taken && i + 1 == length);
        const ThreadTime &after = board->times[0];
        PcCounts &row = rows[block.index + i];
        row.executed += times;
        row.issued += times * (after.issued - before.issued);
        for (size_t c = 0; c < numCauses; ++c)
          row.lost[c] += times * (after.lost[c] - before.lost[c]);
        before = after;
      }
    }
}

CodeRows Recorder::takeCode(size_t number) {
  CodeRows code;
  for (Tables &own : tables) {
    if (number >= own.regions.size() || !own.regions[number])
      continue;
    const std::unique_ptr<RegionCounts> region = std::move(own.regions[number]);
    code.add(std::move(region->rows));
    for (const ExitCounts &counts : region->codes)
      addBlocks(*counts.code, counts.exits.get(), *program.pipelines, code);
  }
  return code;
}

void Recorder::finishCode(const std::vector<Node *> &nodes, Profile &profile) {
  const Image::Segment &text = program.image.text();
  profile.textBase = program.code->base();
  profile.text.resize(program.code->size());
  std::memcpy(profile.text.data(), text.data.data(), 4 * profile.text.size());
  const std::vector<std::string> names = regionNumbers.names();
  std::vector<RegionWork> regions(names.size());
  CodeRows all;
  for (size_t number = 0; number < names.size(); ++number) {
    RegionWork &region = regions[number];
    region.name = names[number];
    CodeRows code = takeCode(number);
    code.forTouched([&](size_t i, const PcCounts &row) {
      if (row.executed || row.hops)
        region.code.push_back({i, row.executed, row.hops, row.crossings});
    });
    all.add(std::move(code));
  }
  profile.code.reserve(all.countTouched());
  all.forTouched([&](size_t i, const PcCounts &row) {
    if (row.happened())
      profile.code.push_back({row, i});
  });
  if (names.size() == 1)
    return;
  for (Node *node : nodes) {
    NodeRegions &own = node->record->regions;
    own.go(0, regionSums(*node, node->clockOf(node->longestThread())));
    profile.regionsOverlap |= own.overlap;
    for (size_t number = 0; number < own.spent().size(); ++number) {
      const NodeRegions::Spent &spent = own.spent()[number];
      RegionWork &region = regions[number];
      region.nodes += spent.entered;
      region.cycles += spent.cycles;
      region.packets += spent.packets;
      region.descriptors += spent.descriptors;
    }
  }
  // Numbered as they were found; told in an order that does not depend on it.
  std::sort(regions.begin() + 1, regions.end(),
            [](const RegionWork &a, const RegionWork &b) {
              return a.name < b.name;
            });
  profile.regionWork = std::move(regions);
}

void Recorder::finishCalls(Profile &profile) const {
  std::vector<CallContext> contexts = tree.contexts();
  for (const Tables &own : tables)
    own.calls.addTo(contexts);
  // Numbered as they were found; told in an order that does not depend on who
  // was first: callers before callees, those of one caller by address.
  std::vector<std::vector<uint32_t>> callees(contexts.size() + 1);
  for (uint32_t i = 0; i < contexts.size(); ++i)
    callees[contexts[i].parent == CallContext::none ? contexts.size()
                                                    : contexts[i].parent]
        .push_back(i);
  struct Place {
    uint32_t context, parent;
  };
  std::vector<Place> left;
  auto addCallees = [&](size_t of, uint32_t place) {
    std::vector<uint32_t> &list = callees[of];
    std::sort(list.begin(), list.end(), [&](uint32_t a, uint32_t b) {
      return contexts[a].function > contexts[b].function;
    });
    for (uint32_t callee : list)
      left.push_back({callee, place});
  };
  addCallees(contexts.size(), CallContext::none);
  while (!left.empty()) {
    auto [context, parent] = left.back();
    left.pop_back();
    profile.contexts.push_back(contexts[context]);
    profile.contexts.back().parent = parent;
    addCallees(context, uint32_t(profile.contexts.size() - 1));
  }
}

ThreadProfile Recorder::threadOf(const Node &node, unsigned thread,
                                 uint64_t cycles) const {
  ThreadProfile result;
  result.instructions = node.threads[thread].instructions;
  result.issued = node.scoreboard->issued(thread);
  result.lost = node.scoreboard->lost(thread);
  result.lost[size_t(Cause::Idle)] +=
      cycles - node.scoreboard->accounted(thread);
  return result;
}

void Recorder::finishSeries(const std::vector<Node *> &nodes,
                            Profile &profile) const {
  TimeSeries &series = profile.series;
  unsigned shift = shortestInterval;
  while (isTooShort(shift, profile.cycles))
    ++shift;
  series.interval = std::max(series.interval, uint64_t(1) << shift);
  series.count =
      uint32_t((profile.cycles + series.interval - 1) / series.interval);
  series.nodes.reserve(nodes.size());
  for (Node *node : nodes)
    series.nodes.push_back(
        node->record->samples.take(series.interval, series.count));
  series.links.resize(program.topology().size());
}

void Recorder::addLinks(const mesh::Rect &area,
                        std::vector<Samples> links, Profile &profile) const {
  TimeSeries &series = profile.series;
  size_t place = 0;
  for (mesh::NodeId id : program.topology().nodes(area))
    series.links[id] = links[place++].take(series.interval, series.count);
}

void Recorder::finishPath(const std::vector<Node *> &nodes,
                          Profile &profile) const {
  auto cyclesOf = [](const Node *node) {
    return node->clockOf(node->longestThread());
  };
  auto last = std::max_element(nodes.begin(), nodes.end(),
                               [&](const Node *a, const Node *b) {
                                 return cyclesOf(a) < cyclesOf(b);
                               });
  if (last == nodes.end())
    return;
  const Node &node = **last;
  const unsigned thread = node.state == Node::State::Done
                              ? node.record->events.lastThread
                              : node.longestThread();
  profile.criticalPath = findCriticalPath(
      {profile.cycles, node.id, uint8_t(thread)},
      [&](uint32_t id) -> const WaitLog * {
        const Node *of = id < program.nodes.size() ? program.nodes[id] : nullptr;
        return of && of->record ? &of->record->events.waits : nullptr;
      });
}

void Recorder::finish(const RunResult &result, const std::vector<Node *> &nodes,
                      uint64_t leastInterval, Profile &profile) {
  const Stats &stats = result.stats;
  profile.arguments = program.options.arguments;
  profile.machine = stats.machine;
  profile.timing = stats.timing;
  profile.isEstimate = stats.mesh.isEstimate;
  profile.exitStatus = result.exitStatus;
  profile.report = result.report;
  profile.clockGigahertz = stats.clockGigahertz;
  profile.cycles = stats.total.cycles;
  profile.columns = program.topology().columns();
  profile.rows = program.topology().rows();
  profile.regions = stats.regions;
  profile.mesh = stats.mesh;
  profile.nodes.reserve(nodes.size());
  size_t flowCount = 0;
  for (const Node *node : nodes)
    flowCount += node->record->flows.flows().size();
  profile.flows.reserve(flowCount);
  for (size_t n = 0; n < nodes.size(); ++n) {
    Node &node = *nodes[n];
    sample(node, node.timeOf(node.longestThread()), true);
    const NodeStats &figures = stats.nodes[n];
    NodeProfile one;
    one.node = node.id;
    one.x = figures.x, one.y = figures.y;
    one.cycles = figures.cycles;
    one.macs = figures.macs, one.flops = figures.flops;
    one.packetsSent = figures.packetsSent;
    one.packetsReceived = figures.packetsReceived;
    one.lists = figures.lists;
    for (unsigned i = 0; i < threadsPerNode; ++i) {
      endThread(node, i);
      one.threads[i] = threadOf(node, i, profile.cycles);
    }
    profile.nodes.push_back(one);
    const FlowCounts &flows = node.record->flows;
    profile.flows.insert(profile.flows.end(), flows.flows().begin(),
                         flows.flows().end());
    profile.packetsWithoutFlow += flows.others();
  }
  finishPath(nodes, profile);
  profile.series.interval = leastInterval;
  finishCode(nodes, profile);
  finishCalls(profile);
  finishSeries(nodes, profile);
}
