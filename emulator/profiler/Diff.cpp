// tatami-prof diff: what changed between two runs, by function, line and cause.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "Json.h"
#include "Source.h"
#include "Text.h"

#include "tatami/profiler/Verbs.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <tuple>

namespace tatami::prof {
namespace {

struct Options {
  Input before, after;
  size_t limit = 20;
  bool json = false;
};

/// One side of a comparison.
struct Side {
  explicit Side(const LoadedProfile &loaded)
      : analysis(loaded.profile, *loaded.symbols), sources(*loaded.symbols) {}
  Analysis analysis;
  Sources sources;
};

/// Something that both runs may have. Nothing: it has not run there.
struct Change {
  std::string name;
  Json keys;
  std::optional<CodeCycles> before, after;

  int64_t delta() const {
    return int64_t(after ? after->cycles() : 0) -
           int64_t(before ? before->cycles() : 0);
  }
};

void sortByDelta(std::vector<Change> &changes) {
  std::stable_sort(changes.begin(), changes.end(),
                   [](const Change &a, const Change &b) {
                     return std::abs(a.delta()) > std::abs(b.delta());
                   });
}

/// Functions are the same if their names are; of several static ones of one
/// name those whose files have one name.
std::vector<Change> functionChanges(const Side &before, const Side &after) {
  using Key = std::pair<std::string, std::string>;
  std::map<std::string, std::set<std::string>> filesOf;
  auto collect = [&](const Side &side) {
    for (const FunctionCycles &f : side.analysis.functions)
      if (f.cycles())
        filesOf[f.name].insert(fileName(f.file));
  };
  collect(before);
  collect(after);
  // A function that has moved to a file of another name is still the same.
  auto count = [](const Side &side, const std::string &name) {
    return std::count_if(side.analysis.functions.begin(),
                         side.analysis.functions.end(),
                         [&](const FunctionCycles &f) {
                           return f.name == name && f.cycles();
                         });
  };
  auto keyOf = [&](const FunctionCycles &f) -> Key {
    const bool isAmbiguous = filesOf[f.name].size() > 1 &&
                             (count(before, f.name) > 1 ||
                              count(after, f.name) > 1);
    return {f.name, isAmbiguous ? fileName(f.file) : ""};
  };
  std::map<Key, Change> changes;
  auto add = [&](const Side &side, std::optional<CodeCycles> Change::*which) {
    for (const FunctionCycles &f : side.analysis.functions) {
      if (!f.cycles())
        continue;
      const Key key = keyOf(f);
      Change &change = changes[key];
      change.name = key.second.empty()
                        ? f.name
                        : fmt::format("{} ({})", f.name, key.second);
      change.keys = {{"function", f.name}, {"file", fileName(f.file)}};
      if (!(change.*which))
        change.*which = CodeCycles();
      *(change.*which) += f;
    }
  };
  add(before, &Change::before);
  add(after, &Change::after);
  std::vector<Change> list;
  for (auto &[key, change] : changes)
    list.push_back(std::move(change));
  sortByDelta(list);
  return list;
}

/// What a line is known by in both runs: its function and its text, and of
/// several lines of one text which of them it is. Where the text of one side is
/// not known for certain, the distance from the line where the function is
/// declared: code that was moved as a whole keeps it.
struct LineName {
  std::string function, text;
  unsigned place = 0;
  auto operator<=>(const LineName &) const = default;
};

struct NamedLine {
  const LineCycles *line;
  std::string text;
};

/// The lines of \p side; \p useText for a function says whether by text.
std::map<LineName, NamedLine>
nameLines(Side &side, const std::map<std::string, bool> &useText,
          const std::map<std::string, unsigned> &declared) {
  std::vector<const LineCycles *> lines;
  for (const LineCycles &line : side.analysis.lines)
    if (line.cycles())
      lines.push_back(&line);
  std::sort(lines.begin(), lines.end(),
            [](const LineCycles *a, const LineCycles *b) {
              return std::tie(a->function, a->file, a->line) <
                     std::tie(b->function, b->file, b->line);
            });
  std::map<LineName, NamedLine> named;
  std::map<std::pair<std::string, std::string>, unsigned> seen;
  for (const LineCycles *line : lines) {
    const std::string text = side.sources.textOf(line->file, line->line);
    LineName name{line->function, "", 0};
    auto byText = useText.find(line->function);
    if (line->line == 0) {
      name.text = "(no line)";
    } else if (byText != useText.end() && byText->second) {
      name.text = text;
      name.place = seen[{line->function, text}]++;
    } else {
      auto start = declared.find(line->function);
      name.text = "+";
      name.place =
          line->line - (start == declared.end() ? 0 : start->second);
    }
    // Two files of one function may have lines of one name.
    while (!named.emplace(name, NamedLine{line, text}).second)
      name.text += '\'';
  }
  return named;
}

/// Where functions are declared; and false for those with a line whose text is
/// not known.
void studyLines(Side &side, std::map<std::string, bool> &textKnown,
                std::map<std::string, unsigned> &declared) {
  for (const InstructionCycles &inst : side.analysis.instructions) {
    const SourcePlace &place = side.analysis.symbols.at(inst.pc).front();
    if (place.functionLine)
      declared[place.function] = place.functionLine;
    if (place.line == 0)
      continue;
    const bool known =
        side.sources.file(place.file).state == SourceFile::AsCompiled;
    auto [entry, isNew] = textKnown.try_emplace(place.function, known);
    entry->second = entry->second && known;
  }
}

std::vector<Change> lineChanges(Side &before, Side &after) {
  std::map<std::string, bool> oldKnown, newKnown;
  std::map<std::string, unsigned> oldDeclared, newDeclared;
  studyLines(before, oldKnown, oldDeclared);
  studyLines(after, newKnown, newDeclared);
  std::map<std::string, bool> useText = oldKnown;
  for (const auto &[function, known] : newKnown) {
    auto [entry, isNew] = useText.try_emplace(function, known);
    entry->second = entry->second && known;
  }
  std::map<LineName, NamedLine> old = nameLines(before, useText, oldDeclared);
  std::map<LineName, NamedLine> now = nameLines(after, useText, newDeclared);
  std::vector<Change> changes;
  auto describe = [&](Change &change, const NamedLine &named, const char *key) {
    change.keys[key] = {{"file", named.line->file}, {"line", named.line->line}};
    change.name =
        named.line->line == 0
            ? named.line->function + " (no line)"
            : fmt::format(
                  "{}  {}", placeName(named.line->file, named.line->line),
                  named.text.empty() ? named.line->function : named.text);
  };
  for (const auto &[name, named] : old) {
    Change change;
    change.keys = {{"function", name.function}, {"text", named.text}};
    describe(change, named, "old_place");
    change.before = *named.line;
    if (auto match = now.find(name); match != now.end()) {
      describe(change, match->second, "new_place");
      change.after = *match->second.line;
      now.erase(match);
    }
    changes.push_back(std::move(change));
  }
  for (const auto &[name, named] : now) {
    Change change;
    change.keys = {{"function", name.function}, {"text", named.text}};
    describe(change, named, "new_place");
    change.after = *named.line;
    changes.push_back(std::move(change));
  }
  sortByDelta(changes);
  return changes;
}

std::vector<Change> causeChanges(const Side &before, const Side &after) {
  std::vector<Change> changes;
  auto add = [&](const char *name, const std::string &words, uint64_t old,
                 uint64_t now) {
    if (!old && !now)
      return;
    Change change;
    change.name = words;
    change.keys = {{"cause", name}};
    auto cycles = [](uint64_t count) {
      std::optional<CodeCycles> counts;
      if (count)
        counts.emplace().issued = count;
      return counts;
    };
    change.before = cycles(old);
    change.after = cycles(now);
    changes.push_back(std::move(change));
  };
  const CodeCycles &old = before.analysis.total, &now = after.analysis.total;
  add("issued", "(issued)", old.issued, now.issued);
  for (size_t i = 0; i < numCauses; ++i)
    add(causeName(Cause(i)), causeWords(Cause(i)), old.lost[i], now.lost[i]);
  sortByDelta(changes);
  return changes;
}

std::string signedCount(int64_t value) {
  return (value < 0 ? "-" : value > 0 ? "+" : "") +
         withCommas(uint64_t(std::abs(value)));
}

std::string relative(int64_t delta, uint64_t before) {
  if (before == 0)
    return delta ? "new" : "";
  if (delta == 0)
    return "";
  return fmt::format("{:+.1f} %", 100 * double(delta) / double(before));
}

class Differ {
public:
  Differ(const Options &options, const LoadedProfile &before,
         const LoadedProfile &after)
      : options(options), before(before), after(after), screen(stdout) {}

  void print() {
    const Profile &a = before.analysis.profile, &b = after.analysis.profile;
    auto describe = [](const char *which, const Input &input,
                       const Profile &p) {
      fmt::print("# {}: {}: {} on {}, {} node{}, timing {}\n", which,
                 visible(input.file), fileName(p.image), visible(p.machine),
                 withCommas(p.nodes.size()), p.nodes.size() == 1 ? "" : "s",
                 p.timing);
    };
    describe("old", options.before, a);
    describe("new", options.after, b);
    fmt::print("#\n");
    const CodeCycles &old = before.analysis.total, &now = after.analysis.total;
    Table total;
    head(total, "total");
    auto line = [&](uint64_t x, uint64_t y, const std::string &name) {
      const int64_t delta = int64_t(y) - int64_t(x);
      total.row({withCommas(x), withCommas(y), signedCount(delta),
                 relative(delta, x), name});
    };
    line(a.cycles, b.cycles, "cycles of the run");
    line(old.cycles(), now.cycles(), "thread-cycles of threads that ran");
    line(old.executed, now.executed, "instructions");
    line(old.issued, now.issued, "issued thread-cycles");
    line(old.lostCycles(), now.lostCycles(), "lost thread-cycles");
    total.print(screen);
    table("cause", causeChanges(before, after));
    table("function", functionChanges(before, after));
    if (before.analysis.symbols.hasLines() && after.analysis.symbols.hasLines())
      table("line", lineChanges(before, after));
  }

  int printAsJson(const std::vector<std::string> &notes) {
    Json json = jsonOf("diff");
    json["old"] = runJson(before.analysis);
    json["new"] = runJson(after.analysis);
    json["notes"] = notes;
    json["causes"] = listJson(causeChanges(before, after), false);
    json["functions"] = listJson(functionChanges(before, after), true);
    json["lines"] = listJson(lineChanges(before, after), true);
    return printJson(json);
  }

private:
  static void head(Table &table, const std::string &title) {
    table.column("old", Table::Right);
    table.column("new", Table::Right);
    table.column("change", Table::Right);
    table.column("", Table::Right);
    table.column(title, Table::Left);
  }

  void table(const std::string &title, const std::vector<Change> &changes) {
    Table table;
    head(table, title);
    const double all = double(std::max<uint64_t>(
        before.analysis.total.cycles(), 1));
    size_t shown = 0, same = 0, left = 0;
    int64_t rest = 0;
    uint64_t restOld = 0, restNew = 0;
    for (const Change &change : changes) {
      const uint64_t old = change.before ? change.before->cycles() : 0;
      const uint64_t now = change.after ? change.after->cycles() : 0;
      if (change.delta() == 0) {
        ++same;
        continue;
      }
      if (shown == options.limit) {
        ++left;
        rest += change.delta();
        restOld += old;
        restNew += now;
        continue;
      }
      ++shown;
      const bool isWorse = change.delta() > 0;
      table.row({change.before ? withCommas(old) : "-",
                 change.after ? withCommas(now) : "-",
                 signedCount(change.delta()),
                 !change.after ? "gone" : relative(change.delta(), old),
                 change.name},
                isWorse ? double(change.delta()) / all : 0);
    }
    if (left)
      table.row({withCommas(restOld), withCommas(restNew), signedCount(rest),
                 relative(rest, restOld), fmt::format("({} more)", left)});
    fmt::print("\n");
    if (shown)
      table.print(screen);
    if (same)
      fmt::print("# {} {}{} as before\n", same, title, same == 1 ? "" : "s");
  }

  static Json listJson(const std::vector<Change> &changes, bool withCounts) {
    Json list = Json::array();
    for (const Change &change : changes) {
      Json entry = change.keys;
      entry["old_cycles"] = change.before ? change.before->cycles() : 0;
      entry["new_cycles"] = change.after ? change.after->cycles() : 0;
      entry["change"] = change.delta();
      if (withCounts) {
        entry["old"] =
            change.before ? countsJson(*change.before) : Json(nullptr);
        entry["new"] = change.after ? countsJson(*change.after) : Json(nullptr);
      }
      list.push_back(std::move(entry));
    }
    return list;
  }

  const Options &options;
  Side before, after;
  const Screen screen;
};

int diff(const Options &options) {
  LoadedProfile before, after;
  if (std::string error = loadProfile(options.before, before); !error.empty())
    return fail(error);
  if (std::string error = loadProfile(options.after, after); !error.empty())
    return fail(error);
  std::vector<std::string> notes;
  auto add = [&](const char *which, const LoadedProfile &loaded) {
    for (const std::string &warning : warningsOf(loaded.profile))
      notes.push_back(std::string(which) + ": " + warning);
    for (const std::string &note : loaded.notes)
      notes.push_back(std::string(which) + ": " + note);
  };
  add("old", before);
  add("new", after);
  if (before.profile.machine != after.profile.machine)
    notes.push_back(fmt::format("the machines differ: {} and {}",
                                before.profile.machine, after.profile.machine));
  if (before.profile.timing != after.profile.timing)
    notes.push_back(fmt::format("the timings differ: {} and {}",
                                before.profile.timing, after.profile.timing));
  Differ differ(options, before, after);
  if (options.json)
    return differ.printAsJson(notes);
  printNotes(notes);
  differ.print();
  return 0;
}

} // namespace

void addDiff(CLI::App &app, Run &run) {
  auto options = std::make_shared<Options>();
  CLI::App *verb = app.add_subcommand(
      "diff", "what changed between two runs, by function, line and cause");
  verb->add_option("old", options->before.file, "profile of the run before")
      ->type_name("OLD")
      ->required();
  verb->add_option("new", options->after.file, "profile of the run after it")
      ->type_name("NEW")
      ->required();
  verb->add_option("--image", options->after.image,
                   "image of NEW; default: the one that was run")
      ->type_name("IMAGE.elf");
  verb->add_option("--old-image", options->before.image,
                   "image of OLD; default: the one that was run")
      ->type_name("IMAGE.elf");
  verb->add_option("-n,--limit", options->limit,
                   fmt::format("rows of each table; default: {}",
                               options->limit))
      ->type_name("N")
      ->check(CLI::Validator(isCount, ""));
  verb->add_flag("--json", options->json,
                 "print JSON (docs/profile-schema.md), in cycles");
  verb->footer(
      "All figures but the first are thread-cycles. Functions are matched by "
      "name. Lines are matched by function and text, and if the text of either "
      "run's source is not there any more, by their distance from the "
      "function's declaration.");
  verb->callback([options, &run] { run = [options] { return diff(*options); }; });
}

} // namespace tatami::prof
