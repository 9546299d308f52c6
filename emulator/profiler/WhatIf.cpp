// tatami-prof whatif: runs the recorded command on idealised machines.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "Files.h"
#include "Json.h"
#include "Text.h"

#include "tatami/machine/MachineConfig.h"
#include "tatami/profiler/Bottleneck.h"
#include "tatami/profiler/Rerun.h"
#include "tatami/profiler/Verbs.h"
#include "tatami/trace/Ideals.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <csignal>
#include <memory>

#include <unistd.h>

namespace tatami::prof {

std::vector<std::string> idealsFor(const Profile &profile) {
  CycleCounts sum;
  for (const NodeProfile &node : profile.nodes)
    for (const ThreadProfile &thread : node.threads)
      sum += thread;
  sum.lost[size_t(Cause::Idle)] = 0;
  const double all = double(sum.issued + sum.lostCycles());
  MachineConfig config;
  if (!profile.machineFile.empty())
    static_cast<void>(readMachineConfig(profile.machineFile, config));
  std::vector<std::string> result;
  for (const IdealKey &key : idealKeys()) {
    const std::string_view name = key.name;
    uint64_t cycles = 0;
    for (size_t c = 0; c < numCauses; ++c)
      if (key.lessens(Cause(c)))
        cycles += sum.lost[c];
    // What a table would show as 0.0 %.
    if (double(cycles) < 0.0005 * all)
      continue;
    const bool isMesh =
        key.lessens(Cause::MeshCredit) || key.lessens(Cause::RemoteLoad);
    if (isMesh && profile.mesh.packets == 0)
      continue;
    if ((name == "crossing" && config.mesh.partCount() == 1) ||
        (name == "hbm" && config.mesh.edgePorts.empty()))
      continue;
    if (std::none_of(profile.idealised.begin(), profile.idealised.end(),
                     [&](const std::string &given) {
                       return given.starts_with(fmt::format("{}=", name));
                     }))
      result.push_back(fmt::format("{}={}", name, key.standard));
  }
  return result;
}

namespace {

struct Options {
  std::string profile = defaultProfile, image;
  std::vector<std::string> changes;
  bool json = false;
};

/// The runs to make: the machine itself, each change, and all together unless
/// they are values of one key.
std::vector<std::vector<std::string>>
runsFor(const std::vector<std::string> &changes) {
  std::vector<std::vector<std::string>> runs = {{}};
  for (const std::string &change : changes)
    runs.push_back({change});
  Ideals all;
  bool fit = changes.size() > 1;
  for (const std::string &change : changes)
    fit = fit && addIdeals(change, all).empty();
  if (fit)
    runs.push_back(changes);
  return runs;
}

/// "the latency of loads costs 3.1 %"
std::string verdict(const RerunResult &run, const RerunResult &machine) {
  const double gain = 1 - double(run.cycles) / double(machine.cycles);
  std::string parts;
  for (const std::string &ideal : run.ideals) {
    const IdealKey *key = findIdealKey(ideal.substr(0, ideal.find('=')));
    parts += fmt::format("{}{}", parts.empty() ? "" : ", ",
                         key ? key->part : ideal.c_str());
  }
  if (run.ideals.size() > 1)
    parts = "all of these";
  if (gain < -0.0005)
    return fmt::format("{}: takes longer without", parts);
  if (gain < 0.0005)
    return fmt::format("{}: no part in it", parts);
  return fmt::format("{}: {:.1f} % of the cycles", parts, 100 * gain);
}

double speedup(const RerunResult &run, const RerunResult &machine) {
  return run.cycles ? double(machine.cycles) / double(run.cycles) : 0;
}

/// What a reader must know before believing the figures.
std::vector<std::string> cautions(const Profile &profile,
                                  const std::vector<RerunResult> &runs) {
  std::vector<std::string> notes;
  const RerunResult &machine = runs.front();
  if (machine.cycles != profile.cycles)
    notes.push_back(fmt::format(
        "the recorded run took {} cycles, the same command now takes {}: it "
        "reads something else than it did; speed-ups are against now",
        profile.cycles, machine.cycles));
  for (const RerunResult &run : runs) {
    if (!run.error.empty())
      continue;
    const std::string name = fmt::format("{}", fmt::join(run.ideals, ","));
    if (run.exitStatus != machine.exitStatus)
      notes.push_back(fmt::format("with {} the program ends with status {}, "
                                  "not {}: it does something else there",
                                  name, run.exitStatus, machine.exitStatus));
    else if (run.outputHash != machine.outputHash)
      notes.push_back(fmt::format(
          "with {} the program prints something else: it looks at the time, or "
          "has a race",
          name));
    else if (!isSameWork(run, machine))
      notes.push_back(fmt::format(
          "with {} the program executes {} instructions, not {}: its work "
          "depends on time",
          name, run.instructions, machine.instructions));
  }
  return notes;
}

int printAsJson(const Profile &profile, const std::vector<RerunResult> &runs,
                const std::vector<std::string> &notes) {
  Json json = jsonOf("whatif");
  const RerunResult &machine = runs.front();
  json["image"] = profile.image;
  json["machine"] = profile.machine;
  json["idealised"] = profile.idealised;
  json["recorded_cycles"] = profile.cycles;
  json["cycles"] = machine.cycles;
  json["notes"] = notes;
  Json list = Json::array();
  for (size_t i = 1; i < runs.size(); ++i) {
    const RerunResult &run = runs[i];
    if (run.error.empty())
      list.push_back(
          {{"ideals", run.ideals},
           {"cycles", run.cycles},
           {"speedup", speedup(run, machine)},
           {"instructions", run.instructions},
           {"same_output", run.outputHash == machine.outputHash &&
                               run.exitStatus == machine.exitStatus}});
    else
      list.push_back({{"ideals", run.ideals}, {"error", run.error}});
  }
  json["runs"] = std::move(list);
  return printJson(json);
}

void printTable(const Profile &profile, const std::vector<RerunResult> &runs) {
  const RerunResult &machine = runs.front();
  const size_t nodes = profile.nodes.size();
  fmt::print("# {} on {}, {} node{}{}\n#\n", visible(profile.image),
             visible(profile.machine),
             withCommas(nodes), nodes == 1 ? "" : "s",
             profile.idealised.empty()
                 ? ""
                 : fmt::format(", already with {}",
                               fmt::join(profile.idealised, ", ")));
  Table table;
  table.column("speed-up", Table::Right);
  table.column("cycles", Table::Right);
  table.column("what if", Table::Left);
  table.column("what it says", Table::Left);
  std::vector<const RerunResult *> sorted;
  for (size_t i = 1; i < runs.size(); ++i)
    sorted.push_back(&runs[i]);
  std::stable_sort(sorted.begin(), sorted.end(), [](auto *a, auto *b) {
    if (a->error.empty() != b->error.empty())
      return a->error.empty();
    return a->cycles < b->cycles;
  });
  table.row({"1.00x", withCommas(machine.cycles), "(the machine)", ""});
  for (const RerunResult *run : sorted) {
    const bool isAll = run->ideals.size() > 1;
    const std::string name =
        isAll ? "all together" : fmt::format("{}", fmt::join(run->ideals, ","));
    if (run->error.empty())
      table.row({fmt::format("{:.2f}x", speedup(*run, machine)),
                 withCommas(run->cycles), name, verdict(*run, machine)});
    else
      table.row({"-", "-", name, run->error});
  }
  table.print(Screen(stdout));
}

int whatIf(const Options &options) {
  Profile profile;
  if (std::string error = readProfile(options.profile, profile); !error.empty())
    return fail(error);
  const std::string image =
      options.image.empty() ? imageOf(profile) : options.image;
  if (std::string error = whyNotRerun(profile, image); !error.empty())
    return fail(error);
  std::vector<std::string> changes;
  for (const std::string &change : options.changes) {
    Ideals one;
    if (std::string error = addIdeals(change, one); !error.empty())
      return fail(error, usageStatus);
    changes.insert(changes.end(), one.given.begin(), one.given.end());
  }
  for (const std::string &change : changes)
    for (const std::string &before : profile.idealised)
      if (change.substr(0, change.find('=')) ==
          before.substr(0, before.find('=')))
        return fail(fmt::format("{} was recorded with {} already; record the "
                                "machine itself",
                                options.profile, before),
                    usageStatus);
  if (changes.empty())
    changes = idealsFor(profile);
  if (changes.empty())
    return fail(fmt::format("{}: no cycles were lost, so there is nothing to "
                            "try; name a KEY=VALUE",
                            options.profile));
  const auto runs = runsFor(changes);
  const bool shown = isatty(STDERR_FILENO);
  auto show = [&](size_t ended) {
    if (shown)
      fmt::print(stderr, "\r{} of {} runs, about {:.0f} s each", ended,
                 runs.size(), profile.hostSeconds);
  };
  show(0);
  const std::vector<RerunResult> results = rerun(profile, image, runs, show);
  if (shown)
    fmt::print(stderr, "\r{:60}\r", "");
  for (const RerunResult &result : results)
    if (result.interrupted)
      return fail(result.error, 128 + SIGINT);
  if (!results.front().error.empty())
    return fail(results.front().error);
  const std::vector<std::string> notes = cautions(profile, results);
  if (options.json)
    return printAsJson(profile, results, notes);
  printTable(profile, results);
  for (const std::string &note : notes)
    fmt::print(stderr, "tatami-prof: note: {}\n", visible(note));
  return 0;
}

} // namespace

void addWhatIf(CLI::App &app, Run &run) {
  auto options = std::make_shared<Options>();
  CLI::App *verb = app.add_subcommand(
      "whatif", "run again with parts of the machine idealised");
  verb->add_option("changes", options->changes,
                   "what to idealise, one run each and one with all of it; "
                   "default: whatever the profile shows cycles lost to")
      ->type_name("KEY=VALUE");
  verb->add_option("-i,--input,--profile", options->profile,
                   fmt::format("profile of the run to repeat; default: {}",
                               defaultProfile))
      ->type_name("FILE");
  verb->add_option("--image", options->image,
                   "where the image is now; default: where it was")
      ->type_name("IMAGE.elf");
  verb->add_flag("--json", options->json,
                 "print JSON (docs/profile-schema.md)");
  verb->footer("What can be idealised (docs/what-if.md):\n" + idealHelp() +
               "The command runs in this folder, with the recorded options and "
               "arguments and an empty standard input; what it writes to files "
               "it writes again.");
  verb->callback(
      [options, &run] { run = [options] { return whatIf(*options); }; });
}

} // namespace tatami::prof
