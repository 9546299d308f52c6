// The roofline for people, and as JSON.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "tatami/profiler/Roofline.h"

#include "Text.h"
#include "Units.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace tatami::prof {
namespace {

using Json = nlohmann::ordered_json;

struct Name {
  const char *name, *title;
};
/// Indexed by Format and Path.
constexpr Name formats[numFormats] = {
    {"bf16", "BF16"}, {"cfloat8", "CFloat8"}, {"fp32", "FP32"}};
constexpr Name paths[numPaths] = {{"sram", "SRAM"},
                                  {"mesh_port", "mesh port"},
                                  {"mesh_link", "mesh links"},
                                  {"die_edge", "die edges"}};

const char *scopeName(Roofline::Scope scope) {
  return scope == Roofline::Scope::Node ? "node" : "machine";
}

Json pointJson(const RooflinePoint &point) {
  Json json = {{"function", point.name},
               {"file", point.file},
               {"flops", point.flops},
               {"seconds", point.seconds},
               {"flops_per_second", point.rate},
               {"most_flops_per_second", point.mostRate},
               {"attainable_flops_per_second", point.attainable},
               {"bound", point.bound < numPaths ? paths[point.bound].name
                                                : "peak"},
               {"format", formats[size_t(point.format())].name}};
  for (size_t i = 0; i < numFormats; ++i)
    json["flops_in"][formats[i].name] = point.flopsIn[i];
  for (size_t i = 0; i < numPaths; ++i)
    json["bytes"][paths[i].name] = point.bytes[i];
  return json;
}

} // namespace

const char *formatName(Format format) { return formats[size_t(format)].title; }
const char *pathName(Path path) { return paths[size_t(path)].name; }
const char *pathTitle(Path path) { return paths[size_t(path)].title; }

std::string rooflineText(const Roofline &roofline, size_t most) {
  const bool isNode = roofline.scope == Roofline::Scope::Node;
  std::string text =
      fmt::format("Roofline of {}\n\n  ceilings:",
                  isNode ? "a node" : "the machine, all nodes together");
  for (size_t i = 0; i < numFormats; ++i)
    text += fmt::format("{} {} in {}", i ? "," : "",
                        withUnit(roofline.peaks[i], "FLOP/s"),
                        formats[i].title);
  text += "\n           ";
  for (size_t i = 0; i < numPaths; ++i)
    if (roofline.bandwidths[i] > 0)
      text += fmt::format("{} {} {}", i ? "," : "", paths[i].title,
                          withUnit(roofline.bandwidths[i], "B/s"));
  text += "\n\n  FLOP/B:";
  std::vector<size_t> columns;
  for (size_t i = 0; i < numPaths; ++i)
    if (roofline.bandwidths[i] > 0) {
      columns.push_back(i);
      text += fmt::format("{:>{}}", paths[i].title, columns.size() == 1 ? 5 : 12);
    }
  const bool isRange = roofline.threads > 1;
  text += fmt::format("{:>17}", isRange ? "does at least" : "does");
  if (isRange)
    text += fmt::format("{:>17}", "at most");
  text += fmt::format("{:>17}{:>{}}  {:<12}function\n", "attainable", "",
                      isRange ? 11 : 7, "bound by");
  auto row = [&](const RooflinePoint &point) {
    text += ' ';
    for (size_t i : columns)
      text += point.bytes[i]
                  ? fmt::format("{:>12.4g}", point.intensity(Path(i)))
                  : fmt::format("{:>12}", "-");
    auto reached = [&](double rate) {
      return fmt::format(
          "{:.0f}", point.attainable > 0 ? 100 * rate / point.attainable : 0);
    };
    text += fmt::format("{:>17}", withUnit(point.rate, "FLOP/s"));
    std::string share = reached(point.rate);
    if (isRange) {
      const bool isOne = point.mostRate <= point.rate;
      text += fmt::format("{:>17}",
                          isOne ? "" : withUnit(point.mostRate, "FLOP/s"));
      if (!isOne)
        share = fmt::format("{}-{}", share, reached(point.mostRate));
    }
    text += fmt::format(
        "{:>17}{:>{}} %  {:<12}{}\n", withUnit(point.attainable, "FLOP/s"),
        share, isRange ? 9 : 5,
        point.bound < numPaths
            ? paths[point.bound].title
            : fmt::format("{} peak", formats[size_t(point.format())].title),
        visible(point.name));
  };
  for (size_t i = 0; i < std::min(most, roofline.functions.size()); ++i)
    row(roofline.functions[i]);
  if (roofline.functions.size() > most)
    text += fmt::format("  ({} more functions calculate)\n",
                        roofline.functions.size() - most);
  row(roofline.run);
  if (isRange)
    text += fmt::format(
        "  At least: as if never two threads of a node were in a function at the "
        "same time;\n  at most: as if always all {} were. Which is not "
        "recorded.\n",
        roofline.threads);
  return text;
}

Json rooflineJson(const Roofline &roofline) {
  Json json = {{"scope", scopeName(roofline.scope)},
               {"threads", roofline.threads}};
  for (size_t i = 0; i < numFormats; ++i)
    json["peaks"][formats[i].name] = roofline.peaks[i];
  for (size_t i = 0; i < numPaths; ++i)
    json["bandwidths"][paths[i].name] = roofline.bandwidths[i];
  json["run"] = pointJson(roofline.run);
  json["functions"] = Json::array();
  for (const RooflinePoint &point : roofline.functions)
    json["functions"].push_back(pointJson(point));
  return json;
}

} // namespace tatami::prof
