//===- Operands.td - Operand types; the name states the range -------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// An immediate's value is its meaning (bytes, lanes, counts): a suffix _lslN
// says that N low zero bits are not encoded. LLVM's hooks are named here since
// every operand needs the same few, templated on width and shift.
//===----------------------------------------------------------------------===//

class ImmOperandClass<string OpName, string Predicate, string Range, string Parser = "">
    : AsmOperandClass {
  let Name = OpName;
  let PredicateMethod = Predicate;
  let RenderMethod = "addImmOperands";
  let ParserMethod = Parser;
  let DiagnosticType = "Invalid" # OpName;
  let DiagnosticString = "immediate must be " # Range;
}

// Bits: encoded width. Shift: low zero bits left out. Reloc: what a symbol becomes.
class TatamiImm<ValueType Ty, int BitCount, bit IsSigned, int Scale> : Operand<Ty> {
  int Bits = BitCount;
  bit Signed = IsSigned;
  int Shift = Scale;
  bit PCRelative = false;
  int Min = !if(IsSigned, !mul(!sub(0, !shl(1, !sub(BitCount, 1))), !shl(1, Scale)), 0);
  int Max = !if(IsSigned, !mul(!sub(!shl(1, !sub(BitCount, 1)), 1), !shl(1, Scale)),
                !mul(!sub(!shl(1, BitCount), 1), !shl(1, Scale)));
  let OperandType = "OPERAND_IMMEDIATE";
}

class SImm<int BitCount, int Scale = 0>
    : TatamiImm<i64, BitCount, true, Scale> {
  defvar Suffix = BitCount # !if(!eq(Scale, 0), "", "Lsl" # Scale);
  let EncoderMethod = "encodeImm<" # Scale # ">";
  let DecoderMethod = "decodeSImm<" # BitCount # ", " # Scale # ">";
  let ParserMatchClass = ImmOperandClass<"SImm" # Suffix,
      "isSImm<" # BitCount # ", " # Scale # ">",
      !if(!eq(Scale, 0), "", "a multiple of " # !shl(1, Scale) # " ")
      # "in [" # Min # ", " # Max # "]">;
}

class UImm<int BitCount, int Scale = 0>
    : TatamiImm<i64, BitCount, false, Scale> {
  defvar Suffix = BitCount # !if(!eq(Scale, 0), "", "Lsl" # Scale);
  let EncoderMethod = "encodeImm<" # Scale # ">";
  let DecoderMethod = "decodeUImm<" # BitCount # ", " # Scale # ">";
  let ParserMatchClass = ImmOperandClass<"UImm" # Suffix,
      "isUImm<" # BitCount # ", " # Scale # ">",
      !if(!eq(Scale, 0), "", "a multiple of " # !shl(1, Scale) # " ")
      # "in [" # Min # ", " # Max # "]">;
}

def simm10 : SImm<10>;
def simm11 : SImm<11>;
def simm15 : SImm<15>;
def simm15_lsl6 : SImm<15, 6>;
def uimm2 : UImm<2>;
def uimm3 : UImm<3>;
def uimm4 : UImm<4>;
def uimm5 : UImm<5>;
def uimm6 : UImm<6>;
def uimm10 : UImm<10>;
def uimm16 : UImm<16>;

// The value of lui before it is moved up by 15 bits: constant or %hi(symbol).
def simm20_hi : SImm<20> {
  let EncoderMethod = "encodeHi20";
  let ParserMatchClass = ImmOperandClass<"Hi20", "isHi20",
      "in [" # Min # ", " # Max # "] or %hi(symbol)">;
}
// A 22-bit constant, the address of a symbol, or its place in a thread's block.
def simm22_abs : SImm<22> {
  let EncoderMethod = "encodeAbs22";
  let ParserMatchClass = ImmOperandClass<"Abs22", "isAbs22",
      "a symbol, %tprel(symbol), or in [" # Min # ", " # Max # "]", "parseSymbolic">;
}
// A low part: constant or %lo(symbol).
def simm15_lo : SImm<15> {
  let EncoderMethod = "encodeLo15";
  let ParserMatchClass = ImmOperandClass<"Lo15", "isLo15",
      "in [" # Min # ", " # Max # "] or %lo(symbol)">;
}

// Distances from the instruction itself, in bytes.
class BranchTarget<int BitCount, string Kind> : TatamiImm<OtherVT, BitCount, true, 2> {
  let PCRelative = true;
  let OperandType = "OPERAND_PCREL";
  let EncoderMethod = "encode" # Kind # "Target";
  let DecoderMethod = "decodeSImm<" # BitCount # ", 2>";
  let PrintMethod = "printBranchTarget";
  let ParserMatchClass = ImmOperandClass<Kind # "Target",
      "isBranchTarget<" # BitCount # ">",
      "a symbol, or a multiple of 4 in [" # Min # ", " # Max # "]", "parseSymbolic">;
}
def branch_target15 : BranchTarget<15, "Branch">;
def jump_target20 : BranchTarget<20, "Jump">;

// A control register by name or number.
def csr : TatamiImm<i64, 10, false, 0> {
  let EncoderMethod = "encodeImm<0>";
  let DecoderMethod = "decodeUImm<10, 0>";
  let PrintMethod = "printControlRegister";
  let ParserMatchClass = ImmOperandClass<"ControlRegister", "isControlRegister",
      "a control register's name or a number in [0, 1023]", "parseControlRegister">;
}
