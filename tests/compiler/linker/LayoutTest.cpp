//===- LayoutTest.cpp - The memory map of a node --------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "LinkTest.h"
#include "llvm/Object/ELF.h"
#include <catch2/catch.hpp>

using namespace tatami::linker::test;
using namespace llvm::ELF;

namespace {

/// One section of each kind, in an order that is not that of the image.
std::string everyKind() {
  ObjectBuilder Object;
  Object.zeros(".bss.x", ObjectBuilder::Data, 100, 32);
  Object.section(".data.x", ObjectBuilder::Data, "data", 4);
  Object.zeros(".tbss", ObjectBuilder::Tls, 8, 8);
  Object.section(".fini_array", ObjectBuilder::Data, "finifini", 8);
  Object.section(".init_array", ObjectBuilder::Data, "initinit", 8);
  Object.section(".tdata", ObjectBuilder::Tls, "tdat", 4);
  Object.section(".rodata.x", ObjectBuilder::Rodata, "rodata", 1);
  addStart(Object);
  return Object.build();
}

} // namespace

TEST_CASE("The symbols of the memory map follow its order") {
  Linked Result = runLink({{"a.o", everyKind()}}, {"a.o"});
  INFO(Result.Errors);
  REQUIRE(Result.Ok);
  auto At = [&](const char *Name) {
    INFO(Name);
    std::optional<uint64_t> Value = Result.symbol(Name);
    REQUIRE(Value);
    return *Value;
  };
  CHECK(At("__executable_start") == 0x1000);
  CHECK(At("__text_start") == 0x1000);
  CHECK(At("__text_end") == 0x1040);
  CHECK(At("_etext") == 0x1040);
  CHECK(At("__rodata_start") == 0x1040);
  CHECK(At("__rodata_end") == 0x1046);
  CHECK(At("__data_start") == 0x1080);
  CHECK(At("__tdata_start") == 0x1080);
  CHECK(At("__tdata_end") == 0x1084);
  CHECK(At("__tls_size") == 16);
  CHECK(At("__tls_align") == 8);
  CHECK(At("__preinit_array_start") == At("__preinit_array_end"));
  CHECK(At("__init_array_start") == 0x1088);
  CHECK(At("__init_array_end") == 0x1090);
  CHECK(At("__fini_array_start") == 0x1090);
  CHECK(At("__fini_array_end") == 0x1098);
  CHECK(At("_edata") == 0x109c);
  CHECK(At("__bss_start") == 0x10a0);
  CHECK(At("__bss_end") == 0x10a0 + 100);
  CHECK(At("_end") == 0x10a0 + 100);
  CHECK(At("__heap_start") == 0x1140);
  CHECK(At("__heap_end") == 0x140000 - 131072 - 3 * 32768);
  CHECK(At("__stack_top") == 0x140000);
  CHECK(At("__stack_size") == 131072);
  CHECK(At("__thread_stack_size") == 32768);
}

TEST_CASE("Options move the top of memory") {
  Linked Result = runLink({{"a.o", everyKind()}},
                          {"a.o", "--sram-size=64K", "--stack-size=0x1000",
                           "--thread-stack-size", "1024"});
  INFO(Result.Errors);
  REQUIRE(Result.Ok);
  CHECK(Result.symbol("__stack_top") == 65536);
  CHECK(Result.symbol("__stack_size") == 4096);
  CHECK(Result.symbol("__heap_end") == 65536 - 4096 - 3 * 1024);
}

TEST_CASE("Two segments and the thread-local template describe the memory") {
  Linked Result = runLink({{"a.o", everyKind()}}, {"a.o"});
  REQUIRE(Result.Ok);
  auto Elf = llvm::cantFail(
      llvm::object::ELFFile<llvm::object::ELF64LE>::create(Result.Image));
  CHECK(Elf.getHeader().e_machine == 0x5441);
  CHECK(Elf.getHeader().e_type == ET_EXEC);
  auto Segments = llvm::cantFail(Elf.program_headers());
  REQUIRE(Segments.size() == 3);

  CHECK(Segments[0].p_type == PT_LOAD);
  CHECK(Segments[0].p_flags == (PF_R | PF_X));
  CHECK(Segments[0].p_vaddr == 0x1000);
  CHECK(Segments[0].p_filesz == 0x46);
  CHECK(Segments[0].p_memsz == 0x46);

  CHECK(Segments[1].p_type == PT_LOAD);
  CHECK(Segments[1].p_flags == (PF_R | PF_W));
  CHECK(Segments[1].p_vaddr == 0x1080);
  CHECK(Segments[1].p_filesz == 0x109c - 0x1080);
  CHECK(Segments[1].p_memsz == 0x10a0 + 100 - 0x1080);

  CHECK(Segments[2].p_type == PT_TLS);
  CHECK(Segments[2].p_vaddr == 0x1080);
  CHECK(Segments[2].p_filesz == 4);
  CHECK(Segments[2].p_memsz == 16);
  CHECK(Segments[2].p_align == 8);
  for (const auto &Segment : Segments)
    CHECK(Segment.p_offset % Segment.p_align ==
          Segment.p_vaddr % Segment.p_align);
}

TEST_CASE("A section aligned beyond a segment stays aligned, file included") {
  ObjectBuilder Object;
  addStart(Object);
  unsigned Big = Object.section(".data.big", ObjectBuilder::Data, "big!", 8192);
  Object.global("big", Big);
  Linked Result = runLink({{"a.o", Object.build()}}, {"a.o"});
  INFO(Result.Errors);
  REQUIRE(Result.Ok);
  uint64_t Address = *Result.symbol("big");
  CHECK(Address % 8192 == 0);
  CHECK(Result.word(Address) == 0x21676962);
}

TEST_CASE("Constructors run by priority, then in the order of the files") {
  auto Make = [](const std::string &Name, const std::string &Mark,
                 bool IsMain) {
    ObjectBuilder Object;
    if (IsMain)
      addStart(Object);
    Object.section(Name, ObjectBuilder::Data, Mark, 8, SHT_INIT_ARRAY);
    return Object.build();
  };
  Linked Result =
      runLink({{"a.o", Make(".init_array", "last one", true)},
               {"b.o", Make(".init_array.200", "second  ", false)},
               {"c.o", Make(".init_array.00101", "first   ", false)},
               {"d.o", Make(".init_array", "very end", false)}},
              {"a.o", "b.o", "c.o", "d.o"});
  INFO(Result.Errors);
  REQUIRE(Result.Ok);
  CHECK(Result.section(".init_array") == "first   second  last onevery end");
}

TEST_CASE("Zeros among read-only data are in the file") {
  ObjectBuilder Object;
  addStart(Object);
  Object.zeros(".rodata.zeros", ObjectBuilder::Rodata, 16);
  Object.section(".rodata.after", ObjectBuilder::Rodata, "tail", 4);
  Linked Result = runLink({{"a.o", Object.build()}}, {"a.o"});
  REQUIRE(Result.Ok);
  CHECK(Result.section(".rodata") == std::string(16, '\0') + "tail");
}

TEST_CASE("Small zeroed objects come before large ones") {
  ObjectBuilder Object;
  addStart(Object);
  for (uint64_t Size : {4096, 8, 64, 16}) {
    std::string Name("b");
    Name += std::to_string(Size);
    unsigned Bss = Object.zeros(".bss." + Name, ObjectBuilder::Data, Size, 8);
    Object.global(Name, Bss, 0, Size, STT_OBJECT);
  }
  Linked Result = runLink({{"a.o", Object.build()}}, {"a.o"});
  REQUIRE(Result.Ok);
  CHECK(*Result.symbol("b8") < *Result.symbol("b16"));
  CHECK(*Result.symbol("b16") < *Result.symbol("b64"));
  CHECK(*Result.symbol("b64") < *Result.symbol("b4096"));
}

TEST_CASE("An image that just fits links, one byte more does not") {
  // Page 0, text rounded to a vector, and the four stacks.
  constexpr uint64_t Free = 0x140000 - 0x1000 - 64 - 131072 - 3 * 32768;
  auto Make = [](uint64_t Size) {
    ObjectBuilder Object;
    addStart(Object);
    unsigned Bss = Object.zeros(".bss", ObjectBuilder::Data, Size, 64);
    Object.global("_Z6bufferv", Bss, 0, Size, STT_OBJECT);
    unsigned Data = Object.section(".data", ObjectBuilder::Data, "", 1);
    for (int I = 0; I < 12; ++I)
      Object.global("small" + std::to_string(I), Data, 0, 12 - I, STT_OBJECT);
    return Object.build();
  };
  Linked Fits = runLink({{"a.o", Make(Free)}}, {"a.o"});
  INFO(Fits.Errors);
  REQUIRE(Fits.Ok);
  CHECK(Fits.symbol("__heap_start") == Fits.symbol("__heap_end"));

  Linked Result = runLink({{"a.o", Make(Free + 1)}}, {"a.o"});
  CHECK_FALSE(Result.Ok);
  INFO(Result.Errors);
  CHECK(Result.says("the image does not fit in the node's memory: it is 64 "
                    "bytes too large"));
  CHECK(Result.says("stacks                             229,376"));
  CHECK(Result.says(">>> largest symbols:\n>>>    1,077,185  buffer()  (a.o)"));
  CHECK(Result.says("small7"));
  CHECK_FALSE(Result.says("small8")); // Ten are shown.
}

TEST_CASE("An image larger than any address is only too large") {
  ObjectBuilder Object;
  addStart(Object);
  for (int I = 0; I < 4; ++I)
    Object.zeros(".bss." + std::to_string(I), ObjectBuilder::Data,
                 uint64_t(1) << 32);
  CHECK(runLink({{"a.o", Object.build()}}, {"a.o"}).says("it is 17,178,"));
}

TEST_CASE("The map lists memory, sections, inputs and symbols") {
  ObjectBuilder Object;
  unsigned Text = addStart(Object);
  Object.global("_Z4multv", Text, 8, 16, STT_FUNC);
  Object.strings(".rodata.str1.1", std::string("text\0", 5));
  std::map<std::string, std::string> Files = {{"a.o", Object.build()}};
  CHECK(runLink(Files, {"a.o"}).Map.empty());
  std::string Map = runLink(Files, {"a.o", "-Map=out.map"}).Map;
  for (const char *Line :
       {"code                        1000     1040           64\n",
        "stack of thread 0         120000   140000      131,072\n",
        "    1000       40     4 .text\n",
        "    1000       40     4         a.o:(.text)\n",
        "    1008       10     1                 mult()\n",
        "<merged .rodata>\n", "  140000 __stack_top\n"}) {
    INFO(Map);
    INFO(Line);
    CHECK(Map.find(Line) != std::string::npos);
  }
}
