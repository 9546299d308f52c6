//===- Version.h - What this compiler calls itself --------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Clang writes the vendor of its library into whatever it makes. What this
// compiler makes is Tatami's: its version is found and replaced here.
//
//===----------------------------------------------------------------------===//

#ifndef TATAMI_DRIVER_VERSION_H
#define TATAMI_DRIVER_VERSION_H

#include "llvm/IR/PassManager.h"
#include <string>

namespace tatami {

/// "Tatami clang version 22.1.8 (Debian 1~deb12u1)": the version and origin of
/// the clang library are part of it.
std::string getFullVersion();

/// Puts that into the module's .ident and the producer of its DWARF.
class VersionPass : public llvm::PassInfoMixin<VersionPass> {
public:
  llvm::PreservedAnalyses run(llvm::Module &M, llvm::ModuleAnalysisManager &);
  static bool isRequired() { return true; }
};

} // namespace tatami

#endif // TATAMI_DRIVER_VERSION_H
