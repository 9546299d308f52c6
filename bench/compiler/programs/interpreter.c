//===- interpreter.c - A stack machine that runs small programs -----------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "../bench.h"

enum Code {
  Push, Load, Store, LoadAt, StoreAt, Add, Sub, Mul, Rem, Less, Equal, Not,
  Jump, JumpIf, Call, Return, Duplicate, Swap, Drop, Halt
};

typedef struct {
  uint8_t Op;
  int32_t Arg;
} Instruction;

enum { StackSize = 256, MemorySize = 2048 };

static int64_t Stack[StackSize];
static int64_t Memory[MemorySize];
static uint64_t Executed;

static int64_t interpret(const Instruction *Program, int Entry) {
  int64_t *Top = Stack;
  int Frames[64];
  int Depth = 0;
  const Instruction *Pc = Program + Entry;
  for (;;) {
    const Instruction I = *Pc++;
    ++Executed;
    switch ((enum Code)I.Op) {
    case Push: *++Top = I.Arg; break;
    case Load: *++Top = Memory[I.Arg]; break;
    case Store: Memory[I.Arg] = *Top--; break;
    case LoadAt: *Top = Memory[I.Arg + *Top]; break;
    case StoreAt: Memory[I.Arg + Top[0]] = Top[-1]; Top -= 2; break;
    case Add: --Top; *Top += Top[1]; break;
    case Sub: --Top; *Top -= Top[1]; break;
    case Mul: --Top; *Top *= Top[1]; break;
    case Rem: --Top; *Top %= Top[1]; break;
    case Less: --Top; *Top = *Top < Top[1]; break;
    case Equal: --Top; *Top = *Top == Top[1]; break;
    case Not: *Top = !*Top; break;
    case Jump: Pc = Program + I.Arg; break;
    case JumpIf: if (*Top--) Pc = Program + I.Arg; break;
    case Call:
      Frames[Depth++] = (int)(Pc - Program);
      Pc = Program + I.Arg;
      break;
    case Return: Pc = Program + Frames[--Depth]; break;
    case Duplicate: Top[1] = Top[0]; ++Top; break;
    case Swap: {
      int64_t Other = Top[0];
      Top[0] = Top[-1];
      Top[-1] = Other;
      break;
    }
    case Drop: --Top; break;
    case Halt: return *Top;
    }
  }
}

// Variables: 0 = i, 1 = j, 2 = count. Memory from 16 on: the sieve.
static const Instruction Sieve[] = {
    {Push, 2}, {Store, 0},
    /* 2 */ {Load, 0}, {Push, 1500}, {Less, 0}, {Not, 0}, {JumpIf, 31},
    {Load, 0}, {LoadAt, 16}, {JumpIf, 26},
    {Load, 2}, {Push, 1}, {Add, 0}, {Store, 2},
    {Load, 0}, {Duplicate, 0}, {Mul, 0}, {Store, 1},
    /* 18 */ {Load, 1}, {Push, 1500}, {Less, 0}, {Not, 0}, {JumpIf, 26},
    {Call, 33}, {Jump, 18}, {Halt, 0},
    /* 26 */ {Load, 0}, {Push, 1}, {Add, 0}, {Store, 0}, {Jump, 2},
    /* 31 */ {Load, 2}, {Halt, 0},
    /* 33 */ {Push, 1}, {Load, 1}, {StoreAt, 16},
    {Load, 1}, {Load, 0}, {Add, 0}, {Store, 1}, {Return, 0},
};

// 0 = n, 1 = steps: the longest of Collatz's chains below a bound.
static const Instruction Collatz[] = {
    {Push, 1}, {Store, 2}, {Push, 0}, {Store, 3},
    /* 4 */ {Load, 2}, {Store, 0}, {Push, 0}, {Store, 1},
    /* 8 */ {Load, 0}, {Push, 1}, {Equal, 0}, {JumpIf, 28},
    {Load, 1}, {Push, 1}, {Add, 0}, {Store, 1},
    {Load, 0}, {Push, 2}, {Rem, 0}, {JumpIf, 45},
    {Load, 0}, {Call, 40}, {Store, 0}, {Jump, 8},
    {Halt, 0}, {Halt, 0}, {Halt, 0}, {Halt, 0},
    /* 28 */ {Load, 3}, {Load, 1}, {Less, 0}, {Not, 0}, {JumpIf, 35},
    {Load, 1}, {Store, 3},
    /* 35 */ {Load, 2}, {Push, 1}, {Add, 0}, {Duplicate, 0}, {Jump, 52},
    /* 40: halve what is on the stack */ {Duplicate, 0}, {Push, 2}, {Rem, 0},
    {Drop, 0}, {Jump, 59},
    /* 45 */ {Load, 0}, {Push, 3}, {Mul, 0}, {Push, 1}, {Add, 0}, {Store, 0},
    {Jump, 8},
    /* 52 */ {Store, 2}, {Push, 300}, {Less, 0}, {JumpIf, 4}, {Load, 3},
    {Halt, 0}, {Halt, 0},
    /* 59: by repeated table look-up */ {Push, 0}, {Swap, 0},
    /* 61 */ {Duplicate, 0}, {Push, 512}, {Less, 0}, {JumpIf, 72},
    {Push, 512}, {Sub, 0}, {Swap, 0}, {Push, 256}, {Add, 0}, {Swap, 0},
    {Jump, 61},
    /* 72 */ {LoadAt, 1024}, {Add, 0}, {Return, 0},
};

uint64_t run(void) {
  uint64_t Hash = 0;
  for (int Round = 0; Round < 3; ++Round) {
    for (int I = 0; I < MemorySize; ++I)
      Memory[I] = 0;
    Hash = mix(Hash, (uint64_t)interpret(Sieve, 0));
    for (int I = 0; I < 512; ++I)
      Memory[1024 + I] = I / 2;
    Hash = mix(Hash, (uint64_t)interpret(Collatz, 0));
  }
  return mix(Hash, Executed);
}

const uint64_t Expected = 0xf5ed9a3286ec9474ull;
