// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "SyntheticProfile.h"

#include "tatami/loader/Image.h"

#include <algorithm>
#include <cstring>
#include <stdexcept>

using namespace tatami;

namespace {

constexpr uint64_t interval = 4096;

/// Nodes next to each other and times next to each other are alike, as in a run.
double wave(unsigned x, unsigned y, uint32_t t) {
  return 0.25 + 0.05 * ((x + t / 8) % 10) + 0.01 * (y % 20);
}

/// Along x first, then south, as packets travel.
void addFlow(Profile &profile, uint32_t from, uint32_t to, uint64_t packets) {
  uint32_t columns = profile.columns;
  uint32_t x = from % columns, y = from / columns;
  uint32_t toX = to % columns, toY = to / columns;
  auto pass = [&](unsigned direction) {
    size_t link = size_t(y * columns + x) * 4 + direction;
    profile.linkPackets[link] += packets;
    profile.linkCreditStalls[link] += packets / 3;
    for (uint32_t t = 0; t < profile.series.count; ++t)
      profile.series.links[link / 4][t][direction] +=
          uint32_t(packets / profile.series.count * (t % 3));
  };
  for (; x < toX; ++x)
    pass(1);
  for (; x > toX; --x)
    pass(3);
  for (; y < toY; ++y)
    pass(2);
  profile.flows.push_back(
      {from, 0, mesh::Rect::at({uint16_t(toX), uint16_t(toY)}).pack(), packets});
  profile.mesh.packets += packets;
}

} // namespace

Profile tatami::prof::syntheticProfile(const std::string &path,
                                       const MachineConfig &config,
                                       uint32_t intervals) {
  const mesh::Topology &topology = config.mesh.topology;
  const unsigned columns = topology.columns(), rows = topology.rows();
  Image image;
  if (std::string error = readElfFile(path, 0x140000, image); !error.empty())
    throw std::runtime_error(error);

  Profile profile;
  profile.image = path;
  profile.imageHash = 0x0123456789abcdef;
  profile.arguments = {"--size", "1024", hostileText};
  profile.options = {"--machine", config.name, "--timing", "d1"};
  profile.machine = config.name;
  profile.timing = "d1";
  profile.hostSeconds = 12.5;
  profile.columns = columns;
  profile.rows = rows;
  profile.cycles = interval * intervals - interval / 2;
  profile.linkPackets.resize(size_t(columns) * rows * 4);
  profile.linkCreditStalls.resize(profile.linkPackets.size());

  const Image::Segment &text = image.text();
  profile.textBase = text.address;
  profile.text.resize(text.data.size() / 4);
  std::memcpy(profile.text.data(), text.data.data(), profile.text.size() * 4);

  TimeSeries &series = profile.series;
  series.interval = interval;
  series.count = intervals;
  series.links.assign(size_t(columns) * rows, TimeSeries::Rows(intervals));
  for (uint32_t number = 0; number < columns * rows; ++number) {
    unsigned x = number % columns, y = number / columns;
    if (!topology.enabled(number))
      continue;
    NodeProfile node;
    node.node = number;
    node.x = uint16_t(x);
    node.y = uint16_t(y);
    node.cycles = profile.cycles;
    TimeSeries::Rows &work = series.nodes.emplace_back();
    for (uint32_t t = 0; t < intervals; ++t) {
      uint64_t cycles = t + 1 < intervals ? interval : interval / 2;
      uint64_t issued = uint64_t(double(cycles) * wave(x, y, t));
      uint64_t waiting = (cycles - issued) / (t % 7 ? 3 : 1);
      ThreadProfile &thread = node.threads[0];
      thread.issued += issued;
      thread.lost[size_t(Cause::Semaphore)] += waiting / 2;
      thread.lost[size_t(Cause::MeshCredit)] += waiting - waiting / 2;
      thread.lost[size_t(Cause::OperandLoad)] += cycles - issued - waiting;
      thread.instructions += issued + issued / 2;
      work.push_back({issued + issued / 2, issued, waiting, issued * 200});
      node.macs += issued * 200;
      node.flops += issued * 400;
    }
    for (unsigned t = 1; t < 4; ++t)
      node.threads[t].lost[size_t(Cause::Idle)] = profile.cycles;
    profile.nodes.push_back(node);
  }
  for (const NodeProfile &node : profile.nodes)
    if (node.node % 3 == 0)
      addFlow(profile, node.node,
              std::max(node.node, columns * (rows - 1) + columns / 2 + node.node % 4),
              series.count * (1 + node.node % 5));

  // All that the threads did, spread over the instructions: the first of every
  // function has most, and every other one waits.
  std::vector<size_t> places;
  for (const Image::Symbol &symbol : image.symbols)
    if (symbol.isFunction && symbol.size)
      for (uint64_t pc = symbol.address; pc < symbol.address + symbol.size; pc += 4)
        if (places.size() < 2000)
          places.push_back((pc - profile.textBase) / 4);
  CycleCounts all;
  for (const NodeProfile &node : profile.nodes)
    all += node.threads[0];
  auto spread = [&](uint64_t total, auto &&countOf) {
    uint64_t weights = 0, given = 0;
    for (size_t i = 0; i < places.size(); ++i)
      weights += 1 + 2000 / (1 + i % 37);
    for (size_t i = 0; i < places.size(); ++i) {
      uint64_t part = total / weights * (1 + 2000 / (1 + i % 37));
      countOf(profile.countsOf(places[i])) += part;
      given += part;
    }
    countOf(profile.countsOf(places[0])) += total - given;
  };
  spread(all.issued, [](PcCounts &c) -> uint64_t & { return c.issued; });
  for (size_t i = 0; i < numCauses; ++i)
    spread(all.lost[i], [i](PcCounts &c) -> uint64_t & { return c.lost[i]; });
  for (size_t place : places)
    profile.countsOf(place).executed = profile.countsOf(place).issued + 1;

  // Calls: a chain of functions with others beside it.
  for (const Image::Symbol &symbol : image.symbols) {
    if (!symbol.isFunction || !symbol.size || profile.contexts.size() >= 40)
      continue;
    CallContext context;
    uint32_t count = uint32_t(profile.contexts.size());
    context.parent = count == 0 ? CallContext::none : (count - 1) / 2;
    context.function = symbol.address;
    context.calls = 1 + count;
    context.cycles = (all.issued + all.lostCycles()) / (2 + count);
    profile.contexts.push_back(context);
  }

  RegionStats region;
  region.cycles = profile.cycles / 2;
  region.instructions = all.issued;
  region.macs = 1000000;
  region.flops = 2000000;
  region.issuedCycles = all.issued / 2;
  region.lost[size_t(Cause::Barrier)] = all.issued / 4;
  region.nodes = profile.nodes.size();
  region.entries = 3 * region.nodes;
  profile.regions[hostileText] = region;
  profile.regions["multiply"] = region;
  // A third of everything each; nobody was in the region that is missing here.
  profile.regions["unknown"] = region;
  for (const std::string &name : {std::string(), hostileText, std::string("multiply")}) {
    RegionWork &work = profile.regionWork.emplace_back();
    work.name = name;
    work.nodes = profile.nodes.size();
    work.cycles = profile.cycles * work.nodes / 3;
    for (const CodeCounts &counts : profile.code)
      if (uint64_t executed = counts.executed / 3)
        work.code.push_back({counts.index, executed, 0, 0});
  }
  return profile;
}
