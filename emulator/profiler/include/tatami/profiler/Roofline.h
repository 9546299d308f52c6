// The roofline: what each function does a second, what it moves for that, and
// what the machine would allow.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include "tatami/profiler/Analysis.h"

#include <array>
#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

namespace tatami {
struct MachineConfig;
}

namespace tatami::prof {

/// In what a function calculates. FP16 counts as BF16, scalar FP32 as FP32.
enum class Format : uint8_t { Bf16, CFloat8, Fp32 };
inline constexpr size_t numFormats = size_t(Format::Fp32) + 1;
const char *formatName(Format format);

/// Over what bytes are moved.
enum class Path : uint8_t {
  Sram,     ///< Between SRAM and registers, by loads and stores.
  MeshPort, ///< Into the mesh: packets of 64 bytes.
  MeshLink, ///< Over the links of dies, each one passed counts.
  DieEdge,  ///< From die to die.
};
inline constexpr size_t numPaths = size_t(Path::DieEdge) + 1;
const char *pathName(Path path);  ///< "sram", for files
const char *pathTitle(Path path); ///< and for people.

/// A function with what has been inlined into it, or the run. Loads, operations
/// and waits of inlined code are interleaved with those around it, and what one
/// of them begins another one waits for: only together do they have a rate.
struct RooflinePoint {
  std::string name, file;
  uint64_t flops = 0;
  std::array<uint64_t, numFormats> flopsIn = {};
  std::array<uint64_t, numPaths> bytes = {};
  /// What its operations and bytes took: thread-cycles in it (of the run: the
  /// cycles of all nodes), as time.
  double seconds = 0;
  /// Operations a second of one node, or of the machine, while a thread of the
  /// node is in it: at least, as it were if never two of them were in it at the
  /// same time; and at most, if all that ran always were, but not more than is
  /// attainable. When they were is not recorded. Of the run both are the same.
  double rate = 0, mostRate = 0;
  /// The most that formats and paths allow at its intensities, and what of
  /// them is the lowest: a path, or numPaths for its format's peak.
  double attainable = 0;
  size_t bound = numPaths;

  /// In what it calculates most.
  Format format() const;
  /// Operations a byte; infinite if it moves none.
  double intensity(Path path) const;
};

struct Roofline {
  /// Of what: one node, or all of the machine.
  enum class Scope : uint8_t { Node, Machine };

  Roofline(const Analysis &analysis, const MachineConfig &config, Scope scope);

  Scope scope;
  unsigned threads = 1; ///< Of a node, that ran: of the node with most.
  std::array<double, numFormats> peaks;    ///< Operations a second.
  std::array<double, numPaths> bandwidths; ///< Bytes a second; 0: no such path.
  RooflinePoint run;
  /// Of functions that calculate, the most operations first.
  std::vector<RooflinePoint> functions;
};

std::string rooflineText(const Roofline &roofline, size_t most = 15);
nlohmann::ordered_json rooflineJson(const Roofline &roofline);

} // namespace tatami::prof
