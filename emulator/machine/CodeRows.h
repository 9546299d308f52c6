// What is counted by instruction, of a text of which little may be executed.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include "Zeros.h"
#include "tatami/trace/CodeCounts.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>

namespace tatami {

/// A row for each instruction. Only those whose neighbourhood was touched are
/// there, and looked at in the end.
class CodeRows {
public:
  CodeRows() = default;
  explicit CodeRows(size_t size)
      : rows(makeZeros<PcCounts>(size)),
        touched(makeZeros<uint8_t>(size / chunk + 1)),
        causes(makeZeros<uint8_t>(size)), size(size) {}

  [[gnu::always_inline]] PcCounts &operator[](size_t index) const {
    touched[index / chunk] = 1;
    return rows[index];
  }
  /// Adds \p other, of the same text or empty.
  void add(CodeRows &&other) {
    if (size == 0)
      *this = std::move(other);
    else
      other.forTouched([&](size_t i, const PcCounts &row) { (*this)[i] += row; });
  }
  /// Why the instruction has lost cycles last: often why it does again.
  uint8_t &lastCause(size_t index) const { return causes[index]; }
  /// At least as many as forTouched() visits.
  size_t countTouched() const {
    const uint8_t *begin = touched.get();
    return size ? chunk * size_t(std::count(begin, begin + size / chunk + 1, 1))
                : 0;
  }
  /// Calls \p visit(index, row), in order.
  template <class Visit> void forTouched(Visit visit) const {
    for (size_t begin = 0; begin < size; begin += chunk)
      if (touched[begin / chunk])
        for (size_t i = begin; i < std::min(begin + chunk, size); ++i)
          visit(i, rows[i]);
  }

private:
  /// Chosen: less than a page, so that few are read that were never written.
  static constexpr size_t chunk = 16;

  Zeros<PcCounts> rows;
  Zeros<uint8_t> touched, causes;
  size_t size = 0;
};

} // namespace tatami
