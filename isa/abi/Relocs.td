//===- Relocs.td - ELF identity and relocations ---------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

// The machine number is chosen ("TA"); it is not registered.
class ElfIdentity<int Num> { int Machine = Num; }
def TatamiElf : ElfIdentity<0x5441>;

// Field: where the value goes. Calc: what the value is, in the words of the
// System V ABI (S symbol, A addend, P place, T start of the TLS template).
class Reloc<int Num, string Where, string What> {
  int Number = Num;
  string Field = Where;
  string Calc = What;
}

def R_TATAMI_NONE     : Reloc<0, "none", "none">;
def R_TATAMI_ABS32    : Reloc<1, "word32", "S + A">;
def R_TATAMI_ABS64    : Reloc<2, "word64", "S + A">;
def R_TATAMI_ABS22    : Reloc<3, "imm22", "S + A">;
def R_TATAMI_BRANCH15 : Reloc<4, "imm15_lsl2", "S + A - P">;
def R_TATAMI_JUMP20   : Reloc<5, "imm20_lsl2", "S + A - P">;
def R_TATAMI_TPREL22  : Reloc<6, "imm22", "S + A - T">;
def R_TATAMI_PCREL32  : Reloc<7, "word32", "S + A - P">;
def R_TATAMI_PCREL64  : Reloc<8, "word64", "S + A - P">;
def R_TATAMI_ABS16    : Reloc<9, "word16", "S + A">;
def R_TATAMI_ABS8     : Reloc<10, "word8", "S + A">;
def R_TATAMI_DTPREL64 : Reloc<11, "word64", "S + A - T">;
def R_TATAMI_DTPREL32 : Reloc<12, "word32", "S + A - T">;
def R_TATAMI_LO15     : Reloc<13, "imm15", "S + A">;
def R_TATAMI_HI20     : Reloc<14, "imm20_hi", "(S + A + 0x4000) >> 15">;
