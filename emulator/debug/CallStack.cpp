// Walks the stack and says of each frame which function, where, and with what.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "tatami/debug/CallStack.h"
#include "Dies.h"
#include "Expression.h"
#include "Unwinder.h"
#include "Values.h"

#include <cxxabi.h>
#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <deque>

using namespace tatami;
using namespace tatami::debug;

namespace {

/// Larger arguments than a few vectors are structures, which are not shown.
constexpr uint64_t maxShownSize = 4096;
constexpr size_t maxNameLength = 1000;
/// So many frames in a row may have nothing on the stack.
constexpr unsigned maxFlatFrames = 4;
constexpr uint8_t opRegisterSp = 0x50 + stackPointer, opFrameBase = 0x91;
const char *const lost = "<optimized out>";

} // namespace

class CallStackReader::Impl {
public:
  explicit Impl(const Image &image)
      : image(image), frames(image.debug.frame), unwinder(image, frames),
        dies(image.debug) {}

  CallStack read(const ThreadState &state, std::span<const uint8_t> memory,
                 size_t limit);

private:
  void describe(const Frame &frame, std::span<const uint8_t> memory,
                std::vector<StackFrame> &out);
  /// The function at \p pc and what is inlined there, outermost first.
  std::vector<DieRef> functionsAt(uint64_t pc);
  std::string arguments(const Frame &frame, DieRef function, DieRef outermost,
                        std::span<const uint8_t> memory);
  std::string argument(DieRef parameter, uint64_t pc, bool isStored,
                       const ExpressionContext &context);
  /// Where the first row behind the prologue is, or nothing.
  std::optional<uint64_t> prologueEnd(DieRef function);
  std::string callSite(DieRef inlined);

  const Image &image;
  CallFrames frames;
  Unwinder unwinder;
  Dies dies;
};

CallStack CallStackReader::Impl::read(const ThreadState &state,
                                      std::span<const uint8_t> memory,
                                      size_t limit) {
  CallStack stack;
  std::vector<Frame> inner;
  std::deque<Frame> outer;
  Frame frame{state.pc, Registers(state), std::nullopt};
  unsigned flat = 0;
  while (true) {
    std::optional<Frame> caller;
    bool goesOn = unwinder.unwind(frame, memory, caller, stack.incomplete);
    // Callers are higher up, but for some assembly, which keeps its return
    // address in a register. Else the stack is damaged.
    if (goesOn) {
      uint64_t sp = frame.registers.scalar(stackPointer).value_or(0);
      flat = *frame.cfa == sp ? flat + 1 : 0;
      if (*frame.cfa < sp || flat > maxFlatFrames) {
        stack.incomplete = "the stack does not grow from here";
        goesOn = false;
      }
    }
    if (inner.size() < limit - limit / 2)
      inner.push_back(frame);
    else
      outer.push_back(frame);
    if (outer.size() > limit / 2) {
      outer.pop_front();
      ++stack.omitted;
    }
    if (!goesOn)
      break;
    frame = std::move(*caller);
  }
  for (const Frame &f : inner)
    describe(f, memory, stack.frames);
  stack.gap = stack.frames.size();
  for (const Frame &f : outer)
    describe(f, memory, stack.frames);
  return stack;
}

std::vector<DieRef> CallStackReader::Impl::functionsAt(uint64_t pc) {
  std::vector<DieRef> chain;
  const Unit *unit = dies.unitAt(pc);
  if (!unit)
    return chain;
  // Functions lie below namespaces and classes as well.
  for (uint32_t i = 0; i < unit->dies.size() && chain.empty(); ++i)
    if (unit->dies[i].tag == TagSubprogram && dies.contains({unit, i}, pc))
      chain.push_back({unit, i});
  for (DieRef at = chain.empty() ? DieRef() : chain.back(); at;) {
    DieRef below;
    dies.forEachChild(at, [&](DieRef child) {
      bool isCode = child->tag == TagLexicalBlock ||
                    child->tag == TagInlinedSubroutine;
      if (!isCode || !dies.contains(child, pc))
        return false;
      below = child;
      return true;
    });
    if (below && below->tag == TagInlinedSubroutine)
      chain.push_back(below);
    at = below;
  }
  return chain;
}

std::optional<uint64_t>
CallStackReader::Impl::prologueEnd(DieRef function) {
  std::optional<uint64_t> begin =
      dies.addressOf(*function.unit, dies.attribute(function, AtLowPc));
  if (!begin)
    return std::nullopt;
  auto row = std::lower_bound(
      image.lines.begin(), image.lines.end(), *begin,
      [](const LineRow &r, uint64_t address) { return r.address < address; });
  for (; row != image.lines.end() && !row->endSequence; ++row)
    if (row->prologueEnd)
      return dies.contains(function, row->address)
                 ? std::optional(row->address)
                 : std::nullopt;
  return std::nullopt;
}

std::string
CallStackReader::Impl::argument(DieRef parameter, uint64_t pc, bool isStored,
                                const ExpressionContext &context) {
  DieRef origin = parameter;
  DieRef type;
  for (unsigned i = 0; origin && !type && i < 4; ++i) {
    type = dies.follow(origin, AtType);
    origin = dies.follow(origin, AtAbstractOrigin);
  }
  std::optional<uint64_t> size = sizeOfType(dies, type);
  if (!size)
    return lost;
  if (Value constant = dies.inherited(parameter, AtConstValue))
    return formatValue(dies, type, bytesOfConstant(constant, *size),
                       context.memory);
  bool isList;
  std::span<const uint8_t> expression =
      dies.locationAt(parameter, AtLocation, pc, isList);
  if (expression.empty())
    return lost;
  if (!isStored && !isList && expression[0] == opFrameBase)
    return "<not stored yet>";
  if (*size > maxShownSize)
    return "{...}";
  auto bytes = evaluateObject(expression, *size, context);
  return bytes ? formatValue(dies, type, *bytes, context.memory) : lost;
}

std::string
CallStackReader::Impl::arguments(const Frame &frame, DieRef function,
                                 DieRef outermost,
                                 std::span<const uint8_t> memory) {
  uint64_t pc = frame.lookupPc();
  ExpressionContext context{frame.registers, memory, frame.cfa};
  bool isList;
  context.frameBase = dies.locationAt(outermost, AtFrameBase, pc, isList);
  context.addressAt = [&](uint64_t index) {
    return dies.addressOf(*outermost.unit,
                          {Value::Kind::AddressIndex, index, {}, {}});
  };
  std::optional<uint64_t> bodyStart = prologueEnd(outermost);
  bool isStored = !bodyStart || pc >= *bodyStart;
  // A frame is addressed from where sp is in the function's body: not where it
  // is while the frame is made or taken down.
  if (bodyStart && frame.cfa && context.frameBase.size() == 1 &&
      context.frameBase[0] == opRegisterSp)
    if (std::optional<FrameRules> body = frames.rulesAt(*bodyStart);
        body && body->cfaExpression.empty() &&
        body->cfaRegister == stackPointer)
      context.frameBaseValue = *frame.cfa - uint64_t(body->cfaOffset);

  std::string text;
  dies.forEachChild(function, [&](DieRef child) {
    if (child->tag != TagFormalParameter)
      return false;
    std::string_view name = dies.inherited(child, AtName).text;
    text += fmt::format("{}{}{}{}", text.empty() ? "" : ", ", name,
                        name.empty() ? "" : "=",
                        argument(child, pc, isStored, context));
    return false;
  });
  return text;
}

std::string CallStackReader::Impl::callSite(DieRef inlined) {
  Value table = dies.attribute({inlined.unit, 0}, AtStmtList);
  uint64_t file = dies.attribute(inlined, AtCallFile).number;
  uint64_t line = dies.attribute(inlined, AtCallLine).number;
  for (const LineTableFiles &files : image.lineTables)
    if (table && files.offset == table.number && file < files.count)
      return fmt::format("{}:{}", image.files[files.first + file], line);
  return "";
}

void CallStackReader::Impl::describe(const Frame &frame,
                                     std::span<const uint8_t> memory,
                                     std::vector<StackFrame> &out) {
  uint64_t pc = frame.lookupPc();
  std::string source = image.sourceAt(pc);
  std::vector<DieRef> chain = functionsAt(pc);
  for (size_t i = chain.size(); i-- > 0;) {
    std::string name = qualifiedName(dies, chain[i]);
    // clang tells debuggers why it traps by a function that is not there.
    if (!name.starts_with("__clang_trap_msg"))
      out.push_back({frame.pc, i != 0, name, false,
                     arguments(frame, chain[i], chain[0], memory), source});
    source = callSite(chain[i]);
  }
  if (!chain.empty())
    return;
  StackFrame entry{frame.pc, false, "", false, "", source};
  if (const Image::Symbol *symbol = image.functionAt(pc)) {
    entry.function = demangled(symbol->name);
    entry.isSignature = entry.function != symbol->name;
  }
  out.push_back(std::move(entry));
}

CallStackReader::CallStackReader(const Image &image)
    : impl(std::make_unique<Impl>(image)) {}
CallStackReader::~CallStackReader() = default;

CallStack CallStackReader::read(const ThreadState &state,
                                std::span<const uint8_t> memory,
                                size_t limit) const {
  return impl->read(state, memory, std::max<size_t>(limit, 2));
}

std::string tatami::debug::format(const CallStack &stack,
                                  const std::string &indent) {
  std::string text;
  for (size_t i = 0, number = 0; i < stack.frames.size(); ++i, ++number) {
    const StackFrame &frame = stack.frames[i];
    if (stack.omitted && i == stack.gap) {
      text += fmt::format("{}({} more)\n", indent, stack.omitted);
      number += stack.omitted;
    }
    std::string call = frame.function.empty() ? "??"
                       : frame.isSignature
                           ? frame.function
                           : fmt::format("{} ({})", frame.function,
                                         frame.arguments);
    text += fmt::format("{}#{:<2} {:#x} in {}{}{}{}\n", indent, number,
                        frame.pc, call, frame.isInlined ? " [inlined]" : "",
                        frame.source.empty() ? "" : " at ", frame.source);
  }
  if (!stack.incomplete.empty())
    text += fmt::format("{}(no further: {})\n", indent, stack.incomplete);
  return text;
}

std::string tatami::debug::demangled(const std::string &name) {
  if (!name.starts_with("_Z") || name.size() > maxNameLength)
    return name;
  int status = 0;
  char *text = abi::__cxa_demangle(name.c_str(), nullptr, nullptr, &status);
  std::string result = status == 0 && text ? text : name;
  std::free(text);
  return result;
}
