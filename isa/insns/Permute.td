//===- Permute.td - Moving lanes ------------------------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

let Group = "permute" in {

class Permute2<bits<10> Funct, string Mnemonic, string What>
    : FormatR<0x67, Funct, (outs VR:$rd), (ins VR:$rs1, VR:$rs2), Mnemonic, "$rd, $rs1, $rs2", WVPermute> {
  let Brief = What;
}

foreach L = AllLanes in {
defvar S = !toupper(L.Letter);
defvar I = L.Index;
let LaneBits = L.Bits in {
def VPERM_#S  : Permute2<!cast<bits<10>>(!add(0x00, I)), "vperm."#L.Letter, "Lane i of the result is lane rs2[i] (modulo the lanes) of rs1.">;
let Constraints = "$rd = $rd_wb" in
def VPERM2_#S : FormatR<0x67, !cast<bits<10>>(!add(0x08, I)), (outs VR:$rd_wb), (ins VR:$rd, VR:$rs1, VR:$rs2),
                        "vperm2."#L.Letter, "$rd, $rs1, $rs2", WVPermute> {
  let Brief = "Lane i becomes lane rd[i] (modulo twice the lanes) of rs1 followed by rs2.";
}
def VUZPE_#S : Permute2<!cast<bits<10>>(!add(0x10, I)), "vuzpe."#L.Letter, "Even lanes of rs1, then even lanes of rs2.">;
def VUZPO_#S : Permute2<!cast<bits<10>>(!add(0x18, I)), "vuzpo."#L.Letter, "Odd lanes of rs1, then odd lanes of rs2.">;
def VSEL_#S : FormatV<!cast<bits<7>>(!add(0x50, I)), 31, 0, (outs VR:$vd), (ins VR:$vs1, VR:$vs2, MR:$m), "vsel."#L.Letter, "$vd, $vs1, $vs2, $m", WVInt> {
  bits<3> m;
  let Brief = "Lanes of vs1 where the mask is set, of vs2 elsewhere.";
}
}
}

// Zips work on up to 256 bits, so that transposes of blocks are made of them.
foreach L = [["B", "b", "8"], ["H", "h", "16"], ["W", "w", "32"], ["D", "d", "64"], ["Q", "q", "128"], ["O", "o", "256"]] in {
defvar I = !cond(!eq(L[0], "B") : 0, !eq(L[0], "H") : 1, !eq(L[0], "W") : 2, !eq(L[0], "D") : 3, !eq(L[0], "Q") : 4, true : 5);
def VZIPL_#L[0] : Permute2<!cast<bits<10>>(!add(0x20, I)), "vzipl."#L[1],
    "Interleave the " # L[2] # "-bit elements of the low halves: rs1[0], rs2[0], rs1[1], ...">;
def VZIPH_#L[0] : Permute2<!cast<bits<10>>(!add(0x28, I)), "vziph."#L[1],
    "Interleave the " # L[2] # "-bit elements of the high halves.">;
}

//  31  28 27   22 21   17 16   12 11    7 6     0
// |funct4| imm6  |  vs2  |  vs1  |  vd   | major |
def VALIGN : TatamiInst<(outs VR:$vd), (ins VR:$vs1, VR:$vs2, uimm6:$imm), "valign", "$vd, $vs1, $vs2, $imm", WVPermute> {
  bits<5> vd; bits<5> vs1; bits<5> vs2; bits<6> imm;
  let Major = 0x6a;
  let Inst{27-22} = imm; let Inst{21-17} = vs2; let Inst{16-12} = vs1; let Inst{11-7} = vd;
  let Brief = "64 bytes of vs1 followed by vs2, from byte imm on.";
}

// Transposes of a register seen as a matrix, row-major.
class Transpose<bits<5> Sub, string Mnemonic, string What>
    : FormatR1<0x67, 0x3ff, Sub, (outs VR:$rd), (ins VR:$rs1), Mnemonic, "$rd, $rs1", WVPermute> { let Brief = What; }
def VTRN_4X8_H : Transpose<0, "vtrn.4x8.h", "4 rows of 8 16-bit elements to 8 rows of 4.">;
def VTRN_8X4_H : Transpose<1, "vtrn.8x4.h", "8 rows of 4 16-bit elements to 4 rows of 8.">;
def VTRN_8X8_B : Transpose<2, "vtrn.8x8.b", "8 rows of 8 bytes to their transpose.">;
def VTRN_4X4_W : Transpose<3, "vtrn.4x4.w", "4 rows of 4 32-bit elements to their transpose.">;
def VTRN_8X2_W : Transpose<4, "vtrn.8x2.w", "8 rows of 2 32-bit elements to 2 rows of 8.">;
def VTRN_2X8_W : Transpose<5, "vtrn.2x8.w", "2 rows of 8 32-bit elements to 8 rows of 2.">;

// Widening of the low lanes (and of the high half, for one step), narrowing to the low lanes.
class Resize<bits<10> Funct, bits<5> Sub, string Mnemonic, string What>
    : FormatR1<0x67, Funct, Sub, (outs VR:$rd), (ins VR:$rs1), Mnemonic, "$rd, $rs1", WVPermute> { let Brief = What; }
foreach P = [["BH", "bh", "8", "16"], ["BW", "bw", "8", "32"], ["BD", "bd", "8", "64"],
             ["HW", "hw", "16", "32"], ["HD", "hd", "16", "64"], ["WD", "wd", "32", "64"]] in {
defvar I = !cond(!eq(P[0], "BH") : 0, !eq(P[0], "BW") : 1, !eq(P[0], "BD") : 2, !eq(P[0], "HW") : 3, !eq(P[0], "HD") : 4, true : 5);
def VSEXTL_#P[0] : Resize<0x3fe, !cast<bits<5>>(I), "vsextl."#P[1], "Sign-extend the lowest "#P[2]#"-bit lanes to "#P[3]#" bits.">;
def VZEXTL_#P[0] : Resize<0x3fd, !cast<bits<5>>(I), "vzextl."#P[1], "Zero-extend the lowest "#P[2]#"-bit lanes to "#P[3]#" bits.">;
def VTRUNC_#P[0] : Resize<0x3fc, !cast<bits<5>>(I), "vtrunc."#P[1], "Low "#P[2]#" bits of each "#P[3]#"-bit lane, in the lowest lanes; the rest becomes zero.">;
}
foreach P = [["BH", "bh", "8", "16"], ["HW", "hw", "16", "32"], ["WD", "wd", "32", "64"]] in {
defvar I = !cond(!eq(P[0], "BH") : 0, !eq(P[0], "HW") : 3, true : 5);
def VSEXTH_#P[0] : Resize<0x3fb, !cast<bits<5>>(I), "vsexth."#P[1], "Sign-extend the high half's "#P[2]#"-bit lanes to "#P[3]#" bits.">;
def VZEXTH_#P[0] : Resize<0x3fa, !cast<bits<5>>(I), "vzexth."#P[1], "Zero-extend the high half's "#P[2]#"-bit lanes to "#P[3]#" bits.">;
}

} // Group
