//===- Atomic.td - Atomic read-modify-write -------------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The four threads of a node see one order of all accesses, so there are no
// orderings to name: plain loads and stores are the atomic ones.
//===----------------------------------------------------------------------===//

// What is read and what is written count both.
let Group = "atomic", mayLoad = true, mayStore = true, Raises = StoreTraps in {

class Amo<bits<10> Funct, int Bytes, string Mnemonic, string What>
    : FormatR<0x06, Funct, (outs GPR:$rd), (ins GPR:$rs1, GPR:$rs2),
              Mnemonic, "$rd, $rs2, (${rs1})", WAtomic> { let SramBytes = Bytes; let Brief = What; }

multiclass AmoBoth<bits<9> Funct, string Mnemonic, string What> {
  def W : Amo<{Funct, 0}, 8, Mnemonic # ".w", "32-bit: rd = old value, sign-extended; memory becomes " # What # ".">;
  def D : Amo<{Funct, 1}, 16, Mnemonic # ".d", "64-bit: rd = old value; memory becomes " # What # ".">;
}
defm AMOSWAP : AmoBoth<0, "amoswap", "rs2">;
defm AMOADD  : AmoBoth<1, "amoadd", "old + rs2">;
defm AMOAND  : AmoBoth<2, "amoand", "old and rs2">;
defm AMOOR   : AmoBoth<3, "amoor", "old or rs2">;
defm AMOXOR  : AmoBoth<4, "amoxor", "old xor rs2">;
defm AMOMIN  : AmoBoth<5, "amomin", "the smaller, signed">;
defm AMOMAX  : AmoBoth<6, "amomax", "the larger, signed">;
defm AMOMINU : AmoBoth<7, "amominu", "the smaller, unsigned">;
defm AMOMAXU : AmoBoth<8, "amomaxu", "the larger, unsigned">;

class CompareSwap<bits<10> Funct, int Bytes, string Mnemonic, string What>
    : FormatR<0x06, Funct, (outs GPR:$rd_wb), (ins GPR:$rd, GPR:$rs1, GPR:$rs2),
              Mnemonic, "$rd, $rs2, (${rs1})", WAtomic> {
  let Constraints = "$rd = $rd_wb"; let SramBytes = Bytes; let Brief = What;
}
def CASW : CompareSwap<0x20, 8, "cas.w", "32-bit: if memory equals rd it becomes rs2; rd = old value, sign-extended.">;
def CASD : CompareSwap<0x21, 16, "cas.d", "64-bit: if memory equals rd it becomes rs2; rd = old value.">;

} // Group
