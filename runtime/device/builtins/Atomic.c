//===- Atomic.c - Atomic accesses to objects of more than 8 bytes ---------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The compiler calls these for what no instruction can do. One lock serves all
// objects of a node: only its four threads can want it.
//===----------------------------------------------------------------------===//

#include "Wide.h"
#include <stddef.h>

// clang knows these names as builtins and would not let us define them.
#define NAMED(name) __asm__(name)

void atomicLoad(size_t size, const void *from, void *to, int order)
    NAMED("__atomic_load");
void atomicStore(size_t size, void *to, const void *from, int order)
    NAMED("__atomic_store");
void atomicExchange(size_t size, void *object, const void *value, void *old,
                    int order) NAMED("__atomic_exchange");
_Bool atomicCompareExchange(size_t size, void *object, void *expected,
                            const void *desired, int success, int failure)
    NAMED("__atomic_compare_exchange");
_Bool atomicIsLockFree(size_t size, const void *object)
    NAMED("__atomic_is_lock_free");

static int lock;

static void acquire(void) {
  while (__atomic_exchange_n(&lock, 1, __ATOMIC_SEQ_CST))
    ;
}

static void release(void) { __atomic_store_n(&lock, 0, __ATOMIC_SEQ_CST); }

static void copy(void *to, const void *from, size_t size) {
  for (size_t i = 0; i < size; ++i)
    ((char *)to)[i] = ((const char *)from)[i];
}

static _Bool equal(const void *a, const void *b, size_t size) {
  for (size_t i = 0; i < size; ++i)
    if (((const char *)a)[i] != ((const char *)b)[i])
      return 0;
  return 1;
}

void atomicLoad(size_t size, const void *from, void *to, int order) {
  acquire();
  copy(to, from, size);
  release();
}

void atomicStore(size_t size, void *to, const void *from, int order) {
  acquire();
  copy(to, from, size);
  release();
}

void atomicExchange(size_t size, void *object, const void *value, void *old,
                    int order) {
  acquire();
  copy(old, object, size);
  copy(object, value, size);
  release();
}

_Bool atomicCompareExchange(size_t size, void *object, void *expected,
                            const void *desired, int success, int failure) {
  acquire();
  _Bool same = equal(object, expected, size);
  if (same)
    copy(object, desired, size);
  else
    copy(expected, object, size);
  release();
  return same;
}

_Bool atomicIsLockFree(size_t size, const void *object) {
  return size <= 8 && (size & (size - 1)) == 0 && (size_t)object % size == 0;
}

UInt128 atomicLoad16(const UInt128 *from, int order) NAMED("__atomic_load_16");
UInt128 atomicLoad16(const UInt128 *from, int order) {
  acquire();
  UInt128 value = *from;
  release();
  return value;
}

void atomicStore16(UInt128 *to, UInt128 value, int order)
    NAMED("__atomic_store_16");
void atomicStore16(UInt128 *to, UInt128 value, int order) {
  acquire();
  *to = value;
  release();
}

_Bool atomicCompareExchange16(UInt128 *object, UInt128 *expected,
                              UInt128 desired, int success, int failure)
    NAMED("__atomic_compare_exchange_16");
_Bool atomicCompareExchange16(UInt128 *object, UInt128 *expected,
                              UInt128 desired, int success, int failure) {
  acquire();
  UInt128 old = *object;
  _Bool same = old == *expected;
  if (same)
    *object = desired;
  else
    *expected = old;
  release();
  return same;
}

#define FETCH_AND(name, operation)                                             \
  UInt128 name##16(UInt128 * object, UInt128 value, int order)                 \
      NAMED("__atomic_" #name "_16");                                          \
  UInt128 name##16(UInt128 * object, UInt128 value, int order) {               \
    acquire();                                                                 \
    UInt128 old = *object;                                                     \
    *object = operation;                                                       \
    release();                                                                 \
    return old;                                                                \
  }

FETCH_AND(exchange, value)
FETCH_AND(fetch_add, old + value)
FETCH_AND(fetch_sub, old - value)
FETCH_AND(fetch_and, old &value)
FETCH_AND(fetch_or, old | value)
FETCH_AND(fetch_xor, old ^ value)
FETCH_AND(fetch_nand, ~(old &value))
