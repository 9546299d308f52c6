// Numbers with a unit and its prefix.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include <string>

namespace tatami::prof {

/// 1.024e12, "FLOP/s" -> "1.024 TFLOP/s"; four figures.
std::string withUnit(double value, const char *unit);

} // namespace tatami::prof
