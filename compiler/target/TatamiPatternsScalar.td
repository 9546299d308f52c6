//===- TatamiPatternsScalar.td - Integers, branches, atomics --------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// i32 lives in the low half of a register and the upper half is anyone's: `w`
// instructions read only the low half. They also sign-extend, which
// TatamiExtensions.cpp turns into extensions saved.
//===----------------------------------------------------------------------===//

//===----------------------------------------------------------------------===//
// Two operands
//===----------------------------------------------------------------------===//

class PatRR<SDPatternOperator Op, Instruction I, ValueType T>
    : Pat<(T (Op (T GPR:$a), (T GPR:$b))), (I $a, $b)>;

multiclass Both<SDPatternOperator Op, Instruction I64, Instruction I32> {
  def : PatRR<Op, I64, i64>;
  def : PatRR<Op, I32, i32>;
}
defm : Both<add, ADD, ADDW>;
defm : Both<sub, SUB, SUBW>;
defm : Both<mul, MUL, MULW>;
defm : Both<and, AND, AND>;
defm : Both<or, OR, OR>;
defm : Both<xor, XOR, XOR>;
defm : Both<smin, MIN, MINW>;
defm : Both<smax, MAX, MAXW>;
defm : Both<umin, MINU, MINUW>;
defm : Both<umax, MAXU, MAXUW>;
defm : Both<sdiv, DIV, DIVW>;
defm : Both<udiv, DIVU, DIVUW>;
defm : Both<srem, REM, REMW>;
defm : Both<urem, REMU, REMUW>;
def : PatRR<mulhs, MULH, i64>;
def : PatRR<mulhu, MULHU, i64>;

foreach T = [i64, i32] in {
  def : Pat<(T (and (T GPR:$a), (not (T GPR:$b)))), (ANDN $a, $b)>;
  def : Pat<(T (or (T GPR:$a), (not (T GPR:$b)))), (ORN $a, $b)>;
  def : Pat<(T (not (xor (T GPR:$a), (T GPR:$b)))), (XNOR $a, $b)>;
  def : Pat<(T (xor (not (T GPR:$a)), (T GPR:$b))), (XNOR $a, $b)>;
  // rs1 + (rs2 << shift); on i32 the upper half is free, so one form does both.
  def : Pat<(T (add (T GPR:$a), (shl (T GPR:$b), scale2:$s))), (ADDSL $a, $b, (AsImm $s))>;
}
def : Pat<(i64 (add (i64 GPR:$a), (shl (zext (i32 GPR:$b)), scale2:$s))), (ADDSLUW $a, $b, (AsImm $s))>;
def : Pat<(i64 (add (i64 GPR:$a), (zext (i32 GPR:$b)))), (ADDSLUW $a, $b, 0)>;
def : Pat<(i64 (add (i64 GPR:$a), (and (i64 GPR:$b), 0xffffffff))), (ADDSLUW $a, $b, 0)>;
def : Pat<(i64 (shl (zext (i32 GPR:$a)), amount6:$s)), (SLLIUW $a, (AsImm $s))>;
def : Pat<(i64 (shl (and (i64 GPR:$a), 0xffffffff), amount6:$s)), (SLLIUW $a, (AsImm $s))>;

// A product that others use as well is not computed twice.
def mul_once : PatFrag<(ops node:$a, node:$b), (mul node:$a, node:$b), [{ return N->hasOneUse(); }]>;
def : Pat<(i64 (add (mul_once (i64 GPR:$a), (i64 GPR:$b)), (i64 GPR:$c))), (MADD $a, $b, $c)>;
def : Pat<(i32 (add (mul_once (i32 GPR:$a), (i32 GPR:$b)), (i32 GPR:$c))), (MADDW $a, $b, $c)>;
def : Pat<(i64 (sub (i64 GPR:$c), (mul_once (i64 GPR:$a), (i64 GPR:$b)))), (MSUB $a, $b, $c)>;
def : Pat<(i32 (sub (i32 GPR:$c), (mul_once (i32 GPR:$a), (i32 GPR:$b)))), (MSUBW $a, $b, $c)>;

//===----------------------------------------------------------------------===//
// Constants
//===----------------------------------------------------------------------===//

multiclass BothImm<SDPatternOperator Op, Instruction I64, Instruction I32> {
  def : Pat<(i64 (Op (i64 GPR:$a), imm15:$i)), (I64 $a, (AsImm $i))>;
  def : Pat<(i32 (Op (i32 GPR:$a), imm15w:$i)), (I32 $a, (AsImm $i))>;
}
defm : BothImm<add, ADDI, ADDIW>;
defm : BothImm<and, ANDI, ANDI>;
defm : BothImm<or, ORI, ORI>;
defm : BothImm<xor, XORI, XORI>;

def : Pat<(i64 (and (i64 GPR:$a), 0xffff)), (ZEXTH $a)>;
def : Pat<(i32 (and (i32 GPR:$a), 0xffff)), (ZEXTH $a)>;
def : Pat<(i64 (and (i64 GPR:$a), 0xffffffff)), (ZEXTW $a)>;

// Other constants are built in TatamiISelDAGToDAG.cpp.
def : Pat<(i64 (tatami_addr tglobaladdr:$s)), (LI tglobaladdr:$s)>;
def : Pat<(i64 (tatami_addr tglobaltlsaddr:$s)), (LI tglobaltlsaddr:$s)>;
def : Pat<(i64 (tatami_addr texternalsym:$s)), (LI texternalsym:$s)>;
def : Pat<(i64 (tatami_addr tconstpool:$s)), (LI tconstpool:$s)>;
def : Pat<(i64 (tatami_addr tjumptable:$s)), (LI tjumptable:$s)>;
def : Pat<(i64 (tatami_addr tblockaddress:$s)), (LI tblockaddress:$s)>;

//===----------------------------------------------------------------------===//
// Shifts and rotates
//===----------------------------------------------------------------------===//

multiclass Shift<SDPatternOperator Op, Instruction I64, Instruction I32> {
  def : Pat<(i64 (Op (i64 GPR:$a), (Amount64 i32:$n))), (I64 $a, i32:$n)>;
  def : Pat<(i32 (Op (i32 GPR:$a), (Amount32 i32:$n))), (I32 $a, i32:$n)>;
}
defm : Shift<shl, SLL, SLLW>;
defm : Shift<srl, SRL, SRLW>;
defm : Shift<sra, SRA, SRAW>;
defm : Shift<rotl, ROL, ROLW>;
defm : Shift<rotr, ROR, RORW>;

multiclass ShiftImmediate<SDPatternOperator Op, Instruction I64, Instruction I32> {
  def : Pat<(i64 (Op (i64 GPR:$a), amount6:$n)), (I64 $a, (AsImm $n))>;
  def : Pat<(i32 (Op (i32 GPR:$a), amount5:$n)), (I32 $a, (AsImm $n))>;
}
defm : ShiftImmediate<shl, SLLI, SLLIW>;
defm : ShiftImmediate<srl, SRLI, SRLIW>;
defm : ShiftImmediate<sra, SRAI, SRAIW>;
defm : ShiftImmediate<rotr, RORI, RORIW>;
def : Pat<(i64 (rotl (i64 GPR:$a), amount6:$n)), (RORI $a, (Amount64Minus $n))>;
def : Pat<(i32 (rotl (i32 GPR:$a), amount5:$n)), (RORIW $a, (Amount32Minus $n))>;

//===----------------------------------------------------------------------===//
// One operand, widths
//===----------------------------------------------------------------------===//

multiclass Unary<SDPatternOperator Op, Instruction I64, Instruction I32> {
  def : Pat<(i64 (Op (i64 GPR:$a))), (I64 $a)>;
  def : Pat<(i32 (Op (i32 GPR:$a))), (I32 $a)>;
}
defm : Unary<ctlz, CLZ, CLZW>;
defm : Unary<cttz, CTZ, CTZW>;
defm : Unary<ctpop, CPOP, CPOPW>;
defm : Unary<bswap, REV8, REV8W>;
defm : Unary<bitreverse, BREV, BREVW>;

foreach T = [i64, i32] in {
  def : Pat<(T (sext_inreg (T GPR:$a), i8)), (SEXTB $a)>;
  def : Pat<(T (sext_inreg (T GPR:$a), i16)), (SEXTH $a)>;
}
def : Pat<(i64 (sext_inreg (i64 GPR:$a), i32)), (SEXTW $a)>;
def : Pat<(i64 (sext (i32 GPR:$a))), (SEXTW $a)>;
def : Pat<(i64 (zext (i32 GPR:$a))), (ZEXTW $a)>;
def : Pat<(i64 (anyext (i32 GPR:$a))), (COPY_TO_REGCLASS $a, GPR)>;
def : Pat<(i32 (trunc (i64 GPR:$a))), (COPY_TO_REGCLASS $a, GPR)>;

// 64-bit arithmetic of which only the sign-extended low half is wanted.
def : Pat<(i64 (sext_inreg (add (i64 GPR:$a), (i64 GPR:$b)), i32)), (ADDW $a, $b)>;
def : Pat<(i64 (sext_inreg (add (i64 GPR:$a), imm15:$i), i32)), (ADDIW $a, (AsImm $i))>;
def : Pat<(i64 (sext_inreg (sub (i64 GPR:$a), (i64 GPR:$b)), i32)), (SUBW $a, $b)>;
def : Pat<(i64 (sext_inreg (mul (i64 GPR:$a), (i64 GPR:$b)), i32)), (MULW $a, $b)>;
def : Pat<(i64 (sext_inreg (shl (i64 GPR:$a), amount5:$n), i32)), (SLLIW $a, (AsImm $n))>;

//===----------------------------------------------------------------------===//
// Comparisons: 0 or 1 in an i64
//===----------------------------------------------------------------------===//

multiclass Compare<ValueType T, ImmLeaf Imm, Instruction Seq, Instruction Sne,
                   Instruction Slt, Instruction Sltu, Instruction Seqi,
                   Instruction Snei, Instruction Slti, Instruction Sltiu> {
  def : Pat<(i64 (seteq (T GPR:$a), (T GPR:$b))), (Seq $a, $b)>;
  def : Pat<(i64 (setne (T GPR:$a), (T GPR:$b))), (Sne $a, $b)>;
  def : Pat<(i64 (setlt (T GPR:$a), (T GPR:$b))), (Slt $a, $b)>;
  def : Pat<(i64 (setgt (T GPR:$a), (T GPR:$b))), (Slt $b, $a)>;
  def : Pat<(i64 (setult (T GPR:$a), (T GPR:$b))), (Sltu $a, $b)>;
  def : Pat<(i64 (setugt (T GPR:$a), (T GPR:$b))), (Sltu $b, $a)>;
  def : Pat<(i64 (setge (T GPR:$a), (T GPR:$b))), (XORI (Slt $a, $b), 1)>;
  def : Pat<(i64 (setle (T GPR:$a), (T GPR:$b))), (XORI (Slt $b, $a), 1)>;
  def : Pat<(i64 (setuge (T GPR:$a), (T GPR:$b))), (XORI (Sltu $a, $b), 1)>;
  def : Pat<(i64 (setule (T GPR:$a), (T GPR:$b))), (XORI (Sltu $b, $a), 1)>;
  def : Pat<(i64 (seteq (T GPR:$a), Imm:$i)), (Seqi $a, (AsImm $i))>;
  def : Pat<(i64 (setne (T GPR:$a), Imm:$i)), (Snei $a, (AsImm $i))>;
  def : Pat<(i64 (setlt (T GPR:$a), Imm:$i)), (Slti $a, (AsImm $i))>;
  def : Pat<(i64 (setult (T GPR:$a), Imm:$i)), (Sltiu $a, (AsImm $i))>;
}
defm : Compare<i64, imm15, SEQ, SNE, SLT, SLTU, SEQI, SNEI, SLTI, SLTIU>;
defm : Compare<i32, imm15w, SEQW, SNEW, SLTW, SLTUW, SEQIW, SNEIW, SLTIW, SLTIUW>;

// An i32 whose instruction leaves the upper half like the lower one's sign: its
// register is zero if it is.
def extended32 : PatLeaf<(i32 GPR:$a), [{
  switch (N->getOpcode()) {
  case ISD::LOAD: case ISD::SUB: case ISD::SRL: case ISD::SRA:
  case ISD::SIGN_EXTEND_INREG:
    return true;
  case ISD::AND:
    if (auto *C = dyn_cast<ConstantSDNode>(N->getOperand(1)))
      return isUInt<14>(C->getZExtValue());
    return false;
  default:
    return false;
  }
}]>;

// Any value but zero chooses the first.
foreach T = [i64, i32] in {
  def : Pat<(T (select (i64 (setne extended32:$c, 0)), (T GPR:$a), (T GPR:$b))), (SEL $c, $a, $b)>;
  def : Pat<(T (select (i64 (seteq extended32:$c, 0)), (T GPR:$a), (T GPR:$b))), (SEL $c, $b, $a)>;
  def : Pat<(T (select (i64 GPR:$c), (T GPR:$a), (T GPR:$b))), (SEL $c, $a, $b)>;
  def : Pat<(T (select (i64 (setne (i64 GPR:$c), 0)), (T GPR:$a), (T GPR:$b))), (SEL $c, $a, $b)>;
  def : Pat<(T (select (i64 (seteq (i64 GPR:$c), 0)), (T GPR:$a), (T GPR:$b))), (SEL $c, $b, $a)>;
  def : Pat<(T (select (i64 (setge (i64 GPR:$x), (i64 GPR:$y))), (T GPR:$a), (T GPR:$b))), (SEL (SLT $x, $y), $b, $a)>;
  def : Pat<(T (select (i64 (setle (i64 GPR:$x), (i64 GPR:$y))), (T GPR:$a), (T GPR:$b))), (SEL (SLT $y, $x), $b, $a)>;
  def : Pat<(T (select (i64 (setuge (i64 GPR:$x), (i64 GPR:$y))), (T GPR:$a), (T GPR:$b))), (SEL (SLTU $x, $y), $b, $a)>;
  def : Pat<(T (select (i64 (setule (i64 GPR:$x), (i64 GPR:$y))), (T GPR:$a), (T GPR:$b))), (SEL (SLTU $y, $x), $b, $a)>;
  def : Pat<(T (select (i64 (setge (i32 GPR:$x), (i32 GPR:$y))), (T GPR:$a), (T GPR:$b))), (SEL (SLTW $x, $y), $b, $a)>;
  def : Pat<(T (select (i64 (setle (i32 GPR:$x), (i32 GPR:$y))), (T GPR:$a), (T GPR:$b))), (SEL (SLTW $y, $x), $b, $a)>;
  def : Pat<(T (select (i64 (setuge (i32 GPR:$x), (i32 GPR:$y))), (T GPR:$a), (T GPR:$b))), (SEL (SLTUW $x, $y), $b, $a)>;
  def : Pat<(T (select (i64 (setule (i32 GPR:$x), (i32 GPR:$y))), (T GPR:$a), (T GPR:$b))), (SEL (SLTUW $y, $x), $b, $a)>;
}

//===----------------------------------------------------------------------===//
// Branches
//===----------------------------------------------------------------------===//

multiclass Branch<ValueType T, Instruction Eq, Instruction Ne, Instruction Lt,
                  Instruction Ge, Instruction Ltu, Instruction Geu> {
  def : Pat<(brcc SETEQ, (T GPR:$a), (T GPR:$b), bb:$t), (Eq $a, $b, bb:$t)>;
  def : Pat<(brcc SETNE, (T GPR:$a), (T GPR:$b), bb:$t), (Ne $a, $b, bb:$t)>;
  def : Pat<(brcc SETLT, (T GPR:$a), (T GPR:$b), bb:$t), (Lt $a, $b, bb:$t)>;
  def : Pat<(brcc SETGT, (T GPR:$a), (T GPR:$b), bb:$t), (Lt $b, $a, bb:$t)>;
  def : Pat<(brcc SETGE, (T GPR:$a), (T GPR:$b), bb:$t), (Ge $a, $b, bb:$t)>;
  def : Pat<(brcc SETLE, (T GPR:$a), (T GPR:$b), bb:$t), (Ge $b, $a, bb:$t)>;
  def : Pat<(brcc SETULT, (T GPR:$a), (T GPR:$b), bb:$t), (Ltu $a, $b, bb:$t)>;
  def : Pat<(brcc SETUGT, (T GPR:$a), (T GPR:$b), bb:$t), (Ltu $b, $a, bb:$t)>;
  def : Pat<(brcc SETUGE, (T GPR:$a), (T GPR:$b), bb:$t), (Geu $a, $b, bb:$t)>;
  def : Pat<(brcc SETULE, (T GPR:$a), (T GPR:$b), bb:$t), (Geu $b, $a, bb:$t)>;
}
defm : Branch<i64, BEQ, BNE, BLT, BGE, BLTU, BGEU>;
defm : Branch<i32, BEQW, BNEW, BLTW, BGEW, BLTUW, BGEUW>;
def : Pat<(brcond (i64 GPR:$c), bb:$t), (BNE $c, (i64 X0), bb:$t)>;

//===----------------------------------------------------------------------===//
// Atomics, system
//===----------------------------------------------------------------------===//

multiclass Amo<string Op, Instruction W, Instruction D> {
  def : Pat<(i32 (!cast<PatFrag>(Op # "_i32") (i64 GPR:$p), (i32 GPR:$v))), (W $p, $v)>;
  def : Pat<(i64 (!cast<PatFrag>(Op # "_i64") (i64 GPR:$p), (i64 GPR:$v))), (D $p, $v)>;
}
defm : Amo<"atomic_swap", AMOSWAPW, AMOSWAPD>;
defm : Amo<"atomic_load_add", AMOADDW, AMOADDD>;
defm : Amo<"atomic_load_and", AMOANDW, AMOANDD>;
defm : Amo<"atomic_load_or", AMOORW, AMOORD>;
defm : Amo<"atomic_load_xor", AMOXORW, AMOXORD>;
defm : Amo<"atomic_load_min", AMOMINW, AMOMIND>;
defm : Amo<"atomic_load_max", AMOMAXW, AMOMAXD>;
defm : Amo<"atomic_load_umin", AMOMINUW, AMOMINUD>;
defm : Amo<"atomic_load_umax", AMOMAXUW, AMOMAXUD>;
def : Pat<(i32 (atomic_cmp_swap_i32 (i64 GPR:$p), (i32 GPR:$old), (i32 GPR:$new))), (CASW $old, $p, $new)>;
def : Pat<(i64 (atomic_cmp_swap_i64 (i64 GPR:$p), (i64 GPR:$old), (i64 GPR:$new))), (CASD $old, $p, $new)>;

def : Pat<(trap), (BRK 1)>;
def : Pat<(debugtrap), (BRK 0)>;
def : Pat<(ubsantrap (i32 timm:$kind)), (BRK (UbsanCode $kind))>;
def : Pat<(i64 (readcyclecounter)), (CSRR 16)>;
def : Pat<(tatami_spset (i64 GPR:$a)), (SPSET $a)>;
