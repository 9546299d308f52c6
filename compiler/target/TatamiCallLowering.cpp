//===- TatamiCallLowering.cpp - Arguments, results, calls -----------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// TatamiCallingConv.td says where values are; here they are moved there. A
// 32-bit integer is always passed and returned sign-extended.
//===----------------------------------------------------------------------===//

#include "MCTargetDesc/TatamiMCTargetDesc.h"
#include "TatamiISelLowering.h"
#include "TatamiMachineFunctionInfo.h"
#include "TatamiSubtarget.h"
#include "llvm/CodeGen/CallingConvLower.h"
#include "llvm/CodeGen/MachineFrameInfo.h"
#include "llvm/IR/DiagnosticInfo.h"
#include "llvm/IR/InstIterator.h"
#include "llvm/IR/Instructions.h"

using namespace llvm;

static constexpr MCPhysReg ArgumentRegisters[] = {
    Tatami::X8,  Tatami::X9,  Tatami::X10, Tatami::X11,
    Tatami::X12, Tatami::X13, Tatami::X14, Tatami::X15};

// Leaves a slot free where an unnamed argument that wants 16 bytes would begin
// at an odd one; va_arg skips it. The argument itself is for the next rule.
static bool CC_Tatami_EvenSlot(unsigned &, MVT &, MVT &, CCValAssign::LocInfo &,
                               ISD::ArgFlagsTy &Flags, CCState &State) {
  if (Flags.getNonZeroOrigAlign() < Align(16))
    return false;
  const unsigned First = State.getFirstUnallocated(ArgumentRegisters);
  if (First == std::size(ArgumentRegisters))
    State.AllocateStack(0, Align(16));
  else if (First % 2)
    State.AllocateReg(ArgumentRegisters[First]);
  return false;
}

// Makes the bits of an unnamed float an integer, which is for the next rule.
static bool CC_Tatami_FloatAsInteger(unsigned &, MVT &, MVT &LocVT,
                                     CCValAssign::LocInfo &LocInfo,
                                     ISD::ArgFlagsTy &, CCState &) {
  LocVT = MVT::i64;
  LocInfo = CCValAssign::BCvt;
  return false;
}

#include "TatamiGenCallingConv.inc"

static bool isAccumulator(MVT VT) {
  return VT == MVT::v64f32 || VT == MVT::v64i32;
}

static void reportAccumulator(StringRef What, const SDLoc &DL,
                              SelectionDAG &DAG) {
  const Function &F = DAG.getMachineFunction().getFunction();
  DAG.getContext()->diagnose(DiagnosticInfoUnsupported(
      F, Twine("an accumulator (64 lanes of 32 bits) cannot be ") + What +
             "; pass a pointer to memory that holds it",
      DL.getDebugLoc()));
}

template <typename ArgT>
static bool hasAccumulator(const SmallVectorImpl<ArgT> &Args) {
  return llvm::any_of(Args, [](const ArgT &A) { return isAccumulator(A.VT); });
}

// A value as it travels, from one as the program has it, and back.
static SDValue toLocation(SDValue Value, const CCValAssign &VA, const SDLoc &DL,
                          SelectionDAG &DAG) {
  if (VA.getLocInfo() == CCValAssign::Indirect ||
      EVT(VA.getLocVT()) == Value.getValueType())
    return Value;
  if (VA.getLocInfo() == CCValAssign::BCvt)
    Value = DAG.getBitcast(MVT::i32, Value);
  return DAG.getNode(ISD::SIGN_EXTEND, DL, VA.getLocVT(), Value);
}

static SDValue fromLocation(SDValue Value, const CCValAssign &VA,
                            const SDLoc &DL, SelectionDAG &DAG) {
  if (VA.getLocInfo() == CCValAssign::Indirect ||
      VA.getLocVT() == VA.getValVT())
    return Value;
  Value = DAG.getNode(ISD::AssertSext, DL, VA.getLocVT(), Value,
                      DAG.getValueType(VA.getValVT()));
  return DAG.getNode(ISD::TRUNCATE, DL, VA.getValVT(), Value);
}

//===----------------------------------------------------------------------===//
// The callee's side
//===----------------------------------------------------------------------===//

// A tail call writes over the arguments on the stack: their loads may not move
// behind it as those of constants do.
static bool mayTailCall(const Function &F) {
  return any_of(instructions(F), [](const Instruction &I) {
    auto *Call = dyn_cast<CallInst>(&I);
    return Call && Call->isTailCall();
  });
}

SDValue TatamiTargetLowering::LowerFormalArguments(
    SDValue Chain, CallingConv::ID CallConv, bool IsVarArg,
    const SmallVectorImpl<ISD::InputArg> &Ins, const SDLoc &DL,
    SelectionDAG &DAG, SmallVectorImpl<SDValue> &InVals) const {
  MachineFunction &MF = DAG.getMachineFunction();
  MachineFrameInfo &MFI = MF.getFrameInfo();
  MachineRegisterInfo &MRI = MF.getRegInfo();
  auto *Info = MF.getInfo<TatamiMachineFunctionInfo>();

  if (hasAccumulator(Ins)) {
    reportAccumulator("a parameter", DL, DAG);
    for (const ISD::InputArg &In : Ins)
      InVals.push_back(DAG.getUNDEF(In.VT));
    return Chain;
  }

  SmallVector<CCValAssign, 16> Locations;
  CCState State(CallConv, IsVarArg, MF, Locations, *DAG.getContext());
  State.AnalyzeFormalArguments(Ins, CC_Tatami);

  SmallVector<SDValue, 8> Chains;
  for (const CCValAssign &VA : Locations) {
    SDValue Value;
    if (VA.isRegLoc()) {
      const TargetRegisterClass *RC = getRegClassFor(VA.getLocVT());
      Register Reg = MRI.createVirtualRegister(RC);
      MRI.addLiveIn(VA.getLocReg(), Reg);
      Value = DAG.getCopyFromReg(Chain, DL, Reg, VA.getLocVT());
      if (VA.getLocInfo() != CCValAssign::Indirect &&
          VA.getValVT() == MVT::i32)
        Info->SignExtendedArguments.insert(Reg);
    } else {
      const int FI = MFI.CreateFixedObject(VA.getLocVT().getStoreSize(),
                                           VA.getLocMemOffset(),
                                           !mayTailCall(MF.getFunction()));
      SDValue Address = DAG.getFrameIndex(FI, MVT::i64);
      const MachinePointerInfo Where = MachinePointerInfo::getFixedStack(MF, FI);
      if (VA.getLocVT().isVector() &&
          VA.getLocVT().getVectorElementType() == MVT::i1) {
        // A mask has a slot of 64 bits, whatever its lanes.
        Value = DAG.getLoad(MVT::i64, DL, Chain, Address, Where);
        Chains.push_back(Value.getValue(1));
        Value = DAG.getNode(TatamiISD::BITS_TO_MASK, DL, VA.getLocVT(), Value);
      } else {
        Value = DAG.getLoad(VA.getLocVT(), DL, Chain, Address, Where);
        Chains.push_back(Value.getValue(1));
      }
    }
    InVals.push_back(fromLocation(Value, VA, DL, DAG));
  }

  Info->ArgumentStackSize = State.getStackSize();
  if (IsVarArg) {
    // Unnamed arguments in registers go where they adjoin those on the stack.
    const unsigned First = State.getFirstUnallocated(ArgumentRegisters);
    if (First == std::size(ArgumentRegisters)) {
      Info->VarArgsFrameIndex = MFI.CreateFixedObject(
          8, alignTo(State.getStackSize(), 8), /*IsImmutable=*/true);
    } else {
      for (unsigned I = First; I != std::size(ArgumentRegisters); ++I) {
        Register Reg = MRI.createVirtualRegister(&Tatami::GPRRegClass);
        MRI.addLiveIn(ArgumentRegisters[I], Reg);
        const int FI = MFI.CreateFixedObject(
            8, -8 * int64_t(std::size(ArgumentRegisters) - I),
            /*IsImmutable=*/false, /*isAliased=*/true); // va_arg reads it
        if (I == First)
          Info->VarArgsFrameIndex = FI;
        SDValue Value = DAG.getCopyFromReg(Chain, DL, Reg, MVT::i64);
        Chains.push_back(DAG.getStore(Value.getValue(1), DL, Value,
                                      DAG.getFrameIndex(FI, MVT::i64),
                                      MachinePointerInfo::getFixedStack(MF, FI)));
      }
    }
  }
  if (!Chains.empty()) {
    Chains.push_back(Chain);
    Chain = DAG.getNode(ISD::TokenFactor, DL, MVT::Other, Chains);
  }
  return Chain;
}

bool TatamiTargetLowering::CanLowerReturn(
    CallingConv::ID CallConv, MachineFunction &MF, bool IsVarArg,
    const SmallVectorImpl<ISD::OutputArg> &Outs, LLVMContext &Context,
    const Type *) const {
  if (hasAccumulator(Outs))
    return true; // reported by LowerReturn
  SmallVector<CCValAssign, 16> Locations;
  CCState State(CallConv, IsVarArg, MF, Locations, Context);
  return State.CheckReturn(Outs, RetCC_Tatami);
}

SDValue TatamiTargetLowering::LowerReturn(
    SDValue Chain, CallingConv::ID CallConv, bool IsVarArg,
    const SmallVectorImpl<ISD::OutputArg> &Outs,
    const SmallVectorImpl<SDValue> &OutVals, const SDLoc &DL,
    SelectionDAG &DAG) const {
  if (hasAccumulator(Outs)) {
    reportAccumulator("returned", DL, DAG);
    return DAG.getNode(TatamiISD::RET, DL, MVT::Other, Chain);
  }
  SmallVector<CCValAssign, 16> Locations;
  CCState State(CallConv, IsVarArg, DAG.getMachineFunction(), Locations,
                *DAG.getContext());
  State.AnalyzeReturn(Outs, RetCC_Tatami);

  SDValue Glue;
  SmallVector<SDValue, 4> Ops(1, Chain);
  for (auto [VA, Value] : zip_equal(Locations, OutVals)) {
    Chain = DAG.getCopyToReg(Chain, DL, VA.getLocReg(),
                             toLocation(Value, VA, DL, DAG), Glue);
    Glue = Chain.getValue(1);
    Ops.push_back(DAG.getRegister(VA.getLocReg(), VA.getLocVT()));
  }
  Ops[0] = Chain;
  if (Glue.getNode())
    Ops.push_back(Glue);
  return DAG.getNode(TatamiISD::RET, DL, MVT::Other, Ops);
}

//===----------------------------------------------------------------------===//
// The caller's side
//===----------------------------------------------------------------------===//

bool TatamiTargetLowering::mayBeEmittedAsTailCall(const CallInst *CI) const {
  return CI->isTailCall();
}

bool TatamiTargetLowering::isEligibleForTailCall(const CallLoweringInfo &CLI,
                                                 bool HasIndirect,
                                                 unsigned StackBytes,
                                                 MachineFunction &MF) const {
  const Function &Caller = MF.getFunction();
  // Arguments on the stack go where the caller's own were.
  if (StackBytes >
          MF.getInfo<TatamiMachineFunctionInfo>()->ArgumentStackSize ||
      HasIndirect || CLI.CallConv != Caller.getCallingConv())
    return false;
  // The address of a result in memory is not returned, so nothing to keep;
  // copies of arguments live in a frame that is gone.
  return llvm::none_of(CLI.Outs, [](const ISD::OutputArg &Out) {
    return Out.Flags.isByVal();
  }) && !Caller.hasStructRetAttr() && !Caller.hasFnAttribute("interrupt");
}

// musttail wants more than the place that the caller's arguments leave.
static void reportMustTail(const SDLoc &DL, SelectionDAG &DAG) {
  const Function &F = DAG.getMachineFunction().getFunction();
  DAG.getContext()->diagnose(DiagnosticInfoUnsupported(
      F, "this call cannot be a tail call: the arguments of callee are passed by "
         "reference or need more stack than those of the caller",
      DL.getDebugLoc()));
}

SDValue
TatamiTargetLowering::LowerCall(CallLoweringInfo &CLI,
                                SmallVectorImpl<SDValue> &InVals) const {
  if (isBuiltinCall(CLI))
    return lowerBuiltinCall(CLI, InVals);

  SelectionDAG &DAG = CLI.DAG;
  const SDLoc &DL = CLI.DL;
  MachineFunction &MF = DAG.getMachineFunction();
  SDValue Chain = CLI.Chain;

  if (hasAccumulator(CLI.Outs) || hasAccumulator(CLI.Ins)) {
    reportAccumulator(hasAccumulator(CLI.Outs) ? "an argument"
                                               : "the result of a function",
                      DL, DAG);
    for (const ISD::InputArg &In : CLI.Ins)
      InVals.push_back(DAG.getUNDEF(In.VT));
    CLI.IsTailCall = false;
    return Chain;
  }

  SmallVector<CCValAssign, 16> Locations;
  CCState State(CLI.CallConv, CLI.IsVarArg, MF, Locations, *DAG.getContext());
  State.AnalyzeCallOperands(CLI.Outs, CC_Tatami);
  const unsigned StackBytes = alignTo(State.getStackSize(), 64);

  const bool HasIndirect = llvm::any_of(Locations, [](const CCValAssign &VA) {
    return VA.getLocInfo() == CCValAssign::Indirect;
  });
  if (CLI.IsTailCall)
    CLI.IsTailCall =
        isEligibleForTailCall(CLI, HasIndirect, State.getStackSize(), MF);
  if (!CLI.IsTailCall && CLI.CB && CLI.CB->isMustTailCall())
    reportMustTail(DL, DAG);

  // Copies of arguments that are passed by value, behind their addresses.
  SmallVector<SDValue, 8> Values(CLI.OutVals.begin(), CLI.OutVals.end());
  for (auto [Value, Out] : zip_equal(Values, CLI.Outs)) {
    if (!Out.Flags.isByVal())
      continue;
    const uint64_t Size = Out.Flags.getByValSize();
    const Align Alignment = Out.Flags.getNonZeroByValAlign();
    const int FI = MF.getFrameInfo().CreateStackObject(
        std::max<uint64_t>(Size, 1), Alignment, /*isSpillSlot=*/false);
    SDValue Copy = DAG.getFrameIndex(FI, MVT::i64);
    if (Size)
      Chain = DAG.getMemcpy(Chain, DL, Copy, Value,
                            DAG.getConstant(Size, DL, MVT::i64), Alignment,
                            /*isVolatile=*/false, /*AlwaysInline=*/false,
                            /*CI=*/nullptr, std::nullopt,
                            MachinePointerInfo::getFixedStack(MF, FI),
                            MachinePointerInfo());
    Value = Copy;
  }

  if (!CLI.IsTailCall)
    Chain = DAG.getCALLSEQ_START(Chain, StackBytes, 0, DL);
  else if (StackBytes)
    Chain = DAG.getStackArgumentTokenFactor(Chain); // read before overwritten

  SmallVector<std::pair<Register, SDValue>, 8> Registers;
  SmallVector<SDValue, 8> Stores;
  SDValue SP;
  for (const CCValAssign &VA : Locations) {
    SDValue Value = Values[VA.getValNo()];
    if (VA.getLocInfo() == CCValAssign::Indirect) {
      SDValue Slot = DAG.CreateStackTemporary(Value.getValueType());
      const int FI = cast<FrameIndexSDNode>(Slot)->getIndex();
      Stores.push_back(DAG.getStore(Chain, DL, Value, Slot,
                                    MachinePointerInfo::getFixedStack(MF, FI)));
      Value = Slot;
    } else {
      Value = toLocation(Value, VA, DL, DAG);
    }
    if (VA.isRegLoc()) {
      Registers.emplace_back(VA.getLocReg(), Value);
      continue;
    }
    SDValue Address;
    MachinePointerInfo Where =
        MachinePointerInfo::getStack(MF, VA.getLocMemOffset());
    if (CLI.IsTailCall) {
      const int FI = MF.getFrameInfo().CreateFixedObject(
          VA.getLocVT().getStoreSize(), VA.getLocMemOffset(),
          /*IsImmutable=*/false);
      Address = DAG.getFrameIndex(FI, MVT::i64);
      Where = MachinePointerInfo::getFixedStack(MF, FI);
    } else {
      if (!SP.getNode())
        SP = DAG.getCopyFromReg(Chain, DL, Tatami::X2, MVT::i64);
      Address = DAG.getNode(ISD::ADD, DL, MVT::i64, SP,
                            DAG.getConstant(VA.getLocMemOffset(), DL, MVT::i64));
    }
    if (VA.getLocVT().isVector() &&
        VA.getLocVT().getVectorElementType() == MVT::i1)
      Value = DAG.getNode(TatamiISD::MASK_TO_BITS, DL, MVT::i64, Value);
    Stores.push_back(DAG.getStore(Chain, DL, Value, Address, Where));
  }
  if (!Stores.empty())
    Chain = DAG.getNode(ISD::TokenFactor, DL, MVT::Other, Stores);

  SDValue Glue;
  for (const auto &[Reg, Value] : Registers) {
    Chain = DAG.getCopyToReg(Chain, DL, Reg, Value, Glue);
    Glue = Chain.getValue(1);
  }

  SDValue Callee = CLI.Callee;
  if (auto *G = dyn_cast<GlobalAddressSDNode>(Callee)) {
    if (!G->getOffset())
      Callee = DAG.getTargetGlobalAddress(G->getGlobal(), DL, MVT::i64);
  } else if (auto *S = dyn_cast<ExternalSymbolSDNode>(Callee)) {
    Callee = DAG.getTargetExternalSymbol(S->getSymbol(), MVT::i64);
  }

  SmallVector<SDValue, 16> Ops = {Chain, Callee};
  for (const auto &[Reg, Value] : Registers)
    Ops.push_back(DAG.getRegister(Reg, Value.getValueType()));
  if (!CLI.IsTailCall) {
    const uint32_t *Mask =
        Subtarget.getRegisterInfo()->getCallPreservedMask(MF, CLI.CallConv);
    Ops.push_back(DAG.getRegisterMask(Mask));
  }
  if (Glue.getNode())
    Ops.push_back(Glue);

  if (CLI.IsTailCall) {
    MF.getFrameInfo().setHasTailCall();
    SDValue Tail = DAG.getNode(TatamiISD::TAIL, DL, MVT::Other, Ops);
    DAG.addNoMergeSiteInfo(Tail.getNode(), CLI.NoMerge);
    return Tail;
  }
  SDVTList Types = DAG.getVTList(MVT::Other, MVT::Glue);
  Chain = DAG.getNode(TatamiISD::CALL, DL, Types, Ops);
  DAG.addNoMergeSiteInfo(Chain.getNode(), CLI.NoMerge);
  Glue = Chain.getValue(1);
  Chain = DAG.getCALLSEQ_END(Chain, StackBytes, 0, Glue, DL);
  Glue = Chain.getValue(1);

  SmallVector<CCValAssign, 16> Results;
  CCState ResultState(CLI.CallConv, CLI.IsVarArg, MF, Results,
                      *DAG.getContext());
  ResultState.AnalyzeCallResult(CLI.Ins, RetCC_Tatami);
  for (const CCValAssign &VA : Results) {
    SDValue Value =
        DAG.getCopyFromReg(Chain, DL, VA.getLocReg(), VA.getLocVT(), Glue);
    Chain = Value.getValue(1);
    Glue = Value.getValue(2);
    InVals.push_back(fromLocation(Value, VA, DL, DAG));
  }
  return Chain;
}

bool TatamiTargetLowering::isUsedByReturnOnly(SDNode *N,
                                              SDValue &Chain) const {
  if (!N->hasNUsesOfValue(1, 0))
    return false;
  SDNode *User = *N->user_begin();
  if (User->getOpcode() == ISD::SIGN_EXTEND && User->hasOneUse())
    User = *User->user_begin();
  if (User->getOpcode() != ISD::CopyToReg ||
      User->getOperand(User->getNumOperands() - 1).getValueType() == MVT::Glue)
    return false;
  bool Returned = false;
  for (SDNode *Ret : User->users()) {
    if (Ret->getOpcode() != TatamiISD::RET)
      return false;
    Returned = true;
  }
  if (Returned)
    Chain = User->getOperand(0);
  return Returned;
}
