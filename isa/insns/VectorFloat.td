//===- VectorFloat.td - FP32 on 16 lanes ----------------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

let Group = "vector-float", LaneBits = 32 in {

let isCommutable = true in {
let Brief = "Sum." in defm VFADD : Masked2<0x60, 0, "vfadd.s", WVFloat>;
let Brief = "Product." in defm VFMUL : Masked2<0x60, 1, "vfmul.s", WVFloat>;
let Brief = "minimumNumber of IEEE 754-2019." in defm VFMIN : Masked2<0x60, 2, "vfmin.s", WVFloat>;
let Brief = "maximumNumber of IEEE 754-2019." in defm VFMAX : Masked2<0x60, 3, "vfmax.s", WVFloat>;
}
let Brief = "Difference." in defm VFSUB : Masked2<0x60, 4, "vfsub.s", WVFloat>;
let Brief = "Quotient." in defm VFDIV : Masked2<0x60, 5, "vfdiv.s", WVDiv>;
let Brief = "vs1 with the sign of vs2, bitwise." in defm VFSGNJ : Masked2<0x60, 6, "vfsgnj.s", WVInt>;
let Brief = "vs1 with the opposite of vs2's sign, bitwise." in defm VFSGNJN : Masked2<0x60, 7, "vfsgnjn.s", WVInt>;
let Brief = "vs1 with the exclusive or of both signs, bitwise." in defm VFSGNJX : Masked2<0x60, 8, "vfsgnjx.s", WVInt>;
let Brief = "vs1 * vs2 + vd, rounded once." in defm VFMADD : MaskedAccumulate<0x60, 9, "vfmadd.s", WVFloat>;
let Brief = "vs1 * vs2 - vd, rounded once." in defm VFMSUB : MaskedAccumulate<0x60, 10, "vfmsub.s", WVFloat>;
let Brief = "vd - vs1 * vs2, rounded once." in defm VFNMSUB : MaskedAccumulate<0x60, 11, "vfnmsub.s", WVFloat>;
let Brief = "-(vs1 * vs2) - vd, rounded once." in defm VFNMADD : MaskedAccumulate<0x60, 12, "vfnmadd.s", WVFloat>;

let Brief = "Square root." in defm VFSQRT : Masked1<0x61, 0, 0, "vfsqrt.s", WVDiv>;
let Brief = "Round to integral, ties to even." in defm VFRINT : Masked1<0x61, 0, 1, "vfrint.s", WVConvert>;
let Brief = "Round to integral, towards zero." in defm VFTRUNC : Masked1<0x61, 0, 2, "vftrunc.s", WVConvert>;
let Brief = "Round to integral, down." in defm VFFLOOR : Masked1<0x61, 0, 3, "vffloor.s", WVConvert>;
let Brief = "Round to integral, up." in defm VFCEIL : Masked1<0x61, 0, 4, "vfceil.s", WVConvert>;
let Brief = "Round to integral, ties away from zero." in defm VFROUND : Masked1<0x61, 0, 5, "vfround.s", WVConvert>;
let Brief = "Negate, bitwise." in defm VFNEG : Masked1<0x61, 0, 6, "vfneg.s", WVInt>;
let Brief = "Absolute value, bitwise." in defm VFABS : Masked1<0x61, 0, 7, "vfabs.s", WVInt>;
let Brief = "Approximate reciprocal, within 1 ulp; subnormal operands and results count as zero." in defm VRCP : Masked1<0x61, 0, 8, "vrcp.s", WVApprox>;
let Brief = "Approximate reciprocal square root, within 2 ulp; subnormal operands count as zero." in defm VRSQRT : Masked1<0x61, 0, 9, "vrsqrt.s", WVApprox>;
let Brief = "Approximate 2 to the power of each lane, within 1 ulp; subnormal results become zero." in defm VEXP2 : Masked1<0x61, 0, 10, "vexp2.s", WVApprox>;
let Brief = "Approximate base-2 logarithm, within 2 ulp; subnormal operands count as zero." in defm VLOG2 : Masked1<0x61, 0, 11, "vlog2.s", WVApprox>;
let Brief = "Approximate hyperbolic tangent, within 2 ulp; subnormal operands and results count as zero." in defm VTANH : Masked1<0x61, 0, 12, "vtanh.s", WVApprox>;
let Brief = "Signed 32-bit integers to FP32, nearest even." in defm VFCVT_S_W : Masked1<0x61, 0, 16, "vfcvt.s.w", WVConvert>;
let Brief = "Unsigned 32-bit integers to FP32, nearest even." in defm VFCVT_S_WU : Masked1<0x61, 0, 17, "vfcvt.s.wu", WVConvert>;
let Brief = "FP32 to signed 32-bit integers, towards zero, saturating; NaN gives 0." in defm VFCVT_W_S : Masked1<0x61, 0, 18, "vfcvt.w.s", WVConvert>;
let Brief = "FP32 to unsigned 32-bit integers, towards zero, saturating; NaN gives 0." in defm VFCVT_WU_S : Masked1<0x61, 0, 19, "vfcvt.wu.s", WVConvert>;

let Brief = "Mask of the lanes that are equal; NaN is not." in defm VFCMPEQ : MaskedCompare<0x62, 0, "vfcmpeq.s">;
let Brief = "Mask of the lanes that differ or hold a NaN." in defm VFCMPNE : MaskedCompare<0x62, 1, "vfcmpne.s">;
let Brief = "Mask of the lanes with vs1 < vs2." in defm VFCMPLT : MaskedCompare<0x62, 2, "vfcmplt.s">;
let Brief = "Mask of the lanes with vs1 <= vs2." in defm VFCMPLE : MaskedCompare<0x62, 3, "vfcmple.s">;
let Brief = "Mask of the lanes where neither operand is a NaN." in defm VFCMPORD : MaskedCompare<0x62, 4, "vfcmpord.s">;

// Reductions to lane 0; the order is part of the meaning.
class FReduce<bits<5> Sub, string Mnemonic, string What, SchedWrite W>
    : FormatV1<0x61, 1, Sub, 0, (outs FR:$vd), (ins VR:$vs1), Mnemonic, "$vd, $vs1", W> {
  let Brief = What;
}
def VFREDSUM : FReduce<0, "vfredsum.s", "Tree sum: lane i plus lane i + 8, then + 4, + 2, + 1.", WVFReduce>;
def VFREDMIN : FReduce<1, "vfredmin.s", "minimumNumber of all lanes, in the order of vfredsum.", WVFReduce>;
def VFREDMAX : FReduce<2, "vfredmax.s", "maximumNumber of all lanes, in the order of vfredsum.", WVFReduce>;
def VFREDOSUM : FormatV<0x60, 16, 0, (outs FR:$vd), (ins FR:$vs1, VR:$vs2), "vfredosum.s", "$vd, $vs1, $vs2", WVFReduceOrdered> {
  let Brief = "Sum in lane order: ((vs1[0] + vs2[0]) + vs2[1]) + ...";
}
def VSPLAT_S : FormatV1<0x61, 2, 0, 0, (outs VR:$vd), (ins FR:$vs1), "vsplat.s", "$vd, $vs1", WVPermute> {
  let Brief = "Lane 0 in every lane.";
}
def VFEXTRACT : FormatI6<0x66, 16, (outs FR:$rd), (ins VR:$rs1, uimm6:$imm), "vfextract.s", "$rd, $rs1, $imm", WVPermute> {
  let Brief = "One FP32 lane (modulo 16) into lane 0; the others become zero.";
}
let Constraints = "$rd = $rd_wb" in
def VFINSERT : FormatI6<0x66, 17, (outs VR:$rd_wb), (ins VR:$rd, FR:$rs1, uimm6:$imm), "vfinsert.s", "$rd, $rs1, $imm", WVPermute> {
  let Brief = "Replace one FP32 lane (modulo 16) by lane 0 of rs1.";
}

} // Group
