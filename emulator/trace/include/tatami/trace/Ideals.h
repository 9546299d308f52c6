// Parts of the machine that a run may leave out of account, and how they are
// named: tatami-run --ideal KEY=VALUE (docs/what-if.md).
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include "tatami/timing/Cause.h"
#include "tatami/timing/IdealModel.h"

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tatami {

/// What differs from the machine; as it is made, nothing.
struct Ideals {
  PipelineIdeals pipeline;
  bool freeMesh = false, freeBarriers = false, freeHostCalls = false;
  /// So many times what links carry, what buffers hold, what the memory of
  /// interface processors gives.
  unsigned links = 1, buffers = 1, hbm = 1;
  /// Cycles of a hop between dies.
  std::optional<unsigned> crossing;
  /// What was given, "KEY=VALUE" each, in the order of the keys.
  std::vector<std::string> given;
};

struct IdealKey {
  /// What the value is: a number of cycles, or of something; how many times
  /// ("2x") something is there; or a word and nothing else.
  enum class Value : uint8_t { Number, Times, Word };

  const char *name;
  /// What it leaves out of account, as a sentence's subject.
  const char *part;
  Value value;
  /// The word, for Value::Word.
  const char *word;
  unsigned least, most;
  /// The value to try.
  const char *standard;
  /// Bits of the causes whose cycles it takes away or makes fewer.
  uint32_t causes;
  /// For help: what the value does, and what it leaves.
  const char *meaning;
  void (*set)(Ideals &, unsigned value);

  bool lessens(Cause cause) const { return causes >> unsigned(cause) & 1; }
};

std::span<const IdealKey> idealKeys();
const IdealKey *findIdealKey(std::string_view name);

/// Adds "KEY=VALUE", or several separated by commas. Returns an empty string,
/// or one sentence that says what is wrong and what there is.
std::string addIdeals(std::string_view text, Ideals &ideals);

/// A line for every key: its values and what they do.
std::string idealHelp();

} // namespace tatami
