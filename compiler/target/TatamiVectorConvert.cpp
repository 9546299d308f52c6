//===- TatamiVectorConvert.cpp - Changes of lane width, reductions --------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#include "TatamiSelectionDAGInfo.h"
#include "TatamiVectorUtils.h"

using namespace llvm;
using namespace TatamiVector;

//===----------------------------------------------------------------------===//
// Lane widths
//===----------------------------------------------------------------------===//

// Lanes of any number narrowed into the low part of one register.
static SDValue truncateInto(SDValue V, EVT Element, const SDLoc &DL,
                            SelectionDAG &DAG) {
  EVT VT = V.getValueType();
  MVT To = getFullType(Element);
  if (VT.getFixedSizeInBits() <= 512) {
    SDValue Source = widen(V, DL, DAG);
    return DAG.getNode(TatamiISD::TRUNC, DL, To, Source);
  }
  auto [Low, High] = DAG.SplitVector(V, DL);
  const unsigned Bits = Low.getValueType().getVectorNumElements() *
                        Element.getFixedSizeInBits();
  // Two whole registers: every second lane of both.
  if (VT.getFixedSizeInBits() == 1024 &&
      VT.getScalarSizeInBits() == 2 * Element.getFixedSizeInBits())
    return DAG.getNode(TatamiISD::UZPE, DL, To, DAG.getBitcast(To, Low),
                       DAG.getBitcast(To, High));
  return getZip(false, truncateInto(Low, Element, DL, DAG),
                truncateInto(High, Element, DL, DAG), Bits, DL, DAG);
}

static SDValue lowerTruncate(SDValue Op, SelectionDAG &DAG) {
  SDLoc DL(Op);
  SDValue V = Op.getOperand(0);
  EVT From = V.getValueType(), To = Op.getValueType();
  const unsigned FromBits = From.getScalarSizeInBits();
  if (!isPowerOf2_32(From.getVectorNumElements()) || FromBits > 64 ||
      FromBits < 16 || !isPowerOf2_32(FromBits) ||
      To.getFixedSizeInBits() > 512 || isAccumulator(From))
    return SDValue();
  return truncateInto(V, To.getVectorElementType(), DL, DAG);
}

static SDValue lowerExtendInReg(SDValue Op, SelectionDAG &DAG) {
  SDLoc DL(Op);
  SDValue V = Op.getOperand(0);
  EVT From = V.getValueType();
  if (!isFull(From) || !isFull(Op.getValueType()))
    return SDValue();
  return DAG.getNode(Op.getOpcode() == ISD::SIGN_EXTEND_VECTOR_INREG
                         ? TatamiISD::SEXTL
                         : TatamiISD::ZEXTL,
                     DL, Op.getValueType(), V);
}

static SDValue lowerExtend(SDValue Op, SelectionDAG &DAG) {
  SDLoc DL(Op);
  SDValue V = Op.getOperand(0);
  EVT From = V.getValueType();
  if (isMask(From))
    return Op; // a pattern
  if (!isFull(Op.getValueType()) || From.getFixedSizeInBits() >= 512)
    return SDValue();
  return DAG.getNode(Op.getOpcode() == ISD::SIGN_EXTEND ? TatamiISD::SEXTL
                                                        : TatamiISD::ZEXTL,
                     DL, Op.getValueType(), widen(V, DL, DAG));
}

//===----------------------------------------------------------------------===//
// Floating point
//===----------------------------------------------------------------------===//

static bool isHalf(EVT VT) {
  EVT Element = VT.getScalarType();
  return Element == MVT::f16 || Element == MVT::bf16;
}

static SDValue lowerFPExtend(SDValue Op, SelectionDAG &DAG) {
  SDLoc DL(Op);
  SDValue V = Op.getOperand(0);
  if (!isHalf(V.getValueType()) ||
      Op.getValueType().getVectorElementType() != MVT::f32 ||
      Op.getValueType().getVectorNumElements() > 16)
    return SDValue();
  return DAG.getNode(TatamiISD::FWIDENL, DL, MVT::v16f32, widen(V, DL, DAG));
}

static SDValue lowerFPRound(SDValue Op, SelectionDAG &DAG) {
  SDLoc DL(Op);
  SDValue V = Op.getOperand(0);
  EVT To = Op.getValueType();
  if (!isHalf(To) || V.getValueType().getVectorElementType() != MVT::f32)
    return SDValue();
  MVT Full = getFullType(To.getVectorElementType());
  const unsigned Lanes = To.getVectorNumElements();
  if (Lanes <= 16)
    return DAG.getNode(TatamiISD::FNARROW, DL, Full, widen(V, DL, DAG),
                       DAG.getUNDEF(MVT::v16f32));
  if (Lanes != 32)
    return SDValue();
  auto [Low, High] = DAG.SplitVector(V, DL);
  return DAG.getNode(TatamiISD::FNARROW, DL, Full, Low, High);
}

// An operation on 32 halves is one on each 16 of them in FP32.
static SDValue lowerHalfArithmetic(SDValue Op, SelectionDAG &DAG) {
  SDLoc DL(Op);
  MVT VT = Op.getSimpleValueType();
  MVT IntVT = MVT::v32i16;
  if (Op.getOpcode() == ISD::FNEG || Op.getOpcode() == ISD::FABS) {
    const bool IsNeg = Op.getOpcode() == ISD::FNEG;
    SDValue Bits = DAG.getBitcast(IntVT, Op.getOperand(0));
    SDValue Sign = getSplat(IsNeg ? 0x8000 : 0x7fff, IntVT, DL, DAG);
    return DAG.getBitcast(VT, DAG.getNode(IsNeg ? ISD::XOR : ISD::AND, DL,
                                          IntVT, Bits, Sign));
  }
  SmallVector<SDValue, 3> Low, High;
  for (const SDValue &Operand : Op->op_values()) {
    Low.push_back(DAG.getNode(TatamiISD::FWIDENL, DL, MVT::v16f32, Operand));
    High.push_back(DAG.getNode(TatamiISD::FWIDENH, DL, MVT::v16f32, Operand));
  }
  SDNodeFlags Flags = Op->getFlags();
  return DAG.getNode(TatamiISD::FNARROW, DL, VT,
                     DAG.getNode(Op.getOpcode(), DL, MVT::v16f32, Low, Flags),
                     DAG.getNode(Op.getOpcode(), DL, MVT::v16f32, High, Flags));
}

static SDValue lowerHalfSetCC(SDValue Op, SelectionDAG &DAG) {
  SDLoc DL(Op);
  SDValue L = Op.getOperand(0), R = Op.getOperand(1);
  auto Compare = [&](unsigned Widen) {
    return DAG.getNode(ISD::SETCC, DL, MVT::v16i1,
                       DAG.getNode(Widen, DL, MVT::v16f32, L),
                       DAG.getNode(Widen, DL, MVT::v16f32, R),
                       Op.getOperand(2));
  };
  return DAG.getNode(ISD::CONCAT_VECTORS, DL, MVT::v32i1,
                     Compare(TatamiISD::FWIDENL), Compare(TatamiISD::FWIDENH));
}

// Between FP32 and integers of 8, 16 bits or none: by way of 32.
static SDValue lowerIntFloat(SDValue Op, SelectionDAG &DAG) {
  SDLoc DL(Op);
  SDValue V = Op.getOperand(0);
  EVT From = V.getValueType(), To = Op.getValueType();
  const unsigned Lanes = To.getVectorNumElements();
  const bool ToInt =
      Op.getOpcode() == ISD::FP_TO_SINT || Op.getOpcode() == ISD::FP_TO_UINT;
  EVT IntVT = ToInt ? To : From, FloatVT = ToInt ? From : To;
  if (FloatVT.getVectorElementType() != MVT::f32 || Lanes > 16 ||
      IntVT.getScalarSizeInBits() > 32)
    return SDValue();
  const bool IsSigned =
      Op.getOpcode() == ISD::FP_TO_SINT || Op.getOpcode() == ISD::SINT_TO_FP;
  const unsigned IntBits = IntVT.getScalarSizeInBits();
  if (IntBits == 32 && Lanes == 16)
    return Op;
  if (ToInt) {
    SDValue Int = DAG.getNode(IntBits < 32 ? unsigned(ISD::FP_TO_SINT)
                                           : Op.getOpcode(),
                              DL, MVT::v16i32, widen(V, DL, DAG));
    return IntBits == 32 ? Int
                         : DAG.getNode(TatamiISD::TRUNC, DL,
                                       getFullType(To.getVectorElementType()),
                                       Int);
  }
  SDValue Int;
  if (IntBits == 32)
    Int = widen(V, DL, DAG);
  else if (IntBits == 1)
    Int = DAG.getNode(IsSigned ? ISD::SIGN_EXTEND : ISD::ZERO_EXTEND, DL,
                      MVT::v16i32, Lanes == 16 ? V : narrow(DAG.getNode(
                          ISD::INSERT_SUBVECTOR, DL, MVT::v16i1,
                          DAG.getUNDEF(MVT::v16i1), V,
                          DAG.getVectorIdxConstant(0, DL)),
                          MVT::v16i1, DL, DAG));
  else
    Int = DAG.getNode(IsSigned ? TatamiISD::SEXTL : TatamiISD::ZEXTL, DL,
                      MVT::v16i32, widen(V, DL, DAG));
  SDValue Float = DAG.getNode(Op.getOpcode(), DL, MVT::v16f32, Int);
  return narrow(Float, To, DL, DAG);
}

SDValue TatamiVector::lowerConversion(SDValue Op, SelectionDAG &DAG) {
  if (!Op.getValueType().isVector())
    return SDValue();
  switch (Op.getOpcode()) {
  case ISD::TRUNCATE:
    return lowerTruncate(Op, DAG);
  case ISD::SIGN_EXTEND:
  case ISD::ZERO_EXTEND:
  case ISD::ANY_EXTEND:
    return lowerExtend(Op, DAG);
  case ISD::SIGN_EXTEND_VECTOR_INREG:
  case ISD::ZERO_EXTEND_VECTOR_INREG:
  case ISD::ANY_EXTEND_VECTOR_INREG:
    return lowerExtendInReg(Op, DAG);
  case ISD::FP_EXTEND:
    return lowerFPExtend(Op, DAG);
  case ISD::FP_ROUND:
    return lowerFPRound(Op, DAG);
  case ISD::FP_TO_SINT:
  case ISD::FP_TO_UINT:
  case ISD::SINT_TO_FP:
  case ISD::UINT_TO_FP:
    return lowerIntFloat(Op, DAG);
  case ISD::SETCC:
    return isHalf(Op.getOperand(0).getValueType()) ? lowerHalfSetCC(Op, DAG)
                                                   : Op;
  case ISD::FADD:
  case ISD::FSUB:
  case ISD::FMUL:
  case ISD::FDIV:
  case ISD::FSQRT:
  case ISD::FNEG:
  case ISD::FABS:
  case ISD::FMINNUM:
  case ISD::FMAXNUM:
  case ISD::FMINIMUMNUM:
  case ISD::FMAXIMUMNUM:
    return isHalf(Op.getValueType()) && isFull(Op.getValueType())
               ? lowerHalfArithmetic(Op, DAG)
               : SDValue();
  default:
    return SDValue();
  }
}

//===----------------------------------------------------------------------===//
// Reductions
//===----------------------------------------------------------------------===//

static SDValue lowerMaskReduction(SDValue Op, SelectionDAG &DAG) {
  SDLoc DL(Op);
  SDValue Mask = Op.getOperand(0);
  const unsigned Lanes = Mask.getValueType().getVectorNumElements();
  SDValue All = DAG.getConstant(maskTrailingOnes<uint64_t>(Lanes), DL, MVT::i64);
  SDValue Bits = DAG.getNode(
      ISD::AND, DL, MVT::i64,
      DAG.getNode(TatamiISD::MASK_TO_BITS, DL, MVT::i64, Mask), All);
  SDValue Result;
  switch (Op.getOpcode()) {
  case ISD::VECREDUCE_AND:
  case ISD::VECREDUCE_UMIN:
  case ISD::VECREDUCE_SMAX:
    Result = DAG.getSetCC(DL, MVT::i64, Bits, All, ISD::SETEQ);
    break;
  case ISD::VECREDUCE_OR:
  case ISD::VECREDUCE_UMAX:
  case ISD::VECREDUCE_SMIN:
    Result = DAG.getSetCC(DL, MVT::i64, Bits, DAG.getConstant(0, DL, MVT::i64),
                          ISD::SETNE);
    break;
  default: // sums modulo 2
    Result = DAG.getNode(ISD::AND, DL, MVT::i64,
                         DAG.getNode(ISD::CTPOP, DL, MVT::i64, Bits),
                         DAG.getConstant(1, DL, MVT::i64));
    break;
  }
  return DAG.getAnyExtOrTrunc(Result, DL, Op.getValueType());
}

SDValue TatamiVector::lowerReduction(SDValue Op, SelectionDAG &DAG) {
  SDLoc DL(Op);
  if (Op.getOpcode() == ISD::VECREDUCE_SEQ_FADD)
    return DAG.getNode(TatamiISD::FREDOSUM, DL, MVT::f32, Op.getOperand(0),
                       Op.getOperand(1));
  SDValue V = Op.getOperand(0);
  EVT VT = V.getValueType();
  if (VT.getFixedSizeInBits() > 512)
    return SDValue();
  if (isMask(VT))
    return lowerMaskReduction(Op, DAG);

  const unsigned Bits = VT.getScalarSizeInBits();
  const int64_t Min = int64_t(1) << (Bits - 1);
  unsigned Opcode;
  int64_t Neutral = 0;
  switch (Op.getOpcode()) {
  case ISD::VECREDUCE_ADD:
    Opcode = TatamiISD::REDSUM;
    break;
  case ISD::VECREDUCE_FADD:
    Opcode = TatamiISD::REDSUM;
    Neutral = Min; // -0.0
    break;
  case ISD::VECREDUCE_FMIN:
    Opcode = TatamiISD::REDMIN;
    Neutral = 0x7fc00000; // a NaN gives way to any number
    break;
  case ISD::VECREDUCE_FMAX:
    Opcode = TatamiISD::REDMAX;
    Neutral = 0x7fc00000;
    break;
  case ISD::VECREDUCE_AND:
    Opcode = TatamiISD::REDAND;
    Neutral = -1;
    break;
  case ISD::VECREDUCE_OR:
    Opcode = TatamiISD::REDOR;
    break;
  case ISD::VECREDUCE_XOR:
    Opcode = TatamiISD::REDXOR;
    break;
  case ISD::VECREDUCE_SMIN:
    Opcode = TatamiISD::REDMIN;
    Neutral = Min - 1;
    break;
  case ISD::VECREDUCE_SMAX:
    Opcode = TatamiISD::REDMAX;
    Neutral = Min;
    break;
  case ISD::VECREDUCE_UMIN:
    Opcode = TatamiISD::REDMINU;
    Neutral = -1;
    break;
  default:
    Opcode = TatamiISD::REDMAXU;
    break;
  }
  const unsigned Lanes = VT.getVectorNumElements();
  SDValue Whole = widen(V, DL, DAG);
  MVT Full = Whole.getSimpleValueType();
  if (Lanes != Full.getVectorNumElements())
    Whole = DAG.getNode(
        ISD::VSELECT, DL, Full,
        getLowMask(getMaskType(Full.getVectorNumElements()), Lanes, DL, DAG),
        Whole, getSplat(Neutral, Full, DL, DAG));
  if (!VT.isInteger())
    return DAG.getNode(Opcode, DL, MVT::f32, Whole);
  return DAG.getAnyExtOrTrunc(DAG.getNode(Opcode, DL, MVT::i64, Whole), DL,
                              Op.getValueType());
}
