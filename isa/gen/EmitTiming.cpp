// TimingTables.cpp: units and latencies of both models.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "Emit.h"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

namespace tatami::gen {

/// Why an instruction that waits for the unit waits, from the unit's name.
static const char *kindOf(const std::string &unit) {
  auto ends = [&](const char *suffix) { return unit.ends_with(suffix); };
  if (ends("Agu") || ends("StorePort"))
    return "Sram";
  if (ends("Simd"))
    return "Simd";
  if (ends("Matrix"))
    return "Matrix";
  if (ends("MeshPort"))
    return "Mesh";
  return "Issue";
}

static std::string lowerFirst(std::string text) {
  for (char &c : text)
    c = char(std::tolower(c));
  return text;
}

std::string emitTiming(const Machine &machine) {
  std::string out = fileHeader("Units, latencies and facts of the pipeline.");
  out += "#include \"tatami/isa/Timing.h\"\n\nnamespace tatami::isa {\n\n"
         "static const char *const classNames[] = {\n";
  for (const std::string &name : machine.classes)
    out += fmt::format("    {},\n", quote(name));
  out += "};\n";
  for (const TimingModel &model : machine.models) {
    std::string prefix = lowerFirst(model.name);
    out += fmt::format("\nstatic const UnitInfo {}Units[] = {{\n", prefix);
    for (const Unit &unit : model.units)
      // An access of two slots may take both AGUs in one cycle.
      out += fmt::format("    {{{}, {}, UnitKind::{}, {}}},\n",
                         quote(unit.name.substr(model.name.size())),
                         unit.count, kindOf(unit.name),
                         std::string(kindOf(unit.name)) == "Sram");
    out += fmt::format("}};\nstatic const ClassTiming {}Classes[] = {{\n",
                       prefix);
    for (size_t i = 0; i < model.classes.size(); ++i) {
      const ClassTiming &timing = model.classes[i];
      if (timing.units.size() > 2)
        throw std::runtime_error(machine.classes[i] + ": over two units");
      std::string uses;
      for (auto &[name, cycles] : timing.units) {
        auto it = std::find_if(model.units.begin(), model.units.end(),
                               [&](auto &unit) { return unit.name == name; });
        if (it == model.units.end())
          throw std::runtime_error(machine.classes[i] + ": unknown unit " +
                                   name);
        uses += fmt::format("{{{}, {}}}, ", it - model.units.begin(), cycles);
      }
      out += fmt::format("    {{{}, {}, {{{}}}}}, // {}\n", timing.latency,
                         timing.units.size(), uses, machine.classes[i]);
    }
    auto fact = [&](const char *name) {
      for (auto &[key, value] : model.facts)
        if (key == name)
          return value;
      throw std::runtime_error(model.name + "Model: no PipelineFacts." + name);
    };
    out += fmt::format(
        "}};\nconst TimingModel {0}Model = {{\n    {1}, {0}Units, {0}Classes, "
        "classNames,\n    {{{2}, {3}, {4}, {5}, {6}, {7}}}}};\n",
        prefix, quote(model.name), fact("HardwareThreads"),
        fact("DecodeWidth"), fact("DecodeThreads"), fact("VectorQueueEntries"),
        fact("TakenBranchBubbles"), fact("MispredictCycles"));
  }
  out += "\n} // namespace tatami::isa\n";
  return out;
}

} // namespace tatami::gen
