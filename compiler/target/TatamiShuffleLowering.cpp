//===- TatamiShuffleLowering.cpp - Building and moving lanes --------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Shuffles become one permutation instruction where one fits; otherwise a table
// of lane numbers for vperm or vperm2. All work is done on integer lanes.
//===----------------------------------------------------------------------===//

#include "TatamiSelectionDAGInfo.h"
#include "TatamiVectorUtils.h"

using namespace llvm;
using namespace TatamiVector;

//===----------------------------------------------------------------------===//
// BUILD_VECTOR
//===----------------------------------------------------------------------===//

// The bits of a lane if it is constant. Undefined lanes are anything.
static std::optional<int64_t> getConstantLane(SDValue V, unsigned Bits) {
  if (auto *C = dyn_cast<ConstantSDNode>(V))
    return C->getAPIntValue().trunc(Bits).getSExtValue();
  if (auto *C = dyn_cast<ConstantFPSDNode>(V))
    return C->getValueAPF().bitcastToAPInt().getSExtValue();
  return std::nullopt;
}

static SDValue lowerBuildMask(SDValue Op, SelectionDAG &DAG) {
  SDLoc DL(Op);
  MVT VT = Op.getSimpleValueType();
  uint64_t Constant = 0;
  bool AllSet = true, AnyVariable = false;
  for (auto [I, Lane] : enumerate(Op->op_values())) {
    if (Lane.isUndef())
      continue;
    auto *C = dyn_cast<ConstantSDNode>(Lane);
    AnyVariable |= !C;
    if (C && (C->getZExtValue() & 1))
      Constant |= uint64_t(1) << I;
    else
      AllSet = false;
  }
  if (!AnyVariable && (AllSet || Constant == 0))
    return DAG.getNode(ISD::SPLAT_VECTOR, DL, VT,
                       DAG.getSignedConstant(AllSet ? -1 : 0, DL, MVT::i64));
  if (SDValue Scalar = cast<BuildVectorSDNode>(Op)->getSplatValue())
    return getScalarMask(Scalar, VT, DL, DAG);
  SDValue Bits = DAG.getConstant(Constant, DL, MVT::i64);
  for (auto [I, Lane] : enumerate(Op->op_values())) {
    if (Lane.isUndef() || isa<ConstantSDNode>(Lane))
      continue;
    SDValue Bit = DAG.getNode(ISD::AND, DL, MVT::i64,
                              DAG.getAnyExtOrTrunc(Lane, DL, MVT::i64),
                              DAG.getConstant(1, DL, MVT::i64));
    Bits = DAG.getNode(ISD::OR, DL, MVT::i64, Bits,
                       DAG.getNode(ISD::SHL, DL, MVT::i64, Bit,
                                   DAG.getConstant(I, DL, MVT::i32)));
  }
  return DAG.getNode(TatamiISD::BITS_TO_MASK, DL, VT, Bits);
}

// First + I * Step, if the constant lanes are of that form.
static SDValue buildSequence(ArrayRef<std::optional<int64_t>> Lanes, MVT IntVT,
                             const SDLoc &DL, SelectionDAG &DAG) {
  std::optional<unsigned> A, B;
  for (unsigned I = 0; I != Lanes.size() && !B; ++I)
    if (Lanes[I])
      (A ? B : A) = I;
  if (!B || (*Lanes[*B] - *Lanes[*A]) % int64_t(*B - *A))
    return SDValue();
  const int64_t Step = (*Lanes[*B] - *Lanes[*A]) / int64_t(*B - *A);
  const int64_t First = *Lanes[*A] - Step * int64_t(*A);
  for (unsigned I = 0; I != Lanes.size(); ++I)
    if (Lanes[I] && *Lanes[I] != First + Step * int64_t(I))
      return SDValue();
  SDValue Result = DAG.getNode(TatamiISD::IOTA, DL, IntVT);
  if (Step == -1)
    return DAG.getNode(ISD::SUB, DL, IntVT, getSplat(First, IntVT, DL, DAG),
                       Result);
  if (Step > 0 && isPowerOf2_64(Step)) {
    if (Step > 1)
      Result = DAG.getNode(ISD::SHL, DL, IntVT, Result,
                           getSplat(Log2_64(Step), IntVT, DL, DAG));
  } else {
    Result = DAG.getNode(ISD::MUL, DL, IntVT, Result,
                         getSplat(Step, IntVT, DL, DAG));
  }
  if (First != 0)
    Result = DAG.getNode(ISD::ADD, DL, IntVT, Result,
                         getSplat(First, IntVT, DL, DAG));
  return Result;
}

static SDValue loadConstant(ArrayRef<std::optional<int64_t>> Lanes, MVT VT,
                            const SDLoc &DL, SelectionDAG &DAG) {
  Type *Element =
      IntegerType::get(*DAG.getContext(), VT.getScalarSizeInBits());
  SmallVector<Constant *, 64> Values;
  for (const std::optional<int64_t> &Lane : Lanes)
    Values.push_back(
        Lane ? cast<Constant>(ConstantInt::getSigned(
                   Element, SignExtend64(*Lane, VT.getScalarSizeInBits())))
             : UndefValue::get(Element));
  SDValue Pool = DAG.getConstantPool(ConstantVector::get(Values), MVT::i64,
                                     Align(64));
  MVT IntVT = getIntType(VT);
  SDValue Load = DAG.getLoad(
      IntVT, DL, DAG.getEntryNode(), Pool,
      MachinePointerInfo::getConstantPool(DAG.getMachineFunction()), Align(64));
  return DAG.getBitcast(VT, Load);
}

SDValue TatamiVector::lowerBuildVector(SDValue Op, SelectionDAG &DAG) {
  MVT VT = Op.getSimpleValueType();
  if (isMask(VT))
    return lowerBuildMask(Op, DAG);
  SDLoc DL(Op);
  const unsigned Bits = VT.getScalarSizeInBits();
  const MVT IntVT = getIntType(VT);

  SmallVector<std::optional<int64_t>, 64> Lanes;
  unsigned NumConstant = 0, NumVariable = 0;
  SDValue Same;
  bool IsSplat = true;
  for (const SDValue &Lane : Op->op_values()) {
    Lanes.push_back(Lane.isUndef() ? std::nullopt : getConstantLane(Lane, Bits));
    if (Lane.isUndef())
      continue;
    ++(Lanes.back() ? NumConstant : NumVariable);
    if (!Same.getNode())
      Same = Lane;
    IsSplat &= Same == Lane;
  }
  if (!Same.getNode())
    return DAG.getUNDEF(VT);

  if (NumVariable == 0) {
    std::optional<int64_t> First;
    bool Equal = true;
    for (const std::optional<int64_t> &Lane : Lanes)
      if (Lane) {
        if (!First)
          First = Lane;
        Equal &= *Lane == *First;
      }
    if (Equal)
      return getSplat(*First, VT, DL, DAG);
    if (VT.isInteger())
      if (SDValue Sequence = buildSequence(Lanes, IntVT, DL, DAG))
        return DAG.getBitcast(VT, Sequence);
    return loadConstant(Lanes, VT, DL, DAG);
  }
  // Halves are integers by now (combineHalfLanes).
  if (VT != MVT::v16f32 && !VT.isInteger())
    return SDValue();
  if (IsSplat)
    return DAG.getNode(ISD::SPLAT_VECTOR, DL, VT, Same);

  // A start that has most lanes right, then lane after lane.
  SDValue Result;
  SmallVector<bool, 64> Done(Lanes.size(), false);
  if (NumConstant) {
    bool Equal = true;
    std::optional<int64_t> First;
    for (const std::optional<int64_t> &Lane : Lanes)
      if (Lane) {
        if (!First)
          First = Lane;
        Equal &= *Lane == *First;
      }
    Result = Equal ? getSplat(*First, VT, DL, DAG)
                   : loadConstant(Lanes, VT, DL, DAG);
    for (unsigned I = 0; I != Lanes.size(); ++I)
      Done[I] = Lanes[I].has_value();
  } else {
    // The value that occurs most often goes everywhere first.
    SmallDenseMap<SDValue, unsigned, 16> Count;
    SDValue Most = Same;
    for (const SDValue &Lane : Op->op_values())
      if (!Lane.isUndef() && ++Count[Lane] > Count[Most])
        Most = Lane;
    Result = DAG.getNode(ISD::SPLAT_VECTOR, DL, VT, Most);
    for (auto [I, Lane] : enumerate(Op->op_values()))
      Done[I] = Lane == Most;
  }
  for (auto [I, Lane] : enumerate(Op->op_values()))
    if (!Lane.isUndef() && !Done[I])
      Result = DAG.getNode(TatamiISD::INSERT, DL, VT, Result, Lane,
                           DAG.getTargetConstant(I, DL, MVT::i64));
  return Result;
}

//===----------------------------------------------------------------------===//
// VECTOR_SHUFFLE
//===----------------------------------------------------------------------===//

namespace {
/// A shuffle's mask with the questions asked of it. Lanes below zero are free.
struct ShuffleMask {
  SmallVector<int, 64> Lanes;

  int size() const { return Lanes.size(); }
  template <typename FunctionT> bool matches(FunctionT Expected) const {
    for (int I = 0; I != size(); ++I)
      if (Lanes[I] >= 0 && Lanes[I] != Expected(I))
        return false;
    return true;
  }
  /// Lanes Start, Start + 1, ... of the two vectors one after the other.
  std::optional<int> getWindow() const {
    for (int I = 0; I != size(); ++I)
      if (Lanes[I] >= 0) {
        const int Start = Lanes[I] - I;
        if (Start < 0 || Start > size())
          return std::nullopt;
        if (matches([&](int J) { return Start + J; }))
          return Start;
        return std::nullopt;
      }
    return 0;
  }
};
} // namespace

// One register that serves as both: a mask that reads only one of them.
static bool readsOnly(const ShuffleMask &M, bool Second) {
  return llvm::all_of(M.Lanes, [&](int Lane) {
    return Lane < 0 || (Lane >= M.size()) == Second;
  });
}

static SDValue shuffleByInstruction(SDValue A, SDValue B, const ShuffleMask &M,
                                    const SDLoc &DL, SelectionDAG &DAG) {
  const MVT VT = A.getSimpleValueType();
  const int N = M.size();
  const unsigned Bits = VT.getScalarSizeInBits();
  const bool Single = B.isUndef();
  // With one source, its lanes stand for both.
  auto Fits = [&](auto Expected) {
    return M.matches([&](int I) {
      int Lane = Expected(I);
      return Single ? Lane % N : Lane;
    });
  };
  SDValue Second = Single ? A : B;

  // Zips of elements of any width up to half a register.
  for (unsigned Width = Bits; Width <= 256; Width *= 2) {
    const int Per = Width / Bits; // lanes in an element
    auto Zip = [&](bool High) {
      return [=](int I) {
        const int Element = I / Per, Inside = I % Per;
        const int Source = Element / 2 + (High ? N / Per / 2 : 0);
        return (Element % 2 ? N : 0) + Source * Per + Inside;
      };
    };
    for (bool High : {false, true})
      if (Fits(Zip(High)))
        return getZip(High, A, Second, Width, DL, DAG);
  }
  // Every second element.
  for (unsigned Width = Bits; Width <= 64; Width *= 2) {
    const int Per = Width / Bits;
    for (int Odd : {0, 1})
      if (Fits([=](int I) {
            return (I / Per * 2 + Odd) * Per + I % Per;
          })) {
        MVT Wide = getFullType(EVT(MVT::getIntegerVT(Width)));
        SDValue Result = DAG.getNode(
            Odd ? TatamiISD::UZPO : TatamiISD::UZPE, DL, Wide,
            DAG.getBitcast(Wide, A), DAG.getBitcast(Wide, Second));
        return DAG.getBitcast(VT, Result);
      }
  }
  return SDValue();
}

SDValue TatamiVector::lowerShuffle(SDValue Op, SelectionDAG &DAG) {
  auto *N = cast<ShuffleVectorSDNode>(Op);
  SDLoc DL(Op);
  const MVT VT = Op.getSimpleValueType();
  if (isMask(VT)) {
    // By way of bytes: -1 and 0 there and back.
    const unsigned Lanes = VT.getVectorNumElements();
    MVT Wide = MVT::getVectorVT(MVT::getIntegerVT(512 / Lanes), Lanes);
    auto Widen = [&](SDValue V) {
      return V.isUndef() ? DAG.getUNDEF(Wide)
                         : DAG.getNode(ISD::SIGN_EXTEND, DL, Wide, V);
    };
    SDValue Moved =
        DAG.getVectorShuffle(Wide, DL, Widen(N->getOperand(0)),
                             Widen(N->getOperand(1)), N->getMask());
    return DAG.getSetCC(DL, VT, Moved, getSplat(0, Wide, DL, DAG), ISD::SETNE);
  }
  if (!isFull(VT))
    return SDValue();

  const MVT IntVT = getIntType(VT);
  const unsigned Bits = VT.getScalarSizeInBits();
  SDValue A = N->getOperand(0), B = N->getOperand(1);
  ShuffleMask M{SmallVector<int, 64>(N->getMask())};
  if (A == B)
    for (int &Lane : M.Lanes)
      if (Lane >= M.size())
        Lane -= M.size();
  if (readsOnly(M, false)) {
    B = DAG.getUNDEF(VT);
  } else if (readsOnly(M, true)) {
    A = B;
    B = DAG.getUNDEF(VT);
    for (int &Lane : M.Lanes)
      Lane -= Lane >= 0 ? M.size() : 0;
  }
  auto Int = [&](SDValue V) {
    return V.isUndef() ? DAG.getUNDEF(IntVT) : DAG.getBitcast(IntVT, V);
  };
  SDValue IA = Int(A), IB = Int(B);

  if (N->isSplat() && N->getSplatIndex() == 0 && VT == MVT::v16f32 &&
      readsOnly(ShuffleMask{SmallVector<int, 64>(N->getMask())}, false))
    return DAG.getNode(ISD::SPLAT_VECTOR, DL, VT,
                       DAG.getNode(TatamiISD::EXTRACT, DL, MVT::f32, A,
                                   DAG.getTargetConstant(0, DL, MVT::i64)));
  if (std::optional<int> Start = M.getWindow())
    return DAG.getBitcast(VT, getAlign(IA, IB, *Start * Bits / 8, DL, DAG));
  // A rotation of one register, or B before A.
  for (int Start = 1; Start < M.size(); ++Start) {
    if (B.isUndef() &&
        M.matches([&](int I) { return (I + Start) % M.size(); }))
      return DAG.getBitcast(VT, getAlign(IA, IA, Start * Bits / 8, DL, DAG));
    if (!B.isUndef() && M.matches([&](int I) {
          return (I + Start + M.size()) % (2 * M.size());
        }))
      return DAG.getBitcast(VT, getAlign(IB, IA, Start * Bits / 8, DL, DAG));
  }
  if (SDValue Result = shuffleByInstruction(IA, IB, M, DL, DAG))
    return DAG.getBitcast(VT, Result);
  if (!B.isUndef()) {
    ShuffleMask Swapped = M;
    for (int &Lane : Swapped.Lanes)
      if (Lane >= 0)
        Lane = (Lane + M.size()) % (2 * M.size());
    if (SDValue Result = shuffleByInstruction(IB, IA, Swapped, DL, DAG))
      return DAG.getBitcast(VT, Result);
    // Every lane stays where it is: a selection.
    if (M.matches([&](int I) { return M.Lanes[I] % M.size() == I
                                          ? M.Lanes[I] : -2; })) {
      uint64_t FromA = 0;
      for (int I = 0; I != M.size(); ++I)
        if (M.Lanes[I] >= 0 && M.Lanes[I] < M.size())
          FromA |= uint64_t(1) << I;
      SDValue Mask = DAG.getNode(TatamiISD::BITS_TO_MASK, DL,
                                 getMaskType(M.size()),
                                 DAG.getConstant(FromA, DL, MVT::i64));
      return DAG.getNode(ISD::VSELECT, DL, VT, Mask, A, B);
    }
  }
  // Lane numbers in a register.
  SmallVector<SDValue, 64> Numbers;
  MVT Scalar = Bits == 64 ? MVT::i64 : MVT::i32;
  for (int Lane : M.Lanes)
    Numbers.push_back(Lane < 0 ? DAG.getUNDEF(Scalar)
                               : DAG.getConstant(Lane, DL, Scalar));
  SDValue Table = DAG.getBuildVector(IntVT, DL, Numbers);
  SDValue Result =
      B.isUndef()
          ? DAG.getNode(TatamiISD::VPERM, DL, IntVT, IA, Table)
          : DAG.getNode(TatamiISD::VPERM2, DL, IntVT, Table, IA, IB);
  return DAG.getBitcast(VT, Result);
}

//===----------------------------------------------------------------------===//
// Subvectors
//===----------------------------------------------------------------------===//

static SDValue maskBits(SDValue Mask, const SDLoc &DL, SelectionDAG &DAG) {
  const unsigned Lanes = Mask.getValueType().getVectorNumElements();
  if (Mask.isUndef())
    return DAG.getConstant(0, DL, MVT::i64);
  SDValue Bits = DAG.getNode(TatamiISD::MASK_TO_BITS, DL, MVT::i64,
                             widen(Mask, DL, DAG));
  if (Lanes == 64)
    return Bits;
  return DAG.getNode(
      ISD::AND, DL, MVT::i64, Bits,
      DAG.getConstant(maskTrailingOnes<uint64_t>(Lanes), DL, MVT::i64));
}

static SDValue lowerMaskSubvector(SDValue Op, SelectionDAG &DAG) {
  SDLoc DL(Op);
  const EVT VT = Op.getValueType();
  auto Shift = [&](unsigned Opcode, SDValue V, uint64_t Amount) {
    return DAG.getNode(Opcode, DL, MVT::i64, V,
                       DAG.getConstant(Amount, DL, MVT::i32));
  };
  SDValue Bits;
  switch (Op.getOpcode()) {
  case ISD::EXTRACT_SUBVECTOR: {
    const uint64_t Index = Op.getConstantOperandVal(1);
    if (Index == 0)
      return Op;
    Bits = Shift(ISD::SRL, maskBits(Op.getOperand(0), DL, DAG), Index);
    break;
  }
  case ISD::INSERT_SUBVECTOR: {
    const uint64_t Index = Op.getConstantOperandVal(2);
    if (Index == 0 && Op.getOperand(0).isUndef())
      return Op;
    const unsigned Lanes =
        Op.getOperand(1).getValueType().getVectorNumElements();
    const uint64_t Hole = maskTrailingOnes<uint64_t>(Lanes) << Index;
    Bits = DAG.getNode(ISD::AND, DL, MVT::i64,
                       maskBits(Op.getOperand(0), DL, DAG),
                       DAG.getConstant(~Hole, DL, MVT::i64));
    Bits = DAG.getNode(
        ISD::OR, DL, MVT::i64, Bits,
        Shift(ISD::SHL, maskBits(Op.getOperand(1), DL, DAG), Index));
    break;
  }
  default: {
    bool RestUndef = true, RestEmpty = true;
    for (const SDValue &Part : drop_begin(Op->op_values())) {
      RestUndef &= Part.isUndef();
      RestEmpty &= Part.isUndef() ||
                   ISD::isConstantSplatVectorAllZeros(Part.getNode());
    }
    if (RestEmpty) {
      SDValue First = Op.getOperand(0);
      const unsigned Lanes = First.getValueType().getVectorNumElements();
      MVT Full = getMaskType(VT.getVectorNumElements());
      if (First.getValueType() != Full)
        First = DAG.getNode(ISD::INSERT_SUBVECTOR, DL, Full,
                            DAG.getUNDEF(Full), First,
                            DAG.getVectorIdxConstant(0, DL));
      if (!RestUndef)
        First = DAG.getNode(ISD::AND, DL, Full, First,
                            getLowMask(Full, Lanes, DL, DAG));
      return narrow(First, VT, DL, DAG);
    }
    unsigned At = 0;
    for (const SDValue &Part : Op->op_values()) {
      if (!Part.isUndef()) {
        SDValue Moved = Shift(ISD::SHL, maskBits(Part, DL, DAG), At);
        Bits = Bits ? DAG.getNode(ISD::OR, DL, MVT::i64, Bits, Moved) : Moved;
      }
      At += Part.getValueType().getVectorNumElements();
    }
    if (!Bits)
      return DAG.getUNDEF(VT);
    break;
  }
  }
  MVT Full = getMaskType(VT.getVectorNumElements());
  return narrow(DAG.getNode(TatamiISD::BITS_TO_MASK, DL, Full, Bits), VT, DL,
                DAG);
}

SDValue TatamiVector::lowerSubvector(SDValue Op, SelectionDAG &DAG) {
  SDLoc DL(Op);
  const EVT VT = Op.getValueType();
  if (isMask(VT))
    return lowerMaskSubvector(Op, DAG);
  const unsigned Bytes = VT.getScalarSizeInBits() / 8;

  switch (Op.getOpcode()) {
  case ISD::EXTRACT_SUBVECTOR: {
    // The result has less than 512 bits: the caller widens it.
    if (Op.getOperand(0).getValueType().getFixedSizeInBits() > 512)
      return SDValue();
    SDValue Source = widen(Op.getOperand(0), DL, DAG);
    return getAlign(Source, DAG.getUNDEF(Source.getValueType()),
                    Op.getConstantOperandVal(1) * Bytes, DL, DAG);
  }
  case ISD::INSERT_SUBVECTOR: {
    if (!isFull(VT))
      return SDValue();
    const uint64_t Index = Op.getConstantOperandVal(2);
    SDValue Base = Op.getOperand(0), Part = Op.getOperand(1);
    if (Base.isUndef() && Index == 0)
      return SDValue(); // only while types are legalised
    const unsigned Lanes = Part.getValueType().getVectorNumElements();
    const unsigned Total = VT.getVectorNumElements();
    Part = widen(Part, DL, DAG);
    SmallVector<int, 64> Mask;
    for (unsigned I = 0; I != Total; ++I)
      Mask.push_back(I >= Index && I < Index + Lanes ? Total + I - Index : I);
    return DAG.getVectorShuffle(VT, DL, Base, Part, Mask);
  }
  case ISD::CONCAT_VECTORS: {
    if (VT.getFixedSizeInBits() > 512)
      return SDValue();
    // Pairs of parts, then pairs of pairs.
    const EVT PartVT = Op.getOperand(0).getValueType();
    if (PartVT.getFixedSizeInBits() >= 512 ||
        !isPowerOf2_64(PartVT.getFixedSizeInBits()))
      return SDValue();
    unsigned Bits = PartVT.getFixedSizeInBits();
    SmallVector<SDValue, 16> Parts;
    for (const SDValue &Part : Op->op_values())
      Parts.push_back(Part.isUndef()
                          ? DAG.getUNDEF(getFullType(VT.getVectorElementType()))
                          : widen(Part, DL, DAG));
    while (Parts.size() > 1) {
      if (Parts.size() % 2)
        Parts.push_back(DAG.getUNDEF(Parts[0].getValueType()));
      SmallVector<SDValue, 16> Next;
      for (unsigned I = 0; I != Parts.size(); I += 2)
        Next.push_back(Parts[I + 1].isUndef()
                           ? Parts[I]
                           : getZip(false, Parts[I], Parts[I + 1], Bits, DL,
                                    DAG));
      Parts = Next;
      Bits *= 2;
    }
    return Parts[0];
  }
  default:
    return SDValue();
  }
}
