// The loop of the simulation: who runs, how far, and when the mesh moves.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "MachineImpl.h"

#include "tatami/isa/Inst.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>

using namespace tatami;

Machine::Machine(const MachineOptions &options, Image image, std::string &error)
    : impl(std::make_unique<Impl>(options, std::move(image), error)) {}
Machine::~Machine() = default;
RunResult Machine::run() { return impl->run(); }

Machine::Impl::Impl(const MachineOptions &options, Image loaded,
                    std::string &error)
    : options(options), image(std::move(loaded)), mesh(options.config.mesh) {
  level = selectHostLevel(options.hostLevel);
  if (!level) {
    error = checkHostLevel(options.hostLevel);
    return;
  }
  for (auto &[host, guest] : options.grants)
    if (error = files.grant(host, guest); !error.empty())
      return;
  if (options.timing == TimingMode::D1)
    model = &isa::d1Model;
  else if (options.timing == TimingMode::Unit)
    model = &isa::unitModel;

  const Image::Segment &text = image.text();
  auto code = std::make_shared<const Code>(text.data, text.address, model);
  const mesh::Topology &topology = mesh.topology();
  nodeOf.resize(topology.size());
  for (mesh::NodeId id = 0; id < topology.size(); ++id) {
    if (!topology.enabled(id))
      continue;
    nodes.push_back(std::make_unique<Node>(id, topology.coord(id),
                                           options.config.sramBytes));
    nodeOf[id] = nodes.back().get();
    nodes.back()->code = code;
    load(*nodes.back());
  }
}

void Machine::Impl::load(Node &node) {
  for (const Image::Segment &segment : image.segments)
    std::copy(segment.data.begin(), segment.data.end(),
              node.memory.bytes() + segment.address);
  node.memory.setReadOnlyEnd(image.readOnlyEnd());
  if (model)
    node.scoreboard = std::make_unique<Scoreboard>(*model);
  for (NodeThread &thread : node.threads)
    thread.state.reset();
  NodeThread &first = node.threads[0];
  first.status = ThreadStatus::Running;
  first.state.pc = image.entry;
  first.state.x[2] = options.config.sramBytes; // Start-up code sets it again.
}

bool Machine::Impl::pickThread(const Node &node, unsigned &thread,
                               uint64_t &next) const {
  bool found = false;
  uint64_t best = 0;
  next = ~uint64_t(0);
  for (unsigned i = 0; i < threadsPerNode; ++i) {
    ThreadStatus status = node.threads[i].status;
    if (status != ThreadStatus::Running && status != ThreadStatus::Sync)
      continue;
    uint64_t time = node.timeOf(i);
    // Ties go round: thread `time` modulo 4 comes first.
    auto turn = [&](unsigned t) { return (t - unsigned(time)) % threadsPerNode; };
    if (!found || time < best || (time == best && turn(i) < turn(thread))) {
      if (found)
        next = std::min(next, best);
      found = true;
      best = time;
      thread = i;
    } else {
      next = std::min(next, time);
    }
  }
  return found;
}

void Machine::Impl::runNode(Node &node, uint64_t horizon) {
  while (node.state != Node::State::Done) {
    unsigned thread = 0;
    uint64_t next;
    if (!pickThread(node, thread, next)) {
      node.state = Node::State::Blocked;
      return;
    }
    node.time = node.timeOf(thread);
    if (node.threads[thread].status == ThreadStatus::Sync) {
      node.state = Node::State::Sync;
      return;
    }
    node.state = Node::State::Ready;
    if (node.time >= horizon)
      return;
    runThread(node, thread, std::min(next, horizon));
  }
}

void Machine::Impl::runThread(Node &node, unsigned number, uint64_t limit) {
  NodeThread &thread = node.threads[number];
  uint64_t now = node.timeOf(number);
  RunContext context;
  context.thread = &thread.state;
  context.memory = &node.memory;
  context.code = node.code.get();
  context.scoreboard = node.scoreboard.get();
  context.threadNumber = number;
  context.budget = ~uint64_t(0);
  context.lastCycle = std::max(now, limit - 1);
  if (!node.scoreboard)
    context.budget = std::max<uint64_t>(1, limit > now ? limit - now : 1);
  StopReason reason;
  if (options.trace) {
    context.budget = 1;
    reason = traceStep(node, number, context);
  } else {
    reason = level->run(context);
  }
  thread.instructions += context.instructions;
  thread.time += context.instructions;
  node.macs += context.macs;
  node.flops += context.flops;
  switch (reason) {
  case StopReason::Budget:
    return;
  case StopReason::Request:
    thread.request = context.request;
    request(node, number);
    return;
  case StopReason::Trap:
    raiseTrap(node, number, context.trap);
    return;
  }
}

void Machine::Impl::synchronise(Node &node) {
  for (unsigned i = 0; i < threadsPerNode && !stopped; ++i) {
    NodeThread &thread = node.threads[i];
    if (thread.status != ThreadStatus::Sync || node.timeOf(i) != node.time ||
        node.state == Node::State::Done)
      continue;
    if (thread.syncTrap != TrapKind::None) {
      stopped = true;
      stopStatus = trapStatus;
      report = trapReport(node, i, thread.syncTrap, node.time);
      return;
    }
    synchronisedRequest(node, i);
  }
}

void Machine::Impl::simulate() {
  uint64_t horizon = std::min(quantum, options.maxCycles);
  while (!stopped) {
    for (auto &node : nodes)
      if (node->state == Node::State::Ready && node->time < horizon)
        runNode(*node, horizon);

    uint64_t earliest = mesh::never;
    bool alive = false;
    for (auto &node : nodes) {
      alive |= node->state != Node::State::Done;
      if (node->state == Node::State::Ready ||
          node->state == Node::State::Sync)
        earliest = std::min(earliest, node->time);
    }
    if (!alive)
      return;
    if (earliest != mesh::never && earliest >= options.maxCycles) {
      stopped = true;
      stopStatus = maxCyclesStatus;
      report = fmt::format("stopped after {} cycles, as --max-cycles says\n",
                           options.maxCycles) +
               runningThreads();
      return;
    }
    // Nobody can send anything before `earliest`.
    mesh::Cycle now = mesh.advance(earliest, *this);
    bool woken = std::any_of(nodes.begin(), nodes.end(), [&](auto &node) {
      return node->state == Node::State::Ready && node->time < horizon;
    });
    if (stopped || woken)
      continue;
    if (earliest == mesh::never) {
      // Everybody waited; whoever was woken beyond the horizon moves it.
      uint64_t next = mesh::never;
      for (auto &node : nodes)
        if (node->state == Node::State::Ready)
          next = std::min(next, node->time);
      if (next != mesh::never) {
        horizon = std::min(next + quantum, options.maxCycles);
        continue;
      }
      stopped = true;
      stopStatus = trapStatus;
      report = deadlockReport();
      return;
    }
    if (now < earliest)
      continue;
    for (auto &node : nodes) {
      if (stopped)
        return;
      if (node->state != Node::State::Sync || node->time != earliest)
        continue;
      synchronise(*node);
      if (!stopped)
        runNode(*node, horizon);
    }
    if (earliest >= horizon)
      horizon = std::min(earliest + quantum, options.maxCycles);
  }
}

void Machine::Impl::endNode(Node &node, int status, uint64_t time) {
  node.exitStatus = status;
  node.state = Node::State::Done;
  for (unsigned i = 0; i < threadsPerNode; ++i) {
    // The others' time ends with the node.
    if (node.scoreboard)
      node.scoreboard->waitUntil(i, time, Cause::Idle);
    node.threads[i].status = ThreadStatus::Off;
  }
  while (!node.regions.empty())
    endRegion(node, 0);
  node.endTime = time;
}

Counters Node::counters(unsigned thread) const {
  Counters result;
  result.cycles = clockOf(thread);
  for (const NodeThread &t : threads)
    result.instructions += t.instructions;
  result.macs = macs;
  result.flops = flops;
  if (scoreboard) {
    for (unsigned i = 0; i < threadsPerNode; ++i) {
      result.issuedCycles += scoreboard->issued(i);
      for (size_t cause = 0; cause < numCauses; ++cause)
        result.lost[cause] += scoreboard->lost(i)[cause];
      // A thread that has not begun, has ended, or is behind.
      uint64_t accounted = scoreboard->accounted(i);
      if (accounted < result.cycles)
        result.lost[size_t(Cause::Idle)] += result.cycles - accounted;
    }
  }
  return result;
}

void Machine::Impl::finish(Stats &stats) {
  stats.machine = options.config.name;
  stats.timing = options.timing == TimingMode::D1     ? "d1"
                 : options.timing == TimingMode::Unit ? "unit"
                                                      : "off";
  stats.hostLevel = level->name;
  stats.clockGigahertz = options.config.clockGigahertz;
  stats.threadsPerNode = threadsPerNode;
  const isa::InstInfo &product = isa::info(isa::Opcode::MMA_BF16);
  stats.macsPerCycle =
      product.macs / isa::d1Model.classes[product.classes[0]].uses[0].cycles;
  for (auto &node : nodes) {
    NodeStats one;
    unsigned longest = 0;
    for (unsigned i = 1; i < threadsPerNode; ++i)
      if (node->clockOf(i) > node->clockOf(longest))
        longest = i;
    static_cast<Counters &>(one) = node->counters(longest);
    one.node = node->id;
    one.x = node->at.x;
    one.y = node->at.y;
    one.packetsSent = node->sent;
    one.packetsReceived = node->received;
    uint64_t cycles = std::max(stats.total.cycles, one.cycles);
    stats.total += one;
    stats.total.cycles = cycles;
    stats.nodes.push_back(one);
  }
  for (auto &[key, cycles] : regionCycles) {
    RegionStats &region = regions[key.first];
    region.cycles = std::max(region.cycles, cycles);
    ++region.nodes;
  }
  stats.regions = regions;
}

RunResult Machine::Impl::run() {
  auto begin = std::chrono::steady_clock::now();
  simulate();
  files.flush();
  RunResult result;
  result.report = report;
  result.exitStatus = stopped ? stopStatus : 0;
  if (!stopped)
    for (auto &node : nodes)
      if (node->exitStatus != 0) {
        result.exitStatus = node->exitStatus;
        break;
      }
  finish(result.stats);
  result.stats.exitStatus = result.exitStatus;
  result.stats.hostSeconds =
      std::chrono::duration<double>(std::chrono::steady_clock::now() - begin)
          .count();
  return result;
}
