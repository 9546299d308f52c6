//===- new.cpp - new and delete -------------------------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// All forms that the language can replace. No headers of a C++ library are
// needed.
//===----------------------------------------------------------------------===//

#include <stdio.h>
#include <stdlib.h>

namespace std {
enum class align_val_t : size_t {};
struct nothrow_t;
using new_handler = void (*)();
new_handler set_new_handler(new_handler) noexcept;
new_handler get_new_handler() noexcept;
} // namespace std

using std::align_val_t;

static std::new_handler Handler;

std::new_handler std::set_new_handler(new_handler New) noexcept {
  return __atomic_exchange_n(&Handler, New, __ATOMIC_SEQ_CST);
}
std::new_handler std::get_new_handler() noexcept {
  return __atomic_load_n(&Handler, __ATOMIC_SEQ_CST);
}

/// Null if there is no memory and no handler that may yet find some.
template <class Allocate>
static void *allocateOrNull(size_t Size, Allocate Function) {
  for (;;) {
    if (void *Memory = Function(Size ? Size : 1))
      return Memory;
    std::new_handler Now = std::get_new_handler();
    if (!Now)
      return nullptr;
    Now();
  }
}

static void *allocateOrNull(size_t Size) {
  return allocateOrNull(Size, [](size_t Bytes) { return malloc(Bytes); });
}

static void *allocateOrNull(size_t Size, align_val_t Alignment) {
  return allocateOrNull(Size, [Alignment](size_t Bytes) {
    return aligned_alloc(static_cast<size_t>(Alignment), Bytes);
  });
}

/// Without exceptions, memory that is not there ends the program.
static void *orAbort(void *Memory) {
  if (!Memory) {
    fputs("new: out of memory\n", stderr);
    abort();
  }
  return Memory;
}

void *operator new(size_t Size) { return orAbort(allocateOrNull(Size)); }
void *operator new[](size_t Size) { return operator new(Size); }
void *operator new(size_t Size, align_val_t Alignment) {
  return orAbort(allocateOrNull(Size, Alignment));
}
void *operator new[](size_t Size, align_val_t Alignment) {
  return operator new(Size, Alignment);
}
void *operator new(size_t Size, const std::nothrow_t &) noexcept {
  return allocateOrNull(Size);
}
void *operator new[](size_t Size, const std::nothrow_t &Tag) noexcept {
  return operator new(Size, Tag);
}
void *operator new(size_t Size, align_val_t Alignment,
                   const std::nothrow_t &) noexcept {
  return allocateOrNull(Size, Alignment);
}
void *operator new[](size_t Size, align_val_t Alignment,
                     const std::nothrow_t &Tag) noexcept {
  return operator new(Size, Alignment, Tag);
}

// Arrays by way of the single object, so that replacing that one is enough.
void operator delete(void *Memory) noexcept { free(Memory); }
void operator delete[](void *Memory) noexcept { operator delete(Memory); }
void operator delete(void *Memory, size_t) noexcept { operator delete(Memory); }
void operator delete[](void *Memory, size_t) noexcept {
  operator delete[](Memory);
}
void operator delete(void *Memory, const std::nothrow_t &) noexcept {
  operator delete(Memory);
}
void operator delete[](void *Memory, const std::nothrow_t &) noexcept {
  operator delete[](Memory);
}
void operator delete(void *Memory, align_val_t) noexcept { free(Memory); }
void operator delete[](void *Memory, align_val_t Alignment) noexcept {
  operator delete(Memory, Alignment);
}
void operator delete(void *Memory, size_t, align_val_t Alignment) noexcept {
  operator delete(Memory, Alignment);
}
void operator delete[](void *Memory, size_t, align_val_t Alignment) noexcept {
  operator delete[](Memory, Alignment);
}
void operator delete(void *Memory, align_val_t Alignment,
                     const std::nothrow_t &) noexcept {
  operator delete(Memory, Alignment);
}
void operator delete[](void *Memory, align_val_t Alignment,
                       const std::nothrow_t &) noexcept {
  operator delete[](Memory, Alignment);
}
