//===- TatamiTargetTransformInfo.cpp - Costs for the optimiser ------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#include "TatamiTargetTransformInfo.h"
#include "TatamiBuiltins.h"
#include "llvm/Analysis/LoopInfo.h"
#include "llvm/Analysis/ScalarEvolution.h"
#include "llvm/IR/IntrinsicInst.h"
#include "llvm/Transforms/Utils/LoopUtils.h"

using namespace llvm;

TypeSize TatamiTTIImpl::getRegisterBitWidth(
    TargetTransformInfo::RegisterKind K) const {
  switch (K) {
  case TargetTransformInfo::RGK_Scalar:
    return TypeSize::getFixed(64);
  case TargetTransformInfo::RGK_FixedWidthVector:
    return TypeSize::getFixed(512);
  default:
    return TypeSize::getScalable(0);
  }
}

// Lanes that the vector unit has: integers of 8 to 64 bits, FP32, pointers.
static bool isLaneType(Type *Ty) {
  Ty = Ty->getScalarType();
  return Ty->isFloatTy() || Ty->isHalfTy() || Ty->isBFloatTy() ||
         Ty->isPointerTy() || Ty->isIntegerTy(8) || Ty->isIntegerTy(16) ||
         Ty->isIntegerTy(32) || Ty->isIntegerTy(64);
}

bool TatamiTTIImpl::isLegalMaskedLoad(Type *DataType, Align Alignment,
                                      unsigned AddrSpace,
                                      TTI::MaskKind) const {
  return AddrSpace == TatamiAS::Local && isLaneType(DataType) &&
         Alignment >= Align(DL.getTypeStoreSize(DataType->getScalarType()));
}

bool TatamiTTIImpl::isLegalMaskedStore(Type *DataType, Align Alignment,
                                       unsigned AddrSpace,
                                       TTI::MaskKind Kind) const {
  return isLegalMaskedLoad(DataType, Alignment, AddrSpace, Kind);
}

bool TatamiTTIImpl::isLegalMaskedGather(Type *DataType,
                                        Align Alignment) const {
  Type *Element = DataType->getScalarType();
  const bool IsWord = Element->isFloatTy() || Element->isIntegerTy(32);
  const bool IsDouble = Element->isIntegerTy(64) || Element->isPointerTy();
  return (IsWord && Alignment >= Align(4)) ||
         (IsDouble && Alignment >= Align(8));
}

bool TatamiTTIImpl::isLegalMaskedScatter(Type *DataType,
                                         Align Alignment) const {
  return isLegalMaskedGather(DataType, Alignment);
}

bool TatamiTTIImpl::shouldExpandReduction(const IntrinsicInst *II) const {
  switch (II->getIntrinsicID()) {
  case Intrinsic::vector_reduce_add:
  case Intrinsic::vector_reduce_and:
  case Intrinsic::vector_reduce_or:
  case Intrinsic::vector_reduce_xor:
  case Intrinsic::vector_reduce_smin:
  case Intrinsic::vector_reduce_smax:
  case Intrinsic::vector_reduce_umin:
  case Intrinsic::vector_reduce_umax: {
    Type *Ty = II->getArgOperand(0)->getType();
    return !(isLaneType(Ty) || Ty->getScalarType()->isIntegerTy(1));
  }
  case Intrinsic::vector_reduce_fadd:
    return !II->getType()->isFloatTy() || !II->hasAllowReassoc();
  case Intrinsic::vector_reduce_fmin:
  case Intrinsic::vector_reduce_fmax:
    return !II->getType()->isFloatTy();
  default:
    return true;
  }
}

bool TatamiTTIImpl::isLoweredToCall(const Function *F) const {
  if (F->getName().starts_with(TatamiBuiltins::Prefix))
    return false;
  return BaseT::isLoweredToCall(F);
}

//===----------------------------------------------------------------------===//
// Constants
//===----------------------------------------------------------------------===//

InstructionCost TatamiTTIImpl::getIntImmCost(const APInt &Imm, Type *Ty,
                                             TTI::TargetCostKind) const {
  const unsigned Bits = Ty->getPrimitiveSizeInBits();
  if (Bits == 0 || Bits > 64)
    return TTI::TCC_Free;
  if (Imm.isSignedIntN(22))
    return TTI::TCC_Free; // li: the front end does it
  return Imm.isSignedIntN(35) ? TTI::TCC_Basic : 2 * TTI::TCC_Basic;
}

InstructionCost TatamiTTIImpl::getIntImmCostInst(
    unsigned Opcode, unsigned, const APInt &Imm, Type *Ty,
    TTI::TargetCostKind CostKind, Instruction *) const {
  switch (Opcode) {
  case Instruction::GetElementPtr:
  case Instruction::Call:
  case Instruction::PHI:
  case Instruction::Ret:
  case Instruction::Select:
    return TTI::TCC_Free;
  case Instruction::And:
    if (Imm == 0xffff || Imm == 0xffffffff)
      return TTI::TCC_Free;
    break;
  default:
    break;
  }
  return getIntImmCost(Imm, Ty, CostKind);
}

//===----------------------------------------------------------------------===//
// Memory
//===----------------------------------------------------------------------===//

// Registers that a vector of lanes takes.
static unsigned getParts(Type *Ty, const DataLayout &DL) {
  return std::max<uint64_t>(
      1, divideCeil(DL.getTypeSizeInBits(Ty).getFixedValue(), 512));
}

InstructionCost TatamiTTIImpl::getMemoryOpCost(
    unsigned Opcode, Type *Src, Align Alignment, unsigned AddressSpace,
    TTI::TargetCostKind CostKind, TTI::OperandValueInfo OpInfo,
    const Instruction *I) const {
  auto *VT = dyn_cast<FixedVectorType>(Src);
  // Whole aligned registers travel between nodes, no other vectors do.
  if (VT && AddressSpace == TatamiAS::Remote &&
      (Alignment < Align(64) || DL.getTypeSizeInBits(VT) % 512 != 0))
    return InstructionCost::getInvalid();
  if (!VT || !isLaneType(Src) || CostKind != TTI::TCK_RecipThroughput ||
      AddressSpace != TatamiAS::Local)
    return BaseT::getMemoryOpCost(Opcode, Src, Alignment, AddressSpace,
                                  CostKind, OpInfo, I);
  // Two slots where the address is aligned to the lane only; a mask for less
  // than a register is made once.
  return getParts(Src, DL) * (Alignment >= Align(64) ? 1 : 2);
}

Type *TatamiTTIImpl::getMemcpyLoopLoweringType(
    LLVMContext &Context, Value *, unsigned, unsigned, Align SrcAlign,
    Align DestAlign, std::optional<uint32_t> AtomicElementSize) const {
  // Copies of remote memory are the only ones that become loops.
  uint64_t Bytes = std::min<uint64_t>(8, std::min(SrcAlign, DestAlign).value());
  return Type::getIntNTy(Context, 8 * AtomicElementSize.value_or(Bytes));
}

void TatamiTTIImpl::getMemcpyLoopResidualLoweringType(
    SmallVectorImpl<Type *> &OpsOut, LLVMContext &Context,
    unsigned RemainingBytes, unsigned, unsigned, Align SrcAlign,
    Align DestAlign, std::optional<uint32_t> AtomicElementSize) const {
  unsigned Bytes = AtomicElementSize.value_or(
      std::min<uint64_t>(8, std::min(SrcAlign, DestAlign).value()));
  for (; RemainingBytes; Bytes /= 2)
    for (; RemainingBytes >= Bytes; RemainingBytes -= Bytes)
      OpsOut.push_back(Type::getIntNTy(Context, 8 * Bytes));
}

InstructionCost TatamiTTIImpl::getInterleavedMemoryOpCost(
    unsigned Opcode, Type *VecTy, unsigned Factor, ArrayRef<unsigned> Indices,
    Align Alignment, unsigned AddressSpace, TTI::TargetCostKind CostKind,
    bool UseMaskForCond, bool UseMaskForGaps) const {
  auto *VT = dyn_cast<FixedVectorType>(VecTy);
  if (VT && AddressSpace == TatamiAS::Local && !UseMaskForCond &&
      !UseMaskForGaps && Factor <= TLI->getMaxSupportedInterleaveFactor()) {
    auto *Member = FixedVectorType::get(VT->getElementType(),
                                        VT->getNumElements() / Factor);
    if (unsigned Shuffles = TLI->getInterleavedShuffles(
            Member, Factor, Indices.size(), Opcode == Instruction::Load))
      return Shuffles + getParts(VT, DL) * (Alignment >= Align(64) ? 1 : 2);
  }
  return BaseT::getInterleavedMemoryOpCost(Opcode, VecTy, Factor, Indices,
                                           Alignment, AddressSpace, CostKind,
                                           UseMaskForCond, UseMaskForGaps);
}

InstructionCost TatamiTTIImpl::getMemIntrinsicInstrCost(
    const MemIntrinsicCostAttributes &MICA,
    TTI::TargetCostKind CostKind) const {
  if (const Value *Pointer = MICA.getPointer();
      Pointer && Pointer->getType()->getScalarType()->getPointerAddressSpace() ==
                     TatamiAS::Remote)
    return InstructionCost::getInvalid();
  auto *VT = dyn_cast<FixedVectorType>(MICA.getDataType());
  if (!VT)
    return BaseT::getMemIntrinsicInstrCost(MICA, CostKind);
  switch (MICA.getID()) {
  case Intrinsic::masked_load:
  case Intrinsic::masked_store:
    if (isLaneType(VT) && CostKind != TTI::TCK_RecipThroughput)
      return getParts(VT, DL); // instructions
    if (isLaneType(VT))
      return 2 * getParts(VT, DL);
    break;
  case Intrinsic::masked_gather:
  case Intrinsic::masked_scatter:
    // One slot a lane, whatever the mask.
    if (isLegalMaskedGather(VT, MICA.getAlignment()) &&
        CostKind != TTI::TCK_RecipThroughput)
      return getParts(VT, DL);
    if (isLegalMaskedGather(VT, MICA.getAlignment()))
      return VT->getNumElements() + getParts(VT, DL);
    break;
  default:
    break;
  }
  return BaseT::getMemIntrinsicInstrCost(MICA, CostKind);
}

//===----------------------------------------------------------------------===//
// Arithmetic
//===----------------------------------------------------------------------===//

InstructionCost TatamiTTIImpl::getArithmeticInstrCost(
    unsigned Opcode, Type *Ty, TTI::TargetCostKind CostKind,
    TTI::OperandValueInfo Op1Info, TTI::OperandValueInfo Op2Info,
    ArrayRef<const Value *> Args, const Instruction *CxtI) const {
  auto Base = [&] {
    return BaseT::getArithmeticInstrCost(Opcode, Ty, CostKind, Op1Info, Op2Info,
                                         Args, CxtI);
  };
  if (CostKind != TTI::TCK_RecipThroughput)
    return Base();
  Type *Element = Ty->getScalarType();
  // A library call each.
  if (Element->isDoubleTy())
    return 40 * (isa<FixedVectorType>(Ty)
                     ? cast<FixedVectorType>(Ty)->getNumElements()
                     : 1);
  const unsigned Parts = isa<FixedVectorType>(Ty) ? getParts(Ty, DL) : 1;
  switch (Opcode) {
  case Instruction::FDiv:
    if (Element->isFloatTy())
      return 16 * Parts;
    break;
  case Instruction::FAdd:
  case Instruction::FSub:
  case Instruction::FMul:
    if (Element->isFloatTy())
      return Parts;
    break;
  case Instruction::SDiv:
  case Instruction::UDiv:
  case Instruction::SRem:
  case Instruction::URem:
    if (auto *VT = dyn_cast<FixedVectorType>(Ty);
        VT && !Op2Info.isConstant())
      return 18 * VT->getNumElements();
    break;
  case Instruction::Add:
  case Instruction::Sub:
  case Instruction::Mul:
  case Instruction::And:
  case Instruction::Or:
  case Instruction::Xor:
  case Instruction::Shl:
  case Instruction::LShr:
  case Instruction::AShr:
    if (isa<FixedVectorType>(Ty) && isLaneType(Ty))
      return Parts;
    break;
  default:
    break;
  }
  return Base();
}

InstructionCost TatamiTTIImpl::getArithmeticReductionCost(
    unsigned Opcode, VectorType *Ty, std::optional<FastMathFlags> FMF,
    TTI::TargetCostKind CostKind) const {
  Type *Element = Ty->getElementType();
  const unsigned Parts = isa<FixedVectorType>(Ty) ? getParts(Ty, DL) : 1;
  switch (Opcode) {
  case Instruction::Add:
  case Instruction::And:
  case Instruction::Or:
  case Instruction::Xor:
    if (isLaneType(Ty))
      return 4 + Parts - 1;
    break;
  case Instruction::FAdd:
    if (!Element->isFloatTy())
      break;
    return TTI::requiresOrderedReduction(FMF) ? 16 * Parts : 4 + Parts - 1;
  default:
    break;
  }
  return BaseT::getArithmeticReductionCost(Opcode, Ty, FMF, CostKind);
}

InstructionCost
TatamiTTIImpl::getMinMaxReductionCost(Intrinsic::ID IID, VectorType *Ty,
                                      FastMathFlags FMF,
                                      TTI::TargetCostKind CostKind) const {
  if (isa<FixedVectorType>(Ty) && isLaneType(Ty))
    return 4 + getParts(Ty, DL) - 1;
  return BaseT::getMinMaxReductionCost(IID, Ty, FMF, CostKind);
}

InstructionCost TatamiTTIImpl::getShuffleCost(
    TTI::ShuffleKind Kind, VectorType *DstTy, VectorType *SrcTy,
    ArrayRef<int> Mask, TTI::TargetCostKind CostKind, int Index,
    VectorType *SubTp, ArrayRef<const Value *> Args,
    const Instruction *CxtI) const {
  if (isa<FixedVectorType>(SrcTy) && isa<FixedVectorType>(DstTy) &&
      isLaneType(SrcTy) && getParts(SrcTy, DL) == 1 &&
      getParts(DstTy, DL) == 1) {
    switch (Kind) {
    case TTI::SK_Broadcast:
    case TTI::SK_Splice:
    case TTI::SK_Select:
    case TTI::SK_InsertSubvector:
    case TTI::SK_Transpose:
      return 1;
    case TTI::SK_ExtractSubvector:
      return Index == 0 ? 0 : 1;
    default:
      return 2; // and a table of lane numbers
    }
  }
  return BaseT::getShuffleCost(Kind, DstTy, SrcTy, Mask, CostKind, Index, SubTp,
                               Args, CxtI);
}

static bool hasVectors(const Loop *L) {
  for (const BasicBlock *BB : L->blocks())
    for (const Instruction &I : *BB)
      if (I.getType()->isVectorTy() ||
          (isa<StoreInst>(I) && I.getOperand(0)->getType()->isVectorTy()))
        return true;
  return false;
}

void TatamiTTIImpl::getUnrollingPreferences(
    Loop *L, ScalarEvolution &SE, TTI::UnrollingPreferences &UP,
    OptimizationRemarkEmitter *ORE) const {
  BaseT::getUnrollingPreferences(L, SE, UP, ORE);
  // In order, with two memory and two integer slots a cycle: small bodies leave
  // them empty. Code shares 1.25 MB with data, so only small ones.
  UP.Partial = UP.Runtime = UP.UpperBound = true;
  UP.UnrollRemainder = false;
  UP.DefaultUnrollRuntimeCount = 4;
  UP.PartialThreshold = 60;
  UP.OptSizeThreshold = UP.PartialOptSizeThreshold = 0;
  const unsigned Trips = SE.getSmallConstantTripCount(L);
  if (L->isInnermost() && Trips >= 16 && hasVectors(L)) {
    // The vector queue is in order: the end of a body waits for its own loads,
    // and the longer the body, the less that is of it.
    UP.PartialThreshold = 200;
    UP.MaxCount = 8;
  } else if (L->isInnermost() && !L->getParentLoop() && Trips >= 16 &&
             !getBooleanLoopAttribute(L, "llvm.loop.isvectorized")) {
    // As many iterations as a register has words are left for the vectoriser.
    // In a nest, unrolling the inner loop may be what lets it take the outer.
    UP.Threshold = std::min(UP.Threshold, UP.PartialThreshold);
  }
  // Calls end a block anyway.
  for (BasicBlock *BB : L->blocks())
    for (Instruction &I : *BB)
      if (auto *Call = dyn_cast<CallBase>(&I)) {
        const Function *F = Call->getCalledFunction();
        if (!F || isLoweredToCall(F)) {
          UP.Partial = UP.Runtime = false;
          return;
        }
      }
}
