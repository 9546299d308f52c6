//===- Machine.td - The whole machine, whoever reads it -------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Included by both roots, after the classes of Target.td (or of Prelude.td).
//===----------------------------------------------------------------------===//

include "Registers.td"
include "Operands.td"
include "abi/Traps.td"
include "abi/ControlRegisters.td"
include "abi/Relocs.td"
include "abi/HostCalls.td"
include "abi/MemoryMap.td"
include "abi/GlobalAddress.td"
include "abi/ListEngine.td"
include "timing/Classes.td"
include "Formats.td"
include "insns/Scalar.td"
include "insns/Memory.td"
include "insns/Atomic.td"
include "insns/ScalarFloat.td"
include "insns/VectorInt.td"
include "insns/VectorFloat.td"
include "insns/VectorMemory.td"
include "insns/Permute.td"
include "insns/Mask.td"
include "insns/Convert.td"
include "insns/Matrix.td"
include "insns/Mesh.td"
include "insns/System.td"
include "timing/Unit.td"
include "timing/D1.td"
include "Builtins.td"
