// The registers of a frame of the call stack, as far as they are known.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include "tatami/isa/DwarfRegisters.h"
#include "tatami/node/ThreadState.h"

#include <bitset>
#include <cstring>
#include <iterator>
#include <optional>
#include <span>

namespace tatami::debug {

inline constexpr unsigned registerCount = std::size(isa::dwarfRegisters);

/// Numbers of the registers that unwinding itself knows.
inline constexpr unsigned returnAddress = 1, stackPointer = 2,
                          threadPointer = 3;

/// Numbers are DWARF's. What a call has destroyed is unknown.
class Registers {
public:
  explicit Registers(const ThreadState &state) : state(state) { known.set(); }

  bool isKnown(unsigned number) const {
    return number < registerCount && known[number];
  }
  void forget(unsigned number) { known.reset(number); }

  /// All bytes of a register; empty if they are not known.
  std::span<const uint8_t> bytes(unsigned number) const {
    if (!isKnown(number))
      return {};
    return const_cast<Registers *>(this)->room(number);
  }
  /// Room to write a register to, which is known from now on.
  std::span<uint8_t> write(unsigned number) {
    known.set(number);
    return room(number);
  }

  std::optional<uint64_t> scalar(unsigned number) const {
    std::span<const uint8_t> from = bytes(number);
    if (from.size() < sizeof(uint64_t))
      return std::nullopt;
    uint64_t value;
    std::memcpy(&value, from.data(), sizeof(value));
    return value;
  }
  void setScalar(unsigned number, uint64_t value) {
    std::memcpy(write(number).data(), &value, sizeof(value));
  }

private:
  std::span<uint8_t> room(unsigned number) {
    const isa::DwarfRegister &reg = isa::dwarfRegisters[number];
    auto whole = [](auto &value) {
      return std::span(reinterpret_cast<uint8_t *>(&value), sizeof(value));
    };
    switch (reg.file) {
    case isa::RegFile::X:
      return whole(state.x[reg.number]);
    case isa::RegFile::V:
      return whole(state.v[reg.number]);
    case isa::RegFile::M:
      return whole(state.m[reg.number]);
    default:
      return whole(state.acc[reg.number]);
    }
  }

  ThreadState state;
  std::bitset<registerCount> known;
};

} // namespace tatami::debug
