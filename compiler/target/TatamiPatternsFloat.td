//===- TatamiPatternsFloat.td - FP32 in lane 0 ----------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

class PatFF<SDPatternOperator Op, Instruction I>
    : Pat<(f32 (Op (f32 FR:$a), (f32 FR:$b))), (I $a, $b)>;
class PatF<SDPatternOperator Op, Instruction I>
    : Pat<(f32 (Op (f32 FR:$a))), (I $a)>;

def : PatFF<any_fadd, FADD>;
def : PatFF<any_fsub, FSUB>;
def : PatFF<any_fmul, FMUL>;
def : PatFF<any_fdiv, FDIV>;
def : PatFF<fminnum, FMIN>;
def : PatFF<fmaxnum, FMAX>;
def : PatFF<fminnum_ieee, FMIN>;
def : PatFF<fmaxnum_ieee, FMAX>;
def : PatFF<fminimumnum, FMIN>;
def : PatFF<fmaximumnum, FMAX>;
def : PatFF<fcopysign, FSGNJ>;
def : Pat<(f32 (fcopysign FR:$a, (fneg (f32 FR:$b)))), (FSGNJN $a, $b)>;
def : PatF<any_fsqrt, FSQRT>;
def : PatF<any_frint, FRINT>;
def : PatF<any_fnearbyint, FRINT>;
def : PatF<any_froundeven, FRINT>;
def : PatF<any_ftrunc, FTRUNC>;
def : PatF<any_ffloor, FFLOOR>;
def : PatF<any_fceil, FCEIL>;
def : PatF<any_fround, FROUND>;
def : Pat<(f32 (fneg (f32 FR:$a))), (FSGNJN $a, $a)>;
def : Pat<(f32 (fabs (f32 FR:$a))), (FSGNJX $a, $a)>;
def : Pat<(f32 (fcanonicalize (f32 FR:$a))), (FMIN $a, $a)>;

def : Pat<(f32 (any_fma FR:$a, FR:$b, FR:$c)), (FMADD $a, $b, $c)>;
def : Pat<(f32 (any_fma FR:$a, FR:$b, (fneg FR:$c))), (FMSUB $a, $b, $c)>;
def : Pat<(f32 (any_fma (fneg FR:$a), FR:$b, FR:$c)), (FNMSUB $a, $b, $c)>;
def : Pat<(f32 (any_fma (fneg FR:$a), FR:$b, (fneg FR:$c))), (FNMADD $a, $b, $c)>;

def : Pat<(f32 (select (i64 GPR:$c), (f32 FR:$a), (f32 FR:$b))), (FSEL $c, $a, $b)>;
def : Pat<(f32 (select (i64 (setne (i64 GPR:$c), 0)), (f32 FR:$a), (f32 FR:$b))), (FSEL $c, $a, $b)>;
def : Pat<(f32 (select (i64 (seteq (i64 GPR:$c), 0)), (f32 FR:$a), (f32 FR:$b))), (FSEL $c, $b, $a)>;

// Ordered comparisons; the others are made of these by inversion or swapping.
// Where the machine's answer for NaN does not matter, these serve as well.
multiclass FCompare<CondCode Ordered, CondCode Any, Instruction I> {
  def : Pat<(i64 (any_fsetcc (f32 FR:$a), FR:$b, Ordered)), (I $a, $b)>;
  def : Pat<(i64 (any_fsetccs (f32 FR:$a), FR:$b, Ordered)), (I $a, $b)>;
  def : Pat<(i64 (any_fsetcc (f32 FR:$a), FR:$b, Any)), (I $a, $b)>;
  def : Pat<(i64 (any_fsetccs (f32 FR:$a), FR:$b, Any)), (I $a, $b)>;
}
defm : FCompare<SETOEQ, SETEQ, FEQ>;
defm : FCompare<SETOLT, SETLT, FLT>;
defm : FCompare<SETOLE, SETLE, FLE>;
def : Pat<(i64 (setune (f32 FR:$a), FR:$b)), (XORI (FEQ $a, $b), 1)>;
def : Pat<(i64 (setne (f32 FR:$a), FR:$b)), (XORI (FEQ $a, $b), 1)>;

def : Pat<(i32 (any_fp_to_sint (f32 FR:$a))), (FCVTWS $a)>;
def : Pat<(i32 (any_fp_to_uint (f32 FR:$a))), (FCVTWUS $a)>;
def : Pat<(i64 (any_fp_to_sint (f32 FR:$a))), (FCVTLS $a)>;
def : Pat<(i64 (any_fp_to_uint (f32 FR:$a))), (FCVTLUS $a)>;
def : Pat<(i32 (fp_to_sint_sat (f32 FR:$a), i32)), (FCVTWS $a)>;
def : Pat<(i32 (fp_to_uint_sat (f32 FR:$a), i32)), (FCVTWUS $a)>;
def : Pat<(i64 (fp_to_sint_sat (f32 FR:$a), i64)), (FCVTLS $a)>;
def : Pat<(i64 (fp_to_uint_sat (f32 FR:$a), i64)), (FCVTLUS $a)>;
def : Pat<(f32 (any_sint_to_fp (i32 GPR:$a))), (FCVTSW $a)>;
def : Pat<(f32 (any_uint_to_fp (i32 GPR:$a))), (FCVTSWU $a)>;
def : Pat<(f32 (any_sint_to_fp (i64 GPR:$a))), (FCVTSL $a)>;
def : Pat<(f32 (any_uint_to_fp (i64 GPR:$a))), (FCVTSLU $a)>;

def : Pat<(f32 (bitconvert (i32 GPR:$a))), (FMVWX $a)>;
def : Pat<(i32 (bitconvert (f32 FR:$a))), (FMVXW $a)>;

// FP16 and BF16 live in integer registers.
def : Pat<(f32 (f16_to_fp (i32 GPR:$a))), (FCVT_S_H $a)>;
def : Pat<(f32 (f16_to_fp (i64 GPR:$a))), (FCVT_S_H $a)>;
def : Pat<(i32 (fp_to_f16 (f32 FR:$a))), (FCVT_H_S $a)>;
def : Pat<(i64 (fp_to_f16 (f32 FR:$a))), (FCVT_H_S $a)>;
def : Pat<(f32 (bf16_to_fp (i32 GPR:$a))), (FCVT_S_BF $a)>;
def : Pat<(f32 (bf16_to_fp (i64 GPR:$a))), (FCVT_S_BF $a)>;
def : Pat<(i32 (fp_to_bf16 (f32 FR:$a))), (FCVT_BF_S $a)>;
def : Pat<(i64 (fp_to_bf16 (f32 FR:$a))), (FCVT_BF_S $a)>;

// Zero comes from x0.
def fpimm0 : PatLeaf<(fpimm), [{ return N->isExactlyValue(+0.0); }]>;
def : Pat<(f32 fpimm0), (FMVWX (i64 X0))>;
