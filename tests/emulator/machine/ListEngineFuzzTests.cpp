// The list engine on descriptors that nobody would write.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "ListEngineHarness.h"

using namespace tatami;
using namespace tatami::test;

namespace {

void clearField(ListDescriptor &d, const std::string &field) {
  if (field == "local")
    d.local = 0;
  else if (field == "target")
    d.target = 0;
  else if (field == "nodes")
    d.nodes = 0;
  else if (field == "signal_semaphore")
    d.signalSemaphore = 0;
  else if (field == "signal_count")
    d.signalCount = 0;
  else {
    // The rest is a block's.
    d.localStride = d.targetStride = 0;
    d.rows = d.rowPackets = 0;
    d.padTop = d.padBottom = d.padLeft = d.padRight = 0;
  }
}

} // namespace

TEST_CASE("no descriptor makes the engine leave the memory", "[list]") {
  // Bounds are checked when a packet is sent, too.
  struct Strict : FakePort {
    uint64_t packets = 0;
    void clear(uint64_t address) override {
      REQUIRE(checkWrite(address, 64) == TrapKind::None);
    }
    void read(uint64_t address, void *to, unsigned bytes) const override {
      REQUIRE(checkRead(address, bytes) == TrapKind::None);
      FakePort::read(address, to, bytes);
    }
    void sendData(uint64_t target, std::optional<uint64_t> rectangle,
                  const void *) override {
      REQUIRE((rectangle ? checkNodes(*rectangle, target, 64)
                         : checkTarget(target, 64)) == TrapKind::None);
      ++packets;
    }
    void sendSignal(uint64_t target, std::optional<uint64_t> rectangle,
                    unsigned semaphore, uint32_t) override {
      REQUIRE((rectangle ? checkNodes(*rectangle, 0, 0)
                         : checkTarget(target, 0)) == TrapKind::None);
      REQUIRE(semaphore < 64);
    }
    void requestPull(uint64_t, uint64_t global, uint64_t local,
                     uint64_t bytes) override {
      REQUIRE(bytes > 0);
      REQUIRE(checkTarget(global, bytes) == TrapKind::None);
      REQUIRE(checkWrite(local, bytes) == TrapKind::None);
      ++packets;
    }
    bool takeSemaphore(unsigned semaphore, uint32_t) override {
      REQUIRE(semaphore < 64);
      return true;
    }
    void addToSemaphore(unsigned semaphore, uint32_t) override {
      REQUIRE(semaphore < 64);
    }
    void listEnded(unsigned) override {}
  };
  uint64_t state = 1;
  auto below = [&](uint64_t limit) {
    state = state * 6364136223846793005u + 1442695040888963407u;
    return (state >> 33) % limit;
  };
  uint64_t packets = 0, trapped = 0;
  for (int round = 0; round < 3000; ++round) {
    Strict port;
    for (uint64_t at = 0x2000; at < 0x2100; at += 64) {
      ListDescriptor d = {};
      d.kind = uint8_t(1 + below(7));
      d.local = 64 * below(0x420);
      d.target = d.kind == uint8_t(ListKind::MULTICAST)
                     ? 64 * below(0x420)
                     : node(below(5), 64 * below(0x420));
      d.nodes = below(8) ? 0x10001 : 0;
      d.localStride = int(below(40)) * 64 - 20 * 64;
      d.targetStride = int(below(40)) * 64 - 20 * 64;
      d.rows = uint16_t(below(12)), d.rowPackets = uint16_t(below(12));
      if (below(2)) {
        d.padTop = uint16_t(below(6)), d.padBottom = uint16_t(below(6));
        d.padLeft = uint16_t(below(6) * 32);
        d.padRight = uint16_t(below(6) * 32);
      }
      d.waitCount = uint32_t(below(2)), d.doneCount = uint16_t(below(2));
      d.signalCount = uint16_t(below(2));
      d.waitSemaphore = uint8_t(below(65)), d.doneSemaphore = uint8_t(below(64));
      d.signalSemaphore = uint8_t(below(64));
      // Mostly what a kind has no use for is zero.
      for (int i = 0; i < 16 && below(20); ++i)
        if (const char *field = isa::unusedListField(d))
          clearField(d, field);
      d.next = below(2) ? 0x2000 + 64 * below(5) : 0;
      if (d.kind == uint8_t(ListKind::LOOP))
        d.local = 0x2000 + 64 * below(4);
      if (below(30) == 0)
        reinterpret_cast<uint8_t *>(&d)[below(64)] ^= uint8_t(1 << below(8));
      port.put(at, d);
    }
    ListEngine engine;
    for (unsigned i = 0; i < ListEngine::numLists; ++i)
      engine.start(i, 0x2000 + 64 * i, 0);
    trapped += runTo(engine, port, 500).kind != TrapKind::None;
    packets += port.packets;
    CHECK(engine.counters(500).cycles() <= 4 * 500);
  }
  // Else nothing has been tested.
  CHECK(packets > 20000);
  CHECK(trapped > 1000);
  CHECK(trapped < 2990);
}
