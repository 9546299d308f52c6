// Energy and roofline for the page.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "PageData.h"

#include <algorithm>

using namespace tatami::prof;
using nlohmann::json;

// Chosen: more functions than a chart or a reader can tell apart.
static constexpr size_t maxFunctions = 200;

/// {parts: [name, title], total, mesh, idle: joules by part, functions: [name,
///  flops, joules by part], seconds, flops, watts, flopsPerWatt, checks: [what,
///  watts, published], nodeJoules: by place of the node, interval, over:
///  [interval * parts] watts, regions: [name, joules, watts, flops per joule],
///  the last ones what is outside, and the mesh, with null for a name,
///  regionsOverlap}
json tatami::prof::energyData(const EnergyReport &energy, Blob &blob) {
  json parts = json::array(), functions = json::array(), checks = json::array();
  for (size_t i = 0; i < numEnergyParts; ++i)
    parts.push_back(json::array(
        {energyPartName(EnergyPart(i)), energyPartTitle(EnergyPart(i))}));
  for (const FunctionEnergy &function : energy.functions)
    if (functions.size() < maxFunctions)
      functions.push_back(
          json::array({function.name, function.flops, function.joules.of}));
  for (const EnergyCheck &check : energy.checks)
    checks.push_back(json::array({check.what, check.watts, check.published}));
  json regions = json::array();
  auto addRegion = [&](const json &name, const RegionEnergy &region) {
    regions.push_back(json::array({name, region.joules.total(), region.watts(),
                                   region.flopsPerWatt()}));
  };
  for (const RegionEnergy &region : energy.regions)
    addRegion(region.name, region);
  if (!energy.regions.empty()) {
    addRegion(nullptr, energy.outside);
    regions.push_back(
        json::array({nullptr, energy.regionlessMesh.total(), 0, 0}));
  }
  std::vector<double> over;
  for (const EnergyParts &watts : energy.wattsOverTime)
    over.insert(over.end(), watts.of.begin(), watts.of.end());
  return {{"parts", std::move(parts)},
          {"total", energy.total.of},
          {"mesh", energy.mesh.of},
          {"idle", energy.idle.of},
          {"functions", std::move(functions)},
          {"omitted", energy.functions.size() -
                          std::min(energy.functions.size(), maxFunctions)},
          {"seconds", energy.seconds},
          {"flops", energy.flops},
          {"watts", energy.watts()},
          {"flopsPerWatt", energy.flopsPerWatt()},
          {"checks", std::move(checks)},
          {"nodeJoules", blob.add(std::span<const double>(energy.nodeJoules))},
          {"regions", std::move(regions)},
          {"regionsOverlap", energy.regionsOverlap},
          {"interval", energy.interval},
          {"over", blob.add(std::span<const double>(over))}};
}

/// [name, flops, bytes by path, seconds, rate, attainable, bound: a path, or
///  their number, format, highest rate]
static json pointData(const RooflinePoint &point) {
  return json::array({point.name, point.flops, point.bytes, point.seconds,
                      point.rate, point.attainable, point.bound,
                      size_t(point.format()), point.mostRate});
}

static json scopeData(const Roofline &roofline) {
  json functions = json::array();
  for (const RooflinePoint &point : roofline.functions)
    if (functions.size() < maxFunctions)
      functions.push_back(pointData(point));
  return {{"threads", roofline.threads},
          {"peaks", roofline.peaks},
          {"bandwidths", roofline.bandwidths},
          {"run", pointData(roofline.run)},
          {"functions", std::move(functions)}};
}

/// {formats, paths: titles, node, machine: {threads, peaks, bandwidths, run, functions}}
json tatami::prof::rooflineData(const Roofline &node, const Roofline &machine) {
  json formats = json::array(), paths = json::array();
  for (size_t i = 0; i < numFormats; ++i)
    formats.push_back(formatName(Format(i)));
  for (size_t i = 0; i < numPaths; ++i)
    paths.push_back(pathTitle(Path(i)));
  return {{"formats", std::move(formats)},
          {"paths", std::move(paths)},
          {"node", scopeData(node)},
          {"machine", scopeData(machine)}};
}
