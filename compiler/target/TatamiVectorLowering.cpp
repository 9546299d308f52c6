//===- TatamiVectorLowering.cpp - 512-bit vectors and masks ---------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Which operations are the machine's, and where the others are lowered. Vectors
// below 512 bits live in the low lanes of a register, larger ones are split.
//===----------------------------------------------------------------------===//

#include "MCTargetDesc/TatamiMCTargetDesc.h"
#include "TatamiISelLowering.h"
#include "TatamiSubtarget.h"
#include "TatamiVectorUtils.h"

using namespace llvm;
using namespace TatamiVector;

static constexpr MVT IntVectors[] = {MVT::v64i8, MVT::v32i16, MVT::v16i32,
                                     MVT::v8i64};
static constexpr MVT HalfVectors[] = {MVT::v32f16, MVT::v32bf16};
static constexpr MVT Masks[] = {MVT::v64i1, MVT::v32i1, MVT::v16i1, MVT::v8i1};
static constexpr MVT Accumulators[] = {MVT::v64f32, MVT::v64i32};

void TatamiTargetLowering::setVectorActions() {
  // What is not said below is expanded.
  auto ExpandAll = [&](MVT VT) {
    for (unsigned Op = 0; Op < ISD::BUILTIN_OP_END; ++Op)
      setOperationAction(Op, VT, Expand);
    setOperationAction({ISD::UNDEF, ISD::POISON, ISD::FREEZE, ISD::BITCAST,
                        ISD::LOAD, ISD::STORE, ISD::ATOMIC_LOAD,
                        ISD::ATOMIC_STORE, ISD::CopyFromReg, ISD::CopyToReg},
                       VT, Legal);
    for (MVT Inner : MVT::fixedlen_vector_valuetypes()) {
      setTruncStoreAction(VT, Inner, Expand);
      setLoadExtAction({ISD::EXTLOAD, ISD::SEXTLOAD, ISD::ZEXTLOAD}, VT, Inner,
                       Expand);
    }
  };

  for (MVT VT : IntVectors) {
    ExpandAll(VT);
    setOperationAction({ISD::ADD, ISD::SUB, ISD::MUL, ISD::MULHS, ISD::MULHU,
                        ISD::SMIN, ISD::SMAX, ISD::UMIN, ISD::UMAX, ISD::AND,
                        ISD::OR, ISD::XOR, ISD::SADDSAT, ISD::UADDSAT,
                        ISD::SSUBSAT, ISD::USUBSAT, ISD::SHL, ISD::SRL,
                        ISD::SRA, ISD::ROTL, ISD::ABS, ISD::CTPOP, ISD::CTLZ,
                        ISD::CTTZ, ISD::SETCC, ISD::VSELECT, ISD::SPLAT_VECTOR,
                        ISD::SIGN_EXTEND_VECTOR_INREG,
                        ISD::ZERO_EXTEND_VECTOR_INREG,
                        ISD::ANY_EXTEND_VECTOR_INREG},
                       VT, Legal);
    setOperationAction(
        {ISD::SIGN_EXTEND_VECTOR_INREG, ISD::ZERO_EXTEND_VECTOR_INREG,
         ISD::ANY_EXTEND_VECTOR_INREG, ISD::SIGN_EXTEND, ISD::ZERO_EXTEND,
         ISD::ANY_EXTEND, ISD::TRUNCATE, ISD::VECREDUCE_ADD, ISD::VECREDUCE_AND,
         ISD::VECREDUCE_OR, ISD::VECREDUCE_XOR, ISD::VECREDUCE_SMIN,
         ISD::VECREDUCE_SMAX, ISD::VECREDUCE_UMIN, ISD::VECREDUCE_UMAX},
        VT, Custom);
    // A table of library functions does not exist.
    setOperationAction({ISD::CTLZ_ZERO_UNDEF, ISD::CTTZ_ZERO_UNDEF}, VT,
                       Expand);
  }
  setOperationAction(ISD::BSWAP, {MVT::v32i16, MVT::v16i32, MVT::v8i64}, Legal);
  setOperationAction({ISD::FP_TO_SINT, ISD::FP_TO_UINT}, MVT::v16i32, Legal);
  setOperationAction({ISD::FP_TO_SINT_SAT, ISD::FP_TO_UINT_SAT}, MVT::v16i32,
                     Custom);
  setOperationAction({ISD::SINT_TO_FP, ISD::UINT_TO_FP}, MVT::v16i32, Legal);

  const MVT F = MVT::v16f32;
  ExpandAll(F);
  setOperationAction(
      {ISD::FADD, ISD::FSUB, ISD::FMUL, ISD::FDIV, ISD::FSQRT, ISD::FMA,
       ISD::FNEG, ISD::FABS, ISD::FCOPYSIGN, ISD::FMINNUM, ISD::FMAXNUM,
       ISD::FMINNUM_IEEE, ISD::FMAXNUM_IEEE, ISD::FMINIMUMNUM, ISD::FMAXIMUMNUM,
       ISD::FRINT, ISD::FNEARBYINT, ISD::FROUNDEVEN, ISD::FTRUNC, ISD::FFLOOR,
       ISD::FCEIL, ISD::FROUND, ISD::FCANONICALIZE, ISD::SETCC, ISD::VSELECT,
       ISD::SPLAT_VECTOR, ISD::SCALAR_TO_VECTOR, ISD::SINT_TO_FP,
       ISD::UINT_TO_FP},
      F, Legal);
  setOperationAction({ISD::VECREDUCE_FADD, ISD::VECREDUCE_FMIN,
                      ISD::VECREDUCE_FMAX, ISD::VECREDUCE_SEQ_FADD,
                      ISD::FP_EXTEND, ISD::FP_ROUND},
                     F, Custom);
  setCondCodeAction({ISD::SETUEQ, ISD::SETONE, ISD::SETULT, ISD::SETULE,
                     ISD::SETUGT, ISD::SETUGE, ISD::SETUO},
                    F, Expand);

  for (MVT VT : HalfVectors) {
    ExpandAll(VT);
    setOperationAction(ISD::VSELECT, VT, Legal);
    // By way of FP32, which rounds these five right.
    setOperationAction({ISD::FADD, ISD::FSUB, ISD::FMUL, ISD::FDIV, ISD::FSQRT,
                        ISD::FNEG, ISD::FABS, ISD::FMINNUM, ISD::FMAXNUM,
                        ISD::FMINIMUMNUM, ISD::FMAXIMUMNUM, ISD::FP_EXTEND,
                        ISD::FP_ROUND, ISD::SETCC, ISD::SPLAT_VECTOR},
                       VT, Custom);
  }
  for (ArrayRef<MVT> Types :
       {ArrayRef<MVT>(IntVectors), ArrayRef<MVT>(F), ArrayRef<MVT>(HalfVectors)})
    for (MVT VT : Types) {
      setOperationAction({ISD::BUILD_VECTOR, ISD::VECTOR_SHUFFLE,
                          ISD::EXTRACT_VECTOR_ELT, ISD::INSERT_VECTOR_ELT,
                          ISD::EXTRACT_SUBVECTOR, ISD::INSERT_SUBVECTOR,
                          ISD::CONCAT_VECTORS, ISD::SELECT, ISD::MLOAD,
                          ISD::MSTORE},
                         VT, Custom);
      setIndexedLoadAction(ISD::POST_INC, VT, Legal);
      setIndexedStoreAction(ISD::POST_INC, VT, Legal);
    }
  setOperationAction({ISD::MGATHER, ISD::MSCATTER},
                     {MVT::v16i32, MVT::v16f32, MVT::v8i64}, Custom);

  for (MVT VT : Masks) {
    ExpandAll(VT);
    setOperationAction({ISD::AND, ISD::OR, ISD::XOR, ISD::VSELECT}, VT, Legal);
    setOperationAction({ISD::BUILD_VECTOR, ISD::SPLAT_VECTOR,
                        ISD::EXTRACT_VECTOR_ELT, ISD::INSERT_VECTOR_ELT,
                        ISD::EXTRACT_SUBVECTOR, ISD::INSERT_SUBVECTOR,
                        ISD::CONCAT_VECTORS, ISD::VECTOR_SHUFFLE, ISD::SELECT,
                        ISD::SETCC, ISD::TRUNCATE, ISD::LOAD, ISD::STORE,
                        ISD::ADD, ISD::SUB, ISD::MUL,
                        ISD::GET_ACTIVE_LANE_MASK, ISD::BITCAST,
                        ISD::VECREDUCE_AND, ISD::VECREDUCE_OR,
                        ISD::VECREDUCE_XOR, ISD::VECREDUCE_ADD,
                        ISD::VECREDUCE_SMIN, ISD::VECREDUCE_SMAX,
                        ISD::VECREDUCE_UMIN, ISD::VECREDUCE_UMAX},
                       VT, Custom);
    setOperationAction({ISD::SINT_TO_FP, ISD::UINT_TO_FP}, VT, Custom);
  }
  for (MVT VT : {MVT::v2i1, MVT::v4i1})
    setOperationAction({ISD::SETCC, ISD::TRUNCATE}, VT, Custom);

  // What an accumulator cannot do is done on its slices, or expanded if it is
  // no operation of lanes.
  for (MVT VT : Accumulators) {
    ExpandAll(VT);
    for (unsigned Op = 0; Op < ISD::BUILTIN_OP_END; ++Op)
      if (getOperationAction(Op, VT) == Expand && !ISD::isVPOpcode(Op))
        setOperationAction(Op, VT, Custom);
    setOperationAction({ISD::LOAD, ISD::STORE}, VT, Custom);
    setOperationAction(ISD::VECTOR_SHUFFLE, VT, Expand);
    setOperationAction(ISD::SELECT, VT, Legal);
  }
  setOperationAction(ISD::CONCAT_VECTORS, {MVT::v32i32, MVT::v32f32}, Custom);
  // Half-precision scalars are integers in registers, and so in lanes.
  setOperationAction({ISD::BUILD_VECTOR, ISD::SPLAT_VECTOR,
                      ISD::SCALAR_TO_VECTOR, ISD::INSERT_VECTOR_ELT},
                     {MVT::f16, MVT::bf16}, Custom);

  // Types that are widened or split, where the general way is a bad one.
  for (MVT VT : MVT::fixedlen_vector_valuetypes()) {
    if (isTypeLegal(VT) || VT.getVectorNumElements() == 1)
      continue;
    MVT Element = VT.getVectorElementType();
    const bool IsInt = Element == MVT::i8 || Element == MVT::i16 ||
                       Element == MVT::i32 || Element == MVT::i64;
    const bool IsFloat = Element == MVT::f32;
    const bool IsHalf = Element == MVT::f16 || Element == MVT::bf16;
    if (!IsInt && !IsFloat && !IsHalf)
      continue;
    if (VT.getFixedSizeInBits() < 512) {
      setOperationAction({ISD::LOAD, ISD::STORE, ISD::EXTRACT_SUBVECTOR,
                          ISD::CONCAT_VECTORS},
                         VT, Custom);
      if (IsInt)
        setOperationAction({ISD::FP_TO_SINT, ISD::FP_TO_UINT, ISD::SINT_TO_FP,
                            ISD::UINT_TO_FP, ISD::VECREDUCE_ADD,
                            ISD::VECREDUCE_AND, ISD::VECREDUCE_OR,
                            ISD::VECREDUCE_XOR, ISD::VECREDUCE_SMIN,
                            ISD::VECREDUCE_SMAX, ISD::VECREDUCE_UMIN,
                            ISD::VECREDUCE_UMAX},
                           VT, Custom);
      if (IsFloat)
        setOperationAction({ISD::VECREDUCE_FADD, ISD::VECREDUCE_FMIN,
                            ISD::VECREDUCE_FMAX},
                           VT, Custom);
    }
    if (IsInt)
      setOperationAction(ISD::TRUNCATE, VT, Custom);
    else
      setOperationAction({ISD::FP_EXTEND, ISD::FP_ROUND}, VT, Custom);
  }

  setTargetDAGCombine({ISD::BITCAST, ISD::MGATHER, ISD::MSCATTER,
                       ISD::BUILD_VECTOR, ISD::SPLAT_VECTOR,
                       ISD::EXTRACT_VECTOR_ELT, ISD::INSERT_VECTOR_ELT,
                       ISD::SCALAR_TO_VECTOR});
}

bool TatamiTargetLowering::isShuffleMaskLegal(ArrayRef<int>, EVT VT) const {
  // Any of one or two registers, one way or another.
  return VT.isFixedLengthVector() && VT.getFixedSizeInBits() <= 512 &&
         !isMask(VT) && VT.getScalarSizeInBits() <= 64 &&
         VT.getVectorElementType() != MVT::f64;
}

bool TatamiTargetLowering::isExtractSubvectorCheap(EVT, EVT,
                                                   unsigned Index) const {
  return Index == 0;
}

bool TatamiTargetLowering::shouldExpandGetActiveLaneMask(EVT VT,
                                                         EVT OpVT) const {
  return !(isTypeLegal(VT) && (OpVT == MVT::i32 || OpVT == MVT::i64));
}

//===----------------------------------------------------------------------===//
// Lanes
//===----------------------------------------------------------------------===//

// A lane's number for EXTRACT and INSERT: constant or in a register.
static SDValue getLane(SDValue Index, const SDLoc &DL, SelectionDAG &DAG) {
  if (auto *C = dyn_cast<ConstantSDNode>(Index))
    return DAG.getTargetConstant(C->getZExtValue(), DL, MVT::i64);
  return DAG.getAnyExtOrTrunc(Index, DL, MVT::i64);
}

static SDValue lowerExtractElement(SDValue Op, SelectionDAG &DAG) {
  SDLoc DL(Op);
  SDValue Vector = Op.getOperand(0), Index = Op.getOperand(1);
  EVT VT = Vector.getValueType();
  if (isMask(VT)) {
    SDValue Bits = DAG.getNode(TatamiISD::MASK_TO_BITS, DL, MVT::i64, Vector);
    SDValue Bit = DAG.getNode(ISD::SRL, DL, MVT::i64, Bits,
                              DAG.getZExtOrTrunc(Index, DL, MVT::i32));
    Bit = DAG.getNode(ISD::AND, DL, MVT::i64, Bit,
                      DAG.getConstant(1, DL, MVT::i64));
    return DAG.getZExtOrTrunc(Bit, DL, Op.getValueType());
  }
  if (VT == MVT::v16f32) {
    if (isa<ConstantSDNode>(Index))
      return DAG.getNode(TatamiISD::EXTRACT, DL, MVT::f32, Vector,
                         getLane(Index, DL, DAG));
    SDValue Int = DAG.getNode(TatamiISD::EXTRACT, DL, MVT::i64,
                              DAG.getBitcast(MVT::v16i32, Vector),
                              getLane(Index, DL, DAG));
    return DAG.getBitcast(MVT::f32, DAG.getAnyExtOrTrunc(Int, DL, MVT::i32));
  }
  if (!VT.isInteger())
    return SDValue();
  SDValue Lane = DAG.getNode(TatamiISD::EXTRACT, DL, MVT::i64, Vector,
                             getLane(Index, DL, DAG));
  return DAG.getAnyExtOrTrunc(Lane, DL, Op.getValueType());
}

static SDValue lowerInsertElement(SDValue Op, SelectionDAG &DAG) {
  SDLoc DL(Op);
  SDValue Vector = Op.getOperand(0), Value = Op.getOperand(1);
  SDValue Index = Op.getOperand(2);
  EVT VT = Vector.getValueType();
  if (isMask(VT)) {
    SDValue Bits = DAG.getNode(TatamiISD::MASK_TO_BITS, DL, MVT::i64, Vector);
    SDValue Amount = DAG.getZExtOrTrunc(Index, DL, MVT::i32);
    SDValue One = DAG.getConstant(1, DL, MVT::i64);
    SDValue Hole = DAG.getNode(ISD::SHL, DL, MVT::i64, One, Amount);
    SDValue Bit = DAG.getNode(ISD::AND, DL, MVT::i64,
                              DAG.getAnyExtOrTrunc(Value, DL, MVT::i64), One);
    Bits = DAG.getNode(ISD::AND, DL, MVT::i64, Bits,
                       DAG.getNOT(DL, Hole, MVT::i64));
    Bits = DAG.getNode(ISD::OR, DL, MVT::i64, Bits,
                       DAG.getNode(ISD::SHL, DL, MVT::i64, Bit, Amount));
    return DAG.getNode(TatamiISD::BITS_TO_MASK, DL, VT, Bits);
  }
  if (!VT.isInteger() && VT != MVT::v16f32)
    return SDValue();
  return DAG.getNode(TatamiISD::INSERT, DL, VT, Vector, Value,
                     getLane(Index, DL, DAG));
}

//===----------------------------------------------------------------------===//
// Masks as data
//===----------------------------------------------------------------------===//

static SDValue lowerMaskOperation(SDValue Op, SelectionDAG &DAG) {
  SDLoc DL(Op);
  MVT VT = Op.getSimpleValueType();
  switch (Op.getOpcode()) {
  // Arithmetic modulo 2.
  case ISD::ADD:
  case ISD::SUB:
    return DAG.getNode(ISD::XOR, DL, VT, Op.getOperand(0), Op.getOperand(1));
  case ISD::MUL:
    return DAG.getNode(ISD::AND, DL, VT, Op.getOperand(0), Op.getOperand(1));
  case ISD::SPLAT_VECTOR: {
    auto *C = dyn_cast<ConstantSDNode>(Op.getOperand(0));
    return C ? Op : getScalarMask(Op.getOperand(0), VT, DL, DAG);
  }
  case ISD::SETCC: {
    // A comparison of masks is a function of their bits.
    SDValue L = Op.getOperand(0), R = Op.getOperand(1);
    if (!isMask(L.getValueType()))
      return SDValue(); // lowerConversion() knows
    auto Not = [&](SDValue V) { return DAG.getNOT(DL, V, VT); };
    switch (cast<CondCodeSDNode>(Op.getOperand(2))->get()) {
    case ISD::SETEQ:
      return Not(DAG.getNode(ISD::XOR, DL, VT, L, R));
    case ISD::SETNE:
      return DAG.getNode(ISD::XOR, DL, VT, L, R);
    // A set bit is -1: the smaller one when signed.
    case ISD::SETGT:
    case ISD::SETULT:
      return DAG.getNode(ISD::AND, DL, VT, R, Not(L));
    case ISD::SETLT:
    case ISD::SETUGT:
      return DAG.getNode(ISD::AND, DL, VT, L, Not(R));
    case ISD::SETULE:
    case ISD::SETGE:
      return DAG.getNode(ISD::OR, DL, VT, R, Not(L));
    default:
      return DAG.getNode(ISD::OR, DL, VT, L, Not(R));
    }
  }
  case ISD::TRUNCATE: {
    if (Op.getOperand(0).getValueType().getFixedSizeInBits() > 512) {
      auto [Low, High] = DAG.SplitVectorOperand(Op.getNode(), 0);
      auto [LowVT, HighVT] = DAG.GetSplitDestVTs(VT);
      return DAG.getNode(ISD::CONCAT_VECTORS, DL, VT,
                         DAG.getNode(ISD::TRUNCATE, DL, LowVT, Low),
                         DAG.getNode(ISD::TRUNCATE, DL, HighVT, High));
    }
    SDValue Source = widen(Op.getOperand(0), DL, DAG);
    MVT Wide = Source.getSimpleValueType();
    SDValue Bit = DAG.getNode(ISD::AND, DL, Wide, Source,
                              getSplat(1, Wide, DL, DAG));
    MVT Compared = getMaskType(Wide.getVectorNumElements());
    return narrow(DAG.getSetCC(DL, Compared, Bit, getSplat(0, Wide, DL, DAG),
                               ISD::SETNE),
                  VT, DL, DAG);
  }
  case ISD::BITCAST: {
    SDValue Source = Op.getOperand(0);
    EVT From = Source.getValueType();
    const bool Direct = (VT == MVT::v64i1 && From == MVT::i64) ||
                        (VT == MVT::v32i1 && From == MVT::i32);
    return Direct ? Op : SDValue();
  }
  default:
    return SDValue();
  }
}

static SDValue lowerSelect(SDValue Op, SelectionDAG &DAG) {
  SDLoc DL(Op);
  MVT VT = Op.getSimpleValueType();
  SDValue Mask = getScalarMask(Op.getOperand(0),
                               getMaskType(VT.getVectorNumElements()), DL, DAG);
  return DAG.getNode(ISD::VSELECT, DL, VT, Mask, Op.getOperand(1),
                     Op.getOperand(2));
}

// A constant of halves, from memory. As integers the combiner would make halves of
// it again.
static SDValue loadHalfConstant(SDNode *N, SelectionDAG &DAG) {
  SDLoc DL(N);
  EVT VT = N->getValueType(0);
  Type *Element = Type::getInt16Ty(*DAG.getContext());
  SmallVector<Constant *, 64> Lanes;
  for (const SDValue &Lane : N->op_values()) {
    auto *C = dyn_cast<ConstantFPSDNode>(Lane);
    if (!C && !Lane.isUndef())
      return SDValue();
    Lanes.push_back(
        C ? cast<Constant>(ConstantInt::get(
                Element, C->getValueAPF().bitcastToAPInt()))
          : UndefValue::get(Element));
  }
  const Align Alignment(64);
  SDValue Pool = DAG.getConstantPool(ConstantVector::get(Lanes), MVT::i64,
                                     Alignment);
  SDValue Load = DAG.getLoad(
      VT.changeVectorElementTypeToInteger(), DL, DAG.getEntryNode(), Pool,
      MachinePointerInfo::getConstantPool(DAG.getMachineFunction()), Alignment);
  return DAG.getBitcast(VT, Load);
}

// Half-precision scalars are integers: so are their lanes, then.
static SDValue combineHalfLanes(SDNode *N, SelectionDAG &DAG) {
  SDLoc DL(N);
  const bool IsExtract = N->getOpcode() == ISD::EXTRACT_VECTOR_ELT;
  EVT VT = IsExtract ? N->getOperand(0).getValueType() : N->getValueType(0);
  EVT Element = VT.getVectorElementType();
  if (Element != MVT::f16 && Element != MVT::bf16)
    return SDValue();
  if (N->getOpcode() == ISD::BUILD_VECTOR)
    if (SDValue Constant = loadHalfConstant(N, DAG))
      return Constant;
  EVT IntVT = VT.changeVectorElementTypeToInteger();
  SmallVector<SDValue, 64> Ops;
  for (const SDValue &Operand : N->op_values()) {
    EVT T = Operand.getValueType();
    if (T == Element)
      Ops.push_back(Operand.isUndef() ? DAG.getUNDEF(MVT::i16)
                                      : DAG.getBitcast(MVT::i16, Operand));
    else if (T == VT)
      Ops.push_back(DAG.getBitcast(IntVT, Operand));
    else
      Ops.push_back(Operand);
  }
  SDValue Result = DAG.getNode(N->getOpcode(), DL,
                               IsExtract ? EVT(MVT::i16) : IntVT, Ops);
  return DAG.getBitcast(N->getValueType(0), Result);
}

SDValue TatamiTargetLowering::lowerVectorOperation(SDValue Op,
                                                   SelectionDAG &DAG) const {
  SDLoc DL(Op);
  EVT VT = Op.getValueType();
  bool HasAccumulator = isAccumulator(VT), HasHalf = false;
  for (const SDValue &Operand : Op->op_values()) {
    HasAccumulator |= isAccumulator(Operand.getValueType());
    HasHalf |= Operand.getValueType() == MVT::f16 ||
               Operand.getValueType() == MVT::bf16;
  }
  if (HasAccumulator)
    return lowerAccumulator(Op, DAG);
  if (HasHalf && VT.isVector())
    return combineHalfLanes(Op.getNode(), DAG);

  switch (Op.getOpcode()) {
  case ISD::BUILD_VECTOR:
    return lowerBuildVector(Op, DAG);
  case ISD::VECTOR_SHUFFLE:
    return lowerShuffle(Op, DAG);
  case ISD::EXTRACT_VECTOR_ELT:
    return lowerExtractElement(Op, DAG);
  case ISD::INSERT_VECTOR_ELT:
    return lowerInsertElement(Op, DAG);
  case ISD::EXTRACT_SUBVECTOR:
  case ISD::INSERT_SUBVECTOR:
  case ISD::CONCAT_VECTORS:
    return lowerSubvector(Op, DAG);
  case ISD::SELECT:
    return lowerSelect(Op, DAG);
  case ISD::LOAD:
  case ISD::STORE:
  case ISD::MLOAD:
  case ISD::MSTORE:
  case ISD::MGATHER:
  case ISD::MSCATTER:
    return lowerMemory(Op, DAG);
  case ISD::GET_ACTIVE_LANE_MASK: {
    auto Wide = [&](SDValue V) { return DAG.getZExtOrTrunc(V, DL, MVT::i64); };
    return DAG.getNode(TatamiISD::WHILE, DL, VT, Wide(Op.getOperand(0)),
                       Wide(Op.getOperand(1)));
  }
  case ISD::FP_TO_SINT_SAT:
  case ISD::FP_TO_UINT_SAT:
    return cast<VTSDNode>(Op.getOperand(1))->getVT() == MVT::i32 &&
                   Op.getOperand(0).getValueType() == MVT::v16f32
               ? Op
               : SDValue();
  case ISD::VECREDUCE_ADD:
  case ISD::VECREDUCE_AND:
  case ISD::VECREDUCE_OR:
  case ISD::VECREDUCE_XOR:
  case ISD::VECREDUCE_SMIN:
  case ISD::VECREDUCE_SMAX:
  case ISD::VECREDUCE_UMIN:
  case ISD::VECREDUCE_UMAX:
  case ISD::VECREDUCE_FADD:
  case ISD::VECREDUCE_FMIN:
  case ISD::VECREDUCE_FMAX:
  case ISD::VECREDUCE_SEQ_FADD:
    return lowerReduction(Op, DAG);
  default:
    break;
  }
  if (isMask(VT))
    if (SDValue Result = lowerMaskOperation(Op, DAG))
      return Result;
  return lowerConversion(Op, DAG);
}

void TatamiTargetLowering::ReplaceNodeResults(
    SDNode *N, SmallVectorImpl<SDValue> &Results, SelectionDAG &DAG) const {
  // The type legaliser wants the widened type; a smaller value is its low part.
  SDLoc DL(N);
  SDValue Op(N, 0);
  EVT VT = N->getValueType(0);
  if (N->getOpcode() == ISD::VAARG)
    return replaceNarrowVAARG(N, Results, DAG);
  if (!VT.isVector()) {
    if (SDValue Result = lowerVectorOperation(Op, DAG))
      Results.push_back(Result);
    return;
  }
  if (getTypeAction(*DAG.getContext(), VT) != TypeWidenVector)
    return;
  EVT WideVT = getTypeToTransformTo(*DAG.getContext(), VT);

  if (N->getOpcode() == ISD::SETCC) {
    // The comparison is as wide as its operands, not as its result.
    SDValue L = N->getOperand(0), R = N->getOperand(1);
    EVT OperandVT = L.getValueType();
    if (OperandVT.getFixedSizeInBits() > 512 || isMask(OperandVT) ||
        OperandVT.getVectorElementType() == MVT::f64 ||
        OperandVT.getVectorElementType() == MVT::i128)
      return;
    L = widen(L, DL, DAG);
    R = widen(R, DL, DAG);
    MVT MaskVT = getMaskType(L.getValueType().getVectorNumElements());
    SDValue Mask = DAG.getNode(ISD::SETCC, DL, MaskVT, L, R, N->getOperand(2));
    Results.push_back(narrow(Mask, WideVT, DL, DAG));
    return;
  }
  SDValue Result = lowerVectorOperation(Op, DAG);
  if (!Result)
    return;
  // The type wanted may be just the next power of two: 4 lanes for 3.
  Result = fitType(Result, WideVT, DL, DAG);
  const bool HasChain = Result.getOpcode() == ISD::MERGE_VALUES;
  Results.push_back(HasChain ? Result.getOperand(0) : Result);
  if (HasChain)
    Results.push_back(Result.getOperand(1));
}

//===----------------------------------------------------------------------===//
// Combines
//===----------------------------------------------------------------------===//

// The bits of a small mask as an integer, and back, without memory.
static SDValue combineMaskBitcast(SDNode *N, SelectionDAG &DAG) {
  SDLoc DL(N);
  SDValue Source = N->getOperand(0);
  EVT From = Source.getValueType(), To = N->getValueType(0);
  if (From.isFixedLengthVector() && isMask(From) && To.isScalarInteger() &&
      From.getVectorNumElements() <= 64) {
    if (From == MVT::v64i1 || From == MVT::v32i1)
      return SDValue();
    SDValue Bits = DAG.getNode(TatamiISD::MASK_TO_BITS, DL, MVT::i64,
                               widen(Source, DL, DAG));
    return DAG.getZExtOrTrunc(Bits, DL, To);
  }
  if (To.isFixedLengthVector() && isMask(To) && From.isScalarInteger() &&
      To.getVectorNumElements() <= 64) {
    if (To == MVT::v64i1 || To == MVT::v32i1)
      return SDValue();
    SDValue Bits = DAG.getNode(TatamiISD::BITS_TO_MASK, DL,
                               getMaskType(To.getVectorNumElements()),
                               DAG.getAnyExtOrTrunc(Source, DL, MVT::i64));
    return narrow(Bits, To, DL, DAG);
  }
  return SDValue();
}

// Addresses have 21 bits, so 32 of an index are enough, and let a gather have
// as many lanes as its data.
static SDValue combineGatherIndex(SDNode *N, SelectionDAG &DAG) {
  auto *Access = cast<MaskedGatherScatterSDNode>(N);
  SDValue Index = Access->getIndex();
  EVT IndexVT = Index.getValueType();
  EVT DataVT = N->getOpcode() == ISD::MGATHER
                   ? N->getValueType(0)
                   : cast<MaskedScatterSDNode>(N)->getValue().getValueType();
  if (!IndexVT.isFixedLengthVector() || DataVT.getScalarSizeInBits() != 32 ||
      IndexVT.getVectorElementType() != MVT::i64)
    return SDValue();
  SDLoc DL(N);
  Index = DAG.getNode(ISD::TRUNCATE, DL,
                      IndexVT.changeVectorElementType(*DAG.getContext(), MVT::i32), Index);
  SDValue Scale = Access->getScale();
  if (auto *Gather = dyn_cast<MaskedGatherSDNode>(N))
    return DAG.getMaskedGather(
        N->getVTList(), Gather->getMemoryVT(), DL,
        {Gather->getChain(), Gather->getPassThru(), Gather->getMask(),
         Gather->getBasePtr(), Index, Scale},
        Gather->getMemOperand(), ISD::SIGNED_SCALED,
        Gather->getExtensionType());
  auto *Scatter = cast<MaskedScatterSDNode>(N);
  return DAG.getMaskedScatter(
      N->getVTList(), Scatter->getMemoryVT(), DL,
      {Scatter->getChain(), Scatter->getValue(), Scatter->getMask(),
       Scatter->getBasePtr(), Index, Scale},
      Scatter->getMemOperand(), ISD::SIGNED_SCALED,
      Scatter->isTruncatingStore());
}

// The combiner's division by a constant makes splats of i8 and i16 when there
// are no such scalars any more.
static SDValue combineNarrowSplat(SDNode *N, SelectionDAG &DAG) {
  auto *C = dyn_cast<ConstantSDNode>(N->getOperand(0));
  EVT VT = N->getValueType(0);
  if (!C || !VT.isSimple() || isMask(VT) || C->getValueType(0) == MVT::i32 ||
      C->getValueType(0) == MVT::i64)
    return SDValue();
  return getSplat(C->getSExtValue(), VT.getSimpleVT(), SDLoc(N), DAG);
}

SDValue TatamiTargetLowering::PerformDAGCombine(SDNode *N,
                                                DAGCombinerInfo &DCI) const {
  if (N->getOpcode() == TatamiISD::ACCGET)
    return combineSlice(N, DCI.DAG);
  if (!DCI.isBeforeLegalize())
    return N->getOpcode() == ISD::SPLAT_VECTOR
               ? combineNarrowSplat(N, DCI.DAG)
               : SDValue();
  switch (N->getOpcode()) {
  case ISD::BITCAST:
    return combineMaskBitcast(N, DCI.DAG);
  case ISD::MGATHER:
  case ISD::MSCATTER:
    return combineGatherIndex(N, DCI.DAG);
  case ISD::BUILD_VECTOR:
  case ISD::SPLAT_VECTOR:
  case ISD::SCALAR_TO_VECTOR:
  case ISD::EXTRACT_VECTOR_ELT:
  case ISD::INSERT_VECTOR_ELT:
    return combineHalfLanes(N, DCI.DAG);
  default:
    return SDValue();
  }
}
