// Random traffic against the figures of an independent simulator.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The figures are BookSim2's, configured as a one-cycle router: dimension
// order, packets of one flit, one virtual channel, buffers of 8, speculative
// switch allocation; its unloaded latency is 5 + 3 * hops. Saturation is
// accepted throughput when every node offers a packet every cycle.
#include "Traffic.h"

#include <catch2/catch.hpp>

using namespace tatami::mesh;
using namespace tatami::mesh::test;

static double saturation(const MeshParams &p, const Pattern &pattern) {
  return measure(p, pattern, 1.0, 3000, 8000).throughput;
}

static double latency(const MeshParams &p, const Pattern &pattern, double load,
                      Cycle end) {
  return measure(p, pattern, load, 1000, end).latency;
}

TEST_CASE("saturation throughput, 8 x 8", "[accuracy]") {
  const MeshParams p = referenceParams(8, 8);
  CHECK(saturation(p, uniform) == Approx(0.372).epsilon(0.03));
  CHECK(saturation(p, transpose) == Approx(0.2188).epsilon(0.03));
  CHECK(saturation(p, neighbour) == Approx(0.894).epsilon(0.03));
  CHECK(saturation(p, hotspot) == Approx(0.144).epsilon(0.03));
  CHECK(saturation(p, allToOne) == Approx(0.0156).epsilon(0.03));
}

TEST_CASE("saturation throughput, 18 x 20", "[accuracy]") {
  const MeshParams p = referenceParams(18, 20);
  CHECK(saturation(p, uniform) == Approx(0.154).epsilon(0.03));
  CHECK(saturation(p, transpose) == Approx(0.0944).epsilon(0.03));
  CHECK(saturation(p, neighbour) == Approx(0.928).epsilon(0.03));
  CHECK(saturation(p, allToOne) == Approx(0.0028).epsilon(0.03));
}

TEST_CASE("mean latency below saturation, 8 x 8", "[accuracy]") {
  const MeshParams p = referenceParams(8, 8);
  CHECK(latency(p, uniform, 0.05, 21000) == Approx(21.2).epsilon(0.01));
  CHECK(latency(p, uniform, 0.20, 11000) == Approx(21.8).epsilon(0.01));
  CHECK(latency(p, uniform, 0.30, 11000) == Approx(23.4).epsilon(0.01));
  CHECK(latency(p, transpose, 0.05, 21000) == Approx(23.0).epsilon(0.01));
  CHECK(latency(p, transpose, 0.10, 11000) == Approx(23.6).epsilon(0.01));
  CHECK(latency(p, transpose, 0.13, 21000) == Approx(25.0).epsilon(0.015));
  CHECK(latency(p, neighbour, 0.2, 11000) == Approx(8.1).epsilon(0.01));
  CHECK(latency(p, neighbour, 0.5, 11000) == Approx(8.4).epsilon(0.01));
  CHECK(latency(p, neighbour, 0.8, 11000) == Approx(9.9).epsilon(0.015));
  CHECK(latency(p, hotspot, 0.05, 21000) == Approx(20.8).epsilon(0.01));
  CHECK(latency(p, hotspot, 0.10, 21000) == Approx(21.1).epsilon(0.01));
  CHECK(latency(p, allToOne, 0.008, 41000) == Approx(17.7).epsilon(0.01));
}

TEST_CASE("mean latency below saturation, 18 x 20", "[accuracy]") {
  const MeshParams p = referenceParams(18, 20);
  CHECK(latency(p, uniform, 0.02, 6000) == Approx(43.0).epsilon(0.01));
  CHECK(latency(p, uniform, 0.08, 4000) == Approx(43.9).epsilon(0.01));
  CHECK(latency(p, uniform, 0.12, 4000) == Approx(45.1).epsilon(0.01));
  CHECK(latency(p, uniform, 0.16, 6000) == Approx(49.8).epsilon(0.015));
  CHECK(latency(p, neighbour, 0.2, 4000) == Approx(8.1).epsilon(0.01));
  CHECK(latency(p, neighbour, 0.5, 4000) == Approx(8.4).epsilon(0.01));
  CHECK(latency(p, neighbour, 0.8, 4000) == Approx(9.6).epsilon(0.02));
}
