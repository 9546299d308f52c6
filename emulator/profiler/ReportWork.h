// tatami-prof report --energy, --roofline: tables of work instead of cycles.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include "tatami/profiler/Load.h"

#include <string>
#include <vector>

namespace tatami::prof {

struct WorkOptions {
  bool energy = false, sensitivity = false;
  bool roofline = false;
  std::string machine; ///< A file or name instead of the profile's machine.

  bool any() const { return energy || sensitivity || roofline; }
  void addTo(CLI::App &verb);
};

/// Prints what was asked for; \p limit functions, 0: as many as fit a screen.
int reportWork(const WorkOptions &options, const LoadedProfile &loaded,
               size_t limit, const std::vector<std::string> &notes, bool json);

} // namespace tatami::prof
