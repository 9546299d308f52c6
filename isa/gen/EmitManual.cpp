// isa-manual.md: one entry per base instruction, with its bits, syntax,
// operation (quoted from exec()), latency, traps and provenance.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "Emit.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

namespace fs = std::filesystem;

namespace tatami::gen {
namespace {

/// Finds and quotes bodies of exec(). A body is opened by a macro that names the
/// facts and the operands' struct: TATAMI_EXEC(void, Add) { ... }; where one
/// body serves all lane widths, the struct lacks its last letter and the macro's
/// name ends in LANES. A macro of another name whose first argument is the
/// struct is a table's row, and quoted as it stands.
class Semantics {
public:
  explicit Semantics(const std::string &folder) {
    std::error_code ignored;
    std::vector<fs::path> paths;
    for (auto &entry : fs::recursive_directory_iterator(folder, ignored))
      if (entry.path().extension() == ".h")
        paths.push_back(entry.path());
    std::sort(paths.begin(), paths.end());
    for (const fs::path &path : paths) {
      std::stringstream text;
      text << std::ifstream(path).rdbuf();
      collect(text.str());
    }
  }

  /// The text between the braces, empty if there is none.
  std::string bodyOf(const std::string &type) const {
    for (const std::string &key :
         {type, type.substr(0, type.size() - 1) + "?"})
      if (auto it = bodies.find(key); it != bodies.end())
        return it->second;
    return {};
  }

private:
  void collect(const std::string &text) {
    for (size_t at = 0; (at = text.find("TATAMI_", at)) != std::string::npos;
         ++at) {
      // Uses stand at the begin of a line, or alone in one of a macro's.
      size_t line = text.rfind('\n', at) + 1;
      if (text.find_first_not_of(' ', line) != at)
        continue;
      size_t open = text.find('(', at);
      size_t close = text.find(')', open);
      if (close == std::string::npos)
        return;
      std::string macro = text.substr(at, open - at);
      std::string inner = text.substr(open + 1, close - open - 1);
      size_t comma = inner.find(',');
      bool opensBody = macro.starts_with("TATAMI_EXEC");
      std::string name = inner.substr(0, comma);
      if (opensBody && comma != std::string::npos)
        name = inner.substr(inner.find_first_not_of(" \n", comma + 1));
      size_t letter = name.find("##");
      if (macro.ends_with("LANES") || letter != std::string::npos)
        name = name.substr(0, letter) + '?';
      if (name.empty() || !std::isupper((unsigned char)name[0]))
        continue;
      bodies.emplace(name, opensBody ? braced(text, text.find('{', close))
                                     : statement(text, at, open));
    }
  }

  static std::string braced(const std::string &text, size_t brace) {
    int depth = 0;
    size_t end = brace;
    for (; end < text.size(); ++end) {
      depth += text[end] == '{';
      depth -= text[end] == '}';
      if (depth == 0)
        break;
    }
    std::string body = dedent(text.substr(brace + 1, end - brace - 1));
    return body.empty() ? "// Nothing.\n" : body;
  }

  static std::string statement(const std::string &text, size_t line,
                               size_t open) {
    int depth = 0;
    size_t end = open;
    for (; end < text.size(); ++end) {
      depth += text[end] == '(';
      depth -= text[end] == ')';
      if (depth == 0)
        break;
    }
    return dedent(text.substr(line, end + 1 - line));
  }

  static std::string dedent(const std::string &body) {
    std::vector<std::string> lines;
    std::stringstream in(body);
    size_t margin = std::string::npos;
    for (std::string line; std::getline(in, line);) {
      while (!line.empty() && (line.back() == '\\' || line.back() == ' '))
        line.pop_back();
      size_t first = line.find_first_not_of(' ');
      if (first == std::string::npos) {
        if (!lines.empty())
          lines.push_back("");
        continue;
      }
      margin = std::min(margin, first);
      lines.push_back(line);
    }
    while (!lines.empty() && lines.back().empty())
      lines.pop_back();
    std::string out;
    for (const std::string &line : lines)
      out += (line.size() > margin ? line.substr(margin) : line) + "\n";
    return out;
  }

  std::map<std::string, std::string> bodies;
};

/// The fields of a word from the highest bit down: name, width.
std::vector<std::pair<std::string, unsigned>> fields(const Inst &inst) {
  std::vector<std::pair<std::string, unsigned>> result;
  for (int bit = 31; bit >= 0;) {
    if (inst.fixedMask >> bit & 1) {
      std::string digits;
      while (bit >= 0 && inst.fixedMask >> bit & 1 &&
             (digits.empty() || bit != 6))
        digits += inst.fixedValue >> bit-- & 1 ? '1' : '0';
      result.emplace_back(digits, digits.size());
      continue;
    }
    for (const Operand &op : inst.operands)
      for (const Segment &s : op.segments)
        if (unsigned(bit) == s.instLow + s.width - 1) {
          std::string name = op.name;
          if (op.segments.size() > 1 || s.width < op.bits)
            name += fmt::format("[{}:{}]", s.fieldLow + s.width - 1 + op.shift,
                                s.fieldLow + op.shift);
          result.emplace_back(name, s.width);
          bit -= int(s.width);
          goto next;
        }
    --bit;
  next:;
  }
  return result;
}

std::string bitPicture(const Inst &inst) {
  std::string numbers, boxes;
  int bit = 31;
  for (auto &[name, width] : fields(inst)) {
    std::string high = fmt::format("{}", bit);
    std::string low = width > 1 ? fmt::format("{}", bit - int(width) + 1) : "";
    size_t columns = std::max({name.size() + 2, high.size() + low.size() + 1,
                               size_t(width)});
    numbers += fmt::format(" {}{:>{}}", high, low, columns - high.size());
    boxes += fmt::format("|{:^{}}", name, columns);
    bit -= int(width);
  }
  return "```\n" + numbers + "\n" + boxes + "|\n```\n";
}

std::string formsSentence(const std::vector<const Inst *> &forms) {
  std::string out;
  for (const Inst *inst : forms) {
    std::string text = inst->asmString;
    std::replace(text.begin(), text.end(), '\t', ' ');
    std::erase_if(text, [](char c) { return c == '$' || c == '{' || c == '}'; });
    out += fmt::format("    {}\n", text);
  }
  return out;
}

} // namespace

std::string costSentence(const Machine &machine, const Inst &inst) {
  const TimingModel &d1 = machine.models.back();
  auto timing = [&](const std::string &cls) -> const ClassTiming & {
    size_t index =
        std::find(machine.classes.begin(), machine.classes.end(), cls) -
        machine.classes.begin();
    return d1.classes[index];
  };
  const ClassTiming &main = timing(inst.classes.front());
  std::string out = fmt::format("{} cycle{} to use", main.latency,
                                main.latency == 1 ? "" : "s");
  if (main.units.empty())
    out += ", resolved in the front end";
  for (auto &[unit, cycles] : main.units)
    out += fmt::format(", {}{}", unit.substr(d1.name.size()),
                       cycles > 1 ? fmt::format(" × {}", cycles) : "");
  if (inst.classes.size() > 1)
    out += fmt::format("; the moved base after {}",
                       timing(inst.classes.back()).latency);
  return out + fmt::format(" ({}).", inst.classes.front());
}

std::string emitManual(const Machine &machine, const std::string &folder,
                       std::vector<std::string> &missing) {
  Semantics semantics(folder);
  std::string out =
      "# Tatami-1 instruction set manual\n\n"
      "Generated from `isa/*.td` (encodings, timing, traps) and from the "
      "`exec()` bodies in `emulator/semantics` (operations). Encodings, exact "
      "meanings and latencies are chosen for this model unless an entry says "
      "otherwise; the units, widths and rates that are published are named in "
      "`docs/timing-model.md`.\n\n"
      "Every instruction is one 32-bit little-endian word. A word that matches "
      "no entry is a reserved encoding and traps. `x0` reads zero, `m0` reads "
      "all ones, writes to both are ignored.\n\n";

  std::vector<std::string> groups;
  std::map<std::string, std::map<std::string, std::vector<const Inst *>>> book;
  for (const Inst &inst : machine.insts) {
    if (!book.count(inst.group))
      groups.push_back(inst.group);
    book[inst.group][inst.baseName].push_back(&inst);
  }
  std::sort(groups.begin(), groups.end());
  for (const std::string &group : groups) {
    out += fmt::format("## {}\n\n", group);
    for (auto &[base, forms] : book[group]) {
      const Inst &inst = *forms.front();
      out += fmt::format("### {} ({})\n\n{}\n\n", inst.mnemonic(), base,
                         inst.brief);
      out += formsSentence(forms) + "\n";
      for (const Inst *form : forms)
        out += bitPicture(*form);
      std::string body = semantics.bodyOf(structName(base));
      if (body.empty())
        missing.push_back(base);
      else
        out += "\nOperation:\n```cpp\n" + body + "```\n";
      out += "\nCost: " + costSentence(machine, inst) + "\n";
      std::string traps;
      for (const std::string &trap : inst.raises)
        traps += (traps.empty() ? "" : ", ") + trap;
      out += fmt::format("Traps: {}.\n", traps.empty() ? "none" : traps);
      out += fmt::format("Provenance: {}.\n\n", inst.provenance);
    }
  }

  auto table = [&](const char *title, const std::vector<Named> &rows) {
    out += fmt::format("## {}\n\n| number | name | meaning |\n|---|---|---|\n",
                       title);
    for (const Named &row : rows)
      out += fmt::format("| {} | {} | {} |\n", row.number, row.name, row.brief);
    out += "\n";
  };
  table("Traps", machine.traps);
  table("Control registers", machine.controlRegisters);
  table("Host calls", machine.hostCalls);
  out += emitGlobalAddressManual(machine);
  out += emitListManual(machine);
  out += "## Memory of a node\n\n| bytes | what |\n|---|---|\n";
  for (const Named &row : machine.memoryMap)
    out += fmt::format("| {} | {} |\n", row.number, row.brief);
  return out;
}

} // namespace tatami::gen
