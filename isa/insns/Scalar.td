//===- Scalar.td - Integer arithmetic, branches, constants ----------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A `w` form computes on the low 32 bits and sign-extends its result.
//===----------------------------------------------------------------------===//

let Group = "scalar" in {

class Alu<bits<10> Funct, string Mnemonic, string What, SchedWrite W = WAlu>
    : FormatR<0x01, Funct, (outs GPR:$rd), (ins GPR:$rs1, GPR:$rs2), Mnemonic, "$rd, $rs1, $rs2", W> {
  let Brief = What;
}
class Unary<bits<5> Sub, string Mnemonic, string What>
    : FormatR1<0x01, 0x3ff, Sub, (outs GPR:$rd), (ins GPR:$rs1), Mnemonic, "$rd, $rs1", WAlu> {
  let Brief = What;
}
class AluImm<bits<7> Op, string Mnemonic, string What, Operand Imm = simm15>
    : FormatI<Op, (outs GPR:$rd), (ins GPR:$rs1, Imm:$imm), Mnemonic, "$rd, $rs1, $imm", WAlu> {
  let Brief = What;
}
class ShiftImm<bits<9> Funct, Operand Amount, string Mnemonic, string What>
    : FormatI6<0x03, Funct, (outs GPR:$rd), (ins GPR:$rs1, Amount:$imm), Mnemonic, "$rd, $rs1, $imm", WAlu> {
  let Brief = What;
}
// Amounts of 32-bit shifts have five bits; the sixth is zero.
class ShiftImmW<bits<9> Funct, string Mnemonic, string What>
    : TatamiInst<(outs GPR:$rd), (ins GPR:$rs1, uimm5:$imm), Mnemonic, "$rd, $rs1, $imm", WAlu> {
  bits<5> rd; bits<5> rs1; bits<5> imm;
  let Major = 0x03;
  let Inst{31-23} = Funct; let Inst{22} = 0; let Inst{21-17} = imm; let Inst{16-12} = rs1; let Inst{11-7} = rd;
  let Brief = What;
}

let isCommutable = true in {
def ADD   : Alu<0x00, "add", "64-bit sum, wrapping.">;
def AND   : Alu<0x01, "and", "Bitwise and.">;
def OR    : Alu<0x02, "or", "Bitwise or.">;
def XOR   : Alu<0x03, "xor", "Bitwise exclusive or.">;
def XNOR  : Alu<0x04, "xnor", "Bitwise exclusive nor.">;
def MIN   : Alu<0x05, "min", "Smaller of two signed numbers.">;
def MAX   : Alu<0x06, "max", "Larger of two signed numbers.">;
def MINU  : Alu<0x07, "minu", "Smaller of two unsigned numbers.">;
def MAXU  : Alu<0x08, "maxu", "Larger of two unsigned numbers.">;
def SEQ   : Alu<0x09, "seq", "1 if equal, else 0.">;
def SNE   : Alu<0x0a, "sne", "1 if different, else 0.">;
def ADDW  : Alu<0x0b, "addw", "32-bit sum.">;
def MINW  : Alu<0x0c, "minw", "Smaller of two signed 32-bit numbers.">;
def MAXW  : Alu<0x0d, "maxw", "Larger of two signed 32-bit numbers.">;
def MINUW : Alu<0x0e, "minuw", "Smaller of two unsigned 32-bit numbers, sign-extended.">;
def MAXUW : Alu<0x0f, "maxuw", "Larger of two unsigned 32-bit numbers, sign-extended.">;
def SEQW  : Alu<0x10, "seqw", "1 if the low 32 bits are equal, else 0.">;
def SNEW  : Alu<0x11, "snew", "1 if the low 32 bits differ, else 0.">;
def MUL   : Alu<0x12, "mul", "Low 64 bits of the product.", WMul>;
def MULW  : Alu<0x13, "mulw", "32-bit product.", WMul>;
def MULH  : Alu<0x14, "mulh", "High 64 bits of the signed product.", WMul>;
def MULHU : Alu<0x15, "mulhu", "High 64 bits of the unsigned product.", WMul>;
}
def MULHSU: Alu<0x16, "mulhsu", "High 64 bits of signed rs1 times unsigned rs2.", WMul>;
def SUB   : Alu<0x17, "sub", "64-bit difference, wrapping.">;
def SUBW  : Alu<0x18, "subw", "32-bit difference.">;
def ANDN  : Alu<0x19, "andn", "rs1 and not rs2.">;
def ORN   : Alu<0x1a, "orn", "rs1 or not rs2.">;
def SLL   : Alu<0x1b, "sll", "Shift left by the low 6 bits of rs2.">;
def SRL   : Alu<0x1c, "srl", "Logical shift right by the low 6 bits of rs2.">;
def SRA   : Alu<0x1d, "sra", "Arithmetic shift right by the low 6 bits of rs2.">;
def ROL   : Alu<0x1e, "rol", "Rotate left by the low 6 bits of rs2.">;
def ROR   : Alu<0x1f, "ror", "Rotate right by the low 6 bits of rs2.">;
def SLLW  : Alu<0x20, "sllw", "32-bit shift left by the low 5 bits of rs2.">;
def SRLW  : Alu<0x21, "srlw", "32-bit logical shift right by the low 5 bits of rs2.">;
def SRAW  : Alu<0x22, "sraw", "32-bit arithmetic shift right by the low 5 bits of rs2.">;
def ROLW  : Alu<0x23, "rolw", "32-bit rotate left by the low 5 bits of rs2.">;
def RORW  : Alu<0x24, "rorw", "32-bit rotate right by the low 5 bits of rs2.">;
def SLT   : Alu<0x25, "slt", "1 if rs1 < rs2, signed, else 0.">;
def SLTU  : Alu<0x26, "sltu", "1 if rs1 < rs2, unsigned, else 0.">;
def SLTW  : Alu<0x27, "sltw", "1 if rs1 < rs2, signed 32-bit, else 0.">;
def SLTUW : Alu<0x28, "sltuw", "1 if rs1 < rs2, unsigned 32-bit, else 0.">;

// The smallest number divided by -1 is itself, with remainder 0.
let Raises = [DivideByZero], hasSideEffects = true in {
def DIV   : Alu<0x29, "div", "Signed quotient, rounded towards zero.", WDiv>;
def DIVU  : Alu<0x2a, "divu", "Unsigned quotient.", WDiv>;
def REM   : Alu<0x2b, "rem", "Signed remainder, with the sign of rs1.", WDiv>;
def REMU  : Alu<0x2c, "remu", "Unsigned remainder.", WDiv>;
def DIVW  : Alu<0x2d, "divw", "32-bit signed quotient, rounded towards zero.", WDiv>;
def DIVUW : Alu<0x2e, "divuw", "32-bit unsigned quotient, sign-extended.", WDiv>;
def REMW  : Alu<0x2f, "remw", "32-bit signed remainder.", WDiv>;
def REMUW : Alu<0x30, "remuw", "32-bit unsigned remainder, sign-extended.", WDiv>;
}

def CLZ   : Unary<0, "clz", "Leading zero bits; 64 for zero.">;
def CTZ   : Unary<1, "ctz", "Trailing zero bits; 64 for zero.">;
def CPOP  : Unary<2, "cpop", "Number of one bits.">;
def CLZW  : Unary<3, "clzw", "Leading zero bits of the low 32; 32 for zero.">;
def CTZW  : Unary<4, "ctzw", "Trailing zero bits of the low 32; 32 for zero.">;
def CPOPW : Unary<5, "cpopw", "Number of one bits in the low 32.">;
def SEXTB : Unary<6, "sext.b", "Sign-extend the low 8 bits.">;
def SEXTH : Unary<7, "sext.h", "Sign-extend the low 16 bits.">;
def SEXTW : Unary<8, "sext.w", "Sign-extend the low 32 bits.">;
def ZEXTH : Unary<9, "zext.h", "Zero-extend the low 16 bits.">;
def ZEXTW : Unary<10, "zext.w", "Zero-extend the low 32 bits.">;
def REV8  : Unary<11, "rev8", "Reverse the order of the 8 bytes.">;
def REV8W : Unary<12, "rev8w", "Reverse the order of the low 4 bytes, sign-extended.">;
def BREV  : Unary<13, "brev", "Reverse the order of the 64 bits.">;
def BREVW : Unary<14, "brevw", "Reverse the order of the low 32 bits, sign-extended.">;

let isReMaterializable = true in
def ADDI  : AluImm<0x30, "addi", "Sum with a constant.", simm15_lo>;
def ADDIW : AluImm<0x31, "addiw", "32-bit sum with a constant.">;
def ANDI  : AluImm<0x32, "andi", "Bitwise and with a sign-extended constant.">;
def ORI   : AluImm<0x33, "ori", "Bitwise or with a sign-extended constant.">;
def XORI  : AluImm<0x34, "xori", "Bitwise exclusive or with a sign-extended constant.">;
def SLTI  : AluImm<0x35, "slti", "1 if rs1 < constant, signed, else 0.">;
def SLTIU : AluImm<0x36, "sltiu", "1 if rs1 < sign-extended constant, unsigned, else 0.">;
def SEQI  : AluImm<0x37, "seqi", "1 if equal to a constant, else 0.">;
def SNEI  : AluImm<0x38, "snei", "1 if different from a constant, else 0.">;
def SLTIW : AluImm<0x39, "sltiw", "1 if the low 32 bits < constant, signed, else 0.">;
def SLTIUW: AluImm<0x3a, "sltiuw", "1 if the low 32 bits < constant as 32 bits, unsigned, else 0.">;
def SEQIW : AluImm<0x3b, "seqiw", "1 if the low 32 bits equal a constant, else 0.">;
def SNEIW : AluImm<0x3c, "sneiw", "1 if the low 32 bits differ from a constant, else 0.">;

def SLLI  : ShiftImm<0, uimm6, "slli", "Shift left by a constant.">;
def SRLI  : ShiftImm<1, uimm6, "srli", "Logical shift right by a constant.">;
def SRAI  : ShiftImm<2, uimm6, "srai", "Arithmetic shift right by a constant.">;
def RORI  : ShiftImm<3, uimm6, "rori", "Rotate right by a constant.">;
def SLLIW : ShiftImmW<4, "slliw", "32-bit shift left by a constant.">;
def SRLIW : ShiftImmW<5, "srliw", "32-bit logical shift right by a constant.">;
def SRAIW : ShiftImmW<6, "sraiw", "32-bit arithmetic shift right by a constant.">;
def RORIW : ShiftImmW<7, "roriw", "32-bit rotate right by a constant.">;
def SLLIUW: ShiftImm<8, uimm6, "slliuw", "Zero-extend the low 32 bits, then shift left by a constant.">;

class AddShifted<bits<8> Funct, string Mnemonic, string What>
    : FormatX<0x04, Funct, (outs GPR:$rd), (ins GPR:$rs1, GPR:$rs2, uimm2:$shift),
              Mnemonic, "$rd, $rs1, $rs2, $shift", WAlu> { let Brief = What; }
def ADDSL   : AddShifted<0x80, "addsl", "rs1 + (rs2 << shift).">;
def ADDSLUW : AddShifted<0x81, "addsluw", "rs1 + (low 32 bits of rs2, zero-extended, << shift).">;

class FourOperand<bits<5> Funct, string Mnemonic, string What, SchedWrite W>
    : FormatR4<0x02, Funct, (outs GPR:$rd), (ins GPR:$rs1, GPR:$rs2, GPR:$rs3),
               Mnemonic, "$rd, $rs1, $rs2, $rs3", W> { let Brief = What; }
def MADD  : FourOperand<0, "madd", "rs1 * rs2 + rs3, wrapping.", WMul>;
def MADDW : FourOperand<1, "maddw", "32-bit rs1 * rs2 + rs3.", WMul>;
def MSUB  : FourOperand<2, "msub", "rs3 - rs1 * rs2, wrapping.", WMul>;
def MSUBW : FourOperand<3, "msubw", "32-bit rs3 - rs1 * rs2.", WMul>;
def SEL   : FourOperand<4, "sel", "rs2 if rs1 is not zero, else rs3.", WAlu>;

// Constants: resolved in the front end.
let isMoveImm = true, isReMaterializable = true, isAsCheapAsAMove = true in {
//  31                12 11    7 6  2 1   0
// |    imm22{21..2}    |  rd   |00010|imm1..0|
def LI : TatamiInst<(outs GPR:$rd), (ins simm22_abs:$imm), "li", "$rd, $imm", WImm> {
  bits<5> rd; bits<22> imm;
  let Major = {0, 0, 0, 1, 0, imm{1}, imm{0}};
  let Inst{31-12} = imm{21-2}; let Inst{11-7} = rd;
  let Brief = "Sign-extended 22-bit constant: every address of a node's SRAM in one instruction.";
}
def LUI : FormatU<0x0c, (outs GPR:$rd), (ins simm20_hi:$imm), "lui", "$rd, $imm", WImm> {
  let Brief = "Sign-extended 20-bit constant, moved up by 15 bits.";
}
}
//  31       16 15 14 13 12 11    7 6     0
// |  imm16    |  0  | pos |  rd   | major |
let Constraints = "$rd = $rd_wb" in
def INSH : TatamiInst<(outs GPR:$rd_wb), (ins GPR:$rd, uimm16:$imm, uimm2:$pos),
                      "insh", "$rd, $imm, $pos", WAlu> {
  bits<5> rd; bits<16> imm; bits<2> pos;
  let Major = 0x0f;
  let Inst{31-16} = imm; let Inst{13-12} = pos; let Inst{11-7} = rd;
  let Brief = "Replace the 16 bits at position 16 * pos by a constant.";
}

// Control transfer.
let isTerminator = true, isBranch = true in {
class CompareBranch<bits<7> Op, string Mnemonic, string What>
    : FormatB<Op, (ins GPR:$rs1, GPR:$rs2, branch_target15:$imm), Mnemonic> { let Brief = What; }
def BEQ   : CompareBranch<0x10, "beq", "Branch if equal.">;
def BNE   : CompareBranch<0x11, "bne", "Branch if different.">;
def BLT   : CompareBranch<0x12, "blt", "Branch if rs1 < rs2, signed.">;
def BGE   : CompareBranch<0x13, "bge", "Branch if rs1 >= rs2, signed.">;
def BLTU  : CompareBranch<0x14, "bltu", "Branch if rs1 < rs2, unsigned.">;
def BGEU  : CompareBranch<0x15, "bgeu", "Branch if rs1 >= rs2, unsigned.">;
def BEQW  : CompareBranch<0x16, "beqw", "Branch if the low 32 bits are equal.">;
def BNEW  : CompareBranch<0x17, "bnew", "Branch if the low 32 bits differ.">;
def BLTW  : CompareBranch<0x18, "bltw", "Branch if rs1 < rs2, signed 32-bit.">;
def BGEW  : CompareBranch<0x19, "bgew", "Branch if rs1 >= rs2, signed 32-bit.">;
def BLTUW : CompareBranch<0x1a, "bltuw", "Branch if rs1 < rs2, unsigned 32-bit.">;
def BGEUW : CompareBranch<0x1b, "bgeuw", "Branch if rs1 >= rs2, unsigned 32-bit.">;
}

let isCall = true, ReadsPc = true in {
def JAL : FormatU<0x0d, (outs GPR:$rd), (ins jump_target20:$imm), "jal", "$rd, $imm", WBranch> {
  let Brief = "Jump; rd becomes the address of the next instruction.";
}
// The target is computed by an ALU: 1 cycle, then a taken branch.
let Raises = [BadFetch] in
def JALR : FormatI<0x0e, (outs GPR:$rd), (ins GPR:$rs1, simm15_lo:$imm), "jalr", "$rd, ${imm}(${rs1})", WBranch> {
  let Brief = "Jump to rs1 + constant; rd becomes the address of the next instruction.";
}
}

} // Group
