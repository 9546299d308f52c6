// A second, plain model of a hardware thread: arrays of bytes, one lane at a
// time, wide integers. It is written from the instructions' descriptions and
// shares no code with the emulator but the names of traps and requests.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include "ExecLevel.h"

#include <array>
#include <cstdint>
#include <cstring>
#include <functional>
#include <map>
#include <string>
#include <vector>

namespace tatami::insns {

__extension__ typedef __int128 Wide;
__extension__ typedef unsigned __int128 UWide;

/// Operands by name, as the assembly shows them; absent ones are zero.
struct Fields {
  isa::Form form = isa::Form::Plain;
  int rd = 0, rs1 = 0, rs2 = 0, rs3 = 0, vd = 0, vs1 = 0, vs2 = 0;
  int md = 0, ms1 = 0, ms2 = 0, m = 0, acc = 0, acc2 = 0;
  int imm = 0, shift = 0, pos = 0;
};

/// The low \p bits of \p value as a signed number.
inline Wide signedOf(UWide value, unsigned bits) {
  UWide sign = UWide(1) << (bits - 1);
  value &= (sign << 1) - 1;
  return Wide(value ^ sign) - Wide(sign);
}
inline UWide unsignedOf(UWide value, unsigned bits) {
  return value & ((UWide(1) << bits) - 1);
}

using VectorBytes = std::array<uint8_t, 64>;

/// One lane as both numbers that it can be.
struct Lane {
  Wide s;
  UWide u;
  unsigned bits;
};

struct Model {
  std::array<uint64_t, 32> x{};
  std::array<VectorBytes, 32> v{};
  std::array<uint64_t, 8> m{};
  std::array<std::array<uint8_t, 256>, 8> acc{};
  uint64_t pc = 0, stackLimit = 0, conversionFlags = 0;
  std::vector<uint8_t> memory;
  uint64_t readOnlyEnd = 0;

  void setX(int number, uint64_t value) {
    if (number != 0)
      x[number] = value;
  }
  void setMask(int number, uint64_t value) {
    if (number != 0)
      m[number] = value;
  }

  /// Lane \p index of \p bits (a multiple of 8, up to 64) of a register.
  uint64_t raw(int reg, unsigned bits, unsigned index) const {
    uint64_t value = 0;
    for (unsigned byte = 0; byte < bits / 8; ++byte)
      value |= uint64_t(v[reg][index * bits / 8 + byte]) << 8 * byte;
    return value;
  }
  Lane lane(int reg, unsigned bits, unsigned index) const {
    uint64_t value = raw(reg, bits, index);
    return {signedOf(value, bits), value, bits};
  }
  float real(int reg, unsigned index) const {
    return realOf(uint32_t(raw(reg, 32, index)));
  }
  static float realOf(uint32_t bits) {
    float value;
    std::memcpy(&value, &bits, 4);
    return value;
  }
  static uint32_t bitsOf(float value) {
    uint32_t bits;
    std::memcpy(&bits, &value, 4);
    return bits;
  }
  void setRaw(int reg, unsigned bits, unsigned index, UWide value) {
    for (unsigned byte = 0; byte < bits / 8; ++byte)
      v[reg][index * bits / 8 + byte] = uint8_t(value >> 8 * byte);
  }
  /// Lane 0 as FP32; the rest becomes zero.
  void setLane0(int reg, uint32_t bits) {
    v[reg] = {};
    setRaw(reg, 32, 0, bits);
  }

  /// Writes vd: a lane that the mask leaves out keeps its value (merge) or
  /// becomes zero. \p compute sees the registers as they were.
  template <class Compute>
  void writeLanes(const Fields &f, unsigned bits, Compute compute) {
    std::vector<UWide> results;
    for (unsigned i = 0; i < 512 / bits; ++i)
      results.push_back(UWide(compute(i)));
    for (unsigned i = 0; i < 512 / bits; ++i) {
      bool active = f.form == isa::Form::Plain || (m[f.m] >> i & 1);
      if (active)
        setRaw(f.vd, bits, i, results[i]);
      else if (f.form == isa::Form::Zero)
        setRaw(f.vd, bits, i, 0);
    }
  }
  /// Writes a whole register, unmasked.
  template <class Compute> void fill(int reg, unsigned bits, Compute compute) {
    std::vector<UWide> results;
    for (unsigned i = 0; i < 512 / bits; ++i)
      results.push_back(UWide(compute(i)));
    for (unsigned i = 0; i < 512 / bits; ++i)
      setRaw(reg, bits, i, results[i]);
  }
};

/// Every NaN that arithmetic makes is this one.
inline uint32_t canonicalBits(float value) {
  return value != value ? 0x7fc00000 : Model::bitsOf(value);
}

class Draw;

/// What one instruction should do, and how to draw operands that matter to it
/// (if empty: any).
struct Oracle {
  std::function<Fact(Model &, const Fields &)> run;
  /// Instead of run, for an approximation of vs1 in vd: whether a lane may be
  /// \p got for that operand.
  std::function<bool(uint32_t operand, uint32_t got)> accepts;
  std::function<void(Draw &, Model &, const Fields &)> prepare;
};

/// By name of the record that all forms share.
using Oracles = std::map<std::string, Oracle>;

void addApproximate(Oracles &oracles);
void addConvert(Oracles &oracles);
void addFloat(Oracles &oracles);
void addMask(Oracles &oracles);
void addMatrix(Oracles &oracles);
void addMemory(Oracles &oracles);
void addPermute(Oracles &oracles);
void addScalar(Oracles &oracles);
void addSystemMesh(Oracles &oracles);
void addVectorInt(Oracles &oracles);
void addVectorMemory(Oracles &oracles);

const Oracles &allOracles();

} // namespace tatami::insns
