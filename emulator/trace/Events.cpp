// Packs events and unpacks them.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "tatami/trace/Events.h"

#include "Numbers.h"

#include <iterator>
#include <utility>

using namespace tatami;

namespace {

struct KindInfo {
  const char *name;
  uint8_t values;
  bool lasts;     ///< It has a begin of its own.
  bool hasWaker;  ///< In values 1 to 3, the time relative to the end.
};

constexpr KindInfo kinds[] = {
    {"start", 1, false, false},     {"end", 0, false, false},
    {"wait", 4, true, true},        {"own_wait", 1, true, false},
    {"send", 3, false, false},      {"receive", 3, true, false},
    {"semaphore", 2, false, false}, {"range_begin", 0, false, false},
    {"range_end", 0, false, false}, {"counter", 1, false, false},
    {"list_wait", 4, true, true},   {"list_move", 3, true, false},
    {"trap", 1, false, false},      {"name", 0, false, false},
};
static_assert(std::size(kinds) == numEventKinds);

/// A name is as long as a region's, at most.
constexpr uint64_t longestName = 256;

} // namespace

unsigned tatami::eventValues(EventKind kind) {
  return kinds[size_t(kind)].values;
}
const char *tatami::eventKindName(EventKind kind) {
  return kinds[size_t(kind)].name;
}

//===-- Writing -------------------------------------------------------------===//

void EventWriter::number(uint64_t value) {
  uint8_t bytes[longestNumber];
  packed.insert(packed.end(), bytes, putNumber(bytes, value));
}

void EventWriter::add(const Event &event, const std::string &name) {
  uint32_t nameNumber = 0;
  if (event.hasName()) {
    auto [place, isNew] = names.try_emplace(name.substr(0, longestName),
                                            uint32_t(names.size()));
    nameNumber = place->second;
    if (isNew) {
      packed.push_back(uint8_t(EventKind::Name));
      number(place->first.size());
      packed.insert(packed.end(), place->first.begin(), place->first.end());
    }
  }
  const KindInfo &info = kinds[size_t(event.kind)];
  packed.push_back(uint8_t(event.kind));
  number(event.node);
  packed.push_back(event.agent);
  packed.push_back(event.detail);
  number(event.at - now);
  now = event.at;
  if (info.lasts)
    number(event.at - event.from);
  for (unsigned i = 0; i < info.values; ++i)
    number(info.hasWaker && i == 3 ? event.at - event.values[i]
                                   : event.values[i]);
  if (event.hasName())
    number(nameNumber);
}

std::vector<uint8_t> EventWriter::take() {
  now = 0;
  return std::exchange(packed, {});
}

//===-- Reading -------------------------------------------------------------===//

void EventReader::read(std::span<const uint8_t> chunk,
                       const std::function<void(const Event &)> &take) {
  Bytes bytes(chunk);
  uint64_t now = 0;
  while (!bytes.atEnd()) {
    Event event;
    const uint8_t kind = bytes.byte();
    if (kind >= numEventKinds)
      throw ArchiveError("an event has an unknown kind");
    event.kind = EventKind(kind);
    if (event.kind == EventKind::Name) {
      const uint64_t size = bytes.number();
      if (size > longestName)
        throw ArchiveError("a name of an event is too long");
      const auto text = bytes.bytes(size);
      names.emplace_back(text.begin(), text.end());
      continue;
    }
    const KindInfo &info = kinds[kind];
    const uint64_t node = bytes.number();
    event.node = uint32_t(node);
    event.agent = bytes.byte();
    event.detail = bytes.byte();
    const uint64_t later = bytes.number();
    if (node != event.node || event.agent >= maxAgents || later > ~now)
      throw ArchiveError("an event is out of range");
    event.at = event.from = now += later;
    if (info.lasts)
      event.from = event.at - bytes.number();
    for (unsigned i = 0; i < info.values; ++i)
      event.values[i] = bytes.number();
    if (info.hasWaker)
      event.values[3] = event.at - event.values[3];
    if (event.from > event.at || (info.hasWaker && event.values[3] > event.at))
      throw ArchiveError("an event begins before the run");
    if (event.hasName()) {
      const uint64_t name = bytes.number();
      if (name >= names.size())
        throw ArchiveError("an event has a name that is not there");
      event.name = uint32_t(name);
    }
    take(event);
  }
}
