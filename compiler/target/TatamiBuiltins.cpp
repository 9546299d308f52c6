//===- TatamiBuiltins.cpp - Calls that are one instruction ----------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A call of `__builtin_tatami_x` becomes the machine instruction of the table
// at once: there is nothing to legalise, and no pattern to keep in step.
//===----------------------------------------------------------------------===//

#include "TatamiBuiltins.h"
#include "MCTargetDesc/TatamiMCTargetDesc.h"
#include "TatamiISelLowering.h"
#include "TatamiSubtarget.h"
#include "llvm/IR/DiagnosticInfo.h"

using namespace llvm;

namespace llvm::TatamiBuiltins {
using namespace Tatami; // opcodes
#define GET_BuiltinTable_IMPL
#include "TatamiGenSearchableTables.inc"
} // namespace llvm::TatamiBuiltins

static StringRef getCalleeName(const TargetLowering::CallLoweringInfo &CLI) {
  if (auto *G = dyn_cast<GlobalAddressSDNode>(CLI.Callee))
    return G->getGlobal()->getName();
  return {};
}

bool TatamiTargetLowering::isBuiltinCall(const CallLoweringInfo &CLI) const {
  return getCalleeName(CLI).starts_with(TatamiBuiltins::Prefix);
}

SDValue
TatamiTargetLowering::lowerBuiltinCall(CallLoweringInfo &CLI,
                                       SmallVectorImpl<SDValue> &InVals) const {
  SelectionDAG &DAG = CLI.DAG;
  const SDLoc &DL = CLI.DL;
  const StringRef Name = getCalleeName(CLI);
  CLI.IsTailCall = false;

  auto Fail = [&](const Twine &Message) {
    DAG.getContext()->diagnose(DiagnosticInfoUnsupported(
        DAG.getMachineFunction().getFunction(), Message, DL.getDebugLoc()));
    for (const ISD::InputArg &In : CLI.Ins)
      InVals.push_back(DAG.getUNDEF(In.VT));
    return CLI.Chain;
  };

  const TatamiBuiltins::Builtin *B = TatamiBuiltins::lookupBuiltinByName(Name);
  if (!B)
    return Fail("there is no builtin '" + Name + "'");

  const MCInstrDesc &Desc = Subtarget.getInstrInfo()->get(B->Opcode);
  const unsigned NumDefs = Desc.getNumDefs();
  const unsigned NumInputs = Desc.getNumOperands() - NumDefs;
  if (CLI.OutVals.size() != NumInputs)
    return Fail("builtin '" + Name + "' takes " + Twine(NumInputs) +
                " arguments");
  if (CLI.Ins.size() != NumDefs)
    return Fail("builtin '" + Name + "' " +
                (NumDefs ? "has one result" : "has no result"));

  SmallVector<SDValue, 6> Ops;
  for (auto [I, Value] : enumerate(CLI.OutVals)) {
    const MCOperandInfo &Operand = Desc.operands()[NumDefs + I];
    if (Operand.RegClass < 0) {
      auto *C = dyn_cast<ConstantSDNode>(Value);
      if (!C)
        return Fail("argument " + Twine(I + 1) + " of '" + Name +
                    "' must be a constant");
      if (C->getAPIntValue().ugt(B->MaxImm))
        return Fail("argument " + Twine(I + 1) + " of '" + Name +
                    "' must be in [0, " + Twine(B->MaxImm) + "]");
      Ops.push_back(DAG.getTargetConstant(C->getZExtValue(), DL, MVT::i64));
      continue;
    }
    const TargetRegisterClass *RC =
        Subtarget.getRegisterInfo()->getRegClass(Operand.RegClass);
    if (!Subtarget.getRegisterInfo()->isTypeLegalForClass(
            *RC, Value.getSimpleValueType()))
      return Fail("argument " + Twine(I + 1) + " of '" + Name +
                  "' is of the wrong type");
    Ops.push_back(Value);
  }

  SmallVector<EVT, 2> Types;
  for (const ISD::InputArg &In : CLI.Ins)
    Types.push_back(In.VT);
  if (B->HasEffect) {
    Types.push_back(MVT::Other);
    Ops.push_back(CLI.Chain);
  }
  // `halt` ends a block; here more code follows, though nobody reaches it.
  const unsigned Opcode =
      B->Opcode == Tatami::HALT ? unsigned(Tatami::HALT_HERE) : B->Opcode;
  SDNode *N = DAG.getMachineNode(Opcode, DL, Types, Ops);
  for (unsigned I = 0; I != CLI.Ins.size(); ++I)
    InVals.push_back(SDValue(N, I));
  return B->HasEffect ? SDValue(N, CLI.Ins.size()) : CLI.Chain;
}
