// The line that says what a run is bound by, and the runs that it rests on.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "Source.h"

#include "tatami/profiler/Bottleneck.h"
#include "tatami/profiler/Rerun.h"
#include "tatami/trace/Ideals.h"

#include <fmt/format.h>

#include <algorithm>

namespace tatami::prof {

/// Chosen: a speed-up that is worth a person's time.
static constexpr double helps = 1.03;

std::optional<MeasuredIdeal> measure(Bottleneck &bottleneck,
                                     const Profile &profile,
                                     const std::string &image) {
  MeasuredIdeal best; // Of no ideal if there is none.
  // What reads its input, which is empty now, or the clock does something else:
  // the machine itself has to show the recorded cycles again.
  std::optional<RerunResult> machine;
  for (const std::string &ideal : bottleneck.ideals) {
    std::vector<std::vector<std::string>> changes = {{ideal}};
    if (!machine)
      changes.push_back({});
    const std::vector<RerunResult> runs = rerun(profile, image, changes);
    if (!machine)
      machine = runs.back();
    const RerunResult &run = runs.front();
    if (!machine->error.empty() || machine->cycles != profile.cycles ||
        machine->exitStatus != profile.exitStatus)
      return std::nullopt;
    if (!run.error.empty() || run.cycles == 0 ||
        run.exitStatus != machine->exitStatus ||
        run.outputHash != machine->outputHash || !isSameWork(run, *machine))
      return std::nullopt;
    const double speedup = double(profile.cycles) / double(run.cycles);
    if (best.ideal.empty() || speedup > best.speedup)
      best = {ideal, speedup};
    if (speedup >= helps)
      break;
  }
  const bool isWait = bottleneck.cause == Cause::Barrier ||
                      bottleneck.cause == Cause::Semaphore;
  if (best.ideal.empty())
    return std::nullopt;
  if (best.speedup < helps && isWait && profile.nodes.size() > 1) {
    // Not for messages under way: for whoever sends them late.
    bottleneck.kind = Bottleneck::Kind::Imbalance;
    bottleneck.what += fmt::format(", for nodes that come later: a mesh that "
                                   "costs nothing gives {:.2f}x, and node {} "
                                   "waits least",
                                   best.speedup, bottleneck.node);
    return std::nullopt;
  }
  return best;
}

std::string boundBy(const Bottleneck &bottleneck,
                    const std::optional<MeasuredIdeal> &measured) {
  if (bottleneck.kind == Bottleneck::Kind::Nothing)
    return "bound by: nothing, no cycle has passed";
  std::string text = "bound by: " + bottleneck.what;
  const SourcePlace &place = bottleneck.place;
  if (place.line)
    text += fmt::format(" at {} ({})", placeName(place.file, place.line),
                        place.function);
  else if (!place.function.empty())
    text += " in " + place.function;
  if (bottleneck.kind == Bottleneck::Kind::MatrixUnit)
    return text;
  if (measured) {
    const IdealKey *key =
        findIdealKey(measured->ideal.substr(0, measured->ideal.find('=')));
    // What is only made less cannot be called removed.
    const bool isLess = (key && key->value == IdealKey::Value::Times) ||
                        bottleneck.kind == Bottleneck::Kind::Issue;
    return text + fmt::format("; {} would give {:.2f}x",
                              isLess ? measured->ideal : "removing it",
                              measured->speedup);
  }
  if (bottleneck.kind == Bottleneck::Kind::Imbalance)
    return text + fmt::format("; with the work shared evenly {:.2f}x",
                              bottleneck.estimate());
  // Links and ports cannot be taken away.
  if (bottleneck.kind == Bottleneck::Kind::Issue ||
      bottleneck.kind == Bottleneck::Kind::Link ||
      bottleneck.kind == Bottleneck::Kind::Port)
    return text;
  // Other causes may follow from this one, or take its place.
  return text +
         fmt::format("; without its cycles {:.2f}x", bottleneck.estimate());
}

} // namespace tatami::prof
