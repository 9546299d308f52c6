//===- atomic-operations.c - Every atomic operation, size and order -------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// First each operation alone, against the same in plain C, with neighbours that
// must not change. Then all four threads at once: every increment must count,
// and what one thread publishes the others must see.
//===----------------------------------------------------------------------===//

#include "Check.h"
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <tatami.h>

// clang says that 16 bytes are slow, and they are.
#pragma clang diagnostic ignored "-Watomic-alignment"

static uint64_t state = 0x9e3779b97f4a7c15;
static uint64_t draw(void) {
  state ^= state >> 12;
  state ^= state << 25;
  state ^= state >> 27;
  return state * 0x2545f4914f6cdd1d;
}

#define FETCH(TYPE, operation, plain, order)                                   \
  do {                                                                         \
    TYPE old = box.value, operand = (TYPE)draw();                              \
    CHECK(atomic_fetch_##operation##_explicit(&box.value, operand, order) ==   \
          old);                                                                \
    CHECK(box.value == (TYPE)(plain));                                         \
  } while (0)

#define OPERATIONS(NAME, TYPE)                                                 \
  static void NAME(void) {                                                     \
    static struct {                                                            \
      TYPE before;                                                             \
      _Atomic TYPE value;                                                      \
      TYPE after;                                                              \
    } box = {(TYPE)0x5a5a, 3, (TYPE)0xa5a5};                                   \
    for (int i = 0; i < 20; ++i) {                                             \
      FETCH(TYPE, add, old + operand, memory_order_relaxed);                   \
      FETCH(TYPE, sub, old - operand, memory_order_acquire);                   \
      FETCH(TYPE, and, old & operand, memory_order_release);                   \
      FETCH(TYPE, or, old | operand, memory_order_acq_rel);                    \
      FETCH(TYPE, xor, old ^ operand, memory_order_seq_cst);                   \
      TYPE old = box.value, operand = (TYPE)draw();                            \
      CHECK(__c11_atomic_fetch_nand(&box.value, operand, 5) == old &&          \
            box.value == (TYPE) ~(old & operand));                             \
      old = box.value;                                                         \
      CHECK(__c11_atomic_fetch_max(&box.value, operand, 5) == old &&           \
            box.value == (old > operand ? old : operand));                     \
      old = box.value, operand = (TYPE)draw();                                 \
      CHECK(__c11_atomic_fetch_min(&box.value, operand, 5) == old &&           \
            box.value == (old < operand ? old : operand));                     \
      old = box.value, operand = (TYPE)draw();                                 \
      CHECK(atomic_exchange(&box.value, operand) == old);                      \
      TYPE wrong = (TYPE)(operand + 1), seen = wrong;                          \
      CHECK(!atomic_compare_exchange_strong(&box.value, &seen, old) &&         \
            seen == operand && box.value == operand);                          \
      CHECK(atomic_compare_exchange_strong_explicit(                           \
                &box.value, &seen, (TYPE)(old ^ 1), memory_order_acq_rel,      \
                memory_order_acquire) &&                                       \
            box.value == (TYPE)(old ^ 1));                                     \
      while (!atomic_compare_exchange_weak_explicit(&box.value, &seen, wrong,  \
                                                    memory_order_release,      \
                                                    memory_order_relaxed))     \
        CHECK(seen == (TYPE)(old ^ 1));                                        \
      CHECK(atomic_load_explicit(&box.value, memory_order_acquire) == wrong);  \
      atomic_store_explicit(&box.value, operand, memory_order_release);        \
      box.value += 5;                                                          \
      box.value *= 3;                                                          \
      box.value <<= 1;                                                         \
      --box.value;                                                             \
      CHECK(box.value ==                                                       \
            (TYPE)((TYPE)((TYPE)((TYPE)(operand + 5) * 3) << 1) - 1));         \
      CHECK(box.before == (TYPE)0x5a5a && box.after == (TYPE)0xa5a5);          \
    }                                                                          \
    CHECK(atomic_is_lock_free(&box.value) == (sizeof(TYPE) <= 8));             \
  }

OPERATIONS(signed8, int8_t)
OPERATIONS(unsigned8, uint8_t)
OPERATIONS(signed16, int16_t)
OPERATIONS(unsigned16, uint16_t)
OPERATIONS(signed32, int32_t)
OPERATIONS(unsigned32, uint32_t)
OPERATIONS(signed64, int64_t)
OPERATIONS(unsigned64, uint64_t)
OPERATIONS(signed128, __int128)
OPERATIONS(unsigned128, unsigned __int128)

//===----------------------------------------------------------------------===//
// Four threads.
//===----------------------------------------------------------------------===//

enum { Rounds = 300 };

static atomic_flag spin = ATOMIC_FLAG_INIT;
static long guarded; // only touched with `spin` held
static _Atomic(void *) stack;
static struct Node {
  struct Node *next;
  int value;
} nodes[4][Rounds];
static int message[4];
static atomic_int ready[4], arrived;
static _Atomic float sumOfFloats;
static _Atomic(char *) pointer;
static char bytes[4 * Rounds + 1];
static _Atomic bool flags[64];

static void run(void *unused) {
  (void)unused;
  int self = tatami_thread();

  // Published by release, by a fence, by another fence: seen by acquire.
  message[self] = self * 100 + 7;
  atomic_thread_fence(memory_order_release);
  atomic_store_explicit(&ready[self], 1, memory_order_relaxed);
  for (int other = 0; other < 4; ++other) {
    while (!atomic_load_explicit(&ready[other], memory_order_relaxed))
      tatami_pause();
    atomic_thread_fence(memory_order_acquire);
    CHECK(message[other] == other * 100 + 7);
  }

  for (int i = 0; i < Rounds; ++i) {
    while (atomic_flag_test_and_set_explicit(&spin, memory_order_acquire))
      tatami_pause();
    guarded += i;
    atomic_flag_clear_explicit(&spin, memory_order_release);

    struct Node *node = &nodes[self][i];
    node->value = i;
    void *head = atomic_load(&stack);
    do
      node->next = head;
    while (!atomic_compare_exchange_weak(&stack, &head, node));

    sumOfFloats += 0.5f;
    char *mine = atomic_fetch_add(&pointer, 1);
    ++*mine;
    // Neighbouring bytes of one word.
    flags[self * 16 + i % 16] ^= true;
    ++arrived;
  }
}

int main(void) {
  signed8();
  unsigned8();
  signed16();
  unsigned16();
  signed32();
  unsigned32();
  signed64();
  unsigned64();
  signed128();
  unsigned128();

  pointer = bytes;
  for (int thread = 1; thread < 4; ++thread)
    tatami_thread_start(thread, run, NULL);
  run(NULL);
  for (int thread = 1; thread < 4; ++thread)
    tatami_thread_join(thread);
  CHECK(guarded == 4l * Rounds * (Rounds - 1) / 2);
  long count = 0, sum = 0;
  for (struct Node *node = stack; node; node = node->next) {
    ++count;
    sum += node->value;
  }
  CHECK(count == 4 * Rounds && sum == 4l * Rounds * (Rounds - 1) / 2);
  CHECK(sumOfFloats == 4 * Rounds * 0.5f);
  CHECK(pointer == bytes + 4 * Rounds && arrived == 4 * Rounds);
  for (int i = 0; i < 4 * Rounds; ++i)
    CHECK(bytes[i] == 1);
  CHECK(bytes[4 * Rounds] == 0);
  for (int i = 0; i < 64; ++i)
    CHECK(flags[i] == (Rounds / 16 + (i % 16 < Rounds % 16)) % 2);
  return checked();
}
