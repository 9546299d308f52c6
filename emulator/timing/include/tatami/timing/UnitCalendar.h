// Which units of a node are taken in which cycles, and by which threads.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include <cstdint>
#include <vector>

namespace tatami {

/// A row per cycle, all units of the cycle in one word, so that one addition
/// tells whether an instruction finds room in all that it needs: for each unit
/// four bits, how much of it is used, and above them one bit for each thread
/// that uses it. The rows form a window that moves with time; a row carries its
/// cycle, so old ones need no clearing. A cycle that has left the window is
/// free, and stays so.
class UnitCalendar {
public:
  /// Farther apart than any two cycles that threads of a node book at a time:
  /// a full vector queue of the longest instructions is 16 * 64 cycles.
  static constexpr unsigned window = 4096;
  /// Units of the model; the last column is for the slots of decode.
  static constexpr unsigned columns = 8;
  static constexpr unsigned decodeColumn = columns - 1;
  /// What a column can count.
  static constexpr unsigned maxUsed = 15;
  static constexpr unsigned maxThreads = 4;

  UnitCalendar() : rows(window) {}

  /// All units of the cycle.
  uint64_t at(uint64_t cycle) const {
    const Row &row = rows[cycle % window];
    return row.cycle == cycle ? row.units : 0;
  }
  static unsigned used(uint64_t units, unsigned unit) {
    return units >> 8 * unit & 15;
  }
  static unsigned threads(uint64_t units, unsigned unit) {
    return units >> (8 * unit + 4) & 15;
  }

  /// One of each unit that an instruction takes for one cycle.
  struct Need {
    uint64_t one = 0;
    /// What, added to the used ones, carries into a thread's bit if there are
    /// not enough.
    uint64_t probe = 0;

    void add(unsigned unit, unsigned count) {
      one |= uint64_t(1) << 8 * unit;
      probe |= uint64_t(maxUsed + 1 - count) << 8 * unit;
    }
    bool fits(uint64_t units) const {
      constexpr uint64_t lowBits = 0x0f0f0f0f0f0f0f0f,
                         carries = 0x1010101010101010;
      return !(((units & lowBits) + probe) & carries);
    }
  };
  void book(uint64_t cycle, const Need &need, unsigned thread) {
    if (uint64_t *units = find(cycle))
      *units = (*units + need.one) | need.one << (4 + thread);
  }

  void book(uint64_t cycle, unsigned unit, unsigned count, unsigned thread) {
    if (uint64_t *units = find(cycle))
      *units = (*units + (uint64_t(count) << 8 * unit)) |
               uint64_t(1) << (8 * unit + 4 + thread);
  }
  /// Says what is used of a unit, whatever was booked.
  void set(uint64_t cycle, unsigned unit, unsigned count, unsigned thread) {
    if (uint64_t *units = find(cycle))
      *units = (*units & ~(uint64_t(0xff) << 8 * unit)) |
               uint64_t(count | 16u << thread) << 8 * unit;
  }

  template <class Archive> void archive(Archive &a) { a(rows); }

private:
  struct Row {
    uint64_t cycle = 0;
    uint64_t units = 0;
  };

  /// The row of a cycle; null if it has left the window.
  uint64_t *find(uint64_t cycle) {
    Row &row = rows[cycle % window];
    if (row.cycle != cycle) {
      if (row.cycle > cycle)
        return nullptr;
      row = {cycle, 0};
    }
    return &row.units;
  }

  std::vector<Row> rows;
};

} // namespace tatami
