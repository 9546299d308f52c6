//===- Diagnostics.cpp - Errors and warnings of the linker ----------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tatami/linker/Diagnostics.h"

namespace tatami::linker {

void Diagnostics::error(const llvm::Twine &Message) {
  ++ErrorCount;
  if (ErrorLimit == 0 || ErrorCount <= ErrorLimit) {
    Err << "tatami-ld: error: " << Message << '\n';
    return;
  }
  if (ErrorCount == ErrorLimit + 1)
    Err << "tatami-ld: error: too many errors emitted, the rest is not shown "
           "(use --error-limit=0 to see all errors)\n";
}

void Diagnostics::warning(const llvm::Twine &Message) {
  if (FatalWarnings)
    return error(Message);
  Err << "tatami-ld: warning: " << Message << '\n';
}

void Diagnostics::message(const llvm::Twine &Message) {
  Out << Message << '\n';
}

} // namespace tatami::linker
