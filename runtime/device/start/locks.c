//===- locks.c - The C library's locks ------------------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// newlib asks for these ("retargetable locking"). Four threads share a node's
// memory and none is ever taken off its core, so a lock spins.
//===----------------------------------------------------------------------===//

#include "Runtime.h"
#include <sys/lock.h>

struct __lock {
  int owner; ///< thread + 1; 0: nobody
  int depth; ///< how often its owner holds it beyond once
};

// Locks that newlib has from the start.
struct __lock __lock___sinit_recursive_mutex;
struct __lock __lock___sfp_recursive_mutex;
struct __lock __lock___atexit_recursive_mutex;
struct __lock __lock___at_quick_exit_mutex;
struct __lock __lock___malloc_recursive_mutex;
struct __lock __lock___env_recursive_mutex;
struct __lock __lock___tz_mutex;
struct __lock __lock___dd_hash_mutex;
struct __lock __lock___arc4random_mutex;

/// One lock per open file. Should there ever be more files than locks, the
/// last lock serves all of these: correct, but they wait for each other.
enum { FileLocks = 24 };
static struct __lock fileLocks[FileLocks];
static int fileLocksTaken[FileLocks];

void __retarget_lock_init(_LOCK_T *lock) {
  for (int i = 0; i < FileLocks - 1; ++i)
    if (__atomic_exchange_n(&fileLocksTaken[i], 1, __ATOMIC_SEQ_CST) == 0) {
      *lock = &fileLocks[i];
      return;
    }
  *lock = &fileLocks[FileLocks - 1];
}

void __retarget_lock_close(_LOCK_T lock) {
  long i = lock - fileLocks;
  if (i >= 0 && i < FileLocks - 1)
    __atomic_store_n(&fileLocksTaken[i], 0, __ATOMIC_SEQ_CST);
}

static int tryAcquire(_LOCK_T lock) {
  int self = currentThread() + 1;
  if (__atomic_load_n(&lock->owner, __ATOMIC_SEQ_CST) == self) {
    ++lock->depth;
    return 1;
  }
  int nobody = 0;
  return __atomic_compare_exchange_n(&lock->owner, &nobody, self, 0,
                                     __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST);
}

void __retarget_lock_acquire_recursive(_LOCK_T lock) {
  while (!tryAcquire(lock))
    __asm__ volatile("pause");
}

void __retarget_lock_release_recursive(_LOCK_T lock) {
  if (lock->depth)
    --lock->depth;
  else
    __atomic_store_n(&lock->owner, 0, __ATOMIC_SEQ_CST);
}

int __retarget_lock_try_acquire_recursive(_LOCK_T lock) {
  return tryAcquire(lock);
}

// A lock that its owner takes twice would be an error in newlib; that these are
// recursive as well does no harm.
void __retarget_lock_acquire(_LOCK_T lock) {
  __retarget_lock_acquire_recursive(lock);
}
void __retarget_lock_release(_LOCK_T lock) {
  __retarget_lock_release_recursive(lock);
}
int __retarget_lock_try_acquire(_LOCK_T lock) { return tryAcquire(lock); }
void __retarget_lock_init_recursive(_LOCK_T *lock) {
  __retarget_lock_init(lock);
}
void __retarget_lock_close_recursive(_LOCK_T lock) {
  __retarget_lock_close(lock);
}
