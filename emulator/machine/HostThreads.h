// A few threads of the host that do numbered pieces of work together.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include <cstddef>
#include <functional>
#include <memory>

namespace tatami {

class HostThreads {
public:
  /// \p count threads, of which the caller of forEach() is one.
  explicit HostThreads(unsigned count);
  ~HostThreads();
  HostThreads(const HostThreads &) = delete;
  HostThreads &operator=(const HostThreads &) = delete;

  unsigned count() const { return number; }

  /// Calls \p work(i) for every i < \p pieces, each once, on whatever thread is
  /// free, and returns when all are done. An exception of a piece is thrown
  /// again here, after all others are done. \p work must not call forEach().
  void forEach(size_t pieces, const std::function<void(size_t)> &work);

private:
  struct Shared;
  unsigned number;
  std::unique_ptr<Shared> shared; ///< Null with one thread.
};

} // namespace tatami
