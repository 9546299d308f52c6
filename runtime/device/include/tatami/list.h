/*===- tatami/list.h - Transfers beside the threads ------------------------===
 *
 * SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * The list engine of a node executes lists of descriptors in memory while the
 * threads compute. A descriptor may wait for a semaphore of this node, moves a
 * block of rows of 64-byte packets, and signals when it is done; then the
 * next one follows.
 *
 *     static tatami_descriptor send[2];
 *     send[0] = tatami_list_multicast(row, slot, panel, sizeof panel);
 *     tatami_list_when(&send[0], credit, 15);    // all have room
 *     tatami_list_signal_after(&send[0], ready, 1);
 *     tatami_list_chain(send, 2);
 *     tatami_list_start(0, send);
 *
 * A descriptor and what it sends must stay as they are until it is done. Data
 * are read when a packet leaves. Signals of a list arrive behind the data that
 * the same list has sent to the same nodes; nothing orders lists and threads,
 * so tatami_fence() and barriers do not wait for lists.
 *
 * In C++20, tatami::list_item builds descriptors that are constants, and what
 * would trap is an error when the program is compiled.
 *
 *===----------------------------------------------------------------------===*/

#ifndef TATAMI_LIST_H
#define TATAMI_LIST_H

#include <stddef.h>
#include <tatami/list_descriptor.h>
#include <tatami/mesh.h>

#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Wgcc-compat" /* an attribute of clang's */
#define TATAMI_CHECK_LIST                                                      \
  __attribute__((diagnose_if(list < 0 || list >= TATAMI_LISTS,                 \
                             "a node has lists 0 to 3", "error")))
#define TATAMI_CHECK_SEMAPHORE                                                 \
  __attribute__((diagnose_if(semaphore < 0 || semaphore > 63,                  \
                             "a node has semaphores 0 to 63", "error")))
#define TATAMI_CHECK_BLOCK                                                     \
  __attribute__((diagnose_if(                                                  \
      bytes % 64 != 0, "a block is a multiple of 64 bytes", "error")))          \
  __attribute__((diagnose_if(bytes / 64 > 65535,                               \
                             "a row has at most 65535 packets", "error")))

/** Starts list \p list, 0 to 3, at \p first. Traps if the list runs. */
TATAMI_INLINE void tatami_list_start(int list, const tatami_descriptor *first)
    TATAMI_CHECK_LIST {
  __builtin_tatami_lstart((uint64_t)list, first);
}
/** Whether \p list has ended, or never began. What it has sent may still be on
 *  its way, and what it has pulled too. */
TATAMI_INLINE int tatami_list_idle(int list) TATAMI_CHECK_LIST {
  return (int)__builtin_tatami_ltest((uint64_t)list);
}
/** Waits until \p list has ended. */
TATAMI_INLINE void tatami_list_wait(int list) TATAMI_CHECK_LIST {
  __builtin_tatami_lwait((uint64_t)list);
}

TATAMI_INLINE tatami_descriptor tatami_list_empty(enum tatami_list_kind kind) {
  tatami_descriptor d;
  __builtin_memset(&d, 0, sizeof d);
  d.kind = (uint8_t)kind;
  return d;
}
/** Sends one row of \p bytes at \p from to \p to. */
TATAMI_INLINE tatami_descriptor tatami_list_push(void TATAMI_REMOTE *to,
                                                 const void *from, size_t bytes)
    TATAMI_CHECK_BLOCK {
  tatami_descriptor d = tatami_list_empty(TATAMI_LIST_PUSH);
  d.local = from;
  d.target = (uint64_t)to;
  d.row_packets = (uint16_t)(bytes / 64);
  d.rows = 1;
  return d;
}
/** Sends one row of \p bytes at \p from to address \p to of every enabled node
 *  of \p nodes, this one included if it is one of them. */
TATAMI_INLINE tatami_descriptor
tatami_list_multicast(tatami_nodes nodes, const void *to, const void *from,
                      size_t bytes) TATAMI_CHECK_BLOCK {
  tatami_descriptor d = tatami_list_empty(TATAMI_LIST_MULTICAST);
  d.local = from;
  d.target_local = to;
  d.nodes = nodes;
  d.row_packets = (uint16_t)(bytes / 64);
  d.rows = 1;
  return d;
}
/** Fetches one row of \p bytes at \p from to \p to; when all of it is there,
 *  semaphore \p semaphore of this node is incremented. */
TATAMI_INLINE tatami_descriptor tatami_list_pull(void *to,
                                                 const void TATAMI_REMOTE *from,
                                                 size_t bytes, int semaphore)
    TATAMI_CHECK_BLOCK TATAMI_CHECK_SEMAPHORE {
  tatami_descriptor d = tatami_list_empty(TATAMI_LIST_PULL);
  d.local = to;
  d.target = (uint64_t)from;
  d.row_packets = (uint16_t)(bytes / 64);
  d.rows = 1;
  d.done_semaphore = (uint8_t)semaphore;
  d.done_count = 1;
  return d;
}
/** Adds \p count to semaphore \p semaphore of \p node. */
TATAMI_INLINE tatami_descriptor tatami_list_signal(int node, int semaphore,
                                                   uint16_t count)
    TATAMI_CHECK_SEMAPHORE {
  tatami_descriptor d = tatami_list_empty(TATAMI_LIST_SIGNAL);
  d.target = (uint64_t)tatami_remote(node, 0);
  d.signal_semaphore = (uint8_t)semaphore;
  d.signal_count = count;
  return d;
}
/** Adds \p count to semaphore \p semaphore of every enabled node of \p nodes. */
TATAMI_INLINE tatami_descriptor tatami_list_multicast_signal(tatami_nodes nodes,
                                                             int semaphore,
                                                             uint16_t count)
    TATAMI_CHECK_SEMAPHORE {
  tatami_descriptor d = tatami_list_empty(TATAMI_LIST_MULTICAST_SIGNAL);
  d.nodes = nodes;
  d.signal_semaphore = (uint8_t)semaphore;
  d.signal_count = count;
  return d;
}
/** Waits until a semaphore of this node is at least \p count, and subtracts
 *  that. */
TATAMI_INLINE tatami_descriptor tatami_list_wait_for(int semaphore,
                                                     uint32_t count)
    TATAMI_CHECK_SEMAPHORE {
  tatami_descriptor d = tatami_list_empty(TATAMI_LIST_WAIT);
  d.wait_semaphore = (uint8_t)semaphore;
  d.wait_count = count;
  return d;
}
/** Goes back to \p first, \p times times (0: for ever), and then on. What lies
 *  between runs once more than that. Loops do not nest. */
TATAMI_INLINE tatami_descriptor
tatami_list_loop(const tatami_descriptor *first, uint16_t times) {
  tatami_descriptor d = tatami_list_empty(TATAMI_LIST_LOOP);
  d.local = first;
  d.rows = times;
  return d;
}

/** The block has \p rows rows of what the descriptor has as its row, these many
 *  bytes apart on this side and on the other. */
TATAMI_INLINE void tatami_list_rows(tatami_descriptor *d, int rows,
                                    ptrdiff_t local_stride,
                                    ptrdiff_t target_stride) {
  d->rows = (uint16_t)rows;
  d->local_stride = (int32_t)local_stride;
  d->target_stride = (int32_t)target_stride;
}
/** The first \p top and last \p bottom rows of the block and the first \p left
 *  and last \p right bytes of each row are zeros: there nothing is read. The
 *  block's address is still that of its corner. */
TATAMI_INLINE void tatami_list_pad(tatami_descriptor *d, int top, int bottom,
                                   int left, int right) {
  d->pad_top = (uint16_t)top;
  d->pad_bottom = (uint16_t)bottom;
  d->pad_left = (uint16_t)left;
  d->pad_right = (uint16_t)right;
}
/** Before it begins, the descriptor waits until a semaphore of this node is at
 *  least \p count, and subtracts that. */
TATAMI_INLINE void tatami_list_when(tatami_descriptor *d, int semaphore,
                                    uint32_t count) TATAMI_CHECK_SEMAPHORE {
  d->wait_semaphore = (uint8_t)semaphore;
  d->wait_count = count;
}
/** Adds \p count to a semaphore of this node when the last packet has left, so
 *  that its memory may be written again; of a pull, when all has come. */
TATAMI_INLINE void tatami_list_done(tatami_descriptor *d, int semaphore,
                                    uint16_t count) TATAMI_CHECK_SEMAPHORE {
  d->done_semaphore = (uint8_t)semaphore;
  d->done_count = count;
}
/** Adds \p count to a semaphore of each node that gets the data, behind it. */
TATAMI_INLINE void tatami_list_signal_after(tatami_descriptor *d, int semaphore,
                                            uint16_t count)
    TATAMI_CHECK_SEMAPHORE {
  d->signal_semaphore = (uint8_t)semaphore;
  d->signal_count = count;
}
/** Makes a list of \p count descriptors side by side. */
TATAMI_INLINE void tatami_list_chain(tatami_descriptor *first, size_t count) {
  for (size_t i = 0; i + 1 < count; ++i)
    first[i].next = first + i + 1;
  if (count)
    first[count - 1].next = 0;
}

#if defined(__cplusplus) && __cplusplus >= 202002L
namespace tatami {

namespace detail {
/* Never defined: a constant that calls one of these is an error that names it. */
void a_node_has_semaphores_0_to_63();
void a_row_is_a_multiple_of_64_bytes_and_at_most_65535_packets();
void strides_are_multiples_of_64_bytes();
void a_block_has_1_to_65535_rows();
void there_is_more_padding_than_block();
void the_padding_of_a_pull_is_whole_packets();
void this_kind_of_item_sends_nothing();
} // namespace detail

/** A descriptor, built step by step. Each step gives a new one, so that lists
 *  can be constants:
 *
 *      alignas(64) float halo[34][64];
 *      constinit tatami::list_item fill[] = {
 *          tatami::list_item::multicast(rect, halo, image, 256)
 *              .rows(34, 256, 256).pad(1, 1, 0, 0).signal(3)};
 */
struct list_item : tatami_descriptor {
  constexpr list_item() : tatami_descriptor{} {}
  constexpr explicit list_item(tatami_list_kind what) : list_item() {
    kind = what;
  }

  /** One row of \p bytes, pushed. */
  static list_item push(void TATAMI_REMOTE *to, const void *from,
                        size_t bytes) {
    list_item item = row(TATAMI_LIST_PUSH, from, bytes);
    item.target = (uint64_t)to;
    return item;
  }
  /** One row of \p bytes to address \p to of all of \p nodes. */
  static constexpr list_item multicast(tatami_nodes nodes, const void *to,
                                       const void *from, size_t bytes) {
    list_item item = row(TATAMI_LIST_MULTICAST, from, bytes);
    item.nodes = nodes;
    item.target_local = to;
    return item;
  }
  /** One row of \p bytes, pulled. done() says when it is there. */
  static list_item pull(void *to, const void TATAMI_REMOTE *from,
                        size_t bytes) {
    list_item item = row(TATAMI_LIST_PULL, to, bytes);
    item.target = (uint64_t)from;
    return item;
  }
  static list_item notify(int node, int semaphore, uint16_t count = 1) {
    list_item item(TATAMI_LIST_SIGNAL);
    item.target = (uint64_t)tatami_remote(node, nullptr);
    return item.signal(semaphore, count);
  }
  static constexpr list_item multicast_notify(tatami_nodes nodes, int semaphore,
                                              uint16_t count = 1) {
    list_item item(TATAMI_LIST_MULTICAST_SIGNAL);
    item.nodes = nodes;
    return item.signal(semaphore, count);
  }
  static constexpr list_item wait(int semaphore, uint32_t count = 1) {
    return list_item(TATAMI_LIST_WAIT).when(semaphore, count);
  }
  /** Goes back to \p first, \p times times; 0: for ever. */
  static constexpr list_item loop(const tatami_descriptor *first,
                                  uint16_t times) {
    list_item item(TATAMI_LIST_LOOP);
    item.local = first;
    item.tatami_descriptor::rows = times;
    return item;
  }

  /** See tatami_list_rows(). */
  constexpr list_item rows(int count, int64_t localStride,
                           int64_t targetStride) const {
    check(count >= 1 && count <= 65535, detail::a_block_has_1_to_65535_rows);
    check(localStride % 64 == 0 && targetStride % 64 == 0,
          detail::strides_are_multiples_of_64_bytes);
    list_item item = *this;
    item.tatami_descriptor::rows = (uint16_t)count;
    item.local_stride = (int32_t)localStride;
    item.target_stride = (int32_t)targetStride;
    return item;
  }
  /** See tatami_list_pad(); after rows(). */
  constexpr list_item pad(int top, int bottom, int left, int right) const {
    list_item item = *this;
    check(top >= 0 && bottom >= 0 && left >= 0 && right >= 0 &&
              top + bottom <= item.tatami_descriptor::rows &&
              left + right <= 64 * row_packets,
          detail::there_is_more_padding_than_block);
    check(kind != TATAMI_LIST_PULL || (left % 64 == 0 && right % 64 == 0),
          detail::the_padding_of_a_pull_is_whole_packets);
    item.pad_top = (uint16_t)top;
    item.pad_bottom = (uint16_t)bottom;
    item.pad_left = (uint16_t)left;
    item.pad_right = (uint16_t)right;
    return item;
  }
  /** See tatami_list_when(). */
  constexpr list_item when(int semaphore, uint32_t count = 1) const {
    list_item item = *this;
    item.wait_semaphore = number(semaphore);
    item.wait_count = count;
    return item;
  }
  /** See tatami_list_done(). */
  constexpr list_item done(int semaphore, uint16_t count = 1) const {
    list_item item = *this;
    item.done_semaphore = number(semaphore);
    item.done_count = count;
    return item;
  }
  /** See tatami_list_signal_after(). */
  constexpr list_item signal(int semaphore, uint16_t count = 1) const {
    check(kind != TATAMI_LIST_WAIT && kind != TATAMI_LIST_PULL &&
              kind != TATAMI_LIST_LOOP,
          detail::this_kind_of_item_sends_nothing);
    list_item item = *this;
    item.signal_semaphore = number(semaphore);
    item.signal_count = count;
    return item;
  }
  /** \p following is executed next. */
  constexpr list_item then(const tatami_descriptor *following) const {
    list_item item = *this;
    item.next = following;
    return item;
  }

private:
  /* Of a constant, what is wrong is an error; else the engine traps. */
  static constexpr void check(bool right, void (*wrong)()) {
    if (__builtin_is_constant_evaluated() && !right)
      wrong();
  }
  static constexpr uint8_t number(int semaphore) {
    check(semaphore >= 0 && semaphore <= 63,
          detail::a_node_has_semaphores_0_to_63);
    return (uint8_t)semaphore;
  }
  static constexpr list_item row(tatami_list_kind kind, const void *local,
                                 size_t bytes) {
    check(bytes % 64 == 0 && bytes && bytes / 64 <= 65535,
          detail::a_row_is_a_multiple_of_64_bytes_and_at_most_65535_packets);
    list_item item(kind);
    item.local = local;
    item.row_packets = (uint16_t)(bytes / 64);
    item.tatami_descriptor::rows = 1;
    return item;
  }
};
static_assert(sizeof(list_item) == 64 && alignof(list_item) == 64);

/** Starts list \p list at \p first. */
inline void start(int list, const list_item *first) {
  __builtin_tatami_lstart((uint64_t)list, (const tatami_descriptor *)first);
}

} // namespace tatami
#endif

#pragma clang diagnostic pop
#undef TATAMI_CHECK_LIST
#undef TATAMI_CHECK_SEMAPHORE
#undef TATAMI_CHECK_BLOCK

#endif /* TATAMI_LIST_H */
