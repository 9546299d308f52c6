//===- wait.cpp - Waiting for another thread ------------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// std::atomic's wait and notify, and mutexes. libc++ looks at the atomic
// between two waits, and a hardware thread cannot sleep, so to wait is to let
// the other threads go first, and to notify is nothing.
//===----------------------------------------------------------------------===//

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <tatami/node.h>

_LIBCPP_BEGIN_NAMESPACE_STD

__cxx_contention_t __atomic_monitor_global(const void *) noexcept { return 0; }
void __atomic_wait_global_table(const void *, __cxx_contention_t) noexcept {
  tatami_pause();
}
void __atomic_notify_one_global_table(const void *) noexcept {}
void __atomic_notify_all_global_table(const void *) noexcept {}

template <size_t Size>
void __atomic_wait_native(const void *, const void *) noexcept {
  tatami_pause();
}
template <size_t Size> void __atomic_notify_one_native(const void *) noexcept {}
template <size_t Size> void __atomic_notify_all_native(const void *) noexcept {}
#define INSTANTIATE(Size)                                                      \
  template void __atomic_wait_native<Size>(const void *,                       \
                                           const void *) noexcept;             \
  template void __atomic_notify_one_native<Size>(const void *) noexcept;       \
  template void __atomic_notify_all_native<Size>(const void *) noexcept;
INSTANTIATE(1)
INSTANTIATE(2)
INSTANTIATE(4)
INSTANTIATE(8)

mutex::~mutex() noexcept {}
void mutex::lock() { __libcpp_mutex_lock(&__m_); }
bool mutex::try_lock() noexcept { return __libcpp_mutex_trylock(&__m_); }
void mutex::unlock() noexcept { __libcpp_mutex_unlock(&__m_); }

recursive_mutex::recursive_mutex() { __libcpp_recursive_mutex_init(&__m_); }
recursive_mutex::~recursive_mutex() {}
void recursive_mutex::lock() { __libcpp_recursive_mutex_lock(&__m_); }
bool recursive_mutex::try_lock() noexcept {
  return __libcpp_recursive_mutex_trylock(&__m_);
}
void recursive_mutex::unlock() noexcept {
  __libcpp_recursive_mutex_unlock(&__m_);
}

void condition_variable::notify_one() noexcept {
  __libcpp_condvar_signal(&__cv_);
}
void condition_variable::notify_all() noexcept {
  __libcpp_condvar_broadcast(&__cv_);
}
void condition_variable::wait(unique_lock<mutex> &Lock) noexcept {
  __libcpp_condvar_wait(&__cv_, Lock.mutex()->native_handle());
}

_LIBCPP_END_NAMESPACE_STD
