// A profile as one HTML page that needs nothing else: no network, no library.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include "TimelineData.h"

#include "tatami/machine/MachineConfig.h"
#include "tatami/profiler/Analysis.h"
#include "tatami/profiler/CriticalPath.h"
#include "tatami/profiler/Energy.h"
#include "tatami/profiler/Roofline.h"

#include <cstddef>
#include <string>
#include <vector>

namespace tatami::prof {

/// What a page shows beside the analysis itself.
struct PageInput {
  PageInput(const Analysis &analysis, const MachineConfig &config)
      : analysis(analysis), config(config) {}

  const Analysis &analysis;
  const MachineConfig &config;
  /// Null: not known, and the page says so.
  const EnergyReport *energy = nullptr;
  const Roofline *nodeRoofline = nullptr, *machineRoofline = nullptr;
  const CriticalPath *path = nullptr;
  const Timeline *timeline = nullptr;
  /// The file that it was read from, for the page's own text.
  std::string profilePath;
  /// The bottleneck in one sentence, "bound by: ..."; empty: the page names
  /// the largest cause.
  std::string boundBy;
  /// What a reader must know before believing a figure.
  std::vector<std::string> warnings;
  /// Compressed arrays (nodes and links over time) are made coarser until they
  /// are no larger.
  size_t arrayBytes = size_t(12) << 20;
};

/// The whole page.
std::string renderPage(const PageInput &input);

} // namespace tatami::prof
