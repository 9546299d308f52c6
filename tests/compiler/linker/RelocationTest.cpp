//===- RelocationTest.cpp - Every relocation, at both ends of its range ---===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "LinkTest.h"
#include "tatami/isa/Relocs.h"
#include <catch2/catch.hpp>

using namespace tatami::linker::test;

namespace {

constexpr uint64_t TextAddress = 0x1000;

/// Links one relocation at `offset` 8 of .text, filled with ones so that bits
/// which must survive are seen, against the absolute value \p Target.
Linked relocate(uint32_t Type, int64_t Target, int64_t Addend = 0) {
  ObjectBuilder Object;
  unsigned Text = addStart(Object);
  Object[Text].Bytes.assign(64, '\xff');
  unsigned Sym = Object.undefined("target");
  Object.relocate(Text, 8, Type, Sym, Addend);
  return runLink({{"a.o", Object.build()}},
                 {"a.o", "--defsym=target=" + std::to_string(Target)});
}

uint32_t instruction(uint32_t Type, int64_t Target, int64_t Addend = 0) {
  Linked Result = relocate(Type, Target, Addend);
  INFO(Result.Errors);
  REQUIRE(Result.Ok);
  return Result.word(TextAddress + 8);
}

void checkOutOfRange(uint32_t Type, int64_t Target, const std::string &Name,
                     const std::string &Range) {
  Linked Result = relocate(Type, Target);
  CHECK_FALSE(Result.Ok);
  INFO(Result.Errors);
  CHECK(Result.says("a.o:(function _start: .text+0x8): relocation " + Name +
                    " out of range: "));
  CHECK(Result.says("is not in " + Range + "; references 'target'"));
}

} // namespace

TEST_CASE("ABS22 stores the value's high bits and its two low bits apart") {
  CHECK(instruction(Abs22, 0) == 0x00000ffc);
  CHECK(instruction(Abs22, 1) == 0x00000ffd);
  CHECK(instruction(Abs22, 0x12345) == (0x12344 << 10 | 0xffc | 1));
  CHECK(instruction(Abs22, 2097151) == 0x7fffffff);
  CHECK(instruction(Abs22, -2097152) == 0x80000ffc);
  checkOutOfRange(Abs22, 2097152, "R_TATAMI_ABS22", "[-2097152, 2097151]");
  checkOutOfRange(Abs22, -2097153, "R_TATAMI_ABS22", "[-2097152, 2097151]");
}

TEST_CASE("BRANCH15 counts words from the instruction") {
  constexpr int64_t Here = TextAddress + 8;
  CHECK(instruction(Branch15, Here) == 0x0001ffff);
  CHECK(instruction(Branch15, Here + 65532) == 0x7fffffff);
  CHECK(instruction(Branch15, Here - 65536) == 0x8001ffff);
  checkOutOfRange(Branch15, Here + 65536, "R_TATAMI_BRANCH15",
                  "[-65536, 65532]");
  checkOutOfRange(Branch15, Here - 65540, "R_TATAMI_BRANCH15",
                  "[-65536, 65532]");
}

TEST_CASE("JUMP20 counts words from the instruction") {
  constexpr int64_t Here = TextAddress + 8;
  CHECK(instruction(Jump20, Here + 4) == 0x00001fff);
  CHECK(instruction(Jump20, Here + 2097148) == 0x7fffffff);
  CHECK(instruction(Jump20, Here - 2097152) == 0x80000fff);
  checkOutOfRange(Jump20, Here + 2097152, "R_TATAMI_JUMP20",
                  "[-2097152, 2097148]");
  checkOutOfRange(Jump20, Here - 2097156, "R_TATAMI_JUMP20",
                  "[-2097152, 2097148]");
}

TEST_CASE("A jump to a place that is no instruction is an error") {
  Linked Result = relocate(Branch15, TextAddress + 10);
  CHECK_FALSE(Result.Ok);
  CHECK(Result.says("relocation R_TATAMI_BRANCH15 not aligned: 2 is not a "
                    "multiple of 4; references 'target'"));
}

TEST_CASE("Plain data takes signed and unsigned values") {
  CHECK(instruction(Abs8, 255) == 0xffffffff);
  CHECK(instruction(Abs8, -128) == 0xffffff80);
  checkOutOfRange(Abs8, 256, "R_TATAMI_ABS8", "[-128, 255]");
  checkOutOfRange(Abs8, -129, "R_TATAMI_ABS8", "[-128, 255]");

  CHECK(instruction(Abs16, 0x1234) == 0xffff1234);
  checkOutOfRange(Abs16, 65536, "R_TATAMI_ABS16", "[-32768, 65535]");
  checkOutOfRange(Abs16, -32769, "R_TATAMI_ABS16", "[-32768, 65535]");

  CHECK(instruction(Abs32, 0xffffffff) == 0xffffffff);
  CHECK(instruction(Abs32, -2147483648) == 0x80000000);
  checkOutOfRange(Abs32, 0x100000000, "R_TATAMI_ABS32",
                  "[-2147483648, 4294967295]");
  checkOutOfRange(Abs32, -2147483649, "R_TATAMI_ABS32",
                  "[-2147483648, 4294967295]");

  CHECK(relocate(Abs64, 0x123456789abcdef0).quad(TextAddress + 8) ==
        0x123456789abcdef0);
  CHECK(relocate(Abs64, -1, -1).quad(TextAddress + 8) == uint64_t(-2));
}

TEST_CASE("Distances in data are signed") {
  constexpr int64_t Here = TextAddress + 8;
  CHECK(instruction(PcRel32, Here - 1) == 0xffffffff);
  CHECK(instruction(PcRel32, Here, 0x10) == 0x10);
  CHECK(instruction(PcRel32, Here + 2147483647) == 0x7fffffff);
  checkOutOfRange(PcRel32, Here + 2147483648, "R_TATAMI_PCREL32",
                  "[-2147483648, 2147483647]");
  checkOutOfRange(PcRel32, Here - 2147483649, "R_TATAMI_PCREL32",
                  "[-2147483648, 2147483647]");
  CHECK(relocate(PcRel64, 0).quad(TextAddress + 8) == uint64_t(-Here));
}

TEST_CASE("HI20 and LO15 add up to the value") {
  for (int64_t Value :
       {int64_t(0), int64_t(0x3fff), int64_t(0x4000), int64_t(0x7fff),
        int64_t(0x12345678), int64_t(-1), int64_t(-0x4000), int64_t(-0x4001),
        int64_t(0x3ffffbfff), -int64_t(0x400004000)}) {
    INFO(Value);
    uint32_t Hi = instruction(Hi20, Value), Lo = instruction(Lo15, Value);
    CHECK((Hi & 0xfff) == 0xfff);
    CHECK((Lo & 0x1ffff) == 0x1ffff);
    int64_t Sum = (int64_t(int32_t(Hi)) >> 12) * 0x8000 + (int32_t(Lo) >> 17);
    CHECK(Sum == Value);
  }
  checkOutOfRange(Hi20, 0x3ffffc000, "R_TATAMI_HI20",
                  "[-17179885568, 17179852799]");
  checkOutOfRange(Hi20, -int64_t(0x400004001), "R_TATAMI_HI20",
                  "[-17179885568, 17179852799]");
}

TEST_CASE("The addend counts, and NONE does nothing") {
  CHECK(instruction(Abs32, 0x100, -0x10) == 0xf0);
  CHECK(instruction(None, 0x100, 5) == 0xffffffff);
}

TEST_CASE("Thread-local offsets count from the start of the block") {
  ObjectBuilder Object;
  unsigned Text = addStart(Object);
  unsigned Tdata = Object.section(".tdata.a", ObjectBuilder::Tls,
                                  std::string(12, '\x11'), 4);
  unsigned Tbss = Object.zeros(".tbss.b", ObjectBuilder::Tls, 8, 64);
  unsigned A = Object.global("a", Tdata, 4, 4, llvm::ELF::STT_TLS);
  unsigned B = Object.global("b", Tbss, 4, 4, llvm::ELF::STT_TLS);
  Object.section(".data", ObjectBuilder::Data, "data");
  Object.relocate(Text, 0, TpRel22, A);
  Object.relocate(Text, 4, TpRel22, B, 1);
  Object.relocate(Text, 8, DtpRel64, B);
  Object.relocate(Text, 16, DtpRel32, A, 2);
  Linked Result = runLink({{"a.o", Object.build()}}, {"a.o"});
  INFO(Result.Errors);
  REQUIRE(Result.Ok);

  // .tbss is aligned to 64, so its variable is at 64 + 4.
  CHECK(Result.word(TextAddress) == 4 << 10);
  CHECK(Result.word(TextAddress + 4) == (68 << 10 | 1));
  CHECK(Result.quad(TextAddress + 8) == 68);
  CHECK(Result.word(TextAddress + 16) == 6);
  // Symbols of TLS have offsets for values, and the bounds are the template's.
  CHECK(Result.symbol("a") == 4);
  CHECK(Result.symbol("b") == 68);
  CHECK(Result.symbol("__tls_size") == 72);
  CHECK(Result.symbol("__tls_align") == 64);
  uint64_t Start = *Result.symbol("__tdata_start");
  CHECK(Start % 64 == 0);
  CHECK(Result.symbol("__tdata_end") == Start + 12);
  // Uninitialised variables take no room in front of the other data.
  CHECK(Result.sectionAddress(".data") == Start + 12);
}

TEST_CASE("A thread-local relocation wants a thread-local symbol") {
  ObjectBuilder Object;
  unsigned Text = addStart(Object);
  unsigned Data = Object.section(".data", ObjectBuilder::Data, "data");
  Object.relocate(Text, 0, TpRel22, Object.global("plain", Data));
  Linked Result = runLink({{"a.o", Object.build()}}, {"a.o"});
  CHECK_FALSE(Result.Ok);
  CHECK(Result.says("relocation R_TATAMI_TPREL22 references 'plain', which is "
                    "not a thread-local variable"));
}

TEST_CASE("A section symbol with an addend names a place in the section") {
  ObjectBuilder Object;
  unsigned Text = addStart(Object);
  unsigned Data = Object.section(".data", ObjectBuilder::Data, "01234567");
  Object.relocate(Text, 0, Abs32, Object.sectionSymbol(Data), 4);
  Object.relocate(Text, 4, Abs32, 0, 0x77);
  Linked Result = runLink({{"a.o", Object.build()}}, {"a.o"});
  INFO(Result.Errors);
  REQUIRE(Result.Ok);
  CHECK(Result.word(TextAddress) == Result.sectionAddress(".data") + 4);
  CHECK(Result.word(TextAddress + 4) == 0x77);
}

TEST_CASE("Every relocation of the ABI is known, and no other") {
  for (uint32_t Type = 0; Type < 64; ++Type) {
    ObjectBuilder Object;
    unsigned Text = addStart(Object);
    Object.relocate(Text, 0, Type, 1);
    Linked Result = runLink({{"a.o", Object.build()}}, {"a.o"});
    INFO(Type);
    bool IsInAbi = tatami::isa::relocName(Type) != nullptr;
    CHECK(Result.says("relocation of unknown type") != IsInAbi);
  }
}
