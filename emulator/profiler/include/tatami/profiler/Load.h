// What every verb begins with: a profile and the names of its image.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include "tatami/profiler/Analysis.h"

#include <memory>
#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace tatami::prof {

/// What a verb is told of the profile to read.
struct Input {
  std::string file = defaultInput();
  std::string image; ///< Instead of the one that the profile names.

  /// The positional FILE and --image.
  void addTo(CLI::App &verb);
  static std::string defaultInput();
};

struct LoadedProfile {
  Profile profile;
  std::unique_ptr<Symbols> symbols;
  /// What a reader should know, one sentence each: no lines, no image, ...
  std::vector<std::string> notes;
};

/// Reads the profile and its image. Returns an empty string, or one sentence
/// that says what is wrong. An image that is not there any more is a note; one
/// that is another than was run is an error.
std::string loadProfile(const Input &input, LoadedProfile &loaded);

/// What a reader of any figure has to know of the run: "estimate", "trap", ...
std::vector<std::string> warningsOf(const Profile &profile);

/// "tatami-prof: note: ..." on standard error, for each.
void printNotes(const std::vector<std::string> &notes);

} // namespace tatami::prof
