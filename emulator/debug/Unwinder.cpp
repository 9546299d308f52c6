// Applies the rules of .debug_frame and, where they are silent, those of the
// ABI (docs/abi.md).
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "Unwinder.h"
#include "Expression.h"

#include <fmt/format.h>

#include <algorithm>

using namespace tatami;
using namespace tatami::debug;

namespace {

/// Of a function without rules that has not touched the stack: so are the
/// leaves of assembly, and so is a jump to nowhere.
FrameRules leafRules() {
  FrameRules rules;
  rules.cfaRegister = stackPointer;
  return rules;
}

/// Gives \p caller its register \p number by \p rule; forgets it if that
/// cannot be done.
void applyRule(unsigned number, const FrameRule &rule, uint64_t cfa,
               const ExpressionContext &context, Registers &caller) {
  auto load = [&](std::optional<uint64_t> address) {
    caller.forget(number);
    if (!address)
      return;
    std::span<uint8_t> to = caller.write(number);
    auto from = context.bytesAt(*address, to.size());
    if (from)
      std::copy(from->begin(), from->end(), to.begin());
    else
      caller.forget(number);
  };
  auto set = [&](std::optional<uint64_t> value) {
    caller.forget(number);
    if (value)
      caller.setScalar(number, *value);
  };
  switch (rule.kind) {
  case FrameRule::Kind::Unspecified: {
    const isa::DwarfRegister &reg = isa::dwarfRegisters[number];
    // x0 and m0 are constants.
    if (!reg.kept && number != threadPointer && reg.number != 0)
      caller.forget(number);
    break;
  }
  case FrameRule::Kind::Undefined:
    caller.forget(number);
    break;
  case FrameRule::Kind::SameValue:
    break;
  case FrameRule::Kind::Offset:
    load(cfa + uint64_t(rule.value));
    break;
  case FrameRule::Kind::ValueOffset:
    set(cfa + uint64_t(rule.value));
    break;
  case FrameRule::Kind::Register:
    set(rule.value >= 0 && rule.value < registerCount
            ? context.registers.scalar(unsigned(rule.value))
            : std::nullopt);
    break;
  case FrameRule::Kind::Expression:
    load(evaluateNumber(rule.expression, context, cfa));
    break;
  case FrameRule::Kind::ValueExpression:
    set(evaluateNumber(rule.expression, context, cfa));
    break;
  }
}

} // namespace

bool Unwinder::isCode(uint64_t pc) const {
  const Image::Segment &text = image.text();
  return pc % 4 == 0 && pc >= text.address &&
         pc - text.address <= text.memorySize;
}

bool Unwinder::unwind(Frame &frame, std::span<const uint8_t> memory,
                      std::optional<Frame> &caller,
                      std::string &problem) const {
  std::optional<FrameRules> rules = frames.rulesAt(frame.lookupPc());
  if (!rules) {
    if (frame.isCaller) {
      problem = fmt::format("nothing says how {:#x} was called", frame.pc);
      return false;
    }
    rules = leafRules();
  }
  ExpressionContext context{frame.registers, memory, std::nullopt};
  if (!rules->cfaExpression.empty()) {
    frame.cfa = evaluateNumber(rules->cfaExpression, context);
  } else if (auto base = frame.registers.scalar(
                 std::min(rules->cfaRegister, registerCount))) {
    frame.cfa = *base + uint64_t(rules->cfaOffset);
  }
  if (!frame.cfa || *frame.cfa > memory.size()) {
    problem = "the stack pointer is lost";
    return false;
  }
  context.cfa = frame.cfa;

  // The outermost function says that it has no caller.
  const FrameRule &back = rules->rules[rules->returnAddress];
  if (back.kind == FrameRule::Kind::Undefined)
    return false;
  Frame next{0, frame.registers, std::nullopt, true};
  applyRule(rules->returnAddress,
            back.kind == FrameRule::Kind::Unspecified
                ? FrameRule{FrameRule::Kind::SameValue, 0, {}}
                : back,
            *frame.cfa, context, next.registers);
  std::optional<uint64_t> pc = next.registers.scalar(rules->returnAddress);
  if (!pc) {
    problem = "the return address is lost";
    return false;
  }
  if (*pc == 0)
    return false;
  if (!isCode(*pc)) {
    problem = fmt::format("the return address {:#x} is not in the code", *pc);
    return false;
  }
  for (unsigned number = 0; number < registerCount; ++number)
    if (number != rules->returnAddress || back.kind == FrameRule::Kind::Unspecified)
      applyRule(number, rules->rules[number], *frame.cfa, context,
                next.registers);
  if (rules->rules[stackPointer].kind == FrameRule::Kind::Unspecified)
    next.registers.setScalar(stackPointer, *frame.cfa);
  next.pc = *pc;
  caller = std::move(next);
  return true;
}
