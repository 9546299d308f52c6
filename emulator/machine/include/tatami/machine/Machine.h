// A machine of one or many nodes that runs an image.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include "tatami/loader/Image.h"
#include "tatami/machine/MachineConfig.h"
#include "tatami/trace/Ideals.h"
#include "tatami/trace/ProfileFile.h"

#include <cstdint>
#include <functional>
#include <iosfwd>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace tatami {

enum class TimingMode : uint8_t {
  Off,  ///< Every instruction of a thread takes one cycle, nothing is counted.
  Unit, ///< One instruction per node and cycle.
  D1,   ///< The modelled pipeline, remembered where it can be.
  Reference, ///< The same cycles, every instruction by the plain model.
};

/// Exit status of a run that a trap ended, of one that used up
/// MachineOptions::maxCycles, and of one that MachineOptions::progress ended.
inline constexpr int trapStatus = 134;
inline constexpr int maxCyclesStatus = 124;
inline constexpr int interruptedStatus = 130;

/// How far a run has come.
struct Progress {
  uint64_t cycles = 0; ///< Of the mesh; nodes may be ahead of it.
  double hostSeconds = 0;
  size_t running = 0, waiting = 0, ended = 0; ///< Nodes.
};

/// What a profile is to have of single events.
struct TimelineOptions {
  bool isOn = false;
  /// Nodes, ascending; or, if there are none, how many.
  std::vector<uint32_t> nodes;
  uint32_t count = 16;                     ///< Chosen.
  uint64_t from = 0, to = ~uint64_t(0);    ///< Cycles.
  uint64_t limit = 64 << 20;               ///< Bytes in the file; chosen.
};

struct MachineOptions {
  MachineConfig config;
  TimingMode timing = TimingMode::D1;
  /// What differs from the machine and its pipelines.
  Ideals ideals;
  /// Threads of the host; 0: one for each core. The result is the same for any
  /// number.
  unsigned hostThreads = 0;
  uint64_t maxCycles = ~uint64_t(0);
  /// Directories that the program may reach: host path, guest path.
  std::vector<std::pair<std::string, std::string>> grants;
  /// argv of the program, its name first.
  std::vector<std::string> arguments;
  /// Empty: the best that the host has.
  std::string hostLevel;
  /// Commit log, if not null.
  std::ostream *trace = nullptr;
  /// Write a checkpoint to checkpointFile whenever so many cycles have passed;
  /// 0: never. The one before it is kept as FILE.previous.
  uint64_t checkpointEvery = 0;
  std::string checkpointFile;
  /// Go on from this checkpoint instead of beginning anew.
  std::string restoreFile;
  /// Make a profile, if not null; what is recorded while the program runs goes
  /// there. Needs a timing model.
  ProfileWriter *profile = nullptr;
  TimelineOptions timeline;
  /// If set, called some ten times a second on the thread of run(). The run
  /// ends if it returns false. Never changes what is simulated.
  std::function<bool(const Progress &)> progress;
  /// After a trap, run once more to count what was done before it: nodes may
  /// have been simulated beyond it. Files are not touched again; what has been
  /// read is kept for that, unless it is more than \c mostKept bytes.
  bool exactStats = true;
  size_t mostKept = size_t(256) << 20;
};

struct RunResult {
  int exitStatus = 0;
  /// Why the run ended before its time: the report of a trap or of a reached
  /// limit; empty if the program ended by itself.
  std::string report;
  /// What went wrong without ending the run; usually empty.
  std::string warning;
  Stats stats;
  /// Stats include what nodes have done behind the trap.
  bool countsTooMuch = false;
  /// If one was asked for. Of the run's surroundings it knows nothing: who has
  /// the files fills in image, options and machineFile.
  std::shared_ptr<Profile> profile;
};

class Machine {
public:
  /// \p image must have been read with the machine's SRAM size. \p error
  /// becomes what is wrong with the options, or stays empty.
  Machine(const MachineOptions &options, Image image, std::string &error);
  ~Machine();

  RunResult run();

private:
  class Impl;
  std::unique_ptr<Impl> impl;
};

/// An empty string, or what is wrong with the name of a host level.
std::string checkHostLevel(const std::string &name);

} // namespace tatami
