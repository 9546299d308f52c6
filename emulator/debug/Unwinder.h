// From a frame to its caller's.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include "Registers.h"
#include "tatami/debug/CallFrames.h"
#include "tatami/loader/Image.h"

#include <string>

namespace tatami::debug {

struct Frame {
  uint64_t pc;
  Registers registers;
  /// The caller's sp.
  std::optional<uint64_t> cfa;
  /// The pc is where a call returns to, not what is executed next.
  bool isCaller = false;

  /// An address inside of the instruction that the frame is at.
  uint64_t lookupPc() const { return isCaller ? pc - 1 : pc; }
};

class Unwinder {
public:
  Unwinder(const Image &image, const CallFrames &frames)
      : image(image), frames(frames) {}

  /// Fills in \p frame's cfa and makes \p caller the frame that called it.
  /// False at the end of the stack; then \p problem says what is wrong with
  /// it, or is empty.
  bool unwind(Frame &frame, std::span<const uint8_t> memory,
              std::optional<Frame> &caller, std::string &problem) const;

private:
  bool isCode(uint64_t pc) const;

  const Image &image;
  const CallFrames &frames;
};

} // namespace tatami::debug
