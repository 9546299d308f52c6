//===- Tatami.td - Root of the backend's tables ---------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// LLVM's reading of the machine: the shared description (isa/Machine.td, found
// with -I isa) and what only a compiler needs: patterns and the calling
// convention.
//===----------------------------------------------------------------------===//

include "llvm/Target/Target.td"
include "llvm/TableGen/SearchableTable.td"

include "Machine.td"

include "TatamiCallingConv.td"
include "TatamiPatterns.td"
include "TatamiAliases.td"

defm : RemapAllTargetPseudoPointerOperands<GPR>;

def : ProcessorModel<"d1", D1Model, []>;
def : ProcessorModel<"unit", UnitModel, []>;

def TatamiInstrInfo : InstrInfo;

def TatamiAsmParser : AsmParser {
  let ShouldEmitMatchRegisterAltName = true;
}

def TatamiAsmWriter : AsmWriter {
  int PassSubtarget = 1;
}

def Tatami : Target {
  // No instruction wants more of its registers than their classes say.
  let AllowRegisterRenaming = true;
  let InstructionSet = TatamiInstrInfo;
  let AssemblyParsers = [TatamiAsmParser];
  let AssemblyWriters = [TatamiAsmWriter];
}
