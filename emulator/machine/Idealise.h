// From the names of idealised parts to the numbers of the machine.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include "tatami/machine/MachineConfig.h"
#include "tatami/trace/Ideals.h"

namespace tatami {

/// Changes what lies outside of the nodes' pipelines.
void idealise(MachineConfig &config, const Ideals &ideals);

/// Whether the dies of a grid must be simulated as one: something takes less
/// time from one to another than a hop between them.
bool joinsDies(const Ideals &ideals);

} // namespace tatami
