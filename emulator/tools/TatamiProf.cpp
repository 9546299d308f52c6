// tatami-prof: where every cycle of a recorded run went.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "tatami/profiler/Near.h"
#include "tatami/profiler/Verbs.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <exception>
#include <new>
#include <string>
#include <vector>

using namespace tatami::prof;

namespace {

/// In the order in which they are used.
void addVerbs(CLI::App &app, Run &run) {
  addRun(app, run);
  addReport(app, run);
  addAnnotate(app, run);
  addHtml(app, run);
  addDiff(app, run);
  addTrace(app, run);
  addWhatIf(app, run);
}

/// The verbs, as usage and a wrong one name them.
std::string verbList(const CLI::App &app) {
  std::string text;
  for (const CLI::App *verb : app.get_subcommands({}))
    text += fmt::format("  {:<10} {}\n", verb->get_name(),
                        verb->get_description());
  return text;
}

std::string usage(const CLI::App &app) {
  return fmt::format("usage: tatami-prof [--version] [--help] VERB "
                     "[OPTIONS]\n\n{}\n\"tatami-prof VERB --help\" says more. "
                     "A profile is written and read as {} unless another file "
                     "is named.\n",
                     verbList(app), defaultProfile);
}

const CLI::App *findVerb(const CLI::App &app, const std::string &name) {
  for (const CLI::App *verb : app.get_subcommands({}))
    if (verb->get_name() == name)
      return verb;
  return nullptr;
}

int unknownVerb(const CLI::App &app, const std::string &given) {
  std::vector<std::string> names;
  for (const CLI::App *verb : app.get_subcommands({}))
    names.push_back(verb->get_name());
  fail(fmt::format("'{}' is no verb of tatami-prof{}", given,
                   didYouMean(given, names)));
  fmt::print(stderr, "\n{}", verbList(app));
  return usageStatus;
}

/// Whether all that was printed has got where it was to go.
bool printed() { return std::fflush(stdout) == 0 && !std::ferror(stdout); }
int unprinted() { return fail("standard output: cannot be written"); }

} // namespace

int main(int argc, char **argv) {
  CLI::App app("Says where every cycle of a run on the emulator went.",
               "tatami-prof");
  app.set_version_flag("--version", "tatami-prof " TATAMI_VERSION);
  app.require_subcommand(0, 1);
  app.formatter(helpFormatter());
  Run run;
  addVerbs(app, run);

  if (argc < 2) {
    fmt::print(stderr, "{}", usage(app));
    return usageStatus;
  }
  std::string first = argv[1];
  if (first == "--help" || first == "-h") {
    fmt::print("{}", usage(app));
    return printed() ? 0 : unprinted();
  }
  if (first[0] != '-' && !findVerb(app, first))
    return unknownVerb(app, first);
  std::vector<std::string> words(argv + 1, argv + argc);
  if (first == "run")
    dropDashes(words);
  std::reverse(words.begin(), words.end());
  try {
    app.parse(words);
  } catch (const CLI::CallForHelp &) {
    fmt::print("{}", app.get_subcommands().front()->help("", CLI::AppFormatMode::Normal));
    return printed() ? 0 : unprinted();
  } catch (const CLI::CallForVersion &version) {
    fmt::print("{}\n", version.what());
    return printed() ? 0 : unprinted();
  } catch (const CLI::ParseError &error) {
    std::string verb = first[0] == '-' ? "" : " " + first;
    return fail(fmt::format("{}; see tatami-prof{} --help", error.what(), verb),
                usageStatus);
  }
  try {
    const int status = run();
    return printed() ? status : unprinted();
  } catch (const std::bad_alloc &) {
    return fail("the host has not enough memory for this profile");
  } catch (const std::exception &error) {
    if (!printed())
      return unprinted();
    return fail(error.what());
  }
}
