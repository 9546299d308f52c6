// Samples, flows and distances.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "Samples.h"

#include <algorithm>
#include <utility>

using namespace tatami;

void Samples::sample(uint64_t now, const Row &sums) {
  if (now <= begin)
    return;
  while (isTooShort(shift, now))
    halve();
  if (const uint64_t last = (now - 1) >> shift; rows.size() <= last) {
    // Chosen, a page of the host: those of thousands of nodes grow at the same
    // time, and would leave as much memory behind as they take.
    if (rows.empty())
      rows.reserve(TimeSeries::most / 2);
    rows.resize(last + 1);
  }
  const double length = double(now - begin);
  Row given = {};
  for (uint64_t at = begin; at < now;) {
    const uint64_t index = at >> shift;
    const uint64_t to = std::min(now, (index + 1) << shift);
    const double share = double(to - begin) / length;
    for (size_t i = 0; i < sums.size(); ++i) {
      // Rounded so that the parts add up to the whole.
      const uint64_t whole = sums[i] - before[i];
      const uint64_t part = to == now ? whole : uint64_t(double(whole) * share);
      rows[index][i] += part - given[i];
      given[i] = part;
    }
    at = to;
  }
  begin = now;
  before = sums;
}

void Samples::halve() {
  for (size_t i = 0; i < rows.size(); ++i) {
    const Row row = std::exchange(rows[i], {});
    for (size_t c = 0; c < row.size(); ++c)
      rows[i / 2][c] += row[c];
  }
  rows.resize((rows.size() + 1) / 2);
  ++shift;
}

Samples::Rows Samples::take(uint64_t wanted, uint32_t count) {
  while (getInterval() < wanted)
    halve();
  rows.resize(count);
  return std::move(rows);
}

void FlowCounts::add(const mesh::PacketDesc &packet) {
  const uint64_t destination = packet.destination.pack();
  const uint32_t trafficClass = uint32_t(packet.cls);
  auto isIt = [&](const Flow &flow) {
    return flow.trafficClass == trafficClass && flow.destination == destination;
  };
  uint16_t &guess =
      recent[(destination * 0x9e3779b97f4a7c15u >> 61 ^ trafficClass) %
             recent.size()];
  if (guess < kept.size() && isIt(kept[guess])) {
    ++kept[guess].packets;
    return;
  }
  auto place = std::lower_bound(
      kept.begin(), kept.end(), std::pair(trafficClass, destination),
      [](const Flow &flow, const auto &key) {
        return std::pair(flow.trafficClass, flow.destination) < key;
      });
  if (place == kept.end() || !isIt(*place)) {
    if (kept.size() == most) {
      ++beyond;
      return;
    }
    place = kept.insert(place, {packet.source, trafficClass, destination, 0});
  }
  guess = uint16_t(place - kept.begin());
  ++place->packets;
}

Distance tatami::distance(const mesh::MeshParams &params,
                          const mesh::PacketDesc &packet) {
  const mesh::Coord from = params.topology.coord(packet.source);
  const mesh::Rect &to = packet.destination;
  Distance sum;
  // Links of a line and edges of dies that it passes, as often as it is passed.
  auto pass = [&](unsigned begin, unsigned end, unsigned perDie,
                  uint64_t times) {
    sum.hops += times * (end - begin);
    if (perDie)
      sum.crossings += times * (end / perDie - begin / perDie);
  };
  // Along the row of the source, then along each column.
  pass(std::min(from.x, to.x0), std::max(from.x, to.x1), params.dieColumns, 1);
  pass(std::min(from.y, to.y0), std::max(from.y, to.y1), params.dieRows,
       to.width());
  if (packet.exit != mesh::Direction::Local)
    ++sum.hops;
  return sum;
}
