// tatami-prof trace: the timeline in the trace event format, for Perfetto and
// chrome://tracing. Events are converted one by one as they are read, so the
// memory that this takes does not depend on how many there are.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "Json.h"
#include "Text.h"

#include "tatami/mesh/Topology.h"
#include "tatami/machine/MachineConfig.h"
#include "tatami/profiler/CriticalPath.h"
#include "tatami/profiler/Load.h"
#include "tatami/profiler/Verbs.h"
#include "tatami/trace/Events.h"
#include "tatami/trace/ProfileFile.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <unistd.h>
#include <zlib.h>

#include <algorithm>
#include <bit>
#include <cerrno>
#include <cmath>
#include <cstring>
#include <map>
#include <memory>

namespace tatami::prof {
namespace {

struct Options {
  Input input;
  std::string output;
};

/// The file, compressed if its name ends in .gz.
class Output {
public:
  explicit Output(const std::string &path)
      : path(path),
        file(gzopen(path.c_str(), path.ends_with(".gz") ? "wb6" : "wbT")) {
    if (!file)
      error = fmt::format("{}: cannot be written: {}", path,
                          std::strerror(errno));
  }
  ~Output() { close(); }
  Output(const Output &) = delete;
  Output &operator=(const Output &) = delete;

  void write(const std::string &text) {
    if (file && error.empty() && !text.empty() &&
        gzwrite(file, text.data(), unsigned(text.size())) <= 0)
      fail();
  }
  void close() {
    if (file && gzclose(file) != Z_OK)
      fail();
    file = nullptr;
  }

  std::string error;

private:
  void fail() {
    if (error.empty())
      error = fmt::format("{}: cannot be written: {}", path,
                          std::strerror(errno));
  }

  std::string path;
  gzFile file;
};

std::string quoted(const std::string &text) {
  return Json(text).dump(-1, ' ', false, Json::error_handler_t::replace);
}

const char *packetName(uint8_t kind) {
  static constexpr const char *names[] = {
      "store",      "load request", "load reply", "pull request",
      "pull reply", "signal",       "ack",        "barrier arrival",
      "barrier release", "fence"};
  return kind < std::size(names) ? names[kind] : "packet";
}

class Converter {
public:
  Converter(const LoadedProfile &loaded, Output &out)
      : profile(loaded.profile), symbols(*loaded.symbols), out(out),
        info(profile.timeline),
        end(std::min({profile.cycles, info.stoppedAt, info.to})) {
    MachineConfig config;
    if (readMachineConfig(profile.machineFile, config).empty())
      packetsPerCycle = config.mesh.linkPacketsPerCycle;
  }

  /// \p notes is what a viewer of the trace has to know.
  void begin(const std::vector<std::string> &notes) {
    out.write(fmt::format(
        "{{\"displayTimeUnit\":\"ns\",\"otherData\":{{\"tool\":\"tatami-prof "
        "trace\",\"image\":{},\"machine\":{},\"cycles\":{},\"clock_ghz\":{},"
        "\"notes\":{}}},\n\"traceEvents\":[\n",
        quoted(profile.image), quoted(profile.machine), profile.cycles,
        profile.clockGigahertz, Json(notes).dump(-1, ' ', false,
                                                     Json::error_handler_t::replace)));
    for (uint32_t id : info.nodes)
      nameTracks(id);
    addLinks();
  }

  void add(const Event &event, const EventReader &reader) {
    auto found = nodes.find(event.node);
    if (found == nodes.end() || !found->second.known)
      return; // Of a damaged file.
    Node &node = found->second;
    Thread &agent = node.agents[event.agent];
    switch (event.kind) {
    case EventKind::Start:
      if (event.agent < firstListAgent) {
        agent.running = true;
        agent.since = event.at;
      }
      instant(event, "start", whereArgs(event));
      break;
    case EventKind::End:
      run(event.node, event.agent, event.at);
      agent.running = false;
      agent.ended = true;
      break;
    case EventKind::Wait:
    case EventKind::OwnWait:
      run(event.node, event.agent, event.from);
      slice(event, causeWords(Cause(std::min<size_t>(event.detail, numCauses - 1))),
            "wait", event.from, event.at, whereArgs(event) + wakerArgs(event));
      agent.running = true;
      agent.since = event.at;
      if (event.kind == EventKind::Wait)
        arrow(event);
      break;
    case EventKind::ListWait:
      slice(event, "semaphore", "wait", event.from, event.at,
            whereArgs(event) + wakerArgs(event));
      arrow(event);
      break;
    case EventKind::ListMove:
      slice(event, "move", "list", event.from, event.at,
            fmt::format("\"descriptor\":\"{:#x}\",\"packets\":{},"
                        "\"cycles without room\":{}",
                        event.values[0], event.values[1], event.values[2]));
      break;
    case EventKind::Send: {
      const mesh::Rect to = mesh::Rect::unpack(event.values[2]);
      instant(event, fmt::format("send {}", packetName(event.detail)),
              fmt::format("\"packets\":{},\"bytes\":{},\"to\":\"({},{}){}\"",
                          event.values[0], event.values[1], to.x0, to.y0,
                          to.single() ? ""
                                      : fmt::format("-({},{})", to.x1, to.y1)));
      break;
    }
    case EventKind::Receive:
      write(fmt::format(
          "{{\"ph\":\"X\",\"pid\":{},\"tid\":{},\"ts\":{},\"dur\":{},"
          "\"cat\":\"mesh\",\"name\":\"{} from {}\",\"args\":{{\"packets\":{},"
          "\"bytes\":{}}}}}",
          pid(event.node), arrivalsTrack, time(event.from),
          time(event.at - event.from), packetName(event.detail),
          event.values[0], event.values[1], event.values[2]));
      break;
    case EventKind::Semaphore: {
      int64_t &value = node.semaphores[event.values[0]];
      value += event.detail ? -int64_t(event.values[1]) : int64_t(event.values[1]);
      counter(event, fmt::format("semaphore {}", event.values[0]),
              fmt::format("{}", value));
      break;
    }
    case EventKind::RangeBegin:
      ++agent.ranges;
      write(fmt::format("{{\"ph\":\"B\",\"pid\":{},\"tid\":{},\"ts\":{},"
                        "\"cat\":\"range\",\"name\":{}}}",
                        pid(event.node), rangeTrack(event.agent),
                        time(event.at), quoted(reader.name(event))));
      break;
    case EventKind::RangeEnd:
      if (agent.ranges > 0) // Else it began before the timeline.
        endRange(event.node, event.agent, event.at);
      break;
    case EventKind::Counter: {
      const double value = std::bit_cast<double>(event.values[0]);
      if (std::isfinite(value)) // JSON has no other numbers.
        counter(event, reader.name(event), fmt::format("{}", value));
      break;
    }
    case EventKind::Trap:
      instant(event, "trap", whereArgs(event));
      break;
    case EventKind::Name:
      break;
    }
  }

  void finish() {
    for (auto &[id, node] : nodes)
      for (uint8_t i = 0; i < maxAgents; ++i) {
        if (i < firstListAgent)
          run(id, i, end);
        while (node.agents[i].ranges > 0)
          endRange(id, i, std::max(end, node.agents[i].rangesUntil));
      }
    out.write("\n]}\n");
  }

private:
  struct Thread {
    bool running = false, ended = false;
    uint64_t since = 0;
    uint64_t ranges = 0;      ///< Open ones.
    uint64_t rangesUntil = 0; ///< When the last one ended.
  };
  struct Node {
    bool known = false;
    std::array<Thread, maxAgents> agents;
    std::map<uint64_t, int64_t> semaphores;
  };

  // A process is a node; numbers from 1 on, since 0 means "none" to viewers.
  static uint32_t pid(uint32_t node) { return node + 1; }
  static unsigned track(uint8_t agent) { return 2 * agent + 2u; }
  static unsigned rangeTrack(uint8_t agent) { return 2 * agent + 1u; }
  static constexpr unsigned arrivalsTrack = 2 * maxAgents + 1;

  /// Microseconds. Four digits are exact at 2 GHz: a cycle is 0.5 ns.
  std::string time(uint64_t cycles) const {
    return fmt::format("{:.4f}",
                       double(cycles) / (1000 * profile.clockGigahertz));
  }

  void write(const std::string &event) {
    out.write(first ? event : ",\n" + event);
    first = false;
  }

  void nameTracks(uint32_t id) {
    Node &node = nodes[id];
    node.known = true;
    node.agents[0].running = true; // main().
    node.agents[0].since = info.from;
    auto metadata = [&](const char *what, unsigned tid, const std::string &args) {
      write(fmt::format("{{\"ph\":\"M\",\"pid\":{},\"tid\":{},\"ts\":0,"
                        "\"cat\":\"__metadata\",\"name\":\"{}\",\"args\":{{{}}}}}",
                        pid(id), tid, what, args));
    };
    metadata("process_name", 0,
             fmt::format("\"name\":\"node {} ({},{})\"", id,
                         id % profile.columns, id / profile.columns));
    metadata("process_sort_index", 0, fmt::format("\"sort_index\":{}", id));
    auto name = [&](unsigned tid, const std::string &text) {
      metadata("thread_name", tid, fmt::format("\"name\":\"{}\"", text));
      metadata("thread_sort_index", tid, fmt::format("\"sort_index\":{}", tid));
    };
    for (uint8_t i = 0; i < maxAgents; ++i) {
      if (i < firstListAgent)
        name(rangeTrack(i), agentName(i) + " ranges");
      name(track(i), agentName(i));
    }
    name(arrivalsTrack, "arrivals");
  }

  void addLinks() {
    const TimeSeries &series = profile.series;
    for (uint32_t id : info.nodes)
      for (uint32_t i = 0; i < series.count; ++i) {
        const uint64_t at = i * series.interval;
        if (at + series.interval <= info.from || at >= end)
          continue;
        static constexpr const char *sides[] = {"north", "east", "south", "west"};
        // The last interval ends with the run.
        const double cycles =
            double(std::min(series.interval, profile.cycles - at));
        std::string values;
        for (unsigned side = 0; side < 4; ++side)
          values += fmt::format(
              "{}\"{}\":{:.2f}", side ? "," : "", sides[side],
              100.0 *
                  series.links[id][i][side] /
                  (cycles * packetsPerCycle));
        write(fmt::format("{{\"ph\":\"C\",\"pid\":{},\"tid\":0,\"ts\":{},"
                          "\"cat\":\"mesh\",\"name\":\"links, percent\",\"args\":{{{}}}}}",
                          pid(id), time(std::max(at, info.from)), values));
      }
  }

  std::string whereArgs(const Event &event) const {
    const uint64_t pc = event.values[0];
    if (event.agent >= firstListAgent)
      return fmt::format("\"descriptor\":\"{:#x}\"", pc);
    const SourcePlace &place = symbols.at(pc).back();
    std::string args = fmt::format("\"pc\":\"{:#x}\",\"function\":{}", pc,
                                   quoted(place.function));
    if (place.line > 0)
      args += fmt::format(",\"line\":{}",
                          quoted(fmt::format("{}:{}", place.file, place.line)));
    return args;
  }

  std::string wakerArgs(const Event &event) const {
    if (event.kind == EventKind::OwnWait)
      return "";
    const bool isHere = isKnown(uint32_t(event.values[1]));
    return fmt::format(",\"woken by\":\"node {} {}{}\",\"cycles under way\":{}",
                       event.values[1],
                       agentName(uint8_t(event.values[2] % maxAgents)),
                       isHere ? "" : ", which is not in the timeline",
                       event.at - event.values[3]);
  }

  bool isKnown(uint32_t node) const {
    auto found = nodes.find(node);
    return found != nodes.end() && found->second.known;
  }

  /// The thread has run up to \p to.
  void run(uint32_t node, uint8_t agent, uint64_t to) {
    Thread &thread = nodes[node].agents[agent];
    if (!thread.running && !thread.ended && info.from > 0) {
      thread.running = true; // Since before the timeline.
      thread.since = info.from;
    }
    if (!thread.running || to <= thread.since)
      return;
    write(fmt::format("{{\"ph\":\"X\",\"pid\":{},\"tid\":{},\"ts\":{},\"dur\":{},"
                      "\"cat\":\"run\",\"name\":\"run\",\"args\":{{}}}}",
                      pid(node), track(agent), time(thread.since),
                      time(to - thread.since)));
    thread.since = to;
  }

  void slice(const Event &event, const std::string &name, const char *category,
             uint64_t from, uint64_t to, const std::string &args) {
    from = std::max(from, info.from);
    to = std::min(to, end);
    write(fmt::format("{{\"ph\":\"X\",\"pid\":{},\"tid\":{},\"ts\":{},\"dur\":{},"
                      "\"cat\":\"{}\",\"name\":\"{}\",\"args\":{{{}}}}}",
                      pid(event.node), track(event.agent), time(from),
                      time(std::max(from, to) - from), category, name, args));
  }

  void instant(const Event &event, const std::string &name,
               const std::string &args) {
    write(fmt::format("{{\"ph\":\"i\",\"s\":\"t\",\"pid\":{},\"tid\":{},"
                      "\"ts\":{},\"cat\":\"event\",\"name\":\"{}\","
                      "\"args\":{{{}}}}}",
                      pid(event.node), track(event.agent), time(event.at), name,
                      args));
  }

  void counter(const Event &event, const std::string &name,
               const std::string &value) {
    write(fmt::format("{{\"ph\":\"C\",\"pid\":{},\"tid\":0,\"ts\":{},"
                      "\"cat\":\"counter\",\"name\":{},"
                      "\"args\":{{\"value\":{}}}}}",
                      pid(event.node), time(event.at), quoted(name), value));
  }

  void endRange(uint32_t node, uint8_t agent, uint64_t at) {
    Thread &thread = nodes[node].agents[agent];
    --thread.ranges;
    thread.rangesUntil = at;
    write(fmt::format("{{\"ph\":\"E\",\"pid\":{},\"tid\":{},\"ts\":{},"
                      "\"cat\":\"range\"}}",
                      pid(node), rangeTrack(agent), time(at)));
  }

  /// From who has ended a wait to who has waited.
  void arrow(const Event &event) {
    const auto from = uint32_t(event.values[1]);
    const auto agent = uint8_t(event.values[2] % maxAgents);
    if (!isKnown(from) || event.values[3] < info.from ||
        event.at > end || (from == event.node && agent == event.agent))
      return;
    const char *name = event.detail == uint8_t(Cause::Barrier) ? "barrier"
                       : from == event.node                    ? "wake"
                                                               : "message";
    write(fmt::format("{{\"ph\":\"s\",\"id\":{},\"pid\":{},\"tid\":{},"
                      "\"ts\":{},\"cat\":\"flow\",\"name\":\"{}\"}}",
                      ++arrows, pid(from), track(agent), time(event.values[3]),
                      name));
    write(fmt::format("{{\"ph\":\"f\",\"bp\":\"e\",\"id\":{},\"pid\":{},"
                      "\"tid\":{},\"ts\":{},\"cat\":\"flow\",\"name\":\"{}\"}}",
                      arrows, pid(event.node), track(event.agent),
                      time(event.at), name));
  }

  const Profile &profile;
  const Symbols &symbols;
  Output &out;
  const TimelineInfo &info;
  const uint64_t end;
  std::map<uint32_t, Node> nodes;
  double packetsPerCycle = 1; ///< That a link carries.
  uint64_t arrows = 0;
  bool first = true;
};

/// What the timeline leaves out.
std::vector<std::string> notesOf(const Profile &profile) {
  const TimelineInfo &info = profile.timeline;
  std::vector<std::string> notes;
  if (info.nodes.size() < profile.nodes.size())
    notes.push_back(fmt::format("the timeline has {} of the {} nodes: {} "
                                "(--timeline-nodes chooses others)",
                                info.nodes.size(), profile.nodes.size(),
                                fmt::join(info.nodes, ", ")));
  if (info.stoppedAt != ~uint64_t(0))
    notes.push_back(fmt::format("recording stopped in cycle {}, when the events "
                                "took as much of the file as they may "
                                "(--timeline-limit)",
                                info.stoppedAt));
  return notes;
}

int trace(const Options &options) {
  LoadedProfile loaded;
  if (std::string error = loadProfile(options.input, loaded); !error.empty())
    return fail(error);
  const TimelineInfo &info = loaded.profile.timeline;
  if (info.nodes.empty())
    return fail(fmt::format("{}: has no timeline; record it with --timeline",
                            options.input.file));
  std::vector<std::string> notes = notesOf(loaded.profile);
  notes.insert(notes.end(), loaded.notes.begin(), loaded.notes.end());
  Output out(options.output);
  if (!out.error.empty())
    return fail(out.error);
  Converter converter(loaded, out);
  converter.begin(notes);
  const bool isShown = isatty(STDERR_FILENO);
  EventReader reader;
  uint64_t done = 0;
  std::string problem;
  std::string error = readChunks(
      options.input.file, ChunkKind::Events, [&](std::span<const uint8_t> chunk) {
        try {
          reader.read(chunk, [&](const Event &event) {
            converter.add(event, reader);
            ++done;
          });
        } catch (const std::runtime_error &what) {
          problem = fmt::format("{}: is damaged: {}", options.input.file,
                                what.what());
        }
        if (isShown)
          fmt::print(stderr, "\r{:3.0f} % of {} events", 100.0 * double(done) /
                     double(std::max<uint64_t>(info.events, 1)), info.events);
        return problem.empty() && out.error.empty();
      });
  if (isShown)
    fmt::print(stderr, "\r{:40}\r", "");
  for (const std::string &what : {error, problem})
    if (!what.empty())
      return fail(what);
  converter.finish();
  out.close();
  if (!out.error.empty())
    return fail(out.error);
  printNotes(notes);
  return 0;
}

} // namespace

void addTrace(CLI::App &app, Run &run) {
  auto options = std::make_shared<Options>();
  CLI::App *verb = app.add_subcommand(
      "trace", "the timeline, for Perfetto and chrome://tracing");
  options->input.addTo(*verb);
  verb->add_option("-o,--output", options->output,
                   "where to; compressed if the name ends in .gz")
      ->type_name("FILE.json[.gz]")
      ->required();
  verb->footer("The run has to be recorded with --timeline. A process is a "
               "node; its tracks are threads, lists, ranges and arrivals. Times "
               "are in microseconds of the machine, exact to half a "
               "nanosecond: a cycle at 2 GHz.");
  verb->callback([options, &run] { run = [options] { return trace(*options); }; });
}

} // namespace tatami::prof
