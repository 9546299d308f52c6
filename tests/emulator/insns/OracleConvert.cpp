// The model's narrow formats (isa/insns/Convert.td): values are exact doubles,
// rounding is done on integers.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "Draw.h"
#include "NarrowFormat.h"

namespace tatami::insns {

namespace {

/// The random bits of stochastic rounding, as emulator/numerics documents them.
uint32_t randomOf(uint64_t seedAndCounter, unsigned lane) {
  auto mix64 = [](uint64_t x) {
    x = (x ^ x >> 30) * 0xbf58476d1ce4e5b9u;
    x = (x ^ x >> 27) * 0x94d049bb133111ebu;
    return x ^ x >> 31;
  };
  auto mix32 = [](uint32_t x) {
    x = (x ^ x >> 16) * 0x85ebca6bu;
    x = (x ^ x >> 13) * 0xc2b2ae35u;
    return x ^ x >> 16;
  };
  uint64_t seed = seedAndCounter >> 32, counter = seedAndCounter & 0xffffffff;
  const uint64_t golden = 0x9e3779b97f4a7c15u;
  uint64_t key = mix64(mix64(seed + golden) + counter + golden);
  return mix32(mix32(lane * 0x9e3779b9u + uint32_t(key)) ^ uint32_t(key >> 32));
}

unsigned elementBits(const NarrowFormat &format) {
  return format.bits() > 8 ? 16 : 8;
}

/// Numbers about the format's range, many of them halfway between two of its.
/// Often one lane has such a number and the others have zero: flags are common
/// to all lanes, so they tell most when one lane decides.
void drawNear(Draw &draw, Model &s, int reg, const NarrowFormat &format,
              int bias) {
  int m = int(format.mantissaBits);
  int top = (1 << format.exponentBits) - 1 - format.hasInfinity - bias;
  int low = 1 - bias - m - 3, high = top + 2;
  bool alone = draw.oneIn(2);
  auto lonely = unsigned(draw.below(16));
  for (unsigned i = 0; i < 16; ++i) {
    if (alone && i != lonely) {
      s.setRaw(reg, 32, i, uint64_t(draw.oneIn(2)) << 31);
      continue;
    }
    if (draw.oneIn(8))
      continue; // Keeps what was drawn for any instruction.
    int exponent = low + int(draw.below(uint64_t(high - low + 1)));
    if (draw.oneIn(3)) // The largest numbers, and the smallest normal ones.
      exponent = draw.oneIn(2) ? top : -bias + int(draw.below(2));
    if (exponent < -126 || exponent > 127)
      continue;
    auto mantissa = uint32_t(draw.next()) & 0x7fffff;
    if (draw.oneIn(2))
      mantissa &= ~((1u << (21 - m + int(draw.below(3)))) - 1);
    if (draw.oneIn(3))
      mantissa |= 0x7fffff << (22 - m + int(draw.below(3))) & 0x7fffff;
    s.setRaw(reg, 32, i,
             mantissa | uint32_t(exponent + 127) << 23 |
                 uint32_t(draw.oneIn(2)) << 31);
  }
}

/// Sixteen elements from element \p first on; the bias is fixed or in rs2.
void widen(Oracles &o, const char *name, NarrowFormat format, int bias,
           unsigned first = 0) {
  o[name].run = [=](Model &s, const Fields &f) -> Fact {
    int b = bias >= 0 ? bias : int(s.x[f.rs2] % 64);
    s.fill(f.rd, 32, [&](unsigned i) {
      return widened(format, b,
                     uint32_t(s.raw(f.rs1, elementBits(format), first + i)));
    });
    return {};
  };
}

/// Thirty-two lanes, of rs1 and then of rs2.
void narrowPair(Oracles &o, const char *name, NarrowFormat format, int bias) {
  o[name].run = [=](Model &s, const Fields &f) -> Fact {
    s.fill(f.rd, 16, [&](unsigned i) {
      int from = i < 16 ? f.rs1 : f.rs2;
      auto bits = uint32_t(s.raw(from, 32, i % 16));
      return narrowed(format, bias, bits, nullptr).code;
    });
    return {};
  };
}

enum class Rounded { Nearest, SeedInRs2, SeedInRs3 };

/// Sixteen lanes to the lowest elements; the rest becomes zero.
void narrow(Oracles &o, const char *name, NarrowFormat format, int fixedBias,
            Rounded rounded, bool setsFlags) {
  o[name].run = [=](Model &s, const Fields &f) -> Fact {
    int bias = fixedBias >= 0 ? fixedBias : int(s.x[f.rs2] % 64);
    uint64_t seed = s.x[rounded == Rounded::SeedInRs2 ? f.rs2 : f.rs3];
    unsigned flags = 0;
    s.fill(f.rd, elementBits(format), [&](unsigned i) {
      if (i >= 16)
        return 0u;
      uint32_t random = randomOf(seed, i);
      Narrow result = narrowed(format, bias, uint32_t(s.raw(f.rs1, 32, i)),
                               rounded == Rounded::Nearest ? nullptr : &random);
      flags |= result.flags;
      return result.code;
    });
    if (setsFlags)
      s.conversionFlags |= flags;
    return {};
  };
  o[name].prepare = [=](Draw &draw, Model &s, const Fields &f) {
    int bias = fixedBias >= 0 ? fixedBias : int(s.x[f.rs2] % 64);
    drawNear(draw, s, f.rs1, format, bias);
  };
}

} // namespace

void addConvert(Oracles &o) {
  widen(o, "VCVT_S_BF", Bf16Format, 127);
  widen(o, "VCVTH_S_BF", Bf16Format, 127, 16);
  widen(o, "VCVT_S_H", Fp16Format, 15);
  widen(o, "VCVTH_S_H", Fp16Format, 15, 16);
  widen(o, "VCVT_S_UHP", UhpFormat, 31);
  widen(o, "VCVT_S_C143", C143Format, -1);
  widen(o, "VCVT_S_C152", C152Format, -1);
  widen(o, "VCVT_S_SHP", ShpFormat, -1);
  narrowPair(o, "VCVT_BF_S", Bf16Format, 127);
  narrowPair(o, "VCVT_H_S", Fp16Format, 15);
  narrow(o, "VCVT_C143_S", C143Format, -1, Rounded::Nearest, true);
  narrow(o, "VCVT_C152_S", C152Format, -1, Rounded::Nearest, true);
  narrow(o, "VCVT_SHP_S", ShpFormat, -1, Rounded::Nearest, true);
  narrow(o, "VCVT_UHP_S", UhpFormat, 31, Rounded::Nearest, true);
  narrow(o, "VCVTSR_C143_S", C143Format, -1, Rounded::SeedInRs3, true);
  narrow(o, "VCVTSR_C152_S", C152Format, -1, Rounded::SeedInRs3, true);
  narrow(o, "VCVTSR_SHP_S", ShpFormat, -1, Rounded::SeedInRs3, true);
  narrow(o, "VCVTSR_UHP_S", UhpFormat, 31, Rounded::SeedInRs2, true);
  narrow(o, "VCVTSR_BF_S", Bf16Format, 127, Rounded::SeedInRs2, false);
  const std::pair<const char *, std::pair<NarrowFormat, int>> scalars[] = {
      {"FCVT_BF_S", {Bf16Format, 127}}, {"FCVT_H_S", {Fp16Format, 15}}};
  for (const auto &[name, format] : scalars)
    o[name].run = [format = format](Model &s, const Fields &f) -> Fact {
      auto bits = uint32_t(s.raw(f.rs1, 32, 0));
      s.setX(f.rd, narrowed(format.first, format.second, bits, nullptr).code);
      return {};
    };
  const std::pair<const char *, std::pair<NarrowFormat, int>> fromScalars[] = {
      {"FCVT_S_BF", {Bf16Format, 127}}, {"FCVT_S_H", {Fp16Format, 15}}};
  for (const auto &[name, format] : fromScalars)
    o[name].run = [format = format](Model &s, const Fields &f) -> Fact {
      auto code = uint32_t(s.x[f.rs1] & 0xffff);
      s.setLane0(f.rd, widened(format.first, format.second, code));
      return {};
    };
}

} // namespace tatami::insns
