//===- ScalarFloat.td - FP32 in lane 0 ------------------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// IEEE 754 binary32, round to nearest even, subnormals, no flags; a NaN result
// is 0x7fc00000. The other lanes of the destination become zero.
//===----------------------------------------------------------------------===//

let Group = "scalar-float" in {

class FBinary<bits<10> Funct, string Mnemonic, string What, SchedWrite W = WVFloat>
    : FormatR<0x63, Funct, (outs FR:$rd), (ins FR:$rs1, FR:$rs2), Mnemonic, "$rd, $rs1, $rs2", W> {
  let Brief = What;
}
let isCommutable = true in {
def FADD  : FBinary<0, "fadd.s", "Sum.">;
def FMUL  : FBinary<1, "fmul.s", "Product.">;
def FMIN  : FBinary<2, "fmin.s", "minimumNumber of IEEE 754-2019.">;
def FMAX  : FBinary<3, "fmax.s", "maximumNumber of IEEE 754-2019.">;
}
def FSUB  : FBinary<4, "fsub.s", "Difference.">;
def FDIV  : FBinary<5, "fdiv.s", "Quotient.", WVDiv>;
def FSGNJ : FBinary<6, "fsgnj.s", "rs1 with the sign of rs2, bitwise.", WVInt>;
def FSGNJN: FBinary<7, "fsgnjn.s", "rs1 with the opposite of rs2's sign, bitwise.", WVInt>;
def FSGNJX: FBinary<8, "fsgnjx.s", "rs1 with the exclusive or of both signs, bitwise.", WVInt>;

class FUnary<bits<5> Sub, string Mnemonic, string What, SchedWrite W>
    : FormatR1<0x63, 0x3ff, Sub, (outs FR:$rd), (ins FR:$rs1), Mnemonic, "$rd, $rs1", W> {
  let Brief = What;
}
def FSQRT  : FUnary<0, "fsqrt.s", "Square root.", WVDiv>;
def FRINT  : FUnary<1, "frint.s", "Round to an integral value, ties to even.", WVConvert>;
def FTRUNC : FUnary<2, "ftrunc.s", "Round to an integral value, towards zero.", WVConvert>;
def FFLOOR : FUnary<3, "ffloor.s", "Round to an integral value, down.", WVConvert>;
def FCEIL  : FUnary<4, "fceil.s", "Round to an integral value, up.", WVConvert>;
def FROUND : FUnary<5, "fround.s", "Round to an integral value, ties away from zero.", WVConvert>;
def FMV    : FUnary<6, "fmv.s", "Copy lane 0.", WVInt>;

class FFused<bits<5> Funct, string Mnemonic, string What>
    : FormatR4<0x02, Funct, (outs FR:$rd), (ins FR:$rs1, FR:$rs2, FR:$rs3),
               Mnemonic, "$rd, $rs1, $rs2, $rs3", WVFloat> { let Brief = What; }
def FMADD  : FFused<8, "fmadd.s", "rs1 * rs2 + rs3, rounded once.">;
def FMSUB  : FFused<9, "fmsub.s", "rs1 * rs2 - rs3, rounded once.">;
def FNMSUB : FFused<10, "fnmsub.s", "rs3 - rs1 * rs2, rounded once.">;
def FNMADD : FFused<11, "fnmadd.s", "-(rs1 * rs2) - rs3, rounded once.">;
def FSEL : FormatR4<0x02, 12, (outs FR:$rd), (ins GPR:$rs1, FR:$rs2, FR:$rs3),
                    "fsel.s", "$rd, $rs1, $rs2, $rs3", WXToV> {
  let Brief = "Lane 0 of rs2 if the scalar rs1 is not zero, else of rs3.";
}

class FCompare<bits<10> Funct, string Mnemonic, string What>
    : FormatR<0x64, Funct, (outs GPR:$rd), (ins FR:$rs1, FR:$rs2), Mnemonic, "$rd, $rs1, $rs2", WVToX> {
  let Brief = What;
}
let isCommutable = true in
def FEQ : FCompare<0, "feq.s", "1 if equal; 0 also for NaN.">;
def FLT : FCompare<1, "flt.s", "1 if rs1 < rs2; 0 also for NaN.">;
def FLE : FCompare<2, "fle.s", "1 if rs1 <= rs2; 0 also for NaN.">;

class FToX<bits<5> Sub, string Mnemonic, string What>
    : FormatR1<0x64, 0x3ff, Sub, (outs GPR:$rd), (ins FR:$rs1), Mnemonic, "$rd, $rs1", WVToX> { let Brief = What; }
class XToF<bits<5> Sub, string Mnemonic, string What, SchedWrite W>
    : FormatR1<0x64, 0x3fe, Sub, (outs FR:$rd), (ins GPR:$rs1), Mnemonic, "$rd, $rs1", W> { let Brief = What; }
// Towards zero; out of range gives the nearest limit, NaN gives 0.
def FCVTWS  : FToX<0, "fcvt.w.s", "FP32 to signed 32 bits, towards zero, saturating; NaN gives 0.">;
def FCVTWUS : FToX<1, "fcvt.wu.s", "FP32 to unsigned 32 bits, towards zero, saturating, sign-extended; NaN gives 0.">;
def FCVTLS  : FToX<2, "fcvt.l.s", "FP32 to signed 64 bits, towards zero, saturating; NaN gives 0.">;
def FCVTLUS : FToX<3, "fcvt.lu.s", "FP32 to unsigned 64 bits, towards zero, saturating; NaN gives 0.">;
def FMVXW   : FToX<4, "fmv.x.w", "The 32 bits of lane 0, sign-extended.">;
def FCVTSW  : XToF<0, "fcvt.s.w", "Signed 32 bits to FP32, nearest even.", WVConvert>;
def FCVTSWU : XToF<1, "fcvt.s.wu", "Unsigned 32 bits to FP32, nearest even.", WVConvert>;
def FCVTSL  : XToF<2, "fcvt.s.l", "Signed 64 bits to FP32, nearest even.", WVConvert>;
def FCVTSLU : XToF<3, "fcvt.s.lu", "Unsigned 64 bits to FP32, nearest even.", WVConvert>;
def FMVWX   : XToF<4, "fmv.w.x", "The low 32 bits into lane 0.", WXToV>;

} // Group
