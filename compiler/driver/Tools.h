//===- Tools.h - The compiler and the assembler in this process -*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The two tools that the driver runs in its own process (or in a process of
// the same executable, started with -cc1 or -cc1as), and what they share.
//
//===----------------------------------------------------------------------===//

#ifndef TATAMI_DRIVER_TOOLS_H
#define TATAMI_DRIVER_TOOLS_H

#include "llvm/ADT/ArrayRef.h"

namespace tatami {

/// The compiler: everything after "-cc1". Returns the exit status.
int runCompiler(llvm::ArrayRef<const char *> Args, const char *Argv0);

/// The assembler: everything after "-cc1as". Returns the exit status.
int runAssembler(llvm::ArrayRef<const char *> Args, const char *Argv0);

/// Registers the Tatami backend with LLVM; cheap to repeat.
void initializeBackend();

} // namespace tatami

#endif // TATAMI_DRIVER_TOOLS_H
