// Machine files: the ones that come with Tatami, and wrong ones.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "tatami/machine/MachineConfig.h"

#include <catch2/catch.hpp>

using namespace tatami;
using Catch::Matchers::Contains;
using Catch::Matchers::EndsWith;

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
  MachineConfig tile;
  REQUIRE(findMachineConfig("tile", tile) == "");
  CHECK(tile.mesh.topology.enabledCount() == 8850);
  CHECK(tile.mesh.partCount() == 25);
  CHECK_FALSE(tile.mesh.topology.enabled(tile.mesh.topology.node(89, 85)));
  CHECK(tile.mesh.edgePorts.size() == 10);
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

TEST_CASE("energies have defaults, and files replace them") {
  MachineConfig config;
  REQUIRE(readMachineConfig(R"({"schema": 1, "columns": 2, "rows": 3,
      "energy_hop_pj": {"value": 1.5, "provenance": "chosen"},
      "energy_hbm_pj": 0})",
                            config) == "");
  CHECK(config.energy[Energy::Hop] == 1.5);
  CHECK(config.energy[Energy::Hbm] == 0);
  CHECK(config.energy[Energy::Instruction] ==
        info(Energy::Instruction).value);
  for (const EnergyInfo &energy : energyInfos) {
    INFO(energy.key);
    CHECK(energy.value > 0);
    CHECK_THAT(energy.key, EndsWith(&energy < &energyInfos[size_t(
                                                  Energy::NodeStatic)]
                                        ? "_pj"
                                        : "_w"));
    for (const char *value : {"-1", "\"2\"", "1000001", "[1]", "null"}) {
      std::string text = R"({"schema": 1, "columns": 2, "rows": 3, ")";
      text.append(energy.key).append("\": ").append(value).append("}");
      CHECK_THAT(errorOf(text.c_str()),
                 Contains(energy.key) && Contains("from 0 to 1000000"));
    }
  }
  CHECK_THAT(errorOf(R"({"schema": 1, "columns": 2, "rows": 1, "energy": 1})"),
             Contains("'energy'") && Contains("energy_hop_pj"));
}

TEST_CASE("interface processors lie at the rim") {
  auto with = [](const char *list) {
    return errorOf((std::string(R"({"schema": 1, "columns": 4, "rows": 3, )") +
                    R"("interface_processors": )" + list + "}")
                       .c_str());
  };
  CHECK(with(R"([{"side": "east", "first": 0, "last": 2}])") == "");
  CHECK(with(R"([{"side": "north", "first": 3, "last": 3}])") == "");
  CHECK_THAT(with(R"([{"side": "east", "first": 0, "last": 3}])"),
             Contains("'interface_processors'") && Contains("0 to 2"));
  CHECK_THAT(with(R"([{"side": "east", "first": 2, "last": 1}])"),
             Contains("'interface_processors'"));
  CHECK_THAT(with(R"([{"side": "up", "first": 0, "last": 1}])"),
             Contains("\"north\""));
  CHECK_THAT(with(R"([{"side": "east", "first": 0}])"), Contains("\"last\""));
  CHECK_THAT(with("3"), Contains("is not a list"));
}

TEST_CASE("what every die lacks") {
  MachineConfig config;
  REQUIRE(readMachineConfig(R"({"schema": 1, "columns": 4, "rows": 2,
                                "die_columns": 2, "die_rows": 2,
                                "die_disabled_nodes": [[1, 0]]})",
                            config) == "");
  CHECK(config.mesh.topology.enabledCount() == 6);
  CHECK_FALSE(config.mesh.topology.enabled(1));
  CHECK_FALSE(config.mesh.topology.enabled(3));
  CHECK_THAT(errorOf(R"({"schema": 1, "columns": 4, "rows": 2,
                         "die_columns": 2, "die_rows": 2,
                         "die_disabled_nodes": [[2, 0]]})"),
             Contains("'die_disabled_nodes'") && Contains("2 x 2"));
}

TEST_CASE("what the tile's numbers come to") {
  MachineConfig tile;
  REQUIRE(findMachineConfig("tile", tile) == "");
  std::string info = machineInfo(tile);
  for (const char *figure :
       {"1.024 TFLOPS in BF16", "64 GFLOPS in FP32", "1.25 MB of SRAM",
        "362.5 TFLOPS", "9.062 PFLOPS", "11.06 GB of SRAM", "800 GB/s",
        "900 GB/s", "published"})
    CHECK_THAT(info, Contains(figure));
}

TEST_CASE("dead routers") {
  MachineConfig config;
  REQUIRE(readMachineConfig(R"({"schema": 1, "columns": 4, "rows": 4,
                                "dead_routers": [[1, 1], [2, 3]]})",
                            config) == "");
  CHECK(config.mesh.topology.enabledCount() == 14);
  CHECK(config.mesh.deadRouters.size() == 2);
  // The corner's neighbours are gone.
  CHECK_THAT(errorOf(R"({"schema": 1, "columns": 4, "rows": 4,
                         "dead_routers": [[1, 0], [0, 1]]})"),
             Contains("(0, 0)"));
  CHECK_THAT(errorOf(R"({"schema": 1, "columns": 4, "rows": 4,
                         "dead_routers": [[4, 0]]})"),
             Contains("'dead_routers'") && Contains("4 x 4"));
}

TEST_CASE("what the mesh finds wrong is said with the file's keys") {
  CHECK_THAT(errorOf(R"({"schema": 1, "columns": 4, "rows": 2,
                         "die_columns": 3, "die_rows": 2})"),
             Contains("key 'die_columns' is 3"));
}
