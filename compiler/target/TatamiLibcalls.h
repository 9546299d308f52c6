//===- TatamiLibcalls.h - Which functions compiled code may call ----------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#ifndef LLVM_LIB_TARGET_TATAMI_TATAMILIBCALLS_H
#define LLVM_LIB_TARGET_TATAMI_TATAMILIBCALLS_H

#include "llvm/ADT/StringRef.h"

namespace llvm {

/// A triple that LLVM does not know has no runtime library at all. Ours is that
/// of any 64-bit ELF machine without a double-precision unit: this one's. The
/// code generator calls it, and the linker keeps it.
inline constexpr StringLiteral TatamiLibcallTriple = "riscv64-unknown-elf";

} // namespace llvm

#endif // LLVM_LIB_TARGET_TATAMI_TATAMILIBCALLS_H
