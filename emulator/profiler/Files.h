// Reads whole files, and says what is wrong with others.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include "tatami/trace/Profile.h"

#include <cstdint>
#include <string>

namespace tatami::prof {

/// Reads the regular file \p path of at most \p most bytes; a pipe or a device
/// might never end. Returns an empty string, or one sentence without the path.
std::string readFile(const std::string &path, std::string &bytes,
                     uint64_t most = UINT64_MAX);

/// Where the image that was run is: a relative path that leads to nothing here
/// is taken from where it was named.
std::string imageOf(const Profile &profile);

} // namespace tatami::prof
