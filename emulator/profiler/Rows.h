// What a report lists, whatever it is sorted by: rows with figures and a name.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include "Json.h"
#include "Source.h"

#include <string>
#include <vector>

namespace tatami::prof {

struct Row {
  CodeCycles counts;
  uint64_t inclusive = 0;
  uint64_t calls = 0;   ///< Of a context.
  std::string function; ///< That --function looks at.
  std::string name;     ///< As the table shows it.
  Json keys;            ///< What names the row in JSON.
};

std::vector<Row> functionRows(const Analysis &analysis);
std::vector<Row> lineRows(const Analysis &analysis, Sources &sources);
std::vector<Row> instructionRows(const Analysis &analysis);
std::vector<Row> nodeRows(const Analysis &analysis);
/// Of contexts only cycles and calls are known: the cycles are in `inclusive`
/// and, without callees, in counts.issued.
std::vector<Row> contextRows(const Analysis &analysis);

/// Cycles of every context with its callees.
std::vector<uint64_t> subtreeCycles(const Profile &profile);

} // namespace tatami::prof
