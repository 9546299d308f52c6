// Energy: what instructions, packets and time cost by the table, summed by
// function, by node and over time.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "tatami/profiler/Energy.h"

#include "tatami/mesh/Topology.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <tuple>

namespace tatami::prof {
namespace {

constexpr double pico = 1e-12;

using Weights = std::vector<uint64_t>;

/// \p total by \p weights, or by \p otherwise if they are all zero.
std::vector<double> shares(const Weights &weights, const Weights &otherwise,
                           double total) {
  const double sum = std::accumulate(weights.begin(), weights.end(), 0.0);
  if (sum == 0 && &weights != &otherwise)
    return shares(otherwise, otherwise, total);
  std::vector<double> result;
  for (uint64_t weight : weights)
    result.push_back(sum > 0 ? total * double(weight) / sum : 0);
  return result;
}

/// How a part is spread over nodes and intervals.
enum class Measure : uint8_t { Instructions, Macs, Packets, Time };

Measure measureOf(EnergyPart part) {
  switch (part) {
  case EnergyPart::Matrix:
    return Measure::Macs;
  case EnergyPart::Links:
  case EnergyPart::Crossings:
  case EnergyPart::Hbm:
    return Measure::Packets;
  case EnergyPart::Static:
    return Measure::Time;
  default:
    return Measure::Instructions;
  }
}

/// Packets over the links inside of dies, and over all others.
std::pair<uint64_t, uint64_t> linkPackets(const Profile &profile,
                                          const mesh::MeshParams &mesh) {
  const mesh::Topology &grid = mesh.topology;
  if (profile.linkPackets.size() != grid.size() * mesh::numLinks)
    return {profile.mesh.hops, 0};
  uint64_t inside = 0, outside = 0;
  for (size_t i = 0; i < profile.linkPackets.size(); ++i) {
    if (profile.linkPackets[i] == 0)
      continue;
    const auto node = mesh::NodeId(i / mesh::numLinks);
    static constexpr int dx[] = {0, 1, 0, -1}, dy[] = {-1, 0, 1, 0};
    const mesh::Coord at = grid.coord(node);
    const mesh::Coord to = {uint16_t(at.x + dx[i % mesh::numLinks]),
                            uint16_t(at.y + dy[i % mesh::numLinks])};
    const bool leaves =
        !grid.contains(to) || mesh.partOf(node) != mesh.partOf(grid.node(to));
    (leaves ? outside : inside) += profile.linkPackets[i];
  }
  return {inside, outside};
}

} // namespace

EnergyParts &EnergyParts::operator+=(const EnergyParts &other) {
  for (size_t i = 0; i < numEnergyParts; ++i)
    of[i] += other.of[i];
  return *this;
}

EnergyParts &EnergyParts::operator-=(const EnergyParts &other) {
  return *this += other * -1;
}

EnergyParts EnergyParts::operator*(double factor) const {
  EnergyParts result = *this;
  for (double &part : result.of)
    part *= factor;
  return result;
}

EnergyReport::EnergyReport(const Analysis &analysis,
                           const MachineConfig &config) {
  const Profile &profile = analysis.profile;
  const EnergyTable &table = config.energy;
  nodes = profile.nodes.size();
  dies = config.mesh.partCount();
  seconds = double(profile.cycles) / (profile.clockGigahertz * 1e9);
  const double perDie = dies ? double(nodes) / double(dies) : 0;
  hasWholeDies = table[Energy::NodeLimit] <= 0 || table[Energy::DieLimit] <= 0 ||
                 perDie > 0.9 * table[Energy::DieLimit] /
                              table[Energy::NodeLimit];

  // What instructions stand for.
  const double threadCycles = double(profile.cycles) * double(nodes) *
                              double(NodeProfile().threads.size());
  const double nodeStatic =
      table[Energy::NodeStatic] * double(nodes) * seconds;
  std::map<std::pair<std::string, std::string>, FunctionEnergy> byFunction;
  EnergyParts code;
  for (const InstructionCycles &inst : analysis.instructions) {
    const size_t index = size_t(inst.pc - profile.textBase) / 4;
    EnergyParts joules = energyOf(profile.text[index], table) *
                         (double(inst.executed) * pico);
    joules[EnergyPart::Links] =
        double(inst.hops - inst.crossings) * table[Energy::Hop] * pico;
    joules[EnergyPart::Crossings] =
        double(inst.crossings) * table[Energy::Crossing] * pico;
    if (threadCycles > 0)
      joules[EnergyPart::Static] =
          nodeStatic * double(inst.cycles()) / threadCycles;
    const SourcePlace &place = analysis.symbols.at(inst.pc).front();
    FunctionEnergy &function = byFunction[{place.function, place.file}];
    function.name = place.function;
    function.file = place.file;
    function.joules += joules;
    function.flops += inst.flops;
    code += joules;
  }
  for (auto &[key, function] : byFunction)
    functions.push_back(std::move(function));
  std::sort(functions.begin(), functions.end(),
            [](const FunctionEnergy &a, const FunctionEnergy &b) {
              const double left = a.joules.total(), right = b.joules.total();
              return left != right ? left > right
                                   : std::tie(a.name, a.file) <
                                         std::tie(b.name, b.file);
            });

  // What the mesh did for whomever.
  uint64_t descriptors = 0, meshAccesses = 0;
  for (const NodeProfile &node : profile.nodes) {
    descriptors += node.lists.descriptors;
    meshAccesses += node.packetsSent + node.packetsReceived;
    flops += node.flops;
  }
  const auto [inside, outside] = linkPackets(profile, config.mesh);
  mesh[EnergyPart::Sram] = (double(descriptors) * table[Energy::SramVector] +
                            double(meshAccesses) * table[Energy::SramMesh]) *
                           pico;
  mesh[EnergyPart::Links] = double(inside) * table[Energy::Hop] * pico -
                            code[EnergyPart::Links];
  // What devices send enters over links that no router has.
  const uint64_t devices = profile.mesh.toDevices + profile.mesh.fromDevices;
  mesh[EnergyPart::Crossings] =
      double(outside + profile.mesh.fromDevices) * table[Energy::Crossing] *
          pico -
      code[EnergyPart::Crossings];
  mesh[EnergyPart::Hbm] = double(devices) * table[Energy::Hbm] * pico;

  // The links at the edges of a die are of all its nodes: a few nodes are not
  // charged for a die that they do not fill.
  dieStatic =
      hasWholeDies ? table[Energy::DieStatic] * double(dies) * seconds : 0;
  idle[EnergyPart::Static] = nodeStatic - code[EnergyPart::Static] + dieStatic;
  total = code;
  total += mesh;
  total += idle;

  addRegions(profile, table);

  // By node.
  Weights instructions, macs, packets;
  const Weights evenly(nodes, 1);
  for (const NodeProfile &node : profile.nodes) {
    uint64_t sum = 0;
    for (const ThreadProfile &thread : node.threads)
      sum += thread.instructions;
    instructions.push_back(sum);
    macs.push_back(node.macs);
    packets.push_back(node.packetsSent + node.packetsReceived);
  }
  nodeJoules.assign(nodes, 0);
  auto spread = [&](const std::vector<double> &amounts) {
    for (size_t i = 0; i < nodes; ++i)
      nodeJoules[i] += amounts[i];
  };
  for (size_t i = 0; i < numEnergyParts; ++i) {
    const auto part = EnergyPart(i);
    const Measure measure = measureOf(part);
    if (measure == Measure::Time)
      spread(shares(evenly, evenly, nodeStatic));
    else if (measure == Measure::Macs)
      spread(shares(macs, evenly, total[part]));
    else if (measure == Measure::Packets)
      spread(shares(packets, evenly, total[part]));
    else {
      spread(shares(instructions, evenly, total[part] - mesh[part]));
      spread(shares(packets, evenly, mesh[part]));
    }
  }

  // Over time.
  const TimeSeries &series = profile.series;
  interval = series.interval;
  std::array<Weights, TimeSeries::numColumns> done;
  done.fill(Weights(series.count));
  Weights sent(series.count);
  for (const TimeSeries::Rows &rows : series.nodes)
    for (size_t i = 0; i < rows.size(); ++i)
      for (size_t c = 0; c < done.size(); ++c)
        done[c][i] += rows[i][c];
  for (const TimeSeries::Rows &rows : series.links)
    for (size_t i = 0; i < rows.size(); ++i)
      sent[i] += std::accumulate(rows[i].begin(), rows[i].end(), uint64_t(0));
  if (series.count && interval) {
    Weights lengths;
    for (uint64_t i = 0; i < series.count; ++i)
      lengths.push_back(std::min(interval, profile.cycles - std::min(
                                               profile.cycles, i * interval)));
    // Indexed by Measure.
    const Weights overTime[] = {done[TimeSeries::Instructions],
                                done[TimeSeries::Macs], sent, lengths};
    wattsOverTime.resize(series.count);
    auto add = [&](EnergyPart part, Measure measure, double joules) {
      const std::vector<double> amounts =
          shares(overTime[size_t(measure)], lengths, joules);
      for (size_t i = 0; i < series.count; ++i)
        if (lengths[i])
          wattsOverTime[i][part] += amounts[i] * profile.clockGigahertz * 1e9 /
                                    double(lengths[i]);
    };
    for (size_t i = 0; i < numEnergyParts; ++i) {
      const auto part = EnergyPart(i);
      const Measure measure = measureOf(part);
      const double apart = measure == Measure::Instructions ? mesh[part] : 0;
      add(part, measure, total[part] - apart);
      if (apart != 0)
        add(part, Measure::Packets, apart);
    }
  }

  // Published figures. A machine of fewer nodes is compared by node.
  if (seconds > 0 && nodes > 0) {
    auto check = [&](const char *what, double watts, Energy limit) {
      if (table[limit] > 0)
        checks.push_back({what, watts, table[limit]});
    };
    check("a node", watts() / double(nodes), Energy::NodeLimit);
    if (table[Energy::NodeLimit] > 0 && hasWholeDies) {
      check("a die", watts() / double(dies), Energy::DieLimit);
      constexpr double diesOfTile = 25; // published
      if (double(dies) >= diesOfTile)
        check("a tile", watts() / double(dies) * diesOfTile,
              Energy::TileLimit);
    }
  }
}

void EnergyReport::addRegions(const Profile &profile,
                              const EnergyTable &table) {
  regionsOverlap = profile.regionsOverlap;
  const double nodeCycles = double(profile.cycles) * double(nodes);
  EnergyParts known;
  for (const RegionWork &work : profile.regionWork) {
    RegionEnergy region;
    region.name = work.name;
    region.nodes = work.nodes;
    if (work.nodes)
      region.seconds = double(work.cycles) / double(work.nodes) /
                       (profile.clockGigahertz * 1e9);
    for (const RegionCode &code : work.code) {
      const uint32_t word = profile.text[code.index];
      region.joules += energyOf(word, table) * (double(code.executed) * pico);
      region.joules[EnergyPart::Links] +=
          double(code.hops - code.crossings) * table[Energy::Hop] * pico;
      region.joules[EnergyPart::Crossings] +=
          double(code.crossings) * table[Energy::Crossing] * pico;
      CodeCycles counts;
      addWork(counts, word, code.executed);
      region.flops += counts.flops;
    }
    region.joules[EnergyPart::Sram] +=
        (double(work.descriptors) * table[Energy::SramVector] +
         double(work.packets) * table[Energy::SramMesh]) *
        pico;
    if (nodeCycles > 0)
      region.joules[EnergyPart::Static] =
          total[EnergyPart::Static] * double(work.cycles) / nodeCycles;
    known += region.joules;
    regions.push_back(std::move(region));
  }
  if (regions.empty()) {
    outside.joules = total;
    outside.flops = flops;
    outside.nodes = nodes;
    outside.seconds = seconds;
    return;
  }
  outside = std::move(regions.front());
  regions.erase(regions.begin());
  regionlessMesh = total;
  regionlessMesh -= known;
  // Nodes that have ended, while others have not, are outside of all.
  outside.joules[EnergyPart::Static] += regionlessMesh[EnergyPart::Static];
  outside.nodes = nodes;
  double inside = 0;
  for (const RegionEnergy &region : regions)
    inside += region.seconds * double(region.nodes);
  outside.seconds = seconds - inside / double(nodes);
  regionlessMesh[EnergyPart::Static] = 0;
  // Of all other parts nothing is left but what rounding does.
  for (size_t i = 0; i < numEnergyParts; ++i)
    if (std::abs(regionlessMesh.of[i]) <= 1e-9 * total.of[i])
      regionlessMesh.of[i] = 0;
  std::sort(regions.begin(), regions.end(),
            [](const RegionEnergy &a, const RegionEnergy &b) {
              const double left = a.joules.total(), right = b.joules.total();
              return left != right ? left > right : a.name < b.name;
            });
}

std::unique_ptr<EnergyReport> energyOf(const Analysis &analysis) {
  MachineConfig config;
  if (!readMachineConfig(analysis.profile.machineFile, config).empty())
    return nullptr;
  return std::make_unique<EnergyReport>(analysis, config);
}

double EnergyReport::flopsPerWatt() const {
  const double joules = total.total();
  return joules > 0 ? double(flops) / joules : 0;
}

std::vector<Sensitivity> energySensitivity(const Analysis &analysis,
                                           const MachineConfig &config) {
  const double before = EnergyReport(analysis, config).watts();
  std::vector<Sensitivity> list;
  for (size_t i = 0; i < size_t(Energy::NodeLimit); ++i) {
    MachineConfig changed = config;
    changed.energy.values[i] *= 2;
    const double watts = EnergyReport(analysis, changed).watts();
    if (watts != before)
      list.push_back({Energy(i), watts});
  }
  std::sort(list.begin(), list.end(),
            [](const Sensitivity &a, const Sensitivity &b) {
              return a.watts != b.watts ? a.watts > b.watts
                                        : a.energy < b.energy;
            });
  return list;
}

} // namespace tatami::prof
