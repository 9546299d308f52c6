// TatamiBuiltins.inc: builtins of the compiler, for clang and the backend.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "Emit.h"

#include <fmt/format.h>

namespace tatami::gen {

std::string emitBuiltins(const Machine &machine) {
  std::string out = fileHeader(
      "TATAMI_BUILTIN(Name, ClangType, Attributes, InstRecord): strings, the "
      "last an\n// identifier.");
  for (const Builtin &builtin : machine.builtins)
    out += fmt::format("TATAMI_BUILTIN({}, {}, {}, {})\n", builtin.name,
                       quote(builtin.type), quote(builtin.attributes),
                       builtin.inst);
  return out;
}

} // namespace tatami::gen
