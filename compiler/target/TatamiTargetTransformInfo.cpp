//===- TatamiTargetTransformInfo.cpp - Costs for the optimiser ------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#include "TatamiTargetTransformInfo.h"

using namespace llvm;
