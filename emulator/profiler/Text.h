// Figures and tables on a terminal.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include "tatami/timing/Cause.h"

#include <cstdint>
#include <cstdio>
#include <string>
#include <utility>
#include <vector>

namespace tatami::prof {

/// 1234567 as "1,234,567".
std::string withCommas(uint64_t value);
/// In at most six columns: 1234, 123k, 1.2M.
std::string shortCount(uint64_t value);
/// 0.1234 as "12.34 %"; a part of nothing is "-".
std::string percent(double part, double whole, int digits = 2);
/// 1250000 as "1.2 MB".
std::string byteCount(uint64_t bytes);
/// As the tables name it: "operand load".
std::string causeWords(Cause cause);

/// A check of an option's value: empty, or why \p text is no whole number from 1
/// on.
std::string isCount(const std::string &text);

/// The causes of lost cycles that are not 0, the greatest first; Idle apart.
std::vector<std::pair<Cause, uint64_t>> greatestCauses(const CycleCounts &counts);
/// "operand load 31.2 %, fetch 4.0 %": the \p most greatest, of the thread's
/// cycles; those under 1 % stay away.
std::string topCauses(const CycleCounts &counts, size_t most);

/// Where a table is printed to, and what that can show.
struct Screen {
  std::FILE *file;
  /// Columns; what no terminal limits has 0.
  unsigned width = 0;
  bool colours = false;

  explicit Screen(std::FILE *file);
  unsigned widthOr(unsigned otherwise) const {
    return width ? width : otherwise;
  }
  /// \p text in the colour of a share of all cycles, as perf has it: red from
  /// 5 %, green from 0.5 %.
  std::string heat(const std::string &text, double share) const;
  std::string bold(const std::string &text) const;
};

/// Columns as wide as their widest cell. The last one takes what is left of
/// the screen, its text is cut there.
class Table {
public:
  enum Align { Left, Right };
  void column(std::string title, Align align) {
    columns.push_back({std::move(title), align});
  }
  /// \p share colours the first cell.
  void row(std::vector<std::string> cells, double share = 0);
  void print(const Screen &screen) const;

private:
  struct Column {
    std::string title;
    Align align;
  };
  struct Row {
    std::vector<std::string> cells;
    double share;
  };
  std::vector<Column> columns;
  std::vector<Row> rows;
};

/// \p text in at most \p width columns; what is cut is "...".
std::string cut(const std::string &text, size_t width);
/// \p text with a '?' for every byte that a terminal may take for a command:
/// names come from files, and these from anywhere.
std::string visible(const std::string &text);
/// Columns that the UTF-8 text takes.
size_t columnsOf(const std::string &text);

} // namespace tatami::prof
