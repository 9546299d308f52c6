// What happens on some nodes while a program runs: the events of a timeline,
// and their packed form.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include "tatami/trace/WaitLog.h"

#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <span>
#include <string>
#include <vector>

namespace tatami {

enum class EventKind : uint8_t {
  Start,     ///< A thread begins. values: pc
  End,       ///< It ends.
  Wait,      ///< It has waited. detail: Cause; values: pc, then the waker
  OwnWait,   ///< The same, and nobody ended it. values: pc
  Send,      ///< detail: packet's kind; values: packets, bytes, rectangle
  Receive,   ///< detail: packet's kind; values: source, packets, bytes
  Semaphore, ///< It has changed. values: number, value
  RangeBegin,
  RangeEnd,
  Counter,  ///< values: bits of a double
  ListWait, ///< A list has waited. values: descriptor, then the waker
  ListMove, ///< It has moved data. values: descriptor, packets, cycles that it
            ///< waited for room
  Trap,     ///< detail: TrapKind; values: pc
  Name,     ///< In files only: the next number's name.
};
inline constexpr size_t numEventKinds = size_t(EventKind::Name) + 1;

struct Event {
  uint64_t at = 0;   ///< When it ended.
  uint64_t from = 0; ///< When it began: the same for most.
  /// By kind. A waker is node, agent, time.
  std::array<uint64_t, 4> values = {};
  uint32_t node = 0;
  /// Of RangeBegin and Counter; whoever has the event has the names.
  uint32_t name = 0;
  EventKind kind = EventKind::Start;
  uint8_t agent = 0, detail = 0;

  bool hasName() const {
    return kind == EventKind::RangeBegin || kind == EventKind::Counter;
  }
  bool operator==(const Event &) const = default;
};

/// How many values the kind has.
unsigned eventValues(EventKind kind);
/// The event's key: "wait", ...
const char *eventKindName(EventKind kind);

/// Packs events: a byte for the kind, then numbers of 7 bits a byte, most of
/// them small since they are differences. A chunk can be read if those before
/// it were.
class EventWriter {
public:
  /// Events come in the order of Event::at.
  void add(const Event &event, const std::string &name);
  /// What was added since the last time.
  std::vector<uint8_t> take();
  size_t bytes() const { return packed.size(); }

private:
  void number(uint64_t value);

  std::vector<uint8_t> packed;
  std::map<std::string, uint32_t> names;
  uint64_t now = 0;
};

class EventReader {
public:
  /// Hands over the events of a chunk, in order. Throws ArchiveError.
  void read(std::span<const uint8_t> chunk,
            const std::function<void(const Event &)> &take);
  /// Of the events that were handed over.
  const std::string &name(const Event &event) const {
    return names[event.name];
  }

private:
  std::vector<std::string> names;
};

} // namespace tatami
