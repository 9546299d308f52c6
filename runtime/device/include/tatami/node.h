/*===- tatami/node.h - This node, its threads, its control registers -------===
 *
 * SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * A machine is a grid of nodes, a node has four threads that share its memory.
 * main() runs on thread 0 of every node.
 *
 *===----------------------------------------------------------------------===*/

#ifndef TATAMI_NODE_H
#define TATAMI_NODE_H

#include <tatami/types.h>

#ifdef __cplusplus
extern "C" {
#endif

/** The number of this node: y * columns + x. */
TATAMI_INLINE int tatami_node(void) { return (int)__builtin_tatami_csrr(0); }

/** The column of this node. */
TATAMI_INLINE int tatami_x(void) { return (int)__builtin_tatami_csrr(1); }

/** The row of this node. */
TATAMI_INLINE int tatami_y(void) { return (int)__builtin_tatami_csrr(2); }

/** The columns of the machine. */
TATAMI_INLINE int tatami_columns(void) { return (int)__builtin_tatami_csrr(3); }

/** The rows of the machine. */
TATAMI_INLINE int tatami_rows(void) { return (int)__builtin_tatami_csrr(4); }

/** The column of this node's die; 0 if the machine is not divided into dies. */
TATAMI_INLINE int tatami_die_x(void) { return (int)__builtin_tatami_csrr(5); }

/** The row of this node's die, likewise. */
TATAMI_INLINE int tatami_die_y(void) { return (int)__builtin_tatami_csrr(6); }

/** How many nodes are enabled; on a die not all are. */
TATAMI_INLINE int tatami_node_count(void) {
  return (int)__builtin_tatami_csrr(7);
}

/** This node's position among the enabled nodes, from 0. */
TATAMI_INLINE int tatami_rank(void) { return (int)__builtin_tatami_csrr(11); }

/** How many interface processors the machine has at its rim: see tatami_hbm().
 */
TATAMI_INLINE int tatami_interface_count(void) {
  return (int)__builtin_tatami_csrr(12);
}

/** The number of this thread, 0 to 3. */
TATAMI_INLINE int tatami_thread(void) { return (int)__builtin_tatami_csrr(8); }

/** Simulated cycles since the start of the run. */
TATAMI_INLINE uint64_t tatami_cycles(void) { return __builtin_tatami_csrr(16); }

/** Instructions that this thread has completed. */
TATAMI_INLINE uint64_t tatami_instructions(void) {
  return __builtin_tatami_csrr(17);
}

/** Multiply-accumulates that this node's matrix unit has done. */
TATAMI_INLINE uint64_t tatami_macs(void) { return __builtin_tatami_csrr(18); }

/** Mesh packets that this node has sent. */
TATAMI_INLINE uint64_t tatami_packets_sent(void) {
  return __builtin_tatami_csrr(19);
}

/** Mesh packets that this node has received. */
TATAMI_INLINE uint64_t tatami_packets_received(void) {
  return __builtin_tatami_csrr(20);
}

/** Sticky flags of conversions to narrow formats, as tatami_flags() has them.
 */
enum tatami_flag {
  TATAMI_INVALID = 1,
  TATAMI_DENORMAL = 2,
  TATAMI_OVERFLOW = 4,
  TATAMI_UNDERFLOW = 8
};

/** The flags that conversions of this thread have set. */
TATAMI_INLINE unsigned tatami_flags(void) {
  return (unsigned)__builtin_tatami_csrr(10);
}

/** Sets the flags; 0 clears them. */
TATAMI_INLINE void tatami_set_flags(unsigned flags) {
  __builtin_tatami_csrw(10, flags);
}

/** Lets the other threads of the node go first. */
TATAMI_INLINE void tatami_pause(void) { __builtin_tatami_pause(); }

/** After this, code that came by the mesh may run. */
TATAMI_INLINE void tatami_instruction_fence(void) { __builtin_tatami_fencei(); }

/** Starts a hardware thread at \p entry with \p argument in a0 and no stack:
 *  what tatami_thread_start() is made of. Traps if the thread runs already. */
TATAMI_INLINE void tatami_raw_start(int thread, void *entry, void *argument) {
  __builtin_tatami_tstart((uint64_t)thread, entry, (uint64_t)argument);
}

/** Waits until a hardware thread has halted. */
TATAMI_INLINE void tatami_raw_wait(int thread) {
  __builtin_tatami_twait((uint64_t)thread);
}

/** Halts this hardware thread. Nothing is flushed or freed. */
__attribute__((noreturn)) TATAMI_INLINE void tatami_raw_halt(void) {
  __builtin_tatami_halt();
  __builtin_unreachable();
}

/** Runs \p run(argument) on thread 1, 2 or 3 of this node, with a stack and
 *  thread-local variables of its own. A call. Returns 0, or -1 if there is no
 *  such thread or it runs already. */
int tatami_thread_start(int thread, void (*run)(void *), void *argument);

/** Waits until a thread that was started has returned. A call. Returns 0, or
 *  -1 if there is no such thread. */
int tatami_thread_join(int thread);

/** Simulated nanoseconds since the start of the run. A call. */
int64_t tatami_time_ns(void);

/** Begins a named region: until tatami_region_end(), cycles, instructions and
 *  products are counted under that name as well. Regions nest. A call. */
void tatami_region_begin(const char *name);

/** Ends the innermost region that this thread has begun. A call. */
void tatami_region_end(void);

#ifdef __cplusplus
}
#endif

#endif /* TATAMI_NODE_H */
