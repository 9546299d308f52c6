// tatami-prof annotate: the source of a function with its instructions, and
// what each of them cost.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "Json.h"
#include "Source.h"
#include "Text.h"

#include "tatami/isa/Isa.h"
#include "tatami/profiler/Near.h"
#include "tatami/profiler/Verbs.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <map>
#include <memory>
#include <set>

namespace tatami::prof {
namespace {

struct Options {
  Input input;
  std::string function, line;
  bool byAddress = false, json = false;
};

/// Lines around the code that are printed for the reader to know where he is.
constexpr unsigned contextLines = 2;
/// Longer stretches without code are left out.
constexpr unsigned longestGap = 8;

/// What a function is called without its parameters: "f" of "f(int)".
std::string plainName(const std::string &name) {
  const size_t paren = name.find('(', name.starts_with("(anonymous") ? 1 : 0);
  return paren == 0 ? name : name.substr(0, paren);
}

struct Instruction {
  CodeCycles counts;
  uint64_t pc = 0;
  std::string text;
  SourcePlace place; ///< The innermost.
};

class Annotator {
public:
  Annotator(const Options &options, const LoadedProfile &loaded)
      : options(options), loaded(loaded), profile(loaded.profile),
        symbols(*loaded.symbols), analysis(profile, symbols), sources(symbols),
        screen(stdout), all(analysis.total.cycles()) {}

  int run() {
    if (std::string error = select(); !error.empty())
      return fail(error);
    std::vector<std::string> notes = warningsOf(profile);
    notes.insert(notes.end(), loaded.notes.begin(), loaded.notes.end());
    for (const std::string &file : filesOfCode())
      if (std::string note = sourceNote(file); !note.empty())
        notes.push_back(note);
    if (options.json)
      return printJson(json(notes));
    printNotes(notes);
    print();
    return 0;
  }

private:
  double share(uint64_t cycles) const {
    return all ? double(cycles) / double(all) : 0;
  }

  void add(size_t index) {
    Instruction inst;
    static_cast<PcCounts &>(inst.counts) = profile.countsOf(index);
    addWork(inst.counts, profile.text[index], inst.counts.executed);
    inst.pc = profile.pcOf(index);
    inst.text = isa::disassemble(profile.text[index], inst.pc);
    std::replace(inst.text.begin(), inst.text.end(), '\t', ' ');
    inst.place = symbols.at(inst.pc).front();
    sum += inst.counts;
    code.push_back(std::move(inst));
  }

  std::string select() {
    return options.line.empty() ? selectFunction() : selectLine();
  }

  /// The function and all that was inlined into it; of one that was only
  /// inlined, its copies.
  std::string selectFunction() {
    const std::string &wanted = options.function;
    std::set<std::string> exact, plain, names;
    for (size_t i = 0; i < profile.text.size(); ++i)
      for (const SourcePlace &place : symbols.at(profile.pcOf(i))) {
        names.insert(place.function);
        if (place.function == wanted)
          exact.insert(place.function);
        else if (plainName(place.function) == wanted)
          plain.insert(place.function);
      }
    const std::set<std::string> &chosen = exact.empty() ? plain : exact;
    if (chosen.empty())
      return fmt::format("there is no function '{}' in {}{}", wanted,
                         profile.image,
                         didYouMean(wanted, {names.begin(), names.end()}));
    title = fmt::format("{}", fmt::join(chosen, ", "));
    for (size_t i = 0; i < profile.text.size(); ++i) {
      const auto &places = symbols.at(profile.pcOf(i));
      if (std::any_of(places.begin(), places.end(), [&](const auto &place) {
            return chosen.count(place.function);
          }))
        add(i);
    }
    return {};
  }

  std::string selectLine() {
    const size_t colon = options.line.rfind(':');
    unsigned number = 0;
    const char *end = options.line.data() + options.line.size();
    if (colon == std::string::npos || colon == 0 ||
        std::from_chars(options.line.data() + colon + 1, end, number).ptr !=
            end ||
        number == 0)
      return fmt::format("--line {}: FILE:LINE is needed", options.line);
    const std::string file = options.line.substr(0, colon);
    auto isWanted = [&](const std::string &path) {
      return path == file ||
             (path.size() > file.size() && path.ends_with(file) &&
              path[path.size() - file.size() - 1] == '/');
    };
    std::set<std::string> files;
    std::set<unsigned> lines;
    for (size_t i = 0; i < profile.text.size(); ++i) {
      const SourcePlace &place = symbols.at(profile.pcOf(i)).front();
      if (place.line == 0)
        continue;
      files.insert(fileName(place.file));
      if (!isWanted(place.file))
        continue;
      lines.insert(place.line);
      if (place.line == number)
        add(i);
    }
    title = options.line;
    if (!code.empty())
      return {};
    if (lines.empty())
      return fmt::format("no code comes from a file '{}'{}", file,
                         didYouMean(file, {files.begin(), files.end()}));
    auto after = lines.lower_bound(number);
    const unsigned near = after != lines.end() ? *after : *lines.rbegin();
    return fmt::format("no code comes from {}; the nearest line with code is "
                       "{}",
                       options.line, near);
  }

  std::vector<std::string> filesOfCode() const {
    std::vector<std::string> files;
    for (const Instruction &inst : code)
      if (inst.place.line &&
          std::find(files.begin(), files.end(), inst.place.file) == files.end())
        files.push_back(inst.place.file);
    return files;
  }

  std::string sourceNote(const std::string &path) {
    switch (sources.file(path).state) {
    case SourceFile::Missing:
      return fmt::format("{} is not there: its lines are shown without text",
                         path);
    case SourceFile::Changed:
      return fmt::format("{} has changed since it was compiled: lines may be "
                         "off",
                         path);
    default:
      return {};
    }
  }

  //===-- Tables ----------------------------------------------------------===//

  /// On 80 columns there is no room for everything: the source comes first.
  bool isWide() const { return screen.widthOr(120) >= 100; }
  size_t causeColumns() const { return isWide() ? 32 : 17; }

  std::string columnsLeft(const std::string &cycles, const std::string &executed,
                          const std::string &issued,
                          const std::string &causes) const {
    const std::string right = fmt::format(
        "  {:<{}}", cut(causes, causeColumns()), causeColumns());
    return isWide()
               ? fmt::format("{} {:>12} {:>6}{}", cycles, executed, issued, right)
               : fmt::format("{} {:>8}{}", cycles, executed, right);
  }

  /// The figures of a line or an instruction, as wide as the title.
  std::string figures(const CodeCycles &counts) const {
    const uint64_t cycles = counts.cycles();
    const std::string none(9, ' ');
    if (!cycles && !counts.executed)
      return columnsLeft(none, "", "", "");
    return columnsLeft(
        screen.heat(fmt::format("{:>9}", percent(share(cycles), 1)),
                    share(cycles)),
        isWide() ? withCommas(counts.executed) : shortCount(counts.executed),
        cycles ? fmt::format("{:.0f} %",
                             100 * double(counts.issued) / double(cycles))
               : "",
        topCauses(counts, isWide() ? 2 : 1));
  }

  /// Set in, so that it is told from a line of the source.
  static std::string instructionText(const Instruction &inst) {
    return fmt::format("{:>9x}:  {}", inst.pc, inst.text);
  }

  void row(const CodeCycles &counts, const std::string &text, bool isSource) {
    const std::string left = figures(counts);
    std::string right = " | " + visible(text);
    if (screen.width) {
      const size_t used = columnsOf(columnsLeft(std::string(9, ' '), "", "", ""));
      right = cut(right, screen.width > used + 20 ? screen.width - used : 20);
    }
    std::string out = left + (isSource ? screen.bold(right) : right);
    out.erase(out.find_last_not_of(' ') + 1);
    fmt::print("{}\n", out);
  }

  void print() {
    fmt::print("# {}: {} of all {} thread-cycles, {}\n", visible(title),
               percent(double(sum.cycles()), double(all)), withCommas(all),
               code.size() == 1 ? "1 instruction"
                                : withCommas(code.size()) + " instructions");
    if (std::string causes = topCauses(sum, 4); !causes.empty())
      fmt::print("# lost to: {}\n", causes);
    if (sum.executed == 0 && sum.cycles() == 0)
      fmt::print("# It has not run.\n");
    fmt::print("#\n{} | source and instructions\n",
               columnsLeft(fmt::format("{:>9}", "cycles"), "executed", "issued",
                           "lost most to"));
    if (options.byAddress || filesOfCode().empty())
      printByAddress();
    else
      printBySource();
  }

  /// Lines of the source in their order, under each its instructions.
  void printBySource() {
    // The function's own code first, then what was inlined, in the order in
    // which it comes.
    std::vector<std::pair<std::string, std::string>> parts; // File, function.
    std::map<std::pair<std::string, std::string>,
             std::map<unsigned, std::vector<const Instruction *>>>
        byLine;
    for (const Instruction &inst : code) {
      const auto key = std::pair(inst.place.line ? inst.place.file : "",
                                 inst.place.function);
      if (byLine[key].empty())
        parts.push_back(key);
      byLine[key][inst.place.line].push_back(&inst);
    }
    std::stable_sort(parts.begin(), parts.end(),
                     [&](const auto &a, const auto &b) {
                       return isOwn(a.second) > isOwn(b.second);
                     });
    for (const auto &part : parts) {
      CodeCycles counts;
      for (const auto &[line, list] : byLine[part])
        for (const Instruction *inst : list)
          counts += inst->counts;
      fmt::print("\n");
      row(counts,
          fmt::format("{}{}{}", isOwn(part.second) ? "" : "inlined: ",
                      part.second,
                      part.first.empty() ? ", no line" : ", " + part.first),
          true);
      printPart(part.first, byLine[part]);
    }
  }

  bool isOwn(const std::string &function) const {
    return !options.line.empty() || function == options.function ||
           plainName(function) == options.function;
  }

  void printPart(
      const std::string &file,
      const std::map<unsigned, std::vector<const Instruction *>> &lines) {
    const SourceFile &source = sources.file(file);
    unsigned next = 0; // The line after the last one printed.
    for (const auto &[line, list] : lines) {
      if (line) {
        unsigned first = line > contextLines ? line - contextLines : 1;
        if (next && line - std::min(line, next) <= longestGap)
          first = next;
        first = std::max(first, next);
        if (next && first > next)
          fmt::print("\n");
        for (unsigned between = first; between < line; ++between)
          if (!source.lines.empty())
            row({}, fmt::format("{:5}  {}", between, source.line(between)),
                true);
        next = line + 1;
      }
      CodeCycles counts;
      for (const Instruction *inst : list)
        counts += inst->counts;
      if (line)
        row(counts, fmt::format("{:5}  {}", line, source.line(line)), true);
      for (const Instruction *inst : list)
        row(inst->counts, instructionText(*inst),
            false);
    }
    if (!source.lines.empty())
      for (unsigned after = next; after < next + contextLines &&
                                  after <= source.lines.size() && next;
           ++after)
        row({}, fmt::format("{:5}  {}", after, source.line(after)), true);
  }

  /// Instructions in their order, above them the line where it changes.
  void printByAddress() {
    const SourcePlace *last = nullptr;
    for (const Instruction &inst : code) {
      const SourcePlace &place = inst.place;
      if (!last || place.line != last->line || place.file != last->file ||
          place.function != last->function) {
        const bool isOther = !last || place.function != last->function;
        fmt::print("{}", last || !isOther ? "" : "\n");
        if (isOther)
          row({}, place.function, true);
        if (place.line)
          row({},
              fmt::format("{:<14} {}", placeName(place.file, place.line),
                          sources.file(place.file).line(place.line)),
              true);
      }
      last = &place;
      row(inst.counts, instructionText(inst), false);
    }
  }

  Json json(const std::vector<std::string> &notes) {
    Json json = jsonOf("annotate");
    json["run"] = runJson(analysis);
    json["notes"] = notes;
    json["name"] = title;
    json["total"] = countsJson(sum);
    std::map<std::pair<std::string, unsigned>, CodeCycles> lines;
    Json instructions = Json::array();
    for (const Instruction &inst : code) {
      lines[{inst.place.file, inst.place.line}] += inst.counts;
      Json entry = {{"pc", inst.pc},
                    {"text", inst.text},
                    {"function", inst.place.function},
                    {"file", inst.place.file},
                    {"line", inst.place.line}};
      entry.update(countsJson(inst.counts));
      instructions.push_back(std::move(entry));
    }
    Json list = Json::array();
    for (const auto &[place, counts] : lines) {
      Json entry = {{"file", place.first},
                    {"line", place.second},
                    {"text", sources.file(place.first).line(place.second)}};
      entry.update(countsJson(counts));
      list.push_back(std::move(entry));
    }
    json["lines"] = std::move(list);
    json["instructions"] = std::move(instructions);
    return json;
  }

  const Options &options;
  const LoadedProfile &loaded;
  const Profile &profile;
  const Symbols &symbols;
  const Analysis analysis;
  Sources sources;
  const Screen screen;
  const uint64_t all;

  std::string title;
  std::vector<Instruction> code; ///< By address.
  CodeCycles sum;
};

int annotate(const Options &options) {
  if (options.function.empty() == options.line.empty())
    return fail("a FUNCTION or --line FILE:LINE is needed, not both; see "
                "tatami-prof annotate --help",
                usageStatus);
  LoadedProfile loaded;
  if (std::string error = loadProfile(options.input, loaded); !error.empty())
    return fail(error);
  return Annotator(options, loaded).run();
}

} // namespace

void addAnnotate(CLI::App &app, Run &run) {
  auto options = std::make_shared<Options>();
  CLI::App *verb = app.add_subcommand(
      "annotate", "source and instructions of a function, with their cycles");
  verb->add_option("function", options->function,
                   "its name, parameters may be left out")
      ->type_name("FUNCTION");
  verb->add_option("-i,--input", options->input.file,
                   fmt::format("profile; default: {}", defaultProfile))
      ->type_name("FILE");
  verb->add_option("--image", options->input.image,
                   "image to take names and lines from; default: the one that "
                   "was run, where it was")
      ->type_name("IMAGE.elf");
  verb->add_option("--line", options->line,
                   "instead of a function all the code of one line")
      ->type_name("FILE:LINE");
  verb->add_flag("--by-address", options->byAddress,
                 "instructions in their order, not in that of the source");
  verb->add_flag("--json", options->json,
                 "print JSON (docs/profile-schema.md), in cycles");
  verb->footer("Cycles are shares of all thread-cycles of threads that ran; "
               "\"issued\" is the share of the row's own cycles in which an "
               "instruction issued, the rest is lost.");
  verb->callback(
      [options, &run] { run = [options] { return annotate(*options); }; });
}

} // namespace tatami::prof
