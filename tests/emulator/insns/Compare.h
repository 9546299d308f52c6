// From the model to the emulator's state, and back to words about what differs.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include "Model.h"

namespace tatami::insns {

/// The instruction as the interpreter gets it: through its encoding.
isa::DecodedInst throughEncoding(isa::Opcode op, const Fields &fields);

/// Whether executing it may leave something in x0, which whoever executes it
/// then makes zero again.
bool readsAndWritesX(const isa::InstInfo &info);

/// Sets registers and memory to those of the model.
void copyRegisters(const Model &from, ThreadState &to);
void copyMemory(const Model &from, Sram &to);

/// The first thing that differs from the model, or an empty string.
std::string differenceOfRegisters(const Model &model, const ThreadState &t);
std::string differenceOfMemory(const Model &model, const Sram &sram);
std::string differenceOfFacts(const Fact &model, const Fact &real);

} // namespace tatami::insns
