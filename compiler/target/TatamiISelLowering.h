//===- TatamiISelLowering.h - How operations become the machine's ---------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#ifndef LLVM_LIB_TARGET_TATAMI_TATAMIISELLOWERING_H
#define LLVM_LIB_TARGET_TATAMI_TATAMIISELLOWERING_H

#include "llvm/CodeGen/SelectionDAG.h"
#include "llvm/CodeGen/TargetLowering.h"

namespace llvm {

class TatamiSubtarget;

/// Address spaces of the data layout.
namespace TatamiAS {
enum : unsigned { Local = 0, Remote = 1 };
} // namespace TatamiAS

class TatamiTargetLowering : public TargetLowering {
  const TatamiSubtarget &Subtarget;

public:
  TatamiTargetLowering(const TargetMachine &TM, const TatamiSubtarget &STI);

  //===--- Types and costs: TatamiISelLowering.cpp ------------------------===//

  MVT getScalarShiftAmountTy(const DataLayout &, EVT) const override {
    // A 64-bit amount is truncated for free; extending one would not be.
    return MVT::i32;
  }
  EVT getSetCCResultType(const DataLayout &DL, LLVMContext &Context,
                         EVT VT) const override;
  LegalizeTypeAction getPreferredVectorAction(MVT VT) const override;
  bool isTruncateFree(Type *From, Type *To) const override;
  bool isTruncateFree(EVT From, EVT To) const override;
  bool isSExtCheaperThanZExt(EVT From, EVT To) const override;
  bool isZExtFree(SDValue Val, EVT To) const override;
  bool isLegalICmpImmediate(int64_t Imm) const override;
  bool isLegalAddImmediate(int64_t Imm) const override;
  bool isLegalAddressingMode(const DataLayout &DL, const AddrMode &AM, Type *Ty,
                             unsigned AddrSpace,
                             Instruction *I = nullptr) const override;
  bool allowsMisalignedMemoryAccesses(
      EVT VT, unsigned AddrSpace, Align Alignment,
      MachineMemOperand::Flags Flags, unsigned *Fast) const override;
  EVT getOptimalMemOpType(LLVMContext &Context, const MemOp &Op,
                          const AttributeList &FuncAttributes) const override;
  bool isOffsetFoldingLegal(const GlobalAddressSDNode *) const override {
    return false;
  }
  bool isFPImmLegal(const APFloat &Imm, EVT VT,
                    bool ForCodeSize) const override;
  bool isFMAFasterThanFMulAndFAdd(const MachineFunction &,
                                  EVT VT) const override;
  bool isFMAFasterThanFMulAndFAdd(const Function &, Type *Ty) const override;
  bool isCheapToSpeculateCttz(Type *) const override { return true; }
  bool isCheapToSpeculateCtlz(Type *) const override { return true; }
  bool isCtpopFast(EVT VT) const override { return !VT.isVector(); }
  bool hasAndNotCompare(SDValue) const override { return true; }
  bool hasBitTest(SDValue, SDValue) const override { return false; }
  bool convertSelectOfConstantsToMath(EVT) const override { return true; }
  bool isMulAddWithConstProfitable(SDValue, SDValue) const override;
  bool shouldConvertConstantLoadToIntImm(const APInt &, Type *) const override {
    return true;
  }
  bool decomposeMulByConstant(LLVMContext &Context, EVT VT,
                              SDValue C) const override;
  bool shouldExpandGetActiveLaneMask(EVT VT, EVT OpVT) const override;
  bool isShuffleMaskLegal(ArrayRef<int> Mask, EVT VT) const override;
  bool isExtractSubvectorCheap(EVT ResVT, EVT SrcVT,
                               unsigned Index) const override;
  bool isMaskAndCmp0FoldingBeneficial(const Instruction &) const override {
    return false;
  }
  unsigned getJumpTableEncoding() const override;
  const MCExpr *LowerCustomJumpTableEntry(const MachineJumpTableInfo *MJTI,
                                          const MachineBasicBlock *MBB,
                                          unsigned UId,
                                          MCContext &Context) const override;
  bool getPostIndexedAddressParts(SDNode *N, SDNode *Op, SDValue &Base,
                                  SDValue &Offset, ISD::MemIndexedMode &AM,
                                  SelectionDAG &DAG) const override;
  bool mergeStoresAfterLegalization(EVT) const override { return false; }
  bool canMergeStoresTo(unsigned, EVT MemVT,
                        const MachineFunction &) const override {
    return !MemVT.isVector();
  }

  //===--- Arrays of structures: TatamiInterleavedAccess.cpp --------------===//

  unsigned getMaxSupportedInterleaveFactor() const override { return 8; }
  bool lowerInterleavedLoad(Instruction *Load, Value *Mask,
                            ArrayRef<ShuffleVectorInst *> Shuffles,
                            ArrayRef<unsigned> Indices, unsigned Factor,
                            const APInt &GapMask) const override;
  bool lowerInterleavedStore(Instruction *Store, Value *Mask,
                             ShuffleVectorInst *Shuffle, unsigned Factor,
                             const APInt &GapMask) const override;
  /// Instructions that the two make to move lanes, or 0 for a type that they
  /// do not know. A group has \p Factor vectors, \p Members of which are read.
  unsigned getInterleavedShuffles(FixedVectorType *Member, unsigned Factor,
                                  unsigned Members, bool IsLoad) const;

  //===--- Atomics --------------------------------------------------------===//

  AtomicExpansionKind
  shouldExpandAtomicRMWInIR(AtomicRMWInst *RMW) const override;
  bool shouldInsertFencesForAtomic(const Instruction *) const override {
    return false; // plain accesses are sequentially consistent
  }

  //===--- Registers by name, inline assembly -----------------------------===//

  ConstraintType getConstraintType(StringRef Constraint) const override;
  std::pair<unsigned, const TargetRegisterClass *>
  getRegForInlineAsmConstraint(const TargetRegisterInfo *TRI,
                               StringRef Constraint, MVT VT) const override;
  void LowerAsmOperandForConstraint(SDValue Op, StringRef Constraint,
                                    std::vector<SDValue> &Ops,
                                    SelectionDAG &DAG) const override;
  Register getRegisterByName(const char *RegName, LLT Ty,
                             const MachineFunction &MF) const override;

  //===--- Lowering -------------------------------------------------------===//

  SDValue LowerOperation(SDValue Op, SelectionDAG &DAG) const override;
  void ReplaceNodeResults(SDNode *N, SmallVectorImpl<SDValue> &Results,
                          SelectionDAG &DAG) const override;
  SDValue PerformDAGCombine(SDNode *N, DAGCombinerInfo &DCI) const override;
  MachineBasicBlock *
  EmitInstrWithCustomInserter(MachineInstr &MI,
                              MachineBasicBlock *MBB) const override;

  //===--- Calls: TatamiCallLowering.cpp ----------------------------------===//

  bool CanLowerReturn(CallingConv::ID CallConv, MachineFunction &MF,
                      bool IsVarArg,
                      const SmallVectorImpl<ISD::OutputArg> &Outs,
                      LLVMContext &Context, const Type *RetTy) const override;
  SDValue LowerFormalArguments(SDValue Chain, CallingConv::ID CallConv,
                               bool IsVarArg,
                               const SmallVectorImpl<ISD::InputArg> &Ins,
                               const SDLoc &DL, SelectionDAG &DAG,
                               SmallVectorImpl<SDValue> &InVals) const override;
  SDValue LowerReturn(SDValue Chain, CallingConv::ID CallConv, bool IsVarArg,
                      const SmallVectorImpl<ISD::OutputArg> &Outs,
                      const SmallVectorImpl<SDValue> &OutVals, const SDLoc &DL,
                      SelectionDAG &DAG) const override;
  SDValue LowerCall(CallLoweringInfo &CLI,
                    SmallVectorImpl<SDValue> &InVals) const override;
  bool mayBeEmittedAsTailCall(const CallInst *CI) const override;
  bool isUsedByReturnOnly(SDNode *N, SDValue &Chain) const override;

private:
  // Called by the constructor.
  void setScalarActions();
  void setFloatActions();
  void setVectorActions();

  SDValue lowerGlobalAddress(SDValue Op, SelectionDAG &DAG) const;
  SDValue lowerTLSAddress(SDValue Op, SelectionDAG &DAG) const;
  SDValue lowerVASTART(SDValue Op, SelectionDAG &DAG) const;
  SDValue lowerVAARG(SDValue Op, SelectionDAG &DAG) const;
  void replaceNarrowVAARG(SDNode *N, SmallVectorImpl<SDValue> &Results,
                          SelectionDAG &DAG) const;
  SDValue lowerFrameAddress(SDValue Op, SelectionDAG &DAG) const;
  SDValue lowerReturnAddress(SDValue Op, SelectionDAG &DAG) const;
  SDValue lowerDynamicAlloca(SDValue Op, SelectionDAG &DAG) const;
  SDValue lowerFPToIntSat(SDValue Op, SelectionDAG &DAG) const;

  // TatamiVectorLowering.cpp; a null value means "expand it".
  SDValue lowerVectorOperation(SDValue Op, SelectionDAG &DAG) const;

  // TatamiBuiltins.cpp.
  bool isBuiltinCall(const CallLoweringInfo &CLI) const;
  SDValue lowerBuiltinCall(CallLoweringInfo &CLI,
                           SmallVectorImpl<SDValue> &InVals) const;

  bool isEligibleForTailCall(const CallLoweringInfo &CLI, bool HasIndirect,
                             unsigned StackBytes, MachineFunction &MF) const;
};

} // namespace llvm

#endif // LLVM_LIB_TARGET_TATAMI_TATAMIISELLOWERING_H
