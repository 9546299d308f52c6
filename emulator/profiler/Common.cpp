// What all verbs share.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "tatami/profiler/Verbs.h"

#include "Text.h"

#include <fmt/format.h>

namespace tatami::prof {

int fail(const std::string &message, int status) {
  fmt::print(stderr, "tatami-prof: error: {}\n", visible(message));
  return status;
}

} // namespace tatami::prof
