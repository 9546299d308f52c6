//===- TatamiTargetInfo.h - The one registry entry of the target ----------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#ifndef LLVM_LIB_TARGET_TATAMI_TARGETINFO_TATAMITARGETINFO_H
#define LLVM_LIB_TARGET_TATAMI_TARGETINFO_TATAMITARGETINFO_H

namespace llvm {

class Target;

/// The entry that every part of the backend registers its constructors with.
Target &getTheTatamiTarget();

} // namespace llvm

#endif // LLVM_LIB_TARGET_TATAMI_TARGETINFO_TATAMITARGETINFO_H
