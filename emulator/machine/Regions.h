// What a profile keeps of named regions: in which one each node was when, and
// what it sent there.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <vector>

namespace tatami {

/// Regions by number, of all nodes of a machine. 0 is what is outside of all.
class RegionNumbers {
public:
  /// Chosen: each may take tables as large as the program. The last one stands
  /// for all that come later; which ones do then depends on who of several host
  /// threads came first.
  static constexpr uint32_t most = 256;

  uint32_t of(const std::string &name);
  /// Names by number, the first one empty.
  std::vector<std::string> names() const;

private:
  mutable std::mutex mutex;
  std::map<std::string, uint32_t> numbers;
};

/// A node goes from one region to the next.
class NodeRegions {
public:
  struct Sums {
    uint64_t cycles = 0, packets = 0, descriptors = 0;
  };
  struct Spent : Sums {
    bool entered = false;
  };

  uint32_t present() const { return now; }
  /// \p sums is what the node has counted when it goes to \p region.
  void go(uint32_t region, const Sums &sums);
  /// By number, as far as the node has come to know them.
  const std::vector<Spent> &spent() const { return regions; }

  /// Threads had regions of different names open at the same time.
  bool overlap = false;

private:
  uint32_t now = 0;
  Sums before;
  std::vector<Spent> regions = std::vector<Spent>(1);
};

} // namespace tatami
