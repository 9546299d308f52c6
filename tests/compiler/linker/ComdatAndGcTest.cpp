//===- ComdatAndGcTest.cpp - What is kept, what is merged, what goes ------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "LinkTest.h"
#include <catch2/catch.hpp>

using namespace tatami::linker::test;
using namespace llvm::ELF;

namespace {

constexpr uint64_t TextAddress = 0x1000;

/// An inline function `f` in a group, with debug information that mentions it
/// and a caller.
std::string withInline(const std::string &Body, bool IsMain) {
  ObjectBuilder Object;
  unsigned Text = IsMain ? addStart(Object)
                         : Object.section(".text", ObjectBuilder::Text,
                                          std::string(8, '\0'));
  unsigned F = Object.section(".text.f", ObjectBuilder::Text, Body);
  unsigned Debug = Object.section(".debug_info", 0, std::string(8, 'd'));
  unsigned Local = Object.local("f.local", F);
  unsigned Sym = Object.weak("f", F);
  Object.comdat(Sym, {F});
  Object.relocate(Text, 0, Abs64, Sym);
  Object.relocate(Debug, 0, Abs64, Local);
  return Object.build();
}

} // namespace

TEST_CASE("Of equal COMDAT groups the first is linked, all refer to it") {
  Linked Result = runLink(
      {{"a.o", withInline("AAAA", true)}, {"b.o", withInline("BBBB", false)}},
      {"a.o", "b.o"});
  INFO(Result.Errors);
  REQUIRE(Result.Ok);
  uint64_t F = *Result.symbol("f");
  CHECK(Result.word(F) == 0x41414141);
  CHECK(Result.quad(TextAddress) == F);
  CHECK(Result.section(".text")->find("BBBB") == std::string::npos);
  // Debug information of the copy that lost points nowhere.
  std::string Debug = *Result.section(".debug_info");
  CHECK(Debug.substr(8) == std::string(8, '\xff'));
}

TEST_CASE("Code that refers into a group that lost is an error") {
  auto Make = [](bool IsMain) {
    ObjectBuilder Object;
    unsigned Text = IsMain ? addStart(Object)
                           : Object.section(".text", ObjectBuilder::Text,
                                            std::string(8, '\0'));
    unsigned F = Object.section(".text.f", ObjectBuilder::Text, "ffff");
    Object.relocate(Text, 0, Abs64, Object.local("inner", F));
    Object.comdat(Object.weak("f", F), {F});
    return Object.build();
  };
  Linked Result =
      runLink({{"a.o", Make(true)}, {"b.o", Make(false)}}, {"a.o", "b.o"});
  CHECK_FALSE(Result.Ok);
  CHECK(Result.says("b.o:(.text+0x0): relocation references 'inner' in a "
                    "discarded section"));
}

TEST_CASE("--gc-sections keeps what _start reaches, and roots") {
  ObjectBuilder Object;
  unsigned Text = addStart(Object);
  auto Add = [&](const char *Name, uint64_t Flags, uint32_t Type) {
    return Object.section(Name, Flags, "12345678", 8, Type);
  };
  unsigned Used = Add(".text.used", ObjectBuilder::Text, SHT_PROGBITS);
  unsigned Indirect = Add(".data.indirect", ObjectBuilder::Data, SHT_PROGBITS);
  Object.global("dead", Add(".text.dead", ObjectBuilder::Text, SHT_PROGBITS));
  unsigned Init = Add(".init_array", ObjectBuilder::Data, SHT_INIT_ARRAY);
  unsigned FromInit = Add(".text.init", ObjectBuilder::Text, SHT_PROGBITS);
  Object.global("retained",
                Add(".data.retained", ObjectBuilder::Data | SHF_GNU_RETAIN,
                    SHT_PROGBITS));
  Object.global("note", Add(".note.x", ObjectBuilder::Rodata, SHT_NOTE));
  unsigned Debug = Object.section(".debug_info", 0, std::string(16, 'd'));
  Object.relocate(Text, 0, Abs64, Object.global("used", Used));
  Object.relocate(Used, 0, Abs64, Object.global("indirect", Indirect));
  Object.relocate(Init, 0, Abs64, Object.global("init", FromInit));
  Object.relocate(Debug, 0, Abs64, 3); // The third symbol is `dead`.
  unsigned Forgotten = Object.undefined("forgotten");
  Object.relocate(Debug, 8, Abs64, Forgotten);

  std::map<std::string, std::string> Files = {{"a.o", Object.build()}};
  Linked Result =
      runLink(Files, {"a.o", "--gc-sections", "--print-gc-sections"});
  INFO(Result.Errors);
  REQUIRE(Result.Ok);
  for (const char *Name : {"used", "indirect", "init", "retained", "note"})
    CHECK(Result.symbol(Name));
  CHECK_FALSE(Result.symbol("dead"));
  CHECK(Result.Output == "removing unused section a.o:(.text.dead)\n");
  CHECK(runLink(Files, {"a.o"}).symbol("dead"));
  CHECK(runLink(Files, {"a.o", "--gc-sections", "-u", "dead"}).symbol("dead"));
  CHECK(runLink(Files, {"a.o", "--gc-sections", "-e", "dead"}).symbol("dead"));
}

TEST_CASE("Dropped code does not need its symbols") {
  ObjectBuilder Object;
  addStart(Object);
  unsigned Dead = Object.section(".text.dead", ObjectBuilder::Text, "12345678");
  Object.relocate(Dead, 0, Abs64, Object.undefined("nowhere"));
  std::map<std::string, std::string> Files = {{"a.o", Object.build()}};
  CHECK(runLink(Files, {"a.o", "--gc-sections"}).Ok);
  CHECK(runLink(Files, {"a.o"}).says("undefined symbol: nowhere"));
}

TEST_CASE("Each debug section says in its own way that code is gone") {
  ObjectBuilder Object;
  addStart(Object);
  unsigned Dead = Object.section(".text.dead", ObjectBuilder::Text, "12345678");
  unsigned Sym = Object.local("dead", Dead);
  for (const char *Name : {".debug_info", ".debug_line", ".debug_ranges",
                           ".debug_loc", ".debug_frame"})
    Object.relocate(Object.section(Name, 0, std::string(8, 'x')), 0, Abs64, Sym,
                    4);
  Linked Result = runLink({{"a.o", Object.build()}}, {"a.o", "--gc-sections"});
  INFO(Result.Errors);
  REQUIRE(Result.Ok);
  CHECK(Result.section(".debug_info") == std::string(8, '\xff'));
  CHECK(Result.section(".debug_line") == std::string(8, '\xff'));
  CHECK(Result.section(".debug_frame") == std::string(8, '\xff'));
  CHECK(Result.section(".debug_ranges") == std::string("\1\0\0\0\0\0\0\0", 8));
  CHECK(Result.section(".debug_loc") == std::string("\1\0\0\0\0\0\0\0", 8));
}

TEST_CASE("Bounds of a section keep it and enclose it") {
  ObjectBuilder Object;
  unsigned Text = addStart(Object);
  Object.section("hooks", ObjectBuilder::Data, "11112222", 8);
  Object.section("unrelated", ObjectBuilder::Data, "33334444", 8);
  Object.relocate(Text, 0, Abs64, Object.undefined("__start_hooks"));
  Object.relocate(Text, 8, Abs64, Object.undefined("__stop_hooks"));
  Object.relocate(Text, 16, Abs64, Object.undefinedWeak("__start_absent"));
  Linked Result = runLink({{"a.o", Object.build()}}, {"a.o", "--gc-sections"});
  INFO(Result.Errors);
  REQUIRE(Result.Ok);
  uint64_t Start = Result.sectionAddress("hooks");
  CHECK(Result.quad(TextAddress) == Start);
  CHECK(Result.quad(TextAddress + 8) == Start + 8);
  CHECK(Result.quad(TextAddress + 16) == 0);
  CHECK_FALSE(Result.section("unrelated"));
}

TEST_CASE("Equal strings are stored once, across files") {
  auto Make = [](bool IsMain, const std::string &Strings, uint64_t Wanted) {
    ObjectBuilder Object;
    unsigned Text = IsMain ? addStart(Object)
                           : Object.section(".text", ObjectBuilder::Text,
                                            std::string(8, '\0'));
    unsigned Sec = Object.strings(".rodata.str1.1", Strings);
    Object.relocate(Text, 0, Abs64, Object.sectionSymbol(Sec), Wanted);
    return Object.build();
  };
  using namespace std::string_literals;
  std::map<std::string, std::string> Files = {
      {"a.o", Make(true, "one\0two\0"s, 5)},
      {"b.o", Make(false, "two\0one\0three\0"s, 0)}};
  Linked Result = runLink(Files, {"a.o", "b.o"});
  INFO(Result.Errors);
  REQUIRE(Result.Ok);
  CHECK(Result.section(".rodata") == "one\0two\0three\0"s);
  uint64_t Two = Result.sectionAddress(".rodata") + 4;
  CHECK(Result.quad(TextAddress) == Two + 1); // Into the middle of "two".
  CHECK(Result.quad(TextAddress + 64) == Two);
  // With --gc-sections only strings that are used remain: the object b.o has
  // no live code.
  Result = runLink(Files, {"a.o", "b.o", "--gc-sections"});
  CHECK(Result.section(".rodata") == "two\0"s);
}

TEST_CASE("Equal constants are stored once and stay aligned") {
  ObjectBuilder Object;
  unsigned Text = addStart(Object);
  unsigned Constants =
      Object.section(".rodata.cst8", ObjectBuilder::Rodata | SHF_MERGE,
                     "aaaaaaaabbbbbbbbaaaaaaaa", 8);
  Object[Constants].EntrySize = 8;
  unsigned Sym = Object.sectionSymbol(Constants);
  for (unsigned I = 0; I < 3; ++I)
    Object.relocate(Text, 8 * I, Abs64, Sym, 8 * I);
  Linked Result = runLink({{"a.o", Object.build()}}, {"a.o"});
  REQUIRE(Result.Ok);
  CHECK(Result.section(".rodata") == "aaaaaaaabbbbbbbb");
  CHECK(Result.quad(TextAddress) == Result.quad(TextAddress + 16));
  CHECK(Result.quad(TextAddress) % 8 == 0);
}

TEST_CASE("-S and -s leave things out") {
  ObjectBuilder Object;
  addStart(Object);
  Object.section(".debug_info", 0, "debug");
  std::map<std::string, std::string> Files = {{"a.o", Object.build()}};
  CHECK(runLink(Files, {"a.o"}).section(".debug_info"));
  CHECK_FALSE(runLink(Files, {"a.o", "-S"}).section(".debug_info"));
  CHECK(runLink(Files, {"a.o", "-S"}).symbol("_start"));
  Linked Stripped = runLink(Files, {"a.o", "-s"});
  CHECK_FALSE(Stripped.section(".debug_info"));
  CHECK_FALSE(Stripped.section(".symtab"));
  CHECK(Stripped.entry() == TextAddress);
}
