//===- Semantics.h - What every instruction does ----------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// exec(thread, memory, operands) for every instruction of the machine. See
// Exec.h for how a body is written, Facts.h for what it returns.
//
//===----------------------------------------------------------------------===//

#ifndef TATAMI_SEMANTICS_SEMANTICS_H
#define TATAMI_SEMANTICS_SEMANTICS_H

#include "tatami/semantics/Atomic.h"
#include "tatami/semantics/Convert.h"
#include "tatami/semantics/Mask.h"
#include "tatami/semantics/Matrix.h"
#include "tatami/semantics/Memory.h"
#include "tatami/semantics/Mesh.h"
#include "tatami/semantics/Permute.h"
#include "tatami/semantics/Scalar.h"
#include "tatami/semantics/ScalarFloat.h"
#include "tatami/semantics/System.h"
#include "tatami/semantics/VectorFloat.h"
#include "tatami/semantics/VectorInt.h"
#include "tatami/semantics/VectorMemory.h"

#endif // TATAMI_SEMANTICS_SEMANTICS_H
