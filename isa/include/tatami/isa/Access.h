// What instructions move between registers and the node's own SRAM. Apart from
// InstInfo: only who counts traffic asks, and never while a program runs.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include "tatami/isa/Opcodes.h"

#include <cstddef>
#include <cstdint>

namespace tatami::isa {

/// Indexed by opcode; generated.
extern const uint16_t sramBytesOf[numOpcodes];

/// Bytes that a load reads or a store writes, an atomic both; every lane counts,
/// whatever the mask. 0 for everything that goes over the mesh, whose blocks are
/// as long as a register says.
inline unsigned accessBytes(Opcode op) { return sramBytesOf[size_t(op)]; }

} // namespace tatami::isa
