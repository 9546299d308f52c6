// Writes the page of a synthetic profile, for the tests in a browser.
// usage: make-test-page IMAGE MACHINE OUT.html
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "Page.h"
#include "SyntheticProfile.h"

#include <cstdio>
#include <fstream>

using namespace tatami;
using namespace tatami::prof;

int main(int argc, char **argv) {
  if (argc != 4) {
    std::fprintf(stderr, "usage: make-test-page IMAGE MACHINE OUT.html\n");
    return 2;
  }
  MachineConfig config;
  std::string error = findMachineConfig(argv[2], config);
  Symbols symbols(argv[1], error);
  if (!error.empty()) {
    std::fprintf(stderr, "make-test-page: %s\n", error.c_str());
    return 1;
  }
  Profile profile = syntheticProfile(argv[1], config);
  Analysis analysis(profile, symbols);
  // A name that no compiler gives, but an assembler takes.
  analysis.functions[1].name = hostileText;
  EnergyReport energy(analysis, config);
  Roofline node(analysis, config, Roofline::Scope::Node),
      machine(analysis, config, Roofline::Scope::Machine);
  PageInput input(analysis, config);
  input.energy = &energy;
  input.nodeRoofline = &node;
  input.machineRoofline = &machine;
  input.profilePath = "synthetic";
  input.boundBy = "operand wait on loads at " + hostileText;
  input.warnings = {"This run is made up: " + hostileText};
  std::ofstream(argv[3]) << renderPage(input);
}
