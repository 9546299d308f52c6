/*===- tatami/mesh.h - Talking to other nodes ------------------------------===
 *
 * SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * A global pointer (TATAMI_REMOTE) names a node and an address in its memory.
 * It is made by tatami_remote() and used by the functions below.
 *
 * Order: stores, pushes and signals of one thread to one node arrive in the
 * order in which they were issued; a multicast signal arrives behind the
 * multicasts to the same rectangle. Nothing else is ordered but by
 * tatami_fence() and barriers.
 *
 * Every node has 64 semaphores, numbered from 0: 32-bit counters, zero at
 * start.
 *
 *===----------------------------------------------------------------------===*/

#ifndef TATAMI_MESH_H
#define TATAMI_MESH_H

#include <tatami/global_address.h>
#include <tatami/node.h>
#include <tatami/types.h>

#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Wgcc-compat" /* an attribute of clang's */

/* What would trap for certain is said when the program is compiled, as far as
   arguments are constants. */
#define TATAMI_CHECK_SEMAPHORE                                                 \
  __attribute__((diagnose_if(semaphore < 0 || semaphore > 63,                  \
                             "a node has semaphores 0 to 63", "error")))
#define TATAMI_CHECK_BLOCK                                                     \
  __attribute__((diagnose_if(                                                  \
      bytes % 64 != 0, "a block is a multiple of 64 bytes", "error")))

/** The global address of what is at \p local in the memory of \p node. */
TATAMI_INLINE void TATAMI_REMOTE *tatami_remote(int node, const void *local) {
  return (void TATAMI_REMOTE *)((uint64_t)TATAMI_SPACE_NODE
                                    << TATAMI_ADDRESS_SPACE_SHIFT |
                                (uint64_t)node << TATAMI_ADDRESS_NODE_SHIFT |
                                (uint64_t)local);
}
/** Byte \p offset of the memory of an interface processor, numbered from 0. What
 *  works on the memory of a node works on it, but signals. */
TATAMI_INLINE void TATAMI_REMOTE *tatami_hbm(int interface, uint64_t offset) {
  return (void TATAMI_REMOTE *)((uint64_t)TATAMI_SPACE_HBM
                                    << TATAMI_ADDRESS_SPACE_SHIFT |
                                (uint64_t)interface
                                    << TATAMI_ADDRESS_NODE_SHIFT |
                                offset);
}
/** The node that a global pointer names. */
TATAMI_INLINE int tatami_remote_node(const void TATAMI_REMOTE *p) {
  return (int)((uint64_t)p >> TATAMI_ADDRESS_NODE_SHIFT &
               TATAMI_ADDRESS_NODE_MASK);
}
/** The address of a global pointer within its node. */
TATAMI_INLINE void *tatami_remote_local(const void TATAMI_REMOTE *p) {
  return (void *)((uint64_t)p & TATAMI_ADDRESS_OFFSET_MASK);
}

/** Loads 8 bits from a node and waits for the answer. */
TATAMI_INLINE int8_t tatami_load_i8(const int8_t TATAMI_REMOTE *p) {
  return (int8_t)__builtin_tatami_rlb((uint64_t)p);
}
/** Loads 8 bits from a node and waits for the answer. */
TATAMI_INLINE uint8_t tatami_load_u8(const uint8_t TATAMI_REMOTE *p) {
  return (uint8_t)__builtin_tatami_rlbu((uint64_t)p);
}
/** Loads 16 bits from a node and waits for the answer. */
TATAMI_INLINE int16_t tatami_load_i16(const int16_t TATAMI_REMOTE *p) {
  return (int16_t)__builtin_tatami_rlh((uint64_t)p);
}
/** Loads 16 bits from a node and waits for the answer. */
TATAMI_INLINE uint16_t tatami_load_u16(const uint16_t TATAMI_REMOTE *p) {
  return (uint16_t)__builtin_tatami_rlhu((uint64_t)p);
}
/** Loads 32 bits from a node and waits for the answer. */
TATAMI_INLINE int32_t tatami_load_i32(const int32_t TATAMI_REMOTE *p) {
  return (int32_t)__builtin_tatami_rlw((uint64_t)p);
}
/** Loads 32 bits from a node and waits for the answer. */
TATAMI_INLINE uint32_t tatami_load_u32(const uint32_t TATAMI_REMOTE *p) {
  return (uint32_t)__builtin_tatami_rlwu((uint64_t)p);
}
/** Loads 64 bits from a node and waits for the answer. */
TATAMI_INLINE int64_t tatami_load_i64(const int64_t TATAMI_REMOTE *p) {
  return (int64_t)__builtin_tatami_rld((uint64_t)p);
}
/** Loads 64 bits from a node and waits for the answer. */
TATAMI_INLINE uint64_t tatami_load_u64(const uint64_t TATAMI_REMOTE *p) {
  return __builtin_tatami_rld((uint64_t)p);
}
/** Loads a float from a node and waits for the answer. */
TATAMI_INLINE float tatami_load_f32(const float TATAMI_REMOTE *p) {
  return __builtin_tatami_rflw((uint64_t)p);
}
/** Loads 64 bytes, aligned to 64 from a node and waits for the answer. */
TATAMI_INLINE tatami_v64u8
tatami_load_v64u8(const tatami_v64u8 TATAMI_REMOTE *p) {
  return __builtin_tatami_rvld((uint64_t)p);
}

/** Stores 8 bits to a node, without waiting. */
TATAMI_INLINE void tatami_store_u8(uint8_t TATAMI_REMOTE *p, uint8_t value) {
  __builtin_tatami_rsb(value, (uint64_t)p);
}
/** Stores 16 bits to a node, without waiting. */
TATAMI_INLINE void tatami_store_u16(uint16_t TATAMI_REMOTE *p, uint16_t value) {
  __builtin_tatami_rsh(value, (uint64_t)p);
}
/** Stores 32 bits to a node, without waiting. */
TATAMI_INLINE void tatami_store_u32(uint32_t TATAMI_REMOTE *p, uint32_t value) {
  __builtin_tatami_rsw(value, (uint64_t)p);
}
/** Stores 64 bits to a node, without waiting. */
TATAMI_INLINE void tatami_store_u64(uint64_t TATAMI_REMOTE *p, uint64_t value) {
  __builtin_tatami_rsd(value, (uint64_t)p);
}
/** Stores a float to a node, without waiting. */
TATAMI_INLINE void tatami_store_f32(float TATAMI_REMOTE *p, float value) {
  __builtin_tatami_rfsw(value, (uint64_t)p);
}
/** Stores 64 bytes, aligned to 64 to a node, without waiting. */
TATAMI_INLINE void tatami_store_v64u8(tatami_v64u8 TATAMI_REMOTE *p,
                                      tatami_v64u8 value) {
  __builtin_tatami_rvst(value, (uint64_t)p);
}

/** Sends \p bytes bytes at \p from to \p to. Addresses and size are multiples
 *  of 64. \p from may be written again at once. */
TATAMI_INLINE void tatami_push(void TATAMI_REMOTE *to, const void *from,
                               size_t bytes)
    TATAMI_CHECK_BLOCK {
  __builtin_tatami_push(from, (uint64_t)to, bytes);
}
/** Fetches \p bytes bytes at \p from to \p to; when all are there, semaphore
 *  \p semaphore of this node is incremented. Addresses and size are multiples
 *  of 64. */
TATAMI_INLINE void tatami_pull(void *to, const void TATAMI_REMOTE *from,
                               size_t bytes, int semaphore)
    TATAMI_CHECK_BLOCK TATAMI_CHECK_SEMAPHORE {
  __builtin_tatami_pull(to, (uint64_t)from, bytes, (uint64_t)semaphore);
}

/** The nodes from column \p x0 to \p x1 and row \p y0 to \p y1, inclusive. */
TATAMI_INLINE tatami_nodes tatami_rect(int x0, int y0, int x1, int y1) {
  return (uint64_t)x0 | (uint64_t)y0 << 16 | (uint64_t)x1 << 32 |
         (uint64_t)y1 << 48;
}
/** All nodes of the machine. */
TATAMI_INLINE tatami_nodes tatami_all_nodes(void) {
  return tatami_rect(0, 0, tatami_columns() - 1, tatami_rows() - 1);
}

/** Sends \p bytes bytes at \p from to address \p to of every enabled node of
 *  \p nodes. Addresses and size are multiples of 64. */
TATAMI_INLINE void tatami_multicast(tatami_nodes nodes, void *to,
                                    const void *from, size_t bytes)
    TATAMI_CHECK_BLOCK {
  __builtin_tatami_mcast(from, (uint64_t)to, nodes, bytes);
}
/** Adds \p count to semaphore \p semaphore of every enabled node of \p nodes,
 *  behind this thread's multicasts to the same nodes. */
TATAMI_INLINE void tatami_multicast_signal(tatami_nodes nodes, int semaphore,
                                           uint32_t count)
    TATAMI_CHECK_SEMAPHORE {
  __builtin_tatami_mcsig(nodes, (uint64_t)semaphore, count);
}

/** Adds \p count to semaphore \p semaphore of \p node, behind this thread's
 *  stores and pushes to that node. */
TATAMI_INLINE void tatami_sem_signal(int node, int semaphore, uint32_t count)
    TATAMI_CHECK_SEMAPHORE {
  __builtin_tatami_ssig((uint64_t)tatami_remote(node, 0), (uint64_t)semaphore,
                        count);
}
/** Waits until a semaphore of this node is at least \p count, then subtracts
 *  \p count from it. */
TATAMI_INLINE void tatami_sem_wait(int semaphore, uint32_t count)
    TATAMI_CHECK_SEMAPHORE {
  __builtin_tatami_swait((uint64_t)semaphore, count);
}
/** If a semaphore of this node is at least \p count, subtracts \p count and
 *  returns 1; else returns 0. */
TATAMI_INLINE int tatami_sem_test(int semaphore, uint32_t count)
    TATAMI_CHECK_SEMAPHORE {
  return (int)__builtin_tatami_stest((uint64_t)semaphore, count);
}
/** The value of a semaphore of this node. */
TATAMI_INLINE uint32_t tatami_sem_value(int semaphore)
    TATAMI_CHECK_SEMAPHORE {
  return (uint32_t)__builtin_tatami_sread((uint64_t)semaphore);
}
/** Adds \p count to a semaphore of this node, without the mesh. */
TATAMI_INLINE void tatami_sem_post(int semaphore, uint32_t count)
    TATAMI_CHECK_SEMAPHORE {
  __builtin_tatami_spost((uint64_t)semaphore, count);
}

/** Waits until one thread of every enabled node of \p nodes, of which this node
 *  is one, is here. What they sent to each other before has then arrived. */
TATAMI_INLINE void tatami_barrier_rect(tatami_nodes nodes) {
  __builtin_tatami_bar(nodes);
}
/** Waits until one thread of every enabled node of the machine is here. */
TATAMI_INLINE void tatami_barrier_all(void) {
  tatami_barrier_rect(tatami_all_nodes());
}
/** Waits until everything that this thread has sent has arrived. */
TATAMI_INLINE void tatami_fence(void) { __builtin_tatami_mfence(); }

#pragma clang diagnostic pop
#undef TATAMI_CHECK_SEMAPHORE
#undef TATAMI_CHECK_BLOCK

#endif /* TATAMI_MESH_H */
