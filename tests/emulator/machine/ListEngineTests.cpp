// The list engine by itself, cycle by cycle.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "ListEngineHarness.h"
#include "tatami/archive/Archive.h"

using namespace tatami;
using namespace tatami::test;

TEST_CASE("a list sends a packet a cycle and signals behind them", "[list]") {
  FakePort port;
  port.memory[0x3000] = 7, port.memory[0x3040] = 8;
  ListDescriptor d = push(0x3000, node(2, 0x5000), 2);
  d.signalSemaphore = 9, d.signalCount = 3;
  d.doneSemaphore = 4, d.doneCount = 1;
  port.put(0x2000, d);
  ListEngine engine;
  REQUIRE(ListEngine::checkStart(0x2000, port) == TrapKind::None);
  engine.start(1, 0x2000, 100);
  CHECK(engine.busy(1));
  CHECK(runTo(engine, port, 200).kind == TrapKind::None);
  CHECK(port.log == Log{"104 data 0x2000020000005000 [0, 1) 7",
                        "105 data 0x2000020000005040 [0, 1) 8",
                        "106 signal 0x2000020000005000 s9 += 3", "106 end 1",
                        "106 s4 += 1"});
  CHECK(!engine.anyBusy());
  ListCounters counters = engine.counters(300);
  CHECK(counters.packets == 3);
  CHECK(counters.sendCycles == 3);
  CHECK(counters.fetchCycles == 4);
  CHECK(counters.cycles() == 7);
}

TEST_CASE("a block's rows have strides, and its padding is zeros", "[list]") {
  FakePort port;
  std::fill(port.memory.begin() + 0x3000, port.memory.begin() + 0x4000, 5);
  ListDescriptor d = ofKind(ListKind::MULTICAST);
  // The corner lies one row above what is read.
  d.local = 0x3000 - 0x100, d.localStride = 0x100;
  d.target = 0x6000, d.targetStride = 0x80, d.nodes = 0x11;
  d.rows = 3, d.rowPackets = 2;
  d.padTop = 1, d.padBottom = 1, d.padLeft = 3, d.padRight = 66;
  port.put(0x2000, d);
  ListEngine engine;
  engine.start(0, 0x2000, 0);
  CHECK(runTo(engine, port, 100).kind == TrapKind::None);
  CHECK(port.log == Log{"4 data all of 0x11 at 0x6000 [64, 64) 0",
                        "5 data all of 0x11 at 0x6040 [64, 64) 0",
                        "6 data all of 0x11 at 0x6080 [3, 62) 5",
                        "7 data all of 0x11 at 0x60c0 [64, 64) 0",
                        "8 data all of 0x11 at 0x6100 [64, 64) 0",
                        "9 data all of 0x11 at 0x6140 [64, 64) 0", "9 end 0"});
}

TEST_CASE("padding is not read, so it may lie outside of the memory",
          "[list]") {
  FakePort port;
  ListDescriptor d = push(uint64_t(0) - 0x40, node(1, 0x5000), 4);
  d.padLeft = 3 * 64;
  d.local = 0x1000 - 3 * 64; // The null page.
  port.put(0x2000, d);
  ListEngine engine;
  engine.start(0, 0x2000, 0);
  CHECK(runTo(engine, port, 100).kind == TrapKind::None);
  CHECK(port.log.size() == 5);
  // All of it: nothing is read at all.
  d.padLeft = 0, d.rows = 2, d.padTop = 2;
  port.put(0x2000, d);
  engine.start(0, 0x2000, 100);
  CHECK(runTo(engine, port, 200).kind == TrapKind::None);
}

TEST_CASE("a pull asks row by row and clears its padding", "[list]") {
  FakePort port;
  std::fill(port.memory.begin() + 0x3000, port.memory.begin() + 0x4000, 5);
  ListDescriptor d = ofKind(ListKind::PULL);
  d.local = 0x3000, d.localStride = 0x100;
  d.target = node(3, 0x8000), d.targetStride = 0x400;
  d.rows = 2, d.rowPackets = 4, d.padTop = 1, d.padRight = 64;
  d.doneSemaphore = 2, d.doneCount = 6;
  port.put(0x2000, d);
  ListEngine engine;
  engine.start(0, 0x2000, 0);
  CHECK(runTo(engine, port, 100).kind == TrapKind::None);
  CHECK(port.log ==
        Log{"4 pull 3 packets then s2 += 6", "4 clear 0x3000", "5 clear 0x3040",
            "6 clear 0x3080", "7 clear 0x30c0",
            "8 request 1 0x2000030000008400 to 0x3100, 192", "9 clear 0x31c0",
            "9 end 0", "9 end of pull 1"});
  CHECK(port.memory[0x30ff] == 0);
  CHECK(port.memory[0x3100] == 5);
  CHECK(port.memory[0x31c0] == 0);
}

TEST_CASE("a condition holds a list until somebody signals", "[list]") {
  FakePort port;
  ListDescriptor d = ofKind(ListKind::SIGNAL);
  d.target = node(1, 0), d.signalCount = 1;
  d.waitSemaphore = 7, d.waitCount = 2;
  port.put(0x2000, d);
  ListEngine engine;
  engine.start(0, 0x2000, 10);
  port.semaphores[7] = 1;
  CHECK(runTo(engine, port, 1000).kind == TrapKind::None);
  CHECK(engine.nextEvent() == ListEngine::never);
  CHECK(engine.waitsFor(7));
  CHECK(!engine.waitsFor(6));
  auto waiting = engine.waiting(0);
  REQUIRE(waiting);
  CHECK(waiting->descriptor == 0x2000);
  CHECK(waiting->count == 2);
  CHECK(waiting->since == 14);
  port.semaphores[7] = 5;
  port.now = 50;
  CHECK(engine.run(50, port).kind == TrapKind::None);
  CHECK(port.log == Log{"50 signal 0x2000010000000000 s0 += 1", "50 end 0"});
  CHECK(port.semaphores[7] == 3);
  CHECK(engine.counters(60).semaphoreCycles == 36);
}

TEST_CASE("lists wake each other in the same cycle", "[list]") {
  FakePort port;
  ListDescriptor first = ofKind(ListKind::WAIT);
  first.doneSemaphore = 3, first.doneCount = 1;
  ListDescriptor second = ofKind(ListKind::WAIT);
  second.waitSemaphore = 3, second.waitCount = 1;
  port.put(0x2000, first);
  port.put(0x2040, second);
  ListEngine engine;
  engine.start(0, 0x2040, 0);
  engine.start(3, 0x2000, 5);
  CHECK(runTo(engine, port, 100).kind == TrapKind::None);
  CHECK(port.log == Log{"9 end 3", "9 s3 += 1", "9 end 0"});
}

TEST_CASE("lists share the port in turn", "[list]") {
  FakePort port;
  port.put(0x2000, push(0x3000, node(1, 0x5000), 3));
  port.put(0x2040, push(0x3000, node(2, 0x5000), 3));
  ListEngine engine;
  engine.start(0, 0x2000, 0);
  engine.start(1, 0x2040, 0);
  CHECK(runTo(engine, port, 100).kind == TrapKind::None);
  std::string order;
  for (const std::string &line : port.log)
    if (line.find("data") != std::string::npos)
      order += line.find("0x20000100") != std::string::npos ? 'a' : 'b';
  CHECK(order == "ababab");
  ListCounters counters = engine.counters(100);
  CHECK(counters.sendCycles == 6);
  CHECK(counters.portCycles == 5);
  CHECK(counters.cycles() == 8 + 6 + 5);
}

TEST_CASE("a full send queue stops lists until there is room", "[list]") {
  FakePort port;
  port.put(0x2000, push(0x3000, node(1, 0x5000), 2));
  ListEngine engine;
  engine.start(0, 0x2000, 0);
  port.full = true;
  CHECK(runTo(engine, port, 100).kind == TrapKind::None);
  CHECK(port.log.empty());
  CHECK(engine.waitsForRoom());
  CHECK(engine.nextEvent() == ListEngine::never);
  port.full = false;
  port.now = 40;
  engine.run(40, port);
  CHECK(!engine.waitsForRoom());
  runTo(engine, port, 100);
  CHECK(port.log.size() == 3);
  CHECK(engine.counters(100).creditCycles == 36);
}

TEST_CASE("requests that may not be opened yet stop pulls only", "[list]") {
  FakePort port;
  ListDescriptor d = ofKind(ListKind::PULL);
  d.local = 0x3000, d.target = node(3, 0x8000), d.rows = 1, d.rowPackets = 4;
  port.put(0x2000, d);
  port.put(0x2040, push(0x3000, node(1, 0x5000), 2));
  ListEngine engine;
  engine.start(0, 0x2000, 0);
  engine.start(1, 0x2040, 0);
  port.pullsFull = true;
  CHECK(runTo(engine, port, 100).kind == TrapKind::None);
  CHECK(engine.busy(0));
  CHECK(!engine.busy(1));
  CHECK(engine.waitsForRoom());
  CHECK(engine.nextEvent() == ListEngine::never);
  port.pullsFull = false;
  port.now = 40;
  engine.run(40, port);
  CHECK(!engine.busy(0));
  CHECK(!engine.waitsForRoom());
  CHECK(engine.counters(100).creditCycles >= 34);
}

TEST_CASE("a chain goes on, a loop goes back", "[list]") {
  FakePort port;
  ListDescriptor a = ofKind(ListKind::WAIT);
  a.doneSemaphore = 1, a.doneCount = 1, a.next = 0x2040;
  ListDescriptor loop = ofKind(ListKind::LOOP);
  loop.local = 0x2000, loop.rows = 2, loop.next = 0x2080;
  ListDescriptor b = ofKind(ListKind::WAIT);
  b.doneSemaphore = 2, b.doneCount = 1;
  port.put(0x2000, a);
  port.put(0x2040, loop);
  port.put(0x2080, b);
  ListEngine engine;
  engine.start(0, 0x2000, 0);
  CHECK(runTo(engine, port, 1000).kind == TrapKind::None);
  CHECK(port.semaphores[1] == 3);
  CHECK(port.semaphores[2] == 1);
  CHECK(engine.counters(1000).descriptors == 7);
  CHECK(engine.counters(1000).cycles() == 7 * isa::listFetchCycles);

  loop.rows = 0; // For ever.
  port.put(0x2040, loop);
  engine.start(0, 0x2000, 1000);
  runTo(engine, port, 1800);
  CHECK(engine.busy(0));
  CHECK(port.semaphores[1] == 3 + 100);
  engine.stop(1800);
  CHECK(!engine.anyBusy());
  CHECK(engine.nextEvent() == ListEngine::never);
}

TEST_CASE("loops do not nest", "[list]") {
  FakePort port;
  ListDescriptor outer = ofKind(ListKind::LOOP), inner = outer;
  inner.local = 0x2000, inner.rows = 1, inner.next = 0x2040;
  outer.local = 0x2000, outer.rows = 1;
  port.put(0x2000, inner);
  port.put(0x2040, outer);
  ListEngine engine;
  engine.start(0, 0x2000, 0);
  // Inner ends, outer begins and comes to inner again.
  ListEngine::Trap trap = runTo(engine, port, 1000);
  CHECK(trap.kind == TrapKind::BadDescriptor);
  CHECK(trap.descriptor == 0x2000);
  CHECK(trap.detail == "loops do not nest");
}

TEST_CASE("wrong descriptors trap", "[list]") {
  struct Case {
    TrapKind kind;
    const char *detail;
    void (*change)(ListDescriptor &);
  };
  const Case cases[] = {
      {TrapKind::None, "", [](ListDescriptor &) {}},
      {TrapKind::BadDescriptor, "kind 0 does not exist",
       [](ListDescriptor &d) { d.kind = 0; }},
      {TrapKind::BadDescriptor, "kind 255 does not exist",
       [](ListDescriptor &d) { d.kind = 255; }},
      {TrapKind::BadDescriptor, "nodes is not 0, but a push has no use for it",
       [](ListDescriptor &d) { d.nodes = 1; }},
      {TrapKind::BadDescriptor, "local is not 0, but a wait has no use for it",
       [](ListDescriptor &d) { d.kind = uint8_t(ListKind::WAIT); }},
      {TrapKind::BadDescriptor,
       "signal_count is not 0, but a pull has no use for it",
       [](ListDescriptor &d) {
         d.kind = uint8_t(ListKind::PULL), d.signalCount = 1;
       }},
      {TrapKind::BadDescriptor, "a block of 0 rows of 4 packets",
       [](ListDescriptor &d) { d.rows = 0; }},
      {TrapKind::BadDescriptor, "there is more padding than block",
       [](ListDescriptor &d) { d.padLeft = 200, d.padRight = 57; }},
      {TrapKind::BadDescriptor, "there is more padding than block",
       [](ListDescriptor &d) { d.padTop = 2, d.padBottom = 1; }},
      {TrapKind::BadDescriptor, "the padding of a pull is whole packets",
       [](ListDescriptor &d) {
         d.kind = uint8_t(ListKind::PULL), d.padLeft = 32;
       }},
      {TrapKind::BadSemaphore, "",
       [](ListDescriptor &d) { d.waitSemaphore = 64; }},
      {TrapKind::BadSemaphore, "",
       [](ListDescriptor &d) { d.doneSemaphore = 255; }},
      {TrapKind::BadSemaphore, "",
       [](ListDescriptor &d) { d.signalSemaphore = 64; }},
      {TrapKind::Misaligned, "", [](ListDescriptor &d) { d.local += 32; }},
      {TrapKind::Misaligned, "", [](ListDescriptor &d) { d.target += 8; }},
      {TrapKind::Misaligned, "",
       [](ListDescriptor &d) { d.localStride = 100; }},
      {TrapKind::Misaligned, "",
       [](ListDescriptor &d) { d.targetStride = -1; }},
      {TrapKind::NullAccess, "", [](ListDescriptor &d) { d.local = 0xfc0; }},
      {TrapKind::OutOfBounds, "", [](ListDescriptor &d) { d.local = 0xff40; }},
      {TrapKind::OutOfBounds, "",
       [](ListDescriptor &d) { d.localStride = 0xd000; }},
      {TrapKind::OutOfBounds, "",
       [](ListDescriptor &d) { d.local = ~uint64_t(63); }},
      {TrapKind::StoreToCode, "",
       [](ListDescriptor &d) {
         d.kind = uint8_t(ListKind::PULL), d.local = 0x1000;
       }},
      {TrapKind::BadRemoteAddress, "",
       [](ListDescriptor &d) { d.target = node(1, 0xff40); }},
      {TrapKind::BadRemoteAddress, "",
       [](ListDescriptor &d) { d.targetStride = -0x5000; }},
      {TrapKind::BadRemoteAddress, "", // To the node before.
       [](ListDescriptor &d) { d.targetStride = -0x7fffffc0; }},
      {TrapKind::DisabledNode, "",
       [](ListDescriptor &d) { d.target = node(4, 0x5000); }},
      {TrapKind::BadRectangle, "",
       [](ListDescriptor &d) {
         d.kind = uint8_t(ListKind::MULTICAST), d.target = 0x5000;
       }},
  };
  for (const Case &c : cases) {
    FakePort port;
    ListDescriptor d = push(0x3000, node(1, 0x5000), 4);
    d.rows = 2, d.localStride = 0x100, d.targetStride = 0x100;
    c.change(d);
    port.put(0x2080, d);
    ListEngine engine;
    engine.start(2, 0x2080, 0);
    ListEngine::Trap trap = runTo(engine, port, 1000);
    INFO(c.detail << " expected " << isa::trapName(c.kind) << ", got "
                  << isa::trapName(trap.kind) << ' ' << trap.detail);
    CHECK(trap.kind == c.kind);
    CHECK(trap.detail == c.detail);
    if (c.kind != TrapKind::None) {
      CHECK(trap.list == 2);
      CHECK(trap.descriptor == 0x2080);
      CHECK(port.log.empty());
    }
  }
}

TEST_CASE("a list's next descriptor is checked like its first", "[list]") {
  for (auto [next, kind] :
       {std::pair<uint64_t, TrapKind>{0x2020, TrapKind::Misaligned},
        {0x40, TrapKind::NullAccess},
        {0x10000, TrapKind::OutOfBounds}}) {
    FakePort port;
    ListDescriptor d = ofKind(ListKind::WAIT);
    d.next = next;
    port.put(0x2000, d);
    ListEngine engine;
    CHECK(ListEngine::checkStart(next, port) == kind);
    engine.start(0, 0x2000, 0);
    ListEngine::Trap trap = runTo(engine, port, 100);
    CHECK(trap.kind == kind);
    CHECK(trap.descriptor == next);
  }
}

TEST_CASE("a saved engine goes on as if nothing had been", "[list]") {
  auto prepare = [](FakePort &port, ListEngine &engine) {
    ListDescriptor a = push(0x3000, node(1, 0x5000), 5), b = a;
    a.next = 0x2040, b.rows = 3;
    a.doneSemaphore = 1, a.doneCount = 1;
    port.put(0x2000, a);
    port.put(0x2040, b);
    engine.start(0, 0x2000, 0);
    engine.start(2, 0x2040, 3);
  };
  FakePort whole;
  ListEngine engine;
  prepare(whole, engine);
  runTo(engine, whole, 1000);
  for (uint64_t cut = 1; cut < 30; ++cut) {
    FakePort port;
    ListEngine before, after;
    prepare(port, before);
    runTo(before, port, cut);
    ArchiveWriter out;
    before.archive(out);
    ArchiveReader in(out.data());
    after.archive(in);
    runTo(after, port, 1000);
    CHECK(port.log == whole.log);
    CHECK(after.counters(1000).cycles() == engine.counters(1000).cycles());
  }
}
