//===- Memory.td - Scalar loads and stores --------------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Addresses are those of the node's own SRAM. Natural alignment, or a trap.
// A trap leaves every register as it was.
//===----------------------------------------------------------------------===//

defvar LoadTraps = [OutOfBounds, NullAccess, Misaligned];
defvar StoreTraps = [OutOfBounds, NullAccess, Misaligned, StoreToCode];

let Group = "memory" in {

class Load<bits<7> Op, int Bytes, RegisterClass RC, string Mnemonic, string What, SchedWrite W = WLoad>
    : FormatI<Op, (outs RC:$rd), (ins GPR:$rs1, simm15_lo:$imm), Mnemonic, "$rd, ${imm}(${rs1})", W> {
  let mayLoad = true; let SramBytes = Bytes; let Brief = What; let Raises = LoadTraps;
}
class Store<bits<7> Op, int Bytes, RegisterClass RC, string Mnemonic, string What, SchedWrite W = WStore>
    : FormatS<Op, (outs), (ins RC:$rs2, GPR:$rs1, simm15_lo:$imm), Mnemonic, "$rs2, ${imm}(${rs1})", W> {
  let mayStore = true; let SramBytes = Bytes; let Brief = What; let Raises = StoreTraps;
}

def LB  : Load<0x20, 1, GPR, "lb", "Load 8 bits, sign-extended.">;
def LBU : Load<0x21, 1, GPR, "lbu", "Load 8 bits, zero-extended.">;
def LH  : Load<0x22, 2, GPR, "lh", "Load 16 bits, sign-extended.">;
def LHU : Load<0x23, 2, GPR, "lhu", "Load 16 bits, zero-extended.">;
def LW  : Load<0x24, 4, GPR, "lw", "Load 32 bits, sign-extended.">;
def LWU : Load<0x25, 4, GPR, "lwu", "Load 32 bits, zero-extended.">;
def LD  : Load<0x26, 8, GPR, "ld", "Load 64 bits.">;
def FLW : Load<0x27, 4, FR, "flw", "Load 32 bits into lane 0; the other lanes become zero.", WVLoad>;
def SB  : Store<0x28, 1, GPR, "sb", "Store 8 bits.">;
def SH  : Store<0x29, 2, GPR, "sh", "Store 16 bits.">;
def SW  : Store<0x2a, 4, GPR, "sw", "Store 32 bits.">;
def SD  : Store<0x2b, 8, GPR, "sd", "Store 64 bits.">;
def FSW : Store<0x2c, 4, FR, "fsw", "Store lane 0 as 32 bits.", WVStore>;

// Masks have three bits of register number; the two above are zero.
def MLD : TatamiInst<(outs MR:$md), (ins GPR:$rs1, simm15_lo:$imm), "mld", "$md, ${imm}(${rs1})", WVLoad> {
  bits<3> md; bits<5> rs1; bits<15> imm;
  let Major = 0x2d; let mayLoad = true; let SramBytes = 8;
  let Inst{31-17} = imm; let Inst{16-12} = rs1; let Inst{9-7} = md;
  let Brief = "Load 64 bits into a mask."; let Raises = LoadTraps;
}
def MST : TatamiInst<(outs), (ins MR:$ms2, GPR:$rs1, simm15_lo:$imm), "mst", "$ms2, ${imm}(${rs1})", WVStore> {
  bits<3> ms2; bits<5> rs1; bits<15> imm;
  let Major = 0x2e; let mayStore = true; let SramBytes = 8;
  let Inst{31-17} = imm; let Inst{16-12} = rs1; let Inst{9-7} = ms2;
  let Brief = "Store a mask as 64 bits."; let Raises = StoreTraps;
}

// base + (index << shift)
class LoadIndexed<bits<8> Funct, int Bytes, RegisterClass RC, string Mnemonic, string What, SchedWrite W = WLoad>
    : FormatX<0x04, Funct, (outs RC:$rd), (ins GPR:$rs1, GPR:$rs2, uimm2:$shift),
              Mnemonic, "$rd, $rs1, $rs2, $shift", W> {
  let mayLoad = true; let SramBytes = Bytes; let Brief = What; let Raises = LoadTraps;
}
class StoreIndexed<bits<8> Funct, int Bytes, RegisterClass RC, string Mnemonic, string What, SchedWrite W = WStore>
    : FormatX<0x04, Funct, (outs), (ins RC:$rd, GPR:$rs1, GPR:$rs2, uimm2:$shift),
              Mnemonic, "$rd, $rs1, $rs2, $shift", W> {
  let mayStore = true; let SramBytes = Bytes; let Brief = What; let Raises = StoreTraps;
}
def LBX  : LoadIndexed<0, 1, GPR, "lb.x", "Load 8 bits at rs1 + (rs2 << shift), sign-extended.">;
def LBUX : LoadIndexed<1, 1, GPR, "lbu.x", "Load 8 bits at rs1 + (rs2 << shift), zero-extended.">;
def LHX  : LoadIndexed<2, 2, GPR, "lh.x", "Load 16 bits at rs1 + (rs2 << shift), sign-extended.">;
def LHUX : LoadIndexed<3, 2, GPR, "lhu.x", "Load 16 bits at rs1 + (rs2 << shift), zero-extended.">;
def LWX  : LoadIndexed<4, 4, GPR, "lw.x", "Load 32 bits at rs1 + (rs2 << shift), sign-extended.">;
def LWUX : LoadIndexed<5, 4, GPR, "lwu.x", "Load 32 bits at rs1 + (rs2 << shift), zero-extended.">;
def LDX  : LoadIndexed<6, 8, GPR, "ld.x", "Load 64 bits at rs1 + (rs2 << shift).">;
def FLWX : LoadIndexed<7, 4, FR, "flw.x", "Load 32 bits at rs1 + (rs2 << shift) into lane 0; the other lanes become zero.", WVLoad>;
def SBX  : StoreIndexed<8, 1, GPR, "sb.x", "Store 8 bits of rd at rs1 + (rs2 << shift).">;
def SHX  : StoreIndexed<9, 2, GPR, "sh.x", "Store 16 bits of rd at rs1 + (rs2 << shift).">;
def SWX  : StoreIndexed<10, 4, GPR, "sw.x", "Store 32 bits of rd at rs1 + (rs2 << shift).">;
def SDX  : StoreIndexed<11, 8, GPR, "sd.x", "Store 64 bits of rd at rs1 + (rs2 << shift).">;
def FSWX : StoreIndexed<12, 4, FR, "fsw.x", "Store lane 0 of rd at rs1 + (rs2 << shift).", WVStore>;

// The access is at rs1; then rs1 moves by the constant. A load whose rd is rs1
// keeps the loaded value.
class LoadPost<bits<4> Funct, int Bytes, RegisterClass RC, string Mnemonic, string What, SchedWrite W = WLoad>
    : FormatP<0x05, Funct, (outs RC:$rd, GPR:$rs1_wb), (ins GPR:$rs1, simm11:$imm),
              Mnemonic, "$rd, (${rs1}), $imm", W> {
  let mayLoad = true; let SramBytes = Bytes; let Brief = What; let Raises = LoadTraps;
  let Constraints = "$rs1 = $rs1_wb"; let SchedRW = [W, WAlu];
}
class StorePost<bits<4> Funct, int Bytes, RegisterClass RC, string Mnemonic, string What, SchedWrite W = WStore>
    : FormatP<0x05, Funct, (outs GPR:$rs1_wb), (ins RC:$rd, GPR:$rs1, simm11:$imm),
              Mnemonic, "$rd, (${rs1}), $imm", W> {
  let mayStore = true; let SramBytes = Bytes; let Brief = What; let Raises = StoreTraps;
  let Constraints = "$rs1 = $rs1_wb"; let SchedRW = [W, WAlu];
}
def LBPI  : LoadPost<0, 1, GPR, "lb.pi", "Load 8 bits, sign-extended; then add to the base.">;
def LBUPI : LoadPost<1, 1, GPR, "lbu.pi", "Load 8 bits, zero-extended; then add to the base.">;
def LHPI  : LoadPost<2, 2, GPR, "lh.pi", "Load 16 bits, sign-extended; then add to the base.">;
def LHUPI : LoadPost<3, 2, GPR, "lhu.pi", "Load 16 bits, zero-extended; then add to the base.">;
def LWPI  : LoadPost<4, 4, GPR, "lw.pi", "Load 32 bits, sign-extended; then add to the base.">;
def LWUPI : LoadPost<5, 4, GPR, "lwu.pi", "Load 32 bits, zero-extended; then add to the base.">;
def LDPI  : LoadPost<6, 8, GPR, "ld.pi", "Load 64 bits; then add to the base.">;
def FLWPI : LoadPost<7, 4, FR, "flw.pi", "Load 32 bits into lane 0; then add to the base.", WVLoad>;
def SBPI  : StorePost<8, 1, GPR, "sb.pi", "Store 8 bits of rd; then add to the base.">;
def SHPI  : StorePost<9, 2, GPR, "sh.pi", "Store 16 bits of rd; then add to the base.">;
def SWPI  : StorePost<10, 4, GPR, "sw.pi", "Store 32 bits of rd; then add to the base.">;
def SDPI  : StorePost<11, 8, GPR, "sd.pi", "Store 64 bits of rd; then add to the base.">;
def FSWPI : StorePost<12, 4, FR, "fsw.pi", "Store lane 0 of rd; then add to the base.", WVStore>;
def VLDPI : LoadPost<13, 64, VR, "vld.pi", "Load 64 aligned bytes; then add to the base.", WVLoad>;
def VSTPI : StorePost<14, 64, VR, "vst.pi", "Store 64 aligned bytes of rd; then add to the base.", WVStore>;

} // Group
