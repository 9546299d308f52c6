//===- TatamiAliases.td - What only the assembler knows -------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Second spellings of instructions, and the tables by which the assembler knows
// control registers and relocations by name. Where one instruction has several
// spellings, the first with a non-zero last argument is the one printed.
//===----------------------------------------------------------------------===//

//===----------------------------------------------------------------------===//
// Names of isa/abi for C++.
//===----------------------------------------------------------------------===//

// Tables want numbers of a stated width.
class ControlRegisterEntry<ControlRegister R> {
  string Name = R.Name;
  bits<10> Number = R.Number;
}
foreach R = !instances<ControlRegister>() in
def : ControlRegisterEntry<R>;

def ControlRegisterTable : GenericTable {
  let FilterClass = "ControlRegisterEntry";
  let CppTypeName = "ControlRegister";
  let Fields = ["Name", "Number"];
  let PrimaryKey = ["Number"];
  let PrimaryKeyName = "lookupControlRegisterByNumber";
}
def lookupControlRegisterByName : SearchIndex {
  let Table = ControlRegisterTable;
  let Key = ["Name"];
}

// The records' own names are the enumerators: R_TATAMI_ABS64, TatamiElf.
def RelocationType : GenericEnum {
  let FilterClass = "Reloc";
  let ValueField = "Number";
}
def ElfMachine : GenericEnum {
  let FilterClass = "ElfIdentity";
  let ValueField = "Machine";
}

//===----------------------------------------------------------------------===//
// Scalar arithmetic.
//===----------------------------------------------------------------------===//

def : InstAlias<"mv $rd, $rs", (ADDI GPR:$rd, GPR:$rs, 0)>;
def : InstAlias<"not $rd, $rs", (XORI GPR:$rd, GPR:$rs, -1)>;
def : InstAlias<"neg $rd, $rs", (SUB GPR:$rd, X0, GPR:$rs)>;
def : InstAlias<"negw $rd, $rs", (SUBW GPR:$rd, X0, GPR:$rs)>;
def : InstAlias<"seqz $rd, $rs", (SEQI GPR:$rd, GPR:$rs, 0)>;
def : InstAlias<"snez $rd, $rs", (SNEI GPR:$rd, GPR:$rs, 0)>;
def : InstAlias<"seqzw $rd, $rs", (SEQIW GPR:$rd, GPR:$rs, 0)>;
def : InstAlias<"snezw $rd, $rs", (SNEIW GPR:$rd, GPR:$rs, 0)>;
def : InstAlias<"sltz $rd, $rs", (SLT GPR:$rd, GPR:$rs, X0)>;
def : InstAlias<"sgtz $rd, $rs", (SLT GPR:$rd, X0, GPR:$rs)>;
def : InstAlias<"sgt $rd, $rs, $rt", (SLT GPR:$rd, GPR:$rt, GPR:$rs), 0>;
def : InstAlias<"sgtu $rd, $rs, $rt", (SLTU GPR:$rd, GPR:$rt, GPR:$rs), 0>;
def : InstAlias<"zext.b $rd, $rs", (ANDI GPR:$rd, GPR:$rs, 255)>;

// An address is a constant; a constant of more than 22 bits is expanded by the
// parser.
def : InstAlias<"la $rd, $imm", (LI GPR:$rd, simm22_abs:$imm), 0>;

//===----------------------------------------------------------------------===//
// Control transfer. Every jump reaches all of a node's memory.
//===----------------------------------------------------------------------===//

def : InstAlias<"j $imm", (JAL X0, jump_target20:$imm)>;
def : InstAlias<"tail $imm", (JAL X0, jump_target20:$imm), 0>;
def : InstAlias<"call $imm", (JAL X1, jump_target20:$imm)>;
def : InstAlias<"jal $imm", (JAL X1, jump_target20:$imm), 0>;
def : InstAlias<"ret", (JALR X0, X1, 0), 2>;
def : InstAlias<"jr $rs", (JALR X0, GPR:$rs, 0)>;
def : InstAlias<"jalr $rs", (JALR X1, GPR:$rs, 0)>;
def : InstAlias<"jr ${imm}(${rs})", (JALR X0, GPR:$rs, simm15_lo:$imm), 0>;
def : InstAlias<"jalr ${imm}(${rs})", (JALR X1, GPR:$rs, simm15_lo:$imm), 0>;
def : InstAlias<"jalr $rd, (${rs})", (JALR GPR:$rd, GPR:$rs, 0), 0>;

foreach W = ["", "W"] in {
defvar L = !tolower(W);
def : InstAlias<"beqz"#L#" $rs, $imm", (!cast<Instruction>("BEQ"#W) GPR:$rs, X0, branch_target15:$imm)>;
def : InstAlias<"bnez"#L#" $rs, $imm", (!cast<Instruction>("BNE"#W) GPR:$rs, X0, branch_target15:$imm)>;
def : InstAlias<"bltz"#L#" $rs, $imm", (!cast<Instruction>("BLT"#W) GPR:$rs, X0, branch_target15:$imm)>;
def : InstAlias<"bgez"#L#" $rs, $imm", (!cast<Instruction>("BGE"#W) GPR:$rs, X0, branch_target15:$imm)>;
def : InstAlias<"blez"#L#" $rs, $imm", (!cast<Instruction>("BGE"#W) X0, GPR:$rs, branch_target15:$imm)>;
def : InstAlias<"bgtz"#L#" $rs, $imm", (!cast<Instruction>("BLT"#W) X0, GPR:$rs, branch_target15:$imm)>;
// Exchanged operands: never printed, the plain form is as good.
def : InstAlias<"bgt"#L#" $rs, $rt, $imm", (!cast<Instruction>("BLT"#W) GPR:$rt, GPR:$rs, branch_target15:$imm), 0>;
def : InstAlias<"ble"#L#" $rs, $rt, $imm", (!cast<Instruction>("BGE"#W) GPR:$rt, GPR:$rs, branch_target15:$imm), 0>;
def : InstAlias<"bgtu"#L#" $rs, $rt, $imm", (!cast<Instruction>("BLTU"#W) GPR:$rt, GPR:$rs, branch_target15:$imm), 0>;
def : InstAlias<"bleu"#L#" $rs, $rt, $imm", (!cast<Instruction>("BGEU"#W) GPR:$rt, GPR:$rs, branch_target15:$imm), 0>;
}

//===----------------------------------------------------------------------===//
// Floating point and vectors.
//===----------------------------------------------------------------------===//

def : InstAlias<"fneg.s $rd, $rs", (FSGNJN FR:$rd, FR:$rs, FR:$rs)>;
def : InstAlias<"fabs.s $rd, $rs", (FSGNJX FR:$rd, FR:$rs, FR:$rs)>;
def : InstAlias<"vmv $vd, $vs", (VMOV_B VR:$vd, VR:$vs), 0>;

//===----------------------------------------------------------------------===//
// A memory operand without a constant.
//===----------------------------------------------------------------------===//

foreach I = [LB, LBU, LH, LHU, LW, LWU, LD] in
def : InstAlias<!tolower(!cast<string>(I)) # " $rd, (${rs1})", (I GPR:$rd, GPR:$rs1, 0), 0>;
foreach I = [SB, SH, SW, SD] in
def : InstAlias<!tolower(!cast<string>(I)) # " $rs2, (${rs1})", (I GPR:$rs2, GPR:$rs1, 0), 0>;
def : InstAlias<"flw $rd, (${rs1})", (FLW FR:$rd, GPR:$rs1, 0), 0>;
def : InstAlias<"fsw $rs2, (${rs1})", (FSW FR:$rs2, GPR:$rs1, 0), 0>;
def : InstAlias<"mld $md, (${rs1})", (MLD MR:$md, GPR:$rs1, 0), 0>;
def : InstAlias<"mst $ms2, (${rs1})", (MST MR:$ms2, GPR:$rs1, 0), 0>;
def : InstAlias<"vld $rd, (${rs1})", (VLD VR:$rd, GPR:$rs1, 0), 0>;
def : InstAlias<"vst $rs2, (${rs1})", (VST VR:$rs2, GPR:$rs1, 0), 0>;
def : InstAlias<"accld $acc, (${rs1})", (ACCLD AR:$acc, GPR:$rs1, 0), 0>;
def : InstAlias<"accst $acc, (${rs1})", (ACCST AR:$acc, GPR:$rs1, 0), 0>;

foreach L = AllLanes in {
defvar S = !toupper(L.Letter);
defvar Loads = "VLDU_" # S;
defvar Stores = "VSTU_" # S;
def : InstAlias<"vldu." # L.Letter # " $vd, (${rs1})", (!cast<Instruction>(Loads) VR:$vd, GPR:$rs1, 0), 0>;
def : InstAlias<"vldu." # L.Letter # " $vd, (${rs1}), $m",
                (!cast<Instruction>(Loads # "_M") VR:$vd, GPR:$rs1, 0, MR:$m), 0>;
def : InstAlias<"vldu." # L.Letter # " $vd, (${rs1}), $m, z",
                (!cast<Instruction>(Loads # "_Z") VR:$vd, GPR:$rs1, 0, MR:$m), 0>;
def : InstAlias<"vstu." # L.Letter # " $vd, (${rs1})", (!cast<Instruction>(Stores) VR:$vd, GPR:$rs1, 0), 0>;
def : InstAlias<"vstu." # L.Letter # " $vd, (${rs1}), $m",
                (!cast<Instruction>(Stores # "_M") VR:$vd, GPR:$rs1, 0, MR:$m), 0>;
}
