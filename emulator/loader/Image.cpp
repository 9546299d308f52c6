// Questions to an image: which function, which line.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "tatami/loader/Image.h"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>

using namespace tatami;

const Image::Segment &Image::text() const {
  auto it = std::find_if(segments.begin(), segments.end(),
                         [](const Segment &s) { return s.executable; });
  assert(it != segments.end() && "the reader lets no such image pass");
  return *it;
}

uint64_t Image::readOnlyEnd() const {
  uint64_t end = 0;
  for (const Segment &s : segments)
    if (!s.writable)
      end = std::max(end, s.address + s.memorySize);
  return end;
}

const Image::Symbol *Image::functionAt(uint64_t address) const {
  auto after = std::upper_bound(
      symbols.begin(), symbols.end(), address,
      [](uint64_t a, const Symbol &symbol) { return a < symbol.address; });
  // Assembly functions may lack a size: the nearest symbol below has to do.
  const Symbol *nearest = nullptr;
  while (after != symbols.begin()) {
    const Symbol &symbol = *--after;
    if (symbol.isFunction && address - symbol.address < symbol.size)
      return &symbol;
    if (!nearest && (symbol.size == 0 || symbol.isFunction))
      nearest = &symbol;
    // No function is that large, do not search the whole table.
    if (address - symbol.address > 0x40000)
      break;
  }
  return nearest;
}

std::string Image::sourceAt(uint64_t address) const {
  auto after = std::upper_bound(
      lines.begin(), lines.end(), address,
      [](uint64_t a, const LineRow &row) { return a < row.address; });
  if (after == lines.begin())
    return "";
  const LineRow &row = *std::prev(after);
  if (row.endSequence || row.line == 0 || row.file >= files.size())
    return "";
  return fmt::format("{}:{}", files[row.file], row.line);
}
