// A profile made by hand: a grid of nodes that has never run, with everything
// that a page shows. Its sums are right and its texts are hostile.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include "tatami/machine/MachineConfig.h"
#include "tatami/trace/Profile.h"

#include <string>

namespace tatami::prof {

/// What a page must show as text, wherever a program can choose one.
inline const std::string hostileText =
    "</script><img src=x onerror=\"document.title='broken'\"><!-- & \"'`${1}";

/// \p image: an ELF file, whose instructions get the cycles.
Profile syntheticProfile(const std::string &image, const MachineConfig &config,
                         uint32_t intervals = 256);

} // namespace tatami::prof
