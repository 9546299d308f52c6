//===- Registers.td - Register files --------------------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// All register files are chosen (no register count of the original machine is
// public). DWARF numbers: x 0-31, v 32-63, m 64-71, acc 72-79.
//===----------------------------------------------------------------------===//

class TatamiRegister<bits<5> Encoding, int Dwarf, string Name, list<string> Aliases = []>
    : Register<Name, Aliases>, DwarfRegNum<[Dwarf]> {
  let Namespace = "Tatami";
  let HWEncoding{4-0} = Encoding;
}

// The second name is the calling convention's (docs/abi.md).
def AbiName : RegAltNameIndex {
  let Namespace = "Tatami";
  let FallbackRegAltNameIndex = NoRegAltName;
}
defvar ScalarAliases = [
  "zero", "ra", "sp", "tp", "fp", "t0", "t1", "t2",
  "a0", "a1", "a2", "a3", "a4", "a5", "a6", "a7",
  "t3", "t4", "t5", "t6", "t7", "t8", "s0", "s1",
  "s2", "s3", "s4", "s5", "s6", "s7", "s8", "s9"];

foreach I = 0...31 in {
  let isConstant = !eq(I, 0), RegAltNameIndices = [AbiName] in
  def X#I : TatamiRegister<I, I, "x"#I, [ScalarAliases[I]]>;
  def V#I : TatamiRegister<I, !add(32, I), "v"#I>;
}
foreach I = 0...7 in {
  let isConstant = !eq(I, 0) in
  def M#I : TatamiRegister<I, !add(64, I), "m"#I>;
  def ACC#I : TatamiRegister<I, !add(72, I), "acc"#I>;
}

// What a call keeps, in the order in which a frame saves it. sp and tp are kept
// as well, but no frame saves them.
class CallRules<list<Register> Kept> { list<Register> KeptRegisters = Kept; }
def TatamiCalls : CallRules<!listconcat(
    [X4]<Register>,
    !foreach(I, !range(22, 32), !cast<Register>("X"#I)),
    !foreach(I, !range(24, 32), !cast<Register>("V"#I)),
    [M6, M7]<Register>)>;

// Allocation order: temporaries and arguments first, then what a call keeps.
class TatamiRegisterClass<list<ValueType> Types, int Align, dag Members, string What>
    : RegisterClass<"Tatami", Types, Align, Members> {
  let DiagnosticType = "Invalid" # NAME;
  let DiagnosticString = "operand must be " # What;
}

def GPR : TatamiRegisterClass<[i64, i32], 64,
    (add (sequence "X%u", 8, 21), (sequence "X%u", 5, 7), (sequence "X%u", 22, 31),
         X4, X1, X0, X2, X3), "a scalar register, x0 to x31">;

// 512-bit vectors; one file for every lane type.
def VR : TatamiRegisterClass<
    [v16i32, v16f32, v64i8, v32i16, v8i64, v32f16, v32bf16], 512,
    (add (sequence "V%u", 0, 31)), "a vector register, v0 to v31">;

// Scalar floating point: lane 0 of a vector register.
def FR : TatamiRegisterClass<[f32], 32, (add (sequence "V%u", 0, 31)),
    "a vector register, v0 to v31">;

// Predicates, one bit per lane; m0 reads all ones and ignores writes.
let Size = 64 in
def MR : TatamiRegisterClass<[v16i1, v64i1, v32i1, v8i1], 64,
    (add (sequence "M%u", 1, 7), M0), "a mask register, m0 to m7">;

// Matrix accumulators, 8x8 FP32 or INT32, row-major, 256 bytes.
def AR : TatamiRegisterClass<[v64f32, v64i32], 512,
    (add (sequence "ACC%u", 0, 7)), "an accumulator, acc0 to acc7">;
