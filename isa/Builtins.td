//===- Builtins.td - Compiler builtins that stand for one instruction -----===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// One table for clang (name, type), for the backend (the call becomes the
// instruction), for <tatami.h> and for the reference. (Filled in below.)
//===----------------------------------------------------------------------===//
