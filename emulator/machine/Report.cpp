// What a person reads when a program goes wrong, and the commit log.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "MachineImpl.h"

#include "tatami/isa/Codec.h"

#include <fmt/format.h>

#include <cstring>
#include <ostream>

using namespace tatami;

namespace {

uint32_t wordAt(const Node &node, uint64_t pc) {
  uint32_t word = 0;
  if (node.memory.contains(pc, 4))
    std::memcpy(&word, node.memory.bytes() + pc, 4);
  return word;
}

/// Value of a register as a report shows it: long ones as their first bytes.
std::string registerValue(const ThreadState &state, isa::RegFile file,
                          unsigned number, bool whole) {
  auto lanes = [&](const uint32_t *words, unsigned count) {
    unsigned shown = whole ? count : std::min(count, 4u);
    std::string text;
    for (unsigned i = 0; i < shown; ++i)
      text += fmt::format("{}{:08x}", i ? "_" : "", words[i]);
    return shown < count ? text + "..." : text;
  };
  switch (file) {
  case isa::RegFile::X:
    return fmt::format("{:#x}", state.x[number]);
  case isa::RegFile::M:
    return fmt::format("{:#x}", state.m[number]);
  case isa::RegFile::V: {
    uint32_t words[16];
    std::memcpy(words, &state.v[number], sizeof(words));
    return lanes(words, 16);
  }
  case isa::RegFile::Acc: {
    uint32_t words[64];
    std::memcpy(words, &state.acc[number], sizeof(words));
    return lanes(words, 64);
  }
  case isa::RegFile::None:
    break;
  }
  return "";
}

std::string operandValues(const ThreadState &state,
                          const isa::DecodedInst &inst) {
  std::string text;
  for (const isa::OperandInfo &operand : isa::info(inst.opcode).operandList()) {
    if (!operand.isRegister() || !operand.source)
      continue;
    unsigned number = unsigned(isa::operandValue(inst, operand));
    text += fmt::format("{}{} = {}", text.empty() ? "" : ", ",
                        isa::registerName(operand.file, number),
                        registerValue(state, operand.file, number, false));
  }
  if (text.empty())
    return text;
  return "    with " + text + "\n";
}

} // namespace

std::string Machine::Impl::place(uint64_t pc) const {
  std::string text = fmt::format("{:#x}", pc);
  if (const Image::Symbol *function = image.functionAt(pc))
    text += fmt::format(" in {}", debug::demangled(function->name));
  std::string source = image.sourceAt(pc);
  if (!source.empty())
    text += fmt::format(" ({})", source);
  return text;
}

std::string Machine::Impl::callStack(const Node &node, unsigned number,
                                     size_t limit,
                                     const std::string &indent) const {
  if (image.debug.frame.empty())
    return "";
  if (!stackReader)
    stackReader = std::make_unique<debug::CallStackReader>(image);
  std::span<const uint8_t> memory(node.memory.bytes(), node.memory.size());
  return debug::format(
      stackReader->read(node.threads[number].state, memory, limit), indent);
}

std::string Machine::Impl::runningThreads() const {
  constexpr unsigned shown = 4;
  unsigned listed = 0;
  std::string text;
  for (auto &node : nodes)
    for (unsigned i = 0; i < threadsPerNode; ++i) {
      if (node->threads[i].status == ThreadStatus::Off || listed++ >= shown)
        continue;
      text += fmt::format("  node {} thread {} at {}\n{}", node->id, i,
                          place(node->threads[i].state.pc),
                          callStack(*node, i, 20, "    "));
    }
  if (listed > shown)
    text += fmt::format("  and {} more threads\n", listed - shown);
  return text;
}

std::string Machine::Impl::trapReport(const Node &node, unsigned number,
                                      TrapKind kind, uint64_t cycle) const {
  const NodeThread &thread = node.threads[number];
  const ThreadState &state = thread.state;
  std::string text = fmt::format(
      "trap: {}: {}\n  on node {} (x {}, y {}), thread {}, in cycle {}\n"
      "  at {}\n",
      isa::trapName(kind), isa::trapBrief(kind), node.id, node.at.x, node.at.y,
      number, cycle, place(state.pc));
  std::string stack = callStack(node, number, 40, "    ");
  if (!stack.empty())
    stack = "  call stack:\n" + stack;
  if (!node.code->contains(state.pc))
    return text +
           fmt::format("    code is at {:#x} to {:#x}\n", node.code->base(),
                       node.code->base() + 4 * node.code->size()) +
           stack;
  uint32_t word = wordAt(node, state.pc);
  text += fmt::format("    {}\n", isa::disassemble(word, state.pc));
  if (std::optional<isa::DecodedInst> inst = isa::decode(word)) {
    text += operandValues(state, *inst);
    if (inst->opcode == isa::Opcode::BRK) {
      int32_t code =
          isa::operandValue(*inst, isa::info(inst->opcode).operands[0]);
      if (std::string_view reason = breakReason(uint64_t(code));
          !reason.empty())
        text += fmt::format("    {}\n", reason);
    }
  }
  return text + stack;
}

std::string Machine::Impl::deadlockReport() const {
  static const char *const reasons[] = {
      "nothing",
      "room in the mesh",
      "the reply to a remote load",
      "acknowledgements",
      "acknowledgements before a barrier",
      "a barrier",
      "a semaphore",
      "the end of a thread",
  };
  std::string text = fmt::format("trap: {}: {}\n",
                                 isa::trapName(TrapKind::Deadlock),
                                 isa::trapBrief(TrapKind::Deadlock));
  unsigned listed = 0;
  for (auto &node : nodes)
    for (unsigned i = 0; i < threadsPerNode; ++i) {
      const NodeThread &thread = node->threads[i];
      if (thread.status != ThreadStatus::Waiting)
        continue;
      if (++listed > 32)
        continue;
      std::string what = reasons[size_t(thread.waitFor)];
      if (thread.waitFor == WaitFor::Semaphore)
        what = fmt::format("semaphore {} to reach {} (it is {})",
                           thread.request.a, thread.request.b,
                           node->semaphores[thread.request.a]);
      else if (thread.waitFor == WaitFor::ThreadEnd)
        what = fmt::format("thread {} to end", thread.request.a);
      else if (thread.waitFor == WaitFor::Barrier) {
        mesh::Rect r = mesh::Rect::unpack(thread.request.a);
        what = fmt::format("the barrier of nodes x {} to {}, y {} to {}", r.x0,
                           r.x1, r.y0, r.y1);
      }
      text += fmt::format("  node {} thread {} waits since cycle {} for {}\n"
                          "    at {}\n",
                          node->id, i, node->timeOf(i), what,
                          place(thread.state.pc));
      if (listed <= 4)
        text += callStack(*node, i, 20, "      ");
    }
  if (listed > 32)
    text += fmt::format("  and {} more\n", listed - 32);
  return text;
}

StopReason Machine::Impl::traceStep(Node &node, unsigned number,
                                    RunContext &context) {
  std::vector<StoreRecord> stores;
  context.stores = &stores;
  ThreadState &state = node.threads[number].state;
  uint64_t pc = state.pc;
  uint32_t word = wordAt(node, pc);
  std::optional<isa::DecodedInst> inst = isa::decode(word);
  uint64_t cycle = node.timeOf(number);
  StopReason reason = hostLevelGeneric.run(context);

  std::string text =
      fmt::format("{} {} {} {:#x} {}", node.scoreboard ? node.timeOf(number)
                                                       : cycle,
                  node.id, number, pc, isa::disassemble(word, pc));
  if (reason == StopReason::Trap) {
    *options.trace << text << " ; trap " << isa::trapName(context.trap) << '\n';
    return reason;
  }
  const char *separator = " ; ";
  if (inst)
    for (const isa::OperandInfo &operand :
         isa::info(inst->opcode).operandList()) {
      unsigned target = unsigned(isa::operandValue(*inst, operand));
      if (!operand.destination || target == isa::sinkRegister ||
          reason == StopReason::Request)
        continue;
      text += fmt::format("{}{}={}", separator,
                          isa::registerName(operand.file, target),
                          registerValue(state, operand.file, target, true));
      separator = " ";
    }
  for (const StoreRecord &store : stores) {
    text += fmt::format("{}[{:#x}]=", separator, store.address);
    for (uint32_t i = store.bytes; i-- > 0;)
      text += fmt::format("{:02x}", node.memory.bytes()[store.address + i]);
    separator = " ";
  }
  *options.trace << text << '\n';
  return reason;
}
