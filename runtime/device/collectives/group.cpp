//===- group.cpp - Groups of nodes and the trees of their reductions ------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Group.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

using namespace tatami::collectives;

void tatami::collectives::fail(const char *function, const char *what) {
  // At once: lines of different nodes do not mix.
  char line[160];
  const int length =
      snprintf(line, sizeof line, "%s: error: %s\n", function, what);
  write(STDERR_FILENO, line, (size_t)length);
  abort();
}

namespace {

/// Positions in a group, counted from its corner.
struct Grid {
  const tatami_group &group;
  int columns, rows;

  explicit Grid(const tatami_group &group) : group(group) {
    Rectangle r(group.nodes);
    columns = r.x1 - r.x0 + 1;
    rows = r.y1 - r.y0 + 1;
  }
  bool has(int x, int y) const {
    return group.map[y][x / 64] >> (x % 64) & 1;
  }
  bool hasRow(int y) const { return group.map[y][0] | group.map[y][1]; }
  int node(int x, int y) const {
    Rectangle r(group.nodes);
    return (r.y0 + y) * tatami_columns() + r.x0 + x;
  }
};

/// How a line of positions, some of them empty, is reduced: each half by two
/// chains from its ends towards its middle, where one is added to the other;
/// then one half to the other.
template <class Has> class Line {
  Has has;
  int length;

  int begin(int half) const { return half ? (length + 1) / 2 : 0; }
  int end(int half) const { return half ? length : (length + 1) / 2; }
  int middle(int half) const { return (begin(half) + end(half) + 1) / 2; }

public:
  Line(int length, Has has) : has(has), length(length) {}

  int halfOf(int at) const { return at >= begin(1); }
  /// 0 left of the middle of its half, 1 right of it.
  int sideOf(int at) const { return at >= middle(halfOf(at)); }

  /// The neighbour in the same chain further from its end, or nearer, or -1.
  int outer(int at) const { return next(at, !sideOf(at)); }
  int inner(int at) const { return next(at, sideOf(at)); }
  /// Where a chain ends, or -1 if it is empty.
  int chainEnd(int half, int side) const {
    const int m = middle(half);
    return side ? search(m, end(half), 1) : search(m - 1, begin(half) - 1, -1);
  }
  /// Where a half's two chains meet: on the side asked for, if it is not empty.
  int meeting(int half, int side) const {
    const int at = chainEnd(half, side);
    return at >= 0 ? at : chainEnd(half, !side);
  }
  /// Where the halves meet, likewise.
  int head(int half, int side) const {
    const int at = meeting(half, side);
    return at >= 0 ? at : meeting(!half, side);
  }

private:
  int search(int at, int stop, int step) const {
    for (; at != stop; at += step)
      if (has(at))
        return at;
    return -1;
  }
  /// The next position in the chain of \p at to the left or to the right.
  int next(int at, bool left) const {
    const int half = halfOf(at), m = middle(half), right = sideOf(at);
    return left ? search(at - 1, (right ? m : begin(half)) - 1, -1)
                : search(at + 1, right ? end(half) : m, 1);
  }
};

/// Finds a node's place in the tree of a stream.
class Planner {
  tatami_group &group;
  const Grid grid;
  const int stream, inputs;
  /// Where rows and columns meet. Streams that meet in different nodes share
  /// the work.
  const int half, side;
  tatami_group_plan &plan;
  Kind kind = {0, 0, false};

  auto row(int y) const {
    return Line(grid.columns, [this, y](int x) { return grid.has(x, y); });
  }
  auto column() const {
    return Line(grid.rows, [this](int y) { return grid.hasRow(y); });
  }
  /// The node that has the sum of a row.
  int headOf(int y) const { return grid.node(row(y).head(half, side), y); }

  int semaphore(int input) const {
    return semaphoreOf(group, Streams + stream * (1 + inputs) + 1 +
                                  (input < inputs ? input : input - LineInputs));
  }
  void addInput(int input, int node) {
    const int i = kind.rowInputs + kind.columnInputs;
    plan.semaphore[i] = semaphore(input);
    plan.ring[i] = group.ring[stream][input][0];
    plan.child[i] = addressAt(node, nullptr);
    ++(input < ColumnChain ? kind.rowInputs : kind.columnInputs);
  }
  void setParent(int input, int node) {
    plan.parent_semaphore = semaphore(input);
    plan.parent = addressAt(node, group.ring[stream][input][0]);
  }

  /// Adds the inputs and the parent of position \p at in \p line; \p node tells
  /// positions' nodes, \p first is the input called Chain. Returns true if this
  /// is where the line's sum is.
  template <class Has, class Node>
  bool place(const Line<Has> &line, int at, int first, Node node) {
    const int myHalf = line.halfOf(at), mySide = line.sideOf(at);
    if (int outer = line.outer(at); outer >= 0)
      addInput(first + Chain, node(outer));
    if (int inner = line.inner(at); inner >= 0) {
      setParent(first + Chain, node(inner));
      return false;
    }
    const int meeting = line.meeting(myHalf, side);
    if (at != meeting) {
      setParent(first + Merge, node(meeting));
      return false;
    }
    if (int other = line.chainEnd(myHalf, !mySide); other >= 0)
      addInput(first + Merge, node(other));
    const int head = line.head(half, side);
    if (at != head) {
      setParent(first + Other, node(head));
      return false;
    }
    if (int other = line.meeting(!myHalf, side); other >= 0)
      addInput(first + Other, node(other));
    return true;
  }

  int numberOfKind() {
    // A single group of inputs is waited for at once, whatever it is.
    if (kind.rowInputs == 0)
      kind = {kind.columnInputs, 0, kind.root};
    const int r = kind.rowInputs, c = kind.columnInputs;
    if (kind.root)
      return r == 3 && c == 3 ? Root33 : r == 3 && c == 0 ? Root3 : OtherRoot;
    if (c == 0)
      return r == 0 ? Leaf : r == 1 ? Pass1 : r == 2 ? Pass2 : Pass3;
    return r == 3 && c == 1 ? Pass31 : r == 3 && c == 2 ? Pass32 : OtherPass;
  }

public:
  Planner(tatami_group &group, int stream)
      : group(group), grid(group), stream(stream),
        inputs(grid.columns > 1 && grid.rows > 1 ? int(TATAMI_GROUP_INPUTS)
                                                 : int(LineInputs)),
        half(stream >> 1), side(stream & 1), plan(group.plan[stream]) {}

  void run(int x, int y) {
    plan.group = &group;
    plan.turn = 0;
    plan.credit_semaphore = semaphore(-1);
    auto inRow = [&](int x) { return grid.node(x, y); };
    auto inColumn = [&](int y) { return headOf(y); };
    kind.root = place(row(y), x, Chain, inRow) &&
                place(column(), y, ColumnChain, inColumn);
    plan.row_inputs = kind.rowInputs;
    plan.column_inputs = kind.columnInputs;
    plan.is_root = kind.root;
    plan.kind = numberOfKind();
    tatami_sem_post((int)plan.credit_semaphore, (uint32_t)group.credits);
  }
};

/// Bits of a row's map that one semaphore can count.
constexpr int wordBits = 32, words = TATAMI_GROUP_LINE / wordBits;

/// Asks the rows which of their nodes are there: a node adds its bit to the
/// semaphores of its row, and the first of a row tells the group.
void findNodes(tatami_group &group, const Rectangle &r, int x, int y) {
  const tatami_nodes row =
      tatami_rect(r.x0, r.y0 + y, r.x1, r.y0 + y);
  tatami_multicast_signal(row, semaphoreOf(group, x / wordBits),
                          1u << x % wordBits);
  // Dies like the fields of a chessboard: both colours, and the group crosses
  // from one to another.
  if ((tatami_die_x() + tatami_die_y()) & 1)
    tatami_multicast_signal(row, semaphoreOf(group, words + x / wordBits),
                            1u << x % wordBits);
  // Also the other rows: nobody clears what they are about to be told.
  tatami_barrier_rect(group.nodes);
  // Of what the rings will be used for, there is nothing yet.
  auto *lines = (uint64_t(*)[packetBytes / 8]) & group.ring[0][0][0][0];
  static_assert(sizeof group.ring >= TATAMI_GROUP_LINE * packetBytes);
  uint64_t *mine = lines[y];
  for (int w = 0; w < 2 * words; ++w) {
    const uint32_t bits = tatami_sem_value(semaphoreOf(group, w));
    tatami_sem_wait(semaphoreOf(group, w), bits);
    mine[w / 2] |= (uint64_t)bits << w % 2 * wordBits;
  }
  const int first = mine[0] ? __builtin_ctzll(mine[0])
                            : 64 + __builtin_ctzll(mine[1]);
  if (x == first)
    tatami_multicast(group.nodes, mine, mine, packetBytes);
  tatami_barrier_rect(group.nodes);

  int count = 0;
  uint64_t white = 0, black = 0;
  for (int i = 0; i < TATAMI_GROUP_LINE; ++i) {
    group.before[i] = (uint16_t)count;
    for (int w = 0; w < TATAMI_GROUP_LINE / 64; ++w) {
      const uint64_t bits = i <= r.y1 - r.y0 ? lines[i][w] : 0;
      group.map[i][w] = bits;
      white |= bits & ~lines[i][w + 2];
      black |= bits & lines[i][w + 2];
      if (i == y && w == x / 64)
        group.rank = count + __builtin_popcountll(bits & ((1ull << x % 64) - 1));
      count += __builtin_popcountll(bits);
    }
  }
  group.size = count;
  // More on its way than a die needs only makes packets wait for each other.
  group.credits = white && black ? TATAMI_GROUP_PARTS : 2;
}

} // namespace

void tatami_group_init(tatami_group *group, tatami_nodes nodes,
                       int first_semaphore) {
  const char *name = "tatami_group_init";
  Rectangle r(nodes);
  if (r.x0 > r.x1 || r.y0 > r.y1 || r.x1 >= tatami_columns() ||
      r.y1 >= tatami_rows())
    fail(name, "the rectangle is not within the machine");
  if (r.x1 - r.x0 >= TATAMI_GROUP_LINE || r.y1 - r.y0 >= TATAMI_GROUP_LINE)
    fail(name, "a group has at most 128 columns and 128 rows");
  const int x = tatami_x() - r.x0, y = tatami_y() - r.y0;
  if (x < 0 || y < 0 || x > r.x1 - r.x0 || y > r.y1 - r.y0)
    fail(name, "a node that is not in the group calls this");
  const bool isLine = r.x0 == r.x1 || r.y0 == r.y1;
  if (first_semaphore < 0 ||
      first_semaphore > 64 - semaphoresWith(isLine ? int(LineInputs)
                                                   : int(TATAMI_GROUP_INPUTS)))
    fail(name, "a group needs 31 of the node's 64 semaphores, a line 19");
  if ((uint64_t)group % packetBytes)
    fail(name, "the group is not aligned to 64 bytes");

  group->nodes = nodes;
  group->semaphore = first_semaphore;
  group->functions = nullptr;
  memset(group->ring, 0, TATAMI_GROUP_LINE * packetBytes);
  findNodes(*group, r, x, y);
  for (int s = 0; s < TATAMI_GROUP_STREAMS; ++s)
    Planner(*group, s).run(x, y);
  // Only now may others send to this node's rings.
  tatami_barrier_rect(nodes);
}

void tatami_group_end(tatami_group *group) {
  // Every signal has been waited for but the last credits, which may be on
  // their way.
  for (const tatami_group_plan &plan : group->plan)
    tatami_sem_wait((int)plan.credit_semaphore, (uint32_t)group->credits);
  // Whoever goes on may signal in another group's name.
  tatami_barrier_rect(group->nodes);
}

Members::Members(const tatami_group &group, int rank)
    : group(group), columns(tatami_columns()) {
  const Rectangle r(group.nodes);
  first = r.y0 * columns + r.x0;
  rows = r.y1 - r.y0 + 1;
  int high = rows - 1;
  while (y < high) { // The last row with fewer nodes in front of it.
    const int middle = (y + high + 1) / 2;
    if (group.before[middle] <= rank)
      y = middle;
    else
      high = middle - 1;
  }
  int left = rank - group.before[y];
  rest = group.map[y][0];
  if (const int here = __builtin_popcountll(rest); left >= here) {
    left -= here;
    word = 1;
    rest = group.map[y][1];
  }
  while (left-- > 0)
    rest &= rest - 1;
}

int tatami_group_node(const tatami_group *group, int rank) {
  checkRank(*group, "tatami_group_node", rank);
  return Members(*group, rank).node();
}
