// Numbers with a unit and its prefix.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "Units.h"

#include <fmt/format.h>

#include <cmath>

namespace tatami::prof {

std::string withUnit(double value, const char *unit) {
  static constexpr const char *prefixes[] = {"p", "n", "u", "m", "",  "k",
                                             "M", "G", "T", "P", "E"};
  constexpr int none = 4, last = int(std::size(prefixes)) - 1;
  int prefix = none;
  if (value != 0 && std::isfinite(value)) {
    // 999.95 is 1000 in four figures.
    while (std::abs(value) >= 999.95 && prefix < last) {
      value /= 1000;
      ++prefix;
    }
    while (std::abs(value) < 0.99995 && prefix > 0) {
      value *= 1000;
      --prefix;
    }
  }
  std::string number = fmt::format("{:.4g}", value);
  return fmt::format("{} {}{}", number, prefixes[prefix], unit);
}

} // namespace tatami::prof
