//===- SymbolTest.cpp - Resolution, archives, commons, wrap, defsym -------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "LinkTest.h"
#include <catch2/catch.hpp>

using namespace tatami::linker::test;

namespace {

constexpr uint64_t TextAddress = 0x1000;

/// An object whose .text starts with the addresses of \p Names, then _start.
std::string callerOf(const std::vector<std::string> &Names,
                     bool AreWeak = false) {
  ObjectBuilder Object;
  unsigned Text = addStart(Object);
  for (size_t I = 0; I < Names.size(); ++I)
    Object.relocate(Text, 8 * I, Abs64,
                    AreWeak ? Object.undefinedWeak(Names[I])
                            : Object.undefined(Names[I]));
  return Object.build();
}

/// An object that defines \p Name in .data as \p Contents and refers to
/// \p Needs.
std::string definerOf(const std::string &Name, const std::string &Contents,
                      const std::string &Needs = "", bool IsWeak = false) {
  ObjectBuilder Object;
  unsigned Data = Object.section(".data", ObjectBuilder::Data,
                                 Contents + std::string(8, '\0'), 8);
  if (IsWeak)
    Object.weak(Name, Data);
  else
    Object.global(Name, Data, 0, Contents.size(), llvm::ELF::STT_OBJECT);
  if (!Needs.empty())
    Object.relocate(Data, Contents.size(), Abs64, Object.undefined(Needs));
  return Object.build();
}

char firstByte(const Linked &Result, unsigned Slot = 0) {
  return Result.load(Result.quad(TextAddress + 8 * Slot), 1);
}

} // namespace

TEST_CASE("A strong definition wins over a weak one, in either order") {
  std::map<std::string, std::string> Files = {
      {"main.o", callerOf({"value"})},
      {"strong.o", definerOf("value", "S")},
      {"weak.o", definerOf("value", "W", "", true)}};
  CHECK(firstByte(runLink(Files, {"main.o", "weak.o", "strong.o"})) == 'S');
  CHECK(firstByte(runLink(Files, {"main.o", "strong.o", "weak.o"})) == 'S');
  CHECK(firstByte(runLink(Files, {"main.o", "weak.o"})) == 'W');
}

TEST_CASE("The first of two weak definitions stays") {
  Linked Result = runLink({{"main.o", callerOf({"value"})},
                           {"a.o", definerOf("value", "A", "", true)},
                           {"b.o", definerOf("value", "B", "", true)}},
                          {"main.o", "a.o", "b.o"});
  CHECK(firstByte(Result) == 'A');
}

TEST_CASE("Two strong definitions are an error that names both objects") {
  std::map<std::string, std::string> Files = {{"main.o", callerOf({"value"})},
                                              {"a.o", definerOf("value", "A")},
                                              {"b.o", definerOf("value", "B")}};
  Linked Result = runLink(Files, {"main.o", "a.o", "b.o"});
  CHECK_FALSE(Result.Ok);
  CHECK(Result.says("tatami-ld: error: duplicate symbol: value\n"
                    ">>> defined at a.o:(.data+0x0)\n"
                    ">>> defined at b.o:(.data+0x0)\n"));
  CHECK(firstByte(runLink(Files, {"main.o", "a.o", "b.o",
                                  "--allow-multiple-definition"})) == 'A');
}

TEST_CASE("An undefined symbol names who refers to it") {
  Linked Result = runLink({{"main.o", callerOf({"_Z3fooi"})}}, {"main.o"});
  CHECK_FALSE(Result.Ok);
  CHECK(Result.says("tatami-ld: error: undefined symbol: foo(int)\n"
                    ">>> referenced by main.o:(function _start: .text+0x0)\n"));
  Result =
      runLink({{"main.o", callerOf({"_Z3fooi"})}}, {"main.o", "--no-demangle"});
  CHECK(Result.says("undefined symbol: _Z3fooi\n"));
}

TEST_CASE("After three references an undefined symbol only counts them") {
  ObjectBuilder Object;
  unsigned Text = addStart(Object);
  unsigned Sym = Object.undefined("nowhere");
  for (unsigned I = 0; I < 5; ++I)
    Object.relocate(Text, 8 * I, Abs64, Sym);
  Linked Result = runLink({{"main.o", Object.build()}}, {"main.o"});
  CHECK(Result.says(".text+0x10)\n>>> referenced 2 more times\n"));
}

TEST_CASE("A misspelt symbol is met with a suggestion") {
  auto Suggests = [](const std::string &Wanted, const std::string &Defined,
                     const std::string &Hint) {
    Linked Result = runLink(
        {{"main.o", callerOf({Wanted})}, {"lib.o", definerOf(Defined, "x")}},
        {"main.o", "lib.o"});
    INFO(Result.Errors);
    CHECK(Result.says("\n>>> " + Hint + "\n>>> defined in: lib.o\n"));
  };
  Suggests("matmull", "matmul", "did you mean: matmul");
  Suggests("MatMul", "matmul", "did you mean: matmul");
  Suggests("_Z3fooi", "foo", "did you mean: extern \"C\" foo");
  Suggests("foo", "_Z3fooi",
           "did you mean to declare the C++ function: foo(int)");

  Linked Result = runLink(
      {{"main.o", callerOf({"alpha"})}, {"lib.o", definerOf("omega", "x")}},
      {"main.o", "lib.o"});
  CHECK_FALSE(Result.says("did you mean"));
}

TEST_CASE("An undefined weak symbol is 0 and asks no archive") {
  std::map<std::string, std::string> Files = {
      {"main.o", callerOf({"hook"}, /*AreWeak=*/true)},
      {"libhook.a", archiveOf({{"hook.o", definerOf("hook", "H")}})}};
  Linked Result = runLink(Files, {"main.o", "libhook.a"});
  INFO(Result.Errors);
  REQUIRE(Result.Ok);
  CHECK(Result.quad(TextAddress) == 0);
  Result = runLink(Files, {"main.o", "--whole-archive", "libhook.a"});
  CHECK(firstByte(Result) == 'H');
}

TEST_CASE("Archives supply what is missing, in any order and in circles") {
  std::string LibA = archiveOf({{"unused.o", definerOf("unused", "U", "gone")},
                                {"a.o", definerOf("a", "A", "b")},
                                {"c.o", definerOf("c", "C")}});
  std::string LibB = archiveOf({{"b.o", definerOf("b", "B", "c")}});
  std::map<std::string, std::string> Files = {
      {"main.o", callerOf({"a", "b", "c"})},
      {"liba.a", LibA},
      {"libb.a", LibB}};
  for (std::vector<std::string> Args :
       {std::vector<std::string>{"main.o", "liba.a", "libb.a"},
        {"liba.a", "libb.a", "main.o"},
        {"--start-group", "libb.a", "liba.a", "--end-group", "main.o"},
        {"main.o", "-L/", "-la", "-lb"},
        {"main.o", "-L/", "-l:liba.a", "-l:libb.a"}}) {
    Linked Result = runLink(Files, Args);
    INFO(Result.Errors);
    REQUIRE(Result.Ok);
    CHECK(firstByte(Result, 0) == 'A');
    CHECK(firstByte(Result, 1) == 'B');
    CHECK(firstByte(Result, 2) == 'C');
    CHECK_FALSE(Result.symbol("unused"));
  }
}

TEST_CASE("The first archive that has a symbol supplies it, once") {
  Linked Result =
      runLink({{"main.o", callerOf({"value"})},
               {"liba.a", archiveOf({{"x.o", definerOf("value", "X")},
                                     {"y.o", definerOf("value", "Y")}})},
               {"libb.a", archiveOf({{"z.o", definerOf("value", "Z")}})}},
              {"main.o", "liba.a", "libb.a"});
  INFO(Result.Errors);
  REQUIRE(Result.Ok);
  CHECK(firstByte(Result) == 'X');
}

TEST_CASE("An error in an archive names the member") {
  Linked Result =
      runLink({{"main.o", callerOf({"a"})},
               {"lib.a", archiveOf({{"m.o", definerOf("a", "A", "gone")}})}},
              {"main.o", "lib.a"});
  CHECK(Result.says("undefined symbol: gone\n>>> referenced by "
                    "lib.a(m.o):(.data+0x1)"));
}

TEST_CASE("-u pulls a member, and the entry may come from an archive") {
  ObjectBuilder Crt;
  addStart(Crt);
  std::map<std::string, std::string> Files = {
      {"lib.a", archiveOf({{"crt.o", Crt.build()},
                           {"extra.o", definerOf("extra", "E")}})}};
  Linked Result = runLink(Files, {"lib.a", "-u", "extra"});
  INFO(Result.Errors);
  REQUIRE(Result.Ok);
  CHECK(Result.entry() == TextAddress);
  CHECK(Result.symbol("extra"));
  CHECK_FALSE(runLink(Files, {"lib.a"}).symbol("extra"));
}

TEST_CASE("A missing entry symbol is an error, a numeric entry is taken") {
  std::map<std::string, std::string> Files = {{"a.o", definerOf("a", "A")}};
  Linked Result = runLink(Files, {"a.o"});
  CHECK_FALSE(Result.Ok);
  CHECK(Result.says("entry symbol '_start' is not defined"));
  CHECK(runLink(Files, {"a.o", "-e", "0x1040"}).entry() == 0x1040);
  CHECK(runLink(Files, {"a.o", "-e", "a"}).entry() == 0x1000);
}

TEST_CASE("Common symbols take the largest size and strictest alignment") {
  ObjectBuilder A, B;
  unsigned Text = addStart(A);
  A.relocate(Text, 0, Abs64, A.common("shared", 4, 4));
  B.common("shared", 100, 64);
  std::map<std::string, std::string> Files = {
      {"a.o", A.build()},
      {"b.o", B.build()},
      {"c.o", definerOf("shared", "D")}};
  Linked Result = runLink(Files, {"a.o", "b.o"});
  INFO(Result.Errors);
  REQUIRE(Result.Ok);
  CHECK(Result.quad(TextAddress) % 64 == 0);
  CHECK(*Result.symbol("__bss_end") - *Result.symbol("__bss_start") == 100);
  // A definition with a value replaces tentative ones.
  CHECK(firstByte(runLink(Files, {"a.o", "b.o", "c.o"})) == 'D');
  CHECK(firstByte(runLink(Files, {"c.o", "a.o", "b.o"})) == 'D');
}

TEST_CASE("--defsym adds numbers and symbols, in any order") {
  std::map<std::string, std::string> Files = {
      {"main.o", callerOf({"x", "y", "z"})}, {"d.o", definerOf("base", "B")}};
  Linked Result =
      runLink(Files, {"main.o", "d.o", "--defsym", "x=y+0x10",
                      "--defsym=y = base - 4 + 1", "--defsym", "z=-1"});
  INFO(Result.Errors);
  REQUIRE(Result.Ok);
  uint64_t Base = *Result.symbol("base");
  CHECK(Result.quad(TextAddress) == Base + 13);
  CHECK(Result.quad(TextAddress + 8) == Base - 3);
  CHECK(Result.quad(TextAddress + 16) == UINT64_MAX);

  CHECK(runLink(Files, {"main.o", "--defsym", "x=y", "--defsym", "y=x",
                        "--defsym", "z=1"})
            .says("the symbol depends on itself"));
  CHECK(runLink(Files, {"main.o", "--defsym", "x=1+"})
            .says("--defsym x=1+: expected numbers and symbols joined by + "
                  "and -"));
  CHECK(runLink(Files, {"main.o", "--defsym", "x"})
            .says("--defsym: expected <symbol>=<value>, but got 'x'"));
  CHECK(runLink({{"main.o", callerOf({})}}, {"main.o", "--defsym", "x=nil"})
            .says("symbol 'nil' is not defined"));
}

TEST_CASE("--wrap redirects references and leaves the way to the original") {
  Linked Result = runLink({{"main.o", callerOf({"f", "__real_f"})},
                           {"f.o", definerOf("f", "F")},
                           {"w.o", definerOf("__wrap_f", "W")}},
                          {"main.o", "f.o", "w.o", "--wrap=f"});
  INFO(Result.Errors);
  REQUIRE(Result.Ok);
  CHECK(firstByte(Result, 0) == 'W');
  CHECK(firstByte(Result, 1) == 'F');
}

TEST_CASE("A program may define the linker's unreserved names itself") {
  Linked Result = runLink(
      {{"main.o", callerOf({"end", "etext"})}, {"e.o", definerOf("end", "E")}},
      {"main.o", "e.o"});
  INFO(Result.Errors);
  REQUIRE(Result.Ok);
  CHECK(firstByte(Result) == 'E');
  CHECK(Result.quad(TextAddress + 8) == Result.symbol("__text_end"));
  CHECK_FALSE(Result.symbol("edata"));
}

TEST_CASE("Hidden symbols become local, undefined weak ones are listed") {
  ObjectBuilder Object;
  unsigned Text = addStart(Object);
  Object.global("secret", Text, 4, 4, llvm::ELF::STT_FUNC,
                llvm::ELF::STB_GLOBAL, llvm::ELF::STV_HIDDEN);
  Object.local("mine", Text, 8);
  Object.local(".Ltemporary", Text, 12);
  Linked Result = runLink({{"a.o", Object.build()}}, {"a.o"});
  REQUIRE(Result.Ok);
  CHECK(Result.symbol("secret") == TextAddress + 4);
  CHECK(Result.symbol("mine") == TextAddress + 8);
  CHECK_FALSE(Result.symbol(".Ltemporary"));
}
