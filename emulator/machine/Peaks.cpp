// Peaks: a count of units times a clock.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "tatami/machine/Peaks.h"

#include "tatami/isa/Inst.h"
#include "tatami/isa/Timing.h"
#include "tatami/mesh/Packet.h"

#include <algorithm>

using namespace tatami;

/// Operations that the unit of \p opcode does in a cycle.
static double perCycle(isa::Opcode opcode) {
  const isa::InstInfo &info = isa::info(opcode);
  const isa::ClassTiming &timing = isa::d1Model.classes[info.classes[0]];
  return double(info.flops) / timing.uses[0].cycles;
}

Peaks::Peaks(const MachineConfig &config) {
  const mesh::MeshParams &mesh = config.mesh;
  const double hertz = config.clockGigahertz * 1e9;
  bf16 = hertz * perCycle(isa::Opcode::MMA_BF16);
  cfloat8 = hertz * perCycle(isa::Opcode::MMA_C143);
  fp32 = hertz * perCycle(isa::Opcode::VFMADD);

  port = mesh::packetBytes * hertz;
  loaded = stored = accessed = 0;
  for (const isa::UnitInfo &unit : isa::d1Model.units)
    if (unit.kind == isa::UnitKind::Sram) {
      // Of what may access, some may store.
      double rate = unit.count * port;
      accessed = loaded = std::max(loaded, rate);
      stored = stored == 0 ? rate : std::min(stored, rate);
    }

  link = port * mesh.linkPacketsPerCycle;
  const double limit = mesh.dieEdgeBytesPerCycle * hertz;
  auto side = [&](unsigned count) {
    return limit > 0 ? std::min(limit, count * link) : count * link;
  };
  const mesh::Topology &grid = mesh.topology;
  const double columns = grid.columns(), rows = grid.rows();
  const unsigned dieColumns = mesh.dieColumns ? mesh.dieColumns : grid.columns();
  const unsigned dieRows = mesh.dieRows ? mesh.dieRows : grid.rows();
  const double across = mesh.partColumns(), down = mesh.partRows();
  edge = mesh.partCount() > 1 ? side(std::max(dieRows, dieColumns)) : 0;
  links = 2 * link *
          (rows * (columns - across) + columns * (rows - down));
  edges = 2 * ((across - 1) * down * side(dieRows) +
               across * (down - 1) * side(dieColumns));
}
