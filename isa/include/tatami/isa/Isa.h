// Everything about the instructions that semantics and decoders need.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include "tatami/isa/Codec.h"
#include "tatami/isa/ControlRegisters.h"
#include "tatami/isa/HostCalls.h"
#include "tatami/isa/Inst.h"
#include "tatami/isa/Opcodes.h"
#include "tatami/isa/Operands.h"
#include "tatami/isa/Traps.h"
