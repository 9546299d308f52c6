// Notes waits, and events of the timeline.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "NodeEvents.h"

#include <algorithm>

using namespace tatami;

//===-- The timeline --------------------------------------------------------===//

void NodeTimeline::add(const Event &event, const std::string &name) {
  events.push_back(event);
  if (!event.hasName())
    return;
  // Chosen: a program can make the host keep so many names of a node.
  constexpr size_t most = 4096;
  const std::string &kept = names.size() < most || numbers.count(name)
                                ? name
                                : names.back();
  auto [known, isNew] = numbers.try_emplace(kept, uint32_t(names.size()));
  events.back().name = known->second;
  if (isNew)
    names.push_back(names.size() + 1 < most ? name : "(all others)");
}

void NodeTimeline::receive(const Event &event) {
  Event &before = receiving;
  if (before.values[1] > 0) {
    if (before.values[0] == event.values[0] && before.detail == event.detail &&
        event.at - before.at <= receiveGap) {
      before.at = event.at;
      before.values[1] += event.values[1];
      before.values[2] += event.values[2];
      return;
    }
    events.push_back(before);
  }
  before = event;
}

void NodeTimeline::take(uint64_t end, std::vector<Event> &to) {
  if (receiving.values[1] > 0 && receiving.at < end) {
    events.push_back(receiving);
    receiving = {};
  }
  std::vector<Event> later;
  for (const Event &event : events)
    (event.at < end ? to : later).push_back(event);
  events.swap(later);
}

//===-- Waits ---------------------------------------------------------------===//

NodeEvents::NodeEvents(uint32_t node, size_t mostWaits, bool hasTimeline)
    : waits(mostWaits), node(node) {
  if (hasTimeline)
    timeline = std::make_unique<NodeTimeline>();
}

void NodeEvents::wait(unsigned agent, uint64_t pc, uint64_t from, uint64_t to,
                      Cause cause, const Waker *by, uint64_t ran) {
  const bool own = by == nullptr;
  waits.add({from, to, own ? to - from : by->time, uint32_t(pc),
             own ? node : by->node, uint8_t(agent),
             own ? uint8_t(agent) : by->agent, cause, own, uint32_t(ran)});
  if (agent < firstListAgent)
    failed[agent] = {};
  if (!timeline)
    return;
  Event event{.at = to,
              .from = from,
              .values = {pc},
              .node = node,
              .kind = own ? EventKind::OwnWait
                          : agent >= firstListAgent ? EventKind::ListWait
                                                    : EventKind::Wait,
              .agent = uint8_t(agent),
              .detail = uint8_t(cause)};
  if (!own)
    event.values = {pc, by->node, by->agent, std::min(by->time, to)};
  timeline->add(event);
}

void NodeEvents::polled(unsigned thread, uint64_t time, uint64_t semaphore,
                        uint64_t ran) {
  const auto [pc, from] = failed[thread];
  failed[thread] = {};
  const auto &[by, posted] = postOf(semaphore);
  if (by.node == node && by.agent == thread)
    return;
  waits.add({from, std::clamp(posted, from, time), by.time,
             uint32_t(pc), by.node, uint8_t(thread), by.agent,
             Cause::Semaphore, false, uint32_t(ran)});
}

void NodeEvents::moved(unsigned agent, uint64_t descriptor, uint64_t from,
                       uint64_t to, uint64_t credit, uint64_t packets) {
  if (credit)
    waits.add({from, to, credit, uint32_t(descriptor), node, uint8_t(agent),
               uint8_t(agent), Cause::MeshCredit, true});
  if (timeline)
    timeline->add({.at = to,
                   .from = from,
                   .values = {descriptor, packets, credit},
                   .node = node,
                   .kind = EventKind::ListMove,
                   .agent = uint8_t(agent)});
}

void NodeEvents::start(unsigned agent, uint64_t pc, const Waker &by,
                       uint64_t ran) {
  if (agent < firstListAgent)
    failed[agent] = {};
  waits.add({by.time, by.time, by.time, uint32_t(pc), by.node, uint8_t(agent),
             by.agent, Cause::Idle, false, uint32_t(ran)});
  if (timeline)
    timeline->add({.at = by.time,
                   .from = by.time,
                   .values = {pc},
                   .node = node,
                   .kind = EventKind::Start,
                   .agent = uint8_t(agent)});
}

void NodeEvents::end(unsigned thread, uint64_t time) {
  if (timeline)
    timeline->add({.at = time,
                   .from = time,
                   .node = node,
                   .kind = EventKind::End,
                   .agent = uint8_t(thread)});
}

void NodeEvents::post(uint64_t time, uint64_t semaphore, uint64_t amount,
                      const Waker &by) {
  if (posts.size() <= semaphore)
    posts.resize(semaphore + 1);
  posts[semaphore] = {by, time};
  if (timeline)
    timeline->add({.at = time,
                   .from = time,
                   .values = {semaphore, amount},
                   .node = node,
                   .kind = EventKind::Semaphore});
}

void NodeEvents::take(uint64_t time, uint64_t semaphore, uint64_t amount) {
  if (timeline)
    timeline->add({.at = time,
                   .from = time,
                   .values = {semaphore, amount},
                   .node = node,
                   .kind = EventKind::Semaphore,
                   .detail = 1});
}

//===-- What only the timeline has ------------------------------------------===//

void NodeEvents::send(unsigned thread, uint64_t time,
                      const mesh::PacketDesc &packet, uint64_t count) {
  if (timeline)
    timeline->add({.at = time,
                   .from = time,
                   .values = {count, count * packet.length,
                              packet.destination.pack()},
                   .node = node,
                   .kind = EventKind::Send,
                   .agent = uint8_t(thread),
                   .detail = uint8_t(packet.kind)});
}

void NodeEvents::receive(uint64_t time, const mesh::Packet &packet) {
  if (timeline)
    timeline->receive({.at = time,
                       .from = time,
                       .values = {packet.source, 1, packet.length},
                       .node = node,
                       .kind = EventKind::Receive,
                       .detail = uint8_t(packet.kind)});
}

void NodeEvents::beginRange(unsigned thread, uint64_t time,
                            const std::string &name) {
  if (timeline)
    timeline->add({.at = time,
                   .from = time,
                   .node = node,
                   .kind = EventKind::RangeBegin,
                   .agent = uint8_t(thread)},
                  name);
}

void NodeEvents::endRange(unsigned thread, uint64_t time) {
  if (timeline)
    timeline->add({.at = time,
                   .from = time,
                   .node = node,
                   .kind = EventKind::RangeEnd,
                   .agent = uint8_t(thread)});
}

void NodeEvents::counter(unsigned thread, uint64_t time,
                         const std::string &name, uint64_t bits) {
  if (timeline)
    timeline->add({.at = time,
                   .from = time,
                   .values = {bits},
                   .node = node,
                   .kind = EventKind::Counter,
                   .agent = uint8_t(thread)},
                  name);
}

void NodeEvents::trap(unsigned agent, uint64_t time, uint8_t kind,
                      uint64_t pc) {
  if (timeline)
    timeline->add({.at = time,
                   .from = time,
                   .values = {pc},
                   .node = node,
                   .kind = EventKind::Trap,
                   .agent = uint8_t(agent),
                   .detail = kind});
}
