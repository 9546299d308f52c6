//===- TatamiMCInstLower.cpp - Machine operands to assembler's ------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#include "TatamiAsmPrinter.h"
#include "MCTargetDesc/TatamiMCAsmInfo.h"
#include "TatamiInstrInfo.h"
#include "llvm/CodeGen/MachineInstr.h"
#include "llvm/MC/MCExpr.h"
#include "llvm/MC/MCInst.h"

using namespace llvm;

MCOperand TatamiAsmPrinter::lowerSymbol(const MachineOperand &MO,
                                        const MCSymbol *Symbol) const {
  const MCExpr *Expr = MCSymbolRefExpr::create(Symbol, OutContext);
  if (!MO.isJTI() && !MO.isMBB() && MO.getOffset())
    Expr = MCBinaryExpr::createAdd(
        Expr, MCConstantExpr::create(MO.getOffset(), OutContext), OutContext);
  if (MO.getTargetFlags() == TatamiII::MO_TPREL)
    Expr = MCSpecifierExpr::create(Expr, Tatami::S_TPREL, OutContext);
  return MCOperand::createExpr(Expr);
}

bool TatamiAsmPrinter::lowerOperand(const MachineOperand &MO,
                                    MCOperand &Result) const {
  switch (MO.getType()) {
  case MachineOperand::MO_Register:
    if (MO.isImplicit())
      return false;
    Result = MCOperand::createReg(MO.getReg());
    return true;
  case MachineOperand::MO_Immediate:
    Result = MCOperand::createImm(MO.getImm());
    return true;
  case MachineOperand::MO_RegisterMask:
    return false;
  case MachineOperand::MO_MachineBasicBlock:
    Result = lowerSymbol(MO, MO.getMBB()->getSymbol());
    return true;
  case MachineOperand::MO_GlobalAddress:
    Result = lowerSymbol(MO, getSymbolPreferLocal(*MO.getGlobal()));
    return true;
  case MachineOperand::MO_ExternalSymbol:
    Result = lowerSymbol(MO, GetExternalSymbolSymbol(MO.getSymbolName()));
    return true;
  case MachineOperand::MO_BlockAddress:
    Result = lowerSymbol(MO, GetBlockAddressSymbol(MO.getBlockAddress()));
    return true;
  case MachineOperand::MO_ConstantPoolIndex:
    Result = lowerSymbol(MO, GetCPISymbol(MO.getIndex()));
    return true;
  case MachineOperand::MO_JumpTableIndex:
    Result = lowerSymbol(MO, GetJTISymbol(MO.getIndex()));
    return true;
  case MachineOperand::MO_MCSymbol:
    Result = lowerSymbol(MO, MO.getMCSymbol());
    return true;
  default:
    llvm_unreachable("an operand that no instruction has");
  }
}
