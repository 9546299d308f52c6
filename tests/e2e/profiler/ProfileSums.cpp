// Whether profiles add up: every cycle of every thread is issued or lost once,
// and instructions, calls and time tell the same. With a second profile: whether
// both are of the same run, whatever the host did meanwhile.
// usage: profile-sums FILE [FILE]
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "tatami/trace/ProfileFile.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

using namespace tatami;

namespace {

int failures = 0;

template <class A, class B>
void same(const A &a, const B &b, const std::string &what) {
  if (a == b)
    return;
  fmt::print(stderr, "profile-sums: {}: {} and {}\n", what, a, b);
  ++failures;
}

uint64_t sum(const auto &list) {
  return std::accumulate(list.begin(), list.end(), uint64_t(0));
}

void checkSums(const Profile &p) {
  CycleCounts threads;
  uint64_t instructions = 0, macs = 0;
  for (const NodeProfile &node : p.nodes) {
    for (size_t i = 0; i < node.threads.size(); ++i) {
      const ThreadProfile &thread = node.threads[i];
      same(thread.issued + thread.lostCycles(), p.cycles,
           fmt::format("cycles of node {} thread {}", node.node, i));
      threads += thread;
      instructions += thread.instructions;
    }
    macs += node.macs;
  }
  PcCounts code;
  for (const CodeCounts &row : p.code)
    code += row;
  const size_t idle = size_t(Cause::Idle);
  same(code.executed, instructions, "instructions by pc");
  same(code.issued, threads.issued, "issued cycles by pc");
  for (size_t cause = 0; cause < idle; ++cause)
    same(code.lost[cause], threads.lost[cause],
         fmt::format("{} by pc", causeName(Cause(cause))));
  same(code.lost[idle], 0u, "idle cycles by pc");
  uint64_t calls = 0;
  for (const CallContext &context : p.contexts)
    calls += context.cycles;
  same(calls, code.issued + code.lostCycles(), "cycles by call");
  TimeSeries::Row work = {}, links = {};
  auto addUp = [](const std::vector<TimeSeries::Rows> &table,
                  TimeSeries::Row &sums) {
    for (const TimeSeries::Rows &rows : table)
      for (const TimeSeries::Row &row : rows)
        for (size_t c = 0; c < row.size(); ++c)
          sums[c] += row[c];
  };
  addUp(p.series.nodes, work);
  addUp(p.series.links, links);
  same(work[TimeSeries::Instructions], instructions, "instructions over time");
  same(work[TimeSeries::Issued], threads.issued, "issued cycles over time");
  same(work[TimeSeries::Macs], macs, "products over time");
  same(sum(links), sum(p.linkPackets), "packets over time");
  same(sum(p.linkPackets), p.mesh.hops, "packets by link");
  uint64_t sent = p.packetsWithoutFlow, packetsSent = 0;
  for (const Flow &flow : p.flows)
    sent += flow.packets;
  for (const NodeProfile &node : p.nodes)
    packetsSent += node.packetsSent;
  same(sent, packetsSent, "packets by flow");
}

/// All regions and what is outside of them are the run.
void checkRegions(const Profile &p) {
  if (p.regionWork.empty())
    return same(p.regions.size(), 0u, "regions without figures");
  std::vector<PcCounts> code(p.text.size());
  uint64_t cycles = 0, packets = 0, descriptors = 0;
  for (const RegionWork &region : p.regionWork) {
    cycles += region.cycles;
    packets += region.packets;
    descriptors += region.descriptors;
    for (const RegionCode &row : region.code) {
      code[row.index].executed += row.executed;
      code[row.index].hops += row.hops;
      code[row.index].crossings += row.crossings;
    }
    // Names are known when a region ends, and more of them to statistics.
    if (!region.name.empty() && region.name != "(all others)" &&
        p.report.empty())
      same(p.regions.count(region.name), 1u, region.name);
  }
  for (size_t i = 0; i < code.size(); ++i) {
    const std::string at = fmt::format("{:#x} by region", p.pcOf(i));
    same(code[i].executed, p.countsOf(i).executed, "executions of " + at);
    same(code[i].hops, p.countsOf(i).hops, "links passed for " + at);
    same(code[i].crossings, p.countsOf(i).crossings, "crossings for " + at);
  }
  uint64_t nodeCycles = 0, allPackets = 0, allDescriptors = 0;
  for (const NodeProfile &node : p.nodes) {
    nodeCycles += node.cycles;
    allPackets += node.packetsSent + node.packetsReceived;
    allDescriptors += node.lists.descriptors;
  }
  same(cycles, nodeCycles, "cycles of nodes by region");
  same(packets, allPackets, "packets by region");
  same(descriptors, allDescriptors, "descriptors by region");
}

bool isPlain(const Profile &p) {
  return std::find(p.options.begin(), p.options.end(), "reference") !=
         p.options.end();
}

/// What the host and the user have chosen is not compared. Remembered blocks are
/// not cut for samples, so those of the plain model are of other cycles, and so
/// are the functions that they find on the critical path.
std::vector<uint8_t> comparable(Profile p, bool withSamples) {
  if (!withSamples) {
    p.series = {};
    for (PathStep &step : p.criticalPath)
      step.function = 0;
  }
  p.hostSeconds = 0;
  p.timing.clear();
  p.options.clear();
  p.arguments.clear();
  return packProfile(p);
}

bool load(const char *path, Profile &profile) {
  std::string error = readProfile(path, profile);
  if (!error.empty())
    fmt::print(stderr, "profile-sums: {}\n", error);
  return error.empty();
}

} // namespace

int main(int argc, char **argv) {
  Profile one, other;
  if (argc < 2 || argc > 3 || !load(argv[1], one) ||
      (argc == 3 && !load(argv[2], other)))
    return 2;
  checkSums(one);
  checkRegions(one);
  if (argc == 3) {
    const bool likewise = isPlain(one) == isPlain(other);
    same(one.text.size(), other.text.size(), "length of the text");
    for (size_t i = 0; i < one.text.size() && i < other.text.size(); ++i)
      for (size_t c = 0; c < numCauses; ++c)
        same(one.countsOf(i).lost[c], other.countsOf(i).lost[c],
             fmt::format("{} at {:#x}", causeName(Cause(c)), one.pcOf(i)));
    same(comparable(one, likewise) == comparable(other, likewise), true, "the same profile");
  }
  return failures != 0;
}
