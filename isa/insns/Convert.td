//===- Convert.td - Narrow number formats ---------------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Narrow elements fill the lowest lanes; the rest of the result is zero.
// BF16 and FP16 conversions are IEEE 754's. CFloat8 (1-4-3 and 1-5-2) and SHP
// take their 6-bit exponent bias from the low bits of a scalar register, UHP's
// is 31. Narrowing to those sets the sticky flags of convflags.
// Stochastic rounding: rs3 holds the seed (63..32) and the counter (31..0).
//===----------------------------------------------------------------------===//

let Group = "convert" in {

class Widen<bits<5> Sub, string Mnemonic, string What>
    : FormatR1<0x67, 0x3f9, Sub, (outs VR:$rd), (ins VR:$rs1), Mnemonic, "$rd, $rs1", WVConvert> { let Brief = What; }
def VCVT_S_BF  : Widen<0, "vcvt.s.bf", "The low 16 BF16 elements to FP32, exact.">;
def VCVTH_S_BF : Widen<1, "vcvth.s.bf", "The high 16 BF16 elements to FP32, exact.">;
def VCVT_S_H   : Widen<2, "vcvt.s.h", "The low 16 FP16 elements to FP32, exact.">;
def VCVTH_S_H  : Widen<3, "vcvth.s.h", "The high 16 FP16 elements to FP32, exact.">;
def VCVT_S_UHP : Widen<4, "vcvt.s.uhp", "The low 16 UHP elements to FP32, exact.">;

class NarrowPair<bits<10> Funct, string Mnemonic, string What>
    : FormatR<0x67, Funct, (outs VR:$rd), (ins VR:$rs1, VR:$rs2), Mnemonic, "$rd, $rs1, $rs2", WVConvert> { let Brief = What; }
def VCVT_BF_S : NarrowPair<0x80, "vcvt.bf.s", "32 FP32 lanes (rs1, then rs2) to BF16, nearest even.">;
def VCVT_H_S  : NarrowPair<0x81, "vcvt.h.s", "32 FP32 lanes (rs1, then rs2) to FP16, nearest even.">;

class WidenBiased<bits<10> Funct, string Mnemonic, string What>
    : FormatR<0x67, Funct, (outs VR:$rd), (ins VR:$rs1, GPR:$rs2), Mnemonic, "$rd, $rs1, $rs2", WVConvert> { let Brief = What; }
def VCVT_S_C143 : WidenBiased<0x88, "vcvt.s.c143", "The low 16 CFloat8 1-4-3 elements to FP32, exact; rs2 is the bias.">;
def VCVT_S_C152 : WidenBiased<0x89, "vcvt.s.c152", "The low 16 CFloat8 1-5-2 elements to FP32, exact; rs2 is the bias.">;
def VCVT_S_SHP  : WidenBiased<0x8a, "vcvt.s.shp", "The low 16 SHP elements to FP32, exact; rs2 is the bias.">;

let hasSideEffects = true in {
def VCVT_C143_S : WidenBiased<0x90, "vcvt.c143.s", "16 FP32 lanes to CFloat8 1-4-3, nearest even; rs2 is the bias.">;
def VCVT_C152_S : WidenBiased<0x91, "vcvt.c152.s", "16 FP32 lanes to CFloat8 1-5-2, nearest even; rs2 is the bias.">;
def VCVT_SHP_S  : WidenBiased<0x92, "vcvt.shp.s", "16 FP32 lanes to SHP, nearest even; rs2 is the bias.">;
def VCVT_UHP_S  : FormatR1<0x67, 0x93, 0, (outs VR:$rd), (ins VR:$rs1), "vcvt.uhp.s", "$rd, $rs1", WVConvert> {
  let Brief = "16 FP32 lanes to UHP, nearest even; negative numbers become zero and set Invalid.";
}

class NarrowStochastic<bits<5> Funct, string Mnemonic, string What>
    : FormatR4<0x6b, Funct, (outs VR:$rd), (ins VR:$rs1, GPR:$rs2, GPR:$rs3), Mnemonic, "$rd, $rs1, $rs2, $rs3", WVConvert> { let Brief = What; }
def VCVTSR_C143_S : NarrowStochastic<0, "vcvtsr.c143.s", "16 FP32 lanes to CFloat8 1-4-3, stochastic; rs2 is the bias, rs3 seed and counter.">;
def VCVTSR_C152_S : NarrowStochastic<1, "vcvtsr.c152.s", "16 FP32 lanes to CFloat8 1-5-2, stochastic; rs2 is the bias, rs3 seed and counter.">;
def VCVTSR_SHP_S  : NarrowStochastic<2, "vcvtsr.shp.s", "16 FP32 lanes to SHP, stochastic; rs2 is the bias, rs3 seed and counter.">;
}
class NarrowStochasticPlain<bits<10> Funct, string Mnemonic, string What>
    : FormatR<0x67, Funct, (outs VR:$rd), (ins VR:$rs1, GPR:$rs2), Mnemonic, "$rd, $rs1, $rs2", WVConvert> { let Brief = What; }
def VCVTSR_BF_S  : NarrowStochasticPlain<0x98, "vcvtsr.bf.s", "16 FP32 lanes to BF16, stochastic; rs2 is seed and counter.">;
let hasSideEffects = true in
def VCVTSR_UHP_S : NarrowStochasticPlain<0x99, "vcvtsr.uhp.s", "16 FP32 lanes to UHP, stochastic; rs2 is seed and counter.">;

// Lane 0 alone: what scalar code needs.
def FCVT_S_BF : FormatR1<0x63, 0x3fe, 0, (outs FR:$rd), (ins GPR:$rs1), "fcvt.s.bf", "$rd, $rs1", WVConvert> {
  let Brief = "BF16 in the low 16 bits of a scalar register to FP32.";
}
def FCVT_S_H : FormatR1<0x63, 0x3fe, 1, (outs FR:$rd), (ins GPR:$rs1), "fcvt.s.h", "$rd, $rs1", WVConvert> {
  let Brief = "FP16 in the low 16 bits of a scalar register to FP32.";
}
def FCVT_BF_S : FormatR1<0x63, 0x3fe, 2, (outs GPR:$rd), (ins FR:$rs1), "fcvt.bf.s", "$rd, $rs1", WVToX> {
  let Brief = "Lane 0 to BF16, nearest even, zero-extended in a scalar register.";
}
def FCVT_H_S : FormatR1<0x63, 0x3fe, 3, (outs GPR:$rd), (ins FR:$rs1), "fcvt.h.s", "$rd, $rs1", WVToX> {
  let Brief = "Lane 0 to FP16, nearest even, zero-extended in a scalar register.";
}

} // Group
