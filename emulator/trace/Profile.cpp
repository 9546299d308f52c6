// A profile as bytes, in both directions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "Numbers.h"
#include "tatami/trace/ProfileFile.h"

#include <fmt/format.h>

#include <algorithm>
#include <span>
#include <type_traits>

using namespace tatami;

PcCounts &PcCounts::operator+=(const PcCounts &other) {
  CycleCounts::operator+=(other);
  executed += other.executed;
  packets += other.packets;
  hops += other.hops;
  crossings += other.crossings;
  return *this;
}

static auto placeOf(auto &code, size_t index) {
  return std::lower_bound(
      code.begin(), code.end(), index,
      [](const CodeCounts &counts, size_t at) { return counts.index < at; });
}

PcCounts &Profile::countsOf(size_t index) {
  auto place = placeOf(code, index);
  if (place == code.end() || place->index != index)
    place = code.insert(place, CodeCounts{{}, index});
  return *place;
}

const PcCounts &Profile::countsOf(size_t index) const {
  static const PcCounts none;
  auto place = placeOf(code, index);
  return place == code.end() || place->index != index ? none : *place;
}

const char *tatami::stepKindName(StepKind kind) {
  static constexpr const char *names[] = {"compute", "message", "round_trip",
                                          "barrier", "credit",  "list",
                                          "host",    "unknown"};
  static_assert(std::size(names) == numStepKinds);
  return names[size_t(kind)];
}

namespace {

template <class Archive>
void archiveRegions(Archive &a, std::map<std::string, RegionStats> &regions) {
  std::vector<std::string> names;
  std::vector<RegionStats> figures;
  for (auto &[name, region] : regions) {
    names.push_back(name);
    figures.push_back(region);
  }
  a(names, figures);
  if constexpr (Archive::isReading) {
    if (names.size() != figures.size())
      throw ArchiveError("regions and their names differ in number");
    for (size_t i = 0; i < names.size(); ++i)
      regions[names[i]] = figures[i];
  }
}

/// Tables of numbers, large and mostly zeros: packed, they need not go through
/// zstd as what they are.
template <class Archive>
using Numbers =
    std::conditional_t<Archive::isReading, NumberReader, NumberWriter>;

template <class Archive> void archiveCode(Archive &a, Profile &p) {
  uint64_t counted = p.code.size();
  a(counted);
  if constexpr (Archive::isReading) {
    if (counted > p.text.size())
      throw ArchiveError("more instructions were counted than there are");
    p.code.resize(counted);
  }
  Numbers<Archive> numbers(a);
  static_assert(sizeof(CodeCounts) % sizeof(uint64_t) == 0);
  for (uint64_t &number :
       std::span(reinterpret_cast<uint64_t *>(p.code.data()),
                 p.code.size() * (sizeof(CodeCounts) / sizeof(uint64_t))))
    numbers(number);
  numbers.end();
}

/// By column: what is next to each other is alike then.
template <class Archive>
void archiveSeries(Archive &a, const Profile &p, TimeSeries &s) {
  a(s.interval, s.count);
  if constexpr (Archive::isReading) {
    if (s.count > TimeSeries::most)
      throw ArchiveError("the series has too many intervals");
    s.nodes.assign(p.nodes.size(), TimeSeries::Rows(s.count));
    s.links.assign(p.linkPackets.size() / TimeSeries::numColumns,
                   TimeSeries::Rows(s.count));
  }
  Numbers<Archive> numbers(a);
  for (std::vector<TimeSeries::Rows> *table : {&s.nodes, &s.links})
    for (size_t column = 0; column < TimeSeries::numColumns; ++column)
      for (TimeSeries::Rows &rows : *table)
        for (TimeSeries::Row &row : rows)
          numbers(row[column]);
  numbers.end();
}

/// Every field of a profile, once for both directions.
template <class Archive> void archiveProfile(Archive &a, Profile &p) {
  a(p.image, p.imageHash, p.directory, p.arguments, p.options);
  a(p.machine, p.machineFile, p.timing, p.idealised, p.isEstimate,
    p.exitStatus, p.report);
  a(p.clockGigahertz, p.hostSeconds, p.cycles, p.columns, p.rows);
  a(p.textBase, p.text, p.contexts);
  archiveCode(a, p);
  MeshCounters &m = p.mesh;
  a(m.isEstimate, m.packets, m.delivered, m.hops, m.toDevices, m.fromDevices,
    m.creditStalls, m.arbitrationLosses);
  a(p.nodes, p.linkPackets, p.linkCreditStalls);
  archiveRegions(a, p.regions);
  a(p.regionWork, p.regionsOverlap);
  archiveSeries(a, p, p.series);
  a(p.flows, p.packetsWithoutFlow, p.criticalPath);
  TimelineInfo &t = p.timeline;
  a(t.nodes, t.from, t.to, t.events, t.stoppedAt);
}

/// What readers rely on when they index one field by another.
void check(const Profile &p) {
  auto demand = [](bool holds, const char *what) {
    if (!holds)
      throw ArchiveError(what);
  };
  for (size_t i = 0; i < p.code.size(); ++i)
    demand(p.code[i].index < p.text.size() &&
               (i == 0 || p.code[i - 1].index < p.code[i].index),
           "counts are of instructions that are not there");
  for (size_t i = 0; i < p.contexts.size(); ++i)
    demand(p.contexts[i].parent == CallContext::none ||
               p.contexts[i].parent < i,
           "a call comes before its caller");
  // Readers walk up the tree from every call.
  std::vector<uint32_t> depths;
  for (const CallContext &context : p.contexts) {
    depths.push_back(context.parent == CallContext::none
                         ? 0
                         : depths[context.parent] + 1);
    demand(depths.back() <= CallContext::maxDepth, "a call is too deep");
  }
  constexpr uint64_t most = 1 << 16;
  demand(p.columns > 0 && p.rows > 0 && p.columns <= most && p.rows <= most,
         "the grid has an impossible size");
  const uint64_t positions = uint64_t(p.columns) * p.rows;
  demand(p.linkPackets.size() == 4 * positions &&
             p.linkCreditStalls.size() == 4 * positions,
         "links do not fit the grid");
  for (const NodeProfile &node : p.nodes)
    demand(node.x < p.columns && node.y < p.rows && node.node < positions,
           "a node lies outside of the grid");
  for (const Flow &flow : p.flows)
    demand(flow.source < positions, "a flow comes from outside of the grid");
  for (const RegionWork &region : p.regionWork)
    for (const RegionCode &code : region.code)
      demand(code.index < p.text.size() && code.crossings <= code.hops,
             "a region has code that is not there");
  uint64_t end = 0;
  for (const PathStep &step : p.criticalPath) {
    demand(step.from == end && step.to >= step.from &&
               size_t(step.kind) < numStepKinds && step.node < positions &&
               step.sender < positions,
           "the critical path is broken");
    end = step.to;
  }
  demand(p.criticalPath.empty() || end == p.cycles,
         "the critical path does not lead to the end");
  const TimeSeries &s = p.series;
  demand(s.count == 0 || s.interval > 0, "an interval has no length");
}

} // namespace

void tatami::packProfile(const Profile &profile, ArchiveWriter &writer) {
  archiveProfile(writer, const_cast<Profile &>(profile));
}

std::vector<uint8_t> tatami::packProfile(const Profile &profile) {
  ArchiveWriter writer;
  packProfile(profile, writer);
  return std::move(writer).data();
}

void tatami::unpackProfile(std::span<const uint8_t> data, Profile &profile) {
  ArchiveReader reader(data);
  archiveProfile(reader, profile);
  if (!reader.atEnd())
    throw ArchiveError("there is more than a profile");
  check(profile);
}

std::string tatami::readProfile(const std::string &path, Profile &profile) {
  bool found = false;
  std::string problem;
  std::string error =
      readChunks(path, ChunkKind::Profile, [&](std::span<const uint8_t> data) {
        found = true;
        try {
          unpackProfile(data, profile);
        } catch (const ArchiveError &what) {
          problem = fmt::format("{}: is damaged: {}", path, what.what());
        }
        return false;
      });
  if (!error.empty())
    return error;
  if (!found)
    return fmt::format("{}: is cut off: the run that wrote it was ended from "
                       "outside",
                       path);
  return problem;
}
