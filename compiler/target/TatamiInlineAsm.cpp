//===- TatamiInlineAsm.cpp - Constraints of inline assembly ---------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// r integer register, v vector register (or FP32), f the same, k mask, a
// accumulator; I a constant of 15 signed bits, J zero, K of 6 unsigned bits.
//===----------------------------------------------------------------------===//

#include "MCTargetDesc/TatamiInstPrinter.h"
#include "TatamiISelLowering.h"
#include "TatamiSubtarget.h"

using namespace llvm;

TargetLowering::ConstraintType
TatamiTargetLowering::getConstraintType(StringRef Constraint) const {
  if (Constraint.size() == 1)
    switch (Constraint[0]) {
    case 'v':
    case 'f':
    case 'k':
    case 'a':
      return C_RegisterClass;
    case 'I':
    case 'J':
    case 'K':
      return C_Immediate;
    default:
      break;
    }
  return TargetLowering::getConstraintType(Constraint);
}

// Registers by either name. Clang has made the names canonical, but IR from
// elsewhere may not be.
static MCRegister parseRegister(StringRef Name) {
  for (unsigned I = 1; I != Tatami::NUM_TARGET_REGS; ++I)
    if (Name.equals_insensitive(
            TatamiInstPrinter::getRegisterName(I, Tatami::NoRegAltName)) ||
        Name.equals_insensitive(TatamiInstPrinter::getRegisterName(I)))
      return I;
  return MCRegister();
}

std::pair<unsigned, const TargetRegisterClass *>
TatamiTargetLowering::getRegForInlineAsmConstraint(
    const TargetRegisterInfo *TRI, StringRef Constraint, MVT VT) const {
  const TargetRegisterClass *Vector =
      VT == MVT::f32 ? &Tatami::FRRegClass : &Tatami::VRRegClass;
  if (Constraint.size() == 1) {
    switch (Constraint[0]) {
    case 'r':
      if (VT.isVector())
        break;
      return {0U, &Tatami::GPRRegClass};
    case 'v':
    case 'f':
      return {0U, Vector};
    case 'k':
      return {0U, &Tatami::MRRegClass};
    case 'a':
      return {0U, &Tatami::ARRegClass};
    default:
      break;
    }
  }
  if (Constraint.starts_with("{") && Constraint.ends_with("}"))
    if (MCRegister Reg = parseRegister(Constraint.drop_front().drop_back())) {
      for (const TargetRegisterClass *RC :
           {&Tatami::GPRRegClass, Vector, &Tatami::MRRegClass,
            &Tatami::ARRegClass})
        if (RC->contains(Reg))
          return {Reg, RC};
    }
  return TargetLowering::getRegForInlineAsmConstraint(TRI, Constraint, VT);
}

void TatamiTargetLowering::LowerAsmOperandForConstraint(
    SDValue Op, StringRef Constraint, std::vector<SDValue> &Ops,
    SelectionDAG &DAG) const {
  if (Constraint.size() == 1 && StringRef("IJK").contains(Constraint[0])) {
    auto *C = dyn_cast<ConstantSDNode>(Op);
    if (!C)
      return;
    const int64_t Value = C->getSExtValue();
    const bool Fits = Constraint[0] == 'I'   ? isInt<15>(Value)
                      : Constraint[0] == 'J' ? Value == 0
                                             : isUInt<6>(Value);
    if (Fits)
      Ops.push_back(DAG.getSignedTargetConstant(Value, SDLoc(Op), MVT::i64));
    return;
  }
  TargetLowering::LowerAsmOperandForConstraint(Op, Constraint, Ops, DAG);
}

Register
TatamiTargetLowering::getRegisterByName(const char *RegName, LLT,
                                        const MachineFunction &MF) const {
  MCRegister Reg = parseRegister(RegName);
  // Only registers that the allocator never uses keep what a program puts there.
  if (!Reg ||
      !Subtarget.getRegisterInfo()->getReservedRegs(MF).test(Reg.id()))
    return Register();
  return Reg;
}
