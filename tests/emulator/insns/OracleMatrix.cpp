// The model's matrix unit (isa/insns/Matrix.td).
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "Draw.h"
#include "NarrowFormat.h"

#include "ModelMemory.h"

#include <cmath>

namespace tatami::insns {

namespace {

uint32_t element(const Model &s, int acc, unsigned row, unsigned column) {
  uint32_t bits;
  std::memcpy(&bits, &s.acc[acc][(row * 8 + column) * 4], 4);
  return bits;
}
void setElement(Model &s, int acc, unsigned row, unsigned column,
                uint32_t bits) {
  std::memcpy(&s.acc[acc][(row * 8 + column) * 4], &bits, 4);
}

/// One fused multiply-add for each k, ascending. The biases of the two formats
/// are fixed, or (if negative) in bits 5..0 and 13..8 of rs3.
void addReal(Oracles &o, const char *name, unsigned k, NarrowFormat formatA,
             NarrowFormat formatB, int fixedBias) {
  o[name].run = [=](Model &s, const Fields &f) -> Fact {
    int biasA = fixedBias >= 0 ? fixedBias : int(s.x[f.rs3] & 63);
    int biasB = fixedBias >= 0 ? fixedBias : int(s.x[f.rs3] >> 8 & 63);
    for (unsigned row = 0; row < 8; ++row)
      for (unsigned column = 0; column < 8; ++column) {
        float sum = Model::realOf(element(s, f.acc, row, column));
        for (unsigned i = 0; i < k; ++i) {
          auto a = uint32_t(s.raw(f.vs1, 64 / k, row * k + i));
          auto b = uint32_t(s.raw(f.vs2, 64 / k, i * 8 + column));
          sum = std::fma(Model::realOf(widened(formatA, biasA, a)),
                         Model::realOf(widened(formatB, biasB, b)), sum);
        }
        setElement(s, f.acc, row, column, canonicalBits(sum));
      }
    return {};
  };
}

void addInteger(Oracles &o, const char *name, bool signedA, bool signedB) {
  o[name].run = [=](Model &s, const Fields &f) -> Fact {
    for (unsigned row = 0; row < 8; ++row)
      for (unsigned column = 0; column < 8; ++column) {
        Wide sum = element(s, f.acc, row, column);
        for (unsigned i = 0; i < 8; ++i) {
          Lane a = s.lane(f.vs1, 8, row * 8 + i);
          Lane b = s.lane(f.vs2, 8, i * 8 + column);
          sum += (signedA ? a.s : Wide(a.u)) * (signedB ? b.s : Wide(b.u));
        }
        setElement(s, f.acc, row, column, uint32_t(sum));
      }
    return {};
  };
}

void addMoves(Oracles &o) {
  o["ACCZERO"].run = [](Model &s, const Fields &f) -> Fact {
    s.acc[f.acc] = {};
    return {};
  };
  o["ACCMV"].run = [](Model &s, const Fields &f) -> Fact {
    s.acc[f.acc] = s.acc[f.acc2];
    return {};
  };
  o["ACCGET"].run = [](Model &s, const Fields &f) -> Fact {
    for (unsigned i = 0; i < 16; ++i)
      s.setRaw(f.vd, 32, i, element(s, f.acc2, 2 * f.imm + i / 8, i % 8));
    return {};
  };
  o["ACCPUT"].run = [](Model &s, const Fields &f) -> Fact {
    for (unsigned i = 0; i < 16; ++i)
      setElement(s, f.acc, 2 * f.imm + i / 8, i % 8,
                 uint32_t(s.raw(f.vs1, 32, i)));
    return {};
  };
  auto prepare = [](Draw &draw, Model &s, const Fields &f) {
    s.setX(f.rs1, draw.address(s, 256) - uint64_t(int64_t(f.imm)));
  };
  o["ACCLD"].prepare = prepare;
  o["ACCLD"].run = [](Model &s, const Fields &f) {
    uint64_t address = s.x[f.rs1] + uint64_t(int64_t(f.imm));
    TrapKind trap = trapOf(s, address, 256, 64, Access::Load);
    if (trap == TrapKind::None)
      std::memcpy(s.acc[f.acc].data(), &s.memory[address], 256);
    return Fact::ofTrap(trap);
  };
  o["ACCST"].prepare = prepare;
  o["ACCST"].run = [](Model &s, const Fields &f) {
    uint64_t address = s.x[f.rs1] + uint64_t(int64_t(f.imm));
    TrapKind trap = trapOf(s, address, 256, 64, Access::Store);
    if (trap == TrapKind::None)
      std::memcpy(&s.memory[address], s.acc[f.acc].data(), 256);
    return Fact::ofTrap(trap);
  };
}

} // namespace

void addMatrix(Oracles &o) {
  addReal(o, "MMA_BF16", 4, Bf16Format, Bf16Format, 127);
  addReal(o, "MMA_F16", 4, Fp16Format, Fp16Format, 15);
  addReal(o, "MMA_C143", 8, C143Format, C143Format, -1);
  addReal(o, "MMA_C152", 8, C152Format, C152Format, -1);
  addReal(o, "MMA_C143_C152", 8, C143Format, C152Format, -1);
  addReal(o, "MMA_C152_C143", 8, C152Format, C143Format, -1);
  addInteger(o, "MMA_S8", true, true);
  addInteger(o, "MMA_U8", false, false);
  addInteger(o, "MMA_U8S8", false, true);
  addMoves(o);
}

} // namespace tatami::insns
