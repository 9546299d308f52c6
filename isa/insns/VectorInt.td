//===- VectorInt.td - Integer arithmetic on 512-bit vectors ---------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// One record per lane width (_B 8, _H 16, _W 32, _D 64). Lanes wrap unless the
// name says otherwise. Shift amounts are taken modulo the lane width.
//===----------------------------------------------------------------------===//

let Group = "vector-int" in {

foreach L = AllLanes in {
defvar S = !toupper(L.Letter);
defvar BinaryMajor = !cast<bits<7>>(!add(0x50, L.Index));
defvar ShiftMajor = !cast<bits<7>>(!add(0x54, L.Index));
defvar CompareMajor = !cast<bits<7>>(!add(0x58, L.Index));
defvar UnaryMajor = !cast<bits<7>>(!add(0x5c, L.Index));

let LaneBits = L.Bits in {
let isCommutable = true in {
let Brief = "Sum." in defm VADD_#S : Masked2<BinaryMajor, 0, "vadd."#L.Letter, WVInt>;
let Brief = "Low half of the product." in defm VMUL_#S : Masked2<BinaryMajor, 1, "vmul."#L.Letter, WVFloat>;
let Brief = "High half of the signed product." in defm VMULH_#S : Masked2<BinaryMajor, 2, "vmulh."#L.Letter, WVFloat>;
let Brief = "High half of the unsigned product." in defm VMULHU_#S : Masked2<BinaryMajor, 3, "vmulhu."#L.Letter, WVFloat>;
let Brief = "Smaller, signed." in defm VMIN_#S : Masked2<BinaryMajor, 4, "vmin."#L.Letter, WVInt>;
let Brief = "Larger, signed." in defm VMAX_#S : Masked2<BinaryMajor, 5, "vmax."#L.Letter, WVInt>;
let Brief = "Smaller, unsigned." in defm VMINU_#S : Masked2<BinaryMajor, 6, "vminu."#L.Letter, WVInt>;
let Brief = "Larger, unsigned." in defm VMAXU_#S : Masked2<BinaryMajor, 7, "vmaxu."#L.Letter, WVInt>;
let Brief = "Bitwise and." in defm VAND_#S : Masked2<BinaryMajor, 8, "vand."#L.Letter, WVInt>;
let Brief = "Bitwise or." in defm VOR_#S : Masked2<BinaryMajor, 9, "vor."#L.Letter, WVInt>;
let Brief = "Bitwise exclusive or." in defm VXOR_#S : Masked2<BinaryMajor, 10, "vxor."#L.Letter, WVInt>;
let Brief = "Signed saturating sum." in defm VADDS_#S : Masked2<BinaryMajor, 11, "vadds."#L.Letter, WVInt>;
let Brief = "Unsigned saturating sum." in defm VADDSU_#S : Masked2<BinaryMajor, 12, "vaddsu."#L.Letter, WVInt>;
}
let Brief = "Difference." in defm VSUB_#S : Masked2<BinaryMajor, 13, "vsub."#L.Letter, WVInt>;
let Brief = "Signed saturating difference." in defm VSUBS_#S : Masked2<BinaryMajor, 14, "vsubs."#L.Letter, WVInt>;
let Brief = "Unsigned saturating difference." in defm VSUBSU_#S : Masked2<BinaryMajor, 15, "vsubsu."#L.Letter, WVInt>;
let Brief = "vs1 and not vs2." in defm VANDN_#S : Masked2<BinaryMajor, 16, "vandn."#L.Letter, WVInt>;
let Brief = "Shift left, lane by lane." in defm VSLL_#S : Masked2<BinaryMajor, 17, "vsll."#L.Letter, WVInt>;
let Brief = "Logical shift right, lane by lane." in defm VSRL_#S : Masked2<BinaryMajor, 18, "vsrl."#L.Letter, WVInt>;
let Brief = "Arithmetic shift right, lane by lane." in defm VSRA_#S : Masked2<BinaryMajor, 19, "vsra."#L.Letter, WVInt>;
let Brief = "Rotate left, lane by lane." in defm VROL_#S : Masked2<BinaryMajor, 20, "vrol."#L.Letter, WVInt>;
let Brief = "Sum of vd and the product of vs1 and vs2." in defm VMACC_#S : MaskedAccumulate<BinaryMajor, 21, "vmacc."#L.Letter, WVFloat>;

let Brief = "Shift left by a constant (modulo the lane width)." in defm VSLLI_#S : MaskedShift<ShiftMajor, 0, "vslli."#L.Letter>;
let Brief = "Logical shift right by a constant (modulo the lane width)." in defm VSRLI_#S : MaskedShift<ShiftMajor, 1, "vsrli."#L.Letter>;
let Brief = "Arithmetic shift right by a constant (modulo the lane width)." in defm VSRAI_#S : MaskedShift<ShiftMajor, 2, "vsrai."#L.Letter>;

let Brief = "Mask of the lanes that are equal." in defm VCMPEQ_#S : MaskedCompare<CompareMajor, 0, "vcmpeq."#L.Letter>;
let Brief = "Mask of the lanes that differ." in defm VCMPNE_#S : MaskedCompare<CompareMajor, 1, "vcmpne."#L.Letter>;
let Brief = "Mask of the lanes with vs1 < vs2, signed." in defm VCMPLT_#S : MaskedCompare<CompareMajor, 2, "vcmplt."#L.Letter>;
let Brief = "Mask of the lanes with vs1 <= vs2, signed." in defm VCMPLE_#S : MaskedCompare<CompareMajor, 3, "vcmple."#L.Letter>;
let Brief = "Mask of the lanes with vs1 < vs2, unsigned." in defm VCMPLTU_#S : MaskedCompare<CompareMajor, 4, "vcmpltu."#L.Letter>;
let Brief = "Mask of the lanes with vs1 <= vs2, unsigned." in defm VCMPLEU_#S : MaskedCompare<CompareMajor, 5, "vcmpleu."#L.Letter>;

let Brief = "Absolute value; the smallest number stays itself." in defm VABS_#S : Masked1<UnaryMajor, 0, 0, "vabs."#L.Letter, WVInt>;
let Brief = "Number of one bits of each lane." in defm VCPOP_#S : Masked1<UnaryMajor, 0, 1, "vcpop."#L.Letter, WVInt>;
let Brief = "Leading zero bits of each lane." in defm VCLZ_#S : Masked1<UnaryMajor, 0, 2, "vclz."#L.Letter, WVInt>;
let Brief = "Trailing zero bits of each lane." in defm VCTZ_#S : Masked1<UnaryMajor, 0, 3, "vctz."#L.Letter, WVInt>;
let Brief = "Copy." in defm VMOV_#S : Masked1<UnaryMajor, 0, 4, "vmov."#L.Letter, WVInt>;
let Brief = "Bitwise not." in defm VNOT_#S : Masked1<UnaryMajor, 0, 5, "vnot."#L.Letter, WVInt>;
let Brief = "Reverse the bytes of each lane." in defm VREV8_#S : Masked1<UnaryMajor, 0, 6, "vrev8."#L.Letter, WVInt>;

// Scalar to all lanes, one lane of a vector to all lanes, lane numbers.
def VSPLAT_#S : FormatV1<UnaryMajor, 1, 0, 0, (outs VR:$vd), (ins GPR:$rs1), "vsplat."#L.Letter, "$vd, $rs1", WXToV> {
  bits<5> rs1; let Inst{16-12} = rs1;
  let Brief = "The low bits of a scalar register in every lane.";
}
def VIOTA_#S : FormatV1<UnaryMajor, 1, 1, 0, (outs VR:$vd), (ins), "viota."#L.Letter, "$vd", WVInt> {
  let Inst{16-12} = 0;
  let Brief = "Each lane's own number: 0, 1, 2, ...";
}
//  31  27 26 25 24 22 21       12 11    7 6     0
// |funct5|  0  |  0  |  imm10    |  vd   | major |
def VLI_#S : TatamiInst<(outs VR:$vd), (ins simm10:$imm), "vli."#L.Letter, "$vd, $imm", WVInt> {
  bits<5> vd; bits<10> imm;
  let Major = UnaryMajor;
  let Inst{31-27} = 2; let Inst{21-12} = imm; let Inst{11-7} = vd;
  let isMoveImm = true; let isReMaterializable = true;
  let Brief = "A sign-extended constant in every lane.";
}

// Sums wrap in the lane width; results are sign-extended (zero-extended: u).
foreach R = [["SUM", "sum", "Sum of all lanes, wrapping"], ["MIN", "min", "Smallest lane, signed"],
             ["MAX", "max", "Largest lane, signed"], ["AND", "and", "Bitwise and of all lanes"],
             ["OR", "or", "Bitwise or of all lanes"], ["XOR", "xor", "Bitwise exclusive or of all lanes"],
             ["MINU", "minu", "Smallest lane, unsigned, zero-extended"],
             ["MAXU", "maxu", "Largest lane, unsigned, zero-extended"]] in {
defvar Sub = !cond(!eq(R[0], "SUM") : 0, !eq(R[0], "MIN") : 1, !eq(R[0], "MAX") : 2, !eq(R[0], "AND") : 3,
                   !eq(R[0], "OR") : 4, !eq(R[0], "XOR") : 5, !eq(R[0], "MINU") : 6, true : 7);
def VRED#R[0]#_#S : FormatV1<UnaryMajor, 3, Sub, 0, (outs GPR:$rd), (ins VR:$vs1), "vred"#R[1]#"."#L.Letter, "$rd, $vs1", WVReduce> {
  bits<5> rd; let Inst{11-7} = rd;
  let Brief = R[2] # !if(!lt(Sub, 6), ", sign-extended.", ".");
}
}

// Lane to scalar and scalar to lane. The number is taken modulo the lanes.
def VEXTRACT_#S : FormatI6<0x66, !cast<bits<9>>(L.Index), (outs GPR:$rd), (ins VR:$rs1, uimm6:$imm),
                           "vextract."#L.Letter, "$rd, $rs1, $imm", WVToX> {
  let Brief = "One lane, sign-extended.";
}
let Constraints = "$rd = $rd_wb" in
def VINSERT_#S : FormatI6<0x66, !cast<bits<9>>(!add(8, L.Index)), (outs VR:$rd_wb), (ins VR:$rd, GPR:$rs1, uimm6:$imm),
                          "vinsert."#L.Letter, "$rd, $rs1, $imm", WXToV> {
  let Brief = "Replace one lane by the low bits of a scalar register.";
}
def VEXTRACTX_#S : FormatR<0x67, !cast<bits<10>>(!add(0x40, L.Index)), (outs GPR:$rd), (ins VR:$rs1, GPR:$rs2),
                           "vextract.x."#L.Letter, "$rd, $rs1, $rs2", WVToX> {
  let Brief = "The lane that a scalar register numbers (modulo the lanes), sign-extended.";
}
let Constraints = "$rd = $rd_wb" in
def VINSERTX_#S : FormatR<0x67, !cast<bits<10>>(!add(0x48, L.Index)), (outs VR:$rd_wb), (ins VR:$rd, GPR:$rs1, GPR:$rs2),
                          "vinsert.x."#L.Letter, "$rd, $rs1, $rs2", WXToV> {
  let Brief = "Replace the lane numbered by rs2 (modulo the lanes) by the low bits of rs1.";
}
}
}

} // Group
