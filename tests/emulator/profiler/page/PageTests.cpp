// What is in a page: all of the data, nothing that a browser would execute, and
// not more than fits.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "PageData.h"
#include "SyntheticProfile.h"

#include <catch2/catch.hpp>
#include <zlib.h>

#include <cstring>

using namespace tatami;
using namespace tatami::prof;
using nlohmann::json;

namespace {

std::vector<uint8_t> decode(const std::string &text) {
  std::vector<uint8_t> bytes;
  uint32_t group = 0;
  unsigned digits = 0;
  for (char c : text) {
    static const std::string all = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                   "abcdefghijklmnopqrstuvwxyz0123456789+/";
    if (c == '=')
      break;
    group = group << 6 | uint32_t(all.find(c));
    if (++digits % 4 == 0)
      for (int shift = 16; shift >= 0; shift -= 8)
        bytes.push_back(uint8_t(group >> shift));
  }
  for (unsigned i = 1; i < digits % 4; ++i)
    bytes.push_back(uint8_t(group << 6 * (4 - digits % 4) >> (24 - 8 * i)));
  return bytes;
}

std::vector<uint8_t> unpack(const std::string &text) {
  std::vector<uint8_t> packed = decode(text), bytes(size_t(256) << 20);
  uLongf size = bytes.size();
  REQUIRE(uncompress(bytes.data(), &size, packed.data(), packed.size()) == Z_OK);
  bytes.resize(size);
  return bytes;
}

template <class T>
std::vector<T> arrayOf(const std::vector<uint8_t> &bytes, const json &place) {
  size_t offset = place[1], length = place[2];
  REQUIRE(offset % sizeof(T) == 0);
  REQUIRE(offset + length * sizeof(T) <= bytes.size());
  std::vector<T> values(length);
  std::memcpy(values.data(), bytes.data() + offset, length * sizeof(T));
  return values;
}

/// What stands between \p begin and the next "</script>".
std::string element(const std::string &page, const std::string &begin) {
  size_t at = page.find(begin);
  REQUIRE(at != std::string::npos);
  at = page.find('>', at) + 1;
  return page.substr(at, page.find("</script>", at) - at);
}

size_t occurrences(const std::string &text, const std::string &part) {
  size_t found = 0;
  for (size_t at = text.find(part); at != std::string::npos;
       at = text.find(part, at + 1))
    ++found;
  return found;
}

struct Page {
  explicit Page(const char *machine, size_t arrayBytes = 0) {
    REQUIRE(findMachineConfig(machine, config) == "");
    profile = syntheticProfile(TATAMI_INLINED, config);
    Analysis analysis(profile, symbols);
    REQUIRE(error == "");
    analysis.functions[0].name = hostileText;
    PageInput input(analysis, config);
    EnergyReport energy(analysis, config);
    input.energy = &energy;
    input.boundBy = hostileText;
    input.warnings = {hostileText, "\xff is not UTF-8"};
    if (arrayBytes)
      input.arrayBytes = arrayBytes;
    text = renderPage(input);
    data = json::parse(element(text, "id=\"data\""));
    arrays = unpack(element(text, "id=\"arrays\""));
  }
  MachineConfig config;
  std::string error, text;
  Symbols symbols{TATAMI_INLINED, error};
  Profile profile;
  json data;
  std::vector<uint8_t> arrays;
};

} // namespace

TEST_CASE("base64") {
  auto encode = [](const std::string &text) {
    return base64({reinterpret_cast<const uint8_t *>(text.data()), text.size()});
  };
  // The examples of RFC 4648.
  CHECK(encode("") == "");
  CHECK(encode("f") == "Zg==");
  CHECK(encode("fo") == "Zm8=");
  CHECK(encode("foo") == "Zm9v");
  CHECK(encode("foobar") == "Zm9vYmFy");
}

TEST_CASE("arrays come out as they went in") {
  std::vector<uint8_t> bytes = {1, 2, 3};
  std::vector<uint16_t> halves = {0xffff, 7};
  std::vector<double> doubles = {0.1, -1e300};
  Blob blob;
  json first = blob.add(std::span<const uint8_t>(bytes)),
       second = blob.add(std::span<const uint16_t>(halves)),
       third = blob.add(std::span<const double>(doubles));
  CHECK(third[0] == "f64");
  std::vector<uint8_t> all = unpack(blob.encode());
  CHECK(arrayOf<uint8_t>(all, first) == bytes);
  CHECK(arrayOf<uint16_t>(all, second) == halves);
  CHECK(arrayOf<double>(all, third) == doubles);
}

TEST_CASE("a program's texts stay texts") {
  Page page("die");
  // The page's own three script elements, and no other markup.
  CHECK(occurrences(page.text, "</script") == 3);
  CHECK(occurrences(page.text, "<script") == 3);
  CHECK(occurrences(page.text, "<img") == 0);
  CHECK(page.data["run"]["boundBy"] == hostileText);
  CHECK(page.data["run"]["arguments"][2] == hostileText);
  CHECK(page.data["run"]["regions"][0][0] == hostileText);
  CHECK(page.data["code"]["names"][0] == hostileText);
  // Nothing is named that the page would have to ask for.
  CHECK(occurrences(page.text, "https://") == 0);
  CHECK(occurrences(page.text, "src=") == occurrences(page.data.dump(), "src="));
}

TEST_CASE("a page has the energy of its regions") {
  Page page("die");
  const nlohmann::json &energy = page.data["energy"];
  const nlohmann::json &regions = energy["regions"];
  // By name, then what is outside of all, and the mesh.
  REQUIRE(regions.size() == 4);
  CHECK(regions[2][0].is_null());
  CHECK(regions[3][0].is_null());
  double sum = 0, all = 0;
  for (const nlohmann::json &row : regions)
    sum += row[1].get<double>();
  for (const nlohmann::json &part : energy["total"])
    all += part.get<double>();
  CHECK(sum == Approx(all));
  for (size_t i : {0, 1}) {
    CHECK((regions[i][0] == hostileText || regions[i][0] == "multiply"));
    // It runs a third of the time and takes less than a third.
    CHECK(regions[i][1].get<double>() > 0.2 * all);
    CHECK(regions[i][1].get<double>() < 0.334 * all);
    CHECK(regions[i][2].get<double>() ==
          Approx(regions[i][1].get<double>() * 3 /
                 energy["seconds"].get<double>())
              .epsilon(1e-4));
  }
}

TEST_CASE("a page has all cycles of all threads") {
  Page page("die");
  const json &run = page.data["run"];
  CHECK(run["nodes"] == 354);
  uint64_t sum = 0, code = 0;
  for (uint64_t cycles : run["threads"])
    sum += cycles;
  CHECK(sum == 354 * 4 * page.profile.cycles);
  for (const json &row : page.data["code"]["instructions"]) {
    code += row[4].get<uint64_t>();
    for (size_t i = 1; i < row[5].size(); i += 2)
      code += row[5][i].get<uint64_t>();
  }
  uint64_t idle = run["threads"].back();
  CHECK(code == sum - idle);

  auto counts = arrayOf<double>(page.arrays, page.data["mesh"]["counts"]);
  REQUIRE(counts.size() == 354 * (1 + numCauses));
  double nodes = 0;
  for (double cycles : counts)
    nodes += cycles;
  CHECK(nodes == double(sum));
}

TEST_CASE("shares over time are those of the profile") {
  Page page("mesh-4x4");
  const json &series = page.data["mesh"]["series"];
  CHECK(series["coarser"] == 1);
  auto issued = arrayOf<uint16_t>(page.arrays, series["issued"]);
  const TimeSeries &all = page.profile.series;
  REQUIRE(issued.size() == all.nodes.size() * all.count);
  for (size_t i = 0; i < issued.size(); ++i) {
    bool isLast = (i + 1) % all.count == 0; // It is half as long.
    double room = 4.0 * double(all.interval) / (isLast ? 2 : 1);
    const TimeSeries::Row &row = all.nodes[i / all.count][i % all.count];
    CHECK(issued[i] ==
          Approx(row[TimeSeries::Issued] / room * 1000).margin(0.51));
  }
  auto used = arrayOf<uint32_t>(page.arrays, series["used"]);
  for (uint32_t link : used)
    CHECK(page.profile.linkPackets[link] > 0);
}

TEST_CASE("a page of a die stays small, of a tile bounded") {
  Page die("die");
  CHECK(die.text.size() < (size_t(5) << 20));
  Page tile("tile", 16 << 10);
  CHECK(tile.text.size() < (size_t(20) << 20));
  const json &series = tile.data["mesh"]["series"];
  uint32_t coarser = series["coarser"];
  CHECK(coarser > 1);
  CHECK(series["interval"] == coarser * tile.profile.series.interval);
  CHECK(series["count"] == (tile.profile.series.count + coarser - 1) / coarser);
}

TEST_CASE("what is too narrow in the tree of calls counts for its caller") {
  Page page("node");
  Profile profile = page.profile;
  uint64_t function = profile.contexts.at(0).function;
  uint64_t sum = 0;
  for (uint32_t i = 0; i < 30000; ++i) {
    CallContext context;
    context.parent = i % 100;
    context.function = function;
    context.cycles = i;
    if (context.parent >= profile.contexts.size())
      context.parent = 0;
    profile.contexts.push_back(context);
  }
  for (const CallContext &context : profile.contexts)
    sum += context.cycles;
  Analysis analysis(profile, page.symbols);
  json contexts = codeData(analysis)["contexts"];
  CHECK(contexts.size() <= 20000);
  uint64_t kept = 0;
  for (size_t i = 0; i < contexts.size(); ++i) {
    kept += contexts[i][3].get<uint64_t>();
    CHECK(contexts[i][0].get<int64_t>() < int64_t(i));
  }
  CHECK(kept == sum);
}

TEST_CASE("only what is source gets into a page") {
  std::string error;
  Symbols symbols(TATAMI_INLINED, error);
  json files = {"/etc/passwd", TATAMI_INLINED_SOURCE, "/nowhere/a.c", ""};
  json sources = sourceData({{0, {1}}, {1, {1, 2}}, {2, {1}}, {3, {1}}}, files, symbols);
  CHECK(!sources.contains("0"));
  REQUIRE(sources.contains("1"));
  CHECK(sources["1"].size() == 5);
  CHECK(sources["1"][1] == 1);
  CHECK(!sources.contains("3"));
}
