// Makes the rows of a report from an analysis.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "Rows.h"

#include "Text.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace tatami::prof {
namespace {

void sortRows(std::vector<Row> &rows) {
  std::stable_sort(rows.begin(), rows.end(), [](const Row &a, const Row &b) {
    return a.counts.cycles() > b.counts.cycles();
  });
}

} // namespace

std::vector<Row> functionRows(const Analysis &analysis) {
  std::vector<Row> rows;
  for (const FunctionCycles &f : analysis.functions) {
    Row row;
    row.counts = f;
    row.inclusive = f.inclusive;
    row.function = f.name;
    row.name = f.line ? fmt::format("{} ({})", f.name, fileName(f.file))
                      : f.name;
    row.keys = {{"function", f.name}, {"file", f.file}, {"line", f.line}};
    rows.push_back(std::move(row));
  }
  return rows;
}

std::vector<Row> lineRows(const Analysis &analysis, Sources &sources) {
  std::vector<Row> rows;
  for (const LineCycles &l : analysis.lines) {
    Row row;
    row.counts = l;
    row.function = l.function;
    const std::string text =
        l.line ? sources.textOf(l.file, l.line) : std::string();
    row.name = l.line ? fmt::format("{}  {}", placeName(l.file, l.line),
                                    text.empty() ? l.function : text)
                      : fmt::format("{} (no line)", l.function);
    row.keys = {{"file", l.file}, {"line", l.line}, {"function", l.function}};
    rows.push_back(std::move(row));
  }
  return rows;
}

std::vector<Row> instructionRows(const Analysis &analysis) {
  std::vector<Row> rows;
  for (const InstructionCycles &i : analysis.instructions) {
    const SourcePlace &place = analysis.symbols.at(i.pc).front();
    Row row;
    row.counts = i;
    row.function = place.function;
    row.name = fmt::format("{:6x}: {:<26} {}{}", i.pc, i.text, place.function,
                           place.line ? ", " + placeName(place.file, place.line)
                                      : "");
    row.keys = {{"pc", i.pc},
                {"text", i.text},
                {"function", place.function},
                {"file", place.file},
                {"line", place.line}};
    rows.push_back(std::move(row));
  }
  return rows;
}

std::vector<Row> nodeRows(const Analysis &analysis) {
  std::vector<Row> rows;
  for (const NodeProfile &node : analysis.profile.nodes) {
    Row row;
    unsigned ran = 0;
    for (const ThreadProfile &thread : node.threads) {
      row.counts += CodeCycles{{thread, thread.instructions, 0, 0, 0}, 0, 0, 0};
      ran += thread.instructions > 0;
    }
    const uint64_t idle =
        std::exchange(row.counts.lost[size_t(Cause::Idle)], 0);
    row.counts.macs = node.macs;
    row.counts.flops = node.flops;
    row.counts.packets = node.packetsSent;
    row.name = fmt::format("node {} at ({}, {}), {} thread{}, ended at {}",
                           node.node, node.x, node.y, ran, ran == 1 ? "" : "s",
                           withCommas(node.cycles));
    row.keys = {{"node", node.node},
                {"x", node.x},
                {"y", node.y},
                {"threads_ran", ran},
                {"ended_at_cycle", node.cycles},
                {"idle_cycles", idle},
                {"packets_received", node.packetsReceived}};
    rows.push_back(std::move(row));
  }
  sortRows(rows);
  return rows;
}

std::vector<uint64_t> subtreeCycles(const Profile &profile) {
  const std::vector<CallContext> &contexts = profile.contexts;
  std::vector<uint64_t> cycles(contexts.size());
  for (size_t i = contexts.size(); i-- > 0;) {
    cycles[i] += contexts[i].cycles;
    if (contexts[i].parent != CallContext::none)
      cycles[contexts[i].parent] += cycles[i];
  }
  return cycles;
}

std::vector<Row> contextRows(const Analysis &analysis) {
  const std::vector<CallContext> &contexts = analysis.profile.contexts;
  const std::vector<uint64_t> subtree = subtreeCycles(analysis.profile);
  std::vector<Row> rows;
  for (size_t i = 0; i < contexts.size(); ++i) {
    Row row;
    std::vector<std::string> path;
    for (size_t up = i; up != CallContext::none; up = contexts[up].parent)
      path.push_back(analysis.symbols.functionAt(contexts[up].function));
    row.function = path.front();
    // The innermost first: it is what the row is about.
    for (const std::string &name : path)
      row.name += (row.name.empty() ? "" : " < ") + name;
    row.counts.issued = contexts[i].cycles;
    row.inclusive = subtree[i];
    row.calls = contexts[i].calls;
    row.keys = {{"path", Json(std::vector<std::string>(path.rbegin(),
                                                       path.rend()))}};
    rows.push_back(std::move(row));
  }
  sortRows(rows);
  return rows;
}

} // namespace tatami::prof
