// What a run is bound by: the one thing that it waits for most, where, and the
// ideal that takes it away.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include "tatami/profiler/Symbols.h"
#include "tatami/trace/Profile.h"

#include <optional>
#include <string>
#include <vector>

namespace tatami::prof {

/// Works on the thread that the end of the run depends on as far as counters
/// tell: of the nodes that end last, the one that waits for others least.
struct Bottleneck {
  enum class Kind {
    Nothing,    ///< Nothing has run.
    Cause,      ///< A cause of lost cycles of the thread.
    MatrixUnit, ///< The matrix unit is in use nearly all of the time.
    Issue,      ///< Nothing is lost: there are too many instructions.
    Link,       ///< It waits for packets, and a link is full.
    Port,       ///< The same for the port of a node.
    Imbalance,  ///< The others wait for one node.
  };

  Kind kind = Kind::Nothing;
  /// "operand wait on loads", "matrix unit, 98 % of peak", ...
  std::string what;
  tatami::Cause cause = tatami::Cause::Idle;
  SourcePlace place; ///< Where most of it is; line 0: not known.
  /// The node and thread looked at.
  uint32_t node = 0;
  unsigned thread = 0;
  /// Of the thread's cycles up to the end of the run.
  double share = 0;
  /// What to try, "KEY=VALUE", the first that helps is meant; may be empty.
  std::vector<std::string> ideals;

  /// The speed-up if all of that took no time, and nothing took its place or
  /// went with it.
  double estimate() const { return share < 1 ? 1 / (1 - share) : 0; }
};

Bottleneck findBottleneck(const Profile &profile, const Symbols &symbols);

/// What a run with one of its ideals has shown.
struct MeasuredIdeal {
  std::string ideal;
  double speedup = 1;
};

/// Runs the recorded command with the ideals, until one helps. A wait for which
/// none does is no matter of the mesh: then \p bottleneck says so. Nothing if
/// no run could be made, or one did not do the same work.
std::optional<MeasuredIdeal> measure(Bottleneck &bottleneck,
                                     const Profile &profile,
                                     const std::string &image);

/// The line of a summary, with a measured speed-up or an upper bound.
std::string boundBy(const Bottleneck &bottleneck,
                    const std::optional<MeasuredIdeal> &measured = {});

/// The keys of Ideals.h, with the values to try, for which the profile has lost
/// cycles.
std::vector<std::string> idealsFor(const Profile &profile);

} // namespace tatami::prof
