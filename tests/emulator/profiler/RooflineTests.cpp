// The roofline of functions with a closed form.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "Handmade.h"
#include "Invented.h"

#include "tatami/profiler/Roofline.h"

#include <nlohmann/json.hpp>

#include <cmath>

using namespace tatami;
using namespace tatami::prof;
using Catch::Matchers::Contains;
using isa::Opcode;
using Scope = Roofline::Scope;

TEST_CASE("ceilings come from the machine and the ISA") {
  Invented run;
  run.add(Opcode::VFMADD, 10);
  const Analysis analysis(run.profile, run.symbols);
  const Roofline node(analysis, run.config, Scope::Node);
  CHECK(node.peaks[size_t(Format::Bf16)] == 1.024e12); // published
  CHECK(node.peaks[size_t(Format::CFloat8)] == 1.024e12);
  CHECK(node.peaks[size_t(Format::Fp32)] == 64e9); // published
  CHECK(node.bandwidths[size_t(Path::Sram)] == 256e9);
  CHECK(node.bandwidths[size_t(Path::MeshPort)] == 128e9);
  CHECK(node.bandwidths[size_t(Path::DieEdge)] == 0);
  const Roofline machine(analysis, run.config, Scope::Machine);
  CHECK(machine.peaks[size_t(Format::Bf16)] == 2.048e12);
  CHECK(machine.bandwidths[size_t(Path::MeshLink)] == 2 * 128e9);
  CHECK(machine.bandwidths[size_t(Path::DieEdge)] == 0); // one die

  // The tile: 25 dies of 18 x 20, 40 edges between them, each with its limit.
  REQUIRE(findMachineConfig("tile", run.config = {}) == "");
  const Roofline tile(analysis, run.config, Scope::Machine);
  const double limit = double(run.config.mesh.dieEdgeBytesPerCycle) * 2e9;
  REQUIRE(limit > 0);
  CHECK(tile.bandwidths[size_t(Path::DieEdge)] ==
        Approx(2 * (20 * std::min(limit, 20 * 128e9) +
                    20 * std::min(limit, 18 * 128e9))));
  CHECK(tile.bandwidths[size_t(Path::MeshLink)] ==
        Approx(2 * 25 * (17 * 20 + 18 * 19) * 128e9));
}

TEST_CASE("points under the roof") {
  Invented run;
  run.add(Opcode::MMA_BF16, 100);            // at the peak
  run.add(Opcode::VFMADD, 100, 100);         // at half of it
  PcCounts &remote = run.add(Opcode::RVST, 10, 0, 1);
  remote.packets = 10;
  remote.hops = 10;
  const Analysis analysis(run.profile, run.symbols);
  const Roofline node(analysis, run.config, Scope::Node);
  REQUIRE(node.functions.size() == 2); // the store does not calculate
  const RooflinePoint &matrix = node.functions[0], &simd = node.functions[1];
  CHECK(matrix.flops == 51200);
  CHECK(matrix.format() == Format::Bf16);
  CHECK(matrix.rate == Approx(1.024e12));
  CHECK(matrix.attainable == Approx(1.024e12));
  CHECK(matrix.bound == numPaths);
  CHECK(std::isinf(matrix.intensity(Path::Sram)));
  CHECK(simd.format() == Format::Fp32);
  CHECK(simd.rate == Approx(32e9));
  CHECK(simd.attainable == Approx(64e9));

  // The run: the formats one after the other are one roof.
  CHECK(node.run.flops == 51200 + 3200);
  CHECK(node.run.bytes[size_t(Path::MeshPort)] == 640);
  CHECK(node.run.rate == Approx(54400 / (2 * 1000 / 2e9)));
  CHECK(node.run.attainable == Approx(54400 / (51200 / 1.024e12 + 3200 / 64e9)));
  const Roofline machine(analysis, run.config, Scope::Machine);
  CHECK(machine.run.rate == Approx(2 * node.run.rate));
  CHECK(machine.run.attainable == Approx(2 * node.run.attainable));

  CHECK_THAT(rooflineText(node), Contains("BF16 peak") && Contains("the run"));
  const nlohmann::ordered_json json = rooflineJson(machine);
  CHECK(json["scope"] == "machine");
  CHECK(json["functions"].size() == 2);
  CHECK(json["functions"][0]["bound"] == "peak");
  CHECK(json["run"]["bytes"]["mesh_link"] == 640);
}

TEST_CASE("several threads make a range") {
  Invented run;
  run.add(Opcode::MMA_BF16, 100);     // at the peak
  run.add(Opcode::VFMADD, 100, 100);  // at half of it
  run.add(Opcode::VFADD, 100, 900);   // at a twentieth
  Analysis alone(run.profile, run.symbols);
  const Roofline one(alone, run.config, Scope::Node);
  CHECK(one.threads == 1);
  for (const RooflinePoint &point : one.functions)
    CHECK(point.mostRate == point.rate);
  CHECK_THAT(rooflineText(one), !Contains("at most"));

  // Three threads of the other node ran as well.
  for (size_t i : {0, 2, 3})
    run.profile.nodes[1].threads[i].instructions = 5;
  const Analysis analysis(run.profile, run.symbols);
  for (Scope scope : {Scope::Node, Scope::Machine}) {
    const double nodes = scope == Scope::Node ? 1 : 2;
    const Roofline many(analysis, run.config, scope);
    CHECK(many.threads == 3);
    REQUIRE(many.functions.size() == 3);
    const RooflinePoint &matrix = many.functions[0], &twice = many.functions[1],
                        &sum = many.functions[2];
    CHECK(matrix.mostRate == Approx(nodes * 1.024e12));
    CHECK(twice.rate == Approx(nodes * 32e9));
    CHECK(twice.mostRate == Approx(nodes * 64e9)); // not three times as much
    CHECK(sum.mostRate == Approx(3 * sum.rate));
    CHECK(many.run.mostRate == many.run.rate);
    CHECK_THAT(rooflineText(many), Contains("at most") && Contains("50-100 %"));
    CHECK(rooflineJson(many)["functions"][2]["most_flops_per_second"] ==
          Approx(sum.mostRate));
  }
}

TEST_CASE("inlined code is under the roof of what it has become part of") {
  Handmade run;
  std::string error;
  const Symbols symbols(TATAMI_INLINED, error);
  REQUIRE(error == "");
  // As if outer() calculated, and what is inlined into it did too, in the same
  // cycles: no cycle belongs to an instruction of it.
  const std::string outer = "_Z5outeri";
  const uint64_t count = run.fill(outer, Cause::OperandLoad, 0);
  const Image::Symbol &place = run.symbol(outer);
  std::string name;
  uint64_t inlined = 0;
  for (uint64_t pc = place.address; pc < place.address + place.size; pc += 4) {
    run.profile.text[(pc - run.profile.textBase) / 4] = wordOf(Opcode::VFADD);
    if (symbols.at(pc).size() == 1) {
      name = symbols.at(pc).front().function;
    } else {
      run.at(pc).issued = 0;
      ++inlined;
    }
  }
  REQUIRE(inlined > 0);
  REQUIRE(inlined < count);
  MachineConfig config;
  REQUIRE(findMachineConfig("node", config) == "");
  const Analysis analysis(run.profile, symbols);
  const Roofline node(analysis, config, Scope::Node);
  REQUIRE(node.functions.size() == 1);
  CHECK(node.functions[0].name == name);
  CHECK(node.functions[0].flops == 16 * count);
  CHECK(node.functions[0].seconds == Approx(double(count - inlined) / 2e9));
}

TEST_CASE("a path can be the roof") {
  // One function: a loop that loads 64 bytes for 16 operations.
  Invented run;
  run.profile.text = {wordOf(Opcode::VLD), wordOf(Opcode::VFADD)};
  run.profile.textBase = 0;
  PcCounts counts;
  counts.executed = counts.issued = 100;
  run.profile.code = {{counts, 0}, {counts, 1}};
  const Analysis analysis(run.profile, run.symbols);
  const Roofline node(analysis, run.config, Scope::Node);
  // Of no image, so that the two instructions are two functions; the run has
  // both: a quarter of an operation a byte, of 256 GB a second.
  CHECK(node.run.intensity(Path::Sram) == Approx(0.25));
  CHECK(node.run.attainable == Approx(64e9));

  // A slower SRAM would be the roof. So is a mesh that carries twice as much.
  run.profile.code[0].packets = 200;
  const Analysis sending(run.profile, run.symbols);
  const Roofline mesh(sending, run.config, Scope::Node);
  CHECK(mesh.run.intensity(Path::MeshPort) == Approx(0.125));
  CHECK(mesh.run.attainable == Approx(16e9));
  CHECK(mesh.run.bound == size_t(Path::MeshPort));
}
