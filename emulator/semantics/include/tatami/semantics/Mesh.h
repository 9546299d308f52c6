//===- Mesh.h - Talking to other nodes --------------------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A mesh instruction only says what it wants; the machine does it, checks
// addresses, and calls completeRemoteLoad when a reply is there.
//
//===----------------------------------------------------------------------===//

#ifndef TATAMI_SEMANTICS_MESH_H
#define TATAMI_SEMANTICS_MESH_H

#include "tatami/semantics/Scalar.h"

namespace tatami::inline TATAMI_HOST_LEVEL {

/// A load of one T into an x register, of 32 bits into lane 0, or of a vector.
template <class T>
TATAMI_INLINE Request
remoteLoad(unsigned reg, std::uint64_t address,
           RemoteOperand operand = RemoteOperand::Scalar) {
  return {.kind = RequestKind::RemoteLoad,
          .reg = static_cast<std::uint8_t>(reg),
          .operand = operand,
          .bytes = sizeof(T),
          .signExtends = std::is_signed_v<T>,
          .a = address};
}
template <class T>
TATAMI_INLINE Request
remoteStore(unsigned reg, std::uint64_t address,
            RemoteOperand operand = RemoteOperand::Scalar) {
  return {.kind = RequestKind::RemoteStore,
          .reg = static_cast<std::uint8_t>(reg),
          .operand = operand,
          .bytes = sizeof(T),
          .a = address};
}

/// Writes the register of a remote load. \p data holds the bytes from
/// its first byte on; those beyond request.bytes do not matter.
inline void completeRemoteLoad(ThreadState &t, const Request &request,
                               const V512 &data) {
  switch (request.operand) {
  case RemoteOperand::Vector:
    t.v[request.reg] = data;
    return;
  case RemoteOperand::Lane0:
    writeLane0(t.v[request.reg], lane0Bits(data));
    return;
  case RemoteOperand::Scalar:
    unsigned unused = 64 - 8 * request.bytes;
    std::uint64_t high = data.u64[0] << unused;
    t.x[request.reg] =
        request.signExtends
            ? static_cast<std::uint64_t>(asSigned(high) >> unused)
            : high >> unused;
    return;
  }
}

/// The bytes that a remote store sends; those beyond request.bytes are zero.
inline V512 remoteStoreData(const ThreadState &t, const Request &request) {
  V512 data{};
  const void *source = request.operand == RemoteOperand::Scalar
                           ? static_cast<const void *>(&t.x[request.reg])
                           : &t.v[request.reg];
  std::memcpy(&data, source, request.bytes);
  return data;
}

// clang-format off

TATAMI_EXEC(Request, Rlb)  { return remoteLoad<std::int8_t>(i.rd, t.x[i.rs1]); }
TATAMI_EXEC(Request, Rlbu) { return remoteLoad<std::uint8_t>(i.rd, t.x[i.rs1]); }
TATAMI_EXEC(Request, Rlh)  { return remoteLoad<std::int16_t>(i.rd, t.x[i.rs1]); }
TATAMI_EXEC(Request, Rlhu) { return remoteLoad<std::uint16_t>(i.rd, t.x[i.rs1]); }
TATAMI_EXEC(Request, Rlw)  { return remoteLoad<std::int32_t>(i.rd, t.x[i.rs1]); }
TATAMI_EXEC(Request, Rlwu) { return remoteLoad<std::uint32_t>(i.rd, t.x[i.rs1]); }
TATAMI_EXEC(Request, Rld)  { return remoteLoad<std::uint64_t>(i.rd, t.x[i.rs1]); }
TATAMI_EXEC(Request, Rflw) { return remoteLoad<float>(i.rd, t.x[i.rs1], RemoteOperand::Lane0); }
TATAMI_EXEC(Request, Rvld) { return remoteLoad<V512>(i.rd, t.x[i.rs1], RemoteOperand::Vector); }

TATAMI_EXEC(Request, Rsb)  { return remoteStore<std::uint8_t>(i.rs2, t.x[i.rs1]); }
TATAMI_EXEC(Request, Rsh)  { return remoteStore<std::uint16_t>(i.rs2, t.x[i.rs1]); }
TATAMI_EXEC(Request, Rsw)  { return remoteStore<std::uint32_t>(i.rs2, t.x[i.rs1]); }
TATAMI_EXEC(Request, Rsd)  { return remoteStore<std::uint64_t>(i.rs2, t.x[i.rs1]); }
TATAMI_EXEC(Request, Rfsw) { return remoteStore<float>(i.rs2, t.x[i.rs1], RemoteOperand::Lane0); }
TATAMI_EXEC(Request, Rvst) { return remoteStore<V512>(i.rs2, t.x[i.rs1], RemoteOperand::Vector); }

TATAMI_EXEC(Request, Push)  { return {.kind = RequestKind::Push, .a = t.x[i.rs1], .b = t.x[i.rs2], .c = t.x[i.rs3]}; }
TATAMI_EXEC(Request, Pull)  { return {.kind = RequestKind::Pull, .a = t.x[i.rs1], .b = t.x[i.rs2], .c = t.x[i.rs3], .d = t.x[i.rd]}; }
TATAMI_EXEC(Request, Mcast) { return {.kind = RequestKind::Multicast, .a = t.x[i.rs1], .b = t.x[i.rs2], .c = t.x[i.rs3], .d = t.x[i.rd]}; }
TATAMI_EXEC(Request, Ssig)  { return {.kind = RequestKind::Signal, .a = t.x[i.rs1], .b = t.x[i.rs2], .c = t.x[i.rs3]}; }
TATAMI_EXEC(Request, Mcsig) { return {.kind = RequestKind::MulticastSignal, .a = t.x[i.rs1], .b = t.x[i.rs2], .c = t.x[i.rs3]}; }
TATAMI_EXEC(Request, Swait) { return {.kind = RequestKind::SemaphoreWait, .a = t.x[i.rs1], .b = t.x[i.rs2]}; }
TATAMI_EXEC(Request, Stest) { return {.kind = RequestKind::SemaphoreTest, .reg = i.rd, .a = t.x[i.rs1], .b = t.x[i.rs2]}; }
TATAMI_EXEC(Request, Sread) { return {.kind = RequestKind::SemaphoreRead, .reg = i.rd, .a = t.x[i.rs1]}; }
TATAMI_EXEC(Request, Spost) { return {.kind = RequestKind::SemaphorePost, .a = t.x[i.rs1], .b = t.x[i.rs2]}; }
TATAMI_EXEC(Request, Bar)   { return {.kind = RequestKind::Barrier, .a = t.x[i.rs1]}; }
TATAMI_EXEC(Request, Mfence) { return {.kind = RequestKind::MeshFence}; }

TATAMI_EXEC(Request, Lstart) { return {.kind = RequestKind::ListStart, .a = t.x[i.rs1], .b = t.x[i.rs2]}; }
TATAMI_EXEC(Request, Ltest)  { return {.kind = RequestKind::ListTest, .reg = i.rd, .a = t.x[i.rs1]}; }
TATAMI_EXEC(Request, Lwait)  { return {.kind = RequestKind::ListWait, .a = t.x[i.rs1]}; }

// clang-format on

} // namespace tatami::inline TATAMI_HOST_LEVEL

#endif // TATAMI_SEMANTICS_MESH_H
