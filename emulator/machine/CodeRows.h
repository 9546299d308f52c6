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

/// A row for each instruction. Only those that were touched are there, and
/// looked at in the end.
class CodeRows {
public:
  CodeRows() = default;
  explicit CodeRows(size_t size)
      : rows(makeZeros<PcCounts>(size)),
        touched(makeZeros<uint8_t>(size)),
        causes(makeZeros<uint8_t>(size)), size(size) {}

  [[gnu::always_inline]] PcCounts &operator[](size_t index) const {
    touched[index] = 1;
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
  size_t countTouched() const {
    return size_t(std::count(touched.get(), touched.get() + size, 1));
  }
  /// Calls \p visit(index, row), in order.
  template <class Visit> void forTouched(Visit visit) const {
    const uint8_t *end = touched.get() + size;
    for (const uint8_t *at = touched.get();
         (at = std::find(at, end, 1)) != end; ++at)
      visit(size_t(at - touched.get()), rows[size_t(at - touched.get())]);
  }

private:
  Zeros<PcCounts> rows;
  Zeros<uint8_t> touched, causes;
  size_t size = 0;
};

} // namespace tatami
