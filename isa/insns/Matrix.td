//===- Matrix.td - The 8x8 matrix unit ------------------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// acc[8x8] += A[8xk] * B[kx8], all row-major: element (i, k) of A is lane
// i * K + k of vs1, element (k, j) of B is lane k * 8 + j of vs2.
// Operands widen exactly to FP32; then, for each k in ascending order, one
// fused multiply-add. Integers: exact products, 32-bit wrapping sums.
//===----------------------------------------------------------------------===//

let Group = "matrix" in {

//  31      22 21   17 16   12 11 10 9   7 6     0
// |  funct10 |  vs2  |  vs1  |  0  | acc | major |
class Mma<bits<10> Funct, int Products, string Mnemonic, string What, SchedWrite W>
    : TatamiInst<(outs AR:$acc_wb), (ins AR:$acc, VR:$vs1, VR:$vs2), Mnemonic, "$acc, $vs1, $vs2", W> {
  bits<3> acc; bits<5> vs1; bits<5> vs2;
  let Major = 0x68; let Inst{31-22} = Funct;
  let Inst{21-17} = vs2; let Inst{16-12} = vs1; let Inst{9-7} = acc;
  let Constraints = "$acc = $acc_wb"; let Brief = What; let Macs = Products;
}
def MMA_BF16 : Mma<0, 256, "mma.bf16", "k = 4, BF16 operands, FP32 sums.", WMatrix4>;
def MMA_F16  : Mma<1, 256, "mma.f16", "k = 4, FP16 operands, FP32 sums.", WMatrix4>;
def MMA_S8   : Mma<2, 512, "mma.s8", "k = 8, signed 8-bit operands, INT32 sums.", WMatrix8>;
def MMA_U8   : Mma<3, 512, "mma.u8", "k = 8, unsigned 8-bit operands, INT32 sums.", WMatrix8>;
def MMA_U8S8 : Mma<4, 512, "mma.u8s8", "k = 8, unsigned A, signed B, INT32 sums.", WMatrix8>;

//  31  27 26   22 21   17 16   12 11 10 9   7 6     0
// |funct5|  rs3  |  vs2  |  vs1  |  0  | acc | major |    rs3: bias of A (5..0), of B (13..8)
class MmaC8<bits<5> Funct, string Mnemonic, string What>
    : TatamiInst<(outs AR:$acc_wb), (ins AR:$acc, VR:$vs1, VR:$vs2, GPR:$rs3), Mnemonic, "$acc, $vs1, $vs2, $rs3", WMatrix8> {
  bits<3> acc; bits<5> vs1; bits<5> vs2; bits<5> rs3;
  let Major = 0x69; let Inst{31-27} = Funct; let Inst{26-22} = rs3;
  let Inst{21-17} = vs2; let Inst{16-12} = vs1; let Inst{9-7} = acc;
  let Constraints = "$acc = $acc_wb"; let Brief = What; let Macs = 512;
}
def MMA_C143      : MmaC8<0, "mma.c143", "k = 8, CFloat8 1-4-3 operands; biases of A and B in bits 5..0 and 13..8 of rs3.">;
def MMA_C152      : MmaC8<1, "mma.c152", "k = 8, CFloat8 1-5-2 operands; biases in rs3.">;
def MMA_C143_C152 : MmaC8<2, "mma.c143.c152", "k = 8, A CFloat8 1-4-3, B CFloat8 1-5-2; biases in rs3.">;
def MMA_C152_C143 : MmaC8<3, "mma.c152.c143", "k = 8, A CFloat8 1-5-2, B CFloat8 1-4-3; biases in rs3.">;

def ACCZERO : TatamiInst<(outs AR:$acc), (ins), "acczero", "$acc", WAccMove> {
  bits<3> acc;
  let Major = 0x68; let Inst{31-22} = 0x10; let Inst{9-7} = acc;
  let Brief = "Set an accumulator to zero."; let isReMaterializable = true;
}
def ACCMV : TatamiInst<(outs AR:$acc), (ins AR:$acc2), "accmv", "$acc, $acc2", WAccMove> {
  bits<3> acc; bits<3> acc2;
  let Major = 0x68; let Inst{31-22} = 0x11; let Inst{14-12} = acc2; let Inst{9-7} = acc;
  let Brief = "Copy an accumulator.";
}
// A slice is two rows: 16 elements, one vector.
def ACCGET : TatamiInst<(outs VR:$vd), (ins AR:$acc2, uimm2:$imm), "accget", "$vd, $acc2, $imm", WAccToV> {
  bits<5> vd; bits<3> acc2; bits<2> imm;
  let Major = 0x68; let Inst{31-22} = 0x12; let Inst{21-20} = imm; let Inst{14-12} = acc2; let Inst{11-7} = vd;
  let Brief = "Rows 2 * imm and 2 * imm + 1 of an accumulator.";
}
let Constraints = "$acc = $acc_wb" in
def ACCPUT : TatamiInst<(outs AR:$acc_wb), (ins AR:$acc, VR:$vs1, uimm2:$imm), "accput", "$acc, $vs1, $imm", WVToAcc> {
  bits<3> acc; bits<5> vs1; bits<2> imm;
  let Major = 0x68; let Inst{31-22} = 0x13; let Inst{21-20} = imm; let Inst{16-12} = vs1; let Inst{9-7} = acc;
  let Brief = "Replace rows 2 * imm and 2 * imm + 1 of an accumulator.";
}

//  31           17 16   12 11 10 9   7 6     0
// |    imm15      |  rs1  |  0  | acc | major |
def ACCLD : TatamiInst<(outs AR:$acc), (ins GPR:$rs1, simm15_lo:$imm), "accld", "$acc, ${imm}(${rs1})", WAccLoad> {
  bits<3> acc; bits<5> rs1; bits<15> imm;
  let Major = 0x44; let Inst{31-17} = imm; let Inst{16-12} = rs1; let Inst{9-7} = acc;
  let mayLoad = true; let SramBytes = 256; let Raises = LoadTraps;
  let Brief = "Load 256 bytes, row-major; the address is a multiple of 64.";
}
def ACCST : TatamiInst<(outs), (ins AR:$acc, GPR:$rs1, simm15_lo:$imm), "accst", "$acc, ${imm}(${rs1})", WAccStore> {
  bits<3> acc; bits<5> rs1; bits<15> imm;
  let Major = 0x45; let Inst{31-17} = imm; let Inst{16-12} = rs1; let Inst{9-7} = acc;
  let mayStore = true; let SramBytes = 256; let Raises = StoreTraps;
  let Brief = "Store 256 bytes, row-major; the address is a multiple of 64.";
}

} // Group
