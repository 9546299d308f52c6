// DecodeTree.cpp: findOpcode() as a decision tree over the fixed bits. Two
// records that match the same word are an error at their lines.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "Emit.h"

#include <fmt/format.h>

#include <map>
#include <stdexcept>

namespace tatami::gen {
namespace {

using Candidates = std::vector<const Inst *>;

struct BitRun {
  unsigned low = 0, width = 0;
  uint32_t mask() const {
    return (width == 32 ? ~0u : (1u << width) - 1) << low;
  }
};

void checkOverlaps(const Machine &machine) {
  for (const Inst &a : machine.insts)
    for (const Inst &b : machine.insts) {
      uint32_t both = a.fixedMask & b.fixedMask;
      if (&a < &b && ((a.fixedValue ^ b.fixedValue) & both) == 0)
        throw std::runtime_error(fmt::format(
            "{}: {} and {} ({}) have overlapping encodings", a.location,
            a.name, b.name, b.location));
    }
}

/// The widest run of bits that all candidates fix and that tells some of them
/// apart.
BitRun distinguishing(const Candidates &candidates) {
  uint32_t common = ~0u, differing = 0;
  for (const Inst *inst : candidates)
    common &= inst->fixedMask;
  for (const Inst *inst : candidates)
    differing |= inst->fixedValue ^ candidates.front()->fixedValue;
  uint32_t useful = common & differing;
  BitRun best;
  for (unsigned low = 0; low < 32;) {
    unsigned width = 0;
    while (low + width < 32 && useful >> (low + width) & 1)
      ++width;
    if (width > best.width)
      best = {low, width};
    low += width + 1;
  }
  return best;
}

void emitNode(const Candidates &candidates, unsigned depth, std::string &out) {
  std::string indent(2 * depth, ' ');
  if (candidates.size() == 1) {
    const Inst &inst = *candidates.front();
    out += fmt::format("{}return match(word, {:#010x}, {:#010x}, Opcode::{});\n",
                       indent, inst.fixedMask, inst.fixedValue, inst.name);
    return;
  }
  BitRun run = distinguishing(candidates);
  if (run.width == 0) {
    // They differ in bits that not all of them fix: the most specific decides.
    for (const Inst *inst : candidates)
      out += fmt::format("{}if ((word & {:#010x}) == {:#010x})\n{}  return "
                         "Opcode::{};\n",
                         indent, inst->fixedMask, inst->fixedValue, indent,
                         inst->name);
    out += indent + "return std::nullopt;\n";
    return;
  }
  std::map<uint32_t, Candidates> groups;
  for (const Inst *inst : candidates)
    groups[(inst->fixedValue & run.mask()) >> run.low].push_back(inst);
  out += fmt::format("{}switch (word >> {} & {:#x}) {{\n", indent, run.low,
                     run.mask() >> run.low);
  for (auto &[value, group] : groups) {
    out += fmt::format("{}case {:#x}:\n", indent, value);
    emitNode(group, depth + 1, out);
  }
  out += fmt::format("{}default:\n{}  return std::nullopt;\n{}}}\n", indent,
                     indent, indent);
}

} // namespace

std::string emitDecodeTree(const Machine &machine) {
  checkOverlaps(machine);
  std::string out = fileHeader("Decision tree from words to opcodes.");
  out += "#include \"tatami/isa/Codec.h\"\n\nnamespace tatami::isa {\n\n"
         "static std::optional<Opcode> match(uint32_t word, uint32_t mask,\n"
         "                                   uint32_t value, Opcode op) {\n"
         "  if ((word & mask) != value)\n    return std::nullopt;\n"
         "  return op;\n}\n\n"
         "std::optional<Opcode> findOpcode(uint32_t word) {\n";
  Candidates all;
  for (const Inst &inst : machine.insts)
    all.push_back(&inst);
  emitNode(all, 1, out);
  out += "}\n\n} // namespace tatami::isa\n";
  return out;
}

} // namespace tatami::gen
