// DWARF expressions: where a variable lies, or what it is worth.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include "Registers.h"

#include <functional>
#include <vector>

namespace tatami::debug {

/// What an expression may ask for.
struct ExpressionContext {
  const Registers &registers;
  std::span<const uint8_t> memory;
  std::optional<uint64_t> cfa;
  /// Of the function; evaluated where an expression is relative to it.
  std::span<const uint8_t> frameBase = {};
  /// Instead of the above, if it is known better.
  std::optional<uint64_t> frameBaseValue = {};
  /// Entry \p index of the unit's table of addresses.
  std::function<std::optional<uint64_t>(uint64_t index)> addressAt = {};

  /// The bytes from \p address on, if the memory has them all.
  std::optional<std::span<const uint8_t>> bytesAt(uint64_t address,
                                                  uint64_t count) const {
    if (count > memory.size() || address > memory.size() - count)
      return std::nullopt;
    return memory.subspan(address, count);
  }
};

/// The number that an expression leaves, for addresses and rules of frames.
/// \p first lies on the stack at the start if it is given.
std::optional<uint64_t> evaluateNumber(std::span<const uint8_t> expression,
                                       const ExpressionContext &context,
                                       std::optional<uint64_t> first = {});

/// The \p size bytes of the object that an expression describes; nothing if
/// any of them is not known.
std::optional<std::vector<uint8_t>>
evaluateObject(std::span<const uint8_t> expression, uint64_t size,
               const ExpressionContext &context);

} // namespace tatami::debug
