// A limit on what several links carry together: tokens, shared in turn.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include "tatami/mesh/Packet.h"

#include <algorithm>
#include <vector>

namespace tatami::mesh {

/// Bytes per cycle that a group of links may carry. What is left of a cycle can
/// be used later as far as it is less than a packet, so the mean rate is exact
/// and a pause saves up nothing.
///
/// In a cycle every link that wants to carry a packet asks; then grant() says
/// who may. Who asked first does not matter: links take turns by number.
class Limiter {
public:
  explicit Limiter(unsigned bytesPerCycle)
      : rate(bytesPerCycle), tokens(full()) {}

  /// \p link wants to carry a packet; \p what is the caller's name for it.
  void ask(unsigned link, uint32_t what) { wishes.push_back({link, what}); }

  /// Calls \p denied for every wish that has to wait, and forgets all wishes.
  template <typename Fn> void grant(Cycle now, Fn denied) {
    if (wishes.empty())
      return;
    tokens = std::min(full(), tokens + rate * (now - last));
    last = now;
    const uint64_t count = tokens / packetBytes;
    if (wishes.size() <= count) {
      tokens -= wishes.size() * packetBytes;
      wishes.clear();
      return;
    }
    tokens -= count * packetBytes;
    auto byLink = [](const Wish &a, const Wish &b) { return a.link < b.link; };
    std::sort(wishes.begin(), wishes.end(), byLink);
    const auto first =
        std::lower_bound(wishes.begin(), wishes.end(), Wish{turn, 0}, byLink);
    std::rotate(wishes.begin(), first, wishes.end());
    turn = wishes[count].link;
    for (size_t i = count; i < wishes.size(); ++i)
      denied(wishes[i].what);
    wishes.clear();
  }

  /// A packet that may pass does not: another limiter is in its way.
  void giveBack() { tokens += packetBytes; }

  template <class Archive> void archive(Archive &a) { a(tokens, last, turn); }

private:
  struct Wish {
    unsigned link;
    uint32_t what;
  };
  uint64_t full() const { return rate + packetBytes - 1; }

  uint64_t rate;
  uint64_t tokens;
  Cycle last = 0;
  /// The link that goes first next time.
  unsigned turn = 0;
  std::vector<Wish> wishes;
};

} // namespace tatami::mesh
