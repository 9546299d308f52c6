// What instructions ask of the machine: threads, control registers, semaphores
// of the own node.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "Die.h"

#include "tatami/isa/ControlRegisters.h"

#include <fmt/format.h>

#include <algorithm>

using namespace tatami;

namespace {

/// Requests whose answer depends on what has arrived by the mesh, or that the
/// outside sees.
bool needsSynchronisation(const Request &request) {
  switch (request.kind) {
  case RequestKind::HostCall:
  case RequestKind::SemaphoreWait:
  case RequestKind::SemaphoreTest:
  case RequestKind::SemaphoreRead:
  case RequestKind::SemaphorePost:
  case RequestKind::ListStart:
  case RequestKind::ListTest:
  case RequestKind::ListWait:
    return true;
  case RequestKind::ReadControl:
    // Replies and lists send in the time of the mesh.
    return request.a == uint64_t(isa::ControlRegister::RECEIVED) ||
           request.a == uint64_t(isa::ControlRegister::SENT);
  case RequestKind::Pull: // Of nothing: it counts at once.
    return request.c == 0;
  default:
    return false;
  }
}

} // namespace

void Die::complete(Node &node, unsigned number) {
  NodeThread &thread = node.threads[number];
  thread.status = ThreadStatus::Running;
  thread.waitFor = WaitFor::Nothing;
  thread.state->pc += 4;
}

void Die::raiseTrap(Node &node, unsigned number, TrapKind kind) {
  NodeThread &thread = node.threads[number];
  thread.status = ThreadStatus::Sync;
  thread.syncTrap = kind;
}

void Die::request(Node &node, unsigned number) {
  NodeThread &thread = node.threads[number];
  // Nobody but this thread takes from the node's semaphores, so what is there
  // already will be there when the mesh has come.
  if (thread.request.kind == RequestKind::SemaphoreWait &&
      thread.request.a < semaphoresPerNode && node.isAlone(number) &&
      takeSemaphore(node, number))
    return complete(node, number);
  // A pull may have to wait for others of the node to end, and what is open
  // now may not be all that is at the thread's time.
  const bool mayWait = thread.request.kind == RequestKind::Pull &&
                       (!canOpenPull(node) || !node.isAlone(number));
  if (mayWait || needsSynchronisation(thread.request)) {
    // The outside sees what is finished, so the pipeline runs empty first.
    if (thread.request.kind == RequestKind::HostCall)
      node.drain(number);
    thread.status = ThreadStatus::Sync;
    return;
  }
  switch (thread.request.kind) {
  case RequestKind::ThreadStart:
    return startThread(node, number);
  case RequestKind::ThreadWait:
    return waitForThread(node, number);
  case RequestKind::Halt:
    return endThread(node, number);
  case RequestKind::Pause:
    return complete(node, number);
  case RequestKind::FetchFence:
    return refetch(node, number);
  case RequestKind::ReadControl:
    return readControl(node, number);
  case RequestKind::WriteControl:
    return writeControl(node, number);
  default:
    return meshRequest(node, number);
  }
}

void Die::synchronisedRequest(Node &node, unsigned number) {
  NodeThread &thread = node.threads[number];
  const Request &r = thread.request;
  switch (r.kind) {
  case RequestKind::HostCall:
    return hostCall(node, number);
  case RequestKind::ReadControl:
    return readControl(node, number);
  case RequestKind::Pull:
    return meshRequest(node, number);
  case RequestKind::ListStart:
  case RequestKind::ListTest:
  case RequestKind::ListWait:
    return listRequest(node, number);
  case RequestKind::Barrier:
    return reachFreeBarrier(node, number);
  default:
    break;
  }
  if (r.a >= semaphoresPerNode)
    return raiseTrap(node, number, TrapKind::BadSemaphore);
  switch (r.kind) {
  case RequestKind::SemaphoreWait:
    if (takeSemaphore(node, number))
      return complete(node, number);
    thread.status = ThreadStatus::Waiting;
    thread.waitFor = WaitFor::Semaphore;
    return;
  case RequestKind::SemaphoreTest: {
    const bool isTaken = takeSemaphore(node, number);
    thread.state->x[r.reg] = isTaken;
    node.noteTest(number, r.a, isTaken);
    return complete(node, number);
  }
  case RequestKind::SemaphoreRead:
    thread.state->x[r.reg] = node.semaphores[r.a];
    return complete(node, number);
  default: // SemaphorePost
    if (r.b > UINT32_MAX - node.semaphores[r.a])
      return raiseTrap(node, number, TrapKind::SemaphoreOverflow);
    complete(node, number);
    addToSemaphore(node, r.a, r.b, node.timeOf(number),
                   {node.id, uint8_t(number), node.timeOf(number)});
  }
}

bool Die::takeSemaphore(Node &node, unsigned number, uint64_t cycle) {
  const Request &r = node.threads[number].request;
  uint32_t &value = node.semaphores[r.a];
  if (value < r.b)
    return false;
  value -= uint32_t(r.b);
  if (node.record)
    node.record->events.take(std::max(node.timeOf(number), cycle), r.a, r.b);
  return true;
}

bool Die::addToSemaphore(Node &node, uint64_t index, uint64_t amount,
                         uint64_t cycle, const Waker &by) {
  if (amount > UINT32_MAX - node.semaphores[index]) {
    // No instruction of this node did it: the node's threads have no part.
    stopAt({{cycle, node.id, 0},
            TrapKind::SemaphoreOverflow,
            fmt::format("semaphore {} is {}; node {} adds {}", index,
                        node.semaphores[index], by.node, amount)});
    return true;
  }
  node.semaphores[index] += uint32_t(amount);
  if (node.record)
    node.record->events.post(cycle, index, amount, by);
  bool woken = false;
  for (unsigned i = 0; i < threadsPerNode; ++i) {
    NodeThread &thread = node.threads[i];
    if (thread.status != ThreadStatus::Waiting ||
        thread.waitFor != WaitFor::Semaphore || thread.request.a != index ||
        !takeSemaphore(node, i, cycle))
      continue;
    node.delay(i, cycle, Cause::Semaphore, &by);
    complete(node, i);
    woken = true;
  }
  if (woken)
    resume(node, cycle);
  if (node.lists && node.lists->waitsFor(unsigned(index))) {
    expectLists(node, cycle);
    return true;
  }
  return woken;
}

//===-- Threads ------------------------------------------------------------===//

void Die::startThread(Node &node, unsigned number) {
  const Request &r = node.threads[number].request;
  if (r.a >= threadsPerNode || node.threads[r.a].status != ThreadStatus::Off)
    return raiseTrap(node, number, TrapKind::BadThread);
  if (!node.code->contains(r.b))
    return raiseTrap(node, number, TrapKind::BadFetch);
  node.startThread(unsigned(r.a), r.b);
  NodeThread &started = node.threads[r.a];
  started.state->x[8] = r.c;
  started.time = node.timeOf(number);
  if (node.scoreboard)
    node.scoreboard->start(unsigned(r.a), node.timeOf(number));
  if (node.recorder)
    node.recorder->beginThread(node, unsigned(r.a), r.b);
  if (node.record)
    node.record->events.start(
        unsigned(r.a), r.b, {node.id, uint8_t(number), node.timeOf(number)},
        node.record->events.waits.ending(uint8_t(r.a)).ran);
  complete(node, number);
}

void Die::waitForThread(Node &node, unsigned number) {
  NodeThread &thread = node.threads[number];
  uint64_t other = thread.request.a;
  if (other >= threadsPerNode || other == number)
    return raiseTrap(node, number, TrapKind::BadThread);
  if (node.threads[other].status == ThreadStatus::Off) {
    // It has halted; what it had begun may last a little longer.
    const Waker by{node.id, uint8_t(other), node.timeOf(unsigned(other))};
    node.delay(number, by.time, Cause::OtherThread, &by);
    return complete(node, number);
  }
  thread.status = ThreadStatus::Waiting;
  thread.waitFor = WaitFor::ThreadEnd;
}

void Die::endThread(Node &node, unsigned number) {
  node.drain(number);
  if (node.recorder)
    node.recorder->endThread(node, number);
  uint64_t time = node.timeOf(number);
  node.threads[number].status = ThreadStatus::Off;
  const Waker by{node.id, uint8_t(number), time};
  if (node.record)
    node.record->events.end(number, time);
  bool alive = false;
  for (unsigned i = 0; i < threadsPerNode; ++i) {
    NodeThread &thread = node.threads[i];
    alive |= thread.status != ThreadStatus::Off;
    if (thread.status == ThreadStatus::Waiting &&
        thread.waitFor == WaitFor::ThreadEnd && thread.request.a == number) {
      node.delay(i, time, Cause::OtherThread, &by);
      complete(node, i);
    }
  }
  if (!alive)
    node.end(0, time, number);
}

void Die::refetch(Node &node, unsigned number) {
  if (node.codeChanged) {
    const Image::Segment &text = program.image.text();
    const uint8_t *begin = node.memory.bytes() + text.address;
    node.ownText.assign(begin, begin + text.data.size());
    node.code = std::make_shared<const Code>(node.ownText, text.address,
                                             program.pipelines.get());
    node.codeChanged = false;
    if (node.recorder)
      node.recorder->attach(node);
  }
  node.drain(number);
  complete(node, number);
}

//===-- Control registers ---------------------------------------------------===//

void Die::readControl(Node &node, unsigned number) {
  using CR = isa::ControlRegister;
  NodeThread &thread = node.threads[number];
  const mesh::Topology &topology = program.topology();
  unsigned dieColumns = program.options.config.mesh.dieColumns;
  unsigned dieRows = program.options.config.mesh.dieRows;
  uint64_t value = 0;
  switch (CR(thread.request.a)) {
  case CR::NODE:
    value = node.id;
    break;
  case CR::X:
    value = node.at.x;
    break;
  case CR::Y:
    value = node.at.y;
    break;
  case CR::COLUMNS:
    value = topology.columns();
    break;
  case CR::ROWS:
    value = topology.rows();
    break;
  case CR::DIE_X:
    value = dieColumns ? node.at.x / dieColumns : 0;
    break;
  case CR::DIE_Y:
    value = dieRows ? node.at.y / dieRows : 0;
    break;
  case CR::NODES:
    value = topology.enabledCount();
    break;
  case CR::THREAD:
    value = number;
    break;
  case CR::STACK_LIMIT:
    value = thread.state->stackLimit;
    break;
  case CR::CONVFLAGS:
    value = thread.state->conversionFlags;
    break;
  case CR::ENABLED_RANK:
    value = program.enabled.rank(node.id);
    break;
  case CR::INTERFACES:
    value = program.devices.size();
    break;
  case CR::CYCLE:
    value = node.timeOf(number);
    break;
  case CR::INSTRET:
    value = thread.instructions;
    break;
  case CR::MACS:
    value = node.macs;
    break;
  case CR::SENT:
    value = node.sent;
    break;
  case CR::RECEIVED:
    value = node.received;
    break;
  default:
    return raiseTrap(node, number, TrapKind::BadControlRegister);
  }
  thread.state->x[thread.request.reg] = value;
  complete(node, number);
}

void Die::writeControl(Node &node, unsigned number) {
  using CR = isa::ControlRegister;
  NodeThread &thread = node.threads[number];
  switch (CR(thread.request.a)) {
  case CR::STACK_LIMIT:
    thread.state->stackLimit = thread.request.b;
    break;
  case CR::CONVFLAGS:
    thread.state->conversionFlags = thread.request.b & 15;
    break;
  default:
    return raiseTrap(node, number, TrapKind::BadControlRegister);
  }
  complete(node, number);
}
