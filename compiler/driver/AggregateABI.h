//===- AggregateABI.h - How structures are passed and returned --*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// For a target that it does not know, clang passes every structure as a byval
// pointer and returns it through an sret pointer; the classes that decide so
// are private to clang. This pass, the first on a module, turns that into the
// ABI of docs/abi.md:
//
//   up to 16 bytes   one or two 64-bit integers (one i128 if it is aligned to
//                    16), parameters and results
//   larger           a pointer to a copy that the caller makes
//   variadic         a pointer to a copy, whatever the size
//
// C++ classes that must not be copied bit by bit stay what clang made of them:
// pointers.
//
//===----------------------------------------------------------------------===//

#ifndef TATAMI_DRIVER_AGGREGATEABI_H
#define TATAMI_DRIVER_AGGREGATEABI_H

#include "llvm/ADT/DenseSet.h"
#include "llvm/IR/PassManager.h"

namespace llvm {
class Type;
} // namespace llvm

namespace tatami {

class AggregateABIPass : public llvm::PassInfoMixin<AggregateABIPass> {
public:
  /// \p InMemory are the types that are returned through memory even if they
  /// are small. Without it (for a module that does not come from C or C++) no
  /// result is changed, since an sret pointer may then mean anything.
  explicit AggregateABIPass(const llvm::DenseSet<llvm::Type *> *InMemory)
      : InMemory(InMemory) {}

  llvm::PreservedAnalyses run(llvm::Module &M, llvm::ModuleAnalysisManager &);
  static bool isRequired() { return true; }

private:
  const llvm::DenseSet<llvm::Type *> *InMemory;
};

} // namespace tatami

#endif // TATAMI_DRIVER_AGGREGATEABI_H
