//===- TatamiISelDAGToDAG.cpp - Nodes to instructions ---------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What the patterns cannot say: constants, addresses, post-increment and
// remote accesses.
//===----------------------------------------------------------------------===//

#include "MCTargetDesc/TatamiMCTargetDesc.h"
#include "MCTargetDesc/TatamiMatInt.h"
#include "Tatami.h"
#include "TatamiSubtarget.h"
#include "TatamiTargetMachine.h"
#include "llvm/CodeGen/SelectionDAGISel.h"
#include "llvm/IR/DiagnosticInfo.h"
#include "llvm/Support/KnownBits.h"

using namespace llvm;

#define DEBUG_TYPE "tatami-isel"
#define PASS_NAME "Tatami DAG->DAG pattern instruction selection"

namespace {

class TatamiDAGToDAGISel : public SelectionDAGISel {
public:
  TatamiDAGToDAGISel(TatamiTargetMachine &TM, CodeGenOptLevel OptLevel)
      : SelectionDAGISel(TM, OptLevel) {}

private:
  void Select(SDNode *N) override;
  bool SelectInlineAsmMemoryOperand(const SDValue &Op,
                                    InlineAsm::ConstraintCode Constraint,
                                    std::vector<SDValue> &OutOps) override;

  bool selectAddr(SDValue Addr, unsigned Bits, SDValue &Base, SDValue &Offset);
  bool selectAddrRegImm(SDValue Addr, SDValue &Base, SDValue &Offset) {
    return selectAddr(Addr, 15, Base, Offset);
  }
  bool selectAddrRegImm10(SDValue Addr, SDValue &Base, SDValue &Offset) {
    return selectAddr(Addr, 10, Base, Offset);
  }
  bool selectAddrRegReg(SDValue Addr, SDValue &Base, SDValue &Index,
                        SDValue &Shift);
  template <unsigned Width> bool selectShiftAmount(SDValue N, SDValue &Amount) {
    return selectShiftAmount(N, Width, Amount);
  }
  bool selectShiftAmount(SDValue N, unsigned Width, SDValue &Amount);

  SDValue materialize(int64_t Value, EVT VT, const SDLoc &DL);
  bool selectPostIncrement(LSBaseSDNode *N);
  bool selectRemote(MemSDNode *N);

#include "TatamiGenDAGISel.inc"
};

class TatamiDAGToDAGISelLegacy : public SelectionDAGISelLegacy {
public:
  static char ID;
  TatamiDAGToDAGISelLegacy(TatamiTargetMachine &TM, CodeGenOptLevel OptLevel)
      : SelectionDAGISelLegacy(
            ID, std::make_unique<TatamiDAGToDAGISel>(TM, OptLevel)) {}
};

} // namespace

char TatamiDAGToDAGISelLegacy::ID = 0;

INITIALIZE_PASS(TatamiDAGToDAGISelLegacy, DEBUG_TYPE, PASS_NAME, false, false)

FunctionPass *llvm::createTatamiISelDag(TatamiTargetMachine &TM,
                                        CodeGenOptLevel OptLevel) {
  return new TatamiDAGToDAGISelLegacy(TM, OptLevel);
}

//===----------------------------------------------------------------------===//
// Addresses
//===----------------------------------------------------------------------===//

bool TatamiDAGToDAGISel::selectAddr(SDValue Addr, unsigned Bits, SDValue &Base,
                                    SDValue &Offset) {
  SDLoc DL(Addr);
  auto Constant = [&](int64_t Value) {
    return CurDAG->getSignedTargetConstant(Value, DL, MVT::i64);
  };
  if (auto *FI = dyn_cast<FrameIndexSDNode>(Addr)) {
    Base = CurDAG->getTargetFrameIndex(FI->getIndex(), MVT::i64);
    Offset = Constant(0);
    return true;
  }
  if (CurDAG->isBaseWithConstantOffset(Addr)) {
    const int64_t Value = cast<ConstantSDNode>(Addr.getOperand(1))->getSExtValue();
    if (isIntN(Bits, Value)) {
      Base = Addr.getOperand(0);
      if (auto *FI = dyn_cast<FrameIndexSDNode>(Base))
        Base = CurDAG->getTargetFrameIndex(FI->getIndex(), MVT::i64);
      Offset = Constant(Value);
      return true;
    }
  }
  // A constant address: its low part may as well be the offset.
  Base = Addr;
  Offset = Constant(0);
  return true;
}

bool TatamiDAGToDAGISel::selectAddrRegReg(SDValue Addr, SDValue &Base,
                                          SDValue &Index, SDValue &Shift) {
  if (Addr.getOpcode() != ISD::ADD)
    return false;
  SDValue LHS = Addr.getOperand(0), RHS = Addr.getOperand(1);
  // What fits the constant is better there; a frame index needs it.
  if (isa<ConstantSDNode>(RHS) || isa<FrameIndexSDNode>(LHS) ||
      isa<FrameIndexSDNode>(RHS))
    return false;
  SDLoc DL(Addr);
  auto IsScaled = [](SDValue V) {
    return V.getOpcode() == ISD::SHL && isa<ConstantSDNode>(V.getOperand(1)) &&
           V.getConstantOperandVal(1) <= 3;
  };
  if (IsScaled(LHS) && !IsScaled(RHS))
    std::swap(LHS, RHS);
  Base = LHS;
  Index = RHS;
  uint64_t Amount = 0;
  if (IsScaled(RHS)) {
    Index = RHS.getOperand(0);
    Amount = RHS.getConstantOperandVal(1);
  }
  Shift = CurDAG->getTargetConstant(Amount, DL, MVT::i64);
  return true;
}

// A shifter reads the low bits of its amount only.
bool TatamiDAGToDAGISel::selectShiftAmount(SDValue N, unsigned Width,
                                           SDValue &Amount) {
  Amount = N;
  while (true) {
    switch (Amount.getOpcode()) {
    case ISD::AND:
      if (auto *Mask = dyn_cast<ConstantSDNode>(Amount.getOperand(1))) {
        const APInt &Bits = Mask->getAPIntValue();
        if (Bits.countr_one() >= Log2_32(Width) ||
            (Bits | CurDAG->computeKnownBits(Amount.getOperand(0)).Zero)
                    .countr_one() >= Log2_32(Width)) {
          Amount = Amount.getOperand(0);
          continue;
        }
      }
      return true;
    case ISD::TRUNCATE:
    case ISD::ZERO_EXTEND:
    case ISD::SIGN_EXTEND:
    case ISD::ANY_EXTEND: {
      // The registers are the same; sub-register types do not exist.
      EVT From = Amount.getOperand(0).getValueType();
      if (From != MVT::i32 && From != MVT::i64)
        return true;
      Amount = Amount.getOperand(0);
      continue;
    }
    case ISD::SUB:
      // Width - n and 0 - n are the same amount, and a subtraction from x0
      // needs no constant.
      if (auto *C = dyn_cast<ConstantSDNode>(Amount.getOperand(0)))
        if (C->getZExtValue() != 0 && C->getZExtValue() % Width == 0) {
          SDLoc DL(N);
          EVT VT = Amount.getValueType();
          SDValue Zero = CurDAG->getCopyFromReg(CurDAG->getEntryNode(), DL,
                                                Tatami::X0, VT);
          Amount = SDValue(
              CurDAG->getMachineNode(VT == MVT::i32 ? Tatami::SUBW
                                                    : Tatami::SUB,
                                     DL, VT, Zero, Amount.getOperand(1)),
              0);
        }
      return true;
    case ISD::ADD:
      if (auto *C = dyn_cast<ConstantSDNode>(Amount.getOperand(1)))
        if (C->getAPIntValue().countr_zero() >= Log2_32(Width)) {
          Amount = Amount.getOperand(0);
          continue;
        }
      return true;
    default:
      return true;
    }
  }
}

bool TatamiDAGToDAGISel::SelectInlineAsmMemoryOperand(
    const SDValue &Op, InlineAsm::ConstraintCode Constraint,
    std::vector<SDValue> &OutOps) {
  SDValue Base, Offset;
  switch (Constraint) {
  case InlineAsm::ConstraintCode::m:
  case InlineAsm::ConstraintCode::o:
    selectAddrRegImm(Op, Base, Offset);
    OutOps.push_back(Base);
    OutOps.push_back(Offset);
    return false;
  default:
    return true;
  }
}

//===----------------------------------------------------------------------===//
// Constants
//===----------------------------------------------------------------------===//

SDValue TatamiDAGToDAGISel::materialize(int64_t Value, EVT VT,
                                        const SDLoc &DL) {
  if (Value == 0)
    return CurDAG->getCopyFromReg(CurDAG->getEntryNode(), DL, Tatami::X0, VT);
  SDNode *Result = nullptr;
  auto Imm = [&](int64_t V) {
    return CurDAG->getSignedTargetConstant(V, DL, MVT::i64);
  };
  for (const TatamiMatInt::Step &Step : TatamiMatInt::materialize(Value)) {
    SmallVector<SDValue, 3> Ops;
    if (Result)
      Ops.push_back(SDValue(Result, 0));
    Ops.push_back(Imm(Step.Imm));
    if (Step.Opcode == Tatami::INSH)
      Ops.push_back(Imm(Step.Pos));
    Result = CurDAG->getMachineNode(Step.Opcode, DL, VT, Ops);
  }
  return SDValue(Result, 0);
}

//===----------------------------------------------------------------------===//
// Memory
//===----------------------------------------------------------------------===//

bool TatamiDAGToDAGISel::selectPostIncrement(LSBaseSDNode *N) {
  if (N->getAddressingMode() != ISD::POST_INC)
    return false;
  SDLoc DL(N);
  const EVT MemVT = N->getMemoryVT();
  const int64_t Step = cast<ConstantSDNode>(N->getOffset())->getSExtValue();
  SDValue Imm = CurDAG->getSignedTargetConstant(Step, DL, MVT::i64);
  unsigned Opcode = 0;
  if (auto *Load = dyn_cast<LoadSDNode>(N)) {
    const bool Signed = Load->getExtensionType() == ISD::SEXTLOAD;
    const bool Zero = Load->getExtensionType() == ISD::ZEXTLOAD;
    if (MemVT.isVector())
      Opcode = Tatami::VLDPI;
    else if (MemVT == MVT::f32)
      Opcode = Tatami::FLWPI;
    else if (MemVT == MVT::i8 || MemVT == MVT::i1)
      Opcode = Signed ? Tatami::LBPI : Tatami::LBUPI;
    else if (MemVT == MVT::i16)
      Opcode = Signed ? Tatami::LHPI : Tatami::LHUPI;
    else if (MemVT == MVT::i32)
      Opcode = Zero && N->getValueType(0) == MVT::i64 ? Tatami::LWUPI
                                                      : Tatami::LWPI;
    else if (MemVT == MVT::i64)
      Opcode = Tatami::LDPI;
    else
      return false;
    MachineSDNode *New = CurDAG->getMachineNode(
        Opcode, DL, N->getValueType(0), MVT::i64, MVT::Other,
        {N->getBasePtr(), Imm, N->getChain()});
    CurDAG->setNodeMemRefs(New, {N->getMemOperand()});
    ReplaceNode(N, New);
    return true;
  }
  auto *Store = cast<StoreSDNode>(N);
  if (MemVT.isVector())
    Opcode = Tatami::VSTPI;
  else if (MemVT == MVT::f32)
    Opcode = Tatami::FSWPI;
  else if (MemVT == MVT::i8 || MemVT == MVT::i1)
    Opcode = Tatami::SBPI;
  else if (MemVT == MVT::i16)
    Opcode = Tatami::SHPI;
  else if (MemVT == MVT::i32)
    Opcode = Tatami::SWPI;
  else if (MemVT == MVT::i64)
    Opcode = Tatami::SDPI;
  else
    return false;
  MachineSDNode *New = CurDAG->getMachineNode(
      Opcode, DL, MVT::i64, MVT::Other,
      {Store->getValue(), N->getBasePtr(), Imm, N->getChain()});
  CurDAG->setNodeMemRefs(New, {N->getMemOperand()});
  ReplaceNode(N, New);
  return true;
}

// Accesses to other nodes have instructions of their own, and no offset.
bool TatamiDAGToDAGISel::selectRemote(MemSDNode *N) {
  if (N->getAddressSpace() != TatamiAS::Remote)
    return false;
  SDLoc DL(N);
  const EVT MemVT = N->getMemoryVT();
  unsigned Opcode = 0;
  if (auto *Load = dyn_cast<LoadSDNode>(N)) {
    const bool Signed = Load->getExtensionType() == ISD::SEXTLOAD;
    const bool Zero = Load->getExtensionType() == ISD::ZEXTLOAD;
    if (MemVT == MVT::i8 || MemVT == MVT::i1)
      Opcode = Signed ? Tatami::RLB : Tatami::RLBU;
    else if (MemVT == MVT::i16)
      Opcode = Signed ? Tatami::RLH : Tatami::RLHU;
    else if (MemVT == MVT::i32)
      Opcode = Zero && N->getValueType(0) == MVT::i64 ? Tatami::RLWU
                                                      : Tatami::RLW;
    else if (MemVT == MVT::i64)
      Opcode = Tatami::RLD;
    else if (MemVT == MVT::f32)
      Opcode = Tatami::RFLW;
    else if (MemVT.isVector() && MemVT.getFixedSizeInBits() == 512 &&
             N->getAlign() >= Align(64))
      Opcode = Tatami::RVLD;
  } else if (isa<StoreSDNode>(N)) {
    if (MemVT == MVT::i8 || MemVT == MVT::i1)
      Opcode = Tatami::RSB;
    else if (MemVT == MVT::i16)
      Opcode = Tatami::RSH;
    else if (MemVT == MVT::i32)
      Opcode = Tatami::RSW;
    else if (MemVT == MVT::i64)
      Opcode = Tatami::RSD;
    else if (MemVT == MVT::f32)
      Opcode = Tatami::RFSW;
    else if (MemVT.isVector() && MemVT.getFixedSizeInBits() == 512 &&
             N->getAlign() >= Align(64))
      Opcode = Tatami::RVST;
  }
  if (!Opcode) {
    const Function &F = MF->getFunction();
    CurDAG->getContext()->diagnose(DiagnosticInfoUnsupported(
        F,
        "remote memory can only be loaded and stored as 8 to 64 bits, float, "
        "or 64 aligned bytes",
        DL.getDebugLoc()));
    return false;
  }
  MachineSDNode *New;
  if (isa<LoadSDNode>(N))
    New = CurDAG->getMachineNode(Opcode, DL, N->getValueType(0), MVT::Other,
                                 {N->getBasePtr(), N->getChain()});
  else
    New = CurDAG->getMachineNode(
        Opcode, DL, MVT::Other,
        {cast<StoreSDNode>(N)->getValue(), N->getBasePtr(), N->getChain()});
  CurDAG->setNodeMemRefs(New, {N->getMemOperand()});
  ReplaceNode(N, New);
  return true;
}

void TatamiDAGToDAGISel::Select(SDNode *N) {
  if (N->isMachineOpcode()) {
    N->setNodeId(-1); // a builtin: selected when its call was lowered
    return;
  }
  SDLoc DL(N);
  switch (N->getOpcode()) {
  case ISD::Constant:
    ReplaceNode(N, materialize(cast<ConstantSDNode>(N)->getSExtValue(),
                               N->getValueType(0), DL)
                       .getNode());
    return;
  case ISD::ConstantFP: {
    // The bits are an integer constant, which the front end makes.
    const APInt Bits = cast<ConstantFPSDNode>(N)->getValueAPF().bitcastToAPInt();
    ReplaceNode(N, CurDAG->getMachineNode(
                       Tatami::FMVWX, DL, MVT::f32,
                       materialize(Bits.getSExtValue(), MVT::i32, DL)));
    return;
  }
  case ISD::FrameIndex: {
    SDValue FI = CurDAG->getTargetFrameIndex(
        cast<FrameIndexSDNode>(N)->getIndex(), MVT::i64);
    CurDAG->SelectNodeTo(N, Tatami::ADDI, MVT::i64, FI,
                         CurDAG->getTargetConstant(0, DL, MVT::i64));
    return;
  }
  case ISD::ADD: {
    // An address in the frame: one addition when sp is known.
    auto *FI = dyn_cast<FrameIndexSDNode>(N->getOperand(0));
    auto *C = dyn_cast<ConstantSDNode>(N->getOperand(1));
    if (FI && C && isInt<15>(C->getSExtValue())) {
      CurDAG->SelectNodeTo(
          N, Tatami::ADDI, MVT::i64,
          CurDAG->getTargetFrameIndex(FI->getIndex(), MVT::i64),
          CurDAG->getSignedTargetConstant(C->getSExtValue(), DL, MVT::i64));
      return;
    }
    break;
  }
  case ISD::SPLAT_VECTOR: {
    // All lanes of a mask or none: m0 is the one, and makes the other.
    EVT VT = N->getValueType(0);
    if (auto *F = dyn_cast<ConstantFPSDNode>(N->getOperand(0));
        F && VT == MVT::v16f32 && !F->isZero()) {
      const APInt Bits = F->getValueAPF().bitcastToAPInt();
      CurDAG->SelectNodeTo(N, Tatami::VSPLAT_W, VT,
                           materialize(Bits.getSExtValue(), MVT::i32, DL));
      return;
    }
    auto *C = dyn_cast<ConstantSDNode>(N->getOperand(0));
    if (!C || VT.getVectorElementType() != MVT::i1)
      break;
    SDValue Ones =
        CurDAG->getCopyFromReg(CurDAG->getEntryNode(), DL, Tatami::M0, VT);
    if (C->getAPIntValue()[0])
      ReplaceNode(N, Ones.getNode());
    else
      CurDAG->SelectNodeTo(N, Tatami::MXOR, VT, Ones, Ones);
    return;
  }
  case ISD::LOAD:
  case ISD::STORE:
    if (selectRemote(cast<MemSDNode>(N)) ||
        selectPostIncrement(cast<LSBaseSDNode>(N)))
      return;
    break;
  default:
    break;
  }
  SelectCode(N);
}
