// Energy for people, and as JSON.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "tatami/profiler/Energy.h"

#include "Text.h"
#include "Units.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace tatami::prof {
namespace {

using Json = nlohmann::ordered_json;

struct PartName {
  const char *name, *title, *column;
};
/// Indexed by EnergyPart.
constexpr PartName partNames[numEnergyParts] = {
    {"front_end", "front end", "front"},
    {"registers", "registers", "regs"},
    {"scalar", "scalar units", "scalar"},
    {"simd", "SIMD unit", "SIMD"},
    {"matrix", "matrix unit", "matrix"},
    {"sram", "SRAM", "SRAM"},
    {"links", "links", "links"},
    {"crossings", "die crossings", "cross"},
    {"hbm", "HBM", "HBM"},
    {"static", "static", "static"},
};

Json partsJson(const EnergyParts &parts) {
  Json json = Json::object();
  for (size_t i = 0; i < numEnergyParts; ++i)
    json[partNames[i].name] = parts.of[i];
  return json;
}

bool lessWatts(const EnergyParts &a, const EnergyParts &b) {
  return a.total() < b.total();
}

double share(double part, double whole) {
  return whole > 0 ? 100 * part / whole : 0;
}

/// Rows that add up to the run, if it has regions.
std::string regionText(const EnergyReport &report, size_t most) {
  if (report.regions.empty())
    return {};
  const double joules = report.total.total();
  std::string text =
      fmt::format("\n  {:>11}{:>8}{:>7}{:>12}{:>12}{:>10}  region\n", "energy",
                  "share", "nodes", "time", "power", "FLOP/J");
  auto row = [&](const RegionEnergy &region, const std::string &name) {
    const double sum = region.joules.total();
    text += fmt::format(
        "  {:>11}{:>6.1f} %{:>7}{:>12}{:>12}{:>10}  {}\n", withUnit(sum, "J"),
        share(sum, joules), region.nodes, withUnit(region.seconds, "s"),
        withUnit(region.watts(), "W"),
        region.flops ? withUnit(region.flopsPerWatt(), "") : "-",
        visible(name));
  };
  for (size_t i = 0; i < std::min(most, report.regions.size()); ++i)
    row(report.regions[i],
        report.regions[i].name.empty() ? "\"\"" : report.regions[i].name);
  if (report.regions.size() > most) {
    double rest = 0;
    for (size_t i = most; i < report.regions.size(); ++i)
      rest += report.regions[i].joules.total();
    text += fmt::format("  {:>11}{:>6.1f} %{:>41}  ({} more)\n",
                        withUnit(rest, "J"), share(rest, joules), "",
                        report.regions.size() - most);
  }
  row(report.outside, "(outside of all regions)");
  if (const double rest = report.regionlessMesh.total(); rest != 0)
    text += fmt::format("  {:>11}{:>6.1f} %{:>41}  (mesh: lists, replies, "
                        "memory, of no region)\n",
                        withUnit(rest, "J"), share(rest, joules), "");
  text += "  A node is in the region that it opened last and has not closed. Time "
          "is that of a\n  node in it on average, power that of all of its nodes "
          "while they are in it.\n";
  if (report.regionsOverlap)
    text += "  Threads of a node had different regions open at once: what all of "
            "them did then\n  counts for the one opened last.\n";
  return text;
}

Json regionJson(const RegionEnergy &region) {
  return {{"nodes", region.nodes},
          {"seconds", region.seconds},
          {"joules", region.joules.total()},
          {"watts", region.watts()},
          {"flops", region.flops},
          {"flops_per_joule", region.flopsPerWatt()},
          {"parts", partsJson(region.joules)}};
}

} // namespace

const char *energyPartName(EnergyPart part) {
  return partNames[size_t(part)].name;
}
const char *energyPartTitle(EnergyPart part) {
  return partNames[size_t(part)].title;
}

std::string energyText(const EnergyReport &report, size_t most) {
  const double joules = report.total.total();
  std::string text = fmt::format(
      "Energy: {} in {}, {} on average, {} per watt\n\n",
      withUnit(joules, "J"), withUnit(report.seconds, "s"),
      withUnit(report.watts(), "W"), withUnit(report.flopsPerWatt(), "FLOP/s"));

  for (const EnergyCheck &check : report.checks)
    text += fmt::format("  {:<8}{:>10}  {:.0f} % of the published {}\n",
                        check.what, withUnit(check.watts, "W"),
                        share(check.watts, check.published),
                        withUnit(check.published, "W"));

  if (!report.wattsOverTime.empty()) {
    auto least = std::min_element(
        report.wattsOverTime.begin(), report.wattsOverTime.end(), lessWatts);
    auto most = std::max_element(
        report.wattsOverTime.begin(), report.wattsOverTime.end(), lessWatts);
    text += fmt::format("  over time, in intervals of {} cycles: {} to {}\n",
                        report.interval, withUnit(least->total(), "W"),
                        withUnit(most->total(), "W"));
  }

  text += fmt::format("\n  {:<16}{:>11}{:>11}{:>9}\n", "part", "energy",
                      "power", "share");
  for (size_t i = 0; i < numEnergyParts; ++i) {
    const double part = report.total.of[i];
    if (part == 0)
      continue;
    text += fmt::format("  {:<16}{:>11}{:>11}{:>7.1f} %\n", partNames[i].title,
                        withUnit(part, "J"),
                        withUnit(report.seconds > 0 ? part / report.seconds : 0,
                                 "W"),
                        share(part, joules));
  }

  // Of each function, how much of its energy goes where.
  std::vector<size_t> columns;
  for (size_t i = 0; i < numEnergyParts; ++i)
    if (report.total.of[i] != 0)
      columns.push_back(i);
  text += fmt::format("\n  {:>11}{:>8}", "energy", "share");
  for (size_t i : columns)
    text += fmt::format("{:>8}", partNames[i].column);
  text += fmt::format("{:>10}  function\n", "FLOP/J");
  auto row = [&](const EnergyParts &parts, uint64_t flops,
                 const std::string &name) {
    const double sum = parts.total();
    text += fmt::format("  {:>11}{:>6.1f} %", withUnit(sum, "J"),
                        share(sum, joules));
    for (size_t i : columns)
      text += fmt::format("{:>6.0f} %", share(parts.of[i], sum));
    text += fmt::format("{:>10}  {}\n",
                        flops && sum > 0 ? withUnit(double(flops) / sum, "")
                                         : "-",
                        name);
  };
  EnergyParts rest;
  for (size_t i = 0; i < report.functions.size(); ++i)
    if (i < most)
      row(report.functions[i].joules, report.functions[i].flops,
          report.functions[i].name);
    else
      rest += report.functions[i].joules;
  if (report.functions.size() > most)
    row(rest, 0, fmt::format("({} more functions)",
                             report.functions.size() - most));
  if (report.mesh.total() != 0)
    row(report.mesh, 0, "(mesh: lists, replies, ports of the SRAM, memory)");
  row(report.idle, 0,
      report.dieStatic > 0 ? "(idle threads, dies beside their nodes)"
                           : "(idle threads)");
  return text + regionText(report, most);
}

std::string energyLine(const EnergyReport &report) {
  std::string text =
      fmt::format("energy {}, {} mean", withUnit(report.total.total(), "J"),
                  withUnit(report.watts(), "W"));
  // The largest part of the machine of which a figure is published.
  if (!report.checks.empty()) {
    const EnergyCheck &check = report.checks.back();
    text += fmt::format(" ({:.0f} % of the published {} {})",
                        share(check.watts, check.published),
                        withUnit(check.published, "W"), check.what);
  }
  return text;
}

Json energyJson(const EnergyReport &report) {
  Json json = {{"joules", report.total.total()},
               {"seconds", report.seconds},
               {"watts", report.watts()},
               {"flops", report.flops},
               {"flops_per_joule", report.flopsPerWatt()},
               {"parts", partsJson(report.total)}};
  json["checks"] = Json::array();
  for (const EnergyCheck &check : report.checks)
    json["checks"].push_back({{"what", check.what},
                              {"watts", check.watts},
                              {"published_watts", check.published}});
  json["functions"] = Json::array();
  for (const FunctionEnergy &function : report.functions)
    json["functions"].push_back({{"function", function.name},
                                 {"file", function.file},
                                 {"joules", function.joules.total()},
                                 {"flops", function.flops},
                                 {"parts", partsJson(function.joules)}});
  json["regions"] = Json::array();
  for (const RegionEnergy &region : report.regions) {
    Json row = {{"region", region.name}};
    row.update(regionJson(region));
    json["regions"].push_back(std::move(row));
  }
  json["outside"] = regionJson(report.outside);
  json["regionless_mesh"] = partsJson(report.regionlessMesh);
  json["regions_overlap"] = report.regionsOverlap;
  json["mesh"] = partsJson(report.mesh);
  json["idle"] = partsJson(report.idle);
  json["node_joules"] = report.nodeJoules;
  json["die_static_joules"] = report.dieStatic;
  json["interval"] = report.interval;
  json["watts_over_time"] = Json::array();
  for (const EnergyParts &watts : report.wattsOverTime)
    json["watts_over_time"].push_back(watts.total());
  return json;
}

std::string sensitivityText(const std::vector<Sensitivity> &list,
                            double watts) {
  std::string text = fmt::format(
      "If one number of the energy table doubles, {} become\n\n",
      withUnit(watts, "W"));
  for (const Sensitivity &entry : list)
    text += fmt::format("  {:>10}{:>+8.1f} %  {}\n", withUnit(entry.watts, "W"),
                        share(entry.watts - watts, watts),
                        info(entry.energy).key);
  return text;
}

} // namespace tatami::prof
