// Threads and counters of one node.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "Node.h"

#include <algorithm>

using namespace tatami;
using mesh::PacketKind;

Reply tatami::answerTo(const mesh::Packet &packet) {
  Reply answer;
  answer.packet.cls = mesh::TrafficClass::Reply;
  answer.from = packet.address;
  answer.fromMemory = true;
  switch (packet.kind) {
  case PacketKind::LoadRequest:
    answer.packet.kind = PacketKind::LoadReply;
    answer.packet.tag = packet.tag & 0xff;
    answer.packet.length = uint8_t(packet.tag >> 8);
    break;
  case PacketKind::PullRequest: {
    auto order = packet.read<PullOrder>();
    answer.packet.kind = PacketKind::PullReply;
    answer.packet.tag = order.number;
    answer.packet.address = order.local;
    answer.packet.length = uint8_t(mesh::packetBytes);
    answer.count = order.bytes / mesh::packetBytes;
    break;
  }
  default: // A fence's probe.
    answer.packet.kind = PacketKind::Ack;
    answer.packet.tag = packet.tag;
    break;
  }
  return answer;
}

void Node::startThread(unsigned number, uint64_t pc) {
  NodeThread &thread = threads[number];
  if (!thread.state)
    thread.state = std::make_unique<ThreadState>();
  thread.state->reset();
  thread.state->pc = pc;
  thread.status = ThreadStatus::Running;
  thread.waitFor = WaitFor::Nothing;
}

void Node::delay(unsigned thread, uint64_t cycle, Cause cause,
                 const Waker *by) {
  if (!scoreboard) {
    threads[thread].time = std::max(threads[thread].time, cycle);
    return;
  }
  uint64_t before = scoreboard->accounted(thread);
  uint64_t begin = timeOf(thread);
  scoreboard->waitUntil(thread, cycle, cause);
  if (!recorder)
    return;
  recorder->wait(*this, thread, cause, scoreboard->accounted(thread) - before);
  if (timeOf(thread) > begin)
    record->events.wait(
        thread, threads[thread].state->pc, begin, timeOf(thread), cause, by,
        recorder->interrupt(*this, thread));
}

void Node::noteTest(unsigned thread, uint64_t semaphore, bool hasSucceeded) {
  if (!recorder)
    return;
  NodeEvents &events = record->events;
  const uint64_t pc = threads[thread].state->pc, now = timeOf(thread);
  if (!hasSucceeded)
    events.failTest(thread, pc, now);
  else if (events.isPolling(thread, pc, now))
    events.polled(thread, now, semaphore,
                  recorder->interrupt(*this, thread));
}

void Node::drain(unsigned thread) {
  if (!scoreboard)
    return;
  LostCycles before = scoreboard->lost(thread);
  scoreboard->drain(thread);
  if (recorder)
    recorder->drain(*this, thread, before, scoreboard->lost(thread));
}

bool Node::pickThread(unsigned &thread, uint64_t &next) const {
  bool found = false;
  uint64_t best = 0;
  next = ~uint64_t(0);
  for (unsigned i = 0; i < threadsPerNode; ++i) {
    ThreadStatus status = threads[i].status;
    if (status != ThreadStatus::Running && status != ThreadStatus::Sync)
      continue;
    uint64_t time = timeOf(i);
    // Ties go round: thread `time` modulo 4 comes first.
    auto turn = [&](unsigned t) {
      return (t - unsigned(time)) % threadsPerNode;
    };
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

bool Node::waitsForMesh() const {
  return std::any_of(threads.begin(), threads.end(),
                     [](const NodeThread &t) { return t.waitsForMesh(); });
}

bool Node::isAlone(unsigned thread) const {
  for (unsigned i = 0; i < threadsPerNode; ++i)
    if (i != thread && threads[i].status != ThreadStatus::Off)
      return false;
  return !lists || !lists->anyBusy();
}

bool Node::runsAlone(unsigned thread) const {
  for (unsigned i = 0; i < threadsPerNode; ++i)
    if (i != thread && threads[i].status != ThreadStatus::Off &&
        (threads[i].status != ThreadStatus::Waiting ||
         threads[i].waitFor != WaitFor::ThreadEnd))
      return false;
  return true;
}

unsigned Node::longestThread() const {
  unsigned longest = 0;
  for (unsigned i = 1; i < threadsPerNode; ++i)
    if (clockOf(i) > clockOf(longest))
      longest = i;
  return longest;
}

Counters Node::counters(unsigned thread) const {
  Counters result;
  result.cycles = clockOf(thread);
  for (const NodeThread &t : threads)
    result.instructions += t.instructions;
  result.macs = macs;
  result.flops = flops;
  if (lists)
    result.lists = lists->counters(result.cycles);
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

void Node::beginRegion(unsigned thread, std::string name,
                       const ListCounters &lists) {
  if (openRegions.size() == maxOpenRegions) {
    ++deeperRegions[thread];
    return;
  }
  name.resize(std::min(name.size(), maxRegionName));
  openRegions.push_back({std::move(name), uint8_t(thread), counters(thread)});
  openRegions.back().begin.lists = lists;
  if (recorder)
    recorder->regionChanged(*this, thread);
}

void Node::endRegion(unsigned thread) {
  if (deeperRegions[thread] > 0) {
    --deeperRegions[thread];
    return;
  }
  auto innermost =
      std::find_if(openRegions.rbegin(), openRegions.rend(),
                   [&](const OpenRegion &r) { return r.thread == thread; });
  if (innermost == openRegions.rend())
    return;
  OpenRegion region = std::move(*innermost);
  openRegions.erase(std::next(innermost).base());
  Counters spent = counters(thread);
  spent -= region.begin;
  auto kept = std::find_if(regions.begin(), regions.end(),
                           [&](auto &r) { return r.name == region.name; });
  if (kept == regions.end() && regions.size() == maxRegions)
    kept = regions.end() - 1;
  if (kept == regions.end()) {
    if (regions.size() + 1 == maxRegions)
      region.name = "(all others)";
    regions.push_back({std::move(region.name), {}, 0});
    kept = regions.end() - 1;
  }
  kept->spent += spent;
  ++kept->entries;
  if (recorder)
    recorder->regionChanged(*this, thread);
}

void Node::end(int status, uint64_t time, unsigned thread) {
  exitStatus = status;
  state = State::Done;
  if (record) {
    record->events.lastThread = uint8_t(thread);
    for (unsigned i = 0; i < threadsPerNode; ++i)
      if (threads[i].status != ThreadStatus::Off)
        record->events.end(i, time);
  }
  if (recorder)
    for (unsigned i = 0; i < threadsPerNode; ++i)
      recorder->endThread(*this, i);
  for (unsigned i = 0; i < threadsPerNode; ++i) {
    // The others' time ends with the node.
    if (scoreboard)
      scoreboard->waitUntil(i, time, Cause::Idle);
    threads[i].status = ThreadStatus::Off;
  }
  deeperRegions = {};
  while (!openRegions.empty())
    endRegion(openRegions.back().thread);
  endTime = time;
}
