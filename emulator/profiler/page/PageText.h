// The parts of a page that are the same for every profile, from web/.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include <string_view>

namespace tatami::prof {

/// The frame, with @NAME@ where a part goes; the style; the script; a hash of
/// the last two.
extern const std::string_view pageHtml, pageStyle, pageScript, pageHash;

} // namespace tatami::prof
