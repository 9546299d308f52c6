// Every collective over rectangles of all kinds, checked element by element.
// usage: collectives.elf; prints one line, the same with every timing.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "Oracle.h"

#include <initializer_list>
#include <stdio.h>
#include <stdlib.h>

namespace {

constexpr size_t mostGathered = 200 * 1024;
alignas(64) uint8_t in[mostGathered], out[mostGathered];
tatami::group group;
uint32_t seed, digest;
Nodes nodes;

[[noreturn]] void fail(const char *what, size_t i) {
  tatami_printf("%s: test %u, rectangle %d,%d-%d,%d: element %zu is wrong\n",
                what, seed, nodes.x0, nodes.y0, nodes.x1, nodes.y1, i);
  exit(1);
}

/// What other nodes have started in the meantime must not matter.
void delay() {
  const uint32_t cycles = hash(seed, (uint32_t)tatami_node(), 7) % 600;
  if (seed % 3 != 0)
    for (const uint64_t end = tatami_cycles() + cycles; tatami_cycles() < end;)
      ;
}

template <class T> void fill(size_t count) {
  for (size_t i = 0; i < count; ++i)
    ((T *)in)[i] = element<T>(seed, tatami_node(), i);
  memset(out, 0xa5, count * sizeof(T) < mostGathered ? count * sizeof(T) + 64
                                                     : mostGathered);
}
template <class T> void expect(const char *what, size_t i, T expected) {
  if (memcmp(&expected, (T *)out + i, sizeof(T)) != 0)
    fail(what, i);
  digest = digest * 31 + hash(out[i * sizeof(T)], (uint32_t)i, seed);
}
/// Nothing behind the last element has been written.
void expectEnd(const char *what, size_t bytes) {
  if (bytes < mostGathered && out[bytes] != 0xa5)
    fail(what, bytes);
}

template <class T> void reductions(tatami_op op, size_t packets) {
  const size_t count = packets * 64 / sizeof(T);
  const int size = group.size(), rank = group.rank();
  // Each node checks some of the elements, of a large group only one.
  auto check = [&](const char *what) {
    const size_t step = size > 100 ? count + 1 : 1 + count / 5;
    for (size_t i = hash((uint32_t)rank, 1, 1) % step; i < count; i += step)
      expect(what, i, reduced<T>(op, nodes, seed, i));
    expectEnd(what, packets * 64);
  };
  ++seed;
  fill<T>(count);
  delay();
  group.all_reduce(op, (const T *)in, (T *)out, count);
  check("all-reduce");

  ++seed; // In place.
  fill<T>(count);
  memcpy(out, in, count * sizeof(T));
  delay();
  group.all_reduce(op, (const T *)out, (T *)out, count);
  check("all-reduce in place");

  ++seed;
  fill<T>(count);
  const int root = (int)(seed % (uint32_t)size);
  delay();
  group.reduce(op, (const T *)in, (T *)out, count, root);
  if (rank == root)
    for (size_t i = 0; i < count; i += 1 + count / 41)
      expect("reduce", i, reduced<T>(op, nodes, seed, i));
  expectEnd("reduce", rank == root ? packets * 64 : 0);

  const size_t block = (packets + (size_t)size - 1) / (size_t)size;
  if (block * (size_t)size * 64 > mostGathered)
    return;
  ++seed;
  const size_t each = block * 64 / sizeof(T);
  fill<T>(each * (size_t)size);
  delay();
  group.reduce_scatter(op, (const T *)in, (T *)out, each);
  for (size_t i = 0; i < each; i += 1 + each / 5)
    expect("reduce-scatter", i,
           reduced<T>(op, nodes, seed, (size_t)rank * each + i));
  expectEnd("reduce-scatter", each * sizeof(T));
}

void moves(size_t packets) {
  const size_t bytes = packets * 64, count = bytes / 4;
  const int size = group.size(), rank = group.rank();
  auto node = [](int r) { return group.node(r); };

  ++seed;
  fill<int32_t>(count);
  memcpy(out, in, bytes);
  const int root = (int)(seed % (uint32_t)size);
  delay();
  group.broadcast((int32_t *)out, count, root);
  for (size_t i = 0; i < count; ++i)
    expect("broadcast", i, element<int32_t>(seed, node(root), i));
  expectEnd("broadcast", bytes);

  const size_t all = bytes * (size_t)size;
  if (all > mostGathered)
    return;
  ++seed;
  fill<int32_t>(count);
  memset(out, 0xa5, mostGathered);
  delay();
  group.gather((const int32_t *)in, (int32_t *)out, count, root);
  for (int r = 0; r < size && rank == root; ++r)
    for (size_t i = 0; i < count; i += 1 + count / 5)
      expect("gather", (size_t)r * count + i,
             element<int32_t>(seed, node(r), i));
  expectEnd("gather", rank == root ? all : 0);

  ++seed;
  fill<int32_t>(count);
  memset(out, 0xa5, mostGathered);
  delay();
  group.all_gather((const int32_t *)in, (int32_t *)out, count);
  for (int r = 0; r < size; ++r)
    for (size_t i = 0; i < count; i += 1 + count / 5)
      expect("all-gather", (size_t)r * count + i,
             element<int32_t>(seed, node(r), i));
  expectEnd("all-gather", all);

  ++seed;
  fill<int32_t>(count * (size_t)size);
  delay();
  group.scatter((const int32_t *)in, (int32_t *)out, count, root);
  for (size_t i = 0; i < count; ++i)
    expect("scatter", i,
           element<int32_t>(seed, node(root), (size_t)rank * count + i));
  expectEnd("scatter", bytes);

  ++seed;
  fill<int32_t>(count * (size_t)size);
  delay();
  group.all_to_all((const int32_t *)in, (int32_t *)out, count);
  for (int r = 0; r < size; ++r)
    for (size_t i = 0; i < count; i += 1 + count / 5)
      expect("all-to-all", (size_t)r * count + i,
             element<int32_t>(seed, node(r), (size_t)rank * count + i));
  expectEnd("all-to-all", all);
}

/// The same calls from another thread of the node, while a third is busy.
void fromAnotherThread() {
  auto busy = [](void *) { tatami_sem_wait(63, 1); };
  auto work = [](void *) { reductions<int32_t>(TATAMI_SUM, 70); };
  tatami_thread_start(2, busy, nullptr);
  tatami_thread_start(1, work, nullptr);
  tatami_thread_join(1);
  tatami_sem_post(63, 1);
  tatami_thread_join(2);
}

/// How much is tried: all types, operations and sizes, or some of them.
enum Depth { All, Some, Few };

void run(const Nodes &where, Depth depth) {
  nodes = where;
  seed += 1000;
  tatami_barrier_all(); // All groups use the same semaphores.
  if (!nodes.contains(tatami_x(), tatami_y()))
    return;
  group.init(nodes.rectangle(), 5);
  const uint32_t first = seed;
  // Nothing, one packet, less than a chunk, four streams with a rest each, a
  // full half of the rings, one packet more, many halves.
  for (size_t packets : {0, 1, 6, 23, 64, 67, 300})
    if (depth < Few || packets == 6 || packets == 67)
      reductions<float>(TATAMI_SUM, packets);
  for (tatami_op op : {TATAMI_SUM, TATAMI_MIN, TATAMI_MAX}) {
    if (depth == Few && op != TATAMI_MIN)
      continue;
    reductions<__bf16>(op, 9);
    reductions<int32_t>(op, depth == All ? 66 : 5);
    if (depth != All)
      continue;
    reductions<float>(op, 7);
    reductions<int8_t>(op, 2);
    reductions<int16_t>(op, 3);
    reductions<int64_t>(op, 18);
  }
  for (size_t packets : {0, 1, 3, 40})
    if (depth < Few || packets == 1)
      moves(packets);
  group.sync();
  fromAnotherThread();
  group.end();
  seed = first; // All nodes count alike, members or not.
}

} // namespace

int main() {
  group.init(tatami_all_nodes(), 0);
  int count = 0;
  for (int y = 0; y < tatami_rows(); ++y)
    for (int x = 0; x < tatami_columns(); ++x)
      count += enabled[y][x] = group.has(x, y);
  if (count != tatami_node_count() || group.size() != count ||
      group.rank() != tatami_rank() || group.node(group.rank()) != tatami_node())
    fail("group of all nodes", 0);
  group.end();

  const int right = tatami_columns() - 1, bottom = tatami_rows() - 1;
  const bool small = right < 8;
  if (small) {
    run({0, 0, right, bottom}, All);
    run({1, 1, 3, 2}, All);
    run({0, 1, 2, 3}, Some);
    run({2, 0, 2, 3}, Some);
    run({1, 3, 3, 3}, Some);
    run({3, 0, 3, 0}, Some);
  } else { // A die: x = 17, y = 0 to 5 are disabled.
    run({0, 0, right, bottom}, Few);
    run({12, 2, 17, 9}, Some);
    run({17, 3, 17, 11}, Some);
    run({0, 4, 17, 4}, Few);
    run({9, 0, 17, 1}, Few);
  }
  // The results of all nodes in one number.
  alignas(64) static int32_t sums[16];
  sums[0] = (int32_t)digest;
  tatami_barrier_all();
  group.init(tatami_all_nodes(), 33);
  group.all_reduce(TATAMI_SUM, sums, sums, 16);
  if (tatami_rank() == 0)
    printf("all right, digest %08x\n", (unsigned)sums[0]);
  return 0;
}
