// Nodes, links and flows for the page.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "PageData.h"

#include <algorithm>
#include <cmath>

using namespace tatami;
using namespace tatami::prof;
using nlohmann::json;

// Chosen: flows beyond these carry next to nothing.
static constexpr size_t maxFlows = 100000;

/// As thousandths of what would be possible. More than is possible happens: a
/// block's instructions count when it has ended.
static uint16_t thousandths(uint64_t value, double possible) {
  double share = possible > 0 ? double(value) / possible : 0;
  return uint16_t(std::lround(std::min(share, 1.0) * 1000));
}

/// One column of \p rows.
struct Column {
  const TimeSeries::Rows *rows;
  unsigned number;
};

/// \p count values of each of \p columns as thousandths of \p possible per
/// interval, \p step intervals taken together.
static std::vector<uint16_t> shares(const std::vector<Column> &columns,
                                    uint32_t count, uint32_t step,
                                    double possible, double lastPossible) {
  std::vector<uint16_t> result;
  for (const Column &column : columns)
    for (uint32_t begin = 0; begin < count; begin += step) {
      uint32_t end = std::min(begin + step, count);
      uint64_t sum = 0;
      for (uint32_t i = begin; i < end; ++i)
        sum += (*column.rows)[i][column.number];
      double room = possible * (end - begin) -
                    (end == count ? possible - lastPossible : 0);
      result.push_back(thousandths(sum, room));
    }
  return result;
}

/// {interval, count, coarser, issued, waiting, macs: by place of the node,
/// links: by place in used, used: numbers of links}
static json seriesData(const Profile &profile, unsigned linkRate,
                       size_t arrayBytes, Blob &blob) {
  const TimeSeries &series = profile.series;
  if (!series.count || series.nodes.empty())
    return nullptr;

  std::vector<uint32_t> used;
  std::vector<Column> usedLinks;
  for (size_t link = 0; link < profile.linkPackets.size(); ++link)
    if (profile.linkPackets[link]) {
      used.push_back(uint32_t(link));
      usedLinks.push_back({&series.links[link / 4], unsigned(link % 4)});
    }

  // The last interval is only as long as the run.
  uint64_t before = uint64_t(series.count - 1) * series.interval;
  double last = profile.cycles > before
                    ? double(std::min(profile.cycles - before, series.interval))
                    : double(series.interval);
  for (uint32_t step = 1;; step *= 2) {
    auto of = [&](const std::vector<Column> &columns, double perCycle) {
      return shares(columns, series.count, step,
                    perCycle * double(series.interval), perCycle * last);
    };
    auto ofNodes = [&](TimeSeries::NodeColumn column, double perCycle) {
      std::vector<Column> columns;
      for (const TimeSeries::Rows &rows : series.nodes)
        columns.push_back({&rows, column});
      return of(columns, perCycle);
    };
    std::vector<uint16_t> issued = ofNodes(TimeSeries::Issued, 4),
                          waiting = ofNodes(TimeSeries::Waiting, 4),
                          macs = ofNodes(TimeSeries::Macs, 256),
                          packets = of(usedLinks, linkRate);
    if (step < series.count &&
        packedSize(issued) + packedSize(waiting) + packedSize(macs) +
                packedSize(packets) >
            arrayBytes)
      continue;
    return {{"interval", series.interval * step},
            {"count", (series.count + step - 1) / step},
            {"coarser", step},
            {"issued", blob.add(std::span<const uint16_t>(issued))},
            {"waiting", blob.add(std::span<const uint16_t>(waiting))},
            {"macs", blob.add(std::span<const uint16_t>(macs))},
            {"used", blob.add(std::span<const uint32_t>(used))},
            {"links", blob.add(std::span<const uint16_t>(packets))}};
  }
}

/// {source, rect: x0 y0 x1 y1 of each, replies, packets, omitted: packets of
/// the smallest that are left out}
static json flowData(const Profile &profile, Blob &blob) {
  std::vector<const Flow *> flows;
  for (const Flow &flow : profile.flows)
    flows.push_back(&flow);
  std::sort(flows.begin(), flows.end(), [](const Flow *a, const Flow *b) {
    return a->packets != b->packets ? a->packets > b->packets : a < b;
  });
  std::vector<uint32_t> source;
  std::vector<uint16_t> rect;
  std::vector<uint8_t> replies;
  std::vector<double> packets;
  double omitted = 0;
  for (const Flow *flow : flows) {
    if (source.size() == maxFlows) {
      omitted += double(flow->packets);
      continue;
    }
    source.push_back(flow->source);
    for (unsigned shift = 0; shift < 64; shift += 16)
      rect.push_back(uint16_t(flow->destination >> shift));
    replies.push_back(flow->trafficClass);
    packets.push_back(double(flow->packets));
  }
  return {{"source", blob.add(std::span<const uint32_t>(source))},
          {"rect", blob.add(std::span<const uint16_t>(rect))},
          {"replies", blob.add(std::span<const uint8_t>(replies))},
          {"packets", blob.add(std::span<const double>(packets))},
          {"omitted", omitted},
          {"unknown", profile.packetsWithoutFlow}};
}

/// {columns, rows, dieColumns, dieRows, linkRate, dead: nodes, nodes: numbers,
///  counts: [place * (1 + causes)] issued and lost thread-cycles,
///  figures: [place * 6] cycles, instructions, macs, flops, packets sent and
///  received, linkPackets, linkStalls, series, flows}
json tatami::prof::meshData(const PageInput &input, Blob &blob) {
  const Profile &profile = input.analysis.profile;
  const mesh::MeshParams &mesh = input.config.mesh;
  std::vector<uint32_t> numbers;
  std::vector<double> counts, figures;
  for (const NodeProfile &node : profile.nodes) {
    CycleCounts sum;
    uint64_t instructions = 0;
    for (const ThreadProfile &thread : node.threads) {
      sum += thread;
      instructions += thread.instructions;
    }
    numbers.push_back(node.node);
    counts.push_back(double(sum.issued));
    counts.insert(counts.end(), sum.lost.begin(), sum.lost.end());
    for (uint64_t figure : {node.cycles, instructions, node.macs, node.flops,
                            node.packetsSent, node.packetsReceived})
      figures.push_back(double(figure));
  }
  json dead = json::array();
  for (mesh::Coord place : mesh.deadRouters)
    dead.push_back(mesh.topology.node(place));

  std::vector<double> packets(profile.linkPackets.begin(),
                              profile.linkPackets.end()),
      stalls(profile.linkCreditStalls.begin(), profile.linkCreditStalls.end());
  packets.resize(size_t(profile.columns) * profile.rows * 4);
  stalls.resize(packets.size());
  return {{"columns", profile.columns},
          {"rows", profile.rows},
          {"dieColumns", mesh.dieColumns},
          {"dieRows", mesh.dieRows},
          {"linkRate", mesh.linkPacketsPerCycle},
          {"dead", std::move(dead)},
          {"nodes", blob.add(std::span<const uint32_t>(numbers))},
          {"counts", blob.add(std::span<const double>(counts))},
          {"figures", blob.add(std::span<const double>(figures))},
          {"linkPackets", blob.add(std::span<const double>(packets))},
          {"linkStalls", blob.add(std::span<const double>(stalls))},
          {"series", seriesData(profile, mesh.linkPacketsPerCycle, input.arrayBytes, blob)},
          {"flows", flowData(profile, blob)}};
}
