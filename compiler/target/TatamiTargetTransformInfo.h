//===- TatamiTargetTransformInfo.h - Costs for the optimiser --------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// One unit is one issue slot of the unit that does the work. The vectorisers
// see registers of 512 bits, masks, gathers, and reductions in hardware.
//===----------------------------------------------------------------------===//

#ifndef LLVM_LIB_TARGET_TATAMI_TATAMITARGETTRANSFORMINFO_H
#define LLVM_LIB_TARGET_TATAMI_TATAMITARGETTRANSFORMINFO_H

#include "TatamiTargetMachine.h"
#include "llvm/CodeGen/BasicTTIImpl.h"

namespace llvm {

class TatamiTTIImpl final : public BasicTTIImplBase<TatamiTTIImpl> {
  using BaseT = BasicTTIImplBase<TatamiTTIImpl>;
  friend BaseT;
  using TTI = TargetTransformInfo;

  const TatamiSubtarget *ST;
  const TatamiTargetLowering *TLI;

  const TatamiSubtarget *getST() const { return ST; }
  const TatamiTargetLowering *getTLI() const { return TLI; }

public:
  TatamiTTIImpl(const TatamiTargetMachine *TM, const Function &F)
      : BaseT(TM, F.getDataLayout()), ST(TM->getSubtargetImpl(F)),
        TLI(ST->getTargetLowering()) {}

  //===--- Registers ------------------------------------------------------===//

  TypeSize
  getRegisterBitWidth(TargetTransformInfo::RegisterKind K) const override;
  unsigned getMinVectorRegisterBitWidth() const override { return 128; }
  unsigned getNumberOfRegisters(unsigned) const override { return 30; }
  unsigned getMaxInterleaveFactor(ElementCount VF) const override {
    // FP32 takes four cycles and one can start in each.
    return VF.isScalar() ? 1 : 4;
  }

  //===--- What there is --------------------------------------------------===//

  bool isLegalMaskedLoad(Type *DataType, Align Alignment, unsigned AddrSpace,
                         TTI::MaskKind) const override;
  bool isLegalMaskedStore(Type *DataType, Align Alignment, unsigned AddrSpace,
                          TTI::MaskKind) const override;
  bool isLegalMaskedGather(Type *DataType, Align Alignment) const override;
  bool isLegalMaskedScatter(Type *DataType, Align Alignment) const override;
  bool shouldExpandReduction(const IntrinsicInst *II) const override;
  TTI::PopcntSupportKind getPopcntSupport(unsigned) const override {
    return TTI::PSK_FastHardware;
  }
  bool haveFastSqrt(Type *Ty) const override { return Ty->isFloatTy(); }
  bool isLoweredToCall(const Function *F) const override;
  bool enableInterleavedAccessVectorization() const override { return true; }
  TTI::AddressingModeKind
  getPreferredAddressingMode(const Loop *, ScalarEvolution *) const override {
    return TTI::AMK_PostIndexed;
  }

  Type *getMemcpyLoopLoweringType(
      LLVMContext &Context, Value *Length, unsigned SrcAddrSpace,
      unsigned DestAddrSpace, Align SrcAlign, Align DestAlign,
      std::optional<uint32_t> AtomicElementSize) const override;
  void getMemcpyLoopResidualLoweringType(
      SmallVectorImpl<Type *> &OpsOut, LLVMContext &Context,
      unsigned RemainingBytes, unsigned SrcAddrSpace, unsigned DestAddrSpace,
      Align SrcAlign, Align DestAlign,
      std::optional<uint32_t> AtomicElementSize) const override;

  //===--- What it costs --------------------------------------------------===//

  InstructionCost getIntImmCost(const APInt &Imm, Type *Ty,
                                TTI::TargetCostKind CostKind) const override;
  InstructionCost getIntImmCostInst(unsigned Opcode, unsigned Idx,
                                    const APInt &Imm, Type *Ty,
                                    TTI::TargetCostKind CostKind,
                                    Instruction *Inst = nullptr) const override;
  InstructionCost
  getMemoryOpCost(unsigned Opcode, Type *Src, Align Alignment,
                  unsigned AddressSpace, TTI::TargetCostKind CostKind,
                  TTI::OperandValueInfo OpInfo = {TTI::OK_AnyValue,
                                                  TTI::OP_None},
                  const Instruction *I = nullptr) const override;
  InstructionCost getInterleavedMemoryOpCost(
      unsigned Opcode, Type *VecTy, unsigned Factor, ArrayRef<unsigned> Indices,
      Align Alignment, unsigned AddressSpace, TTI::TargetCostKind CostKind,
      bool UseMaskForCond = false, bool UseMaskForGaps = false) const override;
  InstructionCost
  getMemIntrinsicInstrCost(const MemIntrinsicCostAttributes &MICA,
                           TTI::TargetCostKind CostKind) const override;
  InstructionCost getArithmeticInstrCost(
      unsigned Opcode, Type *Ty, TTI::TargetCostKind CostKind,
      TTI::OperandValueInfo Op1Info = {TTI::OK_AnyValue, TTI::OP_None},
      TTI::OperandValueInfo Op2Info = {TTI::OK_AnyValue, TTI::OP_None},
      ArrayRef<const Value *> Args = {},
      const Instruction *CxtI = nullptr) const override;
  InstructionCost
  getArithmeticReductionCost(unsigned Opcode, VectorType *Ty,
                             std::optional<FastMathFlags> FMF,
                             TTI::TargetCostKind CostKind) const override;
  InstructionCost
  getMinMaxReductionCost(Intrinsic::ID IID, VectorType *Ty, FastMathFlags FMF,
                         TTI::TargetCostKind CostKind) const override;
  InstructionCost
  getShuffleCost(TTI::ShuffleKind Kind, VectorType *DstTy, VectorType *SrcTy,
                 ArrayRef<int> Mask, TTI::TargetCostKind CostKind, int Index,
                 VectorType *SubTp, ArrayRef<const Value *> Args = {},
                 const Instruction *CxtI = nullptr) const override;
  void getUnrollingPreferences(Loop *L, ScalarEvolution &SE,
                               TTI::UnrollingPreferences &UP,
                               OptimizationRemarkEmitter *ORE) const override;
};

} // namespace llvm

#endif // LLVM_LIB_TARGET_TATAMI_TATAMITARGETTRANSFORMINFO_H
