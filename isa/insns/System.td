//===- System.td - Threads, control registers, the host -------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

let Group = "system", hasSideEffects = true in {

//  31     22 21   17 16   12 11    7 6     0
// |  csr10  | sub5  |  rs1  |  rd   | major |
class Csr<bits<5> Sub, dag Outs, dag Ins, string Mnemonic, string Args>
    : TatamiInst<Outs, Ins, Mnemonic, Args, WSystem> {
  bits<10> imm;
  let Major = 0x07; let Inst{31-22} = imm; let Inst{21-17} = Sub; let ReadsPc = true;
}
def CSRR : Csr<0, (outs GPR:$rd), (ins csr:$imm), "csrr", "$rd, $imm"> {
  bits<5> rd; let Inst{11-7} = rd;
  let Brief = "Read a control register."; let Raises = [BadControlRegister];
}
def CSRW : Csr<1, (outs), (ins csr:$imm, GPR:$rs1), "csrw", "$imm, $rs1"> {
  bits<5> rs1; let Inst{16-12} = rs1;
  let Brief = "Write a control register."; let Raises = [BadControlRegister];
}

class System10<bits<5> Sub, string Mnemonic, string What>
    : TatamiInst<(outs), (ins uimm10:$imm), Mnemonic, "$imm", WSystem> {
  bits<10> imm;
  let Major = 0x07; let Inst{31-22} = imm; let Inst{21-17} = Sub; let ReadsPc = true;
  let Brief = What;
}
let mayLoad = true, mayStore = true, Raises = [BadHostCall, OutOfBounds], Uses = [X8, X9, X10], Defs = [X8] in
def HCALL : System10<2, "hcall", "Ask the host: arguments in a0 to a2, result in a0.">;
let Raises = [Breakpoint], isTrap = true in
def BRK : System10<3, "brk", "Stop with the trap breakpoint; the number says why (0 debugger, 1 abort, 256 + kind: sanitizer).">;

class SystemNone<bits<5> Sub, bits<10> Funct, string Mnemonic, string What>
    : TatamiInst<(outs), (ins), Mnemonic, "", WSystem> {
  let Major = 0x07; let Inst{31-22} = Funct; let Inst{21-17} = Sub; let ReadsPc = true;
  let Brief = What;
}
let mayLoad = true, mayStore = true in {
def FENCE  : SystemNone<4, 0, "fence", "Order accesses; within a node they are ordered already.">;
def FENCEI : SystemNone<4, 1, "fence.i", "Code that came by the mesh may run after this.">;
}
def PAUSE : SystemNone<4, 2, "pause", "Let the other threads of the node go first.">;
let isTerminator = true, isBarrier = true in
def HALT : SystemNone<4, 3, "halt", "End this thread.">;
def NOP : SystemNone<4, 4, "nop", "Nothing."> { let hasSideEffects = false; let SchedRW = [WImm]; let ReadsPc = false; }

def TSTART : FormatR4<0x76, 0, (outs), (ins GPR:$rs1, GPR:$rs2, GPR:$rs3), "tstart", "$rs1, $rs2, $rs3", WSystem> {
  let rd = 0; let ReadsPc = true;
  let Brief = "Start thread rs1 of this node at address rs2 with a0 = rs3 and every other register zero.";
  let Raises = [BadThread, BadFetch];
}
def TWAIT : FormatR1<0x07, 0, 6, (outs), (ins GPR:$rs1), "twait", "$rs1", WSystem> {
  let rd = 0; let ReadsPc = true;
  let Brief = "Wait until thread rs1 of this node has ended."; let Raises = [BadThread];
}

// Every adjustment of sp is checked against the control register stacklimit.
let Uses = [X2], Defs = [X2], Raises = [StackOverflow] in {
//  31              17 16      7 6     0
// |  imm15 (>> 6)    |    0    | major |
def SPADJ : TatamiInst<(outs), (ins simm15_lsl6:$imm), "spadj", "$imm", WAlu> {
  bits<15> imm;
  let Major = 0x2f; let Inst{31-17} = imm;
  let Brief = "sp += imm; traps if sp would be below stacklimit.";
}
def SPSET : FormatR1<0x07, 0, 7, (outs), (ins GPR:$rs1), "spset", "$rs1", WAlu> {
  let rd = 0;
  let Brief = "sp = rs1; traps if that is below stacklimit.";
}
}

} // Group
