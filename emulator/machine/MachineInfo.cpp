// What the numbers of a machine come to, and the schema of machine files.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "MachineKeys.h"

#include "tatami/machine/Peaks.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>

using namespace tatami;
using Json = nlohmann::ordered_json;

//===-- Schema --------------------------------------------------------------===//

static Json schemaOf(const MachineKey &key) {
  Json coordinate = {{"type", "integer"}, {"minimum", 0}, {"maximum", 65535}};
  switch (key.kind) {
  case MachineKey::Kind::Text:
    return {{"type", "string"}};
  case MachineKey::Kind::Integer:
    return {
        {"type", "integer"}, {"minimum", key.least}, {"maximum", key.most}};
  case MachineKey::Kind::Number:
    return {{"type", "number"}, {"exclusiveMinimum", 0}, {"maximum", key.most}};
  case MachineKey::Kind::Energy:
    return {{"type", "number"}, {"minimum", key.least}, {"maximum", key.most}};
  case MachineKey::Kind::Nodes:
    return {{"type", "array"},
            {"items",
             {{"type", "array"},
              {"items", coordinate},
              {"minItems", 2},
              {"maxItems", 2}}}};
  case MachineKey::Kind::Interfaces:
    break;
  }
  return {{"type", "array"},
          {"items",
           {{"type", "object"},
            {"properties",
             {{"side", {{"enum", {"north", "east", "south", "west"}}}},
              {"first", coordinate},
              {"last", coordinate}}},
            {"required", {"side", "first", "last"}},
            {"additionalProperties", false}}}};
}

std::string tatami::machineFileSchema() {
  Json properties = Json::object(), needed = Json::array();
  for (const MachineKey &key : machineKeys()) {
    Json value = schemaOf(key);
    Json explained = {
        {"type", "object"},
        {"properties",
         {{"value", value},
          {"provenance", {{"enum", {"published", "derived", "chosen"}}}},
          {"note", {{"type", "string"}}}}},
        {"required", {"value"}},
        {"additionalProperties", false}};
    properties[key.name] = {{"description", key.meaning},
                            {"anyOf", {value, explained}}};
    if (key.required)
      needed.push_back(key.name);
  }
  Json schema = {{"$schema", "https://json-schema.org/draft/2020-12/schema"},
                 {"title", "Tatami machine file"},
                 {"type", "object"},
                 {"properties", properties},
                 {"required", needed},
                 {"additionalProperties", false}};
  return schema.dump(2) + "\n";
}

//===-- Info ----------------------------------------------------------------===//

namespace {

/// 1.024e12 -> "1.024 T"; four figures, units of a thousand.
std::string scaled(double value) {
  static constexpr const char *prefixes[] = {"", "k", "M", "G", "T", "P", "E"};
  unsigned prefix = 0;
  for (; value >= 999.95 && prefix + 1 < std::size(prefixes); ++prefix)
    value /= 1000;
  return fmt::format("{:.4g} {}", value, prefixes[prefix]);
}

/// Memory as data sheets count it: 2^20 bytes are a MB, 1000 MB a GB; and as
/// those of memories do where it is a power of two.
std::string memory(double bytes) {
  const double gigabytes = bytes / (1 << 30), megabytes = bytes / (1 << 20);
  if (gigabytes >= 1 && gigabytes == std::floor(gigabytes))
    return fmt::format("{} GB", gigabytes);
  return megabytes < 1000 ? fmt::format("{:.4g} MB", megabytes)
                          : fmt::format("{:.4g} GB", megabytes / 1000);
}

} // namespace

std::string tatami::machineInfo(const MachineConfig &config) {
  const mesh::MeshParams &mesh = config.mesh;
  const mesh::Topology &topology = mesh.topology;
  const double hertz = config.clockGigahertz * 1e9;
  const Peaks node(config);
  const size_t dies = mesh.partCount();
  const double nodes = double(topology.enabledCount());

  std::string text = fmt::format("{}: {}\n\n", config.name, config.description);
  auto line = [&](const std::string &what, const std::string &value) {
    text += fmt::format("  {:<34}{}\n", what, value);
  };
  line("nodes", fmt::format("{} of {} x {} positions, {} die{}",
                            topology.enabledCount(), topology.columns(),
                            topology.rows(), dies, dies == 1 ? "" : "s"));
  line("clock", fmt::format("{} GHz", config.clockGigahertz));
  text += '\n';
  auto peaks = [&](const char *what, double count) {
    line(what, fmt::format("{}FLOPS in BF16 and CFloat8, {}FLOPS in FP32, "
                           "{} of SRAM",
                           scaled(count * node.bf16), scaled(count * node.fp32),
                           memory(count * double(config.sramBytes))));
  };
  peaks("peak of a node", 1);
  if (dies > 1)
    peaks("peak of a die (mean)", nodes / double(dies));
  if (nodes > 1)
    peaks("peak of the machine", nodes);
  text += '\n';
  line("SRAM of a node to its threads",
       fmt::format("{}B/s loaded, {}B/s stored", scaled(node.loaded),
                   scaled(node.stored)));
  line("port of a node to the mesh",
       fmt::format("{}B/s each way", scaled(node.port)));
  line("link between routers", fmt::format("{}B/s each way, {} cycle{} a hop",
                                           scaled(node.link), mesh.hopCycles,
                                           mesh.hopCycles == 1 ? "" : "s"));
  if (dies > 1)
    line("edge between dies",
         fmt::format("{}B/s each way, {} cycles",
                     scaled(node.edge),
                     mesh.dieCrossingCycles));
  if (size_t count = mesh.edgePorts.size()) {
    const mesh::EdgePort &first = mesh.edgePorts[0];
    line("interface processors",
         fmt::format("{}, each {} of HBM at {}B/s each way", count,
                     memory(double(config.hbmBytes)),
                     scaled(config.hbmBytesPerCycle * hertz)));
    line("their links", fmt::format("{}B/s each way, {} cycles",
                                    scaled(first.bytesPerCycle * hertz),
                                    first.latency));
  }
  text += "\nWhere the numbers come from:\n";
  for (const MachineParameter &parameter : config.parameters) {
    if (parameter.provenance.empty())
      continue;
    std::string value = parameter.value;
    if (value.size() > 24)
      value = value.substr(0, 21) + "...";
    text += fmt::format("  {:<28}{:<26}{:<10}{}\n", parameter.key, value,
                        parameter.provenance, parameter.note);
  }
  text += "\nEnergies in pJ, powers in W (docs/energy.md):\n";
  for (size_t i = 0; i < numEnergies; ++i) {
    const EnergyInfo &energy = energyInfos[i];
    const bool own = std::any_of(
        config.parameters.begin(), config.parameters.end(),
        [&](const MachineParameter &p) { return p.key == energy.key; });
    text += fmt::format("  {:<28}{:<10}{:<11}{}\n", energy.key,
                        fmt::format("{:g}", config.energy.values[i]),
                        own ? "(the file)" : energy.provenance,
                        own ? energy.meaning
                            : fmt::format("{}: {}", energy.meaning, energy.note));
  }
  return text;
}
