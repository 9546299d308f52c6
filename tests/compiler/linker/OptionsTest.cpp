//===- OptionsTest.cpp - The command line ---------------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tatami/linker/Options.h"
#include "tatami/linker/Diagnostics.h"
#include <catch2/catch.hpp>

using namespace tatami::linker;

namespace {

std::optional<Options> parse(std::vector<const char *> Args,
                             std::string &Errors) {
  llvm::raw_string_ostream OS(Errors);
  Diagnostics Diags(OS, OS);
  return parseOptions(Args, Diags);
}

Options parse(std::vector<const char *> Args) {
  std::string Errors;
  std::optional<Options> Opts = parse(std::move(Args), Errors);
  INFO(Errors);
  REQUIRE(Opts);
  return *Opts;
}

std::string errorOf(std::vector<const char *> Args) {
  std::string Errors;
  CHECK_FALSE(parse(std::move(Args), Errors));
  return Errors;
}

} // namespace

TEST_CASE("Options are spelled as in other linkers") {
  Options Opts = parse({"-o", "out", "-Lone", "-L", "two", "-lm", "-e", "go",
                        "-uneeded", "-Map", "m", "--gc-sections", "a.o"});
  CHECK(Opts.Output == "out");
  CHECK(Opts.LibraryPaths == std::vector<std::string>{"one", "two"});
  CHECK(Opts.Entry == "go");
  CHECK(Opts.RequiredSymbols == std::vector<std::string>{"needed"});
  CHECK(Opts.MapFile == "m");
  CHECK(Opts.GcSections);
  REQUIRE(Opts.Inputs.size() == 2);
  CHECK(Opts.Inputs[0].Name == "m");
  CHECK(Opts.Inputs[0].IsLibrary);
  CHECK_FALSE(Opts.Inputs[1].IsLibrary);
  CHECK_FALSE(parse({"--gc-sections", "--no-gc-sections"}).GcSections);
}

TEST_CASE("--whole-archive holds until it is taken back") {
  Options Opts = parse(
      {"a.a", "--whole-archive", "b.a", "-lc", "--no-whole-archive", "d.a"});
  REQUIRE(Opts.Inputs.size() == 4);
  CHECK_FALSE(Opts.Inputs[0].WholeArchive);
  CHECK(Opts.Inputs[1].WholeArchive);
  CHECK(Opts.Inputs[2].WholeArchive);
  CHECK_FALSE(Opts.Inputs[3].WholeArchive);
}

TEST_CASE("Options without effect here are accepted") {
  parse({"--build-id", "--build-id=sha1", "-static", "--start-group",
         "--end-group", "-m", "elf64tatami", "-z", "relro", "-O2",
         "--hash-style=gnu", "--as-needed", "--eh-frame-hdr"});
}

TEST_CASE("Sizes are numbers in any radix, with K or M") {
  CHECK(parse({"--stack-size=0x2000"}).StackSize == 0x2000);
  CHECK(parse({"--stack-size", "16K"}).StackSize == 16384);
  CHECK(parse({"--sram-size=2M"}).SramSize == 2097152);
  CHECK(errorOf({"--stack-size=big"}) ==
        "tatami-ld: error: --stack-size: expected a number, but got 'big'\n");
  CHECK(errorOf({"--thread-stack-size=100"}) ==
        "tatami-ld: error: --thread-stack-size: 100 is not a multiple of 64 "
        "below 2 GiB\n");
  CHECK(errorOf({"--sram-size=99999999999"}).find("below 2 GiB") !=
        std::string::npos);
}

TEST_CASE("What cannot work is refused with the reason") {
  CHECK(errorOf({"-T", "script.ld"}).find("linker scripts are not supported") !=
        std::string::npos);
  CHECK(errorOf({"-shared"}).find("-shared: not supported") !=
        std::string::npos);
  CHECK(errorOf({"-r"}).find("-r: not supported") != std::string::npos);
  CHECK(errorOf({"--gc-section"}) ==
        "tatami-ld: error: unknown argument '--gc-section', did you mean "
        "'--gc-sections'\n");
  CHECK(errorOf({"--quux-zap"}) ==
        "tatami-ld: error: unknown argument '--quux-zap'\n");
  CHECK(errorOf({"-o"}) == "tatami-ld: error: -o: expected a value after it\n");
}

TEST_CASE("--help lists the options of this machine") {
  std::string Text;
  llvm::raw_string_ostream OS(Text);
  printHelp(OS);
  for (const char *Option : {"--thread-stack-size", "--gc-sections", "-Map",
                             "--defsym", "-L <dir>"}) {
    INFO(Option);
    CHECK(Text.find(Option) != std::string::npos);
  }
}
