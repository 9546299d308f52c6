// Energy: of instructions, and its sums.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "Invented.h"

#include "tatami/profiler/Energy.h"

#include <nlohmann/json.hpp>

using namespace tatami;
using namespace tatami::prof;
using Catch::Matchers::Contains;
using isa::Opcode;

namespace {

/// A table with other numbers than the real one, whose sums are easily told
/// apart.
EnergyTable powers() {
  EnergyTable table;
  double value = 1;
  for (double &number : table.values)
    number = value *= 2;
  return table;
}

/// Some of everything, on a machine of two dies with one node each.
struct Busy : Invented {
  Busy() {
    REQUIRE(readMachineConfig(R"({"schema": 1, "columns": 2, "rows": 1,
        "die_columns": 1, "die_rows": 1})",
                              config = {}) == "");
    // A node is a die, so that its static power counts.
    config.energy[Energy::DieLimit] = config.energy[Energy::NodeLimit];
    for (Opcode opcode :
         {Opcode::ADD, Opcode::MUL, Opcode::DIV, Opcode::JAL, Opcode::LW,
          Opcode::VADD_W, Opcode::VFMADD, Opcode::VFDIV, Opcode::VCVT_S_BF,
          Opcode::VPERM_B, Opcode::VRCP, Opcode::MMA_BF16, Opcode::MMA_F16,
          Opcode::MMA_C143, Opcode::MMA_S8, Opcode::VLD})
      add(opcode, 10, 3);
    PcCounts &store = add(Opcode::RVST, 4, 100, 1);
    store.packets = 4;
    store.hops = store.crossings = 4;
    PcCounts &push = add(Opcode::PUSH, 2, 7, 1);
    push.packets = 6;
    push.hops = 6;
    profile.nodes[0].packetsReceived = 12;
    profile.nodes[1].packetsSent = 10;
    profile.nodes[1].packetsReceived = 2;
    profile.nodes[0].lists.descriptors = 3;
    // The hops of PUSH stayed in the die, in this story.
    profile.linkPackets[1] = 5; // east of node 0, to the other die
    profile.linkPackets[4] = 9; // north of node 1, out of the grid
    profile.mesh.toDevices = 9;
    profile.mesh.fromDevices = 7;
  }
};

void checkEqual(const EnergyParts &a, const EnergyParts &b) {
  for (size_t i = 0; i < numEnergyParts; ++i) {
    INFO(energyPartName(EnergyPart(i)));
    CHECK(a.of[i] == Approx(b.of[i]).margin(1e-24));
  }
}

} // namespace

TEST_CASE("energy of an instruction") {
  const EnergyTable table = powers();
  auto of = [&](Opcode opcode) {
    // Operands 1, so that none is x0.
    isa::DecodedInst inst = *isa::decode(wordOf(opcode));
    for (const isa::OperandInfo &operand : isa::info(opcode).operandList())
      if (operand.isRegister())
        isa::setOperandValue(inst, operand, 1);
    return energyOf(*isa::encode(inst), table);
  };
  auto registers = [&](double bytes) {
    return bytes * table[Energy::RegisterByte];
  };

  EnergyParts sum = of(Opcode::ADD);
  CHECK(sum[EnergyPart::FrontEnd] == table[Energy::Instruction]);
  CHECK(sum[EnergyPart::Scalar] == table[Energy::ScalarAlu]);
  CHECK(sum[EnergyPart::Registers] == registers(3 * 8));
  CHECK(sum.total() == table[Energy::Instruction] + table[Energy::ScalarAlu] +
                           registers(24));
  CHECK(energyOf(wordOf(Opcode::ADD), table)[EnergyPart::Registers] == 0);

  EnergyParts product = of(Opcode::MMA_BF16);
  CHECK(product[EnergyPart::Matrix] == 256 * table[Energy::MacBf16]);
  // Two vectors in, sums in and out.
  CHECK(product[EnergyPart::Registers] == registers(2 * 64 + 2 * 256));
  CHECK(of(Opcode::MMA_F16)[EnergyPart::Matrix] == 256 * table[Energy::MacFp16]);
  CHECK(of(Opcode::MMA_C152)[EnergyPart::Matrix] ==
        512 * table[Energy::MacCFloat8]);
  CHECK(of(Opcode::MMA_U8S8)[EnergyPart::Matrix] ==
        512 * table[Energy::MacInt8]);
  CHECK(of(Opcode::ACCGET)[EnergyPart::Registers] == registers(64 + 64));
  CHECK(of(Opcode::ACCGET)[EnergyPart::Matrix] == 0);

  CHECK(of(Opcode::VFMADD)[EnergyPart::Simd] == table[Energy::SimdFloat]);
  CHECK(of(Opcode::FMADD)[EnergyPart::Simd] == table[Energy::SimdFloat] / 16);
  CHECK(of(Opcode::FMADD)[EnergyPart::Registers] == registers(4 * 4));

  auto sram = [&](Opcode opcode) { return of(opcode)[EnergyPart::Sram]; };
  CHECK(sram(Opcode::LB) == table[Energy::SramWord]);
  CHECK(sram(Opcode::SD) == table[Energy::SramWord]);
  CHECK(sram(Opcode::AMOADDD) == 2 * table[Energy::SramWord]);
  CHECK(sram(Opcode::VLD) == table[Energy::SramVector]);
  CHECK(sram(Opcode::VLDU_B) == 2 * table[Energy::SramVector]);
  CHECK(sram(Opcode::VGATHER_W) == 16 * table[Energy::SramWord]);
  CHECK(sram(Opcode::ACCLD) == 4 * table[Energy::SramVector]);
  CHECK(sram(Opcode::PUSH) == 0);
}

TEST_CASE("every instruction takes energy") {
  const EnergyTable table;
  for (size_t i = 0; i < isa::numOpcodes; ++i) {
    INFO(isa::instInfos[i].name);
    const EnergyParts parts = energyOf(isa::instInfos[i].fixedValue, table);
    CHECK(parts[EnergyPart::FrontEnd] >= table[Energy::Instruction]);
    for (double part : parts.of)
      CHECK(part >= 0);
  }
  CHECK(energyOf(0, table).total() == 0); // no instruction
}

TEST_CASE("functions, mesh and idle are all energy") {
  Busy run;
  const EnergyReport report(Analysis(run.profile, run.symbols), run.config);
  CHECK(report.functions.size() == run.profile.code.size());
  EnergyParts sum;
  for (const FunctionEnergy &function : report.functions)
    sum += function.joules;
  sum += report.mesh;
  sum += report.idle;
  checkEqual(sum, report.total);

  const EnergyTable &table = run.config.energy;
  CHECK(report.seconds == Approx(1000 / 2e9));
  CHECK(report.total[EnergyPart::Static] ==
        Approx(report.seconds * (2 * table[Energy::NodeStatic] +
                                 2 * table[Energy::DieStatic])));
  CHECK(report.hasWholeDies);
  CHECK(report.total[EnergyPart::Links] + report.total[EnergyPart::Crossings] ==
        Approx((14 + 7) * table[Energy::Crossing] * 1e-12));
  CHECK(report.total[EnergyPart::Hbm] ==
        Approx((9 + 7) * table[Energy::Hbm] * 1e-12));
  // A thread that waits costs static power.
  const double perCycle = 2 * table[Energy::NodeStatic] * report.seconds / 8000;
  auto store = std::find_if(
      report.functions.begin(), report.functions.end(),
      [&](auto &f) { return f.joules[EnergyPart::Crossings] > 0; });
  REQUIRE(store != report.functions.end());
  CHECK(store->joules[EnergyPart::Static] == Approx(104 * perCycle));
  CHECK(store->joules[EnergyPart::Crossings] ==
        Approx(4 * table[Energy::Crossing] * 1e-12));
  CHECK(report.mesh[EnergyPart::Sram] ==
        Approx((3 * table[Energy::SramVector] + 24 * table[Energy::SramMesh]) *
               1e-12));

  double nodes = report.dieStatic;
  for (double joules : report.nodeJoules)
    nodes += joules;
  CHECK(nodes == Approx(report.total.total()));
  CHECK(report.nodeJoules[0] > report.nodeJoules[1]);
}

TEST_CASE("regions, the outside and the mesh are all energy") {
  Busy run;
  const Analysis analysis(run.profile, run.symbols);
  // Without regions all is outside.
  const EnergyReport none(analysis, run.config);
  CHECK(none.regions.empty());
  checkEqual(none.outside.joules, none.total);
  CHECK_THAT(energyText(none), !Contains("region"));

  // One node was in "small" for 100 cycles, both in "large" for 300 in sum: the
  // matrix products, and half of the stores to the other die.
  std::vector<RegionWork> &work = run.profile.regionWork;
  work = {{"", 2, 1000, 20, 1, {}}, {"large", 2, 300, 4, 2, {}},
          {"small", 1, 100, 0, 0, {}}};
  const size_t last = run.profile.code.size() - 1;
  for (size_t i = 0; i <= last; ++i) {
    const CodeCounts &all = run.profile.code[i];
    const bool isMatrix = i >= 11 && i <= 14, isStore = i + 1 == last;
    const uint64_t inside = isMatrix ? all.executed : isStore ? 2 : 0;
    if (inside)
      work[1].code.push_back({i, inside, isStore ? 2u : 0, isStore ? 2u : 0});
    if (inside < all.executed)
      work[0].code.push_back({i, all.executed - inside,
                              all.hops - (isStore ? 2 : 0),
                              all.crossings - (isStore ? 2 : 0)});
  }
  run.profile.regionsOverlap = true;
  const EnergyReport report(Analysis(run.profile, run.symbols), run.config);
  REQUIRE(report.regions.size() == 2);
  EnergyParts sum = report.outside.joules;
  uint64_t flops = report.outside.flops;
  for (const RegionEnergy &region : report.regions) {
    sum += region.joules;
    flops += region.flops;
  }
  sum += report.regionlessMesh;
  checkEqual(sum, report.total);
  CHECK(flops == report.flops);

  const EnergyTable &table = run.config.energy;
  const RegionEnergy &large = report.regions[0], &small = report.regions[1];
  REQUIRE(large.name == "large");
  CHECK(large.joules[EnergyPart::Matrix] == report.total[EnergyPart::Matrix]);
  CHECK(large.joules[EnergyPart::Crossings] ==
        Approx(2 * table[Energy::Crossing] * 1e-12));
  CHECK(large.joules[EnergyPart::Sram] ==
        Approx((4 * table[Energy::SramMesh] + 2 * table[Energy::SramVector]) *
               1e-12));
  CHECK(large.seconds == Approx(150 / 2e9));
  // Of 2,000 cycles of nodes, static power of both and of their dies.
  const double perCycle = report.total[EnergyPart::Static] / 2000;
  CHECK(large.joules[EnergyPart::Static] == Approx(300 * perCycle));
  CHECK(large.watts() == Approx(large.joules.total() / (150 / 2e9)));
  CHECK(large.flopsPerWatt() ==
        Approx(double(large.flops) / large.joules.total()));
  // Nothing was done in it: its power is the static one of its node.
  CHECK(small.watts() ==
        Approx(table[Energy::NodeStatic] + table[Energy::DieStatic]));
  CHECK(small.flops == 0);
  // The rest of both nodes' 1,000 cycles, though they were seen for 1,000 only.
  CHECK(report.outside.joules[EnergyPart::Static] == Approx(1600 * perCycle));
  CHECK(report.outside.seconds == Approx(800 / 2e9));
  // Links from and to devices and memory are of no region.
  CHECK(report.regionlessMesh[EnergyPart::Hbm] ==
        report.total[EnergyPart::Hbm]);
  CHECK(report.regionlessMesh[EnergyPart::Sram] == 0);

  const nlohmann::ordered_json json = energyJson(report);
  CHECK(json["regions"][0]["region"] == "large");
  CHECK(json["regions"][0]["watts"] == Approx(large.watts()));
  CHECK(json["outside"]["joules"] == Approx(report.outside.joules.total()));
  CHECK(json["regions_overlap"] == true);
  CHECK_THAT(energyText(report), Contains("large") &&
                                     Contains("(outside of all regions)") &&
                                     Contains("the one opened last"));
  CHECK_THAT(energyText(report, 1), Contains("  (1 more)"));
}

TEST_CASE("watts over time add up to the energy") {
  Busy run;
  TimeSeries &series = run.profile.series;
  series.interval = 300;
  series.count = 4; // the last one is 100 cycles long
  series.nodes = {{{5}, {}, {7, 0, 0, 9}, {1}}, {{}, {2}, {}, {}}};
  series.links.assign(2, TimeSeries::Rows(4));
  series.links[0][2][1] = 14;
  const EnergyReport report(Analysis(run.profile, run.symbols), run.config);
  REQUIRE(report.wattsOverTime.size() == 4);
  EnergyParts sum;
  for (size_t i = 0; i < 4; ++i)
    sum += report.wattsOverTime[i] * ((i < 3 ? 300 : 100) / 2e9);
  checkEqual(sum, report.total);
  CHECK(report.wattsOverTime[0][EnergyPart::Matrix] == 0);
  CHECK(report.wattsOverTime[2][EnergyPart::Matrix] > 0);
  CHECK(report.wattsOverTime[0][EnergyPart::Static] ==
        Approx(report.wattsOverTime[3][EnergyPart::Static]));

  // What no series tells when goes evenly over time.
  series.nodes[0][2][TimeSeries::Macs] = 0;
  const EnergyReport even(Analysis(run.profile, run.symbols), run.config);
  CHECK(even.wattsOverTime[0][EnergyPart::Matrix] ==
        Approx(even.wattsOverTime[3][EnergyPart::Matrix]));
}

TEST_CASE("a number that doubles moves its part alone") {
  Busy run;
  const Analysis analysis(run.profile, run.symbols);
  const EnergyReport before(analysis, run.config);
  auto partOf = [](Energy energy) {
    switch (energy) {
    case Energy::Instruction:
    case Energy::Branch:
      return EnergyPart::FrontEnd;
    case Energy::RegisterByte:
      return EnergyPart::Registers;
    case Energy::Hop:
      return EnergyPart::Links;
    case Energy::Crossing:
      return EnergyPart::Crossings;
    case Energy::Hbm:
      return EnergyPart::Hbm;
    case Energy::NodeStatic:
    case Energy::DieStatic:
      return EnergyPart::Static;
    default:
      return energy < Energy::SimdInteger ? EnergyPart::Scalar
             : energy < Energy::MacBf16   ? EnergyPart::Simd
             : energy < Energy::SramWord  ? EnergyPart::Matrix
                                          : EnergyPart::Sram;
    }
  };
  // Doubling all numbers of a part, one after the other, doubles the part.
  EnergyParts gained;
  for (size_t i = 0; i < size_t(Energy::NodeLimit); ++i) {
    INFO(energyInfos[i].key);
    MachineConfig changed = run.config;
    changed.energy.values[i] *= 2;
    const EnergyReport after(analysis, changed);
    for (size_t part = 0; part < numEnergyParts; ++part) {
      const double gain = after.total.of[part] - before.total.of[part];
      if (EnergyPart(part) == partOf(Energy(i)))
        gained.of[part] += gain;
      else
        CHECK(gain == Approx(0).margin(1e-20));
    }
  }
  checkEqual(gained, before.total);

  const std::vector<Sensitivity> list = energySensitivity(analysis, run.config);
  REQUIRE(list.size() > 10);
  double sum = 0;
  for (size_t i = 0; i < list.size(); ++i) {
    sum += list[i].watts - before.watts();
    CHECK((i == 0 || list[i].watts <= list[i - 1].watts));
  }
  CHECK(sum == Approx(before.watts()));
  CHECK_THAT(sensitivityText(list, before.watts()),
             Contains(info(list[0].energy).key));
}

TEST_CASE("published watts are compared with") {
  Invented run;
  run.add(Opcode::MMA_BF16, 900);
  auto report = [&] {
    return EnergyReport(Analysis(run.profile, run.symbols), run.config);
  };
  EnergyReport small = report();
  REQUIRE(small.checks.size() == 1); // two nodes are no die
  CHECK(small.checks[0].what == "a node");
  CHECK(small.checks[0].watts == Approx(small.watts() / 2));
  CHECK(small.checks[0].published == 1.13);
  CHECK_THAT(energyText(small), Contains("of the published 1.13 W"));

  run.config.energy[Energy::DieLimit] = 2.26; // now they are
  EnergyReport whole = report();
  REQUIRE(whole.checks.size() == 2);
  CHECK(whole.checks[1].what == "a die");
  CHECK(whole.checks[1].watts == Approx(whole.watts()));

  run.config.energy[Energy::NodeLimit] = 0; // no such figure
  CHECK(report().checks.empty());
}

TEST_CASE("nodes that fill no die are charged for no die") {
  Invented run;
  run.add(Opcode::MMA_BF16, 900);
  const Analysis analysis(run.profile, run.symbols);
  const EnergyTable &table = run.config.energy;
  REQUIRE(table[Energy::DieStatic] == 10);
  const EnergyReport few(analysis, run.config);
  CHECK_FALSE(few.hasWholeDies);
  CHECK(few.dieStatic == 0);
  CHECK(few.total[EnergyPart::Static] ==
        Approx(2 * table[Energy::NodeStatic] * few.seconds));
  CHECK_THAT(energyText(few), !Contains("dies beside"));
  CHECK(energyLine(few) ==
        "energy 525.7 nJ, 1.051 W mean (47 % of the published 1.13 W a node)");

  // As many as a die has.
  run.config.energy[Energy::DieLimit] = 2 * table[Energy::NodeLimit];
  const EnergyReport whole(analysis, run.config);
  CHECK(whole.hasWholeDies);
  CHECK(whole.dieStatic == Approx(10 * whole.seconds));
  CHECK(whole.total.total() ==
        Approx(few.total.total() + 10 * whole.seconds));
  CHECK_THAT(energyText(whole), Contains("dies beside"));
  CHECK_THAT(energyLine(whole), Contains("of the published 2.26 W a die)"));
}

TEST_CASE("energy as JSON and in words") {
  Busy run;
  const EnergyReport report(Analysis(run.profile, run.symbols), run.config);
  const nlohmann::ordered_json json = energyJson(report);
  CHECK(json["joules"] == Approx(report.total.total()));
  CHECK(json["parts"].size() == numEnergyParts);
  double parts = 0;
  for (auto &[name, joules] : json["parts"].items())
    parts += joules.get<double>();
  CHECK(parts == Approx(report.total.total()));
  CHECK(json["functions"].size() == report.functions.size());
  CHECK(json["node_joules"].size() == 2);
  const std::string text = energyText(report, 3);
  CHECK_THAT(text, Contains("matrix unit") && Contains("15 more functions") &&
                       Contains("per watt"));
}

TEST_CASE("a run of no time") {
  Invented run;
  run.profile = {};
  const EnergyReport report(Analysis(run.profile, run.symbols), run.config);
  CHECK(report.total.total() == 0);
  CHECK(report.watts() == 0);
  CHECK(report.checks.empty());
  CHECK_THAT(energyText(report), Contains("0 J"));
}
