// A device at the rim of the grid.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "InterfaceProcessor.h"

#include <algorithm>
#include <cstring>
#include <new>
#include <sys/mman.h>

using namespace tatami;
using mesh::PacketKind;

SparseMemory::SparseMemory(uint64_t size) : length(size) {
  void *memory = mmap(nullptr, size, PROT_READ | PROT_WRITE,
                      MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (memory == MAP_FAILED)
    throw std::bad_alloc();
  data = static_cast<uint8_t *>(memory);
}

SparseMemory::~SparseMemory() { munmap(data, length); }

InterfaceProcessor::InterfaceProcessor(const MachineConfig &config,
                                       const mesh::EdgePort &port)
    : memory(config.hbmBytes), config(config), port(port) {}

mesh::Coord InterfaceProcessor::router(mesh::Coord at) const {
  const mesh::Rect &line = port.routers;
  auto link = [](unsigned own, unsigned first, unsigned count) {
    return uint16_t(own - first < count ? own : first + own % count);
  };
  if (port.side == mesh::Direction::West || port.side == mesh::Direction::East)
    return {line.x0, link(at.y, line.y0, line.height())};
  return {link(at.x, line.x0, line.width()), line.y0};
}

void InterfaceProcessor::receive(mesh::Cycle cycle, const mesh::Topology &grid,
                                 const mesh::Packet &packet) {
  if (packet.kind == PacketKind::Store) {
    std::memcpy(memory.bytes() + packet.address, packet.payload.data(),
                packet.length);
    return;
  }
  const mesh::Coord from = grid.coord(packet.source);
  Reply answer = answerTo(packet);
  answer.packet.source = grid.node(router(from));
  answer.packet.entry = port.side;
  answer.packet.destination = mesh::Rect::at(from);
  orders.push({answer, cycle + config.hbmCycles});
}

mesh::Cycle InterfaceProcessor::nextPacket() const {
  const uint64_t rate = config.hbmBytesPerCycle;
  return std::max(orders.front().ready, (busyUntil + rate - 1) / rate);
}

mesh::Cycle InterfaceProcessor::nextEvent() const {
  return orders.empty() ? mesh::never : nextPacket();
}

void InterfaceProcessor::step(mesh::Cycle cycle, mesh::Mesh &mesh) {
  // Packets may be handed over ahead of their time: a few at a time keep both
  // the number of calls and that of packets in the mesh small.
  constexpr mesh::Cycle ahead = 16;
  while (!orders.empty()) {
    mesh::Cycle at = nextPacket();
    if (at > cycle + ahead)
      return;
    Reply &reply = orders.front().reply;
    reply.packet.payload = memory.bytes() + reply.from;
    mesh.inject(std::max(at, cycle), reply.packet);
    busyUntil = std::max(busyUntil, at * config.hbmBytesPerCycle) +
                mesh::packetBytes;
    reply.packet.address += mesh::packetBytes;
    reply.from += mesh::packetBytes;
    if (--reply.count == 0)
      orders.pop();
  }
}
