// Roofline: rates of functions against what formats and paths allow.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "tatami/profiler/Roofline.h"

#include "tatami/isa/Isa.h"
#include "tatami/machine/Peaks.h"
#include "tatami/mesh/Packet.h"

#include <algorithm>
#include <limits>
#include <map>
#include <string_view>
#include <tuple>

namespace tatami::prof {
namespace {

/// In what an instruction calculates, if it does.
Format formatOf(const isa::InstInfo &info) {
  if (info.macs == 0)
    return Format::Fp32;
  return std::string_view(info.name).starts_with("MMA_C") ? Format::CFloat8
                                                          : Format::Bf16;
}

void addInstruction(RooflinePoint &point, const InstructionCycles &inst,
                    uint32_t word) {
  if (std::optional<isa::Opcode> opcode = isa::findOpcode(word))
    point.flopsIn[size_t(formatOf(isa::info(*opcode)))] += inst.flops;
  point.flops += inst.flops;
  point.bytes[size_t(Path::Sram)] += inst.sramBytes;
  point.bytes[size_t(Path::MeshPort)] += inst.packets * mesh::packetBytes;
  point.bytes[size_t(Path::MeshLink)] +=
      (inst.hops - inst.crossings) * mesh::packetBytes;
  point.bytes[size_t(Path::DieEdge)] += inst.crossings * mesh::packetBytes;
}

} // namespace

Format RooflinePoint::format() const {
  return Format(std::max_element(flopsIn.begin(), flopsIn.end()) -
                flopsIn.begin());
}

double RooflinePoint::intensity(Path path) const {
  const uint64_t moved = bytes[size_t(path)];
  return moved ? double(flops) / double(moved)
               : std::numeric_limits<double>::infinity();
}

Roofline::Roofline(const Analysis &analysis, const MachineConfig &config,
                   Scope scope)
    : scope(scope) {
  const Profile &profile = analysis.profile;
  const Peaks most(config);
  const bool isNode = scope == Scope::Node;
  const double nodes = double(profile.nodes.size());
  const double count = isNode ? 1 : nodes;
  peaks = {count * most.bf16, count * most.cfloat8, count * most.fp32};
  // Links and edges belong to no node.
  bandwidths = {count * most.accessed, count * most.port,
                isNode ? 0 : most.links, isNode ? 0 : most.edges};

  for (const NodeProfile &node : profile.nodes)
    threads = std::max(
        threads, unsigned(std::count_if(
                     node.threads.begin(), node.threads.end(),
                     [](const ThreadProfile &t) { return t.instructions; })));

  const double hertz = profile.clockGigahertz * 1e9;
  // Seconds of nodes; all of them go on together.
  auto finish = [&](RooflinePoint &point, double cycles) {
    point.seconds = cycles / hertz;
    point.rate =
        point.seconds > 0 ? double(point.flops) / point.seconds * count : 0;
    // Several formats one after the other: their times add up.
    double time = 0;
    for (size_t i = 0; i < numFormats; ++i)
      time += double(point.flopsIn[i]) / peaks[i];
    point.attainable = time > 0 ? double(point.flops) / time : 0;
    for (size_t i = 0; i < numPaths; ++i) {
      const double roof = point.intensity(Path(i)) * bandwidths[i];
      if (bandwidths[i] > 0 && point.bytes[i] && roof < point.attainable) {
        point.attainable = roof;
        point.bound = i;
      }
    }
    point.mostRate =
        std::max(point.rate, std::min(point.rate * threads, point.attainable));
  };

  std::map<std::pair<std::string, std::string>,
           std::pair<RooflinePoint, uint64_t>>
      byFunction;
  for (const InstructionCycles &inst : analysis.instructions) {
    const uint32_t word = profile.text[size_t(inst.pc - profile.textBase) / 4];
    const SourcePlace &place = analysis.symbols.at(inst.pc).back();
    auto &[point, cycles] = byFunction[{place.function, place.file}];
    point.name = place.function;
    point.file = place.file;
    addInstruction(point, inst, word);
    addInstruction(run, inst, word);
    cycles += inst.cycles();
  }
  for (auto &[key, entry] : byFunction) {
    auto &[point, cycles] = entry;
    if (point.flops == 0)
      continue;
    finish(point, double(cycles));
    functions.push_back(std::move(point));
  }
  std::sort(functions.begin(), functions.end(),
            [](const RooflinePoint &a, const RooflinePoint &b) {
              return a.flops != b.flops ? a.flops > b.flops
                                        : std::tie(a.name, a.file) <
                                              std::tie(b.name, b.file);
            });
  run.name = "the run";
  finish(run, double(profile.cycles) * nodes);
  run.mostRate = run.rate;
}

} // namespace tatami::prof
