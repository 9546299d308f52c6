// Keeps waits, and walks back along them.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "tatami/trace/WaitLog.h"

#include <algorithm>
#include <map>
#include <memory>

using namespace tatami;

void WaitLog::add(const WaitRecord &record) {
  size_t &place = last[record.agent];
  if (record.own && place > 0) {
    WaitRecord &before = kept[place - 1];
    if (before.own && before.agent == record.agent && before.pc == record.pc &&
        before.cause == record.cause && before.to <= record.from &&
        record.from - before.to <= mergedGap) {
      before.to = record.to;
      before.sent += record.sent;
      return;
    }
  }
  if (kept.size() < most) {
    kept.push_back(record);
    place = kept.size();
    return;
  }
  if (most == 0) {
    dropped = std::max(dropped, record.to);
    return;
  }
  WaitRecord &old = kept[oldest];
  dropped = std::max(dropped, old.to);
  if (last[old.agent] == oldest + 1)
    last[old.agent] = 0;
  old = record;
  place = oldest + 1;
  oldest = (oldest + 1) % most;
}

namespace {

StepKind kindOf(Cause cause) {
  switch (cause) {
  case Cause::MeshCredit:
    return StepKind::Credit;
  case Cause::RemoteLoad:
    return StepKind::RoundTrip;
  case Cause::Barrier:
    return StepKind::Barrier;
  case Cause::Host:
    return StepKind::Host;
  default:
    return StepKind::Message;
  }
}

/// The waits of one node by agent, in the order of time.
struct Waits {
  explicit Waits(const WaitLog *log) : log(log) {
    if (!log)
      return;
    for (const WaitRecord &record : log->records())
      of[record.agent % maxAgents].push_back(&record);
    for (auto &records : of)
      std::sort(records.begin(), records.end(), [](auto *a, auto *b) {
        return std::pair(a->from, a->to) < std::pair(b->from, b->to);
      });
  }

  const WaitLog *log;
  std::array<std::vector<const WaitRecord *>, maxAgents> of;
};

class Walk {
public:
  Walk(const PathEnd &end,
       const std::function<const WaitLog *(uint32_t)> &logOf)
      : logOf(logOf), now(end.cycles), node(end.node), agent(end.agent) {}

  std::vector<PathStep> run() {
    // Packets take time; within a node nobody waits for who waits for it.
    // More turns at one time than agents are a broken log.
    unsigned turns = 0;
    while (now > 0 && turns <= maxAgents) {
      const uint64_t before = now;
      if (!goBack())
        break;
      turns = now == before ? turns + 1 : 0;
    }
    step(StepKind::Unknown, 0, 0, 0, node);
    std::reverse(steps.begin(), steps.end());
    return std::move(steps);
  }

private:
  /// The path was at this agent from \p from to now.
  void step(StepKind kind, uint64_t from, uint64_t pc, uint64_t beginPc,
            uint32_t sender, uint64_t function = 0) {
    if (from >= now)
      return;
    steps.push_back({.from = from,
                     .to = now,
                     .node = node,
                     .sender = sender,
                     .agent = agent,
                     .kind = kind,
                     .pc = pc,
                     .beginPc = beginPc,
                     .function = function});
    now = from;
  }
  void ran(uint64_t from, uint64_t pc, uint64_t beginPc, uint64_t function) {
    bool isList = agent >= firstListAgent;
    step(isList ? StepKind::List : StepKind::Compute, from, pc, beginPc, node,
         isList ? 0 : function);
  }

  /// Over one wait and what was run after it. False if the log does not say.
  bool goBack() {
    auto [place, isNew] = known.try_emplace(node, nullptr);
    if (isNew)
      place->second = std::make_unique<Waits>(logOf(node));
    const Waits &waits = *place->second;
    if (!waits.log || now <= waits.log->knownFrom())
      return false;
    const auto &records = waits.of[agent % maxAgents];
    auto next = std::upper_bound(
        records.begin(), records.end(), now,
        [](uint64_t time, const WaitRecord *r) { return time < r->from; });
    // A wait that begins now has not been waited yet.
    while (next != records.begin() && (*std::prev(next))->from == now &&
           (*std::prev(next))->to > now)
      --next;
    const WaitLog::Ending &end = waits.log->ending(agent);
    uint64_t pc = next != records.end() ? (*next)->pc : end.pc;
    const uint64_t function = next != records.end() ? (*next)->ran : end.ran;
    if (next == records.begin()) {
      if (waits.log->knownFrom() > 0)
        return false;
      ran(0, pc, pc, function);
      return true;
    }
    const WaitRecord &wait = **std::prev(next);
    if (!pc)
      pc = wait.pc;
    if (wait.own) {
      // In the middle of merged waits: as much as is its share of the time.
      const uint64_t length = wait.to - wait.from;
      const uint64_t covered = std::min(now, wait.to) - wait.from;
      const uint64_t waited =
          length ? uint64_t(double(wait.sent) * double(covered) /
                            double(length))
                 : 0;
      ran(std::min(now, wait.to), pc, wait.pc, function);
      step(kindOf(wait.cause), now - std::min(waited, covered), wait.pc,
           wait.pc, node);
      ran(wait.from, wait.pc, wait.pc, 0); // Between merged ones.
      return true;
    }
    if (wait.to > now) { // Whoever waits does nothing.
      ran(wait.from, pc, wait.pc, 0);
      return true;
    }
    ran(wait.to, pc, wait.pc, function);
    step(wait.cause == Cause::Barrier ? StepKind::Barrier : StepKind::Message,
         std::min(wait.sent, now), wait.pc, wait.pc, wait.peer);
    node = wait.peer;
    agent = wait.peerAgent;
    return true;
  }

  const std::function<const WaitLog *(uint32_t)> &logOf;
  uint64_t now;
  uint32_t node;
  uint8_t agent;
  std::map<uint32_t, std::unique_ptr<Waits>> known;
  std::vector<PathStep> steps;
};

} // namespace

std::vector<PathStep> tatami::findCriticalPath(
    const PathEnd &end,
    const std::function<const WaitLog *(uint32_t)> &logOf) {
  return Walk(end, logOf).run();
}
