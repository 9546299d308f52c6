// Random traffic against an independent simulator, packet by packet.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// BookSim.h says what was recorded, and how.
#include "BookSim.h"
#include "Recorder.h"
#include "Traffic.h"

#include <catch2/catch.hpp>

#include <cmath>
#include <span>

using namespace tatami::mesh;
using namespace tatami::mesh::test;

namespace {

struct Run {
  uint64_t packets = 0;    ///< Created after the warm-up, as all below.
  uint64_t latencySum = 0; ///< In cycles.
  double mean() const { return double(latencySum) / double(packets); }
};

/// Sends \p list through a mesh; extends \p fingerprint by the latency of every
/// packet, in the order of the list.
Run run(const MeshParams &params, const std::vector<Created> &list,
        Fingerprint &fingerprint) {
  struct Latencies : Sink {
    std::vector<Cycle> of;
    bool deliver(Cycle cycle, NodeId, const Packet &p) override {
      of[p.tag] = cycle - p.injected;
      return false;
    }
  } sink;
  sink.of.resize(list.size());

  Mesh mesh(params);
  for (size_t i = 0; i < list.size(); ++i)
    mesh.inject(list[i].cycle, packet(mesh, list[i].from, list[i].to, i));
  mesh.advance(never, sink);

  Run result;
  for (size_t i = 0; i < list.size(); ++i) {
    if (list[i].cycle < latencyWarmUp)
      continue;
    ++result.packets;
    result.latencySum += sink.of[i];
    fingerprint.add(sink.of[i]);
  }
  return result;
}

/// Half of the last digit of RecordedLatency::elsewhere.
constexpr double rounding = 0.05;

/// The mean of a run over other packets must be one that such a run can have:
/// its distance from the mean of our runs has their deviation and that of their
/// mean. Three times that, and the rounding, are allowed.
void checkElsewhere(const RecordedLatency &r, const std::vector<Run> &runs) {
  const auto n = double(runs.size());
  double mean = 0, squares = 0;
  for (const Run &run : runs)
    mean += run.mean() / n;
  for (const Run &run : runs)
    squares += (run.mean() - mean) * (run.mean() - mean);
  const double deviation = std::sqrt(squares / (n - 1) * (1 + 1 / n));
  INFO("mean of our runs " << mean << ", deviation " << deviation);
  CHECK(std::abs(mean - r.elsewhere) <= 3 * deviation + rounding);
}

/// \p tolerance: of a run's mean latency to that of BookSim2 as it is.
void checkLatency(const MeshParams &p, std::span<const RecordedLatency> points,
                  double tolerance) {
  for (const RecordedLatency &r : points) {
    INFO(r.name << " " << r.load << ", blocks of " << r.block);
    std::vector<Run> runs;
    Run all;
    Fingerprint fingerprint;
    for (uint64_t sum : r.latencySums) {
      const uint64_t seed = runs.size() + 1;
      INFO("seed " << seed);
      runs.push_back(run(p,
                         packetList(p.topology, r.pattern, r.load,
                                    latencyWarmUp + r.window, seed, r.block),
                         fingerprint));
      CHECK(double(runs.back().latencySum) ==
            Approx(double(sum)).epsilon(tolerance));
      all.packets += runs.back().packets;
      all.latencySum += runs.back().latencySum;
    }
    // If not, the lists are not those that BookSim2 was given.
    REQUIRE(all.packets == r.packets);
    CHECK(all.latencySum == r.sameTiesSum);
    CHECK(fingerprint.value == r.sameTies);
    if (r.elsewhere)
      checkElsewhere(r, runs);
  }
}

void checkSaturation(const MeshParams &p,
                     std::span<const RecordedThroughput> points) {
  for (const RecordedThroughput &r : points) {
    INFO(r.name);
    const Measurement m = measure(p, r.pattern, 1.0, throughputWarmUp,
                                  throughputWarmUp + r.window, 1,
                                  /*drain=*/false);
    const double cells = double(r.window) * double(p.topology.size());
    const double accepted = std::round(m.throughput * cells);
    CHECK(accepted == double(r.sameTies));
    CHECK(accepted == Approx(double(r.accepted)).epsilon(0.015));
    CHECK(m.throughput == Approx(r.elsewhere).epsilon(0.03));
  }
}

} // namespace

TEST_CASE("unloaded latency is 5 + 3 * hops", "[accuracy]") {
  for (auto [columns, rows] : {std::pair{8u, 8u}, std::pair{18u, 20u}}) {
    const MeshParams p = referenceParams(columns, rows);
    const Topology &t = p.topology;
    Mesh mesh(p);
    Recorder sink;
    std::vector<Arrival> expected;
    Cycle cycle = 0;
    for (NodeId from = 0; from < t.size(); from += 5)
      for (NodeId to = 0; to < t.size(); to += 3, cycle += 200) {
        mesh.inject(cycle, packet(mesh, from, to));
        expected.push_back({cycle + 5 + 3 * t.hops(from, to), to, from, 0});
      }
    mesh.advance(never, sink);
    REQUIRE(sink.arrivals == expected);
  }
}

TEST_CASE("latency below saturation, 8 x 8", "[accuracy]") {
  checkLatency(referenceParams(8, 8), latency8x8, 0.005);
}

TEST_CASE("latency below saturation, 18 x 20", "[accuracy]") {
  checkLatency(referenceParams(18, 20), latency18x20, 0.005);
}

// Whoever goes first there keeps others waiting for long, so other ties make
// other latencies; the same ties must make the same.
TEST_CASE("latency past saturation", "[accuracy]") {
  checkLatency(referenceParams(8, 8), saturated8x8, 0.15);
}

TEST_CASE("saturation throughput", "[accuracy]") {
  checkSaturation(referenceParams(8, 8), throughput8x8);
  checkSaturation(referenceParams(18, 20), throughput18x20);
}
