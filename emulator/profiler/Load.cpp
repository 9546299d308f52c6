// Reads a profile together with its image, and says what is missing.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "tatami/profiler/Load.h"

#include "Files.h"
#include "Text.h"

#include "tatami/archive/Hash.h"
#include "tatami/profiler/Verbs.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <map>

namespace tatami::prof {
namespace {

/// Functions that have run and of which no line is known, the one with most
/// cycles first. The runtime may have lines when the program has none.
std::vector<std::string> withoutLines(const LoadedProfile &loaded) {
  struct Seen {
    uint64_t cycles = 0;
    bool hasLine = false;
  };
  std::map<std::string, Seen> functions;
  const Profile &profile = loaded.profile;
  for (const CodeCounts &counts : profile.code) {
    const uint64_t cycles = counts.issued + counts.lostCycles();
    if (cycles == 0)
      continue;
    const std::vector<SourcePlace> &places =
        loaded.symbols->at(profile.pcOf(counts.index));
    Seen &seen = functions[places.back().function];
    seen.cycles += cycles;
    seen.hasLine |= places.front().line != 0;
  }
  std::vector<std::pair<uint64_t, std::string>> list;
  for (const auto &[name, seen] : functions)
    if (!seen.hasLine)
      list.emplace_back(seen.cycles, name);
  std::sort(list.rbegin(), list.rend());
  std::vector<std::string> names;
  for (auto &entry : list)
    names.push_back(std::move(entry.second));
  return names;
}

} // namespace

std::string Input::defaultInput() { return defaultProfile; }

void Input::addTo(CLI::App &verb) {
  verb.add_option("-i,--input,file", file,
                  fmt::format("profile that \"tatami-prof run\" has written, "
                              "also as -i FILE; default: {}",
                              defaultProfile))
      ->type_name("FILE");
  verb.add_option("--image", image,
                  "image to take names and lines from; default: the one that "
                  "was run, where it was")
      ->type_name("IMAGE.elf");
}

std::string loadProfile(const Input &input, LoadedProfile &loaded) {
  if (std::string error = readProfile(input.file, loaded.profile);
      !error.empty()) {
    if (std::ifstream(input.file).is_open())
      return error;
    return fmt::format("{}: cannot be read; \"tatami-prof run IMAGE.elf\" "
                       "records {}",
                       input.file, defaultProfile);
  }
  const Profile &profile = loaded.profile;
  const bool isGiven = !input.image.empty();
  const std::string image = isGiven ? input.image : imageOf(profile);
  std::string bytes, error;
  if (std::string reason = readFile(image, bytes); !reason.empty()) {
    if (isGiven)
      return fmt::format("{}: {}", image, reason);
    loaded.notes.push_back(fmt::format("{} {}: functions are addresses; "
                                       "--image FILE names it where it is now",
                                       image, reason));
  } else if (hashOf(bytes) != profile.imageHash) {
    return isGiven
               ? fmt::format("{}: is not the image that was run; the profile "
                             "{} is of {}",
                             image, input.file, profile.image)
               : fmt::format("{}: has changed since {} was recorded; record "
                             "again, or name the old image with --image FILE",
                             image, input.file);
  }
  loaded.symbols = std::make_unique<Symbols>(image, error);
  if (!loaded.symbols->hasFunctions()) {
    std::vector<uint64_t> entries = {profile.textBase};
    for (const CallContext &context : profile.contexts)
      entries.push_back(context.function);
    loaded.symbols->nameByEntries(std::move(entries));
  }
  if (!error.empty())
    return {};
  if (std::vector<std::string> names = withoutLines(loaded); !names.empty()) {
    const size_t shown = std::min<size_t>(names.size(), 3);
    const std::string more = names.size() > shown
                                 ? fmt::format(" and {} more", names.size() - shown)
                                 : "";
    names.resize(shown);
    loaded.notes.push_back(
        fmt::format("{}: no line information of {}{}: compile with -g", image,
                    fmt::join(names, ", "), more));
  }
  return {};
}

std::vector<std::string> warningsOf(const Profile &profile) {
  std::vector<std::string> warnings;
  if (profile.isEstimate)
    warnings.push_back("the mesh was the fast one, so all cycles are "
                       "estimates; --mesh routers counts them");
  if (profile.timing == "unit")
    warnings.push_back("every instruction took one cycle (--timing unit)");
  // Chosen: what comes before main() takes some hundreds.
  if (profile.cycles < 1000)
    warnings.push_back(fmt::format("the run has {} cycles only: most of them "
                                   "are the start of a program and its end",
                                   profile.cycles));
  if (!profile.report.empty())
    warnings.push_back(
        "the run did not end by itself, the profile is of what came before: " +
        profile.report.substr(0, profile.report.find('\n')));
  return warnings;
}

void printNotes(const std::vector<std::string> &notes) {
  for (const std::string &note : notes)
    fmt::print(stderr, "tatami-prof: note: {}\n", visible(note));
}

} // namespace tatami::prof
