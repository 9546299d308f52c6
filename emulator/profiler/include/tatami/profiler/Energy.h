// Joules and watts of a run, from the machine's energy table
// (docs/energy.md).
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include "tatami/machine/MachineConfig.h"
#include "tatami/profiler/Analysis.h"

#include <array>
#include <cstdint>
#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <numeric>
#include <string>
#include <vector>

namespace tatami::prof {

/// What has taken the energy.
enum class EnergyPart : uint8_t {
  FrontEnd,  ///< Fetch, decode, issue, branches.
  Registers, ///< Of all files, accumulators included.
  Scalar,
  Simd,
  Matrix,
  Sram,      ///< Of nodes, also from the mesh.
  Links,     ///< Inside of dies.
  Crossings, ///< Between dies, and to interface processors.
  Hbm,
  Static, ///< Leakage and clock, of dies as well.
};
inline constexpr size_t numEnergyParts = size_t(EnergyPart::Static) + 1;
const char *energyPartName(EnergyPart part);  ///< "front_end", for files
const char *energyPartTitle(EnergyPart part); ///< and for people.

/// Energy by part.
struct EnergyParts {
  std::array<double, numEnergyParts> of = {};

  double &operator[](EnergyPart part) { return of[size_t(part)]; }
  double operator[](EnergyPart part) const { return of[size_t(part)]; }
  double total() const { return std::accumulate(of.begin(), of.end(), 0.0); }
  EnergyParts &operator+=(const EnergyParts &other);
  EnergyParts &operator-=(const EnergyParts &other);
  EnergyParts operator*(double factor) const;
};

/// Picojoules of one execution of \p word, but what its packets take in the
/// mesh and what time costs.
EnergyParts energyOf(uint32_t word, const EnergyTable &table);

struct FunctionEnergy {
  std::string name, file;
  EnergyParts joules;
  uint64_t flops = 0;
};

/// What nodes took while they were in a region (see RegionWork): their
/// instructions, the packets of these on the shortest way, lists and SRAM at the
/// mesh's port, static power of the nodes and, by time, of dies.
struct RegionEnergy {
  std::string name;
  EnergyParts joules;
  uint64_t flops = 0;
  uint64_t nodes = 0; ///< That were in it.
  double seconds = 0; ///< That such a node was in it, on average.
  /// Of all of its nodes, while they are in it.
  double watts() const { return seconds > 0 ? joules.total() / seconds : 0; }
  double flopsPerWatt() const {
    const double sum = joules.total();
    return sum > 0 ? double(flops) / sum : 0;
  }
};

/// A published figure, and what the run has drawn.
struct EnergyCheck {
  std::string what; ///< "a die"
  double watts = 0, published = 0;
};

/// `functions`, `mesh` and `idle` together are `total`; so are all nodes with
/// `dieStatic`, and all intervals.
struct EnergyReport {
  EnergyReport(const Analysis &analysis, const MachineConfig &config);

  EnergyParts total; ///< Joules.
  /// The most energy first. A function has what its instructions take, what
  /// their packets take on the shortest way, and its share of its nodes' static
  /// power: the part of their thread-cycles that was spent in it.
  std::vector<FunctionEnergy> functions;
  /// What no instruction stands for: list engines, replies, detours, SRAM at
  /// the ports of the mesh, memory.
  EnergyParts mesh;
  /// Static: threads that were not running, and dies beside their nodes.
  EnergyParts idle;

  /// Of named regions, the most energy first. They, what is outside of all, and
  /// what the mesh does for no region in particular are `total` too. Without
  /// regions all of it is outside.
  std::vector<RegionEnergy> regions;
  RegionEnergy outside;
  EnergyParts regionlessMesh; ///< Of lists and replies, detours, memory.
  bool regionsOverlap = false; ///< See Profile.

  double seconds = 0;
  uint64_t flops = 0;
  size_t nodes = 0, dies = 0;
  /// Dies have at least nine tenths (chosen: a machine file may disable some)
  /// of the nodes that the published power of a die is for. What has less is
  /// so many nodes: no power of dies belongs to it.
  bool hasWholeDies = false;
  double watts() const { return seconds > 0 ? total.total() / seconds : 0; }
  double flopsPerWatt() const; ///< FLOP/s per watt, which are FLOP per joule.
  std::vector<EnergyCheck> checks;

  /// By node, in the order of Profile::nodes. An estimate, as the profile does
  /// not count by node what each instruction did: the matrix unit by a node's
  /// multiply-accumulates, the mesh by its packets sent and received, everything
  /// else by its instructions.
  std::vector<double> nodeJoules;
  double dieStatic = 0;

  /// Watts of the machine, by interval of Profile::series (the last one may be
  /// shorter): the same estimate, the mesh by packets on links. The sum of
  /// intervals times their lengths is `total`, part by part.
  uint64_t interval = 0;
  std::vector<EnergyParts> wattsOverTime;

private:
  void addRegions(const Profile &profile, const EnergyTable &table);
};

/// By the table of the machine that \p analysis is of; null if its file is not
/// to be read.
std::unique_ptr<EnergyReport> energyOf(const Analysis &analysis);

std::string energyText(const EnergyReport &report, size_t most = 15);
/// In one line: "energy 3.24 J, 368 W mean (92 % of the published 400 W a die)".
std::string energyLine(const EnergyReport &report);
nlohmann::ordered_json energyJson(const EnergyReport &report);

/// What the run's watts become when one number of the table doubles, the
/// largest change first; for numbers that it uses.
struct Sensitivity {
  Energy energy;
  double watts;
};
std::vector<Sensitivity> energySensitivity(const Analysis &analysis,
                                           const MachineConfig &config);
std::string sensitivityText(const std::vector<Sensitivity> &list,
                            double watts);

} // namespace tatami::prof
