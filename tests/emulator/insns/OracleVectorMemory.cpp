// The model's vector loads and stores beyond vld and vst (VectorMemory.td in
// isa/insns). A trap changes neither registers nor memory.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "Draw.h"
#include "ModelMemory.h"

namespace tatami::insns {

namespace {

struct Width {
  const char *letter;
  unsigned bits;
};
constexpr Width Widths[] = {{"B", 8}, {"H", 16}, {"W", 32}, {"D", 64}};

/// Side by side, rs1 + (vs2[lane] << shift), or rs1 + lane * rs2.
enum class Mode { Unit, Indexed, Strided };

uint64_t addressOf(const Model &s, const Fields &f, Mode mode, unsigned bits,
                   unsigned lane) {
  switch (mode) {
  case Mode::Unit:
    return s.x[f.rs1] + uint64_t(int64_t(f.imm)) + lane * bits / 8;
  case Mode::Indexed:
    return s.x[f.rs1] + (uint64_t(s.lane(f.vs2, bits, lane).s) << f.shift);
  case Mode::Strided:
    break;
  }
  return s.x[f.rs1] + lane * s.x[f.rs2];
}

bool isActive(const Model &s, const Fields &f, unsigned lane) {
  return f.form == isa::Form::Plain || (s.m[f.m] >> lane & 1);
}

/// The trap of the first active lane that raises one. Without a mask, lanes
/// side by side are one access.
TrapKind trapOfLanes(const Model &s, const Fields &f, Mode mode, unsigned bits,
                     Access access) {
  if (mode == Mode::Unit && f.form == isa::Form::Plain)
    return trapOf(s, addressOf(s, f, mode, bits, 0), 64, bits / 8, access);
  for (unsigned lane = 0; lane < 512 / bits; ++lane)
    if (isActive(s, f, lane))
      if (TrapKind trap = trapOf(s, addressOf(s, f, mode, bits, lane), bits / 8,
                                 bits / 8, access);
          trap != TrapKind::None)
        return trap;
  return TrapKind::None;
}

/// Operands that let most lanes pass, at the edges of memory, too.
auto preparing(Mode mode, unsigned bits) {
  return [=](Draw &draw, Model &s, const Fields &f) {
    unsigned bytes = bits / 8;
    if (mode == Mode::Strided && !draw.oneIn(8))
      s.setX(f.rs2, bytes * (draw.below(20) - 8) + (draw.oneIn(8) ? 1 : 0));
    if (mode == Mode::Indexed && !draw.oneIn(8)) {
      bool shiftAligns = (1u << f.shift) % bytes == 0;
      for (unsigned lane = 0; lane < 512 / bits; ++lane) {
        uint64_t index = draw.below(200) - 100;
        s.setRaw(f.vs2, bits, lane, shiftAligns ? index : index * bytes);
      }
    }
    // The first lane, the last, or one between is at the drawn address.
    unsigned lane = unsigned(draw.below(512 / bits));
    uint64_t rest = addressOf(s, f, mode, bits, lane) - s.x[f.rs1];
    s.setX(f.rs1, draw.address(s, draw.oneIn(2) ? 1024 : bytes) - rest);
  };
}

void addLoad(Oracles &o, const std::string &name, Mode mode, unsigned bits) {
  o[name].prepare = preparing(mode, bits);
  o[name].run = [=](Model &s, const Fields &f) {
    TrapKind trap = trapOfLanes(s, f, mode, bits, Access::Load);
    if (trap == TrapKind::None)
      s.writeLanes(f, bits, [&](unsigned lane) -> uint64_t {
        if (!isActive(s, f, lane))
          return 0;
        return loadNumber(s, addressOf(s, f, mode, bits, lane), bits / 8);
      });
    return Fact::ofTrap(trap);
  };
}

void addStore(Oracles &o, const std::string &name, Mode mode, unsigned bits) {
  o[name].prepare = preparing(mode, bits);
  o[name].run = [=](Model &s, const Fields &f) {
    TrapKind trap = trapOfLanes(s, f, mode, bits, Access::Store);
    if (trap != TrapKind::None)
      return Fact::ofTrap(trap);
    for (unsigned lane = 0; lane < 512 / bits; ++lane)
      if (isActive(s, f, lane))
        storeNumber(s, addressOf(s, f, mode, bits, lane), bits / 8,
                    s.raw(f.vd, bits, lane));
    return Fact{};
  };
}

} // namespace

void addVectorMemory(Oracles &o) {
  for (Width w : Widths) {
    std::string suffix = std::string("_") + w.letter;
    addLoad(o, "VLDU" + suffix, Mode::Unit, w.bits);
    addStore(o, "VSTU" + suffix, Mode::Unit, w.bits);
    addLoad(o, "VLDS" + suffix, Mode::Strided, w.bits);
    addStore(o, "VSTS" + suffix, Mode::Strided, w.bits);
    if (w.bits < 32)
      continue;
    addLoad(o, "VGATHER" + suffix, Mode::Indexed, w.bits);
    addStore(o, "VSCATTER" + suffix, Mode::Indexed, w.bits);
  }
}

} // namespace tatami::insns
