//===- TatamiPatterns.td - Selection patterns -----------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

include "TatamiNodes.td"
include "TatamiPseudos.td"
include "TatamiPatternsScalar.td"
include "TatamiPatternsMemory.td"
include "TatamiPatternsFloat.td"
include "TatamiPatternsVector.td"
include "TatamiBuiltins.td"
