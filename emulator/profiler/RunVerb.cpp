// tatami-prof run: tatami-run with --profile, then what it recorded.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "Json.h"
#include "Summary.h"

#include "tatami/profiler/Bottleneck.h"
#include "tatami/profiler/Load.h"
#include "tatami/profiler/Rerun.h"
#include "tatami/profiler/Verbs.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <memory>

#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

namespace tatami::prof {
namespace {

namespace fs = std::filesystem;

struct Options {
  std::string output = defaultProfile;
  std::string json;
  bool noWhatIf = false;
  std::vector<std::string> rest; ///< For tatami-run.
  std::string image;             ///< Of `rest`; empty if it has none.
};

/// tatami-run's options that take no value; a test compares them with its help.
constexpr const char *flags[] = {"--progress",       "--timeline",
                                 "--machine-info",   "--machine-schema",
                                 "--help",           "-h"};

/// Takes our own options out of tatami-run's, wherever they stand before the
/// image. Returns what is wrong, if anything is.
std::string takeOwnOptions(Options &options) {
  std::vector<std::string> &rest = options.rest;
  for (size_t i = 0; i < rest.size();) {
    const std::string word = rest[i];
    if (word == "--")
      ++i;
    if (word.size() < 2 || word[0] != '-' || word == "--") {
      // What follows the image belongs to the program.
      if (i < rest.size())
        options.image = rest[i];
      break;
    }
    const size_t equals = word.find('=');
    const std::string name = word.substr(0, equals);
    if (name == "--profile")
      return "--profile is for tatami-run; -o FILE names the profile here";
    if (name == "--no-whatif") {
      options.noWhatIf = true;
      rest.erase(rest.begin() + long(i));
      continue;
    }
    std::string *own = name == "-o" || name == "--output" ? &options.output
                       : name == "--json"                 ? &options.json
                                                          : nullptr;
    const bool isFlag =
        std::find(std::begin(flags), std::end(flags), name) != std::end(flags);
    const size_t words = equals != std::string::npos || isFlag ? 1 : 2;
    if (!own) {
      i += words;
      continue;
    }
    if (i + words > rest.size())
      return fmt::format("{} needs the name of a file", name);
    *own = words == 1 ? word.substr(equals + 1) : rest[i + 1];
    rest.erase(rest.begin() + long(i), rest.begin() + long(i + words));
  }
  return {};
}

/// What is wrong with a file to write, if anything is.
std::string cannotTake(const std::string &file, const Options &options) {
  std::error_code ignored;
  if (!options.image.empty() && fs::equivalent(file, options.image, ignored))
    return fmt::format("{}: is the image to run, which would be overwritten",
                       file);
  return {};
}

/// What is wrong with the files to write, if anything is.
std::string checkOutputs(const Options &options) {
  if (std::string error = cannotTake(options.output, options); !error.empty())
    return error;
  std::error_code ignored;
  if (fs::exists(options.output, ignored) &&
      !fs::is_regular_file(options.output, ignored))
    return fmt::format("{}: is no regular file; a profile is written to one, "
                       "and read again for the summary",
                       options.output);
  if (options.json.empty())
    return {};
  if (options.json == options.output)
    return fmt::format("{}: cannot be both the profile and its JSON",
                       options.json);
  return cannotTake(options.json, options);
}

/// Changes when the file is written.
std::pair<uint64_t, int64_t> stampOf(const std::string &file) {
  struct stat status = {};
  if (stat(file.c_str(), &status) != 0)
    return {0, 0};
  return {status.st_ino,
          status.st_mtim.tv_sec * 1'000'000'000 + status.st_mtim.tv_nsec};
}

/// Runs the program and waits for it; -1 if it cannot be started.
int execute(const std::string &program, const std::vector<std::string> &words) {
  std::vector<char *> arguments;
  for (const std::string &word : words)
    arguments.push_back(const_cast<char *>(word.c_str()));
  arguments.push_back(nullptr);
  // Ctrl-C is for the emulator, which ends with a report and a profile.
  auto before = std::signal(SIGINT, SIG_IGN);
  const pid_t self = getpid(), child = fork();
  if (child < 0)
    return -1;
  if (child == 0) {
    // Nobody waits for it when this program has been ended.
    prctl(PR_SET_PDEATHSIG, SIGTERM);
    if (getppid() != self)
      _exit(127);
    std::signal(SIGINT, before);
    execv(program.c_str(), arguments.data());
    _exit(127);
  }
  int status = 0;
  while (waitpid(child, &status, 0) < 0 && errno == EINTR)
    continue;
  std::signal(SIGINT, before);
  if (WIFSIGNALED(status)) {
    fail(fmt::format("tatami-run was ended by a signal: {}",
                     strsignal(WTERMSIG(status))));
    return 128 + WTERMSIG(status);
  }
  return WEXITSTATUS(status);
}

/// Chosen: whoever has waited that long does not want to wait again.
constexpr double secondsToRepeat = 20;

/// Whether a second run is quick, and changes nothing outside of the machine.
bool mayRepeat(const Options &options, const Profile &profile) {
  return !options.noWhatIf && profile.hostSeconds <= secondsToRepeat &&
         std::none_of(profile.options.begin(), profile.options.end(),
                      [](const std::string &word) {
                        return word.starts_with("--dir");
                      }) &&
         whyNotRerun(profile, profile.image).empty();
}

Json boundJson(const Bottleneck &bottleneck, const std::string &line,
               const std::optional<MeasuredIdeal> &measured) {
  Json json = {{"text", line},
               {"what", bottleneck.what},
               {"cause", causeName(bottleneck.cause)},
               {"file", bottleneck.place.file},
               {"line", bottleneck.place.line},
               {"function", bottleneck.place.function},
               {"node", bottleneck.node},
               {"thread", bottleneck.thread},
               {"share", bottleneck.share}};
  if (measured) {
    json["ideal"] = measured->ideal;
    json["speedup"] = measured->speedup;
  }
  return json;
}

std::string summarise(const Options &options) {
  LoadedProfile loaded;
  Input input;
  input.file = options.output;
  if (std::string error = loadProfile(input, loaded); !error.empty())
    return error;
  std::error_code ignored;
  fmt::print(stderr, "[ tatami-prof: wrote {}, {} ]\n\n",
             visible(options.output),
             byteCount(fs::file_size(options.output, ignored)));
  const Analysis analysis(loaded.profile, *loaded.symbols);
  std::vector<std::string> notes = loaded.notes;
  Bottleneck bottleneck = findBottleneck(loaded.profile, *loaded.symbols);
  std::optional<MeasuredIdeal> measured;
  if (mayRepeat(options, loaded.profile))
    measured = measure(bottleneck, loaded.profile, loaded.profile.image);
  const std::string bound = boundBy(bottleneck, measured);
  const std::unique_ptr<EnergyReport> energy = energyOf(analysis);
  printSummary(analysis, energy.get(), bound, Screen(stderr));
  fmt::print(stderr, "\n");
  for (const std::string &warning : warningsOf(loaded.profile))
    fmt::print(stderr, "tatami-prof: warning: {}\n", visible(warning));
  printNotes(loaded.notes);
  if (options.json.empty())
    return {};
  Json json = jsonOf("run");
  json["run"] = runJson(analysis);
  if (energy)
    json["energy"] = {{"joules", energy->total.total()},
                      {"watts", energy->watts()}};
  json["bound_by"] = boundJson(bottleneck, bound, measured);
  Json functions = Json::array();
  for (const FunctionCycles &f : analysis.functions) {
    Json entry = {{"function", f.name}, {"file", f.file}, {"line", f.line}};
    entry.update(countsJson(f));
    entry["inclusive_cycles"] = f.inclusive;
    functions.push_back(std::move(entry));
  }
  json["functions"] = std::move(functions);
  for (const std::string &warning : warningsOf(loaded.profile))
    notes.push_back(warning);
  json["notes"] = notes;
  std::ofstream out(options.json);
  if (!(out << json.dump(1, ' ', false, Json::error_handler_t::replace)
            << '\n' << std::flush))
    return options.json + ": cannot be written";
  return {};
}

int runVerb(Options options) {
  if (std::string error = takeOwnOptions(options); !error.empty())
    return fail(error, usageStatus);
  if (options.rest.empty())
    return fail("no image to run is named; see tatami-prof run --help",
                usageStatus);
  if (std::string error = checkOutputs(options); !error.empty())
    return fail(error, usageStatus);
  const std::string program = besideThisProgram("tatami-run");
  if (access(program.c_str(), X_OK) != 0)
    return fail(fmt::format("{}: is not there; tatami-prof runs the tatami-run "
                            "beside itself",
                            program));
  std::vector<std::string> words = {program, "--profile", options.output};
  words.insert(words.end(), options.rest.begin(), options.rest.end());
  const auto before = stampOf(options.output);
  const int status = execute(program, words);
  if (status == -1)
    return fail(fmt::format("{}: cannot be started: {}", program, std::strerror(errno)));
  // If nothing was recorded, tatami-run has said why.
  if (stampOf(options.output) == before)
    return status;
  if (std::string problem = summarise(options); !problem.empty()) {
    fail(problem);
    return status ? status : failure;
  }
  return status;
}

} // namespace

void dropDashes(std::vector<std::string> &words) {
  for (size_t i = 1; i < words.size();) {
    const std::string &word = words[i];
    const bool takesNext =
        word == "-o" || word == "--output" || word == "--json";
    if (word == "--") {
      words.erase(words.begin() + long(i));
      return;
    }
    if (!takesNext && word != "--no-whatif" && !word.starts_with("-o") &&
        !word.starts_with("--output=") && !word.starts_with("--json="))
      return;
    i += takesNext ? 2 : 1;
  }
}

void addRun(CLI::App &app, Run &run) {
  auto options = std::make_shared<Options>();
  CLI::App *verb = app.add_subcommand("run", "run an image and record it");
  verb->add_option("-o,--output", options->output,
                   fmt::format("where to; default: {}", defaultProfile))
      ->type_name("FILE");
  verb->add_option("--json", options->json,
                   "write the summary as JSON too (docs/profile-schema.md)")
      ->type_name("FILE");
  verb->add_flag("--no-whatif", options->noWhatIf,
                 fmt::format("do not run again to measure what removing the "
                             "bottleneck would give, as is done after runs of "
                             "{} s at most without --dir",
                             secondsToRepeat));
  verb->prefix_command();
  verb->footer("Everything else is for tatami-run, which runs the image: "
               "--machine, --timing, --mesh, --dir, --stats, ...; see "
               "tatami-run --help. Recording changes no cycle. The exit status "
               "is tatami-run's: the program's, as a rule.");
  verb->callback([options, verb, &run] {
    options->rest = verb->remaining();
    run = [options] { return runVerb(*options); };
  });
}

} // namespace tatami::prof
