// tatami-prof html: everything on one page, to look at.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "Page.h"

#include "tatami/profiler/Bottleneck.h"
#include "tatami/profiler/Load.h"
#include "tatami/profiler/Verbs.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <fstream>
#include <memory>

namespace tatami::prof {
namespace {

struct Options {
  Input input;
  std::string output = "tatami-prof.html";
};

/// Returns an empty string, or what went wrong.
std::string writePage(const std::string &path, const std::string &page) {
  if (path == "-") {
    // Whoever ends the program says if it got nowhere.
    std::fwrite(page.data(), 1, page.size(), stdout);
    return {};
  }
  std::ofstream out(path, std::ios::binary);
  if (!out)
    return fmt::format("{}: cannot be written", path);
  out << page;
  out.close();
  return out ? "" : fmt::format("{}: cannot be written; is the disk full?", path);
}

int html(const Options &options) {
  LoadedProfile loaded;
  if (std::string error = loadProfile(options.input, loaded); !error.empty())
    return fail(error);
  printNotes(loaded.notes);
  MachineConfig config;
  if (std::string error = readMachineConfig(loaded.profile.machineFile, config);
      !error.empty())
    return fail(fmt::format("{}: its machine file is not right: {}",
                            options.input.file, error));

  Analysis analysis(loaded.profile, *loaded.symbols);
  EnergyReport energy(analysis, config);
  Roofline node(analysis, config, Roofline::Scope::Node),
      machine(analysis, config, Roofline::Scope::Machine);
  CriticalPath path(loaded.profile, *loaded.symbols);
  Timeline timeline;
  if (std::string error =
          readTimeline(options.input.file, loaded.profile, timeline);
      !error.empty())
    return fail(error);
  PageInput input(analysis, config);
  input.profilePath = options.input.file;
  input.warnings = warningsOf(loaded.profile);
  input.warnings.insert(input.warnings.end(), loaded.notes.begin(),
                        loaded.notes.end());
  input.boundBy =
      boundBy(findBottleneck(loaded.profile, *loaded.symbols));
  input.energy = &energy;
  input.nodeRoofline = &node;
  input.machineRoofline = &machine;
  if (!loaded.profile.criticalPath.empty())
    input.path = &path;
  if (!timeline.spans.empty())
    input.timeline = &timeline;
  if (std::string error = writePage(options.output, renderPage(input));
      !error.empty())
    return fail(error);
  return 0;
}

} // namespace

void addHtml(CLI::App &app, Run &run) {
  auto options = std::make_shared<Options>();
  CLI::App *verb = app.add_subcommand("html", "one page with everything, for a browser");
  options->input.addTo(*verb);
  verb->add_option("-o,--output", options->output,
                   fmt::format("where to write the page, - for standard "
                               "output; default: {}",
                               options->output))
      ->type_name("FILE.html");
  verb->footer("The page is one file: it loads nothing and can be passed on. It "
               "holds the source lines around what was executed.");
  verb->callback([options, &run] { run = [options] { return html(*options); }; });
}

} // namespace tatami::prof
