// Events of a profile's file as stretches of time.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "TimelineData.h"

#include "PageData.h"

#include "tatami/archive/Archive.h"
#include "tatami/profiler/CriticalPath.h"
#include "tatami/trace/Events.h"
#include "tatami/trace/ProfileFile.h"

#include <algorithm>
#include <map>

using namespace tatami;
using namespace tatami::prof;
using nlohmann::json;

// Chosen: what keeps the page small and its picture quick.
static constexpr size_t maxSpans = 100000, maxArrows = 20000;

namespace {

class Collector {
public:
  /// Arrows do not begin before \p begin.
  Collector(Timeline &timeline, uint64_t begin)
      : timeline(timeline), begin(begin) {}

  void add(const Event &event) {
    Agent &agent = agentOf(event);
    switch (event.kind) {
    case EventKind::Start:
      // A list has stretches of its own.
      agent.isRunning = event.agent < firstListAgent;
      agent.since = event.at;
      break;
    case EventKind::Wait:
    case EventKind::OwnWait:
      run(agent, event.from);
      addSpan(agent, std::min<uint8_t>(event.detail, numCauses - 1), event.from,
              event.at, event.values[0]);
      agent.isRunning = true;
      agent.since = event.at;
      if (event.kind == EventKind::Wait)
        addArrow(agent.number, event, event.values[0]);
      break;
    case EventKind::ListWait:
      addSpan(agent, uint8_t(Cause::Semaphore), event.from, event.at, 0);
      addArrow(agent.number, event, 0);
      break;
    case EventKind::ListMove:
      addSpan(agent, Timeline::moves, event.from, event.at, 0);
      break;
    case EventKind::End:
    case EventKind::Trap:
      run(agent, event.at);
      agent.isRunning = false;
      break;
    default:
      break;
    }
  }

  /// The tracks get their places.
  void finish(uint64_t end) {
    for (auto &[key, agent] : agents)
      run(agent, end);
    std::vector<uint32_t> places(agents.size());
    for (const auto &[key, agent] : agents)
      if (agent.hasSpans) {
        places[agent.number] = uint32_t(timeline.tracks.size());
        timeline.tracks.push_back(key);
      }
    for (Timeline::Span &span : timeline.spans)
      span.track = places[span.track];
    // A node that is not in the timeline has no track to begin at.
    std::vector<bool> hasTrack(agents.size());
    for (const auto &[key, agent] : agents)
      hasTrack[agent.number] = agent.hasSpans;
    std::erase_if(timeline.arrows, [&](const Timeline::Arrow &arrow) {
      return !hasTrack[arrow.source] || !hasTrack[arrow.target];
    });
    for (Timeline::Arrow &arrow : timeline.arrows) {
      arrow.source = places[arrow.source];
      arrow.target = places[arrow.target];
    }
  }

private:
  struct Agent {
    uint32_t number = 0;
    bool isRunning = false, hasSpans = false;
    uint64_t since = 0;
  };

  Agent &agentOf(const Event &event) { return agentOf(event.node, event.agent); }
  Agent &agentOf(uint32_t node, uint8_t agent) {
    auto [place, isNew] = agents.try_emplace({node, agent});
    if (isNew)
      place->second.number = uint32_t(agents.size() - 1);
    return place->second;
  }
  void run(Agent &agent, uint64_t to) {
    if (agent.isRunning)
      addSpan(agent, Timeline::runs, agent.since, to, 0);
  }
  void addSpan(Agent &agent, uint8_t what, uint64_t from, uint64_t to,
               uint64_t pc) {
    if (to <= from)
      return;
    if (timeline.spans.size() == maxSpans) {
      timeline.isCut = true;
      return;
    }
    agent.hasSpans = true;
    timeline.spans.push_back({agent.number, what, from, to, pc});
  }

  void addArrow(uint32_t target, const Event &event, uint64_t pc) {
    const auto node = uint32_t(event.values[1]);
    const auto agent = uint8_t(event.values[2] % maxAgents);
    if (event.values[3] < begin || event.values[3] > event.at ||
        (node == event.node && agent == event.agent))
      return;
    if (timeline.arrows.size() == maxArrows) {
      timeline.hasMoreArrows = true;
      return;
    }
    timeline.arrows.push_back({agentOf(node, agent).number, target,
                               event.detail == uint8_t(Cause::Barrier),
                               event.values[3], event.at, pc});
  }

  Timeline &timeline;
  uint64_t begin;
  std::map<std::pair<uint32_t, uint8_t>, Agent> agents;
};

} // namespace

std::string tatami::prof::readTimeline(const std::string &path,
                                       const Profile &profile,
                                       Timeline &timeline) {
  Collector collector(timeline, profile.timeline.from);
  EventReader reader;
  try {
    std::string error = readChunks(
        path, ChunkKind::Events, [&](std::span<const uint8_t> chunk) {
          reader.read(chunk, [&](const Event &event) { collector.add(event); });
          return true;
        });
    if (!error.empty())
      return error;
  } catch (const ArchiveError &error) {
    return path + ": its events are damaged: " + error.what();
  }
  const TimelineInfo &info = profile.timeline;
  collector.finish(std::min({profile.cycles, info.stoppedAt, info.to}));
  return {};
}

/// {tracks: [node, agent], spans: {track, what, from, to, place},
///  arrows: {source, target, barrier, from, to, place}, places: names, nodes,
///  sampled, from, to, cut, moreArrows}
json tatami::prof::timelineData(const Timeline &timeline, const Profile &profile,
                                const Symbols &symbols, Blob &blob) {
  Names places;
  places("");
  auto placeOf = [&](uint64_t pc) {
    std::string name;
    if (pc) {
      const SourcePlace &at = symbols.at(pc).front();
      name = at.function;
      if (at.line)
        name += " (line " + std::to_string(at.line) + ")";
    }
    return uint32_t(places(name));
  };
  std::vector<uint16_t> track;
  std::vector<uint8_t> what;
  std::vector<double> from, to;
  std::vector<uint32_t> place;
  for (const Timeline::Span &span : timeline.spans) {
    track.push_back(uint16_t(span.track));
    what.push_back(span.what);
    from.push_back(double(span.from));
    to.push_back(double(span.to));
    place.push_back(placeOf(span.pc));
  }
  std::vector<uint16_t> source, target;
  std::vector<uint8_t> barrier;
  std::vector<double> sent, ended;
  std::vector<uint32_t> waited;
  for (const Timeline::Arrow &arrow : timeline.arrows) {
    source.push_back(uint16_t(arrow.source));
    target.push_back(uint16_t(arrow.target));
    barrier.push_back(arrow.isBarrier);
    sent.push_back(double(arrow.from));
    ended.push_back(double(arrow.to));
    waited.push_back(placeOf(arrow.pc));
  }
  json tracks = json::array();
  for (auto [node, agent] : timeline.tracks)
    tracks.push_back(json::array({node, agentName(agent)}));
  const TimelineInfo &info = profile.timeline;
  return {{"tracks", std::move(tracks)},
          {"spans",
           {{"track", blob.add(std::span<const uint16_t>(track))},
            {"what", blob.add(std::span<const uint8_t>(what))},
            {"from", blob.add(std::span<const double>(from))},
            {"to", blob.add(std::span<const double>(to))},
            {"place", blob.add(std::span<const uint32_t>(place))}}},
          {"arrows",
           {{"source", blob.add(std::span<const uint16_t>(source))},
            {"target", blob.add(std::span<const uint16_t>(target))},
            {"barrier", blob.add(std::span<const uint8_t>(barrier))},
            {"from", blob.add(std::span<const double>(sent))},
            {"to", blob.add(std::span<const double>(ended))},
            {"place", blob.add(std::span<const uint32_t>(waited))}}},
          {"places", places.list()},
          {"nodes", info.nodes.size()},
          {"sampled", info.nodes.size() < profile.nodes.size()},
          {"from", info.from},
          {"to", std::min({profile.cycles, info.stoppedAt, info.to})},
          {"cut", timeline.isCut},
          {"moreArrows", timeline.hasMoreArrows}};
}
