// The ELF reader: good images, broken ones, and random damage.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#define CATCH_CONFIG_MAIN
#include "Program.h"
#include "tatami/loader/Image.h"

#include <catch2/catch.hpp>

#include <random>

using namespace tatami;
using tatami::test::Program;
using Catch::Matchers::Contains;

static constexpr uint64_t sram = 0x140000;

static std::vector<uint8_t> goodElf() {
  Program p;
  p.exit(0);
  return p.elf();
}

static std::string errorOf(const std::vector<uint8_t> &bytes) {
  Image image;
  return readElf(bytes, sram, image);
}

template <class T>
static std::vector<uint8_t> changed(size_t offset, T value) {
  std::vector<uint8_t> bytes = goodElf();
  std::memcpy(bytes.data() + offset, &value, sizeof(value));
  return bytes;
}

TEST_CASE("a good image") {
  Image image;
  REQUIRE(readElf(goodElf(), sram, image) == "");
  CHECK(image.entry == 0x1000);
  REQUIRE(image.segments.size() == 1);
  CHECK(image.text().data.size() == 8);
  CHECK(image.readOnlyEnd() == 0x1008);
}

TEST_CASE("what is wrong with an image is said in one sentence") {
  CHECK_THAT(errorOf({}), Contains("no ELF"));
  CHECK_THAT(errorOf({'h', 'e', 'l', 'l', 'o'}), Contains("no ELF"));
  CHECK_THAT(errorOf({0x7f, 'E', 'L', 'F', 2}), Contains("truncated"));
  CHECK_THAT(errorOf(changed(4, uint8_t(1))), Contains("64-bit"));
  CHECK_THAT(errorOf(changed(5, uint8_t(2))), Contains("little-endian"));
  CHECK_THAT(errorOf(changed(18, uint16_t(62))), Contains("another machine"));
  CHECK_THAT(errorOf(changed(16, uint16_t(1))), Contains("no linked"));
  CHECK_THAT(errorOf(changed(56, uint16_t(0))), Contains("program headers"));
  CHECK_THAT(errorOf(changed(56, uint16_t(9000))), Contains("truncated"));
  CHECK_THAT(errorOf(changed(32, ~uint64_t(0))), Contains("truncated"));
  CHECK_THAT(errorOf(changed(72, uint64_t(0x10000))), Contains("truncated"));
  CHECK_THAT(errorOf(changed(24, uint64_t(0x1002))), Contains("entry point"));
  CHECK_THAT(errorOf(changed(24, uint64_t(0x2000))), Contains("entry point"));
  CHECK_THAT(errorOf(changed(80, uint64_t(0))), Contains("lowest address"));
  CHECK_THAT(errorOf(changed(80, uint64_t(0x1002))), Contains("multiple of 4"));
  CHECK_THAT(errorOf(changed(104, uint64_t(0x150000))),
             Contains("does not fit"));
  CHECK_THAT(errorOf(changed(104, ~uint64_t(0))), Contains("does not fit"));
  CHECK_THAT(errorOf(changed(104, uint64_t(4))), Contains("larger in the file"));
  CHECK_THAT(errorOf(changed(104, uint64_t(sram - 0x1000))),
             Contains("does not fit"));
  CHECK_THAT(errorOf(changed(68, uint32_t(7))), Contains("writable"));
  CHECK_THAT(errorOf(changed(68, uint32_t(4))), Contains("executable"));
}

TEST_CASE("a truncated image is an error at every length") {
  std::vector<uint8_t> whole = goodElf();
  for (size_t length = 0; length < whole.size(); length += 7) {
    INFO(length);
    CHECK(errorOf({whole.begin(), whole.begin() + length}) != "");
  }
}

TEST_CASE("random damage gives an image or an error, never more") {
  std::mt19937 random(1);
  for (int i = 0; i < 20'000; ++i) {
    std::vector<uint8_t> bytes = goodElf();
    for (int n = 0; n < 4; ++n)
      bytes[random() % 256] = uint8_t(random());
    Image image;
    if (readElf(bytes, sram, image).empty()) {
      REQUIRE(image.readOnlyEnd() <= sram);
      REQUIRE(image.entry >= 0x1000);
    }
  }
}

namespace {

/// A line table as an assembler of DWARF 4 writes it.
std::vector<uint8_t> lineTable4() {
  std::vector<uint8_t> header = {4, 1, 1, uint8_t(-5), 14, 13, 0, 1, 1, 1, 1,
                                 0, 0, 0, 1, 0, 0, 1};
  auto text = [](std::vector<uint8_t> &out, const char *s) {
    out.insert(out.end(), s, s + std::strlen(s) + 1);
  };
  header.erase(header.begin()); // Minimum length stands first, 1 byte each.
  std::vector<uint8_t> tables;
  text(tables, "src");
  tables.push_back(0);
  text(tables, "main.c");
  tables.insert(tables.end(), {1, 0, 0, 0});
  // set_address 0x1000; line +9, copy; 8 bytes on, line +1; end.
  std::vector<uint8_t> program = {0, 9, 2, 0,    0x10, 0, 0, 0, 0, 0, 0,
                                  3, 9, 1, 2,    8,    3, 1, 1, 2, 4, 0,
                                  1, 1};
  std::vector<uint8_t> body = {1};
  body.insert(body.end(), header.begin(), header.end());
  body.insert(body.end(), tables.begin(), tables.end());
  std::vector<uint8_t> out;
  auto u32 = [&](uint32_t v) {
    for (int i = 0; i < 4; ++i)
      out.push_back(uint8_t(v >> 8 * i));
  };
  u32(uint32_t(2 + 4 + body.size() + program.size()));
  out.insert(out.end(), {4, 0});
  u32(uint32_t(body.size()));
  out.insert(out.end(), body.begin(), body.end());
  out.insert(out.end(), program.begin(), program.end());
  return out;
}

} // namespace

TEST_CASE("lines from a DWARF table") {
  Image image;
  readLineTable(lineTable4(), {}, {}, image);
  CHECK(image.sourceAt(0x0fff) == "");
  CHECK(image.sourceAt(0x1000) == "src/main.c:10");
  CHECK(image.sourceAt(0x1007) == "src/main.c:10");
  CHECK(image.sourceAt(0x1008) == "src/main.c:11");
  CHECK(image.sourceAt(0x100c) == "");
}

TEST_CASE("a damaged line table is no worse than none") {
  std::mt19937 random(9);
  for (int i = 0; i < 20'000; ++i) {
    std::vector<uint8_t> bytes = lineTable4();
    bytes[random() % bytes.size()] = uint8_t(random());
    bytes.resize(random() % 8 ? bytes.size() : random() % bytes.size());
    Image image;
    readLineTable(bytes, {}, {}, image);
    image.sourceAt(0x1000);
  }
  SUCCEED("no crash");
}

TEST_CASE("functions by address") {
  Image image;
  image.symbols = {{0x1000, 16, true, "first"},
                   {0x1010, 0, false, "label"},
                   {0x1020, 16, true, "second"}};
  CHECK(image.functionAt(0x0800) == nullptr);
  CHECK(image.functionAt(0x1008)->name == "first");
  CHECK(image.functionAt(0x1014)->name == "label");
  CHECK(image.functionAt(0x102c)->name == "second");
}
