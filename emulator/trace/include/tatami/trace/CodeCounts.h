// What a profile counts of instructions and of calls. Apart from the profile,
// because the interpreter counts it and takes long to compile.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include "tatami/timing/Cause.h"

#include <cstdint>

namespace tatami {

/// Of one instruction of the text, over all threads of all nodes. A cycle in
/// which several instructions issue belongs to the first of them; a lost cycle
/// to the instruction that waited.
struct PcCounts : CycleCounts {
  uint64_t executed = 0;
  /// Packets that the instruction has handed to the mesh, what they pass on the
  /// shortest way: links, and of these the ones between dies. A multicast
  /// counts the links of its tree.
  uint64_t packets = 0, hops = 0, crossings = 0;

  /// Whether anything of it is worth telling.
  bool happened() const { return executed || issued || lostCycles(); }
  PcCounts &operator+=(const PcCounts &other);
};

/// The same with the instruction's place in the text.
struct CodeCounts : PcCounts {
  uint64_t index = 0;
};

/// A function as it is called from where: a node of the tree of calls. What is
/// deeper than the recorder keeps counts for the deepest that it does.
struct CallContext {
  static constexpr uint32_t none = ~uint32_t(0);
  /// Chosen: what would be deeper counts for its caller.
  static constexpr uint32_t maxDepth = 128;

  uint32_t parent = none; ///< Comes before its children.
  uint32_t depth = 0;
  uint64_t function = 0;  ///< Address of its entry.
  uint64_t calls = 0;
  uint64_t cycles = 0; ///< Thread-cycles in it, those of its callees not counted.
};

} // namespace tatami
