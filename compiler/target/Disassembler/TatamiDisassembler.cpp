//===- TatamiDisassembler.cpp - Words to instructions ---------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Decodes exactly the encodings of isa/: a word with a reserved bit set is no
// instruction.
//===----------------------------------------------------------------------===//

#include "MCTargetDesc/TatamiMCTargetDesc.h"
#include "TargetInfo/TatamiTargetInfo.h"
#include "llvm/MC/MCDecoder.h"
#include "llvm/MC/MCDecoderOps.h"
#include "llvm/MC/MCDisassembler/MCDisassembler.h"
#include "llvm/MC/MCInst.h"
#include "llvm/MC/MCSubtargetInfo.h"
#include "llvm/MC/TargetRegistry.h"
#include "llvm/Support/Endian.h"
#include "llvm/Support/MathExtras.h"

using namespace llvm;
using namespace llvm::MCD;

#define DEBUG_TYPE "tatami-disassembler"

using DecodeStatus = MCDisassembler::DecodeStatus;

namespace {

class TatamiDisassembler : public MCDisassembler {
public:
  using MCDisassembler::MCDisassembler;

  DecodeStatus getInstruction(MCInst &MI, uint64_t &Size,
                              ArrayRef<uint8_t> Bytes, uint64_t Address,
                              raw_ostream &CStream) const override;
};

} // namespace

// Registers of a file have consecutive numbers in the generated enum only by
// name order, so each file has its table.
template <size_t N>
static DecodeStatus decodeRegister(MCInst &MI, const MCPhysReg (&Table)[N],
                                   uint64_t Number) {
  if (Number >= N)
    return MCDisassembler::Fail;
  MI.addOperand(MCOperand::createReg(Table[Number]));
  return MCDisassembler::Success;
}

#define EIGHT(P, A, B, C, D, E, F, G, H)                                       \
  Tatami::P##A, Tatami::P##B, Tatami::P##C, Tatami::P##D, Tatami::P##E,        \
      Tatami::P##F, Tatami::P##G, Tatami::P##H
#define THIRTY_TWO(P)                                                          \
  EIGHT(P, 0, 1, 2, 3, 4, 5, 6, 7), EIGHT(P, 8, 9, 10, 11, 12, 13, 14, 15),    \
      EIGHT(P, 16, 17, 18, 19, 20, 21, 22, 23),                                \
      EIGHT(P, 24, 25, 26, 27, 28, 29, 30, 31)

static DecodeStatus DecodeGPRRegisterClass(MCInst &MI, uint64_t Number,
                                           uint64_t, const MCDisassembler *) {
  static const MCPhysReg Table[] = {THIRTY_TWO(X)};
  return decodeRegister(MI, Table, Number);
}

static DecodeStatus DecodeVRRegisterClass(MCInst &MI, uint64_t Number, uint64_t,
                                          const MCDisassembler *) {
  static const MCPhysReg Table[] = {THIRTY_TWO(V)};
  return decodeRegister(MI, Table, Number);
}

static DecodeStatus DecodeFRRegisterClass(MCInst &MI, uint64_t Number,
                                          uint64_t Address,
                                          const MCDisassembler *Decoder) {
  return DecodeVRRegisterClass(MI, Number, Address, Decoder);
}

static DecodeStatus DecodeMRRegisterClass(MCInst &MI, uint64_t Number, uint64_t,
                                          const MCDisassembler *) {
  static const MCPhysReg Table[] = {EIGHT(M, 0, 1, 2, 3, 4, 5, 6, 7)};
  return decodeRegister(MI, Table, Number);
}

static DecodeStatus DecodeARRegisterClass(MCInst &MI, uint64_t Number, uint64_t,
                                          const MCDisassembler *) {
  static const MCPhysReg Table[] = {EIGHT(ACC, 0, 1, 2, 3, 4, 5, 6, 7)};
  return decodeRegister(MI, Table, Number);
}

#undef THIRTY_TWO
#undef EIGHT

// Named by isa/Operands.td.
template <unsigned Bits, unsigned Shift>
static DecodeStatus decodeSImm(MCInst &MI, uint64_t Field, uint64_t,
                               const MCDisassembler *) {
  MI.addOperand(MCOperand::createImm(SignExtend64<Bits>(Field) *
                                     (INT64_C(1) << Shift)));
  return MCDisassembler::Success;
}

template <unsigned Bits, unsigned Shift>
static DecodeStatus decodeUImm(MCInst &MI, uint64_t Field, uint64_t,
                               const MCDisassembler *) {
  MI.addOperand(MCOperand::createImm(Field << Shift));
  return MCDisassembler::Success;
}

#include "TatamiGenDisassemblerTables.inc"

DecodeStatus TatamiDisassembler::getInstruction(MCInst &MI, uint64_t &Size,
                                                ArrayRef<uint8_t> Bytes,
                                                uint64_t Address,
                                                raw_ostream &) const {
  if (Bytes.size() < 4) {
    Size = 0;
    return MCDisassembler::Fail;
  }
  // What is no instruction is still one word.
  Size = 4;
  return decodeInstruction(DecoderTableTatami32, MI,
                           support::endian::read32le(Bytes.data()), Address,
                           this, STI);
}

static MCDisassembler *createTatamiDisassembler(const Target &,
                                                const MCSubtargetInfo &STI,
                                                MCContext &Ctx) {
  return new TatamiDisassembler(STI, Ctx);
}

extern "C" LLVM_ABI LLVM_EXTERNAL_VISIBILITY void
LLVMInitializeTatamiDisassembler() {
  TargetRegistry::RegisterMCDisassembler(getTheTatamiTarget(),
                                         createTatamiDisassembler);
}
