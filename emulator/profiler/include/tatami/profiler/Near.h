// What somebody may have meant who wrote a name that there is not.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include <string>
#include <vector>

namespace tatami::prof {

/// "; did you mean 'a', 'b' or 'c'?" with the names that are like \p given, or
/// nothing if none is.
std::string didYouMean(const std::string &given,
                       const std::vector<std::string> &names);

} // namespace tatami::prof
