// The list engine of a node: fetches descriptors, checks them, moves a packet a
// cycle.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "ListEngine.h"

#include "tatami/isa/GlobalAddress.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>

using namespace tatami;
using isa::ListDescriptor;
using isa::ListKind;

namespace {

constexpr unsigned packetBytes = 64;
constexpr unsigned numSemaphores = 64;

uint64_t rowBytes(const ListDescriptor &d) {
  return uint64_t(d.rowPackets) * packetBytes;
}

bool isBlock(const ListDescriptor &d) {
  return d.kind == uint8_t(ListKind::PUSH) ||
         d.kind == uint8_t(ListKind::MULTICAST) ||
         d.kind == uint8_t(ListKind::PULL);
}

bool isPull(const ListDescriptor &d) {
  return d.kind == uint8_t(ListKind::PULL);
}

std::optional<uint64_t> rectangleOf(const ListDescriptor &d) {
  if (d.kind == uint8_t(ListKind::MULTICAST) ||
      d.kind == uint8_t(ListKind::MULTICAST_SIGNAL))
    return d.nodes;
  return std::nullopt;
}

uint64_t localRow(const ListDescriptor &d, uint64_t row) {
  return d.local + row * uint64_t(int64_t(d.localStride));
}
uint64_t targetRow(const ListDescriptor &d, uint64_t row) {
  return d.target + row * uint64_t(int64_t(d.targetStride));
}

/// The part of a block that is not padding: rows [firstRow, endRow), packets
/// [first, end) of each.
struct Window {
  unsigned firstRow, endRow, first, end;
  explicit Window(const ListDescriptor &d)
      : firstRow(d.padTop), endRow(unsigned(d.rows) - d.padBottom),
        first(d.padLeft / packetBytes),
        end(unsigned((rowBytes(d) - d.padRight + packetBytes - 1) /
                     packetBytes)) {
    if (rowBytes(d) == uint64_t(d.padLeft) + d.padRight)
      endRow = firstRow;
  }
  bool empty() const { return firstRow == endRow; }
  bool hasRow(unsigned row) const { return row >= firstRow && row < endRow; }
  bool has(unsigned row, unsigned packet) const {
    return hasRow(row) && packet >= first && packet < end;
  }
  uint64_t bytes() const { return uint64_t(end - first) * packetBytes; }
};

} // namespace

//===-- Counters ------------------------------------------------------------===//

void ListEngine::add(ListCounters &to, Activity activity,
                     uint64_t cycles) const {
  switch (activity) {
  case Activity::None:
    break;
  case Activity::Send:
    to.sendCycles += cycles;
    break;
  case Activity::Fetch:
    to.fetchCycles += cycles;
    break;
  case Activity::Semaphore:
    to.semaphoreCycles += cycles;
    break;
  case Activity::Credit:
    to.creditCycles += cycles;
    break;
  case Activity::Port:
    to.portCycles += cycles;
    break;
  }
}

void ListEngine::account(List &list, Cycle now, Activity next) {
  if (now > list.counted) {
    add(counted, list.activity, now - list.counted);
    if (list.activity == Activity::Credit)
      list.credit += now - list.counted;
    list.counted = now;
  }
  list.activity = next;
}

ListCounters ListEngine::counters(Cycle now) const {
  ListCounters result = counted;
  for (const List &list : lists)
    if (now > list.counted)
      add(result, list.activity, now - list.counted);
  return result;
}

//===-- Starting and stopping -----------------------------------------------===//

bool ListEngine::anyBusy() const {
  return std::any_of(lists.begin(), lists.end(), [](const List &list) {
    return list.state != State::Off;
  });
}

TrapKind ListEngine::checkStart(uint64_t address, const ListPort &port) {
  return port.checkRead(address, sizeof(ListDescriptor));
}

void ListEngine::start(unsigned number, uint64_t descriptor, Cycle now) {
  List &list = lists[number];
  list = {};
  list.state = State::Fetch;
  list.activity = Activity::Fetch;
  list.address = descriptor;
  list.ready = now + isa::listFetchCycles;
  list.counted = now;
}

void ListEngine::stop(Cycle now) {
  for (List &list : lists) {
    account(list, now, Activity::None);
    list.state = State::Off;
  }
}

ListEngine::Cycle ListEngine::nextEvent() const {
  Cycle next = never;
  for (const List &list : lists)
    if (list.state == State::Fetch)
      next = std::min(next, list.ready);
    else if (list.state == State::Send && list.activity != Activity::Credit)
      next = std::min(next, std::max(list.ready, portFree));
  return next;
}

bool ListEngine::waitsFor(unsigned semaphore) const {
  return std::any_of(lists.begin(), lists.end(), [&](const List &list) {
    return list.state == State::Condition && list.d.waitSemaphore == semaphore;
  });
}

std::optional<ListEngine::Waiting> ListEngine::waiting(unsigned number) const {
  const List &list = lists[number];
  if (list.state != State::Condition)
    return std::nullopt;
  return Waiting{number, list.address, list.d.waitSemaphore, list.d.waitCount,
                 list.since};
}

//===-- Descriptors ---------------------------------------------------------===//

TrapKind ListEngine::check(const ListDescriptor &d, const ListPort &port,
                           std::string &detail) const {
  auto bad = [&](std::string why) {
    detail = std::move(why);
    return TrapKind::BadDescriptor;
  };
  const char *kind = isa::listKindName(d.kind);
  if (!kind)
    return bad(fmt::format("kind {} does not exist", d.kind));
  if (const char *field = isa::unusedListField(d))
    return bad(fmt::format("{} is not 0, but a {} has no use for it", field,
                           kind));
  if (d.waitSemaphore >= numSemaphores || d.doneSemaphore >= numSemaphores ||
      d.signalSemaphore >= numSemaphores)
    return TrapKind::BadSemaphore;
  if (d.kind == uint8_t(ListKind::SIGNAL))
    return port.checkTarget(d.target, 0);
  if (d.kind == uint8_t(ListKind::MULTICAST_SIGNAL))
    return port.checkNodes(d.nodes, 0, 0);
  if (!isBlock(d))
    return TrapKind::None;

  if (d.rows == 0 || d.rowPackets == 0)
    return bad(fmt::format("a block of {} rows of {} packets", d.rows,
                           d.rowPackets));
  if (d.padTop + d.padBottom > d.rows || d.padLeft + d.padRight > rowBytes(d))
    return bad("there is more padding than block");
  if (isPull(d) && (d.padLeft % packetBytes || d.padRight % packetBytes))
    return bad("the padding of a pull is whole packets");
  if (d.local % packetBytes || d.target % packetBytes ||
      d.localStride % int(packetBytes) || d.targetStride % int(packetBytes))
    return TrapKind::Misaligned;

  // Rows lie along a line, so the first and the last are the outermost ones.
  Window window(d);
  unsigned lastRow = d.rows - 1u;
  TrapKind trap = TrapKind::None;
  auto first = [&](TrapKind found) {
    if (trap == TrapKind::None)
      trap = found;
  };
  if (isPull(d)) {
    first(port.checkWrite(localRow(d, 0), rowBytes(d)));
    first(port.checkWrite(localRow(d, lastRow), rowBytes(d)));
  } else if (!window.empty()) {
    uint64_t skipped = uint64_t(window.first) * packetBytes;
    first(port.checkRead(localRow(d, window.firstRow) + skipped,
                         window.bytes()));
    first(port.checkRead(localRow(d, window.endRow - 1) + skipped,
                         window.bytes()));
  }
  auto checkOther = [&](unsigned row, uint64_t skipped, uint64_t bytes) {
    uint64_t at = targetRow(d, row) + skipped;
    if ((at ^ d.target) >> isa::addressNodeShift)
      return TrapKind::BadRemoteAddress;
    return rectangleOf(d) ? port.checkNodes(d.nodes, at, bytes)
                          : port.checkTarget(at, bytes);
  };
  if (!isPull(d)) {
    first(checkOther(0, 0, rowBytes(d)));
    first(checkOther(lastRow, 0, rowBytes(d)));
    if (d.signalCount && !rectangleOf(d))
      first(port.checkTarget(d.target, 0));
  } else if (!window.empty()) {
    uint64_t skipped = uint64_t(window.first) * packetBytes;
    first(checkOther(window.firstRow, skipped, window.bytes()));
    first(checkOther(window.endRow - 1, skipped, window.bytes()));
  }
  return trap;
}

bool ListEngine::fetch(List &list, ListPort &port, Trap &trap) {
  trap.kind = port.checkRead(list.address, sizeof(ListDescriptor));
  if (trap.kind == TrapKind::None) {
    port.read(list.address, &list.d, sizeof(ListDescriptor));
    trap.kind = check(list.d, port, trap.detail);
  }
  ++counted.descriptors;
  return trap.kind == TrapKind::None;
}

bool ListEngine::loopBack(List &list, Trap &trap) {
  if (!list.inLoop) {
    list.inLoop = true;
    list.loop = list.address;
    list.loopsLeft = list.d.rows;
  } else if (list.loop != list.address) {
    trap.kind = TrapKind::BadDescriptor;
    trap.detail = "loops do not nest";
    return false;
  }
  bool forEver = list.d.rows == 0;
  if (!forEver && list.loopsLeft == 0) {
    list.inLoop = false;
    return true;
  }
  list.loopsLeft -= !forEver;
  list.d.next = list.d.local;
  return true;
}

/// The condition is met: what the descriptor does begins.
bool ListEngine::begin(List &list, unsigned number, Cycle now, ListPort &port,
                       Trap &trap) {
  const ListDescriptor &d = list.d;
  list.row = list.packet = 0;
  list.signalLeft = d.signalCount != 0;
  if (d.kind == uint8_t(ListKind::LOOP) && !loopBack(list, trap))
    return false;
  if (isPull(d)) {
    Window window(d);
    uint64_t packets = window.empty()
                           ? 0
                           : uint64_t(window.endRow - window.firstRow) *
                                 (window.end - window.first);
    list.pull = port.beginPull(packets, d.doneSemaphore, d.doneCount);
  }
  if (isBlock(d) || list.signalLeft) {
    list.state = State::Send;
    list.ready = list.since = now;
    list.credit = list.sent = 0;
    return true;
  }
  finish(list, number, now, port, now + isa::listFetchCycles);
  return true;
}

void ListEngine::finish(List &list, unsigned number, Cycle now, ListPort &port,
                        Cycle nextFetch) {
  const ListDescriptor d = list.d;
  if (d.next) {
    list.state = State::Fetch;
    list.address = d.next;
    list.ready = nextFetch;
    account(list, now, Activity::Fetch);
  } else {
    account(list, now, Activity::None);
    list.state = State::Off;
    port.listEnded(number);
  }
  if (isPull(d))
    port.endPull(list.pull);
  else if (d.doneCount)
    port.addToSemaphore(d.doneSemaphore, d.doneCount);
}

//===-- Packets -------------------------------------------------------------===//

bool ListEngine::stepNeedsRoom(const List &list) const {
  return !isPull(list.d) || Window(list.d).has(list.row, list.packet);
}

class ListEngine::Room {
public:
  explicit Room(ListPort &port) : port(port) {}
  /// Both are asked only if needed: who asks and is refused is called again.
  bool hasFor(const List &list) {
    noPull = noPull || (isPull(list.d) && !port.canOpenPull());
    if (isPull(list.d) && noPull)
      return false;
    full = full || !port.canSend();
    return !full;
  }
  bool wasRefused(const List &list) const {
    return full || (isPull(list.d) && noPull);
  }

private:
  ListPort &port;
  bool full = false, noPull = false;
};

void ListEngine::step(List &list, ListPort &port) {
  const ListDescriptor &d = list.d;
  if (!isBlock(d) || list.row == d.rows) {
    port.sendSignal(d.target, rectangleOf(d), d.signalSemaphore, d.signalCount);
    list.signalLeft = false;
    ++counted.packets, ++list.sent;
    return;
  }
  Window window(d);
  bool inside = window.has(list.row, list.packet);
  uint64_t offset = uint64_t(list.packet) * packetBytes;
  unsigned packets = 1;
  if (isPull(d)) {
    // One request brings what a row has between its paddings.
    if (inside) {
      port.requestPull(list.pull, targetRow(d, list.row) + offset,
                       localRow(d, list.row) + offset, window.bytes());
      packets = window.end - window.first;
      ++counted.packets, ++list.sent;
    } else {
      port.clear(localRow(d, list.row) + offset);
    }
  } else {
    alignas(packetBytes) uint8_t data[packetBytes] = {};
    if (inside) {
      port.read(localRow(d, list.row) + offset, data, packetBytes);
      if (offset < d.padLeft)
        std::memset(data, 0, d.padLeft - offset);
      uint64_t end = rowBytes(d) - d.padRight;
      if (offset + packetBytes > end)
        std::memset(data + (end - offset), 0, offset + packetBytes - end);
    }
    port.sendData(targetRow(d, list.row) + offset, rectangleOf(d), data);
    ++counted.packets, ++list.sent;
  }
  list.packet += packets;
  if (list.packet == d.rowPackets) {
    list.packet = 0;
    ++list.row;
  }
}

ListEngine::Trap ListEngine::run(Cycle now, ListPort &port) {
  Trap trap;
  roomWanted = false;
  Room room(port);
  for (bool again = true; again;) {
    again = false;
    // What takes no packet. One list's end may be another one's condition.
    for (bool changed = true; changed;) {
      changed = false;
      for (unsigned i = 0; i < numLists; ++i) {
        List &list = lists[i];
        port.list = i;
        trap.list = i;
        trap.descriptor = list.address;
        if (list.state == State::Fetch && list.ready <= now) {
          if (!fetch(list, port, trap))
            return trap;
          list.state = State::Condition;
          list.since = now;
        }
        if (list.state != State::Condition)
          continue;
        if (list.d.waitCount &&
            !port.takeSemaphore(list.d.waitSemaphore, list.d.waitCount)) {
          account(list, now, Activity::Semaphore);
          continue;
        }
        changed = true;
        if (list.d.waitCount && list.since < now)
          port.waited(list.address, list.d.waitSemaphore, list.since);
        if (!begin(list, i, now, port, trap))
          return trap;
      }
    }
    // One packet, of the first list in turn that has one.
    unsigned first = turn;
    for (unsigned i = 0; i < numLists && portFree <= now; ++i) {
      unsigned number = (first + i) % numLists;
      List &list = lists[number];
      if (list.state != State::Send)
        continue;
      if (stepNeedsRoom(list) && !room.hasFor(list))
        continue;
      account(list, now, Activity::Send);
      portFree = now + 1;
      port.list = number;
      turn = uint8_t((number + 1) % numLists);
      step(list, port);
      bool blockLeft = isBlock(list.d) && list.row < list.d.rows;
      if (blockLeft || list.signalLeft) {
        list.ready = now + 1;
      } else {
        add(counted, Activity::Send, 1);
        list.counted = now + 1;
        port.moved(list.address, list.since, now + 1, list.credit, list.sent);
        finish(list, number, now, port, now + isa::listFetchCycles);
        again = true;
      }
    }
  }
  for (List &list : lists)
    if (list.state == State::Send && list.ready <= now) {
      bool blocked = stepNeedsRoom(list) && room.wasRefused(list);
      account(list, now, blocked ? Activity::Credit : Activity::Port);
      roomWanted |= blocked;
    }
  trap = {};
  return trap;
}
