// The interpreter's loop: threaded dispatch over decoded instructions. Compiled
// once per host level with TATAMI_HOST_LEVEL set; the result is the same bits.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "Interpreter.h"

#include "tatami/isa/DispatchFacts.h"
#include "tatami/isa/Isa.h"
#include "tatami/semantics/Semantics.h"

#include <array>
#include <type_traits>

namespace tatami {
inline namespace TATAMI_HOST_LEVEL {
namespace {

template <class T, class Memory>
concept HasExec = requires(ThreadState &t, Memory &mem, const T &i) {
  exec(t, mem, i);
};

/// exec() of a vector instruction behind a pointer. Inlining a thousand of them
/// into the loop makes it slow to compile and no faster to run.
template <class Memory>
using OutOfLine = TrapKind (*)(ThreadState &, Memory &, const isa::Operands &);

template <class T, class Memory>
TrapKind execOutOfLine(ThreadState &t, Memory &mem,
                       const isa::Operands &operands) {
  const T &i = operands.as<T>();
  if constexpr (std::is_void_v<decltype(exec(t, mem, i))>) {
    exec(t, mem, i);
    return TrapKind::None;
  } else {
    return exec(t, mem, i);
  }
}

template <class T, class Memory> constexpr bool returnsTrapOrNothing() {
  if constexpr (HasExec<T, Memory>) {
    using Facts = decltype(exec(std::declval<ThreadState &>(),
                                std::declval<Memory &>(),
                                std::declval<const T &>()));
    return std::is_void_v<Facts> || std::is_same_v<Facts, TrapKind>;
  }
  return false;
}

template <isa::Opcode Op, class T, class Memory>
constexpr bool isOutOfLine = isa::dispatchFacts[size_t(Op)].isVectorSide &&
                             returnsTrapOrNothing<T, Memory>();

template <isa::Opcode Op, class T, class Memory>
constexpr OutOfLine<Memory> outOfLine() {
  if constexpr (isOutOfLine<Op, T, Memory>)
    return execOutOfLine<T, Memory>;
  else
    return nullptr;
}

/// Distance in bytes of a branch; instructions without one are never asked.
template <class T> int64_t distanceOf(const T &i) {
  if constexpr (requires { i.imm; })
    return i.imm;
  else
    return 0;
}

// Memory is a parameter so that what the loop does not do for an instruction is
// not compiled for it.
template <bool Timed, class Memory> StopReason run(RunContext &context, Memory &mem) {
  using namespace isa;
  static const void *const labels[] = {
#define TATAMI_INST(OP, TYPE)                                                  \
  isOutOfLine<Opcode::OP, TYPE, Memory> ? &&labelOutOfLine : &&label_##OP,
#include "tatami/isa/Dispatch.inc"
      &&labelReserved,
      &&labelEnd,
  };
  static constexpr OutOfLine<Memory> functions[] = {
#define TATAMI_INST(OP, TYPE) outOfLine<Opcode::OP, TYPE, Memory>(),
#include "tatami/isa/Dispatch.inc"
  };

  ThreadState &t = *context.thread;
  const CodeEntry *const entries = context.code->entries();
  const size_t size = context.code->size();
  const uint64_t base = context.code->base();
  const StaticTiming *const timing = context.code->timing();
  Scoreboard *const scoreboard = context.scoreboard;
  const unsigned number = context.threadNumber;
  const uint64_t lastCycle = context.lastCycle;
  uint64_t left = context.budget;
  uint64_t now = 0;

  // A pc outside of the text is kept as it is, for the report.
  if (!context.code->contains(t.pc)) {
    context.trap = TrapKind::BadFetch;
    return StopReason::Trap;
  }
  const CodeEntry *ip = entries + context.code->indexOf(t.pc);
  StopReason reason = StopReason::Budget;

  auto pcOf = [&](const CodeEntry *at) {
    return base + 4 * uint64_t(at - entries);
  };
  auto account = [&](const CodeEntry *at, bool taken) {
    if constexpr (Timed)
      now = scoreboard->step(number, timing[at - entries], taken);
  };

#define DISPATCH() goto *labels[ip->opcode]
#define NEXT()                                                                 \
  do {                                                                         \
    if (--left == 0) [[unlikely]]                                              \
      goto stop;                                                               \
    if constexpr (Timed)                                                       \
      if (now > lastCycle) [[unlikely]]                    \
        goto stop;                                                             \
    DISPATCH();                                                                \
  } while (false)

  DISPATCH();

#define TATAMI_INST(OP, TYPE)                                                  \
  label_##OP : {                                                               \
    constexpr const DispatchFacts &facts = dispatchFacts[size_t(Opcode::OP)];\
    if constexpr (!HasExec<TYPE, Memory> ||                                    \
                  isOutOfLine<Opcode::OP, TYPE, Memory>) {                                          \
      goto labelReserved;                                                      \
    } else {                                                                   \
      const TYPE &i = ip->operands.template as<TYPE>();                        \
      using Facts = decltype(exec(t, mem, i));                                 \
      if constexpr (facts.readsPc)                                             \
        t.pc = pcOf(ip);                                                       \
      if constexpr (std::is_void_v<Facts>) {                                   \
        exec(t, mem, i);                                        \
        if constexpr (facts.mayWriteX0)                                          \
          t.x[0] = 0;                                                          \
        account(ip, false);                                                    \
        ++ip;                                                                  \
        NEXT();                                                                \
      } else if constexpr (std::is_same_v<Facts, TrapKind>) {                  \
        context.trap = exec(t, mem, i);                         \
        if (context.trap != TrapKind::None) [[unlikely]]                       \
          goto trapped;                                                        \
        if constexpr (facts.mayWriteX0)                                          \
          t.x[0] = 0;                                                          \
        account(ip, false);                                                    \
        ++ip;                                                                  \
        NEXT();                                                                \
      } else if constexpr (std::is_same_v<Facts, Taken>) {                     \
        bool taken = exec(t, mem, i).taken;                     \
        account(ip, taken);                                                    \
        if (taken) {                                                           \
          size_t target = size_t(ip - entries) + size_t(distanceOf(i) >> 2);  \
          if (target >= size) [[unlikely]] {                                   \
            t.pc = pcOf(ip) + uint64_t(distanceOf(i));                        \
            --left;                                                            \
            goto badFetch;                                                     \
          }                                                                    \
          ip = entries + target;                                               \
        } else {                                                               \
          ++ip;                                                                \
        }                                                                      \
        NEXT();                                                                \
      } else if constexpr (std::is_same_v<Facts, Target>) {                    \
        uint64_t target = exec(t, mem, i).pc;                   \
        account(ip, true);                                                     \
        if (!context.code->contains(target)) [[unlikely]] {                    \
          t.pc = target;                                                       \
          --left;                                                              \
          goto badFetch;                                                       \
        }                                                                      \
        ip = entries + context.code->indexOf(target);                          \
        NEXT();                                                                \
      } else {                                                                 \
        static_assert(std::is_same_v<Facts, Request>);                         \
        context.request = exec(t, mem, i);                      \
        account(ip, false);                                                    \
        --left;                                                                \
        reason = StopReason::Request;                                          \
        goto out;                                                              \
      }                                                                        \
    }                                                                          \
  }
#include "tatami/isa/Dispatch.inc"

labelOutOfLine:
  context.trap = functions[ip->opcode](t, mem, ip->operands);
  if (context.trap != TrapKind::None) [[unlikely]]
    goto trapped;
  if (dispatchFacts[ip->opcode].mayWriteX0)
    t.x[0] = 0;
  context.macs += dispatchFacts[ip->opcode].macs;
  context.flops += dispatchFacts[ip->opcode].flops;
  account(ip, false);
  ++ip;
  NEXT();
labelReserved:
  context.trap = TrapKind::ReservedEncoding;
  goto trapped;
labelEnd:
  context.trap = TrapKind::BadFetch;
trapped:
  reason = StopReason::Trap;
stop:
  t.pc = pcOf(ip);
out:
  context.instructions += context.budget - left;
  return reason;
badFetch:
  context.trap = TrapKind::BadFetch;
  reason = StopReason::Trap;
  goto out;
#undef NEXT
#undef DISPATCH
}

#ifdef TATAMI_RECORDING
/// Memory that notes what is stored, if somebody wants to know.
struct InterpreterMemory {
  Sram &sram;
  std::vector<StoreRecord> *stores;

  explicit InterpreterMemory(RunContext &context)
      : sram(*context.memory), stores(context.stores) {}
  template <class T, unsigned Alignment = sizeof(T)>
  TrapKind load(uint64_t address, T &value) const {
    return sram.load<T, Alignment>(address, value);
  }
  template <class T, unsigned Alignment = sizeof(T)>
  TrapKind store(uint64_t address, const T &value) {
    TrapKind trap = sram.store<T, Alignment>(address, value);
    if (stores && trap == TrapKind::None)
      stores->push_back({address, sizeof(T)});
    return trap;
  }
  TrapKind checkLoad(uint64_t address, uint64_t bytes,
                     uint64_t alignment) const {
    return sram.checkLoad(address, bytes, alignment);
  }
  TrapKind checkStore(uint64_t address, uint64_t bytes,
                      uint64_t alignment) const {
    return sram.checkStore(address, bytes, alignment);
  }
};
#else
using InterpreterMemory = Sram;
#endif

StopReason runEither(RunContext &context) {
#ifdef TATAMI_RECORDING
  InterpreterMemory memory(context);
#else
  InterpreterMemory &memory = *context.memory;
#endif
  return context.scoreboard ? run<true>(context, memory)
                            : run<false>(context, memory);
}

constexpr std::array<uint8_t, isa::numOpcodes> semanticsTable = [] {
  using namespace isa;
  return std::array<uint8_t, isa::numOpcodes>{
#define TATAMI_INST(OP, TYPE) HasExec<TYPE, InterpreterMemory>,
#include "tatami/isa/Dispatch.inc"
  };
}();

bool supported() { return TATAMI_HOST_SUPPORTED; }

} // namespace
} // inline namespace TATAMI_HOST_LEVEL

#define TATAMI_STRING_OF(X) #X
#define TATAMI_STRING(X) TATAMI_STRING_OF(X)
extern const HostLevel TATAMI_HOST_LEVEL_TABLE;
const HostLevel TATAMI_HOST_LEVEL_TABLE = {TATAMI_STRING(TATAMI_HOST_LEVEL),
                                           runEither, semanticsTable.data(),
                                           supported};

} // namespace tatami
