//===- TatamiPseudos.td - Instructions that only the compiler sees --------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

class Pseudo<dag Outs, dag Ins, list<dag> Patterns = []> : Instruction {
  let Namespace = "Tatami";
  let Size = 4;
  let isPseudo = true;
  let isCodeGenOnly = true;
  let OutOperandList = Outs;
  let InOperandList = Ins;
  let AsmString = "";
  let Pattern = Patterns;
  let hasSideEffects = false;
  let mayLoad = false;
  let mayStore = false;
}

let Defs = [X2], Uses = [X2], hasSideEffects = true, Size = 0 in {
def ADJCALLSTACKDOWN : Pseudo<(outs), (ins i64imm:$size, i64imm:$more),
                              [(callseq_start timm:$size, timm:$more)]>;
def ADJCALLSTACKUP : Pseudo<(outs), (ins i64imm:$size, i64imm:$more),
                            [(callseq_end timm:$size, timm:$more)]>;
}

//===----------------------------------------------------------------------===//
// Jumps, calls and returns: JAL and JALR with their uses told apart
//===----------------------------------------------------------------------===//

// Callee-saved registers are restored before a tail call's jump reads its own.
def GPRTail : RegisterClass<"Tatami", [i64, i32], 64,
                            (add (sequence "X%u", 8, 21), (sequence "X%u", 5, 7))>;

let isBranch = true, isTerminator = true, isBarrier = true in {
def J : Pseudo<(outs), (ins jump_target20:$imm), [(br bb:$imm)]>,
        PseudoInstExpansion<(JAL X0, jump_target20:$imm)>, Sched<[WBranch]>;
let isIndirectBranch = true in
def JR : Pseudo<(outs), (ins GPR:$rs1), [(brind (i64 GPR:$rs1))]>,
         PseudoInstExpansion<(JALR X0, GPR:$rs1, 0)>, Sched<[WBranch]>;
}

// The symbol of a function, as an operand with a pointer's type.
def call_target : Operand<i64>;

let isCall = true, Defs = [X1] in {
def CALL : Pseudo<(outs), (ins call_target:$imm)>,
           PseudoInstExpansion<(JAL X1, jump_target20:$imm)>, Sched<[WBranch]>;
def CALLR : Pseudo<(outs), (ins GPR:$rs1), [(tatami_call (i64 GPR:$rs1))]>,
            PseudoInstExpansion<(JALR X1, GPR:$rs1, 0)>, Sched<[WBranch]>;
}

let isCall = true, isReturn = true, isTerminator = true, isBarrier = true, Uses = [X2] in {
def TAIL : Pseudo<(outs), (ins call_target:$imm)>,
           PseudoInstExpansion<(JAL X0, jump_target20:$imm)>, Sched<[WBranch]>;
def TAILR : Pseudo<(outs), (ins GPRTail:$rs1), [(tatami_tail (i64 GPRTail:$rs1))]>,
            PseudoInstExpansion<(JALR X0, GPR:$rs1, 0)>, Sched<[WBranch]>;
}

let isReturn = true, isTerminator = true, isBarrier = true in
def RET : Pseudo<(outs), (ins), [(tatami_ret)]>,
          PseudoInstExpansion<(JALR X0, X1, 0)>, Sched<[WBranch]>;

def : Pat<(tatami_call tglobaladdr:$f), (CALL tglobaladdr:$f)>;
def : Pat<(tatami_call texternalsym:$f), (CALL texternalsym:$f)>;
def : Pat<(tatami_tail tglobaladdr:$f), (TAIL tglobaladdr:$f)>;
def : Pat<(tatami_tail texternalsym:$f), (TAIL texternalsym:$f)>;

// Anything beyond the reach of a branch: li and a jump through it would need a
// register; an image of 1.25 MB is always within JAL's 2 MiB, so none does.

//===----------------------------------------------------------------------===//
// A choice between accumulators is a branch.
//===----------------------------------------------------------------------===//

let usesCustomInserter = true in
foreach T = [v64f32, v64i32] in
def SELECT_AR_#T : Pseudo<(outs AR:$d), (ins GPR:$c, AR:$t, AR:$f),
    [(set (T AR:$d), (select (i64 GPR:$c), (T AR:$t), (T AR:$f)))]>;

// `halt` in the middle of a function: code that nobody reaches follows.
let hasSideEffects = true in
def HALT_HERE : Pseudo<(outs), (ins)>, PseudoInstExpansion<(HALT)>, Sched<[WSystem]>;
