//===- TatamiISelLowering.cpp - How operations become the machine's -------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Legality of scalar types and operations, costs, addresses. Vectors, calls and
// builtins have files of their own.
//===----------------------------------------------------------------------===//

#include "TatamiISelLowering.h"
#include "MCTargetDesc/TatamiMCTargetDesc.h"
#include "TatamiMachineFunctionInfo.h"
#include "TatamiSubtarget.h"
#include "TatamiVectorUtils.h"
#include "llvm/CodeGen/MachineFrameInfo.h"
#include "llvm/CodeGen/MachineInstrBuilder.h"
#include "llvm/CodeGen/MachineJumpTableInfo.h"
#include "llvm/IR/DiagnosticInfo.h"
#include "llvm/IR/Instructions.h"
#include "llvm/IR/Module.h"
#include "llvm/MC/MCExpr.h"

using namespace llvm;

#define DEBUG_TYPE "tatami-lower"

TatamiTargetLowering::TatamiTargetLowering(const TargetMachine &TM,
                                           const TatamiSubtarget &STI)
    : TargetLowering(TM, STI), Subtarget(STI) {
  addRegisterClass(MVT::i32, &Tatami::GPRRegClass);
  addRegisterClass(MVT::i64, &Tatami::GPRRegClass);
  addRegisterClass(MVT::f32, &Tatami::FRRegClass);
  for (MVT VT : {MVT::v64i8, MVT::v32i16, MVT::v16i32, MVT::v8i64, MVT::v16f32,
                 MVT::v32f16, MVT::v32bf16})
    addRegisterClass(VT, &Tatami::VRRegClass);
  for (MVT VT : {MVT::v64i1, MVT::v32i1, MVT::v16i1, MVT::v8i1})
    addRegisterClass(VT, &Tatami::MRRegClass);
  for (MVT VT : {MVT::v64f32, MVT::v64i32})
    addRegisterClass(VT, &Tatami::ARRegClass);
  computeRegisterProperties(STI.getRegisterInfo());

  setStackPointerRegisterToSaveRestore(Tatami::X2);
  setBooleanContents(ZeroOrOneBooleanContent);
  setBooleanVectorContents(ZeroOrOneBooleanContent);
  setSchedulingPreference(Sched::RegPressure);
  setMinFunctionAlignment(Align(4));
  // A fetch group is 32 bytes.
  setPrefFunctionAlignment(Align(32));
  setPrefLoopAlignment(Align(4));
  setMaxAtomicSizeInBitsSupported(64);
  // Integers wider than the library's are converted by expanded code.
  setMaxLargeFPConvertBitWidthSupported(128);
  setMinCmpXchgSizeInBits(32);
  setMinimumJumpTableEntries(5);
  setHasExtractBitsInsn(false);
  setTargetDAGCombine({ISD::VECTOR_SHUFFLE, ISD::MUL});
  MaxStoresPerMemcpy = 8;
  MaxStoresPerMemset = 8;
  MaxStoresPerMemmove = 8;
  MaxStoresPerMemcpyOptSize = MaxStoresPerMemsetOptSize =
      MaxStoresPerMemmoveOptSize = 4;
  MaxLoadsPerMemcmp = 4;
  MaxLoadsPerMemcmpOptSize = 2;

  setScalarActions();
  setFloatActions();
  setVectorActions();
}

void TatamiTargetLowering::setScalarActions() {
  for (MVT VT : {MVT::i32, MVT::i64}) {
    setOperationAction({ISD::SDIVREM, ISD::UDIVREM, ISD::SMUL_LOHI,
                        ISD::UMUL_LOHI, ISD::SHL_PARTS, ISD::SRL_PARTS,
                        ISD::SRA_PARTS, ISD::SELECT_CC, ISD::CTTZ_ZERO_UNDEF,
                        ISD::CTLZ_ZERO_UNDEF, ISD::DYNAMIC_STACKALLOC},
                       VT, Expand);
    setOperationAction({ISD::SMIN, ISD::SMAX, ISD::UMIN, ISD::UMAX, ISD::ROTL,
                        ISD::ROTR, ISD::BSWAP, ISD::BITREVERSE, ISD::CTPOP,
                        ISD::CTLZ, ISD::CTTZ, ISD::BR_CC},
                       VT, Legal);
    setOperationAction({ISD::UADDO_CARRY, ISD::USUBO_CARRY, ISD::SADDO_CARRY,
                        ISD::SSUBO_CARRY},
                       VT, Expand);
    for (unsigned Mode : {ISD::POST_INC}) {
      for (MVT MemVT : {MVT::i8, MVT::i16, MVT::i32, MVT::i64}) {
        setIndexedLoadAction(Mode, MemVT, Legal);
        setIndexedStoreAction(Mode, MemVT, Legal);
      }
    }
  }
  setOperationAction({ISD::MULHS, ISD::MULHU}, MVT::i32, Expand);
  setOperationAction({ISD::MULHS, ISD::MULHU}, MVT::i64, Legal);
  setOperationAction(ISD::SIGN_EXTEND_INREG, {MVT::i8, MVT::i16, MVT::i32},
                     Legal);
  setOperationAction(ISD::SIGN_EXTEND_INREG, MVT::i1, Expand);

  for (MVT VT : {MVT::i32, MVT::i64})
    setLoadExtAction({ISD::EXTLOAD, ISD::SEXTLOAD, ISD::ZEXTLOAD}, VT, MVT::i1,
                     Promote);
  setLoadExtAction({ISD::EXTLOAD, ISD::SEXTLOAD, ISD::ZEXTLOAD}, MVT::i64,
                   MVT::i32, Legal);

  setOperationAction({ISD::GlobalAddress, ISD::GlobalTLSAddress,
                      ISD::BlockAddress, ISD::ConstantPool, ISD::JumpTable,
                      ISD::ExternalSymbol, ISD::DYNAMIC_STACKALLOC},
                     MVT::i64, Custom);
  setOperationAction({ISD::STACKSAVE, ISD::STACKRESTORE}, MVT::Other, Custom);
  setOperationAction({ISD::VASTART, ISD::VAARG}, MVT::Other, Custom);
  setOperationAction(ISD::VAARG, {MVT::f16, MVT::bf16}, Custom);
  setOperationAction({ISD::VACOPY, ISD::VAEND}, MVT::Other, Expand);
  setOperationAction(ISD::BR_JT, MVT::Other, Expand);
  setOperationAction(ISD::BRCOND, MVT::Other, Legal);
  setOperationAction(ISD::ATOMIC_FENCE, MVT::Other, Custom);
  // There is an atomic sum and no difference.
  setOperationAction(ISD::ATOMIC_LOAD_SUB, {MVT::i32, MVT::i64}, Expand);
  setOperationAction(ISD::READCYCLECOUNTER, MVT::i64, Legal);
  setOperationAction({ISD::TRAP, ISD::DEBUGTRAP, ISD::UBSANTRAP}, MVT::Other,
                     Legal);
  setOperationAction({ISD::FRAMEADDR, ISD::RETURNADDR}, MVT::i64, Custom);
  setOperationAction({ISD::EH_SJLJ_SETJMP, ISD::EH_SJLJ_LONGJMP}, MVT::Other,
                     Expand);
  setOperationAction(ISD::PREFETCH, MVT::Other, Custom);
}

void TatamiTargetLowering::setFloatActions() {
  const MVT VT = MVT::f32;
  setOperationAction({ISD::FADD, ISD::FSUB, ISD::FMUL, ISD::FDIV, ISD::FSQRT,
                      ISD::FMA, ISD::FNEG, ISD::FABS, ISD::FCOPYSIGN,
                      ISD::FMINNUM, ISD::FMAXNUM, ISD::FMINNUM_IEEE,
                      ISD::FMAXNUM_IEEE, ISD::FMINIMUMNUM, ISD::FMAXIMUMNUM,
                      ISD::FRINT, ISD::FNEARBYINT, ISD::FROUNDEVEN,
                      ISD::FTRUNC, ISD::FFLOOR, ISD::FCEIL, ISD::FROUND,
                      ISD::FCANONICALIZE, ISD::SETCC, ISD::SELECT},
                     VT, Legal);
  // No flags and no modes: the strict forms are the plain ones.
  setOperationAction({ISD::STRICT_FADD, ISD::STRICT_FSUB, ISD::STRICT_FMUL,
                      ISD::STRICT_FDIV, ISD::STRICT_FSQRT, ISD::STRICT_FMA,
                      ISD::STRICT_FRINT, ISD::STRICT_FNEARBYINT,
                      ISD::STRICT_FROUNDEVEN, ISD::STRICT_FTRUNC,
                      ISD::STRICT_FFLOOR, ISD::STRICT_FCEIL, ISD::STRICT_FROUND,
                      ISD::STRICT_FSETCC, ISD::STRICT_FSETCCS},
                     VT, Legal);
  setOperationAction({ISD::SELECT_CC, ISD::BR_CC, ISD::FSIN, ISD::FCOS,
                      ISD::FSINCOS, ISD::FPOW, ISD::FREM, ISD::FMAXIMUM,
                      ISD::FMINIMUM, ISD::FEXP, ISD::FEXP2, ISD::FLOG,
                      ISD::FLOG2, ISD::FLOG10},
                     VT, Expand);
  setCondCodeAction({ISD::SETGT, ISD::SETGE, ISD::SETOGT, ISD::SETOGE,
                     ISD::SETONE, ISD::SETUEQ, ISD::SETUGT, ISD::SETUGE,
                     ISD::SETULT, ISD::SETULE, ISD::SETO,
                     ISD::SETUO},
                    VT, Expand);
  setOperationAction(ISD::ConstantFP, VT, Legal);
  setOperationAction(ISD::BR_CC, {MVT::f64, MVT::f16, MVT::bf16}, Expand);
  setOperationAction({ISD::FP_TO_SINT_SAT, ISD::FP_TO_UINT_SAT},
                     {MVT::i32, MVT::i64}, Custom);
  setIndexedLoadAction(ISD::POST_INC, VT, Legal);
  setIndexedStoreAction(ISD::POST_INC, VT, Legal);

  // FP16 and BF16 are integers that two instructions know. The conversions
  // from and to FP32 are exact or correctly rounded; the ones from FP64 are
  // the library's.
  setOperationAction({ISD::FP16_TO_FP, ISD::FP_TO_FP16, ISD::BF16_TO_FP,
                      ISD::FP_TO_BF16},
                     VT, Legal);
  for (MVT Narrow : {MVT::f16, MVT::bf16})
    for (MVT Wide : {MVT::f32, MVT::f64})
      setLoadExtAction(ISD::EXTLOAD, Wide, Narrow, Expand);
  setLoadExtAction(ISD::EXTLOAD, MVT::f64, MVT::f32, Expand);
  for (MVT Wide : {MVT::f32, MVT::f64})
    for (MVT Narrow : {MVT::f16, MVT::bf16, MVT::f32})
      if (Wide != Narrow)
        setTruncStoreAction(Wide, Narrow, Expand);
  setOperationAction({ISD::FP16_TO_FP, ISD::FP_TO_FP16, ISD::FP_TO_BF16},
                     MVT::f64, Expand);
  setOperationAction(ISD::BF16_TO_FP, MVT::f64, Expand);
}

//===----------------------------------------------------------------------===//
// Types
//===----------------------------------------------------------------------===//

EVT TatamiTargetLowering::getSetCCResultType(const DataLayout &,
                                             LLVMContext &Context,
                                             EVT VT) const {
  if (!VT.isVector())
    return MVT::i64;
  return EVT::getVectorVT(Context, MVT::i1, VT.getVectorElementCount());
}

TargetLoweringBase::LegalizeTypeAction
TatamiTargetLowering::getPreferredVectorAction(MVT VT) const {
  if (VT.isScalableVector())
    return TargetLoweringBase::getPreferredVectorAction(VT);
  if (VT.getVectorNumElements() == 1)
    return TypeScalarizeVector;
  // Accumulators are no vectors for arithmetic: split at 512 bits.
  if (VT.getFixedSizeInBits() > 512 ||
      (VT.getVectorElementType() == MVT::i1 && VT.getVectorNumElements() > 64))
    return TypeSplitVector;
  return TypeWidenVector;
}

bool TatamiTargetLowering::isTruncateFree(Type *From, Type *To) const {
  return From->isIntegerTy() && To->isIntegerTy() &&
         From->getIntegerBitWidth() > To->getIntegerBitWidth();
}

bool TatamiTargetLowering::isTruncateFree(EVT From, EVT To) const {
  return From.isScalarInteger() && To.isScalarInteger() &&
         From.getSizeInBits() > To.getSizeInBits();
}

bool TatamiTargetLowering::isSExtCheaperThanZExt(EVT From, EVT To) const {
  return From == MVT::i32 && To == MVT::i64;
}

bool TatamiTargetLowering::isZExtFree(SDValue Val, EVT To) const {
  // Narrow loads come in both kinds.
  if (auto *Load = dyn_cast<LoadSDNode>(Val)) {
    EVT MemVT = Load->getMemoryVT();
    if ((MemVT == MVT::i8 || MemVT == MVT::i16 || MemVT == MVT::i32) &&
        (Load->getExtensionType() == ISD::NON_EXTLOAD ||
         Load->getExtensionType() == ISD::ZEXTLOAD))
      return true;
  }
  return TargetLowering::isZExtFree(Val, To);
}

// Branches compare registers, and li makes 22 bits: no shift is cheaper.
bool TatamiTargetLowering::isLegalICmpImmediate(int64_t Imm) const {
  return isInt<22>(Imm);
}

bool TatamiTargetLowering::isLegalAddImmediate(int64_t Imm) const {
  return isInt<15>(Imm);
}

bool TatamiTargetLowering::isLegalAddressingMode(const DataLayout &,
                                                 const AddrMode &AM, Type *Ty,
                                                 unsigned AddrSpace,
                                                 Instruction *) const {
  // A symbol is always in a register.
  if (AM.BaseGV || AM.ScalableOffset)
    return false;
  if (AddrSpace == TatamiAS::Remote)
    return AM.HasBaseReg && !AM.BaseOffs && !AM.Scale;
  const bool IsVector = Ty->isVectorTy();
  // Element-aligned vector accesses have ten bits; which it will be is not
  // known here.
  if (!(IsVector ? isInt<10>(AM.BaseOffs) : isInt<15>(AM.BaseOffs)))
    return false;
  switch (AM.Scale) {
  case 0:
    return true;
  case 1:
    if (!AM.HasBaseReg)
      return true;
    [[fallthrough]];
  case 2:
  case 4:
  case 8:
    return AM.HasBaseReg && !AM.BaseOffs && !IsVector;
  default:
    return false;
  }
}

bool TatamiTargetLowering::allowsMisalignedMemoryAccesses(
    EVT VT, unsigned AddrSpace, Align Alignment, MachineMemOperand::Flags,
    unsigned *Fast) const {
  if (!VT.isVector() || AddrSpace != TatamiAS::Local)
    return false;
  const uint64_t ElementBits = VT.getScalarSizeInBits();
  if (ElementBits < 8 || VT.getFixedSizeInBits() > 512)
    return false;
  // Any lane width will do for the bytes of a whole vector.
  if (Fast)
    *Fast = 1;
  return true;
}

EVT TatamiTargetLowering::getOptimalMemOpType(
    LLVMContext &, const MemOp &Op, const AttributeList &Attributes) const {
  if (!Attributes.hasFnAttr(Attribute::NoImplicitFloat) && Op.size() >= 64 &&
      (Op.isMemset() || Op.isAligned(Align(64)) || Op.size() >= 64))
    return MVT::v64i8;
  if (Op.size() >= 8 && Op.isAligned(Align(8)))
    return MVT::i64;
  if (Op.size() >= 4 && Op.isAligned(Align(4)))
    return MVT::i32;
  return MVT::Other;
}

bool TatamiTargetLowering::isFPImmLegal(const APFloat &Imm, EVT VT,
                                        bool) const {
  // Any constant is an integer one and a move.
  return VT == MVT::f32;
}

bool TatamiTargetLowering::isFMAFasterThanFMulAndFAdd(const MachineFunction &,
                                                      EVT VT) const {
  return VT.getScalarType() == MVT::f32;
}

bool TatamiTargetLowering::isFMAFasterThanFMulAndFAdd(const Function &,
                                                      Type *Ty) const {
  return Ty->getScalarType()->isFloatTy();
}

bool TatamiTargetLowering::isMulAddWithConstProfitable(SDValue,
                                                       SDValue) const {
  return true;
}

// x * 3, 5, 9 are one addsl; 2^n +- 1 are two operations, and as fast as the
// multiplication's three cycles without the constant.
bool TatamiTargetLowering::decomposeMulByConstant(LLVMContext &, EVT VT,
                                                  SDValue C) const {
  if (VT != MVT::i32 && VT != MVT::i64)
    return false;
  auto *Constant = dyn_cast<ConstantSDNode>(C);
  if (!Constant)
    return false;
  const APInt &V = Constant->getAPIntValue();
  return (V + 1).isPowerOf2() || (V - 1).isPowerOf2() ||
         (1 - V).isPowerOf2() || (-1 - V).isPowerOf2();
}

unsigned TatamiTargetLowering::getJumpTableEncoding() const {
  // An address has 21 bits: entries of 32 hold it whole.
  return MachineJumpTableInfo::EK_Custom32;
}

const MCExpr *TatamiTargetLowering::LowerCustomJumpTableEntry(
    const MachineJumpTableInfo *, const MachineBasicBlock *MBB, unsigned,
    MCContext &Context) const {
  return MCSymbolRefExpr::create(MBB->getSymbol(), Context);
}

bool TatamiTargetLowering::getPostIndexedAddressParts(
    SDNode *N, SDNode *Op, SDValue &Base, SDValue &Offset,
    ISD::MemIndexedMode &AM, SelectionDAG &DAG) const {
  if (Op->getOpcode() != ISD::ADD && Op->getOpcode() != ISD::SUB)
    return false;
  auto *Mem = dyn_cast<LSBaseSDNode>(N);
  if (!Mem || Mem->getAddressSpace() != TatamiAS::Local)
    return false;
  EVT VT = Mem->getMemoryVT();
  if (VT.isVector() && Mem->getAlign() < Align(64))
    return false;
  auto *Step = dyn_cast<ConstantSDNode>(Op->getOperand(1));
  if (!Step || Op->getOperand(0) != Mem->getBasePtr())
    return false;
  int64_t Value = Step->getSExtValue();
  if (Op->getOpcode() == ISD::SUB)
    Value = -Value;
  if (!isInt<11>(Value))
    return false;
  Base = Op->getOperand(0);
  Offset = DAG.getSignedConstant(Value, SDLoc(N), MVT::i64);
  AM = ISD::POST_INC;
  return true;
}

//===----------------------------------------------------------------------===//
// Atomics
//===----------------------------------------------------------------------===//

TargetLowering::AtomicExpansionKind
TatamiTargetLowering::shouldExpandAtomicRMWInIR(AtomicRMWInst *RMW) const {
  const unsigned Bits =
      RMW->getModule()->getDataLayout().getTypeSizeInBits(RMW->getType());
  if (Bits != 32 && Bits != 64)
    return AtomicExpansionKind::CmpXChg;
  switch (RMW->getOperation()) {
  case AtomicRMWInst::Xchg:
  case AtomicRMWInst::Add:
  case AtomicRMWInst::Sub:
  case AtomicRMWInst::And:
  case AtomicRMWInst::Or:
  case AtomicRMWInst::Xor:
  case AtomicRMWInst::Min:
  case AtomicRMWInst::Max:
  case AtomicRMWInst::UMin:
  case AtomicRMWInst::UMax:
    return AtomicExpansionKind::None;
  default:
    return AtomicExpansionKind::CmpXChg;
  }
}

//===----------------------------------------------------------------------===//
// Lowering
//===----------------------------------------------------------------------===//

SDValue TatamiTargetLowering::LowerOperation(SDValue Op,
                                             SelectionDAG &DAG) const {
  SDLoc DL(Op);
  auto Address = [&](SDValue Target) {
    return DAG.getNode(TatamiISD::ADDR, DL, MVT::i64, Target);
  };
  switch (Op.getOpcode()) {
  case ISD::GlobalAddress:
    return lowerGlobalAddress(Op, DAG);
  case ISD::GlobalTLSAddress:
    return lowerTLSAddress(Op, DAG);
  case ISD::BlockAddress: {
    auto *N = cast<BlockAddressSDNode>(Op);
    return Address(DAG.getTargetBlockAddress(N->getBlockAddress(), MVT::i64,
                                             N->getOffset()));
  }
  case ISD::ConstantPool: {
    auto *N = cast<ConstantPoolSDNode>(Op);
    return Address(DAG.getTargetConstantPool(N->getConstVal(), MVT::i64,
                                             N->getAlign(), N->getOffset()));
  }
  case ISD::JumpTable:
    return Address(DAG.getTargetJumpTable(
        cast<JumpTableSDNode>(Op)->getIndex(), MVT::i64));
  case ISD::ExternalSymbol:
    return Address(DAG.getTargetExternalSymbol(
        cast<ExternalSymbolSDNode>(Op)->getSymbol(), MVT::i64));
  case ISD::VASTART:
    return lowerVASTART(Op, DAG);
  case ISD::VAARG:
    return lowerVAARG(Op, DAG);
  case ISD::FRAMEADDR:
    return lowerFrameAddress(Op, DAG);
  case ISD::RETURNADDR:
    return lowerReturnAddress(Op, DAG);
  case ISD::DYNAMIC_STACKALLOC:
    return lowerDynamicAlloca(Op, DAG);
  case ISD::STACKSAVE:
    return DAG.getCopyFromReg(Op.getOperand(0), DL, Tatami::X2, MVT::i64);
  case ISD::STACKRESTORE:
    return DAG.getNode(TatamiISD::SPSET, DL, MVT::Other, Op.getOperand(0),
                       Op.getOperand(1));
  case ISD::ATOMIC_FENCE:
    // The node's threads see one order of accesses; only the compiler must be
    // kept from making another.
    return DAG.getNode(ISD::MEMBARRIER, DL, MVT::Other, Op.getOperand(0));
  case ISD::PREFETCH:
    return Op.getOperand(0); // there is no cache
  case ISD::FP_TO_SINT_SAT:
  case ISD::FP_TO_UINT_SAT:
    if (!Op.getValueType().isVector())
      return lowerFPToIntSat(Op, DAG);
    break;
  default:
    break;
  }
  SDValue Result = lowerVectorOperation(Op, DAG);
  return Result ? TatamiVector::fitType(Result, Op.getValueType(), DL, DAG)
                : Result;
}

static void reportBuiltinAddress(StringRef Name, const SDLoc &DL,
                                 SelectionDAG &DAG) {
  const Function &F = DAG.getMachineFunction().getFunction();
  DAG.getContext()->diagnose(DiagnosticInfoUnsupported(
      F, "the address of builtin '" + Name + "' cannot be taken: it stands for "
         "an instruction and can only be called",
      DL.getDebugLoc()));
}

SDValue TatamiTargetLowering::lowerGlobalAddress(SDValue Op,
                                                 SelectionDAG &DAG) const {
  auto *N = cast<GlobalAddressSDNode>(Op);
  SDLoc DL(Op);
  if (isa<Function>(N->getGlobal()) &&
      N->getGlobal()->getName().starts_with("__builtin_tatami_"))
    reportBuiltinAddress(N->getGlobal()->getName(), DL, DAG);
  SDValue Base = DAG.getNode(
      TatamiISD::ADDR, DL, MVT::i64,
      DAG.getTargetGlobalAddress(N->getGlobal(), DL, MVT::i64));
  if (!N->getOffset())
    return Base;
  return DAG.getNode(ISD::ADD, DL, MVT::i64, Base,
                     DAG.getSignedConstant(N->getOffset(), DL, MVT::i64));
}

// Every image is linked statically: the offset from tp is a constant.
SDValue TatamiTargetLowering::lowerTLSAddress(SDValue Op,
                                              SelectionDAG &DAG) const {
  auto *N = cast<GlobalAddressSDNode>(Op);
  SDLoc DL(Op);
  SDValue Offset = DAG.getNode(
      TatamiISD::ADDR, DL, MVT::i64,
      DAG.getTargetGlobalAddress(N->getGlobal(), DL, MVT::i64, N->getOffset(),
                                 TatamiII::MO_TPREL));
  return DAG.getNode(ISD::ADD, DL, MVT::i64,
                     DAG.getRegister(Tatami::X3, MVT::i64), Offset);
}

SDValue TatamiTargetLowering::lowerVASTART(SDValue Op,
                                           SelectionDAG &DAG) const {
  const auto *Info =
      DAG.getMachineFunction().getInfo<TatamiMachineFunctionInfo>();
  SDLoc DL(Op);
  SDValue Start = DAG.getFrameIndex(Info->VarArgsFrameIndex, MVT::i64);
  const Value *List = cast<SrcValueSDNode>(Op.getOperand(2))->getValue();
  return DAG.getStore(Op.getOperand(0), DL, Start, Op.getOperand(1),
                      MachinePointerInfo(List));
}

// Slots have 8 bytes whatever is in them; values that want 16 begin at an even
// one; vectors are passed by reference.
SDValue TatamiTargetLowering::lowerVAARG(SDValue Op, SelectionDAG &DAG) const {
  SDNode *N = Op.getNode();
  SDLoc DL(N);
  EVT VT = N->getValueType(0);
  SDValue ListPtr = N->getOperand(1);
  const Value *List = cast<SrcValueSDNode>(N->getOperand(2))->getValue();
  const MaybeAlign Wanted(N->getConstantOperandVal(3));
  SDValue Current = DAG.getLoad(MVT::i64, DL, N->getOperand(0), ListPtr,
                                MachinePointerInfo(List));
  SDValue Chain = Current.getValue(1);
  if (Wanted && *Wanted > Align(8) && !VT.isVector()) {
    Current = DAG.getNode(ISD::ADD, DL, MVT::i64, Current,
                          DAG.getConstant(15, DL, MVT::i64));
    Current = DAG.getNode(ISD::AND, DL, MVT::i64, Current,
                          DAG.getSignedConstant(-16, DL, MVT::i64));
  }
  SDValue Next = DAG.getNode(ISD::ADD, DL, MVT::i64, Current,
                             DAG.getConstant(8, DL, MVT::i64));
  Chain = DAG.getStore(Chain, DL, Next, ListPtr, MachinePointerInfo(List));
  if (VT.isVector()) {
    Current = DAG.getLoad(MVT::i64, DL, Chain, Current, MachinePointerInfo());
    Chain = Current.getValue(1);
  }
  return DAG.getLoad(VT, DL, Chain, Current, MachinePointerInfo());
}

// The type legaliser has no rule for _Float16 and __bf16 here. The slot holds the
// first as its bits, the second as the float that it was widened to.
void TatamiTargetLowering::replaceNarrowVAARG(
    SDNode *N, SmallVectorImpl<SDValue> &Results, SelectionDAG &DAG) const {
  SDLoc DL(N);
  EVT VT = N->getValueType(0);
  if (VT != MVT::f16 && VT != MVT::bf16)
    return;
  SDValue Slot = DAG.getVAArg(MVT::i64, DL, N->getOperand(0), N->getOperand(1),
                              N->getOperand(2), /*Align=*/0);
  SDValue Chain = Slot.getValue(1);
  if (VT == MVT::bf16)
    Slot = DAG.getNode(ISD::SRL, DL, MVT::i64, Slot,
                       DAG.getShiftAmountConstant(16, MVT::i64, DL));
  Results.push_back(
      DAG.getBitcast(VT, DAG.getNode(ISD::TRUNCATE, DL, MVT::i16, Slot)));
  Results.push_back(Chain);
}

SDValue TatamiTargetLowering::lowerFrameAddress(SDValue Op,
                                                SelectionDAG &DAG) const {
  MachineFunction &MF = DAG.getMachineFunction();
  MF.getFrameInfo().setFrameAddressIsTaken(true);
  SDLoc DL(Op);
  // Only the own frame is known: callers may have no frame pointer.
  if (Op.getConstantOperandVal(0) != 0)
    return DAG.getConstant(0, DL, MVT::i64);
  return DAG.getCopyFromReg(DAG.getEntryNode(), DL, Tatami::X4, MVT::i64);
}

SDValue TatamiTargetLowering::lowerReturnAddress(SDValue Op,
                                                 SelectionDAG &DAG) const {
  MachineFunction &MF = DAG.getMachineFunction();
  MF.getFrameInfo().setReturnAddressIsTaken(true);
  SDLoc DL(Op);
  if (Op.getConstantOperandVal(0) != 0)
    return DAG.getConstant(0, DL, MVT::i64);
  Register Reg = MF.addLiveIn(Tatami::X1, &Tatami::GPRRegClass);
  return DAG.getCopyFromReg(DAG.getEntryNode(), DL, Reg, MVT::i64);
}

// sp stays a multiple of 64, and its limit is checked when it moves.
SDValue TatamiTargetLowering::lowerDynamicAlloca(SDValue Op,
                                                 SelectionDAG &DAG) const {
  SDLoc DL(Op);
  SDValue Chain = DAG.getCALLSEQ_START(Op.getOperand(0), 0, 0, DL);
  SDValue Size = Op.getOperand(1);
  const uint64_t Alignment =
      std::max<uint64_t>(64, Op.getConstantOperandVal(2));
  SDValue SP = DAG.getCopyFromReg(Chain, DL, Tatami::X2, MVT::i64);
  Chain = SP.getValue(1);
  SDValue New = DAG.getNode(ISD::SUB, DL, MVT::i64, SP, Size);
  New = DAG.getNode(ISD::AND, DL, MVT::i64, New,
                    DAG.getSignedConstant(-int64_t(Alignment), DL, MVT::i64));
  Chain = DAG.getNode(TatamiISD::SPSET, DL, MVT::Other, Chain, New);
  Chain = DAG.getCALLSEQ_END(Chain, 0, 0, SDValue(), DL);
  return DAG.getMergeValues({New, Chain}, DL);
}

// The machine saturates and makes NaN zero: exactly these operations.
SDValue TatamiTargetLowering::lowerFPToIntSat(SDValue Op,
                                              SelectionDAG &) const {
  EVT Width = cast<VTSDNode>(Op.getOperand(1))->getVT();
  if (Op.getOperand(0).getValueType() == MVT::f32 && Width == Op.getValueType())
    return Op;
  return SDValue();
}

//===----------------------------------------------------------------------===//
// A choice between accumulators
//===----------------------------------------------------------------------===//

MachineBasicBlock *TatamiTargetLowering::EmitInstrWithCustomInserter(
    MachineInstr &MI, MachineBasicBlock *MBB) const {
  const TargetInstrInfo *TII = Subtarget.getInstrInfo();
  MachineFunction *MF = MBB->getParent();
  const BasicBlock *IRBlock = MBB->getBasicBlock();
  MachineFunction::iterator Where = std::next(MBB->getIterator());
  MachineBasicBlock *FalseMBB = MF->CreateMachineBasicBlock(IRBlock);
  MachineBasicBlock *Join = MF->CreateMachineBasicBlock(IRBlock);
  MF->insert(Where, FalseMBB);
  MF->insert(Where, Join);

  Join->splice(Join->begin(), MBB, std::next(MI.getIterator()), MBB->end());
  Join->transferSuccessorsAndUpdatePHIs(MBB);
  MBB->addSuccessor(FalseMBB);
  MBB->addSuccessor(Join);
  FalseMBB->addSuccessor(Join);
  BuildMI(MBB, MI.getDebugLoc(), TII->get(Tatami::BNE))
      .addReg(MI.getOperand(1).getReg())
      .addReg(Tatami::X0)
      .addMBB(Join);
  BuildMI(*Join, Join->begin(), MI.getDebugLoc(), TII->get(TargetOpcode::PHI),
          MI.getOperand(0).getReg())
      .addReg(MI.getOperand(2).getReg())
      .addMBB(MBB)
      .addReg(MI.getOperand(3).getReg())
      .addMBB(FalseMBB);
  MI.eraseFromParent();
  return Join;
}
