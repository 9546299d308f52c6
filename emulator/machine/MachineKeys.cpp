// The keys of machine files.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "MachineKeys.h"

#include <iterator>

using namespace tatami;
using Kind = MachineKey::Kind;

/// An integer that goes to a place of MachineFile.
#define TATAMI_INTEGER(NAME, PLACE, LEAST, MOST, MEANING)                      \
  {                                                                            \
    .name = NAME, .kind = Kind::Integer, .meaning = MEANING, .least = LEAST,   \
    .most = MOST, .setInteger = [](MachineFile &f, uint64_t value) {           \
      f.PLACE = std::remove_reference_t<decltype(f.PLACE)>(value);             \
    }                                                                          \
  }

static MachineKey required(MachineKey key) {
  key.required = true;
  return key;
}

static const MachineKey keys[] = {
    required(TATAMI_INTEGER("schema", schema, 1, 1, "version of the form")),
    {.name = "name",
     .kind = Kind::Text,
     .meaning = "name of the machine",
     .setText = [](MachineFile &f, std::string s) { f.config.name = s; }},
    {.name = "description",
     .kind = Kind::Text,
     .meaning = "one sentence about it",
     .setText = [](MachineFile &f,
                   std::string s) { f.config.description = s; }},
    required(TATAMI_INTEGER("columns", columns, 1, 65535,
                            "columns of nodes, all dies together")),
    required(TATAMI_INTEGER("rows", rows, 1, 65535, "rows of nodes")),
    TATAMI_INTEGER("die_columns", config.mesh.dieColumns, 0, 65535,
                   "columns of a die; 0: all is one die"),
    TATAMI_INTEGER("die_rows", config.mesh.dieRows, 0, 65535,
                   "rows of a die; 0: all is one die"),
    {.name = "disabled_nodes",
     .kind = Kind::Nodes,
     .meaning = "[x, y] of nodes without a core; their routers live",
     .addNode = [](MachineFile &f,
                   mesh::Coord at) { f.disabled.push_back(at); }},
    {.name = "die_disabled_nodes",
     .kind = Kind::Nodes,
     .meaning = "the same in every die, [x, y] from the die's corner",
     .addNode = [](MachineFile &f,
                   mesh::Coord at) { f.disabledInDie.push_back(at); }},
    {.name = "dead_routers",
     .kind = Kind::Nodes,
     .meaning = "[x, y] of routers that carry nothing; traffic goes round them",
     .addNode = [](MachineFile &f,
                   mesh::Coord at) { f.deadRouters.push_back(at); }},
    {.name = "clock_ghz",
     .kind = Kind::Number,
     .meaning = "clock in GHz",
     .most = 1000,
     .setNumber = [](MachineFile &f,
                     double value) { f.config.clockGigahertz = value; }},
    TATAMI_INTEGER("sram_bytes", config.sramBytes, 0x10000, isa::sramBytes,
                   "memory of a node"),
    TATAMI_INTEGER("host_call_cycles", config.hostCallCycles, 0, 1000000,
                   "cost of a host call"),
    TATAMI_INTEGER("hop_cycles", config.mesh.hopCycles, 1, 10000,
                   "from router to router"),
    TATAMI_INTEGER("credit_cycles", config.mesh.creditCycles, 1, 10000,
                   "until a sender knows of room"),
    TATAMI_INTEGER("buffer_depth", config.mesh.bufferDepth, 1, 4096,
                   "packets per input of a router and class"),
    TATAMI_INTEGER("inject_cycles", config.mesh.injectCycles, 0, 10000,
                   "from a node to its router"),
    TATAMI_INTEGER("eject_cycles", config.mesh.ejectCycles, 1, 10000,
                   "from a router to its node"),
    TATAMI_INTEGER("request_queue_depth", config.mesh.requestQueueDepth, 1,
                   1 << 20, "requests that may wait at a node's port"),
    TATAMI_INTEGER("reply_queue_depth", config.mesh.replyQueueDepth, 1,
                   1 << 20,
                   "replies that may; more of them wait in the node"),
    TATAMI_INTEGER("open_pulls", config.openPulls, 1, 1 << 16,
                   "requests for blocks that a node may have open: pulls, and "
                   "rows of a list's pull"),
    TATAMI_INTEGER("link_packets_per_cycle", config.mesh.linkPacketsPerCycle, 1,
                   4, "packets of 64 bytes on a link, each way"),
    TATAMI_INTEGER("die_crossing_cycles", config.mesh.dieCrossingCycles, 1,
                   10000, "a hop from die to die"),
    TATAMI_INTEGER("die_crossing_depth", config.mesh.dieCrossingDepth, 1,
                   32768, "buffer behind such a hop, in packets"),
    TATAMI_INTEGER("die_edge_bytes_per_cycle",
                   config.mesh.dieEdgeBytesPerCycle, 0, 1 << 20,
                   "all links of a die's edge, each way; 0: what links carry"),
    {.name = "interface_processors",
     .kind = Kind::Interfaces,
     .meaning = "devices with memory at the rim: {side, first, last}, the "
                "column or row of their first and last link"},
    TATAMI_INTEGER("interface_bytes_per_cycle", interfaceBytesPerCycle, 1,
                   1 << 20, "all links of an interface processor, each way"),
    TATAMI_INTEGER("interface_cycles", interfaceCycles, 1, 10000,
                   "a hop between a router and an interface processor"),
    TATAMI_INTEGER("hbm_bytes", config.hbmBytes, 64, uint64_t(1) << 40,
                   "memory of an interface processor"),
    TATAMI_INTEGER("hbm_bytes_per_cycle", config.hbmBytesPerCycle, 1, 1 << 20,
                   "what that memory gives at most"),
    TATAMI_INTEGER("hbm_cycles", config.hbmCycles, 0, 1000000,
                   "from a request at that memory to its first reply"),
};

std::span<const MachineKey> tatami::machineKeys() {
  static const std::vector<MachineKey> all = [] {
    std::vector<MachineKey> all(std::begin(keys), std::end(keys));
    for (size_t i = 0; i < numEnergies; ++i)
      all.push_back({.name = energyInfos[i].key,
                     .kind = Kind::Energy,
                     .meaning = energyInfos[i].meaning,
                     .most = mostEnergy,
                     .energy = Energy(i)});
    return all;
  }();
  return all;
}
