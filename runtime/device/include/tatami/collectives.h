/*===- tatami/collectives.h - Operations of many nodes together ------------===
 *
 * SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * Collectives over the enabled nodes of a rectangle, a group. Every node of the
 * group makes the same calls in the same order, each from one thread; a call
 * may use the node's other threads as far as they are free.
 *
 *     static tatami_group group;
 *     tatami_group_init(&group, tatami_all_nodes(), 0);
 *     tatami_all_reduce_f32(&group, TATAMI_SUM, gradients, gradients, 4096);
 *
 * Buffers are symmetric: a group, and a buffer that is passed to a collective,
 * lie at the same address on every node (static variables do). They are aligned
 * to 64 bytes, and what is transferred is a multiple of 64 bytes; anything else
 * ends the program with a message. A count of 0 does nothing.
 *
 * When a call returns, this node's results are there and its inputs may be
 * written again; other nodes may still be at work. A node's results may arrive
 * as soon as it has made the call.
 *
 * docs/collectives.md has algorithms, costs, and the order of sums.
 *
 *===----------------------------------------------------------------------===*/

#ifndef TATAMI_COLLECTIVES_H
#define TATAMI_COLLECTIVES_H

#include <tatami/mesh.h>
#include <tatami/types.h>

#ifdef __cplusplus
extern "C" {
#endif

enum {
  /** Semaphores of a group, from the one that tatami_group_init() is given:
   *  of a rectangle, and of one that has a single row or a single column. */
  TATAMI_GROUP_SEMAPHORES = 31,
  TATAMI_LINE_SEMAPHORES = 19,
  /** Widest and highest rectangle of a group. */
  TATAMI_GROUP_LINE = 128,
};

/** How values are reduced. Minimum and maximum of floats are those of IEEE
 *  754-2019 minimumNumber and maximumNumber; sums of integers wrap. */
typedef enum tatami_op { TATAMI_SUM, TATAMI_MIN, TATAMI_MAX } tatami_op;

/* The library's own; see collectives/Group.h. */
enum {
  TATAMI_GROUP_STREAMS = 4,
  TATAMI_GROUP_INPUTS = 6,
  TATAMI_GROUP_PARTS = 3, /* of a ring */
  TATAMI_GROUP_PART = 16, /* packets */
};
struct tatami_group_plan {
  void (*run)(struct tatami_group_plan *);
  void (*functions[2])(struct tatami_group_plan *); /* short, long messages */
  struct tatami_group *group;
  const uint8_t *own;
  size_t packets;
  int64_t turn, parent_semaphore, credit_semaphore;
  uint64_t parent;
  int64_t semaphore[TATAMI_GROUP_INPUTS];
  const uint8_t *ring[TATAMI_GROUP_INPUTS];
  uint64_t child[TATAMI_GROUP_INPUTS];
  int32_t kind, row_inputs, column_inputs, is_root;
};

/** A group of nodes and what its collectives need: about 76 KB, nothing of
 *  which is to be touched. Lies at the same address on every node and must not
 *  be copied or moved. */
typedef struct tatami_group {
  tatami_nodes nodes;
  int32_t size, rank, semaphore, credits;
  /* Of the call that is being made. */
  const void *functions;
  const uint8_t *in;
  uint8_t *out;
  size_t packets, block;
  int32_t shift, deliver, target;
  struct tatami_group_plan plan[TATAMI_GROUP_STREAMS];
  /* Where the nodes are. */
  uint64_t map[TATAMI_GROUP_LINE][TATAMI_GROUP_LINE / 64];
  uint16_t before[TATAMI_GROUP_LINE];
  uint8_t ring[TATAMI_GROUP_STREAMS][TATAMI_GROUP_INPUTS]
              [TATAMI_GROUP_PARTS][TATAMI_GROUP_PART * 64] __attribute__((aligned(64)));
} __attribute__((aligned(64))) tatami_group;

/** Makes the enabled nodes of \p nodes a group. All of them call this, with the
 *  same arguments. The group takes TATAMI_GROUP_SEMAPHORES semaphores from
 *  \p first_semaphore on (TATAMI_LINE_SEMAPHORES if it has a single row or a
 *  single column). They must be zero on all of the nodes when the first one
 *  calls, and only the group's collectives may use them from then on. Groups
 *  that share a node need different memory and different semaphores. */
void tatami_group_init(tatami_group *group, tatami_nodes nodes,
                       int first_semaphore);

/** Ends a group, on all of its nodes: its semaphores are zero again and its
 *  memory is free, for another group as well. */
void tatami_group_end(tatami_group *group);

/** The nodes of a group. Ranks count them row by row, from 0. */
TATAMI_INLINE int tatami_group_size(const tatami_group *group) {
  return group->size;
}
/** This node's rank. */
TATAMI_INLINE int tatami_group_rank(const tatami_group *group) {
  return group->rank;
}
/** 1 if the node in column \p x and row \p y of the machine is in the group: if
 *  it lies in the rectangle and is enabled. */
TATAMI_INLINE int tatami_group_has(const tatami_group *group, int x, int y) {
  const int column = x - (int)(group->nodes & 0xffff);
  const int row = y - (int)(group->nodes >> 16 & 0xffff);
  if (column < 0 || row < 0 || column >= TATAMI_GROUP_LINE ||
      row >= TATAMI_GROUP_LINE)
    return 0;
  return (int)(group->map[row][column / 64] >> column % 64 & 1);
}
/** The number of the node with rank \p rank. A call. */
int tatami_group_node(const tatami_group *group, int rank);

/** Waits until every node of the group is here. A barrier of the group's nodes
 *  only; unlike tatami_barrier_rect() it does not wait for what they sent. */
void tatami_group_sync(tatami_group *group);

/** Copies \p bytes bytes at \p data of the node with rank \p root to all. */
void tatami_broadcast(tatami_group *group, void *data, size_t bytes, int root);

/** Copies block r of \p in of the node with rank \p root to \p out of the node
 *  with rank r. A block has \p bytes bytes. */
void tatami_scatter(tatami_group *group, const void *in, void *out,
                    size_t bytes, int root);

/** Copies \p in of the node with rank r to block r of \p out of the node with
 *  rank \p root. A block has \p bytes bytes. */
void tatami_gather(tatami_group *group, const void *in, void *out, size_t bytes,
                   int root);

/** Copies \p in of the node with rank r to block r of \p out of every node.
 *  A block has \p bytes bytes. */
void tatami_all_gather(tatami_group *group, const void *in, void *out,
                       size_t bytes);

/** Copies block s of \p in of the node with rank r to block r of \p out of the
 *  node with rank s, for all r and s. A block has \p bytes bytes. */
void tatami_all_to_all(tatami_group *group, const void *in, void *out,
                       size_t bytes);

#define TATAMI_REDUCTIONS(NAME, TYPE)                                          \
  void tatami_reduce_##NAME(tatami_group *group, tatami_op op, const TYPE *in, \
                            TYPE *out, size_t count, int root);                \
  void tatami_all_reduce_##NAME(tatami_group *group, tatami_op op,             \
                                const TYPE *in, TYPE *out, size_t count);      \
  void tatami_reduce_scatter_##NAME(tatami_group *group, tatami_op op,         \
                                    const TYPE *in, TYPE *out, size_t count);

/** tatami_reduce_TYPE: \p out of the node with rank \p root becomes the
 *  reduction of \p in of all nodes, \p count elements each. \p out may be
 *  \p in.
 *
 *  tatami_all_reduce_TYPE: the same with the result on every node.
 *
 *  tatami_reduce_scatter_TYPE: \p in has a block of \p count elements for each
 *  node; \p out of the node with rank r becomes the reduction of all blocks r.
 *
 *  Elements are combined in an order that depends on nothing but the group: see
 *  docs/collectives.md. Sums of BF16 are rounded to BF16 after each addition.
 */
TATAMI_REDUCTIONS(f32, float)
TATAMI_REDUCTIONS(bf16, __bf16)
TATAMI_REDUCTIONS(i8, int8_t)
TATAMI_REDUCTIONS(i16, int16_t)
TATAMI_REDUCTIONS(i32, int32_t)
TATAMI_REDUCTIONS(i64, int64_t)
#undef TATAMI_REDUCTIONS

#ifdef __cplusplus
} // extern "C"

namespace tatami {

/** A group of nodes: tatami_group with its functions as members. Counts are in
 *  elements. A static object; init() is called by every node of the group. */
class group {
public:
  void init(tatami_nodes nodes, int first_semaphore) {
    tatami_group_init(&State, nodes, first_semaphore);
  }
  void end() { tatami_group_end(&State); }
  int size() const { return tatami_group_size(&State); }
  int rank() const { return tatami_group_rank(&State); }
  bool has(int x, int y) const { return tatami_group_has(&State, x, y); }
  int node(int rank) const { return tatami_group_node(&State, rank); }
  void sync() { tatami_group_sync(&State); }

  template <class T> void broadcast(T *data, size_t count, int root) {
    check<T>();
    tatami_broadcast(&State, data, count * sizeof(T), root);
  }
  template <class T> void scatter(const T *in, T *out, size_t count, int root) {
    check<T>();
    tatami_scatter(&State, in, out, count * sizeof(T), root);
  }
  template <class T> void gather(const T *in, T *out, size_t count, int root) {
    check<T>();
    tatami_gather(&State, in, out, count * sizeof(T), root);
  }
  template <class T> void all_gather(const T *in, T *out, size_t count) {
    check<T>();
    tatami_all_gather(&State, in, out, count * sizeof(T));
  }
  template <class T> void all_to_all(const T *in, T *out, size_t count) {
    check<T>();
    tatami_all_to_all(&State, in, out, count * sizeof(T));
  }

#define TATAMI_REDUCTIONS(NAME, TYPE)                                          \
  void reduce(tatami_op op, const TYPE *in, TYPE *out, size_t count,           \
              int root) {                                                      \
    tatami_reduce_##NAME(&State, op, in, out, count, root);                    \
  }                                                                            \
  void all_reduce(tatami_op op, const TYPE *in, TYPE *out, size_t count) {     \
    tatami_all_reduce_##NAME(&State, op, in, out, count);                      \
  }                                                                            \
  void reduce_scatter(tatami_op op, const TYPE *in, TYPE *out, size_t count) { \
    tatami_reduce_scatter_##NAME(&State, op, in, out, count);                  \
  }
  TATAMI_REDUCTIONS(f32, float)
  TATAMI_REDUCTIONS(bf16, __bf16)
  TATAMI_REDUCTIONS(i8, int8_t)
  TATAMI_REDUCTIONS(i16, int16_t)
  TATAMI_REDUCTIONS(i32, int32_t)
  TATAMI_REDUCTIONS(i64, int64_t)
#undef TATAMI_REDUCTIONS

  /** For the functions of C. */
  tatami_group *raw() { return &State; }

private:
  template <class T> static void check() {
    static_assert(__is_trivially_copyable(T),
                  "only objects that may be copied byte by byte can be "
                  "transferred");
  }

  tatami_group State;
};

} // namespace tatami
#endif

#endif /* TATAMI_COLLECTIVES_H */
