// A few threads of the host that do numbered pieces of work together.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include <cstddef>
#include <functional>
#include <memory>

namespace tatami {

/// What a kind of work has cost lately, so that small pieces are not handed to
/// other threads: waking them takes longer. Never changes a result.
class WorkEstimate {
public:
  bool isWorthSharing(size_t pieces) const {
    constexpr double leastNanoseconds = 100'000;
    return double(pieces) * perPiece >= leastNanoseconds;
  }
  void add(double nanoseconds, size_t pieces) {
    if (pieces)
      perPiece += (nanoseconds / double(pieces) - perPiece) / 8;
  }

private:
  double perPiece = 0; ///< Nanoseconds, a moving mean.
};

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
  /// again here, when no thread works any more. \p work must not call forEach() of
  /// the same object.
  void forEach(size_t pieces, WorkEstimate &estimate,
               const std::function<void(size_t)> &work);

private:
  struct Shared;
  unsigned number;
  std::unique_ptr<Shared> shared; ///< Null with one thread.
};

} // namespace tatami
