// The loop of a die: who runs, when the mesh moves, and what happens then.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "Die.h"

#include <algorithm>
#include <cassert>

using namespace tatami;

Die::Die(Program &program, unsigned number, HostFiles *files)
    : mesh(program.isOnePart ? mesh::Mesh(program.options.config.mesh)
                             : mesh::Mesh(program.options.config.mesh, number)),
      program(program), files(files) {
  const mesh::Topology &topology = program.topology();
  for (mesh::NodeId id : topology.nodes(program.partRect(number))) {
    if (!topology.enabled(id))
      continue;
    nodes.push_back(
        std::make_unique<Node>(id, topology.coord(id), program.memory));
    program.nodes[id] = nodes.back().get();
    load(*nodes.back());
  }
  if (program.recorder)
    links.resize(program.partRect(number).size());
  const mesh::MeshParams &params = program.options.config.mesh;
  for (size_t i = 0; i < program.devices.size(); ++i) {
    const mesh::Rect &line = params.edgePorts[i].routers;
    if (program.partOf(topology.node(line.x0, line.y0)) == number)
      devices.push_back(program.devices[i].get());
  }
}

void Die::load(Node &node) {
  node.code = program.code;
  node.memory.setReadOnlyEnd(program.image.readOnlyEnd());
  if (program.pipelines)
    node.scoreboard = std::make_unique<NodeClock>(*program.pipelines,
                                                  program.remembersTiming());
  if (program.recorder) {
    node.recorder = program.recorder.get();
    node.record = program.recorder->makeRecord(node.id);
    node.recorder->beginThread(node, 0, program.image.entry);
  }
  node.startThread(0, program.image.entry);
  // Start-up code sets it again.
  node.threads[0].state->x[2] = node.memory.size();
  list(node);
}

void Die::list(Node &node) {
  if (!node.listed)
    listed.push_back(&node);
  node.listed = true;
}

void Die::expect(Node &node) {
  if (node.eventAt == node.time)
    return;
  node.eventAt = node.time;
  events.push({node.time, node.id});
}

void Die::runListed(HostThreads &workers) {
  std::vector<Node *> running;
  running.swap(listed);
  for (Node *node : running)
    node->listed = false;
  workers.forEach(running.size(), runEstimate,
                  [&](size_t i) { runNode(*running[i]); });
  for (Node *node : running) {
    flush(*node);
    if (node->state == Node::State::Ready || node->state == Node::State::Sync)
      expect(*node);
  }
}

/// True if the event is not what its node waits for any more.
static bool isStale(const Node &node, mesh::Cycle at) {
  return node.eventAt != at;
}

mesh::Cycle Die::nextDue() const {
  while (!events.empty() &&
         isStale(*program.nodeAt(events.top().node), events.top().at))
    events.pop();
  mesh::Cycle due = std::min(events.empty() ? mesh::never : events.top().at,
                             nextListDue());
  for (const InterfaceProcessor *device : devices)
    due = std::min(due, device->nextEvent());
  return due;
}

mesh::Cycle Die::nextActivity() const {
  return listed.empty() ? std::min(mesh.nextEvent(), nextDue()) : mesh.now();
}

void Die::run(mesh::Cycle end, HostThreads &workers) {
  while (!stopped && !pending) {
    if (!listed.empty()) {
      runListed(workers);
      continue;
    }
    if (mesh.now() >= end)
      return;
    // Nobody can send anything before what is due next.
    mesh::Cycle due = nextDue();
    if (due <= mesh.now())
      doEvents(mesh.now());
    else
      mesh.advance(std::min({end, due, nextSample()}), *this);
    sampleLinks(false);
  }
  if (stopped && !pending)
    finishCycle(workers);
}

void Die::finishCycle(HostThreads &workers) {
  do {
    if (!listed.empty())
      runListed(workers);
    doEvents(stopped->at.time);
  } while (!listed.empty() && !pending);
}

mesh::Cycle Die::nextSample() const {
  return links.empty() ? mesh::never : links.front().nextEdge();
}

void Die::sampleLinks(bool atEnd) {
  if (links.empty() || (!atEnd && mesh.now() < nextSample()))
    return;
  size_t place = 0;
  for (mesh::NodeId id : program.topology().nodes(mesh.area()))
    links[place++].sample(mesh.now(), mesh.linkPackets(id));
}

void Die::stopAt(Stop stop) {
  if (!stopped || stop.at < stopped->at)
    stopped = std::move(stop);
}

void Die::doEvents(mesh::Cycle cycle) {
  for (InterfaceProcessor *device : devices)
    device->step(cycle, mesh);
  doListEvents(cycle);
  // Whom a list has woken comes before what nodes do at this time.
  if (!listed.empty())
    return;
  while (!events.empty() && events.top().at <= cycle) {
    // A stop does not undo what comes before it at the same time.
    if (stopped && stopped->at < Moment{cycle, events.top().node, 0})
      return;
    Event event = events.top();
    events.pop();
    Node &node = *program.nodeAt(event.node);
    if (isStale(node, event.at))
      continue;
    if (event.at >= limitOf(node))
      continue; // Only in the cycle of a stop, when nothing comes after.
    node.eventAt = mesh::never;
    if (node.state == Node::State::Sync && !synchronise(node))
      continue;
    if (pending)
      return;
    if (node.state != Node::State::Done)
      list(node);
  }
}

bool Die::synchronise(Node &node) {
  for (unsigned i = 0; i < threadsPerNode; ++i) {
    NodeThread &thread = node.threads[i];
    if (thread.status != ThreadStatus::Sync || node.timeOf(i) != node.time ||
        node.state == Node::State::Done)
      continue;
    if (thread.syncTrap != TrapKind::None) {
      stopAt({{node.time, node.id, i}, thread.syncTrap, ""});
      return false;
    }
    synchronisedRequest(node, i);
    if (pending)
      break;
  }
  return true;
}
