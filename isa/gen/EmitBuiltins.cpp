// TatamiBuiltins.inc: builtins of the compiler, for clang and the backend.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "Emit.h"

#include <fmt/format.h>

namespace tatami::gen {

/// The macro does nothing unless the file that includes the table defines it.
static std::string defaultMacro(const char *name, const char *parameters) {
  return fmt::format("#ifndef {0}\n#define {0}({1})\n#endif\n", name,
                     parameters);
}

std::string emitBuiltins(const Machine &machine) {
  std::string out = fileHeader(
      "TATAMI_BUILTIN: name, clang's type, effect, instruction.\n"
      "// TATAMI_BUILTIN_RANGE: what a constant argument may be.");
  out += defaultMacro("TATAMI_BUILTIN", "Name, Type, Effect, Instruction");
  out += defaultMacro("TATAMI_BUILTIN_RANGE", "Name, Argument, Min, Max");
  for (const Builtin &builtin : machine.builtins)
    out += fmt::format("TATAMI_BUILTIN({}, {}, {}, {})\n", builtin.name,
                       quote(builtin.type), quote(builtin.effect),
                       builtin.inst);
  for (const Builtin &builtin : machine.builtins)
    for (const Builtin::Range &range : builtin.ranges)
      out += fmt::format("TATAMI_BUILTIN_RANGE({}, {}, {}, {})\n",
                         builtin.name, range.argument, range.min, range.max);
  return out + "#undef TATAMI_BUILTIN\n#undef TATAMI_BUILTIN_RANGE\n";
}

} // namespace tatami::gen
