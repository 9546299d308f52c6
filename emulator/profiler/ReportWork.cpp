// tatami-prof report --energy, --roofline.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "ReportWork.h"

#include "Json.h"

#include "tatami/profiler/Energy.h"
#include "tatami/profiler/Roofline.h"
#include "tatami/profiler/Verbs.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

namespace tatami::prof {
namespace {

/// Rows unless told otherwise (chosen: two tables on a screen).
constexpr size_t defaultRows = 15;

} // namespace

void WorkOptions::addTo(CLI::App &verb) {
  verb.add_flag("--energy", energy,
                "joules and watts instead of cycles, by the machine's energy "
                "table (docs/energy.md)");
  verb.add_flag("--energy-sensitivity", sensitivity,
                "how the watts move when one number of that table doubles");
  verb.add_flag("--roofline", roofline,
                "operations a second of each function, and what the machine "
                "would allow at what it moves");
  verb.add_option("--energy-machine", machine,
                  "machine whose energy table and ceilings to use; default: "
                  "the one that the profile was recorded on")
      ->type_name("NAME|FILE.json");
}

int reportWork(const WorkOptions &options, const LoadedProfile &loaded,
               size_t limit, const std::vector<std::string> &notes,
               bool json) {
  const Profile &profile = loaded.profile;
  MachineConfig config;
  const std::string error =
      options.machine.empty() ? readMachineConfig(profile.machineFile, config)
                              : findMachineConfig(options.machine, config);
  if (!error.empty())
    return fail(options.machine.empty()
                    ? fmt::format("the profile's machine {}: {}",
                                  profile.machine, error)
                    : error);
  if (config.mesh.topology.columns() != profile.columns ||
      config.mesh.topology.rows() != profile.rows)
    return fail(fmt::format(
        "--energy-machine: {} has {} x {} positions, the profile's machine {} "
        "x {}; energies may differ, the grid may not",
        config.name, config.mesh.topology.columns(),
        config.mesh.topology.rows(), profile.columns, profile.rows));

  const Analysis analysis(profile, *loaded.symbols);
  Json all = jsonOf("report");
  if (json) {
    all["run"] = runJson(analysis);
    all["notes"] = notes;
  } else {
    printNotes(notes);
  }
  const char *gap = "";
  auto print = [&](const std::string &text) {
    fmt::print("{}{}", gap, text);
    gap = "\n";
  };
  const size_t rows = limit ? limit : defaultRows;
  if (options.energy || options.sensitivity) {
    const EnergyReport report(analysis, config);
    if (options.energy && json)
      all["energy"] = energyJson(report);
    else if (options.energy)
      print(energyText(report, rows));
    if (options.sensitivity) {
      const std::vector<Sensitivity> list =
          energySensitivity(analysis, config);
      if (json) {
        all["sensitivity"] = Json::object();
        for (const Sensitivity &entry : list)
          all["sensitivity"][info(entry.energy).key] = entry.watts;
      } else {
        print(sensitivityText(list, report.watts()));
      }
    }
  }
  if (options.roofline) {
    const Roofline node(analysis, config, Roofline::Scope::Node);
    if (json)
      all["roofline"] = Json::array({rooflineJson(node)});
    else
      print(rooflineText(node, rows));
    if (profile.nodes.size() > 1) {
      const Roofline machine(analysis, config, Roofline::Scope::Machine);
      if (json)
        all["roofline"].push_back(rooflineJson(machine));
      else
        print(rooflineText(machine, rows));
    }
  }
  return json ? printJson(all) : 0;
}

} // namespace tatami::prof
