// What a person reads when a program goes wrong.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "Report.h"
#include "Registers.h"

#include "tatami/isa/Codec.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

using namespace tatami;

/// Threads that a report lists, and those of them with their call stacks.
static constexpr size_t listedThreads = 32, stackedThreads = 4;

static std::string operandValues(const ThreadState &state,
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

std::string Report::place(uint64_t pc) const {
  std::string text = fmt::format("{:#x}", pc);
  if (const Image::Symbol *function = program.image.functionAt(pc))
    text += fmt::format(" in {}", debug::demangled(function->name));
  std::string source = program.image.sourceAt(pc);
  if (!source.empty())
    text += fmt::format(" ({})", source);
  return text;
}

std::string Report::callStack(const Node &node, unsigned number, size_t limit,
                              const std::string &indent) {
  if (program.image.debug.frame.empty())
    return "";
  if (!stacks)
    stacks = std::make_unique<debug::CallStackReader>(program.image);
  std::span<const uint8_t> memory(node.memory.bytes(), node.memory.size());
  return debug::format(
      stacks->read(*node.threads[number].state, memory, limit), indent);
}

std::string Report::running() {
  size_t count = 0;
  std::string text;
  for (const Node *node : nodes)
    for (unsigned i = 0; i < threadsPerNode; ++i) {
      if (node->threads[i].status == ThreadStatus::Off ||
          ++count > stackedThreads)
        continue;
      text += fmt::format("  node {} thread {} at {}\n{}", node->id, i,
                          place(node->threads[i].state->pc),
                          callStack(*node, i, 20, "    "));
    }
  if (count > stackedThreads)
    text += fmt::format("  and {} more threads\n", count - stackedThreads);
  return text;
}

std::string Report::instruction(const Node &node,
                                const ThreadState &state) const {
  if (!node.code->contains(state.pc))
    return fmt::format("    code is at {:#x} to {:#x}\n", node.code->base(),
                       node.code->base() + 4 * node.code->size());
  uint32_t word = wordAt(node, state.pc);
  std::string text =
      fmt::format("    {}\n", isa::disassemble(word, state.pc));
  std::optional<isa::DecodedInst> inst = isa::decode(word);
  if (!inst)
    return text;
  text += operandValues(state, *inst);
  if (inst->opcode == isa::Opcode::BRK) {
    int32_t code =
        isa::operandValue(*inst, isa::info(inst->opcode).operands[0]);
    if (std::string_view reason = breakReason(uint64_t(code)); !reason.empty())
      text += fmt::format("    {}\n", reason);
  }
  return text;
}

std::string Report::trap(const Stop &stop) {
  const Node &node = *program.nodeAt(stop.at.node);
  std::string where = fmt::format("node {} (x {}, y {})", node.id, node.at.x,
                                  node.at.y);
  std::string text = fmt::format("trap: {}: {}\n", isa::trapName(stop.kind),
                                 isa::trapBrief(stop.kind));
  if (!stop.detail.empty())
    return text + fmt::format("  on {}, in cycle {}: {}\n", where, stop.at.time,
                              stop.detail);
  unsigned number = stop.at.thread;
  const ThreadState &state = *node.threads[number].state;
  text += fmt::format("  on {}, thread {}, in cycle {}\n  at {}\n", where,
                      number, stop.at.time, place(state.pc));
  text += instruction(node, state);
  std::string stack = callStack(node, number, 40, "    ");
  return stack.empty() ? text : text + "  call stack:\n" + stack;
}

std::string Report::waiting(const Node &node, unsigned number) const {
  const NodeThread &thread = node.threads[number];
  const Request &r = thread.request;
  switch (thread.waitFor) {
  case WaitFor::Nothing:
    return "nothing";
  case WaitFor::MeshSlot:
    return "room in the mesh";
  case WaitFor::RemoteLoad:
    return "the reply to a remote load";
  case WaitFor::Fence:
    return fmt::format("{} acknowledgements", thread.acksPending);
  case WaitFor::BarrierFence:
    return fmt::format("{} acknowledgements before a barrier",
                       thread.acksPending);
  case WaitFor::Semaphore:
    return fmt::format("semaphore {} to reach {} (it is {})", r.a, r.b,
                       node.semaphores[r.a]);
  case WaitFor::ThreadEnd:
    return fmt::format("thread {} to end", r.a);
  case WaitFor::OpenPull:
    return fmt::format("one of its {} open pulls to end", node.openPulls);
  case WaitFor::List:
    return fmt::format("list {} to end", r.a);
  case WaitFor::Barrier:
    break;
  }
  mesh::Rect rect = mesh::Rect::unpack(r.a);
  return fmt::format("the barrier of nodes x {} to {}, y {} to {}{}", rect.x0,
                     rect.x1, rect.y0, rect.y1, missing(rect));
}

std::string Report::missing(const mesh::Rect &rect) const {
  // The first of the rectangle's nodes knows who has come.
  const BarrierArrivals *arrivals = nullptr;
  for (mesh::NodeId id : program.topology().nodes(rect))
    if (const Node *first = program.nodeAt(id)) {
      for (const BarrierArrivals &b : first->barriers)
        if (b.rect == rect.pack())
          arrivals = &b;
      break;
    }
  if (!arrivals)
    return "";
  constexpr size_t shown = 4;
  size_t count = 0, place = 0;
  std::string text;
  for (mesh::NodeId id : program.topology().nodes(rect)) {
    const Node *node = program.nodeAt(id);
    bool present = arrivals->counts[place++] > 0;
    if (!node || present || ++count > shown)
      continue;
    text += fmt::format("{}{}{}", text.empty() ? "" : ", ", id,
                        node->state == Node::State::Done ? " (has ended)" : "");
  }
  if (count > shown)
    text += fmt::format(" and {} more", count - shown);
  return ", which node" + std::string(count == 1 ? " " : "s ") + text +
         (count == 1 ? " has" : " have") + " not reached";
}

std::string Report::whereabouts() const {
  struct Place {
    uint64_t pc;
    ThreadStatus status;
    WaitFor reason;
    auto operator<=>(const Place &) const = default;
  };
  struct Group {
    size_t threads = 0;
    const Node *first = nullptr;
    unsigned thread = 0;
  };
  std::map<Place, Group> groups;
  size_t ended = 0;
  for (const Node *node : nodes) {
    ended += node->state == Node::State::Done;
    for (unsigned i = 0; i < threadsPerNode; ++i) {
      const NodeThread &thread = node->threads[i];
      if (thread.status == ThreadStatus::Off)
        continue;
      Group &group =
          groups[{thread.state->pc, thread.status, thread.waitFor}];
      if (group.threads++ == 0)
        group.first = node, group.thread = i;
    }
  }
  std::vector<std::pair<Place, Group>> sorted(groups.begin(), groups.end());
  std::sort(sorted.begin(), sorted.end(), [](auto &a, auto &b) {
    return a.second.threads != b.second.threads
               ? a.second.threads > b.second.threads
               : a.first < b.first;
  });
  std::string text = fmt::format("  {} of {} nodes have ended\n", ended,
                                 nodes.size());
  for (size_t i = 0; i < sorted.size() && i < listedThreads; ++i) {
    auto &[place, group] = sorted[i];
    bool waits = place.status == ThreadStatus::Waiting;
    text += fmt::format(
        "  {} thread{} (node {} thread {}{}) {} at {}\n", group.threads,
        group.threads == 1 ? "" : "s", group.first->id, group.thread,
        group.threads == 1 ? "" : " and others",
        waits ? "waiting for " + waiting(*group.first, group.thread)
              : std::string("running"),
        this->place(place.pc));
  }
  if (sorted.size() > listedThreads)
    text += fmt::format("  and at {} more places\n",
                        sorted.size() - listedThreads);
  return text;
}

std::string Report::deadlock() {
  std::string text = fmt::format("trap: {}: {}\n",
                                 isa::trapName(TrapKind::Deadlock),
                                 isa::trapBrief(TrapKind::Deadlock));
  size_t count = 0;
  for (const Node *node : nodes)
    for (unsigned i = 0; i < threadsPerNode; ++i) {
      const NodeThread &thread = node->threads[i];
      if (thread.status != ThreadStatus::Waiting || ++count > listedThreads)
        continue;
      text += fmt::format("  node {} thread {} waits since cycle {} for {}\n"
                          "    at {}\n",
                          node->id, i, node->timeOf(i), waiting(*node, i),
                          place(thread.state->pc));
      if (count <= stackedThreads)
        text += callStack(*node, i, 20, "      ");
    }
  for (const Node *node : nodes)
    for (unsigned i = 0; node->lists && i < ListEngine::numLists; ++i) {
      if (node->state == Node::State::Done)
        break; // Its lists have ended with it.
      auto w = node->lists->waiting(i);
      if (!w || ++count > listedThreads)
        continue;
      text += fmt::format("  node {} list {} waits since cycle {} for "
                          "semaphore {} to reach {} (it is {})\n"
                          "    descriptor at {:#x}\n",
                          node->id, i, w->since, w->semaphore, w->count,
                          node->semaphores[w->semaphore], w->descriptor);
    }
  if (count > listedThreads)
    text += fmt::format("  and {} more\n", count - listedThreads);
  return text;
}
