// The interpreter's loop: threaded dispatch over decoded instructions, one by one
// or from one remembered block to the next. For InterpreterLevel.cpp, of which
// each host level has its own.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include "Walks.h"

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

/// Out of line, too: what is copied here in wide vectors would make the loop
/// align its stack, which takes a register from it.
template <class T, class Memory>
[[gnu::noinline]] void makeRequest(RunContext &context, Memory &mem,
                                   ThreadState &t, const T &i) {
  context.request = exec(t, mem, i);
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

// What the loop does about time is a parameter, and so is memory, so that what
// it does not do for an instruction is not compiled for it. By the plain model,
// when the thread's turn is over, the next one's begins.
template <class Walk, class Memory>
StopReason run(RunContext &context, Memory &mem,
               [[maybe_unused]] typename Walk::Run &given) {
  using namespace isa;
  constexpr bool Blocks = !std::is_same_v<Walk, PlainWalk>;
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

  Walk walk(context, given);
  ThreadState *self = context.thread;
  const CodeEntry *const entries = context.code->entries();
  const size_t size = context.code->size();
  const uint64_t base = context.code->base();
  uint64_t lastCycle = context.lastCycle;
  uint64_t budget = context.budget;
  uint64_t left = budget;

  // A pc outside of the text is kept as it is, for the report.
  if (!context.code->contains(self->pc)) {
    context.trap = TrapKind::BadFetch;
    return StopReason::Trap;
  }
  const CodeEntry *ip = entries + context.code->indexOf(self->pc);
  StopReason reason = StopReason::Budget;

  auto pcOf = [base, entries](const CodeEntry *at) {
    return base + 4 * uint64_t(at - entries);
  };
  // As a number: the place may lie outside of the text.
  auto atDistance = [](const CodeEntry *at, int64_t distance) {
    return reinterpret_cast<const CodeEntry *>(
        reinterpret_cast<uintptr_t>(at) +
        uintptr_t(distance * int64_t(sizeof(CodeEntry) / 4)));
  };

#define TATAMI_MAYBE_UNUSED __attribute__((unused))
#define DISPATCH() goto *labels[ip->opcode]
#define NEXT_IN_BLOCK()                                                        \
  do {                                                                         \
    if constexpr (!Blocks) {                                                   \
      walk.step(size_t(ip - entries));                                         \
      if (--left == 0 || walk.now > lastCycle) [[unlikely]] {                  \
        ++ip;                                                                  \
        goto stop;                                                             \
      }                                                                        \
    }                                                                          \
    ++ip;                                                                      \
    DISPATCH();                                                                \
  } while (false)
#define END_BLOCK(TAKEN)                                                       \
  do {                                                                         \
    if constexpr (Blocks) {                                                    \
      walk.leave(TAKEN);                                                       \
    } else {                                                                   \
      --left;                                                                  \
      walk.step(size_t(ip - entries), std::bool_constant<TAKEN>());            \
    }                                                                          \
  } while (false)
#define NEXT_BLOCK(UNKNOWN)                                                    \
  do {                                                                         \
    if constexpr (Blocks) {                                                    \
      if (!walk.block) [[unlikely]]                                            \
        goto UNKNOWN;                                                          \
      if (!walk.hasRoom()) [[unlikely]]                                        \
        goto stop;                                                             \
    } else if (left == 0 || walk.now > lastCycle) [[unlikely]] {               \
      goto stop;                                                               \
    }                                                                          \
    DISPATCH();                                                                \
  } while (false)

  DISPATCH();

#define TATAMI_INST(OP, TYPE)                                                  \
  label_##OP : {                                                               \
    constexpr const DispatchFacts &facts = dispatchFacts[size_t(Opcode::OP)];  \
    if constexpr (!HasExec<TYPE, Memory> ||                                    \
                  isOutOfLine<Opcode::OP, TYPE, Memory>) {                     \
      goto labelReserved;                                                      \
    } else {                                                                   \
      const TYPE &i = ip->operands.template as<TYPE>();                        \
      using Facts = decltype(exec(*self, mem, i));                             \
      if constexpr (facts.readsPc)                                             \
        self->pc = pcOf(ip);                                                   \
      if constexpr (std::is_void_v<Facts>) {                                   \
        exec(*self, mem, i);                                                   \
        if constexpr (facts.mayWriteX0)                                        \
          self->x[0] = 0;                                                      \
        NEXT_IN_BLOCK();                                                       \
      } else if constexpr (std::is_same_v<Facts, TrapKind>) {                  \
        if (TrapKind trap = exec(*self, mem, i); trap != TrapKind::None)       \
            [[unlikely]] {                                                     \
          context.trap = trap;                                                 \
          goto trapped;                                                        \
        }                                                                      \
        if constexpr (facts.mayWriteX0)                                        \
          self->x[0] = 0;                                                      \
        NEXT_IN_BLOCK();                                                       \
      } else if constexpr (std::is_same_v<Facts, Taken>) {                     \
        /* Each way by itself: a guess of the branch is then one of the next   \
           block as well, and nothing waits for what is compared. */           \
        if (exec(*self, mem, i).taken) {                                       \
          END_BLOCK(true);                                                     \
          ip = atDistance(ip, distanceOf(i));                                  \
          if constexpr (Opcode::OP == Opcode::JAL)                             \
            if (isCall(i))                                                     \
              walk.call(size_t(ip - entries), self->x);                        \
          if constexpr (!Blocks)                                               \
            if (size_t(ip - entries) >= size) [[unlikely]]                     \
              goto badTarget;                                                  \
        } else {                                                               \
          END_BLOCK(false);                                                    \
          ++ip;                                                                \
        }                                                                      \
        NEXT_BLOCK(unknownBlock);                                              \
      } else if constexpr (std::is_same_v<Facts, Target>) {                    \
        uint64_t target = exec(*self, mem, i).pc;                              \
        [[maybe_unused]] const BlockExit *way = nullptr;                       \
        if constexpr (Blocks)                                                  \
          way = &walk.leave(true);                                             \
        else                                                                   \
          END_BLOCK(true);                                                     \
        if (!context.code->contains(target)) [[unlikely]] {                    \
          self->pc = target;                                                   \
          goto badFetch;                                                       \
        }                                                                      \
        const uint64_t index = (target - base) / 4;                            \
        ip = entries + index;                                                  \
        if constexpr (Blocks)                                                  \
          walk.enter(TimedBlocks::target(*way, index), *way);                  \
        if (isReturn(i))                                                       \
          walk.doReturn(target, self->x);                                      \
        else if (isCall(i))                                                    \
          walk.call(index, self->x);                                           \
        NEXT_BLOCK(unknownTarget);                                             \
      } else {                                                                 \
        static_assert(std::is_same_v<Facts, Request>);                         \
        makeRequest(context, mem, *self, i);                                   \
        END_BLOCK(false);                                                      \
        reason = StopReason::Request;                                          \
        goto out;                                                              \
      }                                                                        \
    }                                                                          \
  }
#include "tatami/isa/Dispatch.inc"

labelOutOfLine:
  if (TrapKind trap = functions[ip->opcode](*self, mem, ip->operands);
      trap != TrapKind::None) [[unlikely]] {
    context.trap = trap;
    goto trapped;
  }
  if (dispatchFacts[ip->opcode].mayWriteX0)
    self->x[0] = 0;
  context.macs += dispatchFacts[ip->opcode].macs;
  context.flops += dispatchFacts[ip->opcode].flops;
  NEXT_IN_BLOCK();
labelReserved:
  context.trap = TrapKind::ReservedEncoding;
  goto trapped;
labelEnd:
  context.trap = TrapKind::BadFetch;
trapped:
  reason = StopReason::Trap;
  self->pc = pcOf(ip);
  if constexpr (Blocks) {
    // The block ends early.
    given.executed = size_t(ip - entries) - walk.block->index;
    context.instructions += given.executed;
  }
  goto out;
badTarget:
  self->pc = pcOf(ip);
badFetch:
  context.trap = TrapKind::BadFetch;
  reason = StopReason::Trap;
  goto out;
unknownTarget: TATAMI_MAYBE_UNUSED;
  if constexpr (Blocks)
    walk.block =
        context.code->blocks().followTarget(*walk.way, size_t(ip - entries));
  goto followed;
unknownBlock: TATAMI_MAYBE_UNUSED;
  // Of a known block is known that it lies in the text.
  if constexpr (Blocks) {
    if (size_t(ip - entries) >= size)
      goto badTarget;
    walk.block = context.code->blocks().follow(*walk.way, size_t(ip - entries));
  }
followed:
  if constexpr (Blocks)
    if (walk.block && walk.hasRoom())
      DISPATCH();
stop:
  self->pc = pcOf(ip);
  if constexpr (!Blocks)
    if (ThreadTurns *turns = context.turns) {
      turns->instructions[walk.thread] += budget - left;
      turns->times[walk.thread] =
          walk.board ? walk.now : turns->times[walk.thread] + (budget - left);
      left = budget;
      if (turns->pick()) {
        walk.thread = turns->thread;
        self = turns->states[walk.thread];
        lastCycle = turns->lastCycle();
        if (!walk.board)
          left = budget = turns->ownTime();
        ip = entries + context.code->indexOf(self->pc);
        DISPATCH();
      }
    }
out:
  if constexpr (Blocks) {
    walk.end(given);
    left -= walk.spent().instructions();
  } else if (context.turns) {
    context.turns->instructions[walk.thread] += budget - left;
    context.threadNumber = walk.thread;
    return reason;
  }
  context.instructions += budget - left;
  return reason;
#undef NEXT_BLOCK
#undef END_BLOCK
#undef NEXT_IN_BLOCK
#undef DISPATCH
#undef TATAMI_MAYBE_UNUSED
}

} // namespace
} // inline namespace TATAMI_HOST_LEVEL
} // namespace tatami
