//===- cxx.cpp - What C++ without exceptions needs of a runtime -----------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// new and delete, guards of static local variables, and the function that calls
// of pure virtual functions end in. No headers of a C++ library are needed.
//===----------------------------------------------------------------------===//

#include <stdlib.h>

namespace std {
enum class align_val_t : size_t {};
struct nothrow_t;
} // namespace std

/// Without exceptions, memory that is not there ends the program.
static void *allocate(size_t size) {
  void *memory = malloc(size ? size : 1);
  if (!memory)
    abort();
  return memory;
}

static void *allocate(size_t size, std::align_val_t alignment) {
  void *memory = aligned_alloc(static_cast<size_t>(alignment), size ? size : 1);
  if (!memory)
    abort();
  return memory;
}

void *operator new(size_t size) { return allocate(size); }
void *operator new[](size_t size) { return allocate(size); }
void *operator new(size_t size, std::align_val_t alignment) {
  return allocate(size, alignment);
}
void *operator new[](size_t size, std::align_val_t alignment) {
  return allocate(size, alignment);
}
void *operator new(size_t size, const std::nothrow_t &) noexcept {
  return malloc(size ? size : 1);
}
void *operator new[](size_t size, const std::nothrow_t &) noexcept {
  return malloc(size ? size : 1);
}

void operator delete(void *memory) noexcept { free(memory); }
void operator delete[](void *memory) noexcept { free(memory); }
void operator delete(void *memory, size_t) noexcept { free(memory); }
void operator delete[](void *memory, size_t) noexcept { free(memory); }
void operator delete(void *memory, std::align_val_t) noexcept { free(memory); }
void operator delete[](void *memory, std::align_val_t) noexcept {
  free(memory);
}
void operator delete(void *memory, size_t, std::align_val_t) noexcept {
  free(memory);
}
void operator delete[](void *memory, size_t, std::align_val_t) noexcept {
  free(memory);
}
void operator delete(void *memory, const std::nothrow_t &) noexcept {
  free(memory);
}
void operator delete[](void *memory, const std::nothrow_t &) noexcept {
  free(memory);
}

extern "C" {

void __cxa_pure_virtual() { abort(); }
void __cxa_deleted_virtual() { abort(); }

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
