//===- VectorMemory.td - Vector loads and stores --------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A lane that the mask leaves out is not accessed and cannot trap.
//===----------------------------------------------------------------------===//

let Group = "vector-memory", SramBytes = 64 in {

def VLD : FormatI<0x40, (outs VR:$rd), (ins GPR:$rs1, simm15_lo:$imm), "vld", "$rd, ${imm}(${rs1})", WVLoad> {
  let mayLoad = true; let Brief = "Load 64 bytes; the address is a multiple of 64."; let Raises = LoadTraps;
}
def VST : FormatS<0x41, (outs), (ins VR:$rs2, GPR:$rs1, simm15_lo:$imm), "vst", "$rs2, ${imm}(${rs1})", WVStore> {
  let mayStore = true; let Brief = "Store 64 bytes; the address is a multiple of 64."; let Raises = StoreTraps;
}

//  31      22 21 20 19 17 16   12 11    7 6     0
// |  imm10   |form |  m  |  rs1  |  vd   | major |    element-aligned
class VLoadU<bits<7> Op, bits<2> FormBits, dag Outs, dag Ins, string Mnemonic, string Args, SchedWrite W>
    : TatamiInst<Outs, Ins, Mnemonic, Args, W> {
  bits<5> vd; bits<5> rs1; bits<10> imm; bits<3> m = 0;
  let Major = Op;
  let Inst{31-22} = imm; let Inst{21-20} = FormBits; let Inst{19-17} = m;
  let Inst{16-12} = rs1; let Inst{11-7} = vd;
}

foreach L = AllLanes in {
defvar S = !toupper(L.Letter);
let LaneBits = L.Bits in {
let mayLoad = true, Raises = LoadTraps, Brief = "Load 64 bytes; the address is a multiple of the lane's size." in {
  def VLDU_#S : VLoadU<!cast<bits<7>>(!add(0x48, L.Index)), 0, (outs VR:$vd), (ins GPR:$rs1, simm10:$imm),
                       "vldu."#L.Letter, "$vd, ${imm}(${rs1})", WVLoadU>;
  let BaseName = "VLDU_"#S in {
    let Constraints = "$vd = $vd_wb", Form = "Merge" in
    def VLDU_#S#_M : VLoadU<!cast<bits<7>>(!add(0x48, L.Index)), 1, (outs VR:$vd_wb), (ins VR:$vd, GPR:$rs1, simm10:$imm, MR:$m),
                            "vldu."#L.Letter, "$vd, ${imm}(${rs1}), $m", WVLoadU> { bits<3> m; }
    let Form = "Zero" in
    def VLDU_#S#_Z : VLoadU<!cast<bits<7>>(!add(0x48, L.Index)), 2, (outs VR:$vd), (ins GPR:$rs1, simm10:$imm, MR:$m),
                            "vldu."#L.Letter, "$vd, ${imm}(${rs1}), $m, z", WVLoadU> { bits<3> m; }
  }
}
let mayStore = true, Raises = StoreTraps, Brief = "Store 64 bytes; the address is a multiple of the lane's size." in {
  def VSTU_#S : VLoadU<!cast<bits<7>>(!add(0x4c, L.Index)), 0, (outs), (ins VR:$vd, GPR:$rs1, simm10:$imm),
                       "vstu."#L.Letter, "$vd, ${imm}(${rs1})", WVStoreU>;
  let BaseName = "VSTU_"#S, Form = "Merge" in
  def VSTU_#S#_M : VLoadU<!cast<bits<7>>(!add(0x4c, L.Index)), 1, (outs), (ins VR:$vd, GPR:$rs1, simm10:$imm, MR:$m),
                          "vstu."#L.Letter, "$vd, ${imm}(${rs1}), $m", WVStoreU> { bits<3> m; }
}
}
}

//  31 29 28 27 26 25 24 22 21   17 16   12 11    7 6     0
// |fun3|scale|form |  m  |  vs2  |  rs1  |  vd   | major |   rs1 + (vs2[lane] << scale)
class VIndexed<bits<7> Op, bits<3> Funct, bits<2> FormBits, dag Outs, dag Ins, string Mnemonic, string Args, SchedWrite W>
    : TatamiInst<Outs, Ins, Mnemonic, Args, W> {
  bits<5> vd; bits<5> rs1; bits<5> vs2; bits<2> shift; bits<3> m = 0;
  let Major = Op;
  let Inst{31-29} = Funct; let Inst{28-27} = shift; let Inst{26-25} = FormBits; let Inst{24-22} = m;
  let Inst{21-17} = vs2; let Inst{16-12} = rs1; let Inst{11-7} = vd;
}
foreach L = [Lane32, Lane64] in {
defvar S = !toupper(L.Letter);
defvar F = !cast<bits<3>>(!sub(L.Index, 2));
defvar FS = !cast<bits<3>>(!add(2, !sub(L.Index, 2)));
defvar N = !if(!eq(L.Bits, 32), 16, 8);
let LaneBits = L.Bits in {
let mayLoad = true, Raises = LoadTraps,
    Brief = "Gather: lane i from rs1 + (sign-extended vs2[i] << shift), naturally aligned." in {
  def VGATHER_#S : VIndexed<0x6c, F, 0, (outs VR:$vd), (ins GPR:$rs1, VR:$vs2, uimm2:$shift),
                            "vgather."#L.Letter, "$vd, $rs1, $vs2, $shift", !cast<SchedWrite>("WVGather"#N)>;
  let BaseName = "VGATHER_"#S in {
    let Constraints = "$vd = $vd_wb,@earlyclobber $vd_wb", Form = "Merge" in
    def VGATHER_#S#_M : VIndexed<0x6c, F, 1, (outs VR:$vd_wb), (ins VR:$vd, GPR:$rs1, VR:$vs2, uimm2:$shift, MR:$m),
                                 "vgather."#L.Letter, "$vd, $rs1, $vs2, $shift, $m", !cast<SchedWrite>("WVGather"#N)> { bits<3> m; }
    let Form = "Zero" in
    def VGATHER_#S#_Z : VIndexed<0x6c, F, 2, (outs VR:$vd), (ins GPR:$rs1, VR:$vs2, uimm2:$shift, MR:$m),
                                 "vgather."#L.Letter, "$vd, $rs1, $vs2, $shift, $m, z", !cast<SchedWrite>("WVGather"#N)> { bits<3> m; }
  }
}
let mayStore = true, Raises = StoreTraps,
    Brief = "Scatter: lane i to rs1 + (sign-extended vs2[i] << shift), naturally aligned, in lane order." in {
  def VSCATTER_#S : VIndexed<0x6c, FS, 0, (outs), (ins VR:$vd, GPR:$rs1, VR:$vs2, uimm2:$shift),
                             "vscatter."#L.Letter, "$vd, $rs1, $vs2, $shift", !cast<SchedWrite>("WVScatter"#N)>;
  let BaseName = "VSCATTER_"#S, Form = "Merge" in
  def VSCATTER_#S#_M : VIndexed<0x6c, FS, 1, (outs), (ins VR:$vd, GPR:$rs1, VR:$vs2, uimm2:$shift, MR:$m),
                                "vscatter."#L.Letter, "$vd, $rs1, $vs2, $shift, $m", !cast<SchedWrite>("WVScatter"#N)> { bits<3> m; }
}
}
}

//  31 29 28 27 26 25 24 22 21   17 16   12 11    7 6     0
// |fun3|  0  |form |  m  |  rs2  |  rs1  |  vd   | major |   rs1 + lane * rs2
class VStrided<bits<3> Funct, bits<2> FormBits, dag Outs, dag Ins, string Mnemonic, string Args, SchedWrite W>
    : TatamiInst<Outs, Ins, Mnemonic, Args, W> {
  bits<5> vd; bits<5> rs1; bits<5> rs2; bits<3> m = 0;
  let Major = 0x6d;
  let Inst{31-29} = Funct; let Inst{26-25} = FormBits; let Inst{24-22} = m;
  let Inst{21-17} = rs2; let Inst{16-12} = rs1; let Inst{11-7} = vd;
}
foreach L = AllLanes in {
defvar S = !toupper(L.Letter);
defvar F = !cast<bits<3>>(L.Index);
defvar FS = !cast<bits<3>>(!add(4, L.Index));
defvar N = !cond(!eq(L.Bits, 8) : 64, !eq(L.Bits, 16) : 32, !eq(L.Bits, 32) : 16, true : 8);
let LaneBits = L.Bits in {
let mayLoad = true, Raises = LoadTraps, Brief = "Strided load: lane i from rs1 + i * rs2, naturally aligned." in {
  def VLDS_#S : VStrided<F, 0, (outs VR:$vd), (ins GPR:$rs1, GPR:$rs2), "vlds."#L.Letter, "$vd, $rs1, $rs2", !cast<SchedWrite>("WVGather"#N)>;
  let BaseName = "VLDS_"#S in {
    let Constraints = "$vd = $vd_wb", Form = "Merge" in
    def VLDS_#S#_M : VStrided<F, 1, (outs VR:$vd_wb), (ins VR:$vd, GPR:$rs1, GPR:$rs2, MR:$m), "vlds."#L.Letter, "$vd, $rs1, $rs2, $m", !cast<SchedWrite>("WVGather"#N)> { bits<3> m; }
    let Form = "Zero" in
    def VLDS_#S#_Z : VStrided<F, 2, (outs VR:$vd), (ins GPR:$rs1, GPR:$rs2, MR:$m), "vlds."#L.Letter, "$vd, $rs1, $rs2, $m, z", !cast<SchedWrite>("WVGather"#N)> { bits<3> m; }
  }
}
let mayStore = true, Raises = StoreTraps, Brief = "Strided store: lane i to rs1 + i * rs2, naturally aligned, in lane order." in {
  def VSTS_#S : VStrided<FS, 0, (outs), (ins VR:$vd, GPR:$rs1, GPR:$rs2), "vsts."#L.Letter, "$vd, $rs1, $rs2", !cast<SchedWrite>("WVScatter"#N)>;
  let BaseName = "VSTS_"#S, Form = "Merge" in
  def VSTS_#S#_M : VStrided<FS, 1, (outs), (ins VR:$vd, GPR:$rs1, GPR:$rs2, MR:$m), "vsts."#L.Letter, "$vd, $rs1, $rs2, $m", !cast<SchedWrite>("WVScatter"#N)> { bits<3> m; }
}
}
}

} // Group
