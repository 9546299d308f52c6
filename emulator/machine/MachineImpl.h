// The machine's inside: dies that are simulated side by side, one window of
// time after the other.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include "Die.h"
#include "HostThreads.h"
#include "Program.h"
#include "Report.h"
#include "Timeline.h"
#include "tatami/host/HostLog.h"
#include "tatami/machine/Machine.h"

#include <algorithm>
#include <chrono>
#include <memory>
#include <vector>

namespace tatami {

/// What a die sends takes a window of time to reach another die. So all dies
/// can be simulated from the earliest activity up to a window later, on as many
/// threads of the host as there are, before they exchange what they have sent.
/// What needs all of them at one time (files, the end of the run) is done
/// between, in the order of (time, node, thread).
class Machine::Impl {
public:
  /// \p again: instead of the host's files, what the host has answered in a
  /// run of the same options and image.
  Impl(const MachineOptions &options, Image image, std::string &error,
       std::unique_ptr<HostLog> again = nullptr);

  RunResult run();

  // Recount.cpp: counting up to a trap in a second run.
  /// Whether nodes may have counted what they did behind the trap that has
  /// ended the run.
  bool countsTooMuch() const;
  bool keepsAnswers() const { return log != nullptr; }
  /// All that a second run needs. This one cannot be used any more.
  struct Recount {
    MachineOptions options;
    Image image;
    Moment end;
    std::unique_ptr<HostLog> log;
  };
  Recount recount();
  /// Puts what has been done up to \p end into \p stats. Returns an empty
  /// string or why that is not possible.
  std::string countUpTo(const Moment &end, Stats &stats);
  /// Of the run that \p result is of.
  std::shared_ptr<Profile> makeProfile(const RunResult &result) const;

private:
  void simulate();
  /// When something happens next.
  mesh::Cycle nextActivity() const;
  mesh::Cycle window() const {
    return std::min(longestWindow, program->window());
  }
  /// Brings all dies to \p end, or to where the run stops.
  void runWindow(mesh::Cycle end);
  /// The first stop of all dies; null if there is none.
  const Stop *firstStop() const;
  /// Does the earliest host call that dies wait with, unless the run has
  /// stopped before. False if there is none.
  bool doPendingCall(mesh::Cycle end);
  /// Writes what nodes have written before \p end, in its order.
  void writeOutput(const Moment &end);
  void endAt(int status, std::string why);
  /// Tells the user now and then; false if the run is to end.
  bool goOn(mesh::Cycle now);
  bool allDone() const;
  /// Whether the mesh is the fast one.
  bool isEstimate() const {
    return program->options.config.mesh.model == mesh::MeshParams::Train;
  }

  // Checkpoint.cpp.
  /// If that fails, the run goes on: what is on the disk is still whole.
  void writeCheckpoint();
  /// Throws ArchiveError.
  void restore(const std::string &path);

  void finish(Stats &stats) const;

  /// How long a window is if nothing limits it: long enough to cost nothing,
  /// short enough to look about now and then.
  static constexpr mesh::Cycle longestWindow = 1 << 16;

  const MachineOptions given; ///< Before ideals have changed the machine.
  /// What the host has answered; null if no second run is wanted.
  std::unique_ptr<HostLog> log;
  /// Where a second run would begin; empty: at the beginning.
  std::string lastCheckpoint;
  std::unique_ptr<HostFiles> files;
  std::unique_ptr<Program> program;
  std::vector<std::unique_ptr<Die>> dies;
  std::unique_ptr<Timeline> timeline; ///< Null unless it is recorded.
  std::vector<mesh::Mesh *> meshes; ///< Of the dies.
  std::vector<Node *> nodes;        ///< All, ascending.
  std::unique_ptr<HostThreads> workers;
  WorkEstimate runEstimate, receiveEstimate;
  std::unique_ptr<Report> reports;

  std::chrono::steady_clock::time_point begin, lastProgress;
  uint64_t nextCheckpoint = mesh::never; ///< In cycles.

  /// Set when the run is over before all nodes have ended.
  bool stopped = false;
  int stopStatus = 0;
  std::string report, warning;
};

} // namespace tatami
