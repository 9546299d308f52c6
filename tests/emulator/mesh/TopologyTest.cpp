// Coordinates, rectangles, enabled nodes.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "tatami/mesh/Topology.h"

#include <catch2/catch.hpp>

#include <vector>

using namespace tatami::mesh;

TEST_CASE("a node's number is y * columns + x", "[topology]") {
  Topology t(5, 3);
  REQUIRE(t.size() == 15);
  REQUIRE(t.node(4, 2) == 14);
  REQUIRE(t.coord(7) == Coord{2, 1});
  for (NodeId n = 0; n < t.size(); ++n)
    REQUIRE(t.node(t.coord(n)) == n);
  REQUIRE(t.hops(t.node(0, 0), t.node(4, 2)) == 6);
  REQUIRE(t.hops(t.node(4, 0), t.node(1, 2)) == 5);
}

TEST_CASE("the die has 354 enabled nodes", "[topology]") {
  Topology die = Topology::die();
  REQUIRE(die.columns() == 18);
  REQUIRE(die.rows() == 20);
  REQUIRE(die.enabledCount() == 354);
  for (NodeId n : die.nodes(die.whole())) {
    Coord c = die.coord(n);
    REQUIRE(die.enabled(n) == !(c.x == 17 && c.y <= 5));
  }
  // The clean grid for regular algorithms.
  REQUIRE(die.enabledCount(Rect{0, 0, 16, 19}) == 340);
  REQUIRE(die.enabledCount(Rect{17, 0, 17, 5}) == 0);
}

TEST_CASE("enabling is counted once", "[topology]") {
  Topology t(2, 2);
  t.setEnabled(1, false);
  t.setEnabled(1, false);
  REQUIRE(t.enabledCount() == 3);
  t.setEnabled(1, true);
  REQUIRE(t.enabledCount() == 4);
}

TEST_CASE("a rectangle is walked row by row", "[topology]") {
  Topology t(4, 4);
  auto r = t.nodes(Rect{1, 2, 2, 3});
  REQUIRE(std::vector<NodeId>(r.begin(), r.end()) ==
          std::vector<NodeId>{9, 10, 13, 14});
  auto one = t.nodes(Rect::at({3, 3}));
  REQUIRE(std::vector<NodeId>(one.begin(), one.end()) ==
          std::vector<NodeId>{15});
  auto none = t.nodes(Rect{2, 1, 1, 1});
  REQUIRE(none.begin() == none.end());
}

TEST_CASE("a rectangle fits in a register", "[topology]") {
  Rect r{1, 2, 0x1234, 0xffff};
  REQUIRE(r.pack() == 0xffff'1234'0002'0001);
  REQUIRE(Rect::unpack(r.pack()) == r);
  REQUIRE(Rect{3, 1, 4, 1}.size() == 2);
}

TEST_CASE("a rectangle may lie outside or be empty", "[topology]") {
  Topology t(4, 3);
  REQUIRE(t.contains(Rect{0, 0, 3, 2}));
  REQUIRE_FALSE(t.contains(Rect{0, 0, 4, 2}));
  REQUIRE_FALSE(t.contains(Rect{0, 0, 3, 3}));
  REQUIRE_FALSE(t.contains(Rect{2, 0, 1, 0}));
}
