// The model's scalar loads, stores and atomics (Memory.td and Atomic.td in
// isa/insns).
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "Draw.h"
#include "ModelMemory.h"

namespace tatami::insns {

namespace {

enum class Kind { Signed, Unsigned, Lane0, Mask, Vector };

/// base + constant, base + (index << shift), or base alone which then moves.
enum class Mode { Offset, Indexed, Post };

uint64_t constantOf(const Fields &f) { return uint64_t(int64_t(f.imm)); }

uint64_t addressOf(const Model &s, const Fields &f, Mode mode) {
  switch (mode) {
  case Mode::Offset:
    return s.x[f.rs1] + constantOf(f);
  case Mode::Indexed:
    return s.x[f.rs1] + (s.x[f.rs2] << f.shift);
  case Mode::Post:
    break;
  }
  return s.x[f.rs1];
}

/// Gives rs1 a value such that the access is at an interesting address.
auto preparing(Mode mode, unsigned bytes) {
  return [=](Draw &draw, Model &s, const Fields &f) {
    uint64_t address = draw.address(s, bytes);
    if (mode == Mode::Indexed && draw.oneIn(2))
      s.setX(f.rs2, draw.below(100) - 50);
    uint64_t rest = addressOf(s, f, mode) - s.x[f.rs1];
    s.setX(f.rs1, address - rest);
  };
}

void addLoad(Oracles &o, const std::string &name, Mode mode, Kind kind,
             unsigned bytes) {
  o[name].prepare = preparing(mode, bytes);
  o[name].run = [=](Model &s, const Fields &f) {
    uint64_t address = addressOf(s, f, mode);
    TrapKind trap = trapOf(s, address, bytes, bytes, Access::Load);
    if (trap != TrapKind::None)
      return Fact::ofTrap(trap);
    // The base moves first: a load into the base keeps the loaded value.
    if (mode == Mode::Post)
      s.setX(f.rs1, s.x[f.rs1] + constantOf(f));
    if (kind == Kind::Vector) {
      std::memcpy(s.v[f.rd].data(), &s.memory[address], 64);
      return Fact{};
    }
    uint64_t value = loadNumber(s, address, bytes);
    if (kind == Kind::Lane0)
      s.setLane0(f.rd, uint32_t(value));
    else if (kind == Kind::Mask)
      s.setMask(f.md, value);
    else if (kind == Kind::Signed)
      s.setX(f.rd, uint64_t(signedOf(value, 8 * bytes)));
    else
      s.setX(f.rd, value);
    return Fact{};
  };
}

/// The data are rs2 in the plain form, rd in the others.
void addStore(Oracles &o, const std::string &name, Mode mode, Kind kind,
              unsigned bytes) {
  o[name].prepare = preparing(mode, bytes);
  o[name].run = [=](Model &s, const Fields &f) {
    uint64_t address = addressOf(s, f, mode);
    TrapKind trap = trapOf(s, address, bytes, bytes, Access::Store);
    if (trap != TrapKind::None)
      return Fact::ofTrap(trap);
    int data = mode == Mode::Offset ? f.rs2 : f.rd;
    if (kind == Kind::Vector)
      std::memcpy(&s.memory[address], s.v[data].data(), 64);
    else if (kind == Kind::Lane0)
      storeNumber(s, address, bytes, s.raw(data, 32, 0));
    else if (kind == Kind::Mask)
      storeNumber(s, address, bytes, s.m[f.ms2]);
    else
      storeNumber(s, address, bytes, s.x[data]);
    if (mode == Mode::Post)
      s.setX(f.rs1, s.x[f.rs1] + constantOf(f));
    return Fact{};
  };
}

using Combine = uint64_t (*)(Lane old, Lane operand);

void addAtomic(Oracles &o, const std::string &name, Combine combine) {
  for (unsigned bytes : {4u, 8u}) {
    std::string full = name + (bytes == 4 ? "W" : "D");
    o[full].prepare = preparing(Mode::Post, bytes);
    o[full].run = [=](Model &s, const Fields &f) {
      uint64_t address = s.x[f.rs1];
      TrapKind trap = trapOf(s, address, bytes, bytes, Access::Store);
      if (trap != TrapKind::None)
        return Fact::ofTrap(trap);
      unsigned bits = 8 * bytes;
      uint64_t old = loadNumber(s, address, bytes), operand = s.x[f.rs2];
      storeNumber(
          s, address, bytes,
          combine({signedOf(old, bits), unsignedOf(old, bits), bits},
                  {signedOf(operand, bits), unsignedOf(operand, bits), bits}));
      s.setX(f.rd, uint64_t(signedOf(old, bits)));
      return Fact{};
    };
  }
}

void addCompareSwap(Oracles &o, const std::string &name, unsigned bytes) {
  o[name].prepare = [=](Draw &draw, Model &s, const Fields &f) {
    preparing(Mode::Post, bytes)(draw, s, f);
    uint64_t address = s.x[f.rs1];
    if (draw.oneIn(2) && f.rd != f.rs1 &&
        trapOf(s, address, bytes, bytes, Access::Load) == TrapKind::None) {
      // Equal, but for the upper half, which the 32-bit form does not look at.
      uint64_t junk = bytes == 4 ? draw.next() << 32 : 0;
      s.setX(f.rd, loadNumber(s, address, bytes) | junk);
    }
  };
  o[name].run = [=](Model &s, const Fields &f) {
    uint64_t address = s.x[f.rs1];
    TrapKind trap = trapOf(s, address, bytes, bytes, Access::Store);
    if (trap != TrapKind::None)
      return Fact::ofTrap(trap);
    uint64_t old = loadNumber(s, address, bytes);
    if (old == uint64_t(unsignedOf(s.x[f.rd], 8 * bytes)))
      storeNumber(s, address, bytes, s.x[f.rs2]);
    s.setX(f.rd, uint64_t(signedOf(old, 8 * bytes)));
    return Fact{};
  };
}

} // namespace

void addMemory(Oracles &o) {
  const std::pair<const char *, Mode> modes[] = {
      {"", Mode::Offset}, {"X", Mode::Indexed}, {"PI", Mode::Post}};
  for (auto [suffix, mode] : modes) {
    auto name = [suffix = suffix](const char *base) {
      return std::string(base) + suffix;
    };
    addLoad(o, name("LB"), mode, Kind::Signed, 1);
    addLoad(o, name("LBU"), mode, Kind::Unsigned, 1);
    addLoad(o, name("LH"), mode, Kind::Signed, 2);
    addLoad(o, name("LHU"), mode, Kind::Unsigned, 2);
    addLoad(o, name("LW"), mode, Kind::Signed, 4);
    addLoad(o, name("LWU"), mode, Kind::Unsigned, 4);
    addLoad(o, name("LD"), mode, Kind::Unsigned, 8);
    addLoad(o, name("FLW"), mode, Kind::Lane0, 4);
    addStore(o, name("SB"), mode, Kind::Unsigned, 1);
    addStore(o, name("SH"), mode, Kind::Unsigned, 2);
    addStore(o, name("SW"), mode, Kind::Unsigned, 4);
    addStore(o, name("SD"), mode, Kind::Unsigned, 8);
    addStore(o, name("FSW"), mode, Kind::Lane0, 4);
  }
  addLoad(o, "MLD", Mode::Offset, Kind::Mask, 8);
  addStore(o, "MST", Mode::Offset, Kind::Mask, 8);
  for (auto [suffix, mode] : {modes[0], modes[2]}) {
    addLoad(o, std::string("VLD") + suffix, mode, Kind::Vector, 64);
    addStore(o, std::string("VST") + suffix, mode, Kind::Vector, 64);
  }

  addAtomic(o, "AMOSWAP", [](Lane, Lane b) { return uint64_t(b.u); });
  addAtomic(o, "AMOADD", [](Lane a, Lane b) { return uint64_t(a.u + b.u); });
  addAtomic(o, "AMOAND", [](Lane a, Lane b) { return uint64_t(a.u & b.u); });
  addAtomic(o, "AMOOR", [](Lane a, Lane b) { return uint64_t(a.u | b.u); });
  addAtomic(o, "AMOXOR", [](Lane a, Lane b) { return uint64_t(a.u ^ b.u); });
  addAtomic(o, "AMOMIN",
            [](Lane a, Lane b) { return uint64_t(a.s < b.s ? a.u : b.u); });
  addAtomic(o, "AMOMAX",
            [](Lane a, Lane b) { return uint64_t(a.s > b.s ? a.u : b.u); });
  addAtomic(o, "AMOMINU",
            [](Lane a, Lane b) { return uint64_t(a.u < b.u ? a.u : b.u); });
  addAtomic(o, "AMOMAXU",
            [](Lane a, Lane b) { return uint64_t(a.u > b.u ? a.u : b.u); });
  addCompareSwap(o, "CASW", 4);
  addCompareSwap(o, "CASD", 8);
}

} // namespace tatami::insns
