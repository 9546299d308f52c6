// The interpreter's loop: threaded dispatch over decoded instructions, one by one
// or from one remembered block to the next. For InterpreterLevel.cpp, of which
// each host level has its own.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include "Interpreter.h"

#include "PcRecorder.h"
#include "tatami/isa/DispatchFacts.h"
#include "tatami/isa/Isa.h"
#include "tatami/semantics/Semantics.h"

#include <algorithm>
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

/// Where a run along remembered blocks begins, and where it has come to.
struct BlockRun {
  /// The block at the thread's pc, which may run to its end.
  const TimedBlock *block = nullptr;
  uint64_t now = 0;

  // Given back; the time, too.
  const PipelineState *state = nullptr;
  CycleLanes lanes;
  /// After a trap: instructions from the state's block on that were executed.
  size_t executed = 0;

  /// The last cycle that blocks may reach.
  uint64_t lastCycle(const RunContext &context) const {
    // Chosen: most blocks are shorter, so the pause comes behind its cycle.
    constexpr uint64_t slack = 128;
    uint64_t most = std::max(slack, block->most.cycles());
    uint64_t last = context.lastCycle;
    return context.pauseCycle > last - std::min(most, last)
               ? last
               : std::max(context.pauseCycle, now) + most;
  }

  bool mayRun(const RunContext &context) const {
    return block && block->most.instructions() < context.budget &&
           now + block->most.cycles() <= context.lastCycle;
  }
};

enum class Loop { Plain, Blocks, CountedBlocks };

// What the loop does about time is a parameter, and so is memory, so that what
// it does not do for an instruction is not compiled for it. With blocks it goes
// from one remembered block to the next as long as they are known and may run
// to their ends, and counts how they were left if a profile wants it. Else
// \p board, if not null, is told every instruction, as one of \p boardThread;
// and when the thread's turn is over, the next one's begins.
template <Loop Kind, class Memory>
StopReason run(RunContext &context, Memory &mem,
               [[maybe_unused]] BlockRun *blocks,
               [[maybe_unused]] Scoreboard *board = nullptr,
               [[maybe_unused]] unsigned boardThread = 0) {
  using namespace isa;
  constexpr bool Blocks = Kind != Loop::Plain;
  constexpr bool Counted = Kind == Loop::CountedBlocks;
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

  ThreadState *self = context.thread;
  const CodeEntry *const entries = context.code->entries();
  const size_t size = context.code->size();
  const uint64_t base = context.code->base();
  [[maybe_unused]] const StaticTiming *const timing = context.code->timing();
  [[maybe_unused]] PcRecorder *const recorder = context.recorder;
  [[maybe_unused]] uint64_t *const exits = recorder ? recorder->exits : nullptr;
  [[maybe_unused]] CallStack::Frame *frame = nullptr;
  uint64_t lastCycle = context.lastCycle;
  uint64_t budget = context.budget;
  uint64_t left = budget;
  uint64_t now = 0;
  // The present block, how the last one was left, the sum of all of them.
  [[maybe_unused]] const TimedBlock *block = nullptr;
  [[maybe_unused]] const BlockExit *way = nullptr;
  [[maybe_unused]] CycleLanes lanes;
  // What blocks may still cost. A block's last instruction never is the last
  // that the budget has, so that its end is not the end of the run.
  [[maybe_unused]] BlockCost room, allRoom;
  // What it was when the function was entered, or gone on with.
  [[maybe_unused]] BlockCost frameRoom;
  if constexpr (Blocks) {
    block = blocks->block;
    allRoom =
        BlockCost::of(std::min(blocks->lastCycle(context) - blocks->now,
                               CycleLanes::most - 1),
                      std::min(left, BlockCost::limit) - 1);
    room = allRoom;
  }
  if constexpr (Counted) {
    frame = recorder->stacks->frame();
    frameRoom = room;
    recorder->stacks->account(*recorder->calls, blocks->now);
  }

  // A pc outside of the text is kept as it is, for the report.
  if (!context.code->contains(self->pc)) {
    context.trap = TrapKind::BadFetch;
    return StopReason::Trap;
  }
  const CodeEntry *ip = entries + context.code->indexOf(self->pc);
  StopReason reason = StopReason::Budget;

  auto pcOf = [&](const CodeEntry *at) {
    return base + 4 * uint64_t(at - entries);
  };
  // As a number: the place may lie outside of the text.
  auto atDistance = [](const CodeEntry *at, int64_t distance) {
    return reinterpret_cast<const CodeEntry *>(
        reinterpret_cast<uintptr_t>(at) +
        uintptr_t(distance / 4 * int64_t(sizeof(CodeEntry))));
  };
  auto account = [&](const CodeEntry *at) __attribute__((always_inline)) {
    if constexpr (!Blocks)
      if (board) {
        now = board->step(boardThread, timing[at - entries]);
        if (recorder)
          recorder->step(boardThread, board->times[boardThread],
                         size_t(at - entries));
      }
  };
  // The same for an instruction that ends a block.
  auto accountBlock = [&](const CodeEntry *at,
                          auto taken) __attribute__((always_inline)) {
    if constexpr (Blocks) {
      way = &block->exits[taken];
      if constexpr (Counted)
        ++(exits + block->counter)[taken];
      room = room - way->cost;
      lanes += way->lanes;
      block = way->next.load(std::memory_order_acquire);
    } else {
      --left;
      if (board) {
        now = board->step(boardThread, timing[at - entries], taken);
        if (recorder)
          recorder->step(boardThread, board->times[boardThread],
                         size_t(at - entries));
      }
    }
  };
  // Jumps that a profile follows: behind accountBlock(). `jump` gets the stack
  // and its frame and says which frame goes on.
  [[maybe_unused]] auto note = [&](auto jump) __attribute__((always_inline)) {
    if constexpr (Counted) {
      recorder->calls->at(frame->place).cycles += (frameRoom - room).cycles();
      frameRoom = room;
      frame = jump(*recorder->stacks, frame);
    } else if (recorder) {
      CallStack &stack = recorder->stacks[boardThread];
      const uint64_t time = now + recorder->toNodeTime;
      stack.account(*recorder->calls, time);
      stack.setFrame(jump(stack, stack.frame()), time);
    }
  };
  // Registers by value: `self` stays in one only as long as nothing refers to it.
  [[maybe_unused]] auto noteCall =
      [&](uint64_t function, uint64_t returnAddress,
          uint64_t stackPointer) __attribute__((always_inline)) {
        note([&](CallStack &stack, CallStack::Frame *in)
                 __attribute__((always_inline)) {
                   return stack.call(in, *recorder->tree, *recorder->calls,
                                     function, returnAddress, stackPointer);
                 });
      };
  [[maybe_unused]] auto noteReturn =
      [&](uint64_t target) __attribute__((always_inline)) {
        note([&](CallStack &stack, CallStack::Frame *from)
                 __attribute__((always_inline)) {
                   return stack.doReturn(from, target);
                 });
      };

#define TATAMI_MAYBE_UNUSED __attribute__((unused))
#define DISPATCH() goto *labels[ip->opcode]
#define NEXT_IN_BLOCK()                                                        \
  do {                                                                         \
    if constexpr (!Blocks)                                                     \
      if (--left == 0 || now > lastCycle) [[unlikely]]                         \
        goto stop;                                                             \
    DISPATCH();                                                                \
  } while (false)
#define NEXT_BLOCK(UNKNOWN)                                                    \
  do {                                                                         \
    if constexpr (Blocks) {                                                    \
      if (!block) [[unlikely]]                                                 \
        goto UNKNOWN;                                                          \
      if (!(room - block->most).isPositive()) [[unlikely]]                     \
        goto stop;                                                             \
    } else if (left == 0 || now > lastCycle) [[unlikely]] {                    \
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
        account(ip);                                                           \
        ++ip;                                                                  \
        NEXT_IN_BLOCK();                                                       \
      } else if constexpr (std::is_same_v<Facts, TrapKind>) {                  \
        context.trap = exec(*self, mem, i);                                    \
        if (context.trap != TrapKind::None) [[unlikely]]                       \
          goto trapped;                                                        \
        if constexpr (facts.mayWriteX0)                                        \
          self->x[0] = 0;                                                      \
        account(ip);                                                           \
        ++ip;                                                                  \
        NEXT_IN_BLOCK();                                                       \
      } else if constexpr (std::is_same_v<Facts, Taken>) {                     \
        /* Each way by itself: a guess of the branch is then one of the next   \
           block as well, and nothing waits for what is compared. */           \
        if (exec(*self, mem, i).taken) {                                       \
          accountBlock(ip, std::true_type());                                  \
          if constexpr (Opcode::OP == Opcode::JAL && Kind != Loop::Blocks)     \
            if (isCall(i))                                                     \
              noteCall(self->x[1] - 4 + uint64_t(distanceOf(i)), self->x[1],   \
                       self->x[2]);                                            \
          ip = atDistance(ip, distanceOf(i));                                  \
          if constexpr (!Blocks)                                               \
            if (size_t(ip - entries) >= size) [[unlikely]]                     \
              goto badTarget;                                                  \
        } else {                                                               \
          accountBlock(ip, std::false_type());                                 \
          ++ip;                                                                \
        }                                                                      \
        NEXT_BLOCK(unknownBlock);                                              \
      } else if constexpr (std::is_same_v<Facts, Target>) {                    \
        uint64_t target = exec(*self, mem, i).pc;                              \
        accountBlock(ip, std::true_type());                                    \
        if (!context.code->contains(target)) [[unlikely]] {                    \
          self->pc = target;                                                   \
          goto badFetch;                                                       \
        }                                                                      \
        if constexpr (Kind != Loop::Blocks) {                                  \
          if (isReturn(i))                                                     \
            noteReturn(target);                                                \
          else if (isCall(i))                                                  \
            noteCall(target, self->x[1], self->x[2]);                          \
        }                                                                      \
        ip = entries + context.code->indexOf(target);                          \
        if constexpr (Blocks)                                                  \
          block = TimedBlocks::target(*way, size_t(ip - entries));             \
        NEXT_BLOCK(unknownTarget);                                             \
      } else {                                                                 \
        static_assert(std::is_same_v<Facts, Request>);                         \
        context.request = exec(*self, mem, i);                                 \
        accountBlock(ip, std::false_type());                                   \
        reason = StopReason::Request;                                          \
        goto out;                                                              \
      }                                                                        \
    }                                                                          \
  }
#include "tatami/isa/Dispatch.inc"

labelOutOfLine:
  context.trap = functions[ip->opcode](*self, mem, ip->operands);
  if (context.trap != TrapKind::None) [[unlikely]]
    goto trapped;
  if (dispatchFacts[ip->opcode].mayWriteX0)
    self->x[0] = 0;
  context.macs += dispatchFacts[ip->opcode].macs;
  context.flops += dispatchFacts[ip->opcode].flops;
  account(ip);
  ++ip;
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
    blocks->state = block->state;
    blocks->executed = size_t(ip - entries) - block->index;
    context.instructions += blocks->executed;
    way = nullptr;
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
    block = context.code->blocks().followTarget(*way, size_t(ip - entries));
  goto followed;
unknownBlock: TATAMI_MAYBE_UNUSED;
  // Of a known block is known that it lies in the text.
  if constexpr (Blocks) {
    if (size_t(ip - entries) >= size)
      goto badTarget;
    block = context.code->blocks().follow(*way, size_t(ip - entries));
  }
followed:
  if constexpr (Blocks)
    if (block && (room - block->most).isPositive())
      DISPATCH();
stop:
  self->pc = pcOf(ip);
  if constexpr (!Blocks)
    if (ThreadTurns *turns = context.turns) {
      turns->instructions[boardThread] += budget - left;
      turns->times[boardThread] =
          board ? now : turns->times[boardThread] + (budget - left);
      left = budget;
      if (turns->pick()) {
        boardThread = turns->thread;
        self = turns->states[boardThread];
        lastCycle = turns->lastCycle();
        if (!board)
          left = budget = turns->ownTime();
        ip = entries + context.code->indexOf(self->pc);
        DISPATCH();
      }
    }
out:
  if constexpr (Blocks) {
    if (way)
      blocks->state = way->state;
    BlockCost spent = allRoom - room;
    blocks->now += spent.cycles();
    blocks->lanes = lanes;
    if constexpr (Counted) {
      recorder->calls->at(frame->place).cycles += (frameRoom - room).cycles();
      recorder->stacks->setFrame(frame, blocks->now);
    }
    left -= spent.instructions();
  }
  if constexpr (!Blocks)
    if (context.turns) {
      context.turns->instructions[boardThread] += budget - left;
      context.threadNumber = boardThread;
      return reason;
    }
  context.instructions += budget - left;
  return reason;
#undef NEXT_BLOCK
#undef NEXT_IN_BLOCK
#undef DISPATCH
#undef TATAMI_MAYBE_UNUSED
}

} // namespace
} // inline namespace TATAMI_HOST_LEVEL
} // namespace tatami
