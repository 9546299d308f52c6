// builtins.md and builtins.h: the compiler's builtins as C declarations, with what each does
// and costs.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "Emit.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <map>
#include <stdexcept>

namespace tatami::gen {
namespace {

/// Reads clang's notation of a builtin's type, of which isa/Builtins.td
/// explains the part in use.
class TypeReader {
public:
  /// \p showConstant: say which arguments must be constants.
  TypeReader(const std::string &notation, bool showConstant)
      : text(notation), showConstant(showConstant) {}

  bool atEnd() const { return position == text.size(); }

  /// The next type in C, as <tatami.h> spells it.
  std::string next() {
    bool constant = take('I');
    std::string type = take('V') ? vector() : scalar();
    if (take('C'))
      type = "const " + type;
    if (take('*'))
      type += " *";
    return (constant && showConstant ? "constant " : "") + type;
  }

private:
  bool take(char c) {
    if (position == text.size() || text[position] != c)
      return false;
    ++position;
    return true;
  }

  std::string scalar() {
    if (take('v'))
      return "void";
    return readLane().c;
  }

  std::string vector() {
    unsigned count = 0;
    while (position < text.size() && std::isdigit(text[position]))
      count = count * 10 + unsigned(text[position++] - '0');
    Lane lane = readLane();
    if (count * lane.bits == 2048)
      return lane.name[0] == 'f' ? "tatami_acc" : "tatami_acci";
    return fmt::format("tatami_v{}{}", count, lane.name);
  }

  struct Lane {
    std::string name, c;
    unsigned bits;
  };

  Lane readLane() {
    bool isUnsigned = take('U');
    if (!isUnsigned)
      take('S');
    unsigned bits = 0;
    if (take('W') && take('i'))
      bits = 64;
    else if (take('i'))
      bits = 32;
    else if (take('s'))
      bits = 16;
    else if (take('c'))
      bits = 8;
    else if (take('f'))
      return {"f32", "float", 32};
    else if (take('x'))
      return {"f16", "_Float16", 16};
    else if (take('y'))
      return {"bf16", "__bf16", 16};
    else
      throw std::runtime_error("builtin type '" + text +
                               "': unknown letter at column " +
                               std::to_string(position + 1));
    return {fmt::format("{}{}", isUnsigned ? 'u' : 'i', bits),
            fmt::format("{}int{}_t", isUnsigned ? "u" : "", bits), bits};
  }

  const std::string &text;
  bool showConstant;
  size_t position = 0;
};

/// \p forPeople: with what an argument may be, which is no C.
std::string declaration(const Builtin &builtin, bool forPeople) {
  TypeReader types(builtin.type, forPeople);
  std::string result = types.next(), arguments;
  for (unsigned i = 0; !types.atEnd(); ++i) {
    std::string type = types.next();
    for (const Builtin::Range &range : builtin.ranges)
      if (forPeople && range.argument == i)
        type += fmt::format(" {}..{}", range.min, range.max);
    arguments += (i ? ", " : "") + type;
  }
  return fmt::format("{} {}({})", result, builtin.name,
                     arguments.empty() ? "void" : arguments);
}

} // namespace

static unsigned sramBytes(const Machine &machine) {
  for (const Named &row : machine.memoryMap)
    if (row.record == "SramBytes")
      return row.number;
  throw std::runtime_error("MemoryMap.td has no SramBytes");
}

std::string emitBuiltinDeclarations(const Machine &machine) {
  std::string out =
      fileHeader("The builtins as functions, for clangd and the like.") +
      "#pragma once\n\n#define __TATAMI__ 1\n"
      "#define __TATAMI_VECTOR_BYTES__ 64\n" +
      fmt::format("#define __TATAMI_SRAM_BYTES__ {}\n\n", sramBytes(machine)) +
      "#include <tatami/types.h>\n\n"
      "#ifdef __cplusplus\nextern \"C\" {\n#endif\n";
  for (const Builtin &builtin : machine.builtins)
    out += declaration(builtin, false) + ";\n";
  return out + "#ifdef __cplusplus\n}\n#endif\n";
}

std::string emitBuiltinReference(const Machine &machine) {
  std::string out =
      "# Builtins\n\n"
      "Generated from `isa/Builtins.td`: what `tatami-clang` knows beside "
      "clang's own builtins, for every kind of input, each one instruction. "
      "`<tatami.h>` gives them shorter names and narrower types; write those "
      "unless you write such a header yourself.\n\n"
      "A *constant* argument must be one when the program is compiled, within "
      "the range that stands behind its type. *pure*: the result depends on "
      "the arguments alone, so calls may be merged, moved and dropped; "
      "*flags*: also sets the conversion flags; *state*: reads or writes what "
      "others see, and stays in order.\n\n";
  std::map<std::string, std::string> groups;
  for (const Builtin &builtin : machine.builtins) {
    auto inst =
        std::find_if(machine.insts.begin(), machine.insts.end(),
                     [&](const Inst &i) { return i.name == builtin.inst; });
    if (inst == machine.insts.end())
      throw std::runtime_error("builtin " + builtin.name + ": no instruction " +
                               builtin.inst);
    groups[inst->group] += fmt::format(
        "```c\n{}\n```\n`{}`, {}. {} Cost: {}\n\n", declaration(builtin, true),
        inst->mnemonic(), builtin.effect, inst->brief,
        costSentence(machine, *inst));
  }
  for (auto &[group, entries] : groups)
    out += fmt::format("## {}\n\n{}", group, entries);
  return out;
}

} // namespace tatami::gen
