// Why a thread lost a cycle.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace tatami {

/// Every cycle of a thread is one in which it issued, or is lost for exactly
/// one of these causes; both together are all cycles.
enum class Cause : uint8_t {
  OperandScalar, ///< waits for a result of an ALU, a multiply or a divide
  OperandLoad,   ///< waits for a load's result
  OperandSimd,   ///< waits for a result of the SIMD unit
  OperandMatrix, ///< waits for an accumulator
  IssueSlot,     ///< both ALUs or the SIMD unit are taken
  SramPort,      ///< the memory ports are taken
  MatrixUnit,    ///< the matrix unit is taken
  VectorQueue,   ///< the vector queue is full and its head only waits in order
  Fetch,         ///< bubble of a taken branch, decode slots taken
  Mispredict,    ///< a wrong guess of a branch
  MeshCredit,    ///< the mesh takes no packet
  RemoteLoad,    ///< waits for a remote load or for acknowledgements
  Semaphore,     ///< waits for a semaphore
  Barrier,       ///< waits at a barrier
  OtherThread,   ///< another thread has the unit, or this one waits for its end
  Host,          ///< the fixed time of a host call
  Idle,          ///< not started, or ended before the others
};
inline constexpr size_t numCauses = size_t(Cause::Idle) + 1;

/// The cause's key in statistics: "operand_scalar", ...
const char *causeName(Cause cause);

/// Cycles by cause.
using LostCycles = std::array<uint64_t, numCauses>;

} // namespace tatami
