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

/// One or two instructions, for what they can express.
static std::optional<Sequence> materializeShort(int64_t Value) {
  if (isInt<22>(Value))
    return Sequence{{Tatami::LI, Value}};

  // Both parts are signed: where the low one is negative, the high one is one
  // more.
  int64_t Low = SignExtend64<15>(Value);
  int64_t High = (Value >> 15) + (Low < 0);
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

static uint16_t piece(int64_t Value, unsigned Pos) {
  return static_cast<uint64_t>(Value) >> (16 * Pos);
}

Sequence TatamiMatInt::materialize(int64_t Value) {
  if (auto Short = materializeShort(Value))
    return *Short;

  // Start with the low bits, sign-extended; then insert each piece of 16 bits
  // that this did not make right.
  Sequence Best;
  for (unsigned Width : {16, 22, 32, 34}) {
    int64_t Start = SignExtend64(Value, Width);
    Sequence Steps = *materializeShort(Start);
    for (unsigned Pos = 1; Pos != 4; ++Pos)
      if (piece(Value, Pos) != piece(Start, Pos))
        Steps.push_back({Tatami::INSH, piece(Value, Pos), Pos});
    if (Best.empty() || Steps.size() < Best.size())
      Best = Steps;
  }
  return Best;
}
