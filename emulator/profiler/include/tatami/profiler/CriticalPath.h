// The critical path with names: which code, on which nodes, and which waits
// determined when the run ended.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include "tatami/profiler/Symbols.h"
#include "tatami/trace/Profile.h"

#include <array>
#include <cstdint>
#include <string>
#include <vector>

namespace tatami::prof {

/// Steps of one kind at one place of the source.
struct PathShare {
  StepKind kind = StepKind::Compute;
  /// Of a wait: what waited. Of compute: what ran. Empty for lists.
  std::string function, file;
  unsigned firstLine = 0, lastLine = 0;
  uint64_t cycles = 0, steps = 0;
  std::vector<uint32_t> nodes; ///< Ascending.
};

/// A stretch of the path, as a person reads it: neighbouring steps that are
/// alike are one.
struct PathStretch {
  uint64_t from = 0, to = 0;
  StepKind kind = StepKind::Compute;
  uint32_t node = 0;
  uint8_t agent = 0;
  uint32_t sender = 0;   ///< See PathStep.
  uint64_t steps = 1;    ///< That it is made of.
  std::string function, file;
  unsigned line = 0;
};

struct CriticalPath {
  CriticalPath(const Profile &profile, const Symbols &symbols);

  uint64_t cycles = 0; ///< All of the run.
  std::array<uint64_t, numStepKinds> byKind = {};
  std::vector<PathShare> shares;       ///< The largest first.
  std::vector<PathStretch> stretches;  ///< In the order of time.
};

/// Of a thread "thread 2", of a list "list 1".
std::string agentName(uint8_t agent);
/// "compute", "message", "round trip", ...
std::string kindText(StepKind kind);

/// Both end with a newline; \p most limits the stretches that the text lists.
std::string criticalPathText(const CriticalPath &path, size_t most);
std::string criticalPathJson(const CriticalPath &path);

} // namespace tatami::prof
