//===- TatamiNodes.td - Selection DAG nodes and pattern fragments ---------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

//===----------------------------------------------------------------------===//
// Calls and addresses
//===----------------------------------------------------------------------===//

def SDTCallSeqStart : SDCallSeqStart<[SDTCisVT<0, i64>, SDTCisVT<1, i64>]>;
def SDTCallSeqEnd : SDCallSeqEnd<[SDTCisVT<0, i64>, SDTCisVT<1, i64>]>;
def callseq_start : SDNode<"ISD::CALLSEQ_START", SDTCallSeqStart, [SDNPHasChain, SDNPOutGlue]>;
def callseq_end : SDNode<"ISD::CALLSEQ_END", SDTCallSeqEnd,
                         [SDNPHasChain, SDNPOptInGlue, SDNPOutGlue]>;

def SDTTatamiCall : SDTypeProfile<0, -1, [SDTCisVT<0, i64>]>;
def tatami_call : SDNode<"TatamiISD::CALL", SDTTatamiCall,
                         [SDNPHasChain, SDNPOptInGlue, SDNPOutGlue, SDNPVariadic]>;
def tatami_tail : SDNode<"TatamiISD::TAIL", SDTTatamiCall,
                         [SDNPHasChain, SDNPOptInGlue, SDNPVariadic]>;
def tatami_ret : SDNode<"TatamiISD::RET", SDTNone,
                        [SDNPHasChain, SDNPOptInGlue, SDNPVariadic]>;

// A symbol's address: one constant, since an image is below 2 MiB.
def tatami_addr : SDNode<"TatamiISD::ADDR", SDTIntUnaryOp>;

//===----------------------------------------------------------------------===//
// Scalars
//===----------------------------------------------------------------------===//

def tatami_movmsk : SDNode<"TatamiISD::MASK_TO_BITS", SDTypeProfile<1, 1, [SDTCisVT<0, i64>]>>;
def tatami_bitmsk : SDNode<"TatamiISD::BITS_TO_MASK", SDTypeProfile<1, 1, [SDTCisVT<1, i64>]>>;
// Moves the stack pointer through the check of the stack limit.
def tatami_spset : SDNode<"TatamiISD::SPSET", SDTypeProfile<0, 1, [SDTCisVT<0, i64>]>, [SDNPHasChain]>;

//===----------------------------------------------------------------------===//
// Vectors
//===----------------------------------------------------------------------===//

// A scalar (integer register, or f32) in every lane.
def tatami_splat : SDNode<"TatamiISD::SPLAT", SDTypeProfile<1, 1, [SDTCisVec<0>]>>;
def tatami_iota : SDNode<"TatamiISD::IOTA", SDTypeProfile<1, 0, [SDTCisVec<0>]>>;
def SDTPermute : SDTypeProfile<1, 2, [SDTCisVec<0>, SDTCisSameAs<0, 1>, SDTCisVec<2>]>;
def SDTBinaryV : SDTypeProfile<1, 2, [SDTCisVec<0>, SDTCisSameAs<0, 1>, SDTCisSameAs<0, 2>]>;
def tatami_vperm : SDNode<"TatamiISD::VPERM", SDTPermute>;
def tatami_vperm2 : SDNode<"TatamiISD::VPERM2",
    SDTypeProfile<1, 3, [SDTCisVec<0>, SDTCisVec<1>, SDTCisSameAs<0, 2>, SDTCisSameAs<0, 3>]>>;
def tatami_uzpe : SDNode<"TatamiISD::UZPE", SDTBinaryV>;
def tatami_uzpo : SDNode<"TatamiISD::UZPO", SDTBinaryV>;
def tatami_align : SDNode<"TatamiISD::ALIGN",
    SDTypeProfile<1, 3, [SDTCisVec<0>, SDTCisSameAs<0, 1>, SDTCisSameAs<0, 2>, SDTCisVT<3, i64>]>>;
// Interleave of the low or high halves; done by element width, on v8i64 for
// the widths above a lane's (the constant is the width in bits).
def SDTZip : SDTypeProfile<1, 3, [SDTCisVec<0>, SDTCisSameAs<0, 1>, SDTCisSameAs<0, 2>, SDTCisVT<3, i64>]>;
def tatami_zipl : SDNode<"TatamiISD::ZIPL", SDTZip>;
def tatami_ziph : SDNode<"TatamiISD::ZIPH", SDTZip>;
// The lowest lanes widened, and lanes narrowed into the lowest.
def SDTResize : SDTypeProfile<1, 1, [SDTCisVec<0>, SDTCisVec<1>]>;
def tatami_sextl : SDNode<"TatamiISD::SEXTL", SDTResize>;
def tatami_zextl : SDNode<"TatamiISD::ZEXTL", SDTResize>;
def tatami_trunc : SDNode<"TatamiISD::TRUNC", SDTResize>;
// FP16 and BF16 halves to FP32, and two FP32 vectors to one narrow one.
def tatami_widenl : SDNode<"TatamiISD::FWIDENL", SDTResize>;
def tatami_widenh : SDNode<"TatamiISD::FWIDENH", SDTResize>;
def tatami_narrow : SDNode<"TatamiISD::FNARROW",
    SDTypeProfile<1, 2, [SDTCisVec<0>, SDTCisVec<1>, SDTCisSameAs<1, 2>]>>;
// A mask of the lanes below a bound.
def tatami_while : SDNode<"TatamiISD::WHILE", SDTypeProfile<1, 2, [SDTCisVec<0>, SDTCisVT<1, i64>, SDTCisVT<2, i64>]>>;
// Reductions to a scalar register (integers) or lane 0.
def SDTReduce : SDTypeProfile<1, 1, [SDTCisVec<1>]>;
foreach R = ["SUM", "MIN", "MAX", "AND", "OR", "XOR", "MINU", "MAXU"] in
  def tatami_red#R : SDNode<"TatamiISD::RED" # R, SDTReduce>;
def tatami_fredosum : SDNode<"TatamiISD::FREDOSUM",
    SDTypeProfile<1, 2, [SDTCisVT<0, f32>, SDTCisVT<1, f32>, SDTCisVT<2, v16f32>]>>;
// Lanes by number, constant or not. Integers travel in i64.
def tatami_extract : SDNode<"TatamiISD::EXTRACT",
    SDTypeProfile<1, 2, [SDTCisVec<1>, SDTCisVT<2, i64>]>>;
def tatami_insert : SDNode<"TatamiISD::INSERT",
    SDTypeProfile<1, 3, [SDTCisVec<0>, SDTCisSameAs<0, 1>, SDTCisVT<3, i64>]>>;

// Memory: address, and for the masked forms a mask and what replaces lanes
// that are off.
def SDTLaneLoad : SDTypeProfile<1, 2, [SDTCisVec<0>, SDTCisVT<1, i64>, SDTCisVec<2>]>;
def tatami_mload_z : SDNode<"TatamiISD::MLOAD_Z", SDTLaneLoad, [SDNPHasChain, SDNPMayLoad, SDNPMemOperand]>;
def tatami_mload_m : SDNode<"TatamiISD::MLOAD_M",
    SDTypeProfile<1, 3, [SDTCisVec<0>, SDTCisVT<1, i64>, SDTCisVec<2>, SDTCisSameAs<0, 3>]>,
    [SDNPHasChain, SDNPMayLoad, SDNPMemOperand]>;
def tatami_mstore : SDNode<"TatamiISD::MSTORE",
    SDTypeProfile<0, 3, [SDTCisVec<0>, SDTCisVT<1, i64>, SDTCisVec<2>]>,
    [SDNPHasChain, SDNPMayStore, SDNPMemOperand]>;
// vector (pass-through), base, index vector, shift, mask.
def tatami_gather : SDNode<"TatamiISD::GATHER",
    SDTypeProfile<1, 5, [SDTCisVec<0>, SDTCisSameAs<0, 1>, SDTCisVT<2, i64>, SDTCisVec<3>, SDTCisVT<4, i64>, SDTCisVec<5>]>,
    [SDNPHasChain, SDNPMayLoad, SDNPMemOperand]>;
def tatami_scatter : SDNode<"TatamiISD::SCATTER",
    SDTypeProfile<0, 5, [SDTCisVec<0>, SDTCisVT<1, i64>, SDTCisVec<2>, SDTCisVT<3, i64>, SDTCisVec<4>]>,
    [SDNPHasChain, SDNPMayStore, SDNPMemOperand]>;

//===----------------------------------------------------------------------===//
// Matrix
//===----------------------------------------------------------------------===//

def tatami_acczero : SDNode<"TatamiISD::ACCZERO", SDTypeProfile<1, 0, [SDTCisVec<0>]>>;
def tatami_accget : SDNode<"TatamiISD::ACCGET", SDTypeProfile<1, 2, [SDTCisVec<0>, SDTCisVec<1>, SDTCisVT<2, i64>]>>;
def tatami_accput : SDNode<"TatamiISD::ACCPUT",
    SDTypeProfile<1, 3, [SDTCisVec<0>, SDTCisSameAs<0, 1>, SDTCisVec<2>, SDTCisVT<3, i64>]>>;

//===----------------------------------------------------------------------===//
// Immediates: a range, and its form for the instruction
//===----------------------------------------------------------------------===//

// Patterns match i32 and i64 constants alike; instructions take i64 ones.
def AsImm : SDNodeXForm<imm, [{
  return CurDAG->getSignedTargetConstant(N->getSExtValue(), SDLoc(N), MVT::i64);
}]>;
def imm15 : ImmLeaf<i64, [{ return isInt<15>(Imm); }], AsImm>;
def imm15w : ImmLeaf<i32, [{ return isInt<15>(Imm); }], AsImm>;
// Subtracting it is adding its negative.
def NegImm : SDNodeXForm<imm, [{
  return CurDAG->getSignedTargetConstant(-N->getSExtValue(), SDLoc(N), MVT::i64);
}]>;
def amount5 : ImmLeaf<i32, [{ return isUInt<5>(Imm); }], AsImm>;
def amount6 : ImmLeaf<i32, [{ return isUInt<6>(Imm); }], AsImm>;
def scale2 : ImmLeaf<i32, [{ return Imm >= 1 && Imm <= 3; }], AsImm>;
// Rotates have one direction with a constant.
def Amount64Minus : SDNodeXForm<imm, [{
  return CurDAG->getTargetConstant((64 - N->getZExtValue()) & 63, SDLoc(N), MVT::i64);
}]>;
def Amount32Minus : SDNodeXForm<imm, [{
  return CurDAG->getTargetConstant((32 - N->getZExtValue()) & 31, SDLoc(N), MVT::i64);
}]>;

// Sanitizers' kinds start at 256, so that 0 and 1 stay what they are.
def UbsanCode : SDNodeXForm<timm, [{
  return CurDAG->getTargetConstant(256 + N->getZExtValue(), SDLoc(N), MVT::i64);
}]>;

//===----------------------------------------------------------------------===//
// Addresses and operands that take code to find
//===----------------------------------------------------------------------===//

def AddrRegImm : ComplexPattern<i64, 2, "selectAddrRegImm", [], [], 1>;
def AddrRegImm10 : ComplexPattern<i64, 2, "selectAddrRegImm10", [], [], 1>;
def AddrRegReg : ComplexPattern<i64, 3, "selectAddrRegReg", [], [], 10>;
// A shift amount without the operations that its unit ignores.
def Amount64 : ComplexPattern<i32, 1, "selectShiftAmount<64>", [], [], 0>;
def Amount32 : ComplexPattern<i32, 1, "selectShiftAmount<32>", [], [], 0>;
