// Names for the critical path, and its text and JSON.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "tatami/profiler/CriticalPath.h"

#include "Json.h"
#include "Text.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <set>
#include <tuple>

namespace tatami::prof {
namespace {

/// What inlined code does counts for the function that it is part of: the path
/// asks which part of the program, not which line of the headers.
struct Place {
  std::string function, file;
  unsigned line = 0;
};

Place placeOf(const Symbols &symbols, uint64_t pc) {
  if (pc == 0)
    return {};
  const SourcePlace &place = symbols.at(pc).back();
  return {place.function, place.file, place.line};
}

bool isLists(const PathStep &step) { return step.agent >= firstListAgent; }

/// "on 4 nodes: 0, 1, 2, 3"
std::string nodesText(const std::vector<uint32_t> &nodes) {
  constexpr size_t most = 6; // Chosen: what fits on a line.
  if (nodes.size() == 1)
    return fmt::format("on node {}", nodes[0]);
  auto end = nodes.begin() + ptrdiff_t(std::min(most, nodes.size()));
  return fmt::format("on {} nodes: {}{}", nodes.size(),
                     fmt::join(nodes.begin(), end, ", "),
                     nodes.size() > most ? ", ..." : "");
}

std::string whereText(const std::string &function, const std::string &file,
                      unsigned first, unsigned last) {
  if (function.empty())
    return "";
  std::string text = function;
  if (!file.empty() && first > 0) {
    text += fmt::format(" ({}:{}", std::filesystem::path(file).filename().string(),
                        first);
    text += last > first ? fmt::format("-{})", last) : ")";
  }
  return text;
}

} // namespace

std::string agentName(uint8_t agent) {
  return agent < firstListAgent ? fmt::format("thread {}", agent)
                                : fmt::format("list {}", agent - firstListAgent);
}

std::string kindText(StepKind kind) {
  std::string text = stepKindName(kind);
  std::replace(text.begin(), text.end(), '_', ' ');
  return text;
}

CriticalPath::CriticalPath(const Profile &profile, const Symbols &symbols)
    : cycles(profile.cycles) {
  struct Sum {
    PathShare share;
    std::set<uint32_t> nodes;
  };
  std::map<std::tuple<StepKind, std::string, std::string>, Sum> sums;
  for (const PathStep &step : profile.criticalPath) {
    const uint64_t length = step.to - step.from;
    byKind[size_t(step.kind)] += length;
    Place place;
    if (!isLists(step) && step.kind != StepKind::Unknown)
      place = placeOf(symbols, step.pc);
    unsigned first = place.line;
    if (step.kind == StepKind::Compute) {
      const Place begin = placeOf(symbols, step.beginPc), end = place;
      if (step.function)
        place = placeOf(symbols, step.function);
      // Where it began and ended may be in functions that called, or were called.
      auto isInside = [&](const Place &p) {
        return p.function == place.function && p.line > 0;
      };
      if (isInside(end))
        place.line = end.line;
      first = isInside(begin) ? begin.line : place.line;
    }
    Sum &sum = sums[{step.kind, place.function, place.file}];
    PathShare &share = sum.share;
    share.kind = step.kind;
    share.function = place.function;
    share.file = place.file;
    for (unsigned line : {first, place.line})
      if (line > 0) {
        share.firstLine =
            share.firstLine ? std::min(share.firstLine, line) : line;
        share.lastLine = std::max(share.lastLine, line);
      }
    share.cycles += length;
    ++share.steps;
    sum.nodes.insert(step.node);
    if (!stretches.empty()) {
      PathStretch &before = stretches.back();
      if (before.kind == step.kind && before.node == step.node &&
          before.agent == step.agent && before.sender == step.sender &&
          before.function == place.function) {
        before.to = step.to;
        ++before.steps;
        continue;
      }
    }
    stretches.push_back({step.from, step.to, step.kind, step.node, step.agent,
                         step.sender, 1, place.function, place.file,
                         place.line});
  }
  for (auto &[key, sum] : sums) {
    sum.share.nodes.assign(sum.nodes.begin(), sum.nodes.end());
    shares.push_back(std::move(sum.share));
  }
  std::sort(shares.begin(), shares.end(),
            [](const PathShare &a, const PathShare &b) {
              return std::tie(b.cycles, a.kind, a.function, a.file) <
                     std::tie(a.cycles, b.kind, b.function, b.file);
            });
}

std::string criticalPathText(const CriticalPath &path, size_t most) {
  if (path.stretches.empty())
    return "# no critical path is recorded\n";
  std::string text = fmt::format(
      "# critical path: the chain of waits that determined the end, {} cycles\n"
      "#\n",
      withCommas(path.cycles));
  for (size_t i = 0; i < numStepKinds; ++i)
    if (path.byKind[i])
      text += fmt::format("# {:>8}  {}\n",
                          percent(double(path.byKind[i]), double(path.cycles)),
                          kindText(StepKind(i)));
  if (path.byKind[size_t(StepKind::Unknown)])
    text += "# unknown: before the newest waits, which alone are kept\n";
  text += "\n   Share        Cycles  Kind        Where\n";
  size_t shown = 0;
  for (const PathShare &share : path.shares) {
    if (shown++ == most) {
      text += fmt::format("# and {} more\n", path.shares.size() - most);
      break;
    }
    std::string where =
        whereText(share.function, share.file, share.firstLine, share.lastLine);
    text += fmt::format("{:>8}  {:>12}  {:<10}  {}{}{}\n",
                        percent(double(share.cycles), double(path.cycles)),
                        withCommas(share.cycles), kindText(share.kind), where,
                        where.empty() ? "" : " ", nodesText(share.nodes));
  }

  // The longest, in the order of time.
  std::vector<size_t> order(path.stretches.size());
  for (size_t i = 0; i < order.size(); ++i)
    order[i] = i;
  auto length = [&](size_t i) {
    return path.stretches[i].to - path.stretches[i].from;
  };
  std::sort(order.begin(), order.end(), [&](size_t a, size_t b) {
    return length(a) != length(b) ? length(a) > length(b) : a < b;
  });
  order.resize(std::min(order.size(), most));
  std::sort(order.begin(), order.end());
  text += fmt::format(
      "\n# the {} of {} stretches, in the order of time\n"
      "          From        Cycles  Kind        Where\n",
      order.size() < path.stretches.size()
          ? fmt::format("{} longest", order.size())
          : "all",
      path.stretches.size());
  for (size_t i : order) {
    const PathStretch &s = path.stretches[i];
    std::string where = fmt::format("node {} {}", s.node, agentName(s.agent));
    if (s.sender != s.node)
      where += fmt::format(" from node {}", s.sender);
    std::string code = whereText(s.function, s.file, s.line, s.line);
    text += fmt::format("{:>14}  {:>12}  {:<10}  {}{}{}\n", withCommas(s.from),
                        withCommas(s.to - s.from), kindText(s.kind), where,
                        code.empty() ? "" : ": ", code);
  }
  return text;
}

std::string criticalPathJson(const CriticalPath &path) {
  Json json = jsonOf("report");
  Json &root = json["critical_path"];
  root["cycles"] = path.cycles;
  for (size_t i = 0; i < numStepKinds; ++i)
    root["by_kind"][stepKindName(StepKind(i))] = path.byKind[i];
  root["shares"] = Json::array();
  for (const PathShare &share : path.shares)
    root["shares"].push_back({{"kind", stepKindName(share.kind)},
                              {"function", share.function},
                              {"file", share.file},
                              {"first_line", share.firstLine},
                              {"last_line", share.lastLine},
                              {"cycles", share.cycles},
                              {"steps", share.steps},
                              {"nodes", share.nodes}});
  root["stretches"] = Json::array();
  for (const PathStretch &s : path.stretches)
    root["stretches"].push_back({{"from", s.from},
                                 {"to", s.to},
                                 {"kind", stepKindName(s.kind)},
                                 {"node", s.node},
                                 {"agent", agentName(s.agent)},
                                 {"sender", s.sender},
                                 {"steps", s.steps},
                                 {"function", s.function},
                                 {"file", s.file},
                                 {"line", s.line}});
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

} // namespace tatami::prof
