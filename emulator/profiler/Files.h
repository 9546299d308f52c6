// Reads whole files, and says what is wrong with others.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include <cstdint>
#include <string>

namespace tatami::prof {

/// Reads the regular file \p path of at most \p most bytes; a pipe or a device
/// might never end. Returns an empty string, or one sentence without the path.
std::string readFile(const std::string &path, std::string &bytes,
                     uint64_t most = UINT64_MAX);

} // namespace tatami::prof
