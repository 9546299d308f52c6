//===- Stream.h - Values on their way to the root of a tree -----*- C++ -*-===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A reduction is made by up to four streams, each with a part of the packets, a
// thread of every node, and a tree of its own. A node receives its children's
// packets in rings, adds them to its own in registers and sends the sums to its
// parent's ring, 64 bytes a store, with a signal for each chunk. A ring has three
// parts; a credit from the parent allows to fill the next. There are two credits
// within a die, three if the group crosses to others.
//
// Inputs and credits have one sender each, which sends in the order of calls, so
// what they count may run ahead but is never mistaken.
//
// The time from a chunk's arrival to its departure is what a small reduction
// takes, once for every node on the longest path: loops hold all that they need
// in registers, and what is known before is loaded before the wait.
//===----------------------------------------------------------------------===//

#ifndef TATAMI_COLLECTIVES_STREAM_H
#define TATAMI_COLLECTIVES_STREAM_H

#include "Group.h"

namespace tatami::collectives {

constexpr unsigned partPackets = TATAMI_GROUP_PART;
constexpr unsigned partBytes = partPackets * packetBytes;

/// The part of the rings behind the one at offset \p turn.
constexpr int64_t nextTurn(int64_t turn) {
  return turn + partBytes < TATAMI_GROUP_PARTS * partBytes
             ? turn + (int64_t)partBytes
             : 0;
}

/// Packets of a chunk, in short and in long messages: fewer pass a node sooner,
/// more need fewer signals. Measured on a die.
constexpr int shortChunk = 4, longChunk = 8;

/// A message is short if each of its streams fits into a part of a ring.
constexpr size_t packetsOfShortMessage = TATAMI_GROUP_STREAMS * partPackets;

/// Packets from which on more streams pay for the start of their threads
/// (measured on a die).
constexpr size_t packetsOfTwoStreams = 8, packetsOfFourStreams = 16;

/// Sends packets to consecutive addresses of a node.
struct Sender {
  uint64_t address;
  template <class V> void put(unsigned i, V value) const {
    __builtin_tatami_rvst((tatami_v64u8)value, address + i * packetBytes);
  }
  Sender from(unsigned i) const { return {address + i * packetBytes}; }
};

/// Writes packets to this node.
struct Writer {
  uint8_t *address;
  template <class V> void put(unsigned i, V value) const {
    *(V *)(address + i * packetBytes) = value;
  }
  Writer from(unsigned i) const { return {address + i * packetBytes}; }
};

/// A kind whose numbers of inputs are known when it runs.
constexpr Kind anyPass{-1, -1, false}, anyRoot{-1, -1, true};

/// A stream on a node with children, in chunks of \p Chunk packets.
template <class Op, Kind K, int Chunk> class Stream {
  using V = typename Op::Vector;
  static constexpr bool isAny = K.rowInputs < 0;
  static constexpr int most =
      isAny ? TATAMI_GROUP_INPUTS : K.rowInputs + K.columnInputs;
  /// The first chunk of a short message is treated apart.
  static constexpr bool peels = Chunk == shortChunk && K.rowInputs > 2;

  tatami_group_plan &plan;
  tatami_group &group;
  const int inputs;
  const uint8_t *own, *in[most];
  uint64_t to; ///< The place in the parent's ring.
  int64_t semaphore[most];

  explicit Stream(tatami_group_plan &plan)
      : plan(plan), group(*plan.group),
        inputs(isAny ? plan.row_inputs + plan.column_inputs : most) {}

  /// Calls \p body for each input.
  template <class Body> [[gnu::always_inline]] void forInputs(Body body) {
    if constexpr (isAny) {
      for (int i = 0; i < inputs; ++i)
        body(i);
    } else {
#pragma clang loop unroll(full)
      for (int i = 0; i < most; ++i)
        body(i);
    }
  }
  [[gnu::always_inline]] void waitForAll() {
    forInputs([&](int i) { __builtin_tatami_swait((uint64_t)semaphore[i], 1); });
  }
  template <int From, int To> [[gnu::always_inline]] void wait() {
#pragma clang loop unroll(full)
    for (int i = From; i < To; ++i)
      __builtin_tatami_swait((uint64_t)semaphore[i], 1);
  }
  template <int From, int To, int Count>
  [[gnu::always_inline]] void add(V (&value)[Count]) {
    V input[To - From + 1][Count];
#pragma clang loop unroll(full)
    for (int i = From; i < To; ++i)
#pragma clang loop unroll(full)
      for (int p = 0; p < Count; ++p)
        input[i - From][p] = ((const V *)in[i])[p];
#pragma clang loop unroll(full)
    for (int i = From; i < To; ++i)
#pragma clang loop unroll(full)
      for (int p = 0; p < Count; ++p)
        value[p] = Op::apply(value[p], input[i - From][p]);
  }

  template <int From, int To, bool Wait, int Count>
  [[gnu::always_inline]] void addAll(V (&value)[Count]) {
    if (Wait)
      wait<From, To>();
    add<From, To>(value);
  }

  /// Reduces \p Count packets, which are a chunk if \p Wait. If \p First, what
  /// arrives last of a row or column is waited for by itself: sooner for the
  /// first chunk, slower for a row of them.
  template <int Count, bool Wait, bool First = false, class Out>
  [[gnu::always_inline]] void reduce(const Out &out) {
    V value[Count];
#pragma clang loop unroll(full)
    for (int p = 0; p < Count; ++p)
      value[p] = ((const V *)own)[p];
    if constexpr (isAny) {
      for (int i = 0; i < inputs; ++i) {
        if (Wait)
          __builtin_tatami_swait((uint64_t)semaphore[i], 1);
#pragma clang loop unroll(full)
        for (int p = 0; p < Count; ++p)
          value[p] = Op::apply(value[p], ((const V *)in[i])[p]);
      }
    } else {
      constexpr int rows = K.rowInputs;
      constexpr int rowLast = First && rows > 2 ? rows - 1 : rows;
      constexpr int last = First && most - rows > 2 ? most - 1 : most;
      addAll<0, rowLast, Wait>(value);
      addAll<rowLast, rows, Wait>(value);
      addAll<rows, last, Wait>(value);
      addAll<last, most, Wait>(value);
    }
#pragma clang loop unroll(full)
    for (int p = 0; p < Count; ++p)
      out.put(p, value[p]);
    own += Count * packetBytes;
    forInputs([&](int i) { in[i] += Count * packetBytes; });
  }

  /// Reduces the last chunk, of fewer packets.
  template <class Out>
  [[gnu::always_inline]] void reduceRest(unsigned rest, Out out) {
    if (Chunk == shortChunk) {
      if (rest == 1)
        return reduce<1, true>(out);
      if (rest == 2)
        return reduce<2, true>(out);
      return reduce<3, true>(out);
    }
    waitForAll();
    for (unsigned i = 0; i < rest; ++i)
      reduce<1, false>(out.from(i));
  }

  /// Sends \p packets packets to the parent.
  [[gnu::always_inline]] void pass(unsigned packets) {
    const uint64_t parentSemaphore = (uint64_t)plan.parent_semaphore;
    unsigned n = packets / Chunk;
    if (peels && __builtin_expect(n > 0, 1)) {
      reduce<Chunk, true, true>(Sender{to});
      __builtin_tatami_ssig(to, parentSemaphore, 1);
      to += Chunk * packetBytes;
      --n;
    }
#pragma clang loop unroll(disable)
    for (; __builtin_expect(n > 0, 1); --n) {
      reduce<Chunk, true>(Sender{to});
      __builtin_tatami_ssig(to, parentSemaphore, 1);
      to += Chunk * packetBytes;
    }
    if (unsigned rest = packets % Chunk; __builtin_expect(rest, 0)) {
      reduceRest(rest, Sender{to});
      __builtin_tatami_ssig(to, parentSemaphore, 1);
    }
  }

  /// The root: results to all nodes.
  [[gnu::always_inline]] void toAll(unsigned packets) {
    const tatami_nodes nodes = group.nodes;
    uint8_t *out = group.out + (own - group.in);
    unsigned n = packets / Chunk;
    if (peels && __builtin_expect(n > 0, 1)) {
      reduce<Chunk, true, true>(Writer{out});
      tatami_multicast(nodes, out, out, Chunk * packetBytes);
      out += Chunk * packetBytes;
      --n;
    }
#pragma clang loop unroll(disable)
    for (; __builtin_expect(n > 0, 1); --n) {
      reduce<Chunk, true>(Writer{out});
      tatami_multicast(nodes, out, out, Chunk * packetBytes);
      out += Chunk * packetBytes;
    }
    if (unsigned rest = packets % Chunk; __builtin_expect(rest, 0)) {
      reduceRest(rest, Writer{out});
      tatami_multicast(nodes, out, out, rest * packetBytes);
    }
  }

  /// The root: results to the target, or each to its owner; runs of packets
  /// for the same node are counted by one signal.
  [[gnu::noinline]] void toSome(unsigned packets) {
    const bool owners = group.deliver == ToOwners;
    const size_t first = (size_t)(own - group.in) / packetBytes;
    const size_t block = owners ? group.block : group.packets;
    size_t place = first % block;
    Members to(group, owners ? (int)(first / block) : group.target);
    uint32_t run = 0;
    for (unsigned left = packets; left > 0;) {
      const unsigned count = left < Chunk ? left : Chunk;
      if (count == Chunk && place + Chunk <= block) {
        reduce<Chunk, true>(
            Sender{addressAt(to.node(), group.out + place * packetBytes)});
        place += Chunk;
        run += Chunk;
      } else {
        waitForAll();
        for (unsigned i = 0; i < count; ++i) {
          if (place == block)
            nextOwner(to, place, run);
          reduce<1, false>(
              Sender{addressAt(to.node(), group.out + place * packetBytes)});
          ++place;
          ++run;
        }
      }
      left -= count;
      if (place == block && left > 0)
        nextOwner(to, place, run);
    }
    tatami_sem_signal(to.node(), semaphoreOf(group, Data), run);
  }
  void nextOwner(Members &to, size_t &place, uint32_t &run) {
    tatami_sem_signal(to.node(), semaphoreOf(group, Data), run);
    to.next();
    place = 0;
    run = 0;
  }

  /// As many packets as a part of a ring holds, or fewer.
  [[gnu::always_inline]] void part(unsigned packets) {
    const uint64_t turn = (uint64_t)plan.turn;
    plan.turn = nextTurn(plan.turn);
    to = plan.parent + turn;
    forInputs([&](int i) { in[i] = plan.ring[i] + turn; });
    if constexpr (!K.root) {
      __builtin_tatami_swait((uint64_t)plan.credit_semaphore, 1);
      pass(packets);
    } else if (__builtin_expect(group.deliver == ToAll, 1)) {
      toAll(packets);
    } else {
      toSome(packets);
    }
  }
  /// Allows the children to use the part again.
  [[gnu::always_inline]] void giveCredit() {
    forInputs([&](int i) {
      __builtin_tatami_ssig(plan.child[i], plan.credit_semaphore, 1);
    });
  }

  /// Everybody has finished the call before, or the root would not have its
  /// sums: Result counts nothing but this call's streams.
  [[gnu::always_inline]] void end() {
    if (K.root && group.deliver == ToAll)
      tatami_multicast_signal(group.nodes, semaphoreOf(group, Result), 1);
  }

  void all() {
    own = plan.own;
    forInputs([&](int i) { semaphore[i] = plan.semaphore[i]; });
    if constexpr (Chunk == shortChunk) {
      part((unsigned)plan.packets);
      end();
      giveCredit();
    } else {
      for (size_t left = plan.packets; left > 0;) {
        const unsigned now = left < partPackets ? (unsigned)left : partPackets;
        part(now);
        giveCredit();
        left -= now;
      }
      end();
    }
  }

public:
  static void run(tatami_group_plan *plan) { Stream(*plan).all(); }
};

/// The functions of an operation by kind, for short messages and then for long
/// ones. Only operations that ask for it have a function for each kind that
/// matters: together these are 30 KB of code.
template <class Op> struct StreamTable {
  StreamFunction function[2 * KindNumbers] = {};

  template <Kind K> constexpr void add(KindNumber number) {
    function[number] = Stream<Op, K, shortChunk>::run;
    function[number + KindNumbers] = Stream<Op, K, longChunk>::run;
  }
  constexpr StreamTable() {
    for (int number = Pass1; number < KindNumbers; ++number)
      if (number == Root3 || number == Root33 || number == OtherRoot)
        add<anyRoot>(KindNumber(number));
      else
        add<anyPass>(KindNumber(number));
    function[Leaf] = runShortLeaf;
    function[Leaf + KindNumbers] = runLongLeaf;
    if constexpr (Op::isFast) {
      add<Kind{1, 0, false}>(Pass1);
      add<Kind{2, 0, false}>(Pass2);
      add<Kind{3, 0, false}>(Pass3);
      add<Kind{3, 1, false}>(Pass31);
      add<Kind{3, 2, false}>(Pass32);
      add<Kind{3, 0, true}>(Root3);
      add<Kind{3, 3, true}>(Root33);
    }
  }
};
template <class Op> constexpr StreamTable<Op> streamTable;

} // namespace tatami::collectives

#endif // TATAMI_COLLECTIVES_STREAM_H
