// Figures and tables on a terminal.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "Text.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <cstring>

#include <sys/ioctl.h>
#include <unistd.h>

namespace tatami::prof {

std::string withCommas(uint64_t value) {
  const std::string digits = std::to_string(value);
  std::string text;
  for (size_t i = 0; i < digits.size(); ++i) {
    if (i && (digits.size() - i) % 3 == 0)
      text += ',';
    text += digits[i];
  }
  return text;
}

std::string shortCount(uint64_t value) {
  if (value < 10000)
    return std::to_string(value);
  double scaled = double(value) / 1000;
  const char *unit = "kMGTPE";
  for (; scaled >= 999.5; ++unit)
    scaled /= 1000;
  return fmt::format("{:.{}f}{}", scaled, scaled < 9.95 ? 1 : 0, *unit);
}

std::string percent(double part, double whole, int digits) {
  return whole > 0 ? fmt::format("{:.{}f} %", 100 * part / whole, digits) : "-";
}

std::string byteCount(uint64_t bytes) {
  static const char *const units[] = {"B", "kB", "MB", "GB", "TB"};
  double value = double(bytes);
  size_t unit = 0;
  for (; value >= 999.95 && unit + 1 < std::size(units); ++unit)
    value /= 1000;
  return fmt::format("{:.{}f} {}", value, unit ? 1 : 0, units[unit]);
}

std::string isCount(const std::string &text) {
  uint32_t value = 0;
  const char *end = text.data() + text.size();
  if (auto [at, error] = std::from_chars(text.data(), end, value);
      error == std::errc() && at == end && value > 0)
    return {};
  return fmt::format("'{}' is not a number of rows; it must be a whole number "
                     "from 1 to {}",
                     text, UINT32_MAX);
}

std::string causeWords(Cause cause) {
  std::string words = causeName(cause);
  std::replace(words.begin(), words.end(), '_', ' ');
  return words;
}

std::vector<std::pair<Cause, uint64_t>>
greatestCauses(const CycleCounts &counts) {
  std::vector<std::pair<Cause, uint64_t>> causes;
  for (size_t i = 0; i < numCauses; ++i)
    if (counts.lost[i] && Cause(i) != Cause::Idle)
      causes.emplace_back(Cause(i), counts.lost[i]);
  std::stable_sort(
      causes.begin(), causes.end(),
      [](const auto &a, const auto &b) { return a.second > b.second; });
  return causes;
}

std::string topCauses(const CycleCounts &counts, size_t most) {
  const double all = double(counts.issued + counts.lostCycles());
  std::string text;
  for (const auto &[cause, cycles] : greatestCauses(counts)) {
    if (most-- == 0 || double(cycles) < 0.01 * all)
      break;
    text += fmt::format("{}{} {:.0f} %", text.empty() ? "" : ", ",
                        causeWords(cause), 100 * double(cycles) / all);
  }
  return text;
}

Screen::Screen(std::FILE *file) : file(file) {
  if (!isatty(fileno(file)))
    return;
  winsize size = {};
  if (ioctl(fileno(file), TIOCGWINSZ, &size) == 0 && size.ws_col >= 40)
    width = size.ws_col;
  else
    width = 80;
  const char *terminal = std::getenv("TERM");
  colours = !std::getenv("NO_COLOR") && terminal &&
            std::strcmp(terminal, "dumb") != 0;
}

std::string Screen::heat(const std::string &text, double share) const {
  if (!colours || share < 0.005)
    return text;
  return fmt::format("\033[{}m{}\033[0m", share >= 0.05 ? 31 : 32, text);
}

std::string Screen::bold(const std::string &text) const {
  return colours ? "\033[1m" + text + "\033[0m" : text;
}

std::string visible(const std::string &text) {
  auto at = [&](size_t i) {
    return i < text.size() ? static_cast<unsigned char>(text[i]) : 0u;
  };
  std::string out;
  for (size_t i = 0; i < text.size();) {
    const unsigned first = at(i);
    const size_t length = first < 0x80                    ? 1
                          : first >= 0xc2 && first < 0xe0 ? 2
                          : first >= 0xe0 && first < 0xf0 ? 3
                          : first >= 0xf0 && first < 0xf5 ? 4
                                                          : 0;
    bool isText = length != 0;
    for (size_t k = 1; k < length; ++k)
      isText = isText && (at(i + k) & 0xc0) == 0x80;
    if (!isText) {
      out += '?';
      ++i;
      continue;
    }
    // C0, DEL and C1 in UTF-8.
    const bool isControl = (length == 1 && (first < 0x20 || first == 0x7f)) ||
                           (first == 0xc2 && at(i + 1) < 0xa0);
    out += isControl ? "?" : text.substr(i, length);
    i += length;
  }
  return out;
}

size_t columnsOf(const std::string &text) {
  return size_t(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xc0) != 0x80;
  }));
}

std::string cut(const std::string &text, size_t width) {
  if (columnsOf(text) <= width)
    return text;
  if (width <= 3)
    return std::string(width, '.');
  std::string out;
  size_t columns = 0;
  for (char c : text) {
    columns += (static_cast<unsigned char>(c) & 0xc0) != 0x80;
    if (columns > width - 3)
      break;
    out += c;
  }
  return out + "...";
}

void Table::row(std::vector<std::string> cells, double share) {
  for (std::string &cell : cells)
    cell = visible(cell);
  rows.push_back({std::move(cells), share});
}

void Table::print(const Screen &screen) const {
  std::vector<size_t> widths;
  for (const Column &column : columns)
    widths.push_back(columnsOf(column.title));
  for (const Row &row : rows)
    for (size_t i = 0; i < row.cells.size(); ++i)
      widths[i] = std::max(widths[i], columnsOf(row.cells[i]));
  size_t before = 0;
  for (size_t i = 0; i + 1 < widths.size(); ++i)
    before += widths[i] + 2;
  if (screen.width && before + 12 < screen.width)
    widths.back() = std::min(widths.back(), screen.width - before);

  auto line = [&](const std::vector<std::string> &cells, double share) {
    std::string out;
    for (size_t i = 0; i < cells.size(); ++i) {
      std::string cell = cut(cells[i], widths[i]);
      std::string pad(widths[i] - columnsOf(cell), ' ');
      bool isLast = i + 1 == cells.size();
      std::string text = columns[i].align == Right ? pad + cell
                         : isLast                  ? cell
                                                   : cell + pad;
      out += (i == 0 ? screen.heat(text, share) : text) + (isLast ? "" : "  ");
    }
    out.erase(out.find_last_not_of(' ') + 1);
    fmt::print(screen.file, "{}\n", out);
  };
  std::vector<std::string> titles;
  for (const Column &column : columns)
    titles.push_back(column.title);
  line(titles, 0);
  for (const Row &row : rows)
    line(row.cells, row.share);
}

} // namespace tatami::prof
