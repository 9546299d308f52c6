// State to bytes and back; bytes that nobody wrote.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#define CATCH_CONFIG_MAIN
#include "tatami/archive/Archive.h"

#include <catch2/catch.hpp>

using namespace tatami;

namespace {

struct Inner {
  uint32_t number = 0;
  std::vector<uint16_t> list;
  bool operator==(const Inner &) const = default;
  template <class Archive> void archive(Archive &a) { a(number, list); }
};

struct Outer {
  std::string name;
  std::vector<Inner> inner;
  std::vector<bool> bits;
  double value = 0;
  bool operator==(const Outer &) const = default;
  template <class Archive> void archive(Archive &a) {
    a(name, inner, bits, value);
  }
};

const Outer sample = {"a node", {{1, {2, 3}}, {4, {}}}, {true, false, true}, 2.5};

} // namespace

TEST_CASE("what is written is read") {
  ArchiveWriter writer;
  writer(sample, uint8_t(7));
  ArchiveReader reader(writer.data());
  Outer outer;
  uint8_t seven = 0;
  reader(outer, seven);
  CHECK(outer == sample);
  CHECK(seven == 7);
  CHECK(reader.atEnd());
}

TEST_CASE("what is given away in pieces is what would have been kept") {
  const std::vector<uint16_t> lists[] = {std::vector<uint16_t>(10, 1),
                                         std::vector<uint16_t>(100000, 2),
                                         {},
                                         std::vector<uint16_t>(12345, 3)};
  ArchiveWriter kept;
  std::vector<uint8_t> given;
  size_t pieces = 0;
  ArchiveWriter giving([&](std::span<const uint8_t> piece) {
    given.insert(given.end(), piece.begin(), piece.end());
    ++pieces;
  });
  for (unsigned i = 0; i < 5000; ++i) {
    const auto &list = lists[i % 500 == 0 ? 1 + i / 500 % 3 : 0];
    kept(sample, list);
    giving(sample, list);
  }
  giving.flush();
  CHECK(given == kept.data());
  CHECK(pieces > 10);
  CHECK(giving.data().empty());
}

TEST_CASE("every prefix of an archive is refused") {
  ArchiveWriter writer;
  writer(sample);
  for (size_t size = 0; size < writer.data().size(); ++size) {
    ArchiveReader reader(std::span(writer.data()).first(size));
    Outer outer;
    CHECK_THROWS_AS(reader(outer), ArchiveError);
  }
}

TEST_CASE("a count that cannot be is refused before memory is asked for") {
  ArchiveWriter writer;
  writer(~uint64_t(0));
  std::vector<uint64_t> numbers;
  std::vector<Inner> objects;
  std::string text;
  CHECK_THROWS_AS(ArchiveReader(writer.data())(numbers), ArchiveError);
  CHECK_THROWS_AS(ArchiveReader(writer.data())(objects), ArchiveError);
  CHECK_THROWS_AS(ArchiveReader(writer.data())(text), ArchiveError);
}
