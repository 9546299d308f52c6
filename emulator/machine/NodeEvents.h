// What threads and lists of a node have waited for, and, if the node is in the
// timeline, what they did.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include "tatami/mesh/Packet.h"
#include "tatami/trace/Events.h"
#include "tatami/trace/WaitLog.h"

#include <array>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace tatami {

/// Events of a node that are not written yet.
class NodeTimeline {
public:
  /// \p name is of a range or a counter.
  void add(const Event &event, const std::string &name = "");
  void receive(const Event &event);
  /// Appends those before \p end to \p to, in their order; keeps the others.
  void take(uint64_t end, std::vector<Event> &to);
  const std::string &name(const Event &event) const { return names[event.name]; }

private:
  /// Packets that follow each other within so many cycles are one event
  /// (chosen).
  static constexpr uint64_t receiveGap = 64;

  std::vector<Event> events;
  Event receiving; ///< Of packets, if there are any.
  std::vector<std::string> names;
  std::map<std::string, uint32_t> numbers; ///< Of names.
};

class NodeEvents {
public:
  /// Keeps \p mostWaits waits.
  NodeEvents(uint32_t node, size_t mostWaits, bool hasTimeline);

  /// The agent has waited over [from, to), at \p pc. \p by has ended that, or
  /// is null: nobody could have earlier. \p ran is the entry of the function that
  /// a thread has run before; 0 if it is not known.
  void wait(unsigned agent, uint64_t pc, uint64_t from, uint64_t to, Cause cause,
            const Waker *by, uint64_t ran = 0);
  /// A list has moved a block; \p credit cycles of that it waited for room.
  void moved(unsigned agent, uint64_t descriptor, uint64_t from, uint64_t to,
             uint64_t credit, uint64_t packets);
  /// \p ran: see wait(), of who was there before.
  void start(unsigned agent, uint64_t pc, const Waker &by, uint64_t ran = 0);
  void end(unsigned thread, uint64_t time);

  void post(uint64_t time, uint64_t semaphore, uint64_t amount,
            const Waker &by);
  void take(uint64_t time, uint64_t semaphore, uint64_t amount);
  /// A thread's test of a semaphore at \p pc has failed.
  void failTest(unsigned thread, uint64_t pc, uint64_t time) {
    failed[thread] = {pc, time};
  }
  /// Whether a test that succeeds is one of a loop: the thread has done so little
  /// since the last one that it has waited.
  bool isPolling(unsigned thread, uint64_t pc, uint64_t time) const {
    const Test &before = failed[thread];
    return before.pc == pc && time - before.time <= WaitLog::mergedGap;
  }
  /// It has: until the semaphore was posted.
  void polled(unsigned thread, uint64_t time, uint64_t semaphore, uint64_t ran);
  /// Who was the last to add to it.
  const Waker &poster(uint64_t semaphore) const {
    return postOf(semaphore).by;
  }

  // Only for the timeline.
  void send(unsigned thread, uint64_t time, const mesh::PacketDesc &packet,
            uint64_t count);
  void receive(uint64_t time, const mesh::Packet &packet);
  void beginRange(unsigned thread, uint64_t time, const std::string &name);
  void endRange(unsigned thread, uint64_t time);
  void counter(unsigned thread, uint64_t time, const std::string &name,
               uint64_t bits);
  void trap(unsigned agent, uint64_t time, uint8_t kind, uint64_t pc);

  WaitLog waits;
  std::unique_ptr<NodeTimeline> timeline;
  uint8_t lastThread = 0; ///< That has ended the node.

private:
  struct Test {
    uint64_t pc = ~uint64_t(0), time = 0;
  };
  /// The last addition to a semaphore.
  struct Post {
    Waker by;
    uint64_t time = 0;
  };
  const Post &postOf(uint64_t semaphore) const {
    static constexpr Post none;
    return semaphore < posts.size() ? posts[semaphore] : none;
  }

  uint32_t node;
  /// By semaphore, up to the last one that was posted: most programs have few.
  std::vector<Post> posts;
  std::array<Test, firstListAgent> failed; ///< Since the thread's last wait.
};

} // namespace tatami
