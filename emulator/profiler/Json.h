// The parts that all verbs' JSON has in common (docs/profile-schema.md).
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include "tatami/profiler/Load.h"

#include <nlohmann/json.hpp>

namespace tatami::prof {

using Json = nlohmann::ordered_json;

/// Version of the JSON of all verbs.
inline constexpr int jsonSchema = 1;

/// {"schema": 1, "verb": VERB}
Json jsonOf(const char *verb);
/// What was run, and where its thread-cycles went.
Json runJson(const Analysis &analysis);
Json lostJson(const CycleCounts &counts);
Json countsJson(const CodeCycles &counts);
/// Prints \p json to standard output; returns the exit status.
int printJson(const Json &json);

} // namespace tatami::prof
