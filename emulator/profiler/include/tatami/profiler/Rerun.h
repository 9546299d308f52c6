// Runs what a profile has recorded again, on an idealised machine.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include "tatami/trace/Profile.h"

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace tatami::prof {

/// The program \p name in the folder of this one, as an absolute path.
std::string besideThisProgram(const std::string &name);

struct RerunResult {
  std::vector<std::string> ideals; ///< "KEY=VALUE", as asked for.
  std::string error; ///< Why there is no result: one sentence; or empty.
  uint64_t cycles = 0, instructions = 0;
  int exitStatus = 0;
  uint64_t outputHash = 0; ///< Of what was written to standard output.
  double hostSeconds = 0;
  bool interrupted = false; ///< By Ctrl-C.
};

/// Whether two runs have executed as many instructions, so that their cycles
/// can be compared.
bool isSameWork(const RerunResult &a, const RerunResult &b);

/// What keeps the run of \p profile from being repeated, in one sentence;
/// usually nothing. \p image is where its image is now.
std::string whyNotRerun(const Profile &profile, const std::string &image);

/// Runs the command of \p profile with each element of \p changes, some at a
/// time if the host has cores for that, in the directory where it was recorded.
/// Standard input is empty. \p done is called when a run has ended, with how many
/// have. Results are in the order of \p changes. Ctrl-C ends the runs, whose
/// results then say so; whatever ends this program ends them too.
std::vector<RerunResult>
rerun(const Profile &profile, const std::string &image,
      const std::vector<std::vector<std::string>> &changes,
      const std::function<void(size_t)> &done = {});

} // namespace tatami::prof
