//===- AggregateABI.cpp - How structures are passed and returned ----------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "AggregateABI.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/IR/DataLayout.h"
#include "llvm/IR/IRBuilder.h"
#include "llvm/IR/InstIterator.h"
#include "llvm/IR/Instructions.h"
#include "llvm/IR/Module.h"
#include "llvm/Transforms/Utils/BasicBlockUtils.h"

using namespace llvm;

namespace tatami {

static constexpr char ModuleFlag[] = "tatami-aggregate-abi";
static constexpr uint64_t WordBytes = 8;

namespace {

/// How one aggregate travels.
struct Passing {
  enum KindTy {
    Unchanged, // Not an aggregate, or one that stays in memory.
    Integers,  // Its bytes, in as many integers as Parts has; none if empty.
    Reference, // A pointer to a copy.
  };
  KindTy Kind = Unchanged;
  Type *Memory = nullptr; // The aggregate's type.
  uint64_t Bytes = 0;
  Align Alignment;
  SmallVector<Type *, 2> Parts;
};

/// A function type with its attributes, before and after.
struct Signature {
  SmallVector<Passing, 8> Params;
  std::optional<unsigned> SRet; // The parameter that becomes the result.
  FunctionType *Type = nullptr;
  AttributeList Attributes;
  bool Changed = false;
};

/// Moves an aggregate between its memory and the integers it travels in.
class Mover {
public:
  Mover(IRBuilder<> &B, const Passing &P) : B(B), P(P) {}

  SmallVector<Value *, 2> load(Value *From) const;
  void store(ArrayRef<Value *> Parts, Value *To) const;
  AllocaInst *createMemory(const Twine &Name) const;

private:
  /// A size that one load covers, though it is not a whole word.
  bool isSmallInteger() const {
    return P.Bytes < WordBytes && isPowerOf2_64(P.Bytes);
  }
  bool fillsParts() const { return P.Bytes % WordBytes == 0; }
  AllocaInst *createAlloca(Type *Ty, Align A, const Twine &Name) const;
  AllocaInst *createPadded() const;

  IRBuilder<> &B;
  const Passing &P;
};

/// The rewriting of one module.
class AggregateLowering {
public:
  AggregateLowering(Module &M, const DenseSet<Type *> *InMemory)
      : M(M), DL(M.getDataLayout()), Context(M.getContext()),
        InMemory(InMemory) {}

  bool run();

private:
  Passing classify(Type *Memory, MaybeAlign Alignment, bool Variadic) const;
  Signature lower(FunctionType *Type, AttributeList Attributes,
                  unsigned ArgCount) const;
  void rewrite(CallBase &Call, const Signature &S);
  void rewrite(Function &F, const Signature &S);
  void rewriteReturns(Function &F, const Passing &Result, Value *Memory);

  Module &M;
  const DataLayout &DL;
  LLVMContext &Context;
  const DenseSet<Type *> *InMemory;
};

} // namespace

//===----------------------------------------------------------------------===//
// Memory to integers and back
//===----------------------------------------------------------------------===//

AllocaInst *Mover::createAlloca(Type *Ty, Align A, const Twine &Name) const {
  // In the entry block, so that it costs nothing in a loop.
  BasicBlock &Entry = B.GetInsertBlock()->getParent()->getEntryBlock();
  IRBuilder<> EntryBuilder(&Entry, Entry.begin());
  AllocaInst *Result = EntryBuilder.CreateAlloca(Ty, nullptr, Name);
  Result->setAlignment(A);
  return Result;
}

AllocaInst *Mover::createMemory(const Twine &Name) const {
  return createAlloca(P.Memory, P.Alignment, Name);
}

AllocaInst *Mover::createPadded() const {
  return createAlloca(ArrayType::get(B.getInt64Ty(), P.Parts.size()),
                      Align(WordBytes), "aggregate.words");
}

SmallVector<Value *, 2> Mover::load(Value *From) const {
  if (P.Parts.empty())
    return {};
  if (isSmallInteger()) {
    Value *Bits =
        B.CreateAlignedLoad(B.getIntNTy(P.Bytes * 8), From, P.Alignment);
    return {B.CreateZExt(Bits, P.Parts[0])};
  }
  Align A = P.Alignment;
  if (!fillsParts()) {
    // Reading whole words would read past the object.
    AllocaInst *Padded = createPadded();
    B.CreateMemCpy(Padded, Align(WordBytes), From, A, P.Bytes);
    From = Padded;
    A = Align(WordBytes);
  }
  SmallVector<Value *, 2> Result;
  for (auto [I, Part] : enumerate(P.Parts)) {
    Value *Address =
        B.CreateConstInBoundsGEP1_64(B.getInt8Ty(), From, I * WordBytes);
    Result.push_back(
        B.CreateAlignedLoad(Part, Address, commonAlignment(A, I * WordBytes)));
  }
  return Result;
}

void Mover::store(ArrayRef<Value *> Parts, Value *To) const {
  if (Parts.empty())
    return;
  if (isSmallInteger()) {
    Value *Bits = B.CreateTrunc(Parts[0], B.getIntNTy(P.Bytes * 8));
    B.CreateAlignedStore(Bits, To, P.Alignment);
    return;
  }
  Value *Words = fillsParts() ? To : createPadded();
  Align A = fillsParts() ? P.Alignment : Align(WordBytes);
  for (auto [I, Part] : enumerate(Parts)) {
    Value *Address =
        B.CreateConstInBoundsGEP1_64(B.getInt8Ty(), Words, I * WordBytes);
    B.CreateAlignedStore(Part, Address, commonAlignment(A, I * WordBytes));
  }
  if (Words != To)
    B.CreateMemCpy(To, P.Alignment, Words, A, P.Bytes);
}

//===----------------------------------------------------------------------===//
// Signatures
//===----------------------------------------------------------------------===//

Passing AggregateLowering::classify(Type *Memory, MaybeAlign Alignment,
                                    bool Variadic) const {
  Passing P;
  P.Memory = Memory;
  P.Bytes = DL.getTypeAllocSize(Memory);
  P.Alignment = Alignment.value_or(DL.getABITypeAlign(Memory));
  if (Variadic || P.Bytes > 2 * WordBytes) {
    P.Kind = Passing::Reference;
    return P;
  }
  P.Kind = Passing::Integers;
  if (P.Bytes == 2 * WordBytes && P.Alignment >= 2 * WordBytes)
    P.Parts = {Type::getInt128Ty(Context)};
  else
    P.Parts.assign(divideCeil(P.Bytes, WordBytes), Type::getInt64Ty(Context));
  return P;
}

Signature AggregateLowering::lower(FunctionType *OldType, AttributeList Old,
                                   unsigned ArgCount) const {
  Signature S;
  Type *Result = OldType->getReturnType();
  SmallVector<Type *, 8> Types;
  SmallVector<AttributeSet, 8> ParamAttributes;
  AttributeSet ResultAttributes = Old.getRetAttrs();

  for (unsigned I = 0; I < ArgCount; ++I) {
    bool Variadic = I >= OldType->getNumParams();
    AttributeSet Attributes = Old.getParamAttrs(I);
    Passing &P = S.Params.emplace_back();

    Type *SRet = Attributes.getStructRetType();
    if (SRet && InMemory && !InMemory->contains(SRet) && Result->isVoidTy() &&
        DL.getTypeAllocSize(SRet) <= 2 * WordBytes) {
      P = classify(SRet, Attributes.getAlignment(), /*Variadic=*/false);
      S.SRet = I;
      S.Changed = true;
      ResultAttributes = AttributeSet();
      if (P.Parts.size() == 1)
        Result = P.Parts[0];
      else if (!P.Parts.empty())
        Result = StructType::get(Context, P.Parts);
      continue;
    }
    if (Type *ByVal = Attributes.getByValType()) {
      P = classify(ByVal, Attributes.getAlignment(), Variadic);
      S.Changed = true;
      if (P.Kind == Passing::Integers) {
        append_range(Types, P.Parts);
        ParamAttributes.append(P.Parts.size(), AttributeSet());
        continue;
      }
      Attributes = Attributes.removeAttribute(Context, Attribute::ByVal);
    }
    if (!Variadic)
      Types.push_back(OldType->getParamType(I));
    ParamAttributes.push_back(Attributes);
  }
  if (S.Changed) {
    S.Type = FunctionType::get(Result, Types, OldType->isVarArg());
    S.Attributes = AttributeList::get(Context, Old.getFnAttrs(),
                                      ResultAttributes, ParamAttributes);
  }
  return S;
}

//===----------------------------------------------------------------------===//
// Calls
//===----------------------------------------------------------------------===//

void AggregateLowering::rewrite(CallBase &Call, const Signature &S) {
  IRBuilder<> B(&Call);
  bool MustTail = Call.isMustTailCall();
  SmallVector<Value *, 8> Args;
  SmallVector<AllocaInst *, 2> Copies;
  Value *ResultMemory = nullptr;

  for (auto [I, P] : enumerate(S.Params)) {
    Value *Arg = Call.getArgOperand(I);
    if (S.SRet == I) {
      ResultMemory = Arg;
    } else if (P.Kind == Passing::Unchanged) {
      Args.push_back(Arg);
    } else if (P.Kind == Passing::Integers) {
      append_range(Args, Mover(B, P).load(Arg));
    } else if (MustTail) {
      // The caller's frame is gone when the callee runs; what a tail call can
      // pass on is a copy that somebody further up made.
      Args.push_back(Arg);
    } else {
      AllocaInst *Copy = Mover(B, P).createMemory("byval.copy");
      B.CreateLifetimeStart(Copy);
      B.CreateMemCpy(Copy, P.Alignment, Arg, P.Alignment, P.Bytes);
      Args.push_back(Copy);
      Copies.push_back(Copy);
    }
  }

  SmallVector<OperandBundleDef, 1> Bundles;
  Call.getOperandBundlesAsDefs(Bundles);
  CallBase *New;
  if (auto *Invoke = dyn_cast<InvokeInst>(&Call)) {
    New =
        B.CreateInvoke(S.Type, Call.getCalledOperand(), Invoke->getNormalDest(),
                       Invoke->getUnwindDest(), Args, Bundles);
    // What follows the call goes where only its normal return leads.
    BasicBlock *After = SplitEdge(Call.getParent(), Invoke->getNormalDest());
    cast<InvokeInst>(New)->setNormalDest(After);
    B.SetInsertPoint(After, After->getFirstInsertionPt());
  } else {
    auto *NewCall =
        B.CreateCall(S.Type, Call.getCalledOperand(), Args, Bundles);
    NewCall->setTailCallKind(cast<CallInst>(Call).getTailCallKind());
    // A tail call must not see the caller's frame.
    if (!Copies.empty() && NewCall->isTailCall())
      NewCall->setTailCallKind(CallInst::TCK_None);
    New = NewCall;
  }
  New->setCallingConv(Call.getCallingConv());
  New->setAttributes(S.Attributes);
  New->copyMetadata(Call);

  if (!S.SRet) {
    New->takeName(&Call);
    Call.replaceAllUsesWith(New);
  } else if (!MustTail) {
    // A musttail call's result is returned as it is: see rewriteReturns.
    const Passing &P = S.Params[*S.SRet];
    SmallVector<Value *, 2> Parts;
    if (P.Parts.size() == 1)
      Parts.push_back(New);
    for (unsigned I = 0; P.Parts.size() > 1 && I < P.Parts.size(); ++I)
      Parts.push_back(B.CreateExtractValue(New, I));
    Mover(B, P).store(Parts, ResultMemory);
  }
  for (AllocaInst *Copy : Copies)
    B.CreateLifetimeEnd(Copy);
  Call.eraseFromParent();
}

//===----------------------------------------------------------------------===//
// Functions
//===----------------------------------------------------------------------===//

void AggregateLowering::rewriteReturns(Function &F, const Passing &Result,
                                       Value *Memory) {
  SmallVector<ReturnInst *, 4> Returns;
  for (BasicBlock &Block : F)
    if (auto *Return = dyn_cast<ReturnInst>(Block.getTerminator()))
      Returns.push_back(Return);
  for (ReturnInst *Return : Returns) {
    IRBuilder<> B(Return);
    if (CallInst *Tail = Return->getParent()->getTerminatingMustTailCall()) {
      if (Tail->getType()->isVoidTy())
        B.CreateRetVoid();
      else
        B.CreateRet(Tail);
    } else {
      SmallVector<Value *, 2> Parts = Mover(B, Result).load(Memory);
      if (Parts.empty())
        B.CreateRetVoid();
      else if (Parts.size() == 1)
        B.CreateRet(Parts[0]);
      else
        B.CreateAggregateRet(Parts.data(), Parts.size());
    }
    Return->eraseFromParent();
  }
}

void AggregateLowering::rewrite(Function &F, const Signature &S) {
  Function *New = Function::Create(S.Type, F.getLinkage(), F.getAddressSpace());
  New->copyAttributesFrom(&F);
  New->setAttributes(S.Attributes);
  New->setComdat(F.getComdat());
  M.getFunctionList().insert(F.getIterator(), New);
  New->takeName(&F);
  New->splice(New->begin(), &F);
  New->copyMetadata(&F, 0);
  F.clearMetadata();

  // A naked function's assembly knows where its arguments are.
  if (!New->isDeclaration() && !New->hasFnAttribute(Attribute::Naked)) {
    BasicBlock &Entry = New->getEntryBlock();
    IRBuilder<> B(&Entry, Entry.begin());
    Value *ResultMemory = nullptr;
    auto NewArg = New->arg_begin();
    for (auto [P, Arg] : zip(S.Params, F.args())) {
      Value *Replacement;
      if (S.SRet == Arg.getArgNo()) {
        Replacement = ResultMemory = Mover(B, P).createMemory("result");
      } else if (P.Kind == Passing::Integers) {
        SmallVector<Value *, 2> Parts;
        for (size_t I = 0; I < P.Parts.size(); ++I, ++NewArg) {
          NewArg->setName(Arg.getName() + ".word" + Twine(I));
          Parts.push_back(&*NewArg);
        }
        Replacement = Mover(B, P).createMemory(Arg.getName());
        Mover(B, P).store(Parts, Replacement);
      } else {
        Replacement = &*NewArg++;
        Replacement->takeName(&Arg);
      }
      Arg.replaceAllUsesWith(Replacement);
    }
    if (S.SRet)
      rewriteReturns(*New, S.Params[*S.SRet], ResultMemory);
  }
  F.replaceAllUsesWith(New);
  F.eraseFromParent();
}

bool AggregateLowering::run() {
  // Calls first: the type and attributes of each say by themselves what it
  // becomes, through a pointer or without a prototype as well.
  SmallVector<std::pair<CallBase *, Signature>, 32> Calls;
  MapVector<Function *, Signature> Functions;
  for (Function &F : M) {
    if (F.isIntrinsic())
      continue;
    Signature S = lower(F.getFunctionType(), F.getAttributes(), F.arg_size());
    if (S.Changed)
      Functions[&F] = std::move(S);
    for (Instruction &I : instructions(F)) {
      auto *Call = dyn_cast<CallBase>(&I);
      if (!Call)
        continue;
      Signature CallS = lower(Call->getFunctionType(), Call->getAttributes(),
                              Call->arg_size());
      if (!CallS.Changed)
        continue;
      // clang declares run-time functions (of complex arithmetic, for example)
      // without attributes; its calls have them.
      Function *Callee = Call->getCalledFunction();
      if (Callee && Callee->isDeclaration() && !Callee->isVarArg())
        Functions.try_emplace(Callee, CallS);
      Calls.emplace_back(Call, std::move(CallS));
    }
  }
  for (auto &[Call, S] : Calls)
    rewrite(*Call, S);
  for (auto &[F, S] : Functions)
    rewrite(*F, S);
  return !Calls.empty() || !Functions.empty();
}

PreservedAnalyses AggregateABIPass::run(Module &M, ModuleAnalysisManager &) {
  // IR that this compiler wrote comes back with the ABI already in it.
  if (M.getModuleFlag(ModuleFlag))
    return PreservedAnalyses::all();
  M.addModuleFlag(Module::Max, ModuleFlag, 1);
  bool Changed = AggregateLowering(M, InMemory).run();
  return Changed ? PreservedAnalyses::none() : PreservedAnalyses::all();
}

} // namespace tatami
