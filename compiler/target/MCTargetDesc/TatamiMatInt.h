//===- TatamiMatInt.h - Constants of any width ----------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#ifndef LLVM_LIB_TARGET_TATAMI_MCTARGETDESC_TATAMIMATINT_H
#define LLVM_LIB_TARGET_TATAMI_MCTARGETDESC_TATAMIMATINT_H

#include "llvm/ADT/SmallVector.h"
#include <cstdint>

namespace llvm::TatamiMatInt {

/// One step towards a constant. The first writes the register, each later one
/// reads and writes it.
struct Step {
  unsigned Opcode;  ///< LI, LUI, ADDI, SLLI or INSH
  int64_t Imm;      ///< the instruction's constant
  unsigned Pos = 0; ///< INSH: which 16 bits
};

/// The shortest sequence that we know for \p Value: one to four instructions.
SmallVector<Step, 4> materialize(int64_t Value);

} // namespace llvm::TatamiMatInt

#endif // LLVM_LIB_TARGET_TATAMI_MCTARGETDESC_TATAMIMATINT_H
