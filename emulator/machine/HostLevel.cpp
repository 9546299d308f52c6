// Chooses the interpreter that suits the host.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "Interpreter.h"

#include "tatami/machine/Machine.h"

using namespace tatami;

const HostLevel *tatami::selectHostLevel(std::string_view name) {
  static const HostLevel *const levels[] = {
#ifdef TATAMI_X86_LEVELS
      &hostLevelV4,
      &hostLevelV3,
#endif
      &hostLevelGeneric,
  };
  for (const HostLevel *level : levels)
    if ((name.empty() || name == level->name) && level->supported())
      return level;
  return nullptr;
}

std::string tatami::checkHostLevel(const std::string &name) {
  if (selectHostLevel(name))
    return "";
  return "host level '" + name +
         "' does not exist or this host lacks it; there are generic, v3 "
         "(AVX2, FMA) and v4 (AVX-512)";
}
