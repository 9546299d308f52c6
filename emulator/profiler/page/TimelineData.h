// What the threads and lists of the recorded nodes did when.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include "Blob.h"

#include "tatami/profiler/Symbols.h"
#include "tatami/trace/Profile.h"

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace tatami::prof {

struct Timeline {
  /// A thread or list that does something, or waits.
  struct Span {
    uint32_t track = 0; ///< Place in `tracks`.
    uint8_t what = 0;   ///< A Cause, or one of the two below.
    uint64_t from = 0, to = 0;
    uint64_t pc = 0; ///< Of the instruction that waited; else 0.
  };
  static constexpr uint8_t moves = 254, runs = 255;
  /// From who has ended a wait to who has waited.
  struct Arrow {
    uint32_t source = 0, target = 0; ///< Places in `tracks`.
    bool isBarrier = false;
    uint64_t from = 0, to = 0;
    uint64_t pc = 0; ///< Of the instruction that waited; 0 for a list.
  };

  std::vector<std::pair<uint32_t, uint8_t>> tracks; ///< Node and agent, ascending.
  std::vector<Span> spans;
  std::vector<Arrow> arrows;
  bool isCut = false; ///< There were more spans,
  bool hasMoreArrows = false; ///< or arrows.
};

/// Reads the events of the file at \p path. Returns an empty string, or one
/// sentence that says what is wrong.
std::string readTimeline(const std::string &path, const Profile &profile,
                         Timeline &timeline);

nlohmann::json timelineData(const Timeline &timeline, const Profile &profile,
                            const Symbols &symbols, Blob &blob);

} // namespace tatami::prof
