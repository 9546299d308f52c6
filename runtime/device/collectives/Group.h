//===- Group.h - What the collectives know of each other --------*- C++ -*-===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A group's semaphores, in this order: Result, Go, Data; then for each stream one
// for credits and one for each input, those of other rows last.
//
// Every semaphore but Data has one sender at a time, and whoever sends has
// finished what the receiver had to do before: that is what keeps one call's
// signals from being taken for another's. The comments of the functions say why
// for each.
//===----------------------------------------------------------------------===//

#ifndef TATAMI_COLLECTIVES_GROUP_H
#define TATAMI_COLLECTIVES_GROUP_H

#include <tatami/collectives.h>
#include <tatami/node.h>

namespace tatami::collectives {

constexpr size_t packetBytes = 64;

enum SemaphoreOffset { Result, Go, Data, Streams };

/// Inputs of a node in a stream's tree, in the order in which they are added to
/// its own values.
enum Input {
  Chain, ///< The neighbour in the row that is further from the quarter's end.
  Merge, ///< The row's other quarter of this half.
  Other, ///< The row's other half.
  ColumnChain,
  ColumnMerge,
  ColumnOther,
  LineInputs = ColumnChain ///< All that a single row or column needs.
};

constexpr int semaphoresWith(int inputs) {
  return Streams + TATAMI_GROUP_STREAMS * (1 + inputs);
}
static_assert(semaphoresWith(TATAMI_GROUP_INPUTS) ==
              int(TATAMI_GROUP_SEMAPHORES));
static_assert(semaphoresWith(LineInputs) == int(TATAMI_LINE_SEMAPHORES));

/// Where a stream's values go that its root has reduced.
enum Deliver { ToAll, ToTarget, ToOwners };

struct Rectangle {
  int x0, y0, x1, y1;
  explicit Rectangle(tatami_nodes nodes)
      : x0(nodes & 0xffff), y0(nodes >> 16 & 0xffff), x1(nodes >> 32 & 0xffff),
        y1(nodes >> 48) {}
};

/// The nodes of a group, from a rank on and round again.
class Members {
  const tatami_group &group;
  int first, columns, rows;
  int y = 0, word = 0;
  uint64_t rest = 0; ///< Nodes of this word of the map that are to come.

public:
  Members(const tatami_group &group, int rank);
  int node() const {
    return first + y * columns + word * 64 + __builtin_ctzll(rest);
  }
  void next() {
    rest &= rest - 1;
    while (__builtin_expect(rest == 0, 0)) {
      word ^= 1;
      if (word == 0)
        y = y + 1 < rows ? y + 1 : 0;
      rest = group.map[y][word];
    }
  }
};

inline int semaphoreOf(const tatami_group &group, int offset) {
  return group.semaphore + offset;
}
inline uint64_t addressAt(int node, const void *local) {
  return (uint64_t)tatami_remote(node, local);
}

/// Ends the program with a message.
[[noreturn]] void fail(const char *function, const char *what);

/// Ends the program unless the buffers and the size can be transferred.
[[gnu::always_inline]] inline void check(const char *function, size_t bytes,
                                         const void *in, const void *out) {
  if (__builtin_expect(
          (bytes | (uint64_t)in | (uint64_t)out) % packetBytes != 0, 0))
    fail(function, bytes % packetBytes
                       ? "what is transferred is not a multiple of 64 bytes"
                       : "a buffer is not aligned to 64 bytes");
}
inline void checkRank(const tatami_group &group, const char *function,
                      int rank) {
  if (__builtin_expect((unsigned)rank >= (unsigned)group.size, 0))
    fail(function, "no node of the group has this rank");
}

/// Signals along the first stream's tree, from its leaves to its root, that a
/// node is here. The root's call returns when all are.
/// Returns true on the root.
bool meet(tatami_group &group);

/// What a stream does on a node depends on how many inputs the node has from its
/// row and from other rows, which it waits for later, and on whether it is the
/// root. Those that matter for speed have a function of their own.
struct Kind {
  int rowInputs, columnInputs;
  bool root;
};
enum KindNumber {
  Leaf,
  Pass1,
  Pass2,
  Pass3,
  Pass31,
  Pass32,
  Root3,
  Root33,
  OtherPass,
  OtherRoot,
  KindNumbers
};

using StreamFunction = void (*)(tatami_group_plan *);

/// Makes the functions of an operation, a table for short messages and behind it
/// one for long ones, those of the group's streams.
void selectFunctions(tatami_group &group, const StreamFunction *functions);

/// Runs the group's streams on as many threads as are free, if not all are.
void runOnSomeThreads(tatami_group &group, unsigned claimed);

/// The same for a node without children, whatever the operation.
void runShortLeaf(tatami_group_plan *plan);
void runLongLeaf(tatami_group_plan *plan);

} // namespace tatami::collectives

#endif // TATAMI_COLLECTIVES_GROUP_H
