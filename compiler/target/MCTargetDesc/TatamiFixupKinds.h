//===- TatamiFixupKinds.h - Places in an instruction to be filled in ------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#ifndef LLVM_LIB_TARGET_TATAMI_MCTARGETDESC_TATAMIFIXUPKINDS_H
#define LLVM_LIB_TARGET_TATAMI_MCTARGETDESC_TATAMIFIXUPKINDS_H

#include "llvm/MC/MCFixup.h"

namespace llvm::Tatami {

/// Each kind is one relocation of isa/abi/Relocs.td. The order is that of the
/// table in TatamiAsmBackend.cpp.
enum Fixups : uint16_t {
  fixup_abs22 = FirstTargetFixupKind,
  fixup_branch15,
  fixup_jump20,
  fixup_tprel22,
  fixup_lo15,
  fixup_hi20,

  LastTargetFixupKind,
  NumTargetFixupKinds = LastTargetFixupKind - FirstTargetFixupKind
};

} // namespace llvm::Tatami

#endif // LLVM_LIB_TARGET_TATAMI_MCTARGETDESC_TATAMIFIXUPKINDS_H
