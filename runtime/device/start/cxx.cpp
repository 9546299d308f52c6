//===- cxx.cpp - What C++ without exceptions needs of a runtime -----------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Guards of static local variables, and the functions that calls of pure
// virtual functions end in. new and delete are in new.cpp.
//===----------------------------------------------------------------------===//

#include <stdio.h>
#include <stdlib.h>

extern "C" {

void __cxa_pure_virtual() {
  fputs("pure virtual function called\n", stderr);
  abort();
}
void __cxa_deleted_virtual() {
  fputs("deleted virtual function called\n", stderr);
  abort();
}

// The first byte of a guard says that the variable is initialised; the compiler
// reads it. The word behind it is a lock for those who find it is not.
static int *lockOf(long *guard) { return reinterpret_cast<int *>(guard) + 1; }

int __cxa_guard_acquire(long *guard) {
  for (;;) {
    if (__atomic_load_n(reinterpret_cast<char *>(guard), __ATOMIC_ACQUIRE))
      return 0;
    if (!__atomic_exchange_n(lockOf(guard), 1, __ATOMIC_SEQ_CST)) {
      if (!__atomic_load_n(reinterpret_cast<char *>(guard), __ATOMIC_ACQUIRE))
        return 1;
      __atomic_store_n(lockOf(guard), 0, __ATOMIC_SEQ_CST);
      return 0;
    }
    __asm__ volatile("pause");
  }
}

void __cxa_guard_release(long *guard) {
  __atomic_store_n(reinterpret_cast<char *>(guard), 1, __ATOMIC_RELEASE);
  __atomic_store_n(lockOf(guard), 0, __ATOMIC_SEQ_CST);
}

void __cxa_guard_abort(long *guard) {
  __atomic_store_n(lockOf(guard), 0, __ATOMIC_SEQ_CST);
}

} // extern "C"
