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
/// Removes extensions of what is extended already.
FunctionPass *createTatamiExtensionsPass();
/// Moves the steps of loops behind the last use of what they step from.
extern char &TatamiSinkStepsID;
/// Warns where accumulators are spilled; runs when registers are allocated.
FunctionPass *createTatamiAccumulatorSpillsPass();

void initializeTatamiAccumulatorSpillsPass(PassRegistry &);
void initializeTatamiDAGToDAGISelLegacyPass(PassRegistry &);
void initializeTatamiExtensionsPass(PassRegistry &);
void initializeTatamiRemoteMemoryPass(PassRegistry &);
void initializeTatamiSinkStepsPass(PassRegistry &);

} // namespace llvm

#endif // LLVM_LIB_TARGET_TATAMI_TATAMI_H
