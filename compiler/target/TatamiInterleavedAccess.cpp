//===- TatamiInterleavedAccess.cpp - Arrays of structures -----------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The vectoriser reads an array of structures as one wide vector and takes
// every Factor-th lane of it. Here the wide vector becomes registers, and the
// lanes are moved by instructions of two registers each: trees of unzips and
// zips where the factor allows, tables of lane numbers otherwise.
//===----------------------------------------------------------------------===//

#include "TatamiISelLowering.h"
#include "llvm/IR/IRBuilder.h"
#include "llvm/IR/Instructions.h"

using namespace llvm;

namespace {

/// Registers and lanes of a group of \c Factor vectors of equal length.
class InterleaveShape {
public:
  unsigned Factor, Lanes; // of the group; of each of its vectors
  unsigned PerRegister;   // lanes of a register
  Type *Element;
  FixedVectorType *Register;

  InterleaveShape(FixedVectorType *Member, unsigned Factor)
      : Factor(Factor), Lanes(Member->getNumElements()),
        Element(Member->getElementType()) {
    unsigned Bits = Element->isPointerTy() ? 64 : Element->getScalarSizeInBits();
    PerRegister = 512 / std::max(1u, Bits);
    Register = FixedVectorType::get(Element, PerRegister);
  }

  bool isSupported() const {
    const bool IsLane = Element->isFloatTy() || Element->isHalfTy() ||
                        Element->isBFloatTy() || Element->isPointerTy() ||
                        Element->isIntegerTy(8) || Element->isIntegerTy(16) ||
                        Element->isIntegerTy(32) || Element->isIntegerTy(64);
    return IsLane && isPowerOf2_32(Lanes);
  }
  /// Lanes that are moved together: at most a register of each vector.
  unsigned chunkLanes() const { return std::min(Lanes, PerRegister); }
  unsigned chunks() const { return Lanes / chunkLanes(); }
  /// Registers that one chunk of the whole group takes in memory.
  unsigned chunkRegisters() const {
    return divideCeil(Factor * chunkLanes(), PerRegister);
  }
  bool isWhole() const { return chunkLanes() == PerRegister; }
};

/// Emits the shuffles and accesses for one group.
class InterleaveBuilder {
  const InterleaveShape &Shape;
  IRBuilder<> Builder;
  AAMDNodes Metadata;
  DenseMap<std::pair<unsigned, unsigned>, SmallVector<Value *, 8>> Halves;

  int n() const { return Shape.PerRegister; }

  Value *shuffle(Value *A, Value *B, function_ref<int(int)> Lane) {
    SmallVector<int, 64> Mask;
    for (int I = 0; I != n(); ++I)
      Mask.push_back(Lane(I));
    return Builder.CreateShuffleVector(A, B, Mask);
  }

  // Lane I of the result is element Wanted(I) of the registers one after the
  // other, or anything where that is negative.
  Value *collect(ArrayRef<Value *> Registers, function_ref<int(int)> Wanted) {
    Value *Result = nullptr;
    SmallVector<bool, 64> Done(n(), false);
    for (unsigned R = 0; R < Registers.size(); ++R) {
      // The first one comes together with the second.
      const unsigned First = Result ? R : R++;
      Value *A = Result ? Result : Registers[First];
      Value *B = R < Registers.size() ? Registers[R]
                                      : PoisonValue::get(Shape.Register);
      const bool Continues = Result != nullptr;
      Result = shuffle(A, B, [&](int I) -> int {
        const int Element = Wanted(I);
        if (Element < 0)
          return -1;
        if (Continues && Done[I])
          return I;
        const unsigned Source = Element / n();
        if (Source != R && (Continues || Source != First))
          return -1;
        Done[I] = true;
        return Element % n() + (Source == R ? n() : 0);
      });
    }
    return Result;
  }

public:
  InterleaveBuilder(const InterleaveShape &Shape, Instruction *Before)
      : Shape(Shape), Builder(Before), Metadata(Before->getAAMetadata()) {}

  Value *address(Value *Base, unsigned Register) {
    return Register ? Builder.CreateConstGEP1_64(Builder.getInt8Ty(), Base,
                                                 64 * Register)
                    : Base;
  }

  // The lanes of a register that are the group's, for the last one.
  Constant *laneMask(unsigned Valid) {
    SmallVector<Constant *, 64> Bits;
    for (int I = 0; I != n(); ++I)
      Bits.push_back(Builder.getInt1(I < int(Valid)));
    return ConstantVector::get(Bits);
  }

  Value *load(Value *Base, Align Alignment, unsigned Register,
              unsigned Valid) {
    Value *Address = address(Base, Register);
    const Align A = commonAlignment(Alignment, 64 * Register);
    Instruction *Load =
        int(Valid) == n()
            ? static_cast<Instruction *>(
                  Builder.CreateAlignedLoad(Shape.Register, Address, A))
            : Builder.CreateMaskedLoad(Shape.Register, Address, A,
                                       laneMask(Valid));
    Load->setAAMetadata(Metadata);
    return Load;
  }

  void store(Value *V, Value *Base, Align Alignment, unsigned Register,
             unsigned Valid) {
    Value *Address = address(Base, Register);
    const Align A = commonAlignment(Alignment, 64 * Register);
    Instruction *Store =
        int(Valid) == n()
            ? static_cast<Instruction *>(
                  Builder.CreateAlignedStore(V, Address, A))
            : Builder.CreateMaskedStore(V, Address, A, laneMask(Valid));
    Store->setAAMetadata(Metadata);
  }

  void startChunk() { Halves.clear(); }

  // Vector Index of a chunk, in the low lanes of a register. Level and Path
  // name what the tree has unzipped so far.
  Value *getMember(ArrayRef<Value *> Registers, unsigned Factor,
                   unsigned Index, unsigned Level = 0, unsigned Path = 0) {
    if (Factor == 1)
      return Registers[0];
    if (Factor % 2 || !Shape.isWhole())
      return collect(Registers, [&](int I) {
        return I < int(Shape.chunkLanes()) ? int(Factor) * I + int(Index) : -1;
      });
    const unsigned Odd = Index % 2;
    const unsigned NewPath = Path << 1 | Odd;
    auto Key = std::make_pair(Level + 1, NewPath);
    if (!Halves.contains(Key)) {
      SmallVector<Value *, 8> Half;
      for (unsigned R = 0; R + 1 < Registers.size(); R += 2)
        Half.push_back(shuffle(Registers[R], Registers[R + 1],
                               [&](int I) { return 2 * I + int(Odd); }));
      Halves[Key] = Half;
    }
    SmallVector<Value *, 8> Half = Halves[Key];
    return getMember(Half, Factor / 2, Index / 2, Level + 1, NewPath);
  }

  // The registers of a chunk from its vectors, each in the low lanes of one.
  SmallVector<Value *, 8> interleave(ArrayRef<Value *> Members) {
    const unsigned Factor = Members.size();
    SmallVector<SmallVector<Value *, 8>, 8> Streams;
    for (Value *Member : Members)
      Streams.push_back({Member});
    while (Streams.size() % 2 == 0 && Shape.isWhole()) {
      const unsigned Half = Streams.size() / 2;
      SmallVector<SmallVector<Value *, 8>, 8> Zipped(Half);
      for (unsigned I = 0; I != Half; ++I)
        for (unsigned R = 0; R != Streams[I].size(); ++R)
          for (int High : {0, 1})
            Zipped[I].push_back(
                shuffle(Streams[I][R], Streams[I + Half][R], [&](int Lane) {
                  return Lane / 2 + High * n() / 2 + (Lane % 2 ? n() : 0);
                }));
      Streams = std::move(Zipped);
    }
    if (Streams.size() == 1)
      return Streams[0];
    // What is left is odd: lane by lane.
    const unsigned Left = Streams.size();
    const unsigned Length = Shape.chunkLanes() * Factor / Left;
    const unsigned Wide = divideCeil(Length, Shape.PerRegister);
    SmallVector<Value *, 8> Sources, Result;
    for (auto &Stream : Streams)
      Sources.append(Stream.begin(), Stream.end());
    for (unsigned R = 0; R != Shape.chunkRegisters(); ++R)
      Result.push_back(collectNeeded(Sources, [&](int I) {
        const int Where = int(R) * n() + I;
        const int Stream = Where % int(Left), Lane = Where / int(Left);
        return Lane < int(Length) ? Stream * int(Wide) * n() + Lane : -1;
      }));
    return Result;
  }

  // As collect(), from those registers only that have a lane in the result.
  Value *collectNeeded(ArrayRef<Value *> Registers,
                       function_ref<int(int)> Wanted) {
    SmallVector<Value *, 8> Needed;
    SmallVector<int, 16> NewNumber(Registers.size(), -1);
    for (int I = 0; I != n(); ++I)
      if (const int Element = Wanted(I); Element >= 0)
        NewNumber[Element / n()] = 0;
    for (unsigned R = 0; R != Registers.size(); ++R)
      if (NewNumber[R] == 0) {
        NewNumber[R] = Needed.size();
        Needed.push_back(Registers[R]);
      }
    return collect(Needed, [&](int I) {
      const int Element = Wanted(I);
      return Element < 0 ? -1
                         : NewNumber[Element / n()] * n() + Element % n();
    });
  }

  // Lanes From, From + 1, ... of one or two vectors in a register.
  Value *toRegister(Value *A, Value *B, int From) {
    return shuffle(A, B, [&](int I) {
      return I < int(Shape.chunkLanes()) ? From + I : -1;
    });
  }

  // The chunks of a vector put together again.
  Value *join(ArrayRef<Value *> Chunks) {
    const unsigned Lanes = Shape.chunkLanes();
    SmallVector<Value *, 8> Parts(Chunks);
    SmallVector<int, 64> Mask;
    if (!Shape.isWhole()) {
      for (unsigned I = 0; I != Lanes; ++I)
        Mask.push_back(I);
      return Builder.CreateShuffleVector(Parts[0], Mask);
    }
    while (Parts.size() > 1) {
      const unsigned Size =
          cast<FixedVectorType>(Parts[0]->getType())->getNumElements();
      Mask.clear();
      for (unsigned I = 0; I != 2 * Size; ++I)
        Mask.push_back(I);
      for (unsigned I = 0; I != Parts.size() / 2; ++I)
        Parts[I] = Builder.CreateShuffleVector(Parts[2 * I], Parts[2 * I + 1],
                                               Mask);
      Parts.resize(Parts.size() / 2);
    }
    return Parts[0];
  }
};

} // namespace

unsigned TatamiTargetLowering::getInterleavedShuffles(FixedVectorType *Member,
                                                      unsigned Factor,
                                                      unsigned Members,
                                                      bool IsLoad) const {
  const InterleaveShape Shape(Member, Factor);
  if (!Shape.isSupported())
    return 0;
  unsigned Count = 0;
  const unsigned Registers = Shape.chunkRegisters();
  if (!Shape.isWhole()) {
    Count = IsLoad ? Members * std::max(1u, Registers - 1)
                   : Registers * (Factor - 1);
  } else {
    // A level of the tree has as many as there are registers, fewer where
    // nobody wants the other half.
    unsigned Left = Factor;
    for (unsigned Parts = 2; Left % 2 == 0; Left /= 2, Parts *= 2)
      Count += (IsLoad ? std::min(Parts, Members) : Parts) * (Factor / Parts);
    if (Left > 1)
      Count += (IsLoad ? Members : Factor) * (Left - 1);
  }
  return Count * Shape.chunks();
}

bool TatamiTargetLowering::lowerInterleavedLoad(
    Instruction *Load, Value *Mask, ArrayRef<ShuffleVectorInst *> Shuffles,
    ArrayRef<unsigned> Indices, unsigned Factor, const APInt &) const {
  auto *Wide = dyn_cast<LoadInst>(Load);
  if (!Wide || Mask || Wide->getPointerAddressSpace() != TatamiAS::Local)
    return false;
  const InterleaveShape Shape(cast<FixedVectorType>(Shuffles[0]->getType()),
                              Factor);
  if (!Shape.isSupported())
    return false;
  InterleaveBuilder Builder(Shape, Load);
  SmallVector<SmallVector<Value *, 4>, 8> Results(Shuffles.size());
  const unsigned Registers = Shape.chunkRegisters();
  const unsigned Total =
      cast<FixedVectorType>(Load->getType())->getNumElements();
  for (unsigned Chunk = 0; Chunk != Shape.chunks(); ++Chunk) {
    SmallVector<Value *, 8> Loaded;
    for (unsigned R = 0; R != Registers; ++R) {
      const unsigned At = Chunk * Registers + R;
      Loaded.push_back(Builder.load(
          Wide->getPointerOperand(), Wide->getAlign(), At,
          std::min(Shape.PerRegister, Total - At * Shape.PerRegister)));
    }
    Builder.startChunk();
    for (auto [I, Index] : enumerate(Indices))
      Results[I].push_back(Builder.getMember(Loaded, Factor, Index));
  }
  for (auto [I, Shuffle] : enumerate(Shuffles))
    Shuffle->replaceAllUsesWith(Builder.join(Results[I]));
  return true;
}

bool TatamiTargetLowering::lowerInterleavedStore(Instruction *Store,
                                                 Value *Mask,
                                                 ShuffleVectorInst *Shuffle,
                                                 unsigned Factor,
                                                 const APInt &GapMask) const {
  auto *Wide = dyn_cast<StoreInst>(Store);
  if (!Wide || Mask || !GapMask.isAllOnes() ||
      Wide->getPointerAddressSpace() != TatamiAS::Local)
    return false;
  auto *WideTy = cast<FixedVectorType>(Shuffle->getType());
  const unsigned Total = WideTy->getNumElements();
  const InterleaveShape Shape(
      FixedVectorType::get(WideTy->getElementType(), Total / Factor), Factor);
  if (!Shape.isSupported())
    return false;

  // Where each vector begins in the operands of the shuffle; lanes that are
  // free do not say.
  SmallVector<int, 8> Starts(Factor, -1);
  for (auto [I, Lane] : enumerate(Shuffle->getShuffleMask()))
    if (Lane >= 0)
      Starts[I % Factor] = Lane - int(I / Factor);
  InterleaveBuilder Builder(Shape, Store);
  const unsigned Registers = Shape.chunkRegisters();
  for (unsigned Chunk = 0; Chunk != Shape.chunks(); ++Chunk) {
    SmallVector<Value *, 8> Members;
    for (int Start : Starts)
      Members.push_back(
          Start < 0 ? PoisonValue::get(Shape.Register)
                    : Builder.toRegister(
                          Shuffle->getOperand(0), Shuffle->getOperand(1),
                          Start + int(Chunk * Shape.chunkLanes())));
    SmallVector<Value *, 8> Result = Builder.interleave(Members);
    for (unsigned R = 0; R != Registers; ++R) {
      const unsigned At = Chunk * Registers + R;
      Builder.store(Result[R], Wide->getPointerOperand(), Wide->getAlign(), At,
                    std::min(Shape.PerRegister,
                             Total - At * Shape.PerRegister));
    }
  }
  return true;
}
