// Events come back as they were packed, and damaged chunks do no harm.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "tatami/archive/Archive.h"
#include "tatami/trace/Events.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <random>

using namespace tatami;

namespace {

const std::string names[] = {"", "softmax", "loss", std::string(256, 'x')};

std::vector<Event> someEvents(std::mt19937 &random, size_t count) {
  std::vector<Event> events;
  uint64_t now = random() % 1000;
  for (size_t i = 0; i < count; ++i) {
    Event event;
    event.kind = EventKind(random() % (numEventKinds - 1));
    event.at = event.from = now += random() % 3 ? random() % 100 : 0;
    bool lasts = event.kind == EventKind::Wait ||
                 event.kind == EventKind::OwnWait ||
                 event.kind == EventKind::Receive ||
                 event.kind == EventKind::ListWait ||
                 event.kind == EventKind::ListMove;
    if (lasts)
      event.from -= random() % (now + 1);
    event.node = uint32_t(random() % 8850);
    event.agent = uint8_t(random() % maxAgents);
    event.detail = uint8_t(random() % 256);
    for (unsigned v = 0; v < eventValues(event.kind); ++v)
      event.values[v] = uint64_t(random()) << random() % 40;
    if (eventValues(event.kind) == 4)
      event.values[3] = random() % (now + 1);
    event.name = event.hasName() ? uint32_t(random() % std::size(names)) : 0;
    events.push_back(event);
  }
  return events;
}

} // namespace

TEST_CASE("events survive packing") {
  std::mt19937 random(1);
  EventWriter writer;
  EventReader reader;
  for (int chunk = 0; chunk < 20; ++chunk) {
    std::vector<Event> events = someEvents(random, 500);
    for (const Event &event : events)
      writer.add(event, event.hasName() ? names[event.name] : "");
    size_t next = 0;
    reader.read(writer.take(), [&](const Event &event) {
      REQUIRE(next < events.size());
      Event expected = events[next++];
      if (expected.hasName())
        CHECK(reader.name(event) == names[expected.name]);
      expected.name = event.name;
      CHECK(event == expected);
    });
    CHECK(next == events.size());
  }
  CHECK(writer.bytes() == 0);
}

TEST_CASE("small events are small") {
  EventWriter writer;
  for (uint64_t i = 0; i < 1000; ++i)
    writer.add({.at = 40 * i + 40,
                .from = 40 * i + 30,
                .values = {0x1234},
                .kind = EventKind::OwnWait},
               "");
  CHECK(writer.take().size() <= 8 * 1000);
}

TEST_CASE("damaged chunks are refused or mean something else, never worse") {
  std::mt19937 random(2);
  size_t refused = 0;
  for (int round = 0; round < 3000; ++round) {
    EventWriter writer;
    for (const Event &event : someEvents(random, 30))
      writer.add(event, event.hasName() ? names[event.name] : "");
    std::vector<uint8_t> chunk = writer.take();
    for (int i = 0; i < 1 + round % 8; ++i)
      chunk[random() % chunk.size()] = uint8_t(random());
    if (round % 3 == 0)
      chunk.resize(random() % chunk.size());
    EventReader reader;
    try {
      reader.read(chunk, [&](const Event &event) {
        CHECK(event.from <= event.at);
        CHECK(event.agent < maxAgents);
        CHECK(event.kind < EventKind::Name);
        if (event.hasName())
          CHECK(reader.name(event).size() <= 256);
      });
    } catch (const ArchiveError &) {
      ++refused;
    }
  }
  CHECK(refused > 300);
}
