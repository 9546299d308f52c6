// The machine's inside: dies that are simulated side by side, one window of
// time after the other.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include "Die.h"
#include "HostThreads.h"
#include "Program.h"
#include "Report.h"
#include "tatami/host/HostFiles.h"
#include "tatami/machine/Machine.h"

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
  Impl(const MachineOptions &options, Image image, std::string &error);

  RunResult run();

private:
  void simulate();
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

  HostFiles files;
  std::unique_ptr<Program> program;
  std::vector<std::unique_ptr<Die>> dies;
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
