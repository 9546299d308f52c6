// What a recorded run is told in one screen.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include "tatami/profiler/Energy.h"

#include "Text.h"

#include <string>
#include <vector>

namespace tatami::prof {

/// \p parts of their sum, in percent with one digit, so that what is printed
/// adds up to 100.0 exactly: what rounding leaves goes to where it cut most.
std::vector<std::string> exactPercents(const std::vector<uint64_t> &parts);

/// \p bound is the line that says what the run is bound by; \p energy may be
/// null.
void printSummary(const Analysis &analysis, const EnergyReport *energy,
                  const std::string &bound, const Screen &screen);

} // namespace tatami::prof
