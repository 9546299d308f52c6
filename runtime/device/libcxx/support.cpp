//===- support.cpp - Small functions that libc++'s headers call -----------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include <__verbose_abort>
#include <chrono>
#include <cstdarg>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <functional>
#include <new>
#include <tatami/node.h>

_LIBCPP_BEGIN_NAMESPACE_STD

/// Where the headers would throw: std::get of another alternative, value() of
/// an empty optional, at() beyond the end.
void __libcpp_verbose_abort(const char *Format, ...) noexcept {
  std::va_list Arguments;
  va_start(Arguments, Format);
  std::vfprintf(stderr, Format, Arguments);
  va_end(Arguments);
  std::fputc('\n', stderr);
  std::abort();
}

/// What std::hash makes of bytes: FNV-1a, and a finalizer for its upper bits.
size_t __hash_memory(_LIBCPP_NOESCAPE const void *Bytes, size_t Size) noexcept {
  uint64_t Hash = 0xcbf29ce484222325;
  for (size_t I = 0; I < Size; ++I)
    Hash = (Hash ^ static_cast<const unsigned char *>(Bytes)[I]) *
           0x00000100000001b3;
  return Hash ^ Hash >> 32;
}

/// The number of buckets of a hash table: the first prime from \p N on.
size_t __next_prime(size_t N) {
  if (N <= 2)
    return N < 2 ? N : 2;
  auto IsPrime = [](size_t Odd) {
    for (size_t Divisor = 3; Divisor <= Odd / Divisor; Divisor += 2)
      if (Odd % Divisor == 0)
        return false;
    return true;
  };
  for (N |= 1; !IsPrime(N);)
    N += 2;
  return N;
}

namespace chrono {
steady_clock::time_point steady_clock::now() noexcept {
  return time_point(nanoseconds(tatami_time_ns()));
}
/// Simulated time too: it begins with the run.
system_clock::time_point system_clock::now() noexcept {
  return time_point(duration_cast<duration>(nanoseconds(tatami_time_ns())));
}
std::time_t system_clock::to_time_t(const time_point &Time) noexcept {
  return duration_cast<seconds>(Time.time_since_epoch()).count();
}
system_clock::time_point system_clock::from_time_t(std::time_t Time) noexcept {
  return time_point(seconds(Time));
}
} // namespace chrono

_LIBCPP_END_NAMESPACE_STD

namespace std {
const nothrow_t nothrow{};
} // namespace std
