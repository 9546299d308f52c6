// A grid as one mesh or as one mesh per die, driven in the same way.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include "Recorder.h"

#include <barrier>
#include <memory>
#include <thread>
#include <vector>

namespace tatami::mesh::test {

/// Answers requests, now and then with a multicast of its own, and sends
/// whenever a slot that it waits for is there.
class Mixture : public Recorder {
public:
  explicit Mixture(Mesh &m) : mesh(m) {}
  bool deliver(Cycle cycle, NodeId node, const Packet &p) override {
    Recorder::deliver(cycle, node, p);
    if (p.cls == TrafficClass::Reply || p.tag % 3 != 0)
      return false;
    PacketDesc answer =
        packet(mesh, node, p.source, p.tag, TrafficClass::Reply);
    if (p.exit != Direction::Local) // The device answers.
      answer.entry = p.exit;
    else if (p.tag % 12 == 0)
      answer.destination = mesh.topology().whole();
    mesh.inject(cycle + p.tag % 5, answer);
    return false;
  }
  bool slotFreed(Cycle cycle, NodeId node, TrafficClass cls) override {
    Recorder::slotFreed(cycle, node, cls);
    const auto nodes = static_cast<NodeId>(mesh.topology().size());
    mesh.inject(cycle, packet(mesh, node, (node * 7 + cycle) % nodes, cycle));
    return false;
  }

private:
  Mesh &mesh;
};

/// All meshes of a grid, each with a sink of its own, because deliveries of
/// different parts may happen at the same time.
template <class SinkType> class Grid {
public:
  /// \p divided: a mesh per die, else one for all.
  Grid(const MeshParams &params, bool divided) : params(params) {
    const unsigned count = divided ? params.partCount() : 1;
    for (unsigned i = 0; i < count; ++i) {
      meshes.push_back(divided ? std::make_unique<Mesh>(params, i)
                               : std::make_unique<Mesh>(params));
      pointers.push_back(meshes.back().get());
      sinks.push_back(std::make_unique<SinkType>(*meshes.back()));
    }
  }

  Mesh &of(NodeId node) {
    return *meshes[meshes.size() > 1 ? params.partOf(node) : 0];
  }

  /// Advances everything to \p limit in windows of at most \p step cycles, on
  /// \p threads host threads.
  void advance(Cycle limit, Cycle step = never, unsigned threads = 1) {
    step = std::min(step, params.window());
    std::barrier barrier(threads);
    const Cycle begin = meshes[0]->now();
    auto work = [&](unsigned thread) {
      for (Cycle now = begin; now < limit;) {
        now = step < limit - now ? now + step : limit;
        for (size_t i = thread; i < meshes.size(); i += threads)
          meshes[i]->advance(now, *sinks[i]);
        barrier.arrive_and_wait();
        for (size_t i = thread; i < meshes.size(); i += threads)
          meshes[i]->receive(pointers);
        barrier.arrive_and_wait();
      }
    };
    std::vector<std::thread> others;
    for (unsigned t = 1; t < threads; ++t)
      others.emplace_back(work, t);
    work(0);
    for (std::thread &t : others)
      t.join();
  }

  bool idle() const {
    for (const auto &m : meshes)
      if (!m->idle())
        return false;
    return true;
  }

  /// Until nothing is left to do.
  void finish(Cycle step = never, unsigned threads = 1) {
    while (!idle())
      advance(meshes[0]->now() + 1000, step, threads);
  }

  /// Everything that arrived, in order of time and node.
  std::vector<Arrival> arrivals() const {
    std::vector<Arrival> all;
    for (const auto &s : sinks)
      all.insert(all.end(), s->arrivals.begin(), s->arrivals.end());
    std::sort(all.begin(), all.end());
    return all;
  }

  MeshStats stats() const {
    MeshStats sum;
    for (const auto &m : meshes)
      m->addStats(sum);
    return sum;
  }

  const MeshParams params;
  std::vector<std::unique_ptr<Mesh>> meshes;
  std::vector<Mesh *> pointers;
  std::vector<std::unique_ptr<SinkType>> sinks;
};

} // namespace tatami::mesh::test
