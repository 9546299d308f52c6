// Machine files: the ones that come with Tatami, and wrong ones.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "tatami/machine/MachineConfig.h"

#include <catch2/catch.hpp>

using namespace tatami;
using Catch::Matchers::Contains;

static std::string errorOf(const char *text) {
  MachineConfig config;
  return readMachineConfig(text, config);
}

TEST_CASE("the machines that come with Tatami") {
  MachineConfig node, mesh, die;
  REQUIRE(findMachineConfig("node", node) == "");
  CHECK(node.mesh.topology.size() == 1);
  CHECK(node.sramBytes == isa::sramBytes);
  REQUIRE(findMachineConfig("mesh-4x4", mesh) == "");
  CHECK(mesh.mesh.topology.enabledCount() == 16);
  REQUIRE(findMachineConfig("die", die) == "");
  CHECK(die.mesh.topology.enabledCount() == 354);
  CHECK_FALSE(die.mesh.topology.enabled(17));
  MachineConfig none;
  CHECK_THAT(findMachineConfig("moon", none), Contains("'moon'"));
  CHECK_THAT(findMachineConfig("/no/such.json", none),
             Contains("/no/such.json"));
}

TEST_CASE("every key is known and every value possible") {
  CHECK(errorOf(R"({"schema": 1, "columns": 2, "rows": 3})") == "");
  CHECK_THAT(errorOf("hello"), Contains("no JSON"));
  CHECK_THAT(errorOf("[]"), Contains("no JSON object"));
  CHECK_THAT(errorOf(R"({"schema": 1, "columns": 2})"), Contains("'rows'"));
  CHECK_THAT(errorOf(R"({"schema": 1, "columns": 2, "rows": 1, "hopp": 1})"),
             Contains("'hopp'"));
  CHECK_THAT(errorOf(R"({"schema": 2, "columns": 2, "rows": 1})"),
             Contains("'schema'"));
  CHECK_THAT(errorOf(R"({"schema": 1, "columns": 0, "rows": 1})"),
             Contains("'columns'"));
  CHECK_THAT(errorOf(R"({"schema": 1, "columns": -1, "rows": 1})"),
             Contains("'columns'"));
  CHECK_THAT(errorOf(R"({"schema": 1, "columns": "2", "rows": 1})"),
             Contains("'columns'"));
  CHECK_THAT(errorOf(R"({"schema": 1, "columns": 65535, "rows": 65535})"),
             Contains("'columns'"));
  CHECK_THAT(
      errorOf(R"({"schema": 1, "columns": {"value": 2, "origin": 1}, "rows": 1})"),
      Contains("'columns.origin'"));
  CHECK_THAT(
      errorOf(R"({"schema": 1, "columns": {"value": 2, "provenance": "guess"}, "rows": 1})"),
      Contains("'columns.provenance'"));
  CHECK_THAT(
      errorOf(R"({"schema": 1, "columns": 2, "rows": 1, "disabled_nodes": [[2, 0]]})"),
      Contains("'disabled_nodes'"));
  CHECK_THAT(
      errorOf(R"({"schema": 1, "columns": 1, "rows": 1, "disabled_nodes": [[0, 0]]})"),
      Contains("enabled"));
}
