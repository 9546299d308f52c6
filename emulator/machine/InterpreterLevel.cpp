// Runs threads by the interpreter's loop: alone along remembered blocks, by the
// plain model, in turns. Compiled once per host level with TATAMI_HOST_LEVEL set;
// the result is the same bits.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "InterpreterLoop.h"

namespace tatami {
inline namespace TATAMI_HOST_LEVEL {
namespace {

template <class Memory>
StopReason runPlain(RunContext &context, Memory &mem, PlainRun plain) {
  return run<PlainWalk>(context, mem, plain);
}

/// Runs one thread block by block without remembering, until it has executed
/// \p least instructions and is at the end of a block. \p board may be null.
/// Says in \p endsBlock whether it has come there.
template <class Memory>
StopReason runPlainly(RunContext &context, Memory &mem, Scoreboard *board,
                      uint64_t least, bool &endsBlock) {
  const Code &code = *context.code;
  uint64_t budget = context.budget, left = budget;
  StopReason reason;
  do {
    uint64_t pc = context.thread->pc;
    uint64_t length =
        code.contains(pc) ? code.blocks().lengthAt(code.indexOf(pc)) : 0;
    uint64_t before = context.instructions;
    context.budget = std::min(left, std::max<uint64_t>(length, 1));
    reason = runPlain(context, mem, {board});
    uint64_t executed = context.instructions - before;
    left -= executed;
    endsBlock = executed == length;
  } while (reason == StopReason::Budget && endsBlock && left != 0 &&
           budget - left < least &&
           (!board || board->now(0) <= context.lastCycle));
  context.budget = budget;
  return reason;
}

/// Chosen: where there is no more room to remember, it is not asked for again at
/// once.
constexpr uint64_t pauseInstructions = 1000;

/// What \p board counts from now on, of \p thread or of all, belongs to the
/// instructions that it steps.
template <class... Thread>
void recordFrom(const RunContext &context, uint64_t toNodeTime,
                const Scoreboard &board, Thread... thread) {
  if (!context.recorder)
    return;
  context.recorder->begin(board, thread...);
  context.recorder->toNodeTime = toNodeTime;
}

template <class Memory>
StopReason runBlocks(RunContext &context, Memory &mem, BlockRun &blocks) {
  if (!context.recorder)
    return run<BlockWalk>(context, mem, blocks);
  return run<CountedWalk>(context, mem, blocks);
}

/// Accounts instructions of a block that has ended early.
void replay(RunContext &context, size_t index, size_t count) {
  NodeClock::Stretch stretch(*context.clock);
  recordFrom(context, stretch.toNode(), *stretch, 0);
  for (size_t i = index; i < index + count; ++i) {
    (*stretch).step(0, context.code->timing()[i]);
    if (context.recorder)
      context.recorder->step(0, (*stretch).times[0], i);
  }
}

/// Runs the one thread whose timing is remembered.
template <class Memory>
StopReason runRemembered(RunContext &context, Memory &mem) {
  const Code &code = *context.code;
  NodeClock &clock = *context.clock;
  const uint64_t lastCycle = context.lastCycle;
  bool isFull = false;
  for (;;) {
    BlockRun blocks;
    blocks.now = clock.now(context.threadNumber);
    uint64_t pc = context.thread->pc;
    if (clock.state() && code.contains(pc)) {
      blocks.block = code.blocks().enter(clock.state(), code.indexOf(pc));
      isFull = !blocks.block;
    }
    uint64_t before = context.instructions;
    StopReason reason;
    if (blocks.mayRun(context)) {
      reason = runBlocks(context, mem, blocks);
      clock.advance(blocks.state, blocks.now, blocks.lanes);
      if (blocks.executed)
        replay(context, code.indexOf(context.thread->pc) - blocks.executed,
               blocks.executed);
    } else {
      bool endsBlock;
      {
        NodeClock::Stretch stretch(clock);
        context.lastCycle = stretch.toBoard(lastCycle);
        recordFrom(context, stretch.toNode(), *stretch, 0);
        reason = runPlainly(context, mem, &*stretch,
                            isFull ? pauseInstructions : 1, endsBlock);
        context.lastCycle = lastCycle;
      }
      if (endsBlock)
        clock.intern();
      isFull = !clock.state();
    }
    context.budget -= context.instructions - before;
    if (reason != StopReason::Budget || context.budget == 0 ||
        clock.now(context.threadNumber) > lastCycle ||
        clock.now(context.threadNumber) >= context.pauseCycle)
      return reason;
  }
}

/// Runs a thread without a clock: blocks only save looking at the budget.
template <class Memory>
StopReason runUntimed(RunContext &context, Memory &mem) {
  const Code &code = *context.code;
  for (;;) {
    BlockRun blocks;
    uint64_t pc = context.thread->pc;
    if (context.budget > 1 && code.contains(pc))
      blocks.block = code.blocks().enter(nullptr, code.indexOf(pc));
    uint64_t before = context.instructions;
    StopReason reason;
    bool endsBlock;
    if (!blocks.block && context.budget > 1)
      reason = runPlainly(context, mem, nullptr, pauseInstructions, endsBlock);
    else if (blocks.mayRun(context))
      reason = run<BlockWalk>(context, mem, blocks);
    else
      reason = runPlain(context, mem, {nullptr});
    context.budget -= context.instructions - before;
    if (reason != StopReason::Budget || context.budget == 0)
      return reason;
  }
}

/// Runs several threads in turn, by the plain model.
template <class Memory>
StopReason runTurns(RunContext &context, Memory &mem) {
  ThreadTurns &turns = *context.turns;
  if (!turns.pick())
    return StopReason::Budget;
  Scoreboard *board = context.clock ? &context.clock->expand() : nullptr;
  if (board)
    recordFrom(context, 0, *board);
  context.thread = turns.states[turns.thread];
  context.threadNumber = turns.thread;
  context.lastCycle = turns.lastCycle();
  context.budget = board ? ~uint64_t(0) : turns.ownTime();
  return runPlain(context, mem, {board, turns.thread});
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
  if (context.turns)
    return runTurns(context, memory);
  NodeClock *clock = context.clock;
  if (!clock)
    return runUntimed(context, memory);
  if (context.isAlone && clock->remember(context.threadNumber)) {
    PcRecorder *recorder = context.recorder;
    if (!recorder)
      return runRemembered(context, memory);
    // Alone, it is thread 0 of any board.
    CallStack *const stacks = recorder->stacks;
    recorder->stacks += context.threadNumber;
    const StopReason reason = runRemembered(context, memory);
    recorder->stacks = stacks;
    return reason;
  }
  Scoreboard &board = clock->expand();
  recordFrom(context, 0, board, context.threadNumber);
  return runPlain(context, memory, {&board, context.threadNumber});
}

constexpr std::array<uint8_t, isa::numOpcodes> semanticsTable = [] {
  using namespace isa;
  return std::array<uint8_t, isa::numOpcodes>{
#define TATAMI_INST(OP, TYPE) HasExec<TYPE, InterpreterMemory>,
#include "tatami/isa/Dispatch.inc"
  };
}();

template <class T> constexpr StaticTiming::BlockEnd blockEndOf() {
  if constexpr (!HasExec<T, InterpreterMemory>)
    return StaticTiming::BlockEnd::Before;
  else if constexpr (returnsTrapOrNothing<T, InterpreterMemory>())
    return StaticTiming::BlockEnd::None;
  else
    return StaticTiming::BlockEnd::After;
}

constexpr std::array<StaticTiming::BlockEnd, isa::numOpcodes> blockEndTable = [] {
  using namespace isa;
  return std::array<StaticTiming::BlockEnd, isa::numOpcodes>{
#define TATAMI_INST(OP, TYPE) blockEndOf<TYPE>(),
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
                                           blockEndTable.data(), supported};

} // namespace tatami
