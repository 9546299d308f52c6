// The statistics of a run that a trap has ended. Nodes are simulated beyond what
// turns out to be the end; what they have counted there cannot be taken back. So
// the run is done once more, up to that moment, with the host's answers of the
// first time.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "MachineImpl.h"

#include <fmt/format.h>

using namespace tatami;

RunResult Machine::run() {
  RunResult result = impl->run();
  result.countsTooMuch = impl->countsTooMuch();
  if (!result.countsTooMuch || !impl->keepsAnswers())
    return result;
  Impl::Recount again = impl->recount();
  std::string problem;
  if (again.log->isGivenUp()) {
    problem = fmt::format("what the program has read is more than the {} bytes "
                          "that are kept for a second run",
                          again.options.mostKept);
  } else {
    impl.reset(); // Two large machines may be too much for the host.
    impl = std::make_unique<Impl>(again.options, std::move(again.image),
                                  problem, std::move(again.log));
    if (problem.empty())
      problem = impl->countUpTo(again.end, result.stats);
    if (problem.empty() && result.profile) {
      const TimelineInfo timeline = result.profile->timeline;
      result.profile = impl->makeProfile(result);
      result.profile->timeline = timeline; // Events are written once.
    }
  }
  result.countsTooMuch = !problem.empty();
  if (result.countsTooMuch)
    result.warning += fmt::format(
        "{}the statistics include what nodes did behind the trap: {}",
        result.warning.empty() ? "" : "; ", problem);
  return result;
}

bool Machine::Impl::countsTooMuch() const {
  const Stop *stop = firstStop();
  if (!stop)
    return false;
  // The node that traps has run no further itself, but for its lists and what
  // arrives at it.
  return nodes.size() > 1 || !stop->detail.empty();
}

Machine::Impl::Recount Machine::Impl::recount() {
  Recount again{given, std::move(program->image), firstStop()->at,
                std::move(log)};
  again.options.restoreFile = lastCheckpoint;
  again.options.checkpointEvery = 0;
  again.options.trace = nullptr;
  again.options.timeline.isOn = false;
  return again;
}

std::string Machine::Impl::countUpTo(const Moment &end, Stats &stats) {
  begin = lastProgress = std::chrono::steady_clock::now();
  // Of that cycle itself, the nodes up to that of the trap have done their part.
  for (auto &die : dies)
    die->setLimit(end.time, end.node + 1);
  mesh::Cycle next;
  while (next = nextActivity(), next < end.time && !firstStop()) {
    if (!goOn(next))
      return "the second run, which counts, was interrupted";
    runWindow(std::min(next + window(), end.time));
  }
  if (!firstStop())
    runWindow(end.time); // What arrives in that cycle.
  for (auto &die : dies)
    die->stopAt({end, TrapKind::None, ""});
  runWindow(end.time);
  if (const Stop *stop = firstStop();
      stop->at < end || !static_cast<ReplayedFiles &>(*files).isFaithful())
    return "the second run, which counts, was another one; was the checkpoint "
           "changed?";
  const double hostSeconds = stats.hostSeconds;
  const int exitStatus = stats.exitStatus;
  stats = {};
  finish(stats);
  stats.hostSeconds = hostSeconds;
  stats.exitStatus = exitStatus;
  return "";
}
