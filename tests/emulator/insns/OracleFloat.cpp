// The model's FP32 arithmetic, in lane 0 and on vectors (ScalarFloat.td and
// VectorFloat.td in isa/insns): the host's scalar operations, each rounded on
// its own, with one NaN.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "Model.h"

#include <cmath>

namespace tatami::insns {

namespace {

constexpr uint32_t Sign = 0x80000000;

/// Results are bits: some operations are bitwise, NaNs included.
using Unary = uint32_t (*)(uint32_t a);
using Binary = uint32_t (*)(uint32_t a, uint32_t b);
using Ternary = uint32_t (*)(uint32_t a, uint32_t b, uint32_t c);

float real(uint32_t bits) { return Model::realOf(bits); }
bool isNaN(uint32_t bits) { return (bits & ~Sign) > 0x7f800000; }

uint32_t minimumNumber(uint32_t a, uint32_t b) {
  if (isNaN(a) || isNaN(b))
    return isNaN(a) ? isNaN(b) ? 0x7fc00000 : b : a;
  if (real(a) == real(b)) // Zeros differ: the negative one is smaller.
    return a & Sign ? a : b;
  return real(a) < real(b) ? a : b;
}
uint32_t maximumNumber(uint32_t a, uint32_t b) {
  if (isNaN(a) || isNaN(b))
    return isNaN(a) ? isNaN(b) ? 0x7fc00000 : b : a;
  if (real(a) == real(b))
    return a & Sign ? b : a;
  return real(a) > real(b) ? a : b;
}
uint32_t sum(uint32_t a, uint32_t b) {
  return canonicalBits(real(a) + real(b));
}

/// Towards zero, with what is out of range at the nearest limit; NaN gives 0.
Wide toInteger(uint32_t bits, Wide low, Wide high) {
  if (isNaN(bits))
    return 0;
  // Exact: the limits and FP32 numbers below 2^65 fit in long double.
  long double value = std::trunc((long double)real(bits));
  if (value < (long double)low)
    return low;
  if (value > (long double)high)
    return high;
  return Wide(value);
}
constexpr Wide Two31 = Wide(1) << 31, Two32 = Wide(1) << 32,
               Two63 = Wide(1) << 63, Two64 = Wide(1) << 64;

/// The same operation as an instruction on lane 0 and one on all lanes.
void addUnary(Oracles &o, const char *scalar, const char *vector, Unary op) {
  if (scalar)
    o[scalar].run = [=](Model &s, const Fields &f) -> Fact {
      s.setLane0(f.rd, op(uint32_t(s.raw(f.rs1, 32, 0))));
      return {};
    };
  if (vector)
    o[vector].run = [=](Model &s, const Fields &f) -> Fact {
      s.writeLanes(
          f, 32, [&](unsigned i) { return op(uint32_t(s.raw(f.vs1, 32, i))); });
      return {};
    };
}
void addBinary(Oracles &o, const char *name, Binary op) {
  o[name].run = [=](Model &s, const Fields &f) -> Fact {
    s.setLane0(
        f.rd, op(uint32_t(s.raw(f.rs1, 32, 0)), uint32_t(s.raw(f.rs2, 32, 0))));
    return {};
  };
  o[std::string("V") + name].run = [=](Model &s, const Fields &f) -> Fact {
    s.writeLanes(f, 32, [&](unsigned i) {
      return op(uint32_t(s.raw(f.vs1, 32, i)), uint32_t(s.raw(f.vs2, 32, i)));
    });
    return {};
  };
}
/// rs3 of the scalar form is vd of the vector form.
void addFused(Oracles &o, const char *name, Ternary op) {
  o[name].run = [=](Model &s, const Fields &f) -> Fact {
    s.setLane0(f.rd,
               op(uint32_t(s.raw(f.rs1, 32, 0)), uint32_t(s.raw(f.rs2, 32, 0)),
                  uint32_t(s.raw(f.rs3, 32, 0))));
    return {};
  };
  o[std::string("V") + name].run = [=](Model &s, const Fields &f) -> Fact {
    s.writeLanes(f, 32, [&](unsigned i) {
      return op(uint32_t(s.raw(f.vs1, 32, i)), uint32_t(s.raw(f.vs2, 32, i)),
                uint32_t(s.raw(f.vd, 32, i)));
    });
    return {};
  };
}
void addScalarCompare(Oracles &o, const char *name, bool (*op)(float, float)) {
  o[name].run = [=](Model &s, const Fields &f) -> Fact {
    s.setX(f.rd, op(s.real(f.rs1, 0), s.real(f.rs2, 0)));
    return {};
  };
}
void addVectorCompare(Oracles &o, const char *name, bool (*op)(float, float)) {
  o[name].run = [=](Model &s, const Fields &f) -> Fact {
    uint64_t mask = 0;
    for (unsigned i = 0; i < 16; ++i) {
      bool active = f.form == isa::Form::Plain || (s.m[f.m] >> i & 1);
      if (active && op(s.real(f.vs1, i), s.real(f.vs2, i)))
        mask |= 1ull << i;
    }
    s.setMask(f.md, mask);
    return {};
  };
}
void addToX(Oracles &o, const char *name, uint64_t (*op)(uint32_t)) {
  o[name].run = [=](Model &s, const Fields &f) -> Fact {
    s.setX(f.rd, op(uint32_t(s.raw(f.rs1, 32, 0))));
    return {};
  };
}
void addFromX(Oracles &o, const char *name, uint32_t (*op)(uint64_t)) {
  o[name].run = [=](Model &s, const Fields &f) -> Fact {
    s.setLane0(f.rd, op(s.x[f.rs1]));
    return {};
  };
}
/// Lane i with lane i + 8, then + 4, + 2, + 1.
void addTree(Oracles &o, const char *name, Binary op) {
  o[name].run = [=](Model &s, const Fields &f) -> Fact {
    uint32_t lanes[16];
    for (unsigned i = 0; i < 16; ++i)
      lanes[i] = uint32_t(s.raw(f.vs1, 32, i));
    for (unsigned half = 8; half > 0; half /= 2)
      for (unsigned i = 0; i < half; ++i)
        lanes[i] = op(lanes[i], lanes[i + half]);
    s.setLane0(f.vd, lanes[0]);
    return {};
  };
}

void addArithmetic(Oracles &o) {
  addBinary(o, "FADD", sum);
  addBinary(o, "FSUB", [](uint32_t a, uint32_t b) {
    return canonicalBits(real(a) - real(b));
  });
  addBinary(o, "FMUL", [](uint32_t a, uint32_t b) {
    return canonicalBits(real(a) * real(b));
  });
  addBinary(o, "FDIV", [](uint32_t a, uint32_t b) {
    return canonicalBits(real(a) / real(b));
  });
  addBinary(o, "FMIN", minimumNumber);
  addBinary(o, "FMAX", maximumNumber);
  addBinary(o, "FSGNJ",
            [](uint32_t a, uint32_t b) { return (a & ~Sign) | (b & Sign); });
  addBinary(o, "FSGNJN",
            [](uint32_t a, uint32_t b) { return (a & ~Sign) | (~b & Sign); });
  addBinary(o, "FSGNJX", [](uint32_t a, uint32_t b) { return a ^ (b & Sign); });
  addFused(o, "FMADD", [](uint32_t a, uint32_t b, uint32_t c) {
    return canonicalBits(std::fma(real(a), real(b), real(c)));
  });
  addFused(o, "FMSUB", [](uint32_t a, uint32_t b, uint32_t c) {
    return canonicalBits(std::fma(real(a), real(b), -real(c)));
  });
  addFused(o, "FNMSUB", [](uint32_t a, uint32_t b, uint32_t c) {
    return canonicalBits(std::fma(-real(a), real(b), real(c)));
  });
  addFused(o, "FNMADD", [](uint32_t a, uint32_t b, uint32_t c) {
    return canonicalBits(std::fma(-real(a), real(b), -real(c)));
  });
  addUnary(o, "FSQRT", "VFSQRT",
           [](uint32_t a) { return canonicalBits(std::sqrt(real(a))); });
  addUnary(o, "FRINT", "VFRINT",
           [](uint32_t a) { return canonicalBits(std::nearbyint(real(a))); });
  addUnary(o, "FTRUNC", "VFTRUNC",
           [](uint32_t a) { return canonicalBits(std::trunc(real(a))); });
  addUnary(o, "FFLOOR", "VFFLOOR",
           [](uint32_t a) { return canonicalBits(std::floor(real(a))); });
  addUnary(o, "FCEIL", "VFCEIL",
           [](uint32_t a) { return canonicalBits(std::ceil(real(a))); });
  addUnary(o, "FROUND", "VFROUND",
           [](uint32_t a) { return canonicalBits(std::round(real(a))); });
  addUnary(o, "FMV", nullptr, [](uint32_t a) { return a; });
  addUnary(o, nullptr, "VFNEG", [](uint32_t a) { return a ^ Sign; });
  addUnary(o, nullptr, "VFABS", [](uint32_t a) { return a & ~Sign; });
}

void addConversions(Oracles &o) {
  addToX(o, "FCVTWS",
         [](uint32_t a) { return uint64_t(toInteger(a, -Two31, Two31 - 1)); });
  addToX(o, "FCVTWUS", [](uint32_t a) {
    return uint64_t(signedOf(UWide(toInteger(a, 0, Two32 - 1)), 32));
  });
  addToX(o, "FCVTLS",
         [](uint32_t a) { return uint64_t(toInteger(a, -Two63, Two63 - 1)); });
  addToX(o, "FCVTLUS",
         [](uint32_t a) { return uint64_t(toInteger(a, 0, Two64 - 1)); });
  addToX(o, "FMVXW", [](uint32_t a) { return uint64_t(signedOf(a, 32)); });
  addFromX(o, "FCVTSW",
           [](uint64_t a) { return Model::bitsOf(float(int32_t(a))); });
  addFromX(o, "FCVTSWU",
           [](uint64_t a) { return Model::bitsOf(float(uint32_t(a))); });
  addFromX(o, "FCVTSL",
           [](uint64_t a) { return Model::bitsOf(float(int64_t(a))); });
  addFromX(o, "FCVTSLU", [](uint64_t a) { return Model::bitsOf(float(a)); });
  addFromX(o, "FMVWX", [](uint64_t a) { return uint32_t(a); });
  addUnary(o, nullptr, "VFCVT_S_W",
           [](uint32_t a) { return Model::bitsOf(float(int32_t(a))); });
  addUnary(o, nullptr, "VFCVT_S_WU",
           [](uint32_t a) { return Model::bitsOf(float(a)); });
  addUnary(o, nullptr, "VFCVT_W_S", [](uint32_t a) {
    return uint32_t(toInteger(a, -Two31, Two31 - 1));
  });
  addUnary(o, nullptr, "VFCVT_WU_S",
           [](uint32_t a) { return uint32_t(toInteger(a, 0, Two32 - 1)); });
}

void addCompares(Oracles &o) {
  addScalarCompare(o, "FEQ", [](float a, float b) { return a == b; });
  addScalarCompare(o, "FLT", [](float a, float b) { return a < b; });
  addScalarCompare(o, "FLE", [](float a, float b) { return a <= b; });
  addVectorCompare(o, "VFCMPEQ", [](float a, float b) { return a == b; });
  addVectorCompare(o, "VFCMPNE", [](float a, float b) { return !(a == b); });
  addVectorCompare(o, "VFCMPLT", [](float a, float b) { return a < b; });
  addVectorCompare(o, "VFCMPLE", [](float a, float b) { return a <= b; });
  addVectorCompare(o, "VFCMPORD",
                   [](float a, float b) { return a == a && b == b; });
}

void addMoves(Oracles &o) {
  o["FSEL"].run = [](Model &s, const Fields &f) -> Fact {
    int from = s.x[f.rs1] != 0 ? f.rs2 : f.rs3;
    s.setLane0(f.rd, uint32_t(s.raw(from, 32, 0)));
    return {};
  };
  o["VFREDOSUM"].run = [](Model &s, const Fields &f) -> Fact {
    uint32_t total = uint32_t(s.raw(f.vs1, 32, 0));
    for (unsigned i = 0; i < 16; ++i)
      total = sum(total, uint32_t(s.raw(f.vs2, 32, i)));
    s.setLane0(f.vd, total);
    return {};
  };
  o["VSPLAT_S"].run = [](Model &s, const Fields &f) -> Fact {
    s.fill(f.vd, 32, [&](unsigned) { return s.raw(f.vs1, 32, 0); });
    return {};
  };
  o["VFEXTRACT"].run = [](Model &s, const Fields &f) -> Fact {
    s.setLane0(f.rd, uint32_t(s.raw(f.rs1, 32, f.imm % 16)));
    return {};
  };
  o["VFINSERT"].run = [](Model &s, const Fields &f) -> Fact {
    s.setRaw(f.rd, 32, f.imm % 16, s.raw(f.rs1, 32, 0));
    return {};
  };
}

} // namespace

void addFloat(Oracles &o) {
  addArithmetic(o);
  addConversions(o);
  addCompares(o);
  addTree(o, "VFREDSUM", sum);
  addTree(o, "VFREDMIN", minimumNumber);
  addTree(o, "VFREDMAX", maximumNumber);
  addMoves(o);
}

} // namespace tatami::insns
