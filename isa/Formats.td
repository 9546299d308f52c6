//===- Formats.td - Instruction formats, a picture above each -------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Fixed 32 bits, little-endian. Bits 6..0 are the major opcode; majors 0x00 and
// 0x7f are reserved for ever, so that neither zeros nor ones run. A bit that no
// field uses is zero, and a word that has it set is a reserved encoding.
//===----------------------------------------------------------------------===//

// What every instruction says of itself.
class TatamiInst<dag Outs, dag Ins, string Mnemonic, string Args, SchedWrite Write>
    : Instruction, Sched<[Write]> {
  let Namespace = "Tatami";
  let Size = 4;
  let DecoderNamespace = "Tatami";
  let OutOperandList = Outs;
  let InOperandList = Ins;
  let AsmString = Mnemonic # !if(!eq(Args, ""), "", "\t" # Args);
  let hasSideEffects = false;
  let mayLoad = false;
  let mayStore = false;

  bits<32> Inst = 0;
  field bits<32> SoftFail = 0;

  string Group = "";              // chapter of the manual
  string Brief = "";              // one sentence of the manual
  list<Trap> Raises = [];         // traps beyond bad-fetch and reserved-encoding
  bit ReadsPc = false;            // exec needs the instruction's own address
  string Form = "Plain";          // Plain, Merge or Zero: what inactive lanes become
  string BaseName = NAME;         // the record that the three forms share
  int LaneBits = 0;               // width of the lanes that a mask speaks of
  int Macs = 0;                   // multiply-accumulates done
  int SramBytes = 0;              // of the node's own SRAM, all lanes; blocks for the mesh have none here
  string Provenance = "chosen";   // of the encoding and the exact meaning

  bits<7> Major = 0;
  let Inst{6-0} = Major;
}

//  31      22 21   17 16   12 11    7 6     0
// |  funct10 |  rs2  |  rs1  |  rd   | major |
class FormatR<bits<7> Op, bits<10> Funct, dag Outs, dag Ins, string Mnemonic, string Args, SchedWrite W>
    : TatamiInst<Outs, Ins, Mnemonic, Args, W> {
  bits<5> rd; bits<5> rs1; bits<5> rs2;
  let Major = Op;
  let Inst{31-22} = Funct; let Inst{21-17} = rs2; let Inst{16-12} = rs1; let Inst{11-7} = rd;
}

//  31      22 21   17 16   12 11    7 6     0
// |  funct10 | sub5  |  rs1  |  rd   | major |
class FormatR1<bits<7> Op, bits<10> Funct, bits<5> Sub, dag Outs, dag Ins, string Mnemonic, string Args, SchedWrite W>
    : TatamiInst<Outs, Ins, Mnemonic, Args, W> {
  bits<5> rd; bits<5> rs1;
  let Major = Op;
  let Inst{31-22} = Funct; let Inst{21-17} = Sub; let Inst{16-12} = rs1; let Inst{11-7} = rd;
}

//  31  27 26   22 21   17 16   12 11    7 6     0
// |funct5|  rs3  |  rs2  |  rs1  |  rd   | major |
class FormatR4<bits<7> Op, bits<5> Funct, dag Outs, dag Ins, string Mnemonic, string Args, SchedWrite W>
    : TatamiInst<Outs, Ins, Mnemonic, Args, W> {
  bits<5> rd; bits<5> rs1; bits<5> rs2; bits<5> rs3;
  let Major = Op;
  let Inst{31-27} = Funct; let Inst{26-22} = rs3; let Inst{21-17} = rs2;
  let Inst{16-12} = rs1; let Inst{11-7} = rd;
}

//  31           17 16   12 11    7 6     0
// |    imm15      |  rs1  |  rd   | major |
class FormatI<bits<7> Op, dag Outs, dag Ins, string Mnemonic, string Args, SchedWrite W>
    : TatamiInst<Outs, Ins, Mnemonic, Args, W> {
  bits<5> rd; bits<5> rs1; bits<15> imm;
  let Major = Op;
  let Inst{31-17} = imm; let Inst{16-12} = rs1; let Inst{11-7} = rd;
}

//  31           17 16   12 11    7 6     0
// |    imm15      |  rs1  |  rs2  | major |      stores: rs2 is the data
class FormatS<bits<7> Op, dag Outs, dag Ins, string Mnemonic, string Args, SchedWrite W>
    : TatamiInst<Outs, Ins, Mnemonic, Args, W> {
  bits<5> rs2; bits<5> rs1; bits<15> imm;
  let Major = Op;
  let Inst{31-17} = imm; let Inst{16-12} = rs1; let Inst{11-7} = rs2;
}

//  31           17 16   12 11    7 6     0
// |  offset >> 2  |  rs2  |  rs1  | major |      compare and branch
class FormatB<bits<7> Op, dag Ins, string Mnemonic>
    : TatamiInst<(outs), Ins, Mnemonic, "$rs1, $rs2, $imm", WBranch> {
  bits<5> rs1; bits<5> rs2; bits<15> imm;
  let Major = Op;
  let Inst{31-17} = imm; let Inst{16-12} = rs2; let Inst{11-7} = rs1;
}

//  31       23 22   17 16   12 11    7 6     0
// |  funct9   | imm6  |  rs1  |  rd   | major |  shift amounts, lane numbers
class FormatI6<bits<7> Op, bits<9> Funct, dag Outs, dag Ins, string Mnemonic, string Args, SchedWrite W>
    : TatamiInst<Outs, Ins, Mnemonic, Args, W> {
  bits<5> rd; bits<5> rs1; bits<6> imm;
  let Major = Op;
  let Inst{31-23} = Funct; let Inst{22-17} = imm; let Inst{16-12} = rs1; let Inst{11-7} = rd;
}

//  31               12 11    7 6     0
// |       imm20       |  rd   | major |
class FormatU<bits<7> Op, dag Outs, dag Ins, string Mnemonic, string Args, SchedWrite W>
    : TatamiInst<Outs, Ins, Mnemonic, Args, W> {
  bits<5> rd; bits<20> imm;
  let Major = Op;
  let Inst{31-12} = imm; let Inst{11-7} = rd;
}

//  31    24 23 22 21   17 16   12 11    7 6     0
// | funct8 |shift| rs2   |  rs1  |  rd   | major |   base + (index << shift)
class FormatX<bits<7> Op, bits<8> Funct, dag Outs, dag Ins, string Mnemonic, string Args, SchedWrite W>
    : TatamiInst<Outs, Ins, Mnemonic, Args, W> {
  bits<5> rd; bits<5> rs1; bits<5> rs2; bits<2> shift;
  let Major = Op;
  let Inst{31-24} = Funct; let Inst{23-22} = shift; let Inst{21-17} = rs2;
  let Inst{16-12} = rs1; let Inst{11-7} = rd;
}

//  31  28 27       17 16   12 11    7 6     0
// |funct4|  imm11    |  rs1  |  rd   | major |       post-increment
class FormatP<bits<7> Op, bits<4> Funct, dag Outs, dag Ins, string Mnemonic, string Args, SchedWrite W>
    : TatamiInst<Outs, Ins, Mnemonic, Args, W> {
  bits<5> rd; bits<5> rs1; bits<11> imm;
  let Major = Op;
  let Inst{31-28} = Funct; let Inst{27-17} = imm; let Inst{16-12} = rs1; let Inst{11-7} = rd;
}

//  31  27 26 25 24 22 21   17 16   12 11    7 6     0
// |funct5|form |  m  |  vs2  |  vs1  |  vd   | major |
// form 0 plain (m is 0), 1 merge, 2 zero; 3 is reserved.
class FormatV<bits<7> Op, bits<5> Funct, bits<2> FormBits, dag Outs, dag Ins,
              string Mnemonic, string Args, SchedWrite W>
    : TatamiInst<Outs, Ins, Mnemonic, Args, W> {
  bits<5> vd; bits<5> vs1; bits<5> vs2; bits<3> m = 0;
  let Major = Op;
  let Inst{31-27} = Funct; let Inst{26-25} = FormBits; let Inst{24-22} = m;
  let Inst{21-17} = vs2; let Inst{16-12} = vs1; let Inst{11-7} = vd;
}

//  31  27 26 25 24 22 21   17 16   12 11    7 6     0
// |funct5|form |  m  | sub5  |  vs1  |  vd   | major |
class FormatV1<bits<7> Op, bits<5> Funct, bits<5> Sub, bits<2> FormBits, dag Outs, dag Ins,
               string Mnemonic, string Args, SchedWrite W>
    : TatamiInst<Outs, Ins, Mnemonic, Args, W> {
  bits<5> vd; bits<5> vs1; bits<3> m = 0;
  let Major = Op;
  let Inst{31-27} = Funct; let Inst{26-25} = FormBits; let Inst{24-22} = m;
  let Inst{21-17} = Sub; let Inst{16-12} = vs1; let Inst{11-7} = vd;
}

//===----------------------------------------------------------------------===//
// The three forms of a masked vector instruction. X is the plain operand list.
//===----------------------------------------------------------------------===//

multiclass Masked2<bits<7> Op, bits<5> Funct, string Mnemonic, SchedWrite W> {
  def "" : FormatV<Op, Funct, 0, (outs VR:$vd), (ins VR:$vs1, VR:$vs2),
                   Mnemonic, "$vd, $vs1, $vs2", W>;
  let BaseName = NAME in {
    let Constraints = "$vd = $vd_wb", Form = "Merge" in
    def _M : FormatV<Op, Funct, 1, (outs VR:$vd_wb), (ins VR:$vd, VR:$vs1, VR:$vs2, MR:$m),
                     Mnemonic, "$vd, $vs1, $vs2, $m", W> { bits<3> m; }
    let Form = "Zero" in
    def _Z : FormatV<Op, Funct, 2, (outs VR:$vd), (ins VR:$vs1, VR:$vs2, MR:$m),
                     Mnemonic, "$vd, $vs1, $vs2, $m, z", W> { bits<3> m; }
  }
}

// vd is also an operand: a merge keeps it, as the sum keeps it.
multiclass MaskedAccumulate<bits<7> Op, bits<5> Funct, string Mnemonic, SchedWrite W> {
  let Constraints = "$vd = $vd_wb" in {
    def "" : FormatV<Op, Funct, 0, (outs VR:$vd_wb), (ins VR:$vd, VR:$vs1, VR:$vs2),
                     Mnemonic, "$vd, $vs1, $vs2", W>;
    let BaseName = NAME in {
      let Form = "Merge" in
      def _M : FormatV<Op, Funct, 1, (outs VR:$vd_wb), (ins VR:$vd, VR:$vs1, VR:$vs2, MR:$m),
                       Mnemonic, "$vd, $vs1, $vs2, $m", W> { bits<3> m; }
      let Form = "Zero" in
      def _Z : FormatV<Op, Funct, 2, (outs VR:$vd_wb), (ins VR:$vd, VR:$vs1, VR:$vs2, MR:$m),
                       Mnemonic, "$vd, $vs1, $vs2, $m, z", W> { bits<3> m; }
    }
  }
}

multiclass Masked1<bits<7> Op, bits<5> Funct, bits<5> Sub, string Mnemonic, SchedWrite W> {
  def "" : FormatV1<Op, Funct, Sub, 0, (outs VR:$vd), (ins VR:$vs1),
                    Mnemonic, "$vd, $vs1", W>;
  let BaseName = NAME in {
    let Constraints = "$vd = $vd_wb", Form = "Merge" in
    def _M : FormatV1<Op, Funct, Sub, 1, (outs VR:$vd_wb), (ins VR:$vd, VR:$vs1, MR:$m),
                      Mnemonic, "$vd, $vs1, $m", W> { bits<3> m; }
    let Form = "Zero" in
    def _Z : FormatV1<Op, Funct, Sub, 2, (outs VR:$vd), (ins VR:$vs1, MR:$m),
                      Mnemonic, "$vd, $vs1, $m, z", W> { bits<3> m; }
  }
}

//  31  28 27 26 25 24 22 21   17 16   12 11    7 6     0
// |funct4|i5|form |  m  |imm4..0|  vs1  |  vd   | major |   shift by a constant
class FormatVShift<bits<7> Op, bits<4> Funct, bits<2> FormBits, dag Outs, dag Ins,
                   string Mnemonic, string Args, SchedWrite W>
    : TatamiInst<Outs, Ins, Mnemonic, Args, W> {
  bits<5> vd; bits<5> vs1; bits<6> imm; bits<3> m = 0;
  let Major = Op;
  let Inst{31-28} = Funct; let Inst{27} = imm{5}; let Inst{26-25} = FormBits;
  let Inst{24-22} = m; let Inst{21-17} = imm{4-0}; let Inst{16-12} = vs1; let Inst{11-7} = vd;
}

multiclass MaskedShift<bits<7> Op, bits<4> Funct, string Mnemonic> {
  def "" : FormatVShift<Op, Funct, 0, (outs VR:$vd), (ins VR:$vs1, uimm6:$imm),
                        Mnemonic, "$vd, $vs1, $imm", WVInt>;
  let BaseName = NAME in {
    let Constraints = "$vd = $vd_wb", Form = "Merge" in
    def _M : FormatVShift<Op, Funct, 1, (outs VR:$vd_wb), (ins VR:$vd, VR:$vs1, uimm6:$imm, MR:$m),
                          Mnemonic, "$vd, $vs1, $imm, $m", WVInt> { bits<3> m; }
    let Form = "Zero" in
    def _Z : FormatVShift<Op, Funct, 2, (outs VR:$vd), (ins VR:$vs1, uimm6:$imm, MR:$m),
                          Mnemonic, "$vd, $vs1, $imm, $m, z", WVInt> { bits<3> m; }
  }
}

//  31  27 26 25 24 22 21   17 16   12 11 10 9  7 6     0
// |funct5|form |  m  |  vs2  |  vs1  |  0  | md  | major |   compare to mask
class FormatVCompare<bits<7> Op, bits<5> Funct, bits<2> FormBits, dag Ins,
                     string Mnemonic, string Args, SchedWrite W>
    : TatamiInst<(outs MR:$md), Ins, Mnemonic, Args, W> {
  bits<3> md; bits<5> vs1; bits<5> vs2; bits<3> m = 0;
  let Major = Op;
  let Inst{31-27} = Funct; let Inst{26-25} = FormBits; let Inst{24-22} = m;
  let Inst{21-17} = vs2; let Inst{16-12} = vs1; let Inst{9-7} = md;
}

// The masked form is an "and": lanes off in m are off in the result.
multiclass MaskedCompare<bits<7> Op, bits<5> Funct, string Mnemonic> {
  def "" : FormatVCompare<Op, Funct, 0, (ins VR:$vs1, VR:$vs2), Mnemonic, "$md, $vs1, $vs2", WVMask>;
  let BaseName = NAME, Form = "Zero" in
  def _Z : FormatVCompare<Op, Funct, 2, (ins VR:$vs1, VR:$vs2, MR:$m),
                          Mnemonic, "$md, $vs1, $vs2, $m, z", WVMask> { bits<3> m; }
}

// Lane widths, with the letter that mnemonics and record names carry.
class LaneType<int N, string L> { int Bits = N; string Letter = L; int Index = !logtwo(!srl(N, 3)); }
def Lane8  : LaneType<8, "b">;
def Lane16 : LaneType<16, "h">;
def Lane32 : LaneType<32, "w">;
def Lane64 : LaneType<64, "d">;
defvar AllLanes = [Lane8, Lane16, Lane32, Lane64];
