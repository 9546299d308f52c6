// Why a thread lost a cycle.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <numeric>

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
  MeshCredit,    ///< the mesh takes no packet: its port, a link or buffer is full
  RemoteLoad,    ///< waits for a remote load or for acknowledgements
  Semaphore,     ///< waits for a semaphore
  Barrier,       ///< waits at a barrier
  ListEngine,    ///< waits for the end of a list
  OtherThread,   ///< another thread has the unit, or this one waits for its end
  Host,          ///< the fixed time of a host call
  Idle,          ///< not started, or ended before the others
};
inline constexpr size_t numCauses = size_t(Cause::Idle) + 1;

/// The cause's key in statistics: "operand_scalar", ...
const char *causeName(Cause cause);

/// Cycles by cause.
using LostCycles = std::array<uint64_t, numCauses>;

/// What became of cycles.
struct CycleCounts {
  uint64_t issued = 0;
  LostCycles lost = {};

  uint64_t lostCycles() const {
    return std::accumulate(lost.begin(), lost.end(), uint64_t(0));
  }
  CycleCounts &operator+=(const CycleCounts &other) {
    issued += other.issued;
    for (size_t i = 0; i < numCauses; ++i)
      lost[i] += other.lost[i];
    return *this;
  }
  bool operator==(const CycleCounts &) const = default;
};

} // namespace tatami
