// Impossible parameters are named.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "tatami/mesh/MeshParams.h"

#include <catch2/catch.hpp>

using namespace tatami::mesh;

TEST_CASE("default parameters are possible", "[params]") {
  MeshParams p;
  REQUIRE(p.check() == "");
  p.topology = Topology::die();
  REQUIRE(p.check() == "");
}

TEST_CASE("an impossible parameter is named", "[params]") {
  MeshParams p;
  p.topology = Topology(90, 100);
  std::string expected;
  SECTION("hop") {
    p.hopCycles = 0;
    expected = "hopCycles is 0, it must be 1 to 10000";
  }
  SECTION("credit") {
    p.creditCycles = 10001;
    expected = "creditCycles is 10001, it must be 1 to 10000";
  }
  SECTION("depth") {
    p.bufferDepth = 0;
    expected = "bufferDepth is 0, it must be 1 to 4096";
  }
  SECTION("ejection") {
    p.ejectCycles = 0;
    expected = "ejectCycles is 0, it must be 1 to 10000";
  }
  SECTION("half a die") {
    p.dieColumns = 18;
    expected = "dieColumns and dieRows must both be given or both be 0";
  }
  SECTION("dies that do not fit") {
    p.dieColumns = 18;
    p.dieRows = 21;
    expected = "dieRows is 21, it must divide the 100 rows of the grid";
  }
  SECTION("nobody there") {
    p.topology = Topology(1, 1);
    p.topology.setEnabled(0, false);
    expected = "no node of the mesh is enabled, at least one must be";
  }
  REQUIRE(p.check() == expected);
}
