// The mesh as its users see it.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "tatami/mesh/Mesh.h"

#include "FreeMesh.h"
#include "Network.h"
#include "Trains.h"

#include <cassert>

namespace tatami::mesh {

std::unique_ptr<Model> Model::create(const MeshParams &params,
                                     const Rect &area) {
  if (params.model == MeshParams::Train)
    return std::make_unique<Trains>(params, area);
  if (params.model == MeshParams::Free)
    return std::make_unique<FreeMesh>(params, area);
  return std::make_unique<Network>(params, area);
}

Mesh::Mesh(const MeshParams &params)
    : model(Model::create(params, params.topology.whole())) {}
Mesh::Mesh(const MeshParams &params, unsigned part)
    : model(Model::create(params, params.partRect(part))) {}
Mesh::~Mesh() = default;
Mesh::Mesh(Mesh &&) noexcept = default;
Mesh &Mesh::operator=(Mesh &&) noexcept = default;

const MeshParams &Mesh::params() const { return model->params; }

bool Mesh::canInject(NodeId node, TrafficClass cls) const {
  return freeSlots(node, cls) > 0;
}

unsigned Mesh::freeSlots(NodeId node, TrafficClass cls) const {
  return model->freeSlots(node, cls);
}

bool Mesh::canInjectNow(NodeId node, TrafficClass cls) const {
  return model->canInjectNow(node, cls);
}

void Mesh::requestSlot(NodeId node, TrafficClass cls) {
  assert(!canInject(node, cls) && "there is a slot already");
  model->requestSlot(node, cls);
}

void Mesh::inject(Cycle cycle, const PacketDesc &packet) {
  model->inject(cycle, packet);
}

Cycle Mesh::now() const { return model->now(); }
Cycle Mesh::nextEvent() const { return model->nextEvent(); }
bool Mesh::idle() const { return packetsInFlight() == 0; }

size_t Mesh::packetsInFlight() const { return model->packetsInFlight(); }

void Mesh::receive(std::span<Mesh *const> parts) {
  const Rect &area = model->area;
  const Topology &grid = model->params.topology;
  auto receiveFrom = [&](Direction side, unsigned x, unsigned y) {
    const unsigned part = model->params.partOf(grid.node(x, y));
    model->receive(side, *parts[part]->model);
  };
  if (area.y0 > 0)
    receiveFrom(Direction::North, area.x0, area.y0 - 1u);
  if (area.x1 + 1u < grid.columns())
    receiveFrom(Direction::East, area.x1 + 1u, area.y0);
  if (area.y1 + 1u < grid.rows())
    receiveFrom(Direction::South, area.x0, area.y1 + 1u);
  if (area.x0 > 0)
    receiveFrom(Direction::West, area.x0 - 1u, area.y0);
}

Cycle Mesh::advance(Cycle limit, Sink &sink) {
  return model->advance(limit, sink);
}

void Mesh::archive(ArchiveWriter &a) { model->archive(a); }
void Mesh::archive(ArchiveReader &a) { model->archive(a); }

bool Mesh::isDeadlocked() const { return model->isDeadlocked(); }

void Mesh::setOutputStuck(NodeId node, Direction d, bool stuck) {
  model->setOutputStuck(node, d, stuck);
}

Rect Mesh::area() const { return model->area; }
std::array<uint64_t, numLinks> Mesh::linkPackets(NodeId node) const {
  return model->linkPackets(node);
}
MeshStats Mesh::stats() const {
  MeshStats sum;
  model->addStats(sum);
  return sum;
}

void Mesh::addStats(MeshStats &sum) const { model->addStats(sum); }

} // namespace tatami::mesh
