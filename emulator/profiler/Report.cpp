// tatami-prof report: the tables.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "ReportWork.h"
#include "Rows.h"
#include "Text.h"

#include "tatami/profiler/CriticalPath.h"
#include "tatami/profiler/Energy.h"
#include "tatami/profiler/Verbs.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <regex>

namespace tatami::prof {
namespace {

struct Options {
  Input input;
  std::string sort = "function";
  size_t limit = 0; ///< 0: the verb's own choice.
  double percentLimit = 0;
  bool children = false, noInline = false, callGraph = false, json = false,
       criticalPath = false;
  WorkOptions work;
  std::string function;
};

/// Rows of a table unless told otherwise (chosen: a screen).
constexpr size_t defaultLimit = 30;
/// Shares under which the call graph leaves a branch out (as perf).
constexpr double defaultGraphPercent = 0.5;

class Reporter {
public:
  Reporter(const Options &options, const LoadedProfile &loaded)
      : options(options), profile(loaded.profile), symbols(*loaded.symbols),
        analysis(profile, symbols,
                 options.noInline ? Inlined::WithCaller : Inlined::Apart),
        sources(symbols), screen(stdout), all(analysis.total.cycles()) {}

  void print() {
    printHead();
    if (options.callGraph)
      return printCallGraph();
    if (options.sort == "cause")
      return printCauses();
    std::vector<Row> rows = selectedRows();
    Table table;
    const bool isContext = options.sort == "context";
    describeColumns(table);
    size_t shown = 0;
    const size_t limit = options.limit ? options.limit : defaultLimit;
    Row rest;
    for (const Row &row : rows) {
      const uint64_t key = sortKey(row);
      if (shown == limit || key == 0 ||
          share(key) * 100 < options.percentLimit) {
        rest.counts += row.counts;
        continue;
      }
      ++shown;
      table.row(cells(row), share(key));
    }
    if (const size_t left = rows.size() - shown) {
      rest.name = fmt::format("({} more)", left);
      std::vector<std::string> last = cells(rest);
      if (options.children)
        last[0] = "";
      if (isContext)
        last[1] = last[3] = "";
      table.row(last);
    }
    if (rows.empty())
      fmt::print("nothing{}\n", options.function.empty()
                                    ? " has run"
                                    : " that matches " + options.function +
                                          " has run");
    else
      table.print(screen);
  }

  int printAsJson(const std::vector<std::string> &notes) {
    Json json = jsonOf("report");
    json["run"] = runJson(analysis);
    json["notes"] = notes;
    if (options.callGraph) {
      json["call_graph"] = graphJson();
      return printJson(json);
    }
    json["sort"] = options.sort;
    Json list = Json::array();
    if (options.sort == "cause") {
      list.push_back({{"cause", "issued"}, {"cycles", analysis.total.issued}});
      for (const auto &[cause, cycles] : greatestCauses(analysis.total))
        list.push_back({{"cause", causeName(cause)}, {"cycles", cycles}});
    } else {
      for (const Row &row : selectedRows()) {
        if ((options.limit && list.size() == options.limit) ||
            share(sortKey(row)) * 100 < options.percentLimit)
          break;
        Json entry = row.keys;
        if (options.sort == "context") {
          entry["cycles"] = row.counts.cycles();
          entry["calls"] = row.calls;
        } else {
          entry.update(countsJson(row.counts));
        }
        // What is only known of instructions.
        if (options.sort == "node")
          for (const char *key : {"sram_bytes", "hops", "die_crossings"})
            entry.erase(key);
        if (options.sort == "context" || options.sort == "function")
          entry["inclusive_cycles"] = row.inclusive;
        list.push_back(std::move(entry));
      }
    }
    json["rows"] = std::move(list);
    return printJson(json);
  }

private:
  double share(uint64_t cycles) const {
    return all ? double(cycles) / double(all) : 0;
  }
  uint64_t sortKey(const Row &row) const {
    return options.children ? row.inclusive : row.counts.cycles();
  }

  std::vector<Row> selectedRows() {
    std::vector<Row> rows = options.sort == "line" ? lineRows(analysis, sources)
                            : options.sort == "instruction"
                                ? instructionRows(analysis)
                            : options.sort == "node"    ? nodeRows(analysis)
                            : options.sort == "context" ? contextRows(analysis)
                                                        : functionRows(analysis);
    if (!options.function.empty()) {
      const std::regex wanted(options.function);
      std::erase_if(rows, [&](const Row &row) {
        return !std::regex_search(row.function, wanted);
      });
    }
    // Instructions that issued behind others in one cycle have executed, but
    // have no cycles.
    std::erase_if(rows, [](const Row &row) {
      return !row.counts.cycles() && !row.counts.executed && !row.inclusive;
    });
    if (options.children)
      std::stable_sort(rows.begin(), rows.end(),
                       [](const Row &a, const Row &b) {
                         return a.inclusive > b.inclusive;
                       });
    return rows;
  }

  void printHead() {
    const ThreadTotals threads = threadTotals(profile);
    const uint64_t lost = all - analysis.total.issued;
    fmt::print("# {} on {}, {} node{}, timing {}: {} cycles\n",
               fileName(profile.image), visible(profile.machine),
               withCommas(profile.nodes.size()),
               profile.nodes.size() == 1 ? "" : "s", profile.timing,
               withCommas(profile.cycles));
    if (const std::unique_ptr<EnergyReport> energy = energyOf(analysis))
      fmt::print("# {}\n", energyLine(*energy));
    fmt::print("# {} thread-cycles of {} thread{} that ran = 100 %: {} issued, "
               "{} lost\n#\n",
               withCommas(all), withCommas(threads.ran),
               threads.ran == 1 ? "" : "s",
               percent(double(analysis.total.issued), double(all)),
               percent(double(lost), double(all)));
  }

  bool isWide() const { return screen.widthOr(120) >= 100; }

  void describeColumns(Table &table) {
    if (options.children)
      table.column("children", Table::Right);
    table.column("overhead", Table::Right);
    if (options.sort == "context") {
      if (!options.children)
        table.column("children", Table::Right);
      table.column("cycles", Table::Right);
      table.column("calls", Table::Right);
      table.column("function < called by", Table::Left);
      return;
    }
    table.column("cycles", Table::Right);
    table.column("issued", Table::Right);
    table.column("IPC", Table::Right);
    if (isWide())
      table.column("executed", Table::Right);
    table.column("lost most to", Table::Left);
    table.column(options.sort, Table::Left);
  }

  std::vector<std::string> cells(const Row &row) {
    const CodeCycles &counts = row.counts;
    const uint64_t cycles = counts.cycles();
    std::vector<std::string> cells;
    if (options.children)
      cells.push_back(percent(double(row.inclusive), double(all)));
    cells.push_back(percent(double(cycles), double(all)));
    if (options.sort == "context") {
      if (!options.children)
        cells.push_back(percent(double(row.inclusive), double(all)));
      cells.push_back(withCommas(cycles));
      cells.push_back(withCommas(row.calls));
      cells.push_back(row.name);
      return cells;
    }
    cells.push_back(withCommas(cycles));
    cells.push_back(percent(double(counts.issued), double(cycles), 1));
    cells.push_back(
        cycles ? fmt::format("{:.2f}", double(counts.executed) / double(cycles))
               : "-");
    if (isWide())
      cells.push_back(withCommas(counts.executed));
    cells.push_back(topCauses(counts, isWide() ? 2 : 1));
    cells.push_back(row.name);
    return cells;
  }

  void printCauses() {
    Table table;
    table.column("overhead", Table::Right);
    table.column("cycles", Table::Right);
    table.column("cause", Table::Left);
    table.column("most in", Table::Left);
    auto most = [&](auto cyclesOf) {
      std::vector<std::pair<uint64_t, std::string>> list;
      for (const FunctionCycles &f : analysis.functions)
        if (uint64_t cycles = cyclesOf(f))
          list.emplace_back(cycles, f.name);
      std::stable_sort(list.begin(), list.end(), [](auto &a, auto &b) {
        return a.first > b.first;
      });
      uint64_t sum = 0;
      for (const auto &entry : list)
        sum += entry.first;
      std::string text;
      for (size_t i = 0; i < std::min<size_t>(list.size(), 3); ++i)
        text += fmt::format("{}{} {}", i ? ", " : "", list[i].second,
                            percent(double(list[i].first), double(sum), 0));
      return text;
    };
    auto row = [&](uint64_t cycles, std::string name, std::string where) {
      table.row({percent(double(cycles), double(all)), withCommas(cycles), name,
                 where},
                share(cycles));
    };
    row(analysis.total.issued, "(issued)",
        most([](const FunctionCycles &f) { return f.issued; }));
    for (const auto &[cause, cycles] : greatestCauses(analysis.total))
      row(cycles, causeWords(cause), most([&](const FunctionCycles &f) {
            return f.lost[size_t(cause)];
          }));
    table.print(screen);
  }

  /// The tree of calls as lists of children, the greatest first.
  struct Graph {
    std::vector<uint64_t> subtree;
    std::vector<size_t> roots;
    std::vector<std::vector<size_t>> children;
  };
  Graph graph() const {
    Graph g;
    g.subtree = subtreeCycles(profile);
    g.children.resize(profile.contexts.size());
    for (size_t i = 0; i < profile.contexts.size(); ++i) {
      const uint32_t parent = profile.contexts[i].parent;
      (parent == CallContext::none ? g.roots : g.children[parent]).push_back(i);
    }
    auto greater = [&](size_t a, size_t b) {
      return g.subtree[a] > g.subtree[b];
    };
    std::stable_sort(g.roots.begin(), g.roots.end(), greater);
    for (std::vector<size_t> &list : g.children)
      std::stable_sort(list.begin(), list.end(), greater);
    return g;
  }

  void printCallGraph() {
    const Graph g = graph();
    const double least =
        options.percentLimit > 0 ? options.percentLimit : defaultGraphPercent;
    Table table;
    table.column("children", Table::Right);
    table.column("self", Table::Right);
    table.column("calls", Table::Right);
    table.column("function", Table::Left);
    size_t hidden = 0;
    // Not by recursion: the tree may be as deep as the program's stack.
    std::vector<std::pair<size_t, size_t>> next; // Context, depth.
    for (size_t i = g.roots.size(); i-- > 0;)
      next.emplace_back(g.roots[i], 0);
    while (!next.empty()) {
      const auto [i, depth] = next.back();
      next.pop_back();
      if (share(g.subtree[i]) * 100 < least) {
        ++hidden;
        continue;
      }
      const CallContext &context = profile.contexts[i];
      table.row({percent(double(g.subtree[i]), double(all)),
                 percent(double(context.cycles), double(all)),
                 withCommas(context.calls),
                 std::string(2 * depth, ' ') +
                     symbols.functionAt(context.function)},
                share(context.cycles));
      for (size_t c = g.children[i].size(); c-- > 0;)
        next.emplace_back(g.children[i][c], depth + 1);
    }
    table.print(screen);
    if (hidden)
      fmt::print("# {} branch{} under {} % left out (--percent-limit)\n",
                 hidden, hidden == 1 ? "" : "es", least);
  }

  Json graphJson() const {
    Json list = Json::array();
    const std::vector<uint64_t> subtree = subtreeCycles(profile);
    for (size_t i = 0; i < profile.contexts.size(); ++i) {
      const CallContext &context = profile.contexts[i];
      list.push_back(
          {{"parent", context.parent == CallContext::none
                          ? Json(nullptr)
                          : Json(context.parent)},
           {"function", symbols.functionAt(context.function)},
           {"calls", context.calls},
           {"cycles", context.cycles},
           {"inclusive_cycles", subtree[i]}});
    }
    return list;
  }

  const Options &options;
  const Profile &profile;
  const Symbols &symbols;
  const Analysis analysis;
  Sources sources;
  const Screen screen;
  const uint64_t all;
};

int reportCriticalPath(const Options &options, const LoadedProfile &loaded,
                       const std::vector<std::string> &notes) {
  const CriticalPath path(loaded.profile, *loaded.symbols);
  if (!options.json)
    printNotes(notes);
  fmt::print("{}", options.json
                       ? criticalPathJson(path)
                       : criticalPathText(path, options.limit ? options.limit
                                                              : defaultLimit));
  return 0;
}

int report(const Options &options) {
  try {
    std::regex check(options.function);
  } catch (const std::regex_error &) {
    return fail(fmt::format("--function: '{}' is not a regular expression",
                            options.function),
                usageStatus);
  }
  if (options.children && options.sort != "function" &&
      options.sort != "context")
    return fail("--children goes with --sort function and context: lines and "
                "instructions have no callees",
                usageStatus);
  LoadedProfile loaded;
  if (std::string error = loadProfile(options.input, loaded); !error.empty())
    return fail(error);
  if ((options.callGraph || options.children || options.sort == "context") &&
      loaded.profile.contexts.empty())
    return fail(fmt::format("{}: no calls are recorded in it",
                            options.input.file));
  std::vector<std::string> notes = warningsOf(loaded.profile);
  notes.insert(notes.end(), loaded.notes.begin(), loaded.notes.end());
  if (options.criticalPath)
    return reportCriticalPath(options, loaded, notes);
  if (options.work.any())
    return reportWork(options.work, loaded, options.limit, notes, options.json);
  Reporter reporter(options, loaded);
  if (options.json)
    return reporter.printAsJson(notes);
  printNotes(notes);
  reporter.print();
  return 0;
}

} // namespace

void addReport(CLI::App &app, Run &run) {
  auto options = std::make_shared<Options>();
  CLI::App *verb =
      app.add_subcommand("report", "tables of where the cycles went");
  options->input.addTo(*verb);
  const std::vector<std::string> sorts = {"function", "line", "instruction",
                                          "cause",    "node", "context"};
  verb->add_option("-s,--sort", options->sort,
                   "what a row is: function (default), line, instruction, "
                   "cause, node, or context (a function by its callers)")
      ->type_name("KEY")
      ->check(CLI::Validator(
          [sorts](std::string &text) -> std::string {
            if (std::count(sorts.begin(), sorts.end(), text))
              return {};
            return fmt::format("'{}' cannot be sorted by; there are {}", text,
                               fmt::join(sorts, ", "));
          },
          ""));
  verb->add_option("-n,--limit", options->limit,
                   fmt::format("rows; default: {}, with --json all",
                               defaultLimit))
      ->type_name("N")
      ->check(CLI::Validator(isCount, ""));
  verb->add_option("--percent-limit", options->percentLimit,
                   "leave out what has less of all cycles; default: 0, of the "
                   "call graph 0.5")
      ->type_name("PERCENT")
      ->check(CLI::Validator(CLI::Range(0.0, 100.0)).description(""));
  verb->add_flag("--children", options->children,
                 "sort by the cycles of a function with its callees");
  verb->add_flag("-g,--call-graph", options->callGraph,
                 "the tree of calls, callees below their callers");
  verb->add_flag("--critical-path", options->criticalPath,
                 "the chain of waits that determined when the run ended");
  verb->add_flag("--no-inline", options->noInline,
                 "count inlined code for the function it has become part of");
  verb->add_option("--function", options->function,
                   "only functions whose name matches")
      ->type_name("REGEX");
  options->work.addTo(*verb);
  verb->add_flag("--json", options->json,
                 "print JSON (docs/profile-schema.md), in cycles");
  verb->footer(
      "Overhead is the share of all thread-cycles of threads that ran. Of a "
      "row's own cycles, \"issued\" says in how many an instruction issued, "
      "the rest is lost; IPC is instructions a thread-cycle.");
  verb->callback([options, &run] { run = [options] { return report(*options); }; });
}

} // namespace tatami::prof
