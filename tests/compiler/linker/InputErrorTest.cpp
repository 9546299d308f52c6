//===- InputErrorTest.cpp - Files that are not what they should be --------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "LinkTest.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Object/ELFTypes.h"
#include "llvm/Support/Compression.h"
#include <catch2/catch.hpp>

using namespace tatami::linker::test;
using namespace llvm::ELF;

namespace {

std::string plainObject() {
  ObjectBuilder Object;
  addStart(Object);
  return Object.build();
}

/// Links \p Bytes as bad.o and checks for exactly one error, with \p Text.
void checkError(const std::string &Bytes, const std::string &Text) {
  Linked Result = runLink({{"bad.o", Bytes}}, {"bad.o", "-e", "0"});
  INFO(Result.Errors);
  CHECK_FALSE(Result.Ok);
  CHECK(Result.Errors == "tatami-ld: error: bad.o: " + Text + "\n");
}

} // namespace

TEST_CASE("A file that is no object gets one sentence saying what it is") {
  checkError("", "the file is empty, expected an ELF object or an archive");
  checkError("#include <stdio.h>\nint main() {}\n",
             "is a text file, expected an ELF object or an archive (linker "
             "scripts are not supported)");
  checkError(std::string("\x01\x02\x03\x04", 4),
             "is neither an ELF object nor an archive");
  checkError("BC\xc0\xde bitcode",
             "broken bitcode: Bitcode file does not contain any modules");
}

TEST_CASE("A missing file or library is named") {
  CHECK(runLink({}, {"none.o"}).says("cannot open none.o: No such file"));
  CHECK(runLink({}, {"-lm"})
            .says("unable to find library -lm: no libm.a because no -L names a "
                  "directory"));
  CHECK(runLink({}, {"-lm", "-L/x", "-L/y"})
            .says("unable to find library -lm: no libm.a in /x, /y"));
  CHECK(runLink({}, {}).says("no input files"));
}

TEST_CASE("An object for another machine is refused by name") {
  ObjectBuilder Object;
  addStart(Object);
  Object.Machine = EM_X86_64;
  checkError(Object.build(), "is built for x86_64 (e_machine 62), expected a "
                             "Tatami object; compile it with tatami-clang");

  Linked Result =
      runLink({{"a.o", plainObject()},
               {"lib.a",
                archiveOf({{"x.o", Object.build()}, {"y.o", Object.build()}})}},
              {"a.o", "lib.a"});
  CHECK(Result.says("error: lib.a(x.o): is built for x86_64"));
  CHECK_FALSE(Result.says("y.o")); // One is enough.
}

TEST_CASE("A 32-bit object and a linked image are refused") {
  std::string Bytes = plainObject();
  Bytes[EI_CLASS] = ELFCLASS32;
  checkError(Bytes, "is not a 64-bit little-endian ELF file; compile it with "
                    "tatami-clang");
  ObjectBuilder Object;
  addStart(Object);
  Object.Type = ET_EXEC;
  checkError(Object.build(), "is a linked image or shared object, expected a "
                             "relocatable object");
}

TEST_CASE("A truncated object is an error at whatever length") {
  std::string Bytes = plainObject();
  checkError(Bytes.substr(0, 40),
             "truncated ELF file: 40 bytes are less than an ELF header");
  checkError(Bytes.substr(0, 200), "truncated ELF file: its 200 bytes end "
                                   "before the section headers do");
  for (size_t Length = 0; Length < Bytes.size(); ++Length) {
    Linked Result = runLink({{"a.o", Bytes.substr(0, Length)}}, {"a.o"});
    CHECK_FALSE(Result.Ok);
  }
}

TEST_CASE("No single byte of an object can crash the linker") {
  std::string Bytes = plainObject();
  for (size_t I = 0; I < Bytes.size(); ++I)
    for (char Value : {'\x00', '\x01', '\x7f', '\xff'}) {
      std::string Broken = Bytes;
      Broken[I] = Value;
      runLink({{"a.o", Broken}}, {"a.o", "--gc-sections", "-Map=m"});
    }
}

TEST_CASE("A truncated archive is an error at whatever length") {
  std::string Bytes = archiveOf({{"a.o", plainObject()}});
  for (size_t Length = 0; Length < Bytes.size(); ++Length) {
    Linked Result = runLink({{"a.a", Bytes.substr(0, Length)}}, {"a.a"});
    INFO(Length);
    CHECK_FALSE(Result.Ok);
  }
  checkError(Bytes.substr(0, 30), "truncated or broken archive: no member "
                                  "header at offset 8");
  checkError(Bytes.substr(0, 100),
             "truncated archive: the member at offset 8 has " +
                 std::to_string(plainObject().size()) +
                 " bytes, of which 32 are there");
}

TEST_CASE("A thin archive reads its members beside it") {
  std::string Bytes = "!<thin>\n";
  auto Member = [&](std::string Name, size_t Size) {
    Name.resize(48, ' ');
    Bytes += Name + std::to_string(Size);
    Bytes.resize(Bytes.size() + 10 - std::to_string(Size).size(), ' ');
    Bytes += "`\n";
  };
  Member("//", 6);
  Bytes += "a.o/\n\n";
  Member("/0", plainObject().size());
  Linked Result =
      runLink({{"lib/t.a", Bytes}, {"lib/a.o", plainObject()}}, {"lib/t.a"});
  INFO(Result.Errors);
  CHECK(Result.Ok);
  CHECK(runLink({{"lib/t.a", Bytes}}, {"lib/t.a"})
            .says("cannot open lib/a.o: No such file"));
}

TEST_CASE("Compressed debug sections are expanded") {
  if (!llvm::compression::zlib::isAvailable())
    return;
  ObjectBuilder Object;
  addStart(Object);
  for (const char *Name : {".debug_info", ".debug_line", ".debug_abbrev"}) {
    std::string Contents(1000, Name[7]);
    llvm::SmallVector<uint8_t, 0> Packed;
    llvm::compression::zlib::compress(llvm::arrayRefFromStringRef(Contents),
                                      Packed);
    llvm::object::ELF64LE::Chdr Header = {};
    Header.ch_type = ELFCOMPRESS_ZLIB;
    Header.ch_size = Contents.size();
    Header.ch_addralign = 1;
    std::string Bytes(reinterpret_cast<char *>(&Header), sizeof(Header));
    Bytes.append(Packed.begin(), Packed.end());
    Object.section(Name, SHF_COMPRESSED, Bytes, 8);
  }
  Linked Result = runLink({{"a.o", Object.build()}}, {"a.o"});
  INFO(Result.Errors);
  REQUIRE(Result.Ok);
  CHECK(Result.section(".debug_info") == std::string(1000, 'i'));
  CHECK(Result.section(".debug_line") == std::string(1000, 'l'));
  CHECK(Result.section(".debug_abbrev") == std::string(1000, 'a'));
}

TEST_CASE("Wrong relocations are refused when the file is read") {
  auto With = [](auto Change) {
    ObjectBuilder Object;
    unsigned Text = addStart(Object);
    Change(Object, Text);
    return Object.build();
  };
  checkError(With([](ObjectBuilder &O, unsigned Text) {
               O.relocate(Text, 61, Abs32, 1);
             }),
             "relocation R_TATAMI_ABS32 at offset 0x3d is outside of section "
             ".text of 64 bytes");
  checkError(With([](ObjectBuilder &O, unsigned Text) {
               O.relocate(Text, uint64_t(-2), Abs32, 1);
             }),
             "relocation R_TATAMI_ABS32 at offset 0xfffffffffffffffe is "
             "outside of section .text of 64 bytes");
  checkError(
      With([](ObjectBuilder &O, unsigned Text) { O.relocate(Text, 0, 15, 1); }),
      "section .text has a relocation of unknown type 15 at offset 0x0");
  checkError(With([](ObjectBuilder &O, unsigned Text) {
               O.relocate(Text, 0, Abs32, 99);
             }),
             "section .text has a relocation with symbol number 99, which does "
             "not exist");
}

TEST_CASE("Wrong symbols and sections are refused when the file is read") {
  auto With = [](auto Change) {
    ObjectBuilder Object;
    Change(Object, addStart(Object));
    return Object.build();
  };
  checkError(
      With([](ObjectBuilder &O, unsigned Text) { O.global("far", Text, 65); }),
      "broken ELF file: symbol 'far' is at offset 65 of .text, which has "
      "64 bytes");
  checkError(With([](ObjectBuilder &O, unsigned) { O.global("lost", 77); }),
             "broken ELF file: symbol 'lost' is in section 77, which does not "
             "exist");
  checkError(With([](ObjectBuilder &O, unsigned Text) {
               O.global("pick", Text, 0, 0, STT_GNU_IFUNC);
             }),
             "symbol 'pick' is an ifunc, which static Tatami images do not "
             "support");
  checkError(
      With([](ObjectBuilder &O, unsigned Text) { O[Text].Alignment = 3; }),
      "section .text has alignment 3, expected a power of two up to "
             "1048576");
  checkError(With([](ObjectBuilder &O, unsigned) {
               O.strings(".rodata.str1.1", "open");
             }),
             "section .rodata.str1.1 is marked as strings, but its last string "
             "is not terminated");
  checkError(With([](ObjectBuilder &O, unsigned Text) {
               O.section(".rel.text", 0, "", 8, SHT_REL);
             }),
             "section .rel.text holds relocations in a form that Tatami does "
             "not use, expected SHT_RELA");
}

TEST_CASE("--error-limit ends a flood of errors") {
  ObjectBuilder Object;
  unsigned Text = addStart(Object);
  for (int I = 0; I < 5; ++I)
    Object.relocate(Text, 8 * I, Abs64,
                    Object.undefined("missing" + std::to_string(I)));
  std::map<std::string, std::string> Files = {{"a.o", Object.build()}};
  Linked Result = runLink(Files, {"a.o", "--error-limit=2"});
  CHECK(Result.says("missing1"));
  CHECK_FALSE(Result.says("missing2"));
  CHECK(Result.says("too many errors emitted"));
  CHECK(runLink(Files, {"a.o", "--error-limit=0"}).says("missing4"));
}
