//===- Tatami.h - Passes of the code generator ----------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#ifndef LLVM_LIB_TARGET_TATAMI_TATAMI_H
#define LLVM_LIB_TARGET_TATAMI_TATAMI_H

namespace llvm {

class FunctionPass;
class PassRegistry;
class TatamiTargetMachine;
enum class CodeGenOptLevel;

/// Selection DAG to machine instructions.
FunctionPass *createTatamiISelDag(TatamiTargetMachine &TM,
                                  CodeGenOptLevel OptLevel);
/// Makes loops of copies of remote memory, diagnoses what it cannot do.
FunctionPass *createTatamiRemoteMemoryPass();
/// Removes sign extensions of what is sign-extended already.
FunctionPass *createTatamiSignExtensionPass();

void initializeTatamiDAGToDAGISelLegacyPass(PassRegistry &);
void initializeTatamiRemoteMemoryPass(PassRegistry &);
void initializeTatamiSignExtensionPass(PassRegistry &);

} // namespace llvm

#endif // LLVM_LIB_TARGET_TATAMI_TATAMI_H
