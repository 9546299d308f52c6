// tatami-run: runs an image on the emulated machine.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "tatami/loader/Image.h"
#include "tatami/machine/Machine.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <map>
#include <memory>
#include <new>
#include <set>
#include <string>
#include <vector>

#include <unistd.h>

using namespace tatami;

namespace {

constexpr int usageStatus = 2;

struct CommandLine {
  MachineOptions options;
  std::string machine = "node";
  std::string statsFile, traceFile, profileFile, image, timelineNodes;
  uint64_t timelineMegabytes = 64;
  std::vector<std::string> given; ///< Options, but where to write.
  std::vector<std::string> directories;
  bool fastMesh = false, idealHelp = false;
  bool machineInfo = false, machineSchema = false, progress = false;
};

/// Set by Ctrl-C; the second one ends the program as usual.
volatile std::sig_atomic_t interrupted = 0;

void interrupt(int number) {
  interrupted = 1;
  std::signal(number, SIG_DFL);
}

/// One line on the terminal, written over and over.
class ProgressLine {
public:
  explicit ProgressLine(uint64_t maxCycles) : maxCycles(maxCycles) {}
  ~ProgressLine() { clear(); }

  void show(const Progress &p) {
    std::string text = fmt::format(
        "{} cycles in {:.1f} s, {} nodes running, {} waiting, {} ended",
        p.cycles, p.hostSeconds, p.running, p.waiting, p.ended);
    if (maxCycles != UINT64_MAX && p.cycles > 0)
      text += fmt::format(", at most {:.0f} s left",
                          p.hostSeconds * double(maxCycles - p.cycles) /
                              double(p.cycles));
    fmt::print(stderr, "\r{:<{}}", text, width);
    width = text.size();
  }
  void clear() {
    if (width)
      fmt::print(stderr, "\r{:<{}}\r", "", width);
    width = 0;
  }

private:
  uint64_t maxCycles;
  size_t width = 0;
};

int fail(const std::string &message, int status = 1) {
  fmt::print(stderr, "tatami-run: error: {}\n", message);
  return status;
}

/// Demands digits that say something from 1 to \p most.
CLI::Validator wholeNumber(std::string what, uint64_t most) {
  return CLI::Validator(
      [=](std::string &text) -> std::string {
        uint64_t value = 0;
        auto [end, error] =
            std::from_chars(text.data(), text.data() + text.size(), value);
        if (error == std::errc() && end == text.data() + text.size() &&
            value >= 1 && value <= most)
          return {};
        return fmt::format("'{}' is not {}; it must be a whole number from 1 "
                           "to {}",
                           text, what, most);
      },
      "");
}

/// "16": so many nodes; "0,5,17-20" or "3,": these nodes.
std::string parseTimelineNodes(const std::string &text,
                               TimelineOptions &options) {
  auto fail = [&] {
    return fmt::format("--timeline-nodes: '{}' is neither a number of nodes, "
                       "as 16, nor a list of them, as 0,5,17-20 or 3,",
                       text);
  };
  auto number = [](std::string_view digits, uint32_t &value) {
    auto [end, error] =
        std::from_chars(digits.data(), digits.data() + digits.size(), value);
    return error == std::errc() && end == digits.data() + digits.size();
  };
  if (text.find_first_of(",-") == std::string::npos) {
    options.nodes.clear();
    return number(text, options.count) && options.count > 0 ? "" : fail();
  }
  std::set<uint32_t> chosen;
  std::string_view left = text;
  while (!left.empty()) {
    std::string_view item = left.substr(0, left.find(','));
    left.remove_prefix(std::min(left.size(), item.size() + 1));
    const size_t dash = item.find('-');
    uint32_t first = 0, last = 0;
    if (!number(item.substr(0, dash), first) ||
        !number(dash == item.npos ? item : item.substr(dash + 1), last) ||
        first > last || last - first > 1 << 20)
      return fail();
    while (first <= last)
      chosen.insert(first++);
  }
  options.nodes.assign(chosen.begin(), chosen.end());
  return "";
}

void describeTimeline(CLI::App &app, CommandLine &line) {
  TimelineOptions &timeline = line.options.timeline;
  app.add_flag("--timeline", timeline.isOn,
               "let the profile have single events too, for tatami-prof trace");
  app.add_option("--timeline-nodes", line.timelineNodes,
                 "whose events: a number of nodes, which are spread over the "
                 "machine (default: 16), or a list as 0,5,17-20 or 3,")
      ->type_name("N|LIST");
  app.add_option("--timeline-from", timeline.from,
                 "leave out events before this cycle")
      ->type_name("CYCLE");
  app.add_option("--timeline-to", timeline.to,
                 "leave out events from this cycle on")
      ->type_name("CYCLE");
  app.add_option("--timeline-limit", line.timelineMegabytes,
                 "stop recording events when they take N MB of the file "
                 "(default: 64)")
      ->check(wholeNumber("a number of MB", 1 << 20))
      ->type_name("N");
}

void describe(CLI::App &app, CommandLine &line) {
  app.description("Runs an image on the emulated machine.");
  app.footer("The exit status is the program's; 134 if a trap ended it, 124 if "
             "--max-cycles did, 130 if Ctrl-C did, 2 for a wrong command line, 1 for a file that "
             "cannot be used.");
  app.option_defaults()->multi_option_policy(CLI::MultiOptionPolicy::Throw);
  app.add_option("--machine", line.machine,
                 "node, mesh-4x4, die, tile, or a machine file")
      ->type_name("NAME|FILE.json");
  static const std::map<std::string, TimingMode> modes = {
      {"off", TimingMode::Off},
      {"unit", TimingMode::Unit},
      {"d1", TimingMode::D1},
      {"reference", TimingMode::Reference}};
  app.add_option("--timing", line.options.timing,
                 "d1: the modelled pipeline (default); reference: the same "
                 "cycles, worked out one instruction at a time; unit: every "
                 "instruction one cycle; off: fastest, no cycles")
      ->transform(CLI::Validator(
          [](std::string &text) -> std::string {
            auto mode = modes.find(text);
            if (mode == modes.end())
              return fmt::format("'{}' is no timing model; there are d1, "
                                 "reference, unit and off",
                                 text);
            text = std::to_string(int(mode->second));
            return {};
          },
          ""))
      ->type_name("d1|reference|unit|off");
  app.add_option_function<std::vector<std::string>>(
         "--ideal",
         [&line](const std::vector<std::string> &all) {
           for (const std::string &text : all)
             if (text == "help")
               line.idealHelp = true;
             else if (std::string error = addIdeals(text, line.options.ideals);
                 !error.empty())
               throw CLI::ValidationError("--ideal", error);
         },
         "make a part of the machine better than it is, to see what it costs: "
         "results stay, cycles are no longer the machine's; may be given "
         "several times; --ideal help lists the parts")
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll)
      ->allow_extra_args(false)
      ->type_name("KEY=VALUE[,...]");
  app.add_option_function<std::string>(
         "--mesh",
         [&line](const std::string &model) { line.fastMesh = model == "fast"; },
         "routers: packets, buffers and credits, cycle by cycle (default); "
         "fast: a simpler mesh whose cycles are estimates")
      ->check(CLI::Validator(
          [](std::string &text) -> std::string {
            if (text == "routers" || text == "fast")
              return {};
            return fmt::format("'{}' is no model of the mesh; there are "
                               "routers and fast",
                               text);
          },
          ""))
      ->type_name("routers|fast");
  app.add_flag("--machine-info", line.machineInfo,
               "print what the machine's numbers come to, and where they come "
               "from");
  app.add_flag("--machine-schema", line.machineSchema,
               "print the JSON schema of machine files");
  app.add_option("--host-threads", line.options.hostThreads,
                 "threads of the host; default: one for each of its cores; the "
                 "result does not depend on it")
      ->check(wholeNumber("a number of threads", 1024))
      ->type_name("N");
  app.add_option("--stats", line.statsFile, "write statistics as JSON")
      ->type_name("FILE.json");
  app.add_option("--profile", line.profileFile,
                 "record where every cycle goes, for tatami-prof")
      ->type_name("FILE");
  describeTimeline(app, line);
  app.add_option("--trace", line.traceFile,
                 "write a line for every instruction")
      ->type_name("FILE");
  app.add_option("--max-cycles", line.options.maxCycles,
                 "stop after N simulated cycles")
      ->check(wholeNumber("a number of cycles", UINT64_MAX))
      ->type_name("N");
  app.add_option("--checkpoint-every", line.options.checkpointEvery,
                 "write a checkpoint whenever N cycles have been simulated")
      ->check(wholeNumber("a number of cycles", UINT64_MAX))
      ->type_name("N");
  app.add_option("--checkpoint", line.options.checkpointFile,
                 "where to; the one before is kept as FILE.previous; default: "
                 "tatami.checkpoint")
      ->type_name("FILE");
  app.add_option("--restore", line.options.restoreFile,
                 "go on from a checkpoint of the same image on the same "
                 "machine; --dir has to be given again")
      ->type_name("FILE");
  app.add_flag("--progress", line.progress,
               "say on the terminal how far the run has come; Ctrl-C ends it "
               "with a report and its statistics");
  app.add_option("--dir", line.directories,
                 "let the program reach a directory of the host; may be given "
                 "several times")
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll)
      ->allow_extra_args(false)
      ->type_name("HOST::GUEST");
  app.add_option("--host-level", line.options.hostLevel,
                 "build of the interpreter: generic, v3 or v4; default: the "
                 "best that this host has")
      ->type_name("LEVEL");
  app.add_option("image", line.image, "image that tatami-ld has linked")
      ->type_name("IMAGE.elf");
}

/// Where the image stands on the command line: what follows belongs to the
/// program, options included.
int imageIndex(const CLI::App &app, int argc, char **argv,
               std::vector<std::string> &given) {
  int i = 1;
  while (i < argc && argv[i][0] == '-' && argv[i][1] != '\0') {
    std::string name = argv[i];
    if (name == "--")
      return std::min(i + 1, argc);
    const CLI::Option *option = app.get_option_no_throw(name);
    bool takesNext = name.find('=') == std::string::npos &&
                     (!option || option->get_items_expected_max() > 0);
    const int next = std::min(i + (takesNext ? 2 : 1), argc);
    // Where to write does not make a run what it is.
    name = name.substr(0, name.find('='));
    if (name != "--profile" && name != "--stats" && name != "--progress" &&
        !name.starts_with("--timeline"))
      given.insert(given.end(), argv + i, argv + next);
    i = next;
  }
  return i;
}

/// One line a run: what it cost, and how fast the host was.
void summarise(const RunResult &result) {
  const Stats &stats = result.stats;
  const Counters &total = stats.total;
  double cycles = double(total.cycles) * double(stats.nodes.size());
  fmt::print(stderr,
             "tatami-run: {} cycles{}{}, {} instructions{}, IPC {:.3f}, matrix "
             "utilisation {:.1f} %, {:.1f} M instructions/s on the host "
             "({:.3f} s, timing {})\n",
             total.cycles,
             stats.mesh.isEstimate ? " (an estimate: --mesh fast)" : "",
             stats.idealised.empty()
                 ? ""
                 : fmt::format(" (idealised: {})",
                               fmt::join(stats.idealised, ", ")),
             total.instructions,
             result.countsTooMuch
                 ? " (some behind the trap; --stats counts exactly)"
                 : "",
             cycles > 0 ? double(total.instructions) / cycles : 0,
             100 * stats.utilization(total, stats.nodes.size()),
             stats.hostSeconds > 0
                 ? double(total.instructions) / stats.hostSeconds / 1e6
                 : 0,
             stats.hostSeconds, stats.timing);
}

/// What has no cycles to change, or another pipeline.
std::string checkIdeals(const MachineOptions &options) {
  if (options.ideals.given.empty())
    return "";
  if (options.timing == TimingMode::Off)
    return "--ideal changes cycles, and with --timing off there are none; use "
           "--timing d1";
  if (options.timing == TimingMode::Unit &&
      options.ideals.pipeline != PipelineIdeals())
    return fmt::format("--timing unit has no pipeline for --ideal {} to "
                       "change; use --timing d1",
                       fmt::join(options.ideals.given, ","));
  return "";
}

/// What cannot be profiled.
std::string checkProfile(const CommandLine &line) {
  const MachineOptions &options = line.options;
  if (options.timing == TimingMode::Off)
    return "--profile needs cycles, and --timing off has none; d1, reference "
           "and unit have";
  if (options.trace)
    return "--profile and --trace cannot be used together";
  if (options.checkpointEvery)
    return "--profile and --checkpoint-every cannot be used together: what is "
           "recorded is in no checkpoint";
  if (!options.restoreFile.empty())
    return "--profile cannot begin in the middle of a run: it is not for "
           "--restore";
  return {};
}

/// What the machine does not know of its profile.
void describeRun(const CommandLine &line, const RunResult &result) {
  Profile &profile = *result.profile;
  profile.hostSeconds = result.stats.hostSeconds;
  profile.image = line.image;
  profile.imageHash = hashFile(line.image);
  std::error_code unknown; // Then there is none.
  profile.directory = std::filesystem::current_path(unknown).string();
  profile.options = line.given;
  profile.idealised = line.options.ideals.given;
  profile.machineFile = line.options.config.text;
}

int runImage(CommandLine &line) {
  MachineOptions &options = line.options;
  if (line.machineSchema) {
    fmt::print("{}", machineFileSchema());
    return 0;
  }
  if (line.idealHelp) {
    fmt::print("{}", idealHelp());
    return 0;
  }
  if (std::string error = checkIdeals(options); !error.empty())
    return fail(error, usageStatus);
  if (options.checkpointFile.empty())
    options.checkpointFile = "tatami.checkpoint";
  if (!options.hostLevel.empty())
    if (std::string error = checkHostLevel(options.hostLevel); !error.empty())
      return fail(error, usageStatus);
  for (const std::string &directory : line.directories) {
    size_t colons = directory.find("::");
    if (colons == std::string::npos)
      return fail(fmt::format("--dir {}: HOST::GUEST is needed", directory),
                  usageStatus);
    options.grants.emplace_back(directory.substr(0, colons),
                                directory.substr(colons + 2));
  }
  if (std::string error = findMachineConfig(line.machine, options.config);
      !error.empty())
    return fail(error);
  if (line.fastMesh)
    options.config.mesh.model = mesh::MeshParams::Train;
  if (line.machineInfo) {
    fmt::print("{}", machineInfo(options.config));
    return 0;
  }
  if (line.image.empty())
    return fail("no image to run is named; see tatami-run --help", usageStatus);
  Image image;
  if (std::string error =
          readElfFile(line.image, options.config.sramBytes, image);
      !error.empty())
    return fail(error);

  std::ofstream trace, statsOut;
  for (const std::string &output :
       {line.traceFile, line.statsFile, line.profileFile})
    if (std::error_code ignored;
        std::filesystem::equivalent(output, line.image, ignored))
      return fail(fmt::format("{}: is the image; what is written must go to "
                              "another file",
                              output),
                  usageStatus);
  if (!line.traceFile.empty()) {
    trace.open(line.traceFile);
    if (!trace)
      return fail(line.traceFile + ": cannot be written");
    options.trace = &trace;
  }
  // Opened before the run: a long run should not end with this error.
  if (!line.statsFile.empty()) {
    statsOut.open(line.statsFile);
    if (!statsOut)
      return fail(line.statsFile + ": cannot be written");
  }

  options.timeline.limit = line.timelineMegabytes << 20;
  if (options.timeline.isOn && line.profileFile.empty())
    return fail("--timeline needs --profile FILE to write to", usageStatus);
  if (!line.timelineNodes.empty())
    if (std::string error =
            parseTimelineNodes(line.timelineNodes, options.timeline);
        !error.empty())
      return fail(error, usageStatus);
  options.exactStats = !line.statsFile.empty() || !line.profileFile.empty();
  std::unique_ptr<ProfileWriter> profile;
  if (!line.profileFile.empty()) {
    if (std::string error = checkProfile(line); !error.empty())
      return fail(error, usageStatus);
    std::string error;
    profile = std::make_unique<ProfileWriter>(line.profileFile, error);
    if (!error.empty())
      return fail(error);
    options.profile = profile.get();
  }

  ProgressLine progress(options.maxCycles);
  const bool shown = line.progress && isatty(STDERR_FILENO);
  options.progress = [&](const Progress &p) {
    if (shown)
      progress.show(p);
    return !interrupted;
  };
  std::signal(SIGINT, interrupt);

  std::string error;
  Machine machine(options, std::move(image), error);
  if (!error.empty())
    return fail(error);
  RunResult result = machine.run();
  progress.clear();
  if (!result.warning.empty())
    fmt::print(stderr, "tatami-run: warning: {}\n", result.warning);
  if (!result.report.empty())
    fmt::print(stderr, "tatami-run: {}{}", result.report,
               result.report.ends_with('\n') ? "" : "\n");
  if (!line.statsFile.empty() && !(statsOut << statsToJson(result.stats)))
    return fail(line.statsFile + ": cannot be written");
  if (profile) {
    describeRun(line, result);
    if (error = profile->finish(*result.profile); !error.empty())
      return fail(error);
  }
  summarise(result);
  return result.exitStatus;
}

} // namespace

int main(int argc, char **argv) {
  CommandLine line;
  CLI::App app("", "tatami-run");
  describe(app, line);
  int image = imageIndex(app, argc, argv, line.given);
  try {
    app.parse(std::min(image + 1, argc), argv);
  } catch (const CLI::CallForHelp &) {
    fmt::print("{}", app.help());
    return 0;
  } catch (const CLI::ParseError &error) {
    return fail(std::string(error.what()) + "; see tatami-run --help",
                usageStatus);
  }
  line.options.arguments = {line.image};
  for (int i = image + 1; i < argc; ++i)
    line.options.arguments.push_back(argv[i]);
  try {
    return runImage(line);
  } catch (const std::bad_alloc &) {
    return fail("the host has not enough memory for this machine");
  }
}
