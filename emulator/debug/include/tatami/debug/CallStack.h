// The call stack of a stopped thread, with arguments, as a debugger shows it.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include "tatami/loader/Image.h"
#include "tatami/node/ThreadState.h"

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace tatami::debug {

/// One function on the stack; one that was inlined shares its pc with the one
/// that it was inlined into, which follows.
struct StackFrame {
  uint64_t pc = 0; ///< Of the next instruction, or where the call returns to.
  bool isInlined = false;
  /// Empty if nobody knows.
  std::string function;
  /// The function's name has its parameters' types, as C++ symbols do.
  bool isSignature = false;
  /// "name=value" with commas between; empty without debug information.
  std::string arguments;
  /// "file:line", or empty.
  std::string source;
};

struct CallStack {
  /// The innermost first.
  std::vector<StackFrame> frames;
  /// Why it could not be followed to its end; empty if it was.
  std::string incomplete;
  /// So many frames beyond the limit were not kept; they belong before
  /// frames[gap].
  size_t omitted = 0, gap = 0;
};

/// Reads the stacks of threads that run one image. It keeps what it has read of
/// the image's debug information, and the image must outlive it.
class CallStackReader {
public:
  explicit CallStackReader(const Image &image);
  ~CallStackReader();

  /// The stack of a thread that is about to execute \p state.pc; \p memory is
  /// all of the node's. Of a deep stack the innermost and outermost frames are
  /// kept, together at most \p limit (at least 2).
  CallStack read(const ThreadState &state, std::span<const uint8_t> memory,
                 size_t limit = 40) const;

private:
  class Impl;
  std::unique_ptr<Impl> impl;
};

/// One line a frame, indented by \p indent.
std::string format(const CallStack &stack, const std::string &indent);

/// A C++ name as in the source, others as they are.
std::string demangled(const std::string &name);

} // namespace tatami::debug
