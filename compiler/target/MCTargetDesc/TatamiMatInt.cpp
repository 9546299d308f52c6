//===- TatamiMatInt.cpp - Constants of any width --------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Shared by the assembler's li and by instruction selection, so that both know
// the same best sequences.
//===----------------------------------------------------------------------===//

#include "MCTargetDesc/TatamiMatInt.h"
#include "MCTargetDesc/TatamiMCTargetDesc.h"
#include "llvm/Support/MathExtras.h"
#include <optional>

using namespace llvm;
using TatamiMatInt::Step;

using Sequence = SmallVector<Step, 4>;

// One or two instructions, for whatever 35 signed bits or a shift can express.
static std::optional<Sequence> materializeShort(int64_t Value) {
  if (isInt<22>(Value))
    return Sequence{{Tatami::LI, Value}};
  int64_t Low = SignExtend64<15>(Value);
  // Unsigned: the difference may wrap, and then it does not fit anyway.
  int64_t High = static_cast<int64_t>(static_cast<uint64_t>(Value) - Low) >> 15;
  if (isInt<20>(High)) {
    Sequence Steps{{Tatami::LUI, High}};
    if (Low)
      Steps.push_back({Tatami::ADDI, Low});
    return Steps;
  }
  unsigned Zeros = llvm::countr_zero(static_cast<uint64_t>(Value));
  if (isInt<22>(Value >> Zeros))
    return Sequence{{Tatami::LI, Value >> Zeros}, {Tatami::SLLI, Zeros}};
  return std::nullopt;
}

Sequence TatamiMatInt::materialize(int64_t Value) {
  if (auto Short = materializeShort(Value))
    return *Short;

  // A shorter start whose remaining 16-bit pieces are inserted. What the start
  // has there does not matter, so each piece may be tried as sign or zero.
  Sequence Best;
  for (unsigned Keep = 1; Keep != 4; ++Keep) {
    Sequence Steps = *materializeShort(
        Keep == 1 ? SignExtend64<16>(Value)
                  : SignExtend64(Value, Keep == 2 ? 32 : 35));
    unsigned From = Keep == 3 ? 2 : Keep;
    for (unsigned Pos = From; Pos != 4; ++Pos) {
      uint64_t Have = 0;
      switch (Keep) {
      case 1:
        Have = SignExtend64<16>(Value);
        break;
      case 2:
        Have = SignExtend64<32>(Value);
        break;
      case 3:
        Have = SignExtend64<35>(Value);
        break;
      }
      uint16_t Piece = static_cast<uint64_t>(Value) >> (16 * Pos);
      if (Piece != static_cast<uint16_t>(Have >> (16 * Pos)))
        Steps.push_back({Tatami::INSH, Piece, Pos});
    }
    if (Best.empty() || Steps.size() < Best.size())
      Best = Steps;
  }
  return Best;
}
