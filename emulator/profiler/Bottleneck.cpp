// Finds what a run is bound by.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "tatami/profiler/Bottleneck.h"

#include "tatami/machine/MachineConfig.h"
#include "tatami/machine/Peaks.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <tuple>

namespace tatami::prof {
namespace {

// Chosen, all of them: above, a thing is called the reason.
/// Of the matrix unit's peak.
constexpr double fullMatrix = 0.9, busyMatrix = 0.6;
/// Of a link or a port while others wait.
constexpr double fullLink = 0.6;
/// What the greatest cause has lost, of the cycles that issue: below, these are
/// the reason themselves.
constexpr double leastLoss = 0.25;
/// Of the other nodes' cycles that they wait.
constexpr double muchWaiting = 0.25;
/// Of the waits at the line that has most of them.
constexpr double muchOfWaits = 0.2;
/// Nodes that end that much before the last one do not decide the end.
constexpr double nearTheEnd = 0.99;

const char *causeSentence(Cause cause) {
  static constexpr std::array<const char *, numCauses> names = {
      "operand wait on results of ALUs",
      "operand wait on loads",
      "operand wait on results of the SIMD unit",
      "operand wait on sums of the matrix unit",
      "ALUs or the SIMD unit",
      "memory ports",
      "the matrix unit",
      "the length of the vector queue",
      "fetch",
      "wrong guesses of branches",
      "room in the mesh",
      "answers of other nodes",
      "waits at semaphores",
      "waits at barriers",
      "waits for lists",
      "units that other threads use",
      "host calls",
      "nothing"};
  return names[size_t(cause)];
}

std::vector<std::string> idealsAgainst(Cause cause) {
  switch (cause) {
  case Cause::OperandScalar:
    return {"scalar=0"};
  case Cause::OperandLoad:
    return {"loads=0"};
  case Cause::OperandSimd:
    return {"simd=0"};
  case Cause::OperandMatrix:
    return {"accumulators=0"};
  case Cause::SramPort:
    return {"sram-ports=2x"};
  case Cause::MatrixUnit:
    return {"matrix=2x"};
  case Cause::VectorQueue:
    return {"vector-queue=32"};
  case Cause::Fetch:
  case Cause::Mispredict:
    return {"branches=perfect"};
  case Cause::IssueSlot:
  case Cause::OtherThread:
    return {"issue=infinite"};
  case Cause::MeshCredit:
    return {"links=4x", "mesh=free"};
  case Cause::RemoteLoad:
  case Cause::Semaphore:
  case Cause::ListEngine:
    return {"mesh=free"};
  case Cause::Barrier:
    return {"barriers=free", "mesh=free"};
  case Cause::Host:
    return {"hostcalls=free"};
  case Cause::Idle:
    break;
  }
  return {};
}

/// Cycles in which the thread does something itself, or waits for its own
/// pipeline.
uint64_t ownCycles(const ThreadProfile &thread) {
  uint64_t cycles = thread.issued;
  for (size_t c = 0; c < numCauses; ++c)
    if (!waitsForOthers(Cause(c)) && Cause(c) != Cause::Idle &&
        Cause(c) != Cause::OtherThread)
      cycles += thread.lost[c];
  return cycles;
}

/// The thread of a node that has most to do.
unsigned busiest(const NodeProfile &node) {
  unsigned best = 0;
  for (unsigned i = 1; i < node.threads.size(); ++i)
    if (ownCycles(node.threads[i]) > ownCycles(node.threads[best]))
      best = i;
  return best;
}

class Finder {
public:
  Finder(const Profile &profile, const Symbols &symbols)
      : profile(profile), symbols(symbols) {
    // Of a file that is not there, or not any more right: what is the default.
    if (!profile.machineFile.empty())
      static_cast<void>(readMachineConfig(profile.machineFile, config));
  }

  Bottleneck find() {
    if (profile.cycles == 0 || profile.nodes.empty())
      return {};
    chooseThread();
    const Cause cause = greatestCause(*thread);
    result.node = node->node;
    result.thread = unsigned(thread - node->threads.data());
    const double matrix = matrixUse();
    const double lost = shareOf(thread->lost[size_t(cause)]);
    const bool forMatrix =
        cause == Cause::MatrixUnit || cause == Cause::OtherThread;
    if (matrix >= fullMatrix || (forMatrix && matrix >= busyMatrix))
      return boundByMatrix(matrix);
    if (isImbalance())
      return boundByImbalance();
    if (lost < leastLoss * shareOf(thread->issued))
      return boundByIssue();
    result.kind = Bottleneck::Kind::Cause;
    result.cause = cause;
    result.share = lost;
    result.what = causeSentence(cause);
    result.ideals = idealsAgainst(cause);
    result.place = placeOf({cause});
    if (waitsForOthers(cause) || cause == Cause::MeshCredit)
      explainWait();
    return result;
  }

private:
  double shareOf(uint64_t cycles) const {
    return double(cycles) / double(profile.cycles);
  }

  void chooseThread() {
    for (const NodeProfile &n : profile.nodes)
      if (double(n.cycles) >= nearTheEnd * double(profile.cycles) &&
          (!node || ownCycles(n.threads[busiest(n)]) > ownCycles(*thread))) {
        node = &n;
        thread = &n.threads[busiest(n)];
      }
    if (!node) {
      node = &profile.nodes.front();
      thread = &node->threads[busiest(*node)];
    }
    // Threads that meet at semaphores wait for what one of them waits for.
    const uint64_t wait = thread->lost[size_t(Cause::Semaphore)];
    if (greatestCause(*thread) != Cause::Semaphore)
      return;
    for (const ThreadProfile &other : node->threads) {
      const Cause cause = greatestCause(other);
      if ((waitsForOthers(cause) || cause == Cause::MeshCredit ||
           cause == Cause::Host) &&
          cause != Cause::Semaphore &&
          double(other.lost[size_t(cause)]) > 0.5 * double(wait)) {
        thread = &other;
        return;
      }
    }
  }

  static Cause greatestCause(const ThreadProfile &thread) {
    auto end = thread.lost.begin() + size_t(Cause::Idle);
    return Cause(std::max_element(thread.lost.begin(), end) -
                 thread.lost.begin());
  }

  /// Of the node's peak over all of the run.
  double matrixUse() const {
    const double peak = Peaks(config).bf16 / (2e9 * config.clockGigahertz);
    return shareOf(node->macs) / peak;
  }

  /// The line that has most of \p cyclesOf an instruction.
  template <class Fn> SourcePlace linePlace(Fn cyclesOf) const {
    std::map<std::tuple<std::string, std::string, unsigned>, uint64_t> lines;
    for (const CodeCounts &counts : profile.code)
      if (uint64_t cycles = cyclesOf(counts)) {
        const SourcePlace &at = symbols.at(profile.pcOf(counts.index)).front();
        lines[{at.file, at.function, at.line}] += cycles;
      }
    auto most =
        std::max_element(lines.begin(), lines.end(),
                         [](auto &a, auto &b) { return a.second < b.second; });
    if (most == lines.end())
      return {};
    SourcePlace place;
    std::tie(place.file, place.function, place.line) = most->first;
    return place;
  }
  SourcePlace placeOf(std::initializer_list<Cause> causes) const {
    return linePlace([&](const PcCounts &counts) {
      uint64_t cycles = 0;
      for (Cause cause : causes)
        cycles += counts.lost[size_t(cause)];
      return cycles;
    });
  }

  /// Where the waits for packets are: of the lines with much of them the first
  /// that is written in a function with a part in sending any. So waits for a
  /// thread that waits for packets itself do not hide it.
  SourcePlace waitPlace() const {
    std::set<std::string> senders;
    for (const CodeCounts &counts : profile.code)
      if (counts.packets > 0)
        for (const SourcePlace &at : symbols.at(profile.pcOf(counts.index)))
          senders.insert(at.function);
    uint64_t most = 0, here = 0;
    SourcePlace place = placeOf({result.cause});
    const size_t cause = size_t(result.cause);
    for (const CodeCounts &counts : profile.code)
      most = std::max(most, counts.lost[cause]);
    for (const CodeCounts &counts : profile.code) {
      const uint64_t cycles = counts.lost[cause];
      if (cycles <= here || double(cycles) < muchOfWaits * double(most))
        continue;
      const SourcePlace &at = symbols.at(profile.pcOf(counts.index)).front();
      if (senders.count(at.function))
        here = cycles, place = at;
    }
    return place;
  }

  Bottleneck boundByMatrix(double use) {
    result.kind = Bottleneck::Kind::MatrixUnit;
    result.cause = Cause::MatrixUnit;
    result.what = fmt::format("matrix unit, {:.0f} % of peak", 100 * use);
    result.share = std::min(use, 1.0);
    result.ideals = {"matrix=2x"};
    result.place = placeOf({Cause::MatrixUnit, Cause::OtherThread});
    return result;
  }

  Bottleneck boundByIssue() {
    result.kind = Bottleneck::Kind::Issue;
    result.cause = Cause::IssueSlot;
    result.share = shareOf(thread->issued);
    result.what = fmt::format("instructions, {:.0f} % of the cycles issue",
                              100 * result.share);
    result.ideals = {"issue=infinite"};
    result.place =
        linePlace([](const PcCounts &counts) { return counts.issued; });
    return result;
  }

  /// Cycles up to the end of the run in which a node waits for others.
  uint64_t waitOf(const NodeProfile &n) const {
    const ThreadProfile &t = n.threads[busiest(n)];
    uint64_t cycles = profile.cycles - std::min(n.cycles, profile.cycles);
    for (size_t c = 0; c < numCauses; ++c)
      if (waitsForOthers(Cause(c)))
        cycles += t.lost[c];
    return cycles;
  }
  double meanWait() const {
    double sum = 0;
    for (const NodeProfile &n : profile.nodes)
      if (&n != node)
        sum += shareOf(waitOf(n));
    return sum / double(profile.nodes.size() - 1);
  }

  /// Whether the others wait for the node while it does not wait itself.
  bool isImbalance() const {
    if (profile.nodes.size() < 2)
      return false;
    const double mean = meanWait();
    return mean >= muchWaiting && shareOf(waitOf(*node)) < mean / 2;
  }

  Bottleneck boundByImbalance() {
    result.kind = Bottleneck::Kind::Imbalance;
    uint64_t most = 0;
    size_t waiting = 0;
    std::array<uint64_t, numCauses> sums = {};
    for (const NodeProfile &n : profile.nodes) {
      waiting += shareOf(waitOf(n)) >= meanWait() / 2;
      for (size_t c = 0; c < numCauses; ++c)
        if (waitsForOthers(Cause(c)))
          sums[c] += n.threads[busiest(n)].lost[c];
    }
    for (size_t c = 0; c < numCauses; ++c)
      if (sums[c] > most)
        most = sums[c], result.cause = Cause(c);
    // With the work spread over all, everyone would have the mean of it.
    result.share = meanWait() * double(profile.nodes.size() - 1) /
                   double(profile.nodes.size());
    result.what = fmt::format("imbalance: {} of {} nodes wait for node {} "
                              "({}, {})",
                              waiting, profile.nodes.size(), node->node,
                              node->x, node->y);
    result.place = placeOf({result.cause});
    return result;
  }

  /// Packets for which the node's waits are long, if a link or a port carries
  /// all that it can meanwhile.
  void explainWait() {
    if (profile.mesh.packets == 0) {
      result.what += ", for other threads of the node";
      result.ideals = {};
      return;
    }
    result.place = waitPlace();
    size_t link = 0;
    double linkUse = 0;
    for (size_t l = 0; l < profile.linkPackets.size(); ++l)
      if (double use = useWhileWaiting(l); use > linkUse)
        linkUse = use, link = l;
    const NodeProfile *port = nullptr;
    double portUse = 0;
    // Those who come to a barrier pass one port as well: that is its latency.
    for (const NodeProfile &n : profile.nodes) {
      if (result.cause == Cause::Barrier)
        break;
      // A port has no series: all that it carries is taken to be waited for.
      const double packets = double(std::max(n.packetsSent, n.packetsReceived));
      const double wait = result.share * double(profile.cycles);
      if (double use = std::min(1.0, packets / wait); use > portUse)
        portUse = use, port = &n;
    }
    if (port && portUse >= fullLink && portUse > 1.2 * linkUse)
      return boundByPort(*port);
    if (linkUse >= fullLink)
      boundByLink(link, linkUse);
  }

  void boundByLink(size_t link, double use) {
    static constexpr const char *sides[] = {"north", "east", "south", "west"};
    const unsigned number = unsigned(link / 4);
    result.kind = Bottleneck::Kind::Link;
    result.what = fmt::format(
        "the link from node {} ({}, {}) to the {}, {:.0f} % busy during {}",
        number, number % profile.columns, number / profile.columns,
        sides[link % 4], 100 * use, causeSentence(result.cause));
    result.ideals = {"links=4x", "mesh=free"};
  }

  void boundByPort(const NodeProfile &port) {
    result.kind = Bottleneck::Kind::Port;
    const bool sends = port.packetsSent >= port.packetsReceived;
    result.what = fmt::format(
        "the port of node {} ({}, {}), which {} {} packets, one a cycle, "
        "during {}",
        port.node, port.x, port.y, sends ? "sends" : "receives",
        std::max(port.packetsSent, port.packetsReceived),
        causeSentence(result.cause));
    // It has one port on every machine.
    result.ideals = {};
  }

  /// How busy a link is, 0 to 1, in the intervals in which the node waits.
  double useWhileWaiting(size_t link) const {
    const TimeSeries &s = profile.series;
    const double rate = config.mesh.linkPacketsPerCycle;
    const size_t row = size_t(node - profile.nodes.data());
    double weights = 0, sum = 0;
    for (size_t i = 0; i < s.count; ++i) {
      const double weight = s.nodes[row][i][TimeSeries::Waiting];
      weights += weight;
      sum += weight * std::min(1.0, s.links[link / 4][i][link % 4] /
                                        (rate * double(s.interval)));
    }
    if (weights > 0)
      return sum / weights;
    return shareOf(profile.linkPackets[link]) / rate;
  }

  const Profile &profile;
  const Symbols &symbols;
  MachineConfig config;
  const NodeProfile *node = nullptr;
  const ThreadProfile *thread = nullptr;
  Bottleneck result;
};

} // namespace

Bottleneck findBottleneck(const Profile &profile, const Symbols &symbols) {
  return Finder(profile, symbols).find();
}

} // namespace tatami::prof
