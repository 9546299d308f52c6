// A queue whose memory follows what waits in it, however much goes through.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include <cstddef>
#include <utility>
#include <vector>

namespace tatami {

/// A vector and where its front is. A deque would have a block of half a
/// kilobyte even where nothing ever waits, which in most nodes is the case.
template <class T> class Fifo {
public:
  bool empty() const { return items.empty(); }
  T &front() { return items[first]; }
  const T &front() const { return items[first]; }
  void push(T item) { items.push_back(std::move(item)); }

  /// Under steady load, the queue is never empty; so what has left goes when it
  /// is more than what waits.
  void pop() {
    ++first;
    if (first < items.size() && first <= 64 + items.size() / 2)
      return;
    items.erase(items.begin(), items.begin() + ptrdiff_t(first));
    first = 0;
  }

  /// Those that wait and those that have left and are still there.
  size_t held() const { return items.size(); }

  template <class Archive> void archive(Archive &a) { a(items, first); }

private:
  std::vector<T> items;
  size_t first = 0; ///< Those before it have left.
};

} // namespace tatami
