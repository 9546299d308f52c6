//===- TatamiCallingConv.td - Where arguments live ------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Integers, pointers and all else that is not listed travel in a0-a7 as 64-bit
// values (32-bit ones sign-extended), then on the stack in slots of 8 bytes.
// FP32 and 512-bit vectors share v0-v7; masks have m1-m3. Accumulators are not
// passable: the call lowering reports them before these rules are asked.
//===----------------------------------------------------------------------===//

class CCIfUnnamed<CCAction A> : CCIf<"ArgFlags.isVarArg()", A>;

def CC_Tatami : CallingConv<[
  CCIfType<[i32], CCPromoteToType<i64>>,

  // What "..." stands for: everything in integer registers and their overflow,
  // so that va_arg sees one array. Vectors by reference.
  CCIfUnnamed<CCIfType<[v16i32, v16f32, v64i8, v32i16, v8i64, v32f16, v32bf16,
                        v16i1, v64i1, v32i1, v8i1], CCPassIndirect<i64>>>,

  // __bf16, widened; C itself makes a double of a float.
  CCIfUnnamed<CCIfType<[f32], CCCustom<"CC_Tatami_FloatAsInteger">>>,

  // What wants 16 bytes begins at an even slot.
  CCIfUnnamed<CCIfSplit<CCCustom<"CC_Tatami_EvenSlot">>>,

  CCIfType<[i64], CCAssignToReg<[X8, X9, X10, X11, X12, X13, X14, X15]>>,
  CCIfType<[f32, v16i32, v16f32, v64i8, v32i16, v8i64, v32f16, v32bf16],
           CCAssignToReg<[V0, V1, V2, V3, V4, V5, V6, V7]>>,
  CCIfType<[v16i1, v64i1, v32i1, v8i1], CCAssignToReg<[M1, M2, M3]>>,

  CCIfType<[i64, f32, v16i1, v64i1, v32i1, v8i1], CCAssignToStack<8, 8>>,
  CCIfType<[v16i32, v16f32, v64i8, v32i16, v8i64, v32f16, v32bf16],
           CCAssignToStack<64, 64>>
]>;

def RetCC_Tatami : CallingConv<[
  CCIfType<[i32], CCPromoteToType<i64>>,
  CCIfType<[i64], CCAssignToReg<[X8, X9]>>,
  CCIfType<[f32, v16i32, v16f32, v64i8, v32i16, v8i64, v32f16, v32bf16],
           CCAssignToReg<[V0, V1, V2, V3, V4, V5, V6, V7]>>,
  CCIfType<[v16i1, v64i1, v32i1, v8i1], CCAssignToReg<[M1]>>
]>;

// What a call preserves (isa/Registers.td), and the return address, which a
// function that calls has to save.
defvar SavedRegisters = !listconcat([X1]<Register>, TatamiCalls.KeptRegisters);
def CSR_Tatami
    : CalleeSavedRegs<!dag(
          add, SavedRegisters, !listsplat("", !size(SavedRegisters)))>;
def CSR_NoRegs : CalleeSavedRegs<(add)>;
