// Large tables of which most is never touched.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include <cstddef>
#include <cstdlib>
#include <memory>
#include <new>
#include <type_traits>

namespace tatami {

struct FreeZeros {
  void operator()(void *memory) const { std::free(memory); }
};

/// Elements of zeros, which are there when they are touched.
template <class T> using Zeros = std::unique_ptr<T[], FreeZeros>;

template <class T> Zeros<T> makeZeros(size_t count) {
  static_assert(std::is_trivially_copyable_v<T>);
  void *memory = std::calloc(count, sizeof(T));
  if (!memory)
    throw std::bad_alloc();
  return Zeros<T>(static_cast<T *>(memory));
}

} // namespace tatami
