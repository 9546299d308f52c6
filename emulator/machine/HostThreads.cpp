// A few threads of the host that do numbered pieces of work together.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "HostThreads.h"

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

using namespace tatami;

struct HostThreads::Shared {
  std::mutex mutex;
  std::condition_variable begin, end;
  const std::function<void(size_t)> *work = nullptr;
  size_t pieces = 0;
  std::atomic<size_t> next = 0;
  uint64_t round = 0;
  std::atomic<uint64_t> announced = 0; ///< The round, for those that spin.
  unsigned busy = 0;
  bool leaving = false;
  std::exception_ptr failure;
  std::vector<std::thread> threads;

  /// Returns how many pieces this thread has done.
  size_t doPieces() {
    size_t done = 0;
    for (size_t i; (i = next.fetch_add(1, std::memory_order_relaxed)) < pieces;
         ++done)
      try {
        (*work)(i);
      } catch (...) {
        std::lock_guard lock(mutex);
        if (!failure)
          failure = std::current_exception();
      }
    return done;
  }

  void hand(size_t count, unsigned others,
            const std::function<void(size_t)> &what) {
    {
      std::lock_guard lock(mutex);
      work = &what;
      pieces = count;
      next = 0;
      busy = others;
      announced = ++round;
    }
    begin.notify_all();
  }

  void wait() {
    std::unique_lock lock(mutex);
    end.wait(lock, [&] { return busy == 0; });
    if (std::exception_ptr thrown = std::exchange(failure, nullptr))
      std::rethrow_exception(thrown);
  }

  void loop() {
    // Rounds follow each other closely: looking for the next one for a moment
    // costs less than going to sleep.
    constexpr int looks = 200;
    uint64_t seen = 0;
    for (;;) {
      for (int i = 0; i < looks && announced.load() == seen; ++i)
        std::this_thread::yield();
      std::unique_lock lock(mutex);
      begin.wait(lock, [&] { return leaving || round != seen; });
      if (leaving)
        return;
      seen = round;
      lock.unlock();
      doPieces();
      lock.lock();
      if (--busy == 0)
        end.notify_one();
    }
  }
};

HostThreads::HostThreads(unsigned count) : number(count ? count : 1) {
  if (number == 1)
    return;
  shared = std::make_unique<Shared>();
  for (unsigned i = 1; i < number; ++i)
    shared->threads.emplace_back([this] { shared->loop(); });
}

HostThreads::~HostThreads() {
  if (!shared)
    return;
  {
    std::lock_guard lock(shared->mutex);
    shared->leaving = true;
    ++shared->announced;
  }
  shared->begin.notify_all();
  for (std::thread &thread : shared->threads)
    thread.join();
}

void HostThreads::forEach(size_t pieces, WorkEstimate &estimate,
                          const std::function<void(size_t)> &work) {
  using Clock = std::chrono::steady_clock;
  const bool shares = shared && pieces > 1 && estimate.isWorthSharing(pieces);
  if (shares)
    shared->hand(pieces, number - 1, work);
  const auto begin = Clock::now();
  size_t done = pieces;
  if (shares)
    done = shared->doPieces();
  else
    for (size_t i = 0; i < pieces; ++i)
      work(i);
  estimate.add(
      std::chrono::duration<double, std::nano>(Clock::now() - begin).count(),
      done);
  if (shares)
    shared->wait();
}
