//===- Mask.td - Predicate masks ------------------------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A mask has 64 bits; bit i is lane i of whatever lane width reads it. Bits
// above the lanes of a compare's result are zero. Writes to m0 are ignored.
//===----------------------------------------------------------------------===//

let Group = "mask" in {

//  31      22 21 20 19 17 16 15 14 12 11 10 9  7 6     0
// |  funct10 |  0  | ms2 |  0  | ms1 |  0  | md  | major |
class MaskBinary<bits<10> Funct, string Mnemonic, string What>
    : TatamiInst<(outs MR:$md), (ins MR:$ms1, MR:$ms2), Mnemonic, "$md, $ms1, $ms2", WVMask> {
  bits<3> md; bits<3> ms1; bits<3> ms2;
  let Major = 0x65; let Inst{31-22} = Funct;
  let Inst{19-17} = ms2; let Inst{14-12} = ms1; let Inst{9-7} = md;
  let Brief = What;
}
let isCommutable = true in {
def MAND  : MaskBinary<0, "mand", "And.">;
def MOR   : MaskBinary<1, "mor", "Or.">;
def MXOR  : MaskBinary<2, "mxor", "Exclusive or.">;
def MXNOR : MaskBinary<3, "mxnor", "Exclusive nor.">;
}
def MANDN : MaskBinary<4, "mandn", "ms1 and not ms2.">;
def MORN  : MaskBinary<5, "morn", "ms1 or not ms2.">;

def MMVXM : TatamiInst<(outs GPR:$rd), (ins MR:$ms1), "mmv.x.m", "$rd, $ms1", WVToX> {
  bits<5> rd; bits<3> ms1;
  let Major = 0x65; let Inst{31-22} = 8; let Inst{14-12} = ms1; let Inst{11-7} = rd;
  let Brief = "The 64 bits of a mask.";
}
def MMVMX : TatamiInst<(outs MR:$md), (ins GPR:$rs1), "mmv.m.x", "$md, $rs1", WXToV> {
  bits<3> md; bits<5> rs1;
  let Major = 0x65; let Inst{31-22} = 9; let Inst{16-12} = rs1; let Inst{9-7} = md;
  let Brief = "Set a mask to 64 bits.";
}
foreach L = AllLanes in {
let LaneBits = L.Bits in
def MWHILE_#!toupper(L.Letter) : TatamiInst<(outs MR:$md), (ins GPR:$rs1, GPR:$rs2), "mwhile."#L.Letter, "$md, $rs1, $rs2", WXToV> {
  bits<3> md; bits<5> rs1; bits<5> rs2;
  let Major = 0x65; let Inst{31-22} = !cast<bits<10>>(!add(16, L.Index));
  let Inst{21-17} = rs2; let Inst{16-12} = rs1; let Inst{9-7} = md;
  let Brief = "Bit i is set while rs1 + i < rs2, unsigned without wrapping, for the lanes of the width.";
}
}

} // Group
