// A node and a mesh that only write down what the list engine does, and refuse
// packets when a test says so.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include "ListEngine.h"
#include <catch2/catch.hpp>
#include <fmt/format.h>

#include <cstring>
#include <map>
#include <vector>

namespace tatami::test {

using isa::ListDescriptor;
using isa::ListKind;

inline constexpr uint64_t node(uint64_t number, uint64_t offset) {
  return uint64_t(1) << 61 | number << 40 | offset;
}

class FakePort : public ListPort {
public:
  std::vector<uint8_t> memory = std::vector<uint8_t>(0x10000);
  std::map<unsigned, uint32_t> semaphores;
  std::vector<std::string> log; ///< "cycle what"
  uint64_t now = 0;
  bool full = false;
  bool pullsFull = false;
  uint64_t pulls = 0;

  void note(const std::string &what) {
    log.push_back(fmt::format("{} {}", now, what));
  }
  static std::string name(uint64_t target, std::optional<uint64_t> rectangle) {
    return rectangle ? fmt::format("all of {:#x} at {:#x}", *rectangle, target)
                     : fmt::format("{:#x}", target);
  }

  TrapKind checkRead(uint64_t address, uint64_t bytes) const override {
    if (address < 0x1000)
      return TrapKind::NullAccess;
    if (address > memory.size() || bytes > memory.size() - address)
      return TrapKind::OutOfBounds;
    return address % 64 ? TrapKind::Misaligned : TrapKind::None;
  }
  TrapKind checkWrite(uint64_t address, uint64_t bytes) const override {
    return address < 0x2000 ? TrapKind::StoreToCode : checkRead(address, bytes);
  }
  TrapKind checkTarget(uint64_t global, uint64_t bytes) const override {
    if (global >> 61 != 1)
      return TrapKind::BadRemoteAddress;
    if ((global >> 40 & 0xfffff) > 3)
      return TrapKind::DisabledNode;
    uint64_t offset = global & 0xffffffffff;
    return bytes && checkRead(offset, bytes) != TrapKind::None
               ? TrapKind::BadRemoteAddress
               : TrapKind::None;
  }
  TrapKind checkNodes(uint64_t rectangle, uint64_t address,
                      uint64_t bytes) const override {
    if (rectangle == 0)
      return TrapKind::BadRectangle;
    return bytes && checkRead(address, bytes) != TrapKind::None
               ? TrapKind::BadRemoteAddress
               : TrapKind::None;
  }
  void read(uint64_t address, void *to, unsigned bytes) const override {
    REQUIRE(address + bytes <= memory.size());
    std::memcpy(to, memory.data() + address, bytes);
  }
  void clear(uint64_t address) override {
    std::memset(memory.data() + address, 0, 64);
    note(fmt::format("clear {:#x}", address));
  }
  bool canSend() override { return !full; }
  void sendData(uint64_t target, std::optional<uint64_t> rectangle,
                const void *data) override {
    const auto *bytes = static_cast<const uint8_t *>(data);
    unsigned first = 0, end = 64;
    while (first < 64 && bytes[first] == 0)
      ++first;
    while (end > first && bytes[end - 1] == 0)
      --end;
    note(fmt::format("data {} [{}, {}) {}", name(target, rectangle), first, end,
                     first < 64 ? bytes[first] : 0));
  }
  void sendSignal(uint64_t target, std::optional<uint64_t> rectangle,
                  unsigned semaphore, uint32_t count) override {
    note(fmt::format("signal {} s{} += {}", name(target, rectangle), semaphore,
                     count));
  }
  bool canOpenPull() override { return !pullsFull; }
  uint64_t beginPull(uint64_t packets, unsigned semaphore,
                     uint32_t count) override {
    note(fmt::format("pull {} packets then s{} += {}", packets, semaphore,
                     count));
    return ++pulls;
  }
  void requestPull(uint64_t pull, uint64_t global, uint64_t local,
                   uint64_t bytes) override {
    note(fmt::format("request {} {:#x} to {:#x}, {}", pull, global, local,
                     bytes));
  }
  void endPull(uint64_t pull) override {
    note(fmt::format("end of pull {}", pull));
  }
  bool takeSemaphore(unsigned semaphore, uint32_t count) override {
    if (semaphores[semaphore] < count)
      return false;
    semaphores[semaphore] -= count;
    return true;
  }
  void addToSemaphore(unsigned semaphore, uint32_t count) override {
    semaphores[semaphore] += count;
    note(fmt::format("s{} += {}", semaphore, count));
  }
  void listEnded(unsigned list) override { note(fmt::format("end {}", list)); }

  void put(uint64_t address, const ListDescriptor &d) {
    std::memcpy(memory.data() + address, &d, sizeof d);
  }
};

/// Runs at every cycle that the engine names, up to \p limit.
inline ListEngine::Trap runTo(ListEngine &engine, FakePort &port, uint64_t limit) {
  while (engine.nextEvent() < limit) {
    port.now = engine.nextEvent();
    ListEngine::Trap trap = engine.run(port.now, port);
    if (trap.kind != TrapKind::None)
      return trap;
  }
  return {};
}

inline ListDescriptor push(uint64_t local, uint64_t target, unsigned packets) {
  ListDescriptor d = {};
  d.kind = uint8_t(ListKind::PUSH);
  d.local = local;
  d.target = target;
  d.rowPackets = uint16_t(packets);
  d.rows = 1;
  return d;
}

inline ListDescriptor ofKind(ListKind kind) {
  ListDescriptor d = {};
  d.kind = uint8_t(kind);
  return d;
}

using Log = std::vector<std::string>;
} // namespace tatami::test
