//===- memory.cpp - Reference counts of shared_ptr ------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// libc++ keeps these few functions of its class templates in the library. A
// count is one less than the number of owners.
//===----------------------------------------------------------------------===//

#include <memory>

_LIBCPP_BEGIN_NAMESPACE_STD

__shared_count::~__shared_count() {}
__shared_weak_count::~__shared_weak_count() {}

void __shared_weak_count::__release_weak() noexcept {
  if (__libcpp_atomic_refcount_decrement(__shared_weak_owners_) == -1)
    __on_zero_shared_weak();
}

/// For weak_ptr::lock: another owner, unless the last has gone.
__shared_weak_count *__shared_weak_count::lock() noexcept {
  long Owners = __atomic_load_n(&__shared_owners_, __ATOMIC_SEQ_CST);
  while (Owners != -1)
    if (__atomic_compare_exchange_n(&__shared_owners_, &Owners, Owners + 1,
                                    false, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST))
      return this;
  return nullptr;
}

/// Only asked for with run-time type information.
const void *
__shared_weak_count::__get_deleter(const type_info &) const noexcept {
  return nullptr;
}

_LIBCPP_END_NAMESPACE_STD
