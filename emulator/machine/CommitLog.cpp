// The commit log: a line for every instruction and what it changed.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "Die.h"
#include "Registers.h"

#include "tatami/isa/Codec.h"

#include <fmt/format.h>

#include <cstring>
#include <ostream>

using namespace tatami;

StopReason Die::traceStep(Node &node, unsigned number,
                                    RunContext &context) {
  std::vector<StoreRecord> stores;
  context.stores = &stores;
  ThreadState &state = *node.threads[number].state;
  uint64_t pc = state.pc;
  uint32_t word = wordAt(node, pc);
  std::optional<isa::DecodedInst> inst = isa::decode(word);
  uint64_t cycle = node.timeOf(number);
  StopReason reason = hostLevelGeneric.run(context);

  std::string text =
      fmt::format("{} {} {} {:#x} {}",
                  node.scoreboard ? node.timeOf(number) : cycle, node.id,
                  number, pc, isa::disassemble(word, pc));
  if (reason == StopReason::Trap) {
    *program.options.trace << text << " ; trap " << isa::trapName(context.trap) << '\n';
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
  *program.options.trace << text << '\n';
  return reason;
}
