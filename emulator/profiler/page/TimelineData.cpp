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
static constexpr size_t maxSpans = 100000;

namespace {

class Collector {
public:
  Collector(Timeline &timeline) : timeline(timeline) {}

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
      break;
    case EventKind::ListWait:
      addSpan(agent, uint8_t(Cause::Semaphore), event.from, event.at, 0);
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
  }

private:
  struct Agent {
    uint32_t number = 0;
    bool isRunning = false, hasSpans = false;
    uint64_t since = 0;
  };

  Agent &agentOf(const Event &event) {
    auto [place, isNew] = agents.try_emplace({event.node, event.agent});
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

  Timeline &timeline;
  std::map<std::pair<uint32_t, uint8_t>, Agent> agents;
};

} // namespace

std::string tatami::prof::readTimeline(const std::string &path,
                                       const Profile &profile,
                                       Timeline &timeline) {
  Collector collector(timeline);
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

/// {tracks: [node, agent], spans: {track, what, from, to}, places: names,
///  place: by span, nodes, sampled, from, to, cut}
json tatami::prof::timelineData(const Timeline &timeline, const Profile &profile,
                                const Symbols &symbols, Blob &blob) {
  std::vector<uint16_t> track;
  std::vector<uint8_t> what;
  std::vector<double> from, to;
  std::vector<uint32_t> place;
  Names places;
  places("");
  for (const Timeline::Span &span : timeline.spans) {
    track.push_back(uint16_t(span.track));
    what.push_back(span.what);
    from.push_back(double(span.from));
    to.push_back(double(span.to));
    std::string name;
    if (span.pc) {
      const SourcePlace &at = symbols.at(span.pc).front();
      name = at.function;
      if (at.line)
        name += " (line " + std::to_string(at.line) + ")";
    }
    place.push_back(uint32_t(places(name)));
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
          {"places", places.list()},
          {"nodes", info.nodes.size()},
          {"sampled", info.nodes.size() < profile.nodes.size()},
          {"from", info.from},
          {"to", std::min({profile.cycles, info.stoppedAt, info.to})},
          {"cut", timeline.isCut}};
}
