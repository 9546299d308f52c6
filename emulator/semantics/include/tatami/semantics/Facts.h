//===- Facts.h - What exec tells the machine --------------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Semantics have no effect beyond registers and memory. Whatever else an
// instruction wants is returned by value: the type says statically which of
// these an instruction can need.
//
//   void      registers only
//   TrapKind  may trap; registers are then as they were before
//   Taken     whether a branch is taken; the target is in the encoding
//   Target    where an indirect jump goes
//   Request   something that only the machine can do
//
//===----------------------------------------------------------------------===//

#ifndef TATAMI_SEMANTICS_FACTS_H
#define TATAMI_SEMANTICS_FACTS_H

#include <cstdint>

namespace tatami {

struct Taken {
  bool taken;
};

struct Target {
  std::uint64_t pc;
};

/// What the machine is asked for. The comment names the fields of Request that
/// are used; `reg` is where a result goes.
enum class RequestKind : std::uint8_t {
  HostCall,        ///< a number, b c d arguments; the result goes to reg (a0)
  ThreadStart,     ///< thread a at address b with argument c
  ThreadWait,      ///< until thread a has ended
  Halt,            ///< end this thread
  Pause,           ///< let other threads go first
  FetchFence,      ///< code in memory may have changed
  ReadControl,     ///< control register a to reg
  WriteControl,    ///< b to control register a
  RemoteLoad,      ///< bytes at global address a: see completeRemoteLoad
  RemoteStore,     ///< bytes to global address a: see remoteStoreData
  Push,            ///< c bytes of local memory at a to global address b
  Pull,            ///< c bytes of global address b to local a, then semaphore d
  Multicast,       ///< d bytes of local memory at a to offset b, rectangle c
  Signal,          ///< add c to semaphore b of the node of global address a
  MulticastSignal, ///< add c to semaphore b in rectangle a
  SemaphoreWait,   ///< until local semaphore a is at least b; subtract b
  SemaphoreTest,   ///< like SemaphoreWait at once: 1 or 0 to reg
  SemaphoreRead,   ///< local semaphore a to reg
  SemaphorePost,   ///< add b to local semaphore a
  Barrier,         ///< all enabled nodes of rectangle a
  MeshFence,       ///< until all that this thread sent is acknowledged
  ListStart,       ///< list a at the descriptor at b
  ListTest,        ///< 1 to reg if list a does not run, else 0
  ListWait,        ///< until list a has ended
};

/// Where the value of a remote access lives in the registers.
enum class RemoteOperand : std::uint8_t {
  Scalar, ///< x register
  Lane0,  ///< lane 0 of a vector register
  Vector, ///< whole vector register
};

struct Request {
  RequestKind kind;
  std::uint8_t reg = 0;
  RemoteOperand operand = RemoteOperand::Scalar;
  std::uint8_t bytes = 0;   ///< of a remote access; also its alignment
  bool signExtends = false; ///< a remote load to an x register
  std::uint64_t a = 0, b = 0, c = 0, d = 0;
};

} // namespace tatami

#endif // TATAMI_SEMANTICS_FACTS_H
