// Profiles survive their file, and no file harms who reads it.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#define CATCH_CONFIG_MAIN
#include "tatami/trace/ProfileFile.h"

#include <catch2/catch.hpp>

#include <cstdio>
#include <fstream>
#include <iterator>

using namespace tatami;

namespace {

struct TemporaryFile {
  std::string path = "trace-tests.prof";
  ~TemporaryFile() { std::remove(path.c_str()); }

  std::string bytes() const {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }
  void write(const std::string &bytes) const {
    std::ofstream(path, std::ios::binary) << bytes;
  }
};

Profile example() {
  Profile p;
  p.image = "gemm.elf";
  p.arguments = {"gemm.elf", "256"};
  p.machine = "mesh";
  p.columns = 2, p.rows = 1;
  p.textBase = 0x1000;
  p.text = {1, 2, 3};
  p.countsOf(1).executed = 7;
  p.countsOf(1).lost[size_t(Cause::OperandLoad)] = 5;
  p.contexts = {{}, {0, 1, 0x1004, 2, 40}};
  p.nodes.resize(2);
  p.nodes[1].node = p.nodes[1].x = 1;
  p.linkPackets.assign(8, 3);
  p.linkCreditStalls.assign(8, 0);
  p.mesh = {true, 1, 2, 3, 4, 5, 6, 7};
  p.regions["gemm"].entries = 4;
  p.regionWork = {{"", 2, 30, 4, 0, {{0, 1, 0, 0}}},
                  {"gemm", 1, 10, 5, 6, {{1, 7, 3, 2}}}};
  p.series.interval = 256, p.series.count = 2;
  p.series.nodes.assign(2, {{9, 8, 7, 0}, {0, 0, 0, 6}});
  p.series.links.assign(2, {{1, 1, 1, 1}, {1, 1, 1, 1}});
  p.flows = {{0, 1, 5, 6}};
  return p;
}

std::string writeExample(const TemporaryFile &file) {
  std::string error;
  ProfileWriter writer(file.path, error);
  REQUIRE(error == "");
  writer.writeChunk(ChunkKind::Events, std::vector<uint8_t>(1000, 1));
  return writer.finish(example());
}

} // namespace

TEST_CASE("a profile is read as it was written") {
  TemporaryFile file;
  REQUIRE(writeExample(file) == "");
  Profile p;
  REQUIRE(readProfile(file.path, p) == "");
  CHECK(packProfile(p) == packProfile(example()));
  CHECK(p.regions.at("gemm").entries == 4);
  REQUIRE(p.regionWork.size() == 2);
  CHECK(p.regionWork[1].name == "gemm");
  CHECK(p.regionWork[1].code[0].crossings == 2);
  CHECK(p.mesh.isEstimate);
  const MeshCounters &m = p.mesh;
  CHECK(std::vector{m.packets, m.delivered, m.hops, m.toDevices, m.fromDevices,
                    m.creditStalls, m.arbitrationLosses} ==
        std::vector<uint64_t>{1, 2, 3, 4, 5, 6, 7});
  REQUIRE(p.code.size() == 1);
  CHECK(p.pcOf(p.code[0].index) == 0x1004);
  CHECK(std::as_const(p).countsOf(1).lost[size_t(Cause::OperandLoad)] == 5);
  CHECK_FALSE(std::as_const(p).countsOf(2).happened());
  size_t bytes = 0;
  CHECK(readChunks(file.path, ChunkKind::Events, [&](auto data) {
          bytes += data.size();
          return true;
        }) == "");
  CHECK(bytes == 1000);
}

TEST_CASE("a profile that is not finished leaves the one before") {
  TemporaryFile file;
  REQUIRE(writeExample(file) == "");
  const std::string before = file.bytes();
  {
    std::string error;
    ProfileWriter writer(file.path, error);
    writer.writeChunk(ChunkKind::Events, std::vector<uint8_t>(1000, 1));
  }
  CHECK(file.bytes() == before);
  CHECK_FALSE(std::ifstream(file.path + ".unfinished"));
}

TEST_CASE("what is no whole profile is refused") {
  TemporaryFile file;
  REQUIRE(writeExample(file) == "");
  const std::string whole = file.bytes();
  for (size_t length = 0; length < whole.size(); ++length) {
    file.write(whole.substr(0, length));
    Profile p;
    INFO(length);
    std::string error = readProfile(file.path, p);
    REQUIRE(error.starts_with(file.path + ": is "));
  }
  for (size_t i = 0; i < whole.size(); ++i) {
    std::string damaged = whole;
    damaged[i] = char(damaged[i] ^ 0x55);
    file.write(damaged);
    Profile p;
    INFO(i);
    std::string error = readProfile(file.path, p);
    // Nothing reads the contents of a chunk of events here.
    CHECK((!error.empty() || packProfile(p) == packProfile(example())));
  }
  // A chunk that claims 2^40 bytes takes none of them.
  const std::string head("\0\0\0\0\x0d\0\0\0\0\0\0\0\0\1\0\0", 16),
      frame("\x28\xb5\x2f\xfd\xe0\0\0\0\0\0\1\0\0", 13);
  file.write("tatami-profile " + std::to_string(profileVersion) + "\n" + head +
             frame);
  Profile large;
  CHECK(readProfile(file.path, large).find("as large as it says") !=
        std::string::npos);
  file.write("tatami-profile 99\n");
  Profile p;
  CHECK(readProfile(file.path, p).find("version 99") != std::string::npos);
  CHECK(readProfile("/", p).find("directory") != std::string::npos);
  CHECK(readProfile("/nonexistent", p).find("cannot be opened") !=
        std::string::npos);
}

TEST_CASE("a profile whose parts do not fit each other is refused") {
  auto refuses = [](auto change) {
    Profile p = example(), read;
    change(p);
    CHECK_THROWS(unpackProfile(packProfile(p), read));
  };
  refuses([](Profile &p) { p.text.resize(1); });
  // Counts are of instructions that are there, each once, ascending.
  refuses([](Profile &p) { p.code.push_back({{}, 3}); });
  refuses([](Profile &p) { p.code.push_back({{}, 1}); });
  refuses([](Profile &p) { p.code.push_back({{}, 0}); });
  refuses([](Profile &p) { p.text.clear(), p.regionWork.clear(); });
  refuses([](Profile &p) { p.contexts[0].parent = 1; });
  refuses([](Profile &p) { p.columns = 0; });
  refuses([](Profile &p) { p.linkPackets.pop_back(); });
  refuses([](Profile &p) { p.nodes[0].x = 2; });
  refuses([](Profile &p) { p.flows[0].source = 2; });
  refuses([](Profile &p) { p.series.nodes.pop_back(); });
  refuses([](Profile &p) { p.series.links[0].pop_back(); });
  refuses([](Profile &p) { p.series.interval = 0; });
}

// The fuzzer's inputs: a byte that says what follows, a chunk or a file.
static const std::string seeds = TATAMI_SOURCE "/tests/fuzz/emulator/corpus/Profile/";

TEST_CASE("the fuzzer begins with profiles of this version") {
  INFO("trace-tests \"[.seeds]\" writes them anew");
  TemporaryFile file;
  auto read = [](const std::string &name) {
    std::ifstream in(seeds + name, std::ios::binary);
    return std::string{std::istreambuf_iterator<char>(in), {}};
  };
  const std::string chunk = read("chunk"), whole = read("file");
  REQUIRE(chunk.substr(0, 1) == std::string(1, '\0'));
  REQUIRE(whole.substr(0, 1) == "\1");
  Profile p;
  file.write(whole.substr(1));
  CHECK(readProfile(file.path, p) == "");
  CHECK_NOTHROW(unpackProfile(
      {reinterpret_cast<const uint8_t *>(chunk.data()) + 1, chunk.size() - 1},
      p));
  CHECK(p.regionWork.size() == 2);
}

TEST_CASE("write the fuzzer's first profiles", "[.seeds]") {
  TemporaryFile file;
  REQUIRE(writeExample(file) == "");
  std::ofstream(seeds + "file", std::ios::binary) << '\1' << file.bytes();
  const std::vector<uint8_t> chunk = packProfile(example());
  std::ofstream(seeds + "chunk", std::ios::binary)
      << '\0' << std::string(chunk.begin(), chunk.end());
}
