// The model's integer vectors (isa/insns/VectorInt.td).
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "Model.h"

namespace tatami::insns {

namespace {

struct Width {
  const char *letter;
  unsigned bits;
};
constexpr Width Widths[] = {{"B", 8}, {"H", 16}, {"W", 32}, {"D", 64}};

/// vd[i] = op(vs1[i], vs2[i]) for all widths; what does not fit is cut off.
using Op = Wide (*)(Lane a, Lane b);

void binary(Oracles &o, const std::string &name, Op op) {
  for (Width w : Widths)
    o[name + "_" + w.letter].run = [=](Model &s, const Fields &f) -> Fact {
      s.writeLanes(f, w.bits, [&](unsigned i) {
        return op(s.lane(f.vs1, w.bits, i), s.lane(f.vs2, w.bits, i));
      });
      return {};
    };
}
void shiftByConstant(Oracles &o, const std::string &name, Op op) {
  for (Width w : Widths)
    o[name + "_" + w.letter].run = [=](Model &s, const Fields &f) -> Fact {
      Lane by{f.imm, UWide(f.imm), w.bits};
      s.writeLanes(f, w.bits, [&](unsigned i) {
        return op(s.lane(f.vs1, w.bits, i), by);
      });
      return {};
    };
}
void compare(Oracles &o, const std::string &name, bool (*op)(Lane a, Lane b)) {
  for (Width w : Widths)
    o[name + "_" + w.letter].run = [=](Model &s, const Fields &f) -> Fact {
      uint64_t mask = 0;
      for (unsigned i = 0; i < 512 / w.bits; ++i) {
        bool active = f.form == isa::Form::Plain || (s.m[f.m] >> i & 1);
        if (active && op(s.lane(f.vs1, w.bits, i), s.lane(f.vs2, w.bits, i)))
          mask |= 1ull << i;
      }
      s.setMask(f.md, mask);
      return {};
    };
}
void unary(Oracles &o, const std::string &name, Wide (*op)(Lane a)) {
  for (Width w : Widths)
    o[name + "_" + w.letter].run = [=](Model &s, const Fields &f) -> Fact {
      s.writeLanes(f, w.bits,
                   [&](unsigned i) { return op(s.lane(f.vs1, w.bits, i)); });
      return {};
    };
}
/// Folds the lanes into rd; \p isUnsigned says how the result is extended.
void reduce(Oracles &o, const std::string &name, bool isUnsigned, Op op) {
  for (Width w : Widths)
    o[name + "_" + w.letter].run = [=](Model &s, const Fields &f) -> Fact {
      Lane sum = s.lane(f.vs1, w.bits, 0);
      for (unsigned i = 1; i < 512 / w.bits; ++i) {
        UWide next = UWide(op(sum, s.lane(f.vs1, w.bits, i)));
        sum = {signedOf(next, w.bits), unsignedOf(next, w.bits), w.bits};
      }
      s.setX(f.rd, isUnsigned ? uint64_t(sum.u) : uint64_t(sum.s));
      return {};
    };
}

unsigned amount(Lane b) { return unsigned(b.u % b.bits); }
Wide clamp(Wide value, Wide low, Wide high) {
  return value < low ? low : value > high ? high : value;
}
Wide clampSigned(Wide value, unsigned bits) {
  Wide half = Wide(1) << (bits - 1);
  return clamp(value, -half, half - 1);
}
Wide clampUnsigned(Wide value, unsigned bits) {
  return clamp(value, 0, (Wide(1) << bits) - 1);
}

void addBinary(Oracles &o) {
  binary(o, "VADD", [](Lane a, Lane b) { return a.s + b.s; });
  binary(o, "VSUB", [](Lane a, Lane b) { return a.s - b.s; });
  binary(o, "VMUL", [](Lane a, Lane b) { return Wide(a.u * b.u); });
  binary(o, "VMULH", [](Lane a, Lane b) { return a.s * b.s >> a.bits; });
  binary(o, "VMULHU", [](Lane a, Lane b) { return Wide(a.u * b.u >> a.bits); });
  binary(o, "VMIN", [](Lane a, Lane b) { return a.s < b.s ? a.s : b.s; });
  binary(o, "VMAX", [](Lane a, Lane b) { return a.s > b.s ? a.s : b.s; });
  binary(o, "VMINU", [](Lane a, Lane b) { return a.u < b.u ? a.s : b.s; });
  binary(o, "VMAXU", [](Lane a, Lane b) { return a.u > b.u ? a.s : b.s; });
  binary(o, "VAND", [](Lane a, Lane b) { return a.s & b.s; });
  binary(o, "VOR", [](Lane a, Lane b) { return a.s | b.s; });
  binary(o, "VXOR", [](Lane a, Lane b) { return a.s ^ b.s; });
  binary(o, "VANDN", [](Lane a, Lane b) { return a.s & ~b.s; });
  binary(o, "VADDS",
         [](Lane a, Lane b) { return clampSigned(a.s + b.s, a.bits); });
  binary(o, "VSUBS",
         [](Lane a, Lane b) { return clampSigned(a.s - b.s, a.bits); });
  binary(o, "VADDSU",
         [](Lane a, Lane b) { return clampUnsigned(Wide(a.u + b.u), a.bits); });
  binary(o, "VSUBSU", [](Lane a, Lane b) {
    return clampUnsigned(Wide(a.u) - Wide(b.u), a.bits);
  });
  binary(o, "VSLL", [](Lane a, Lane b) { return Wide(a.u << amount(b)); });
  binary(o, "VSRL", [](Lane a, Lane b) { return Wide(a.u >> amount(b)); });
  binary(o, "VSRA", [](Lane a, Lane b) { return a.s >> amount(b); });
  binary(o, "VROL", [](Lane a, Lane b) {
    return Wide(a.u << amount(b) | a.u >> (a.bits - amount(b)));
  });
  shiftByConstant(o, "VSLLI",
                  [](Lane a, Lane b) { return Wide(a.u << amount(b)); });
  shiftByConstant(o, "VSRLI",
                  [](Lane a, Lane b) { return Wide(a.u >> amount(b)); });
  shiftByConstant(o, "VSRAI", [](Lane a, Lane b) { return a.s >> amount(b); });
  for (Width w : Widths)
    o[std::string("VMACC_") + w.letter].run = [=](Model &s,
                                                  const Fields &f) -> Fact {
      s.writeLanes(f, w.bits, [&](unsigned i) {
        return s.lane(f.vd, w.bits, i).u +
               s.lane(f.vs1, w.bits, i).u * s.lane(f.vs2, w.bits, i).u;
      });
      return {};
    };
}

void addCompare(Oracles &o) {
  compare(o, "VCMPEQ", [](Lane a, Lane b) { return a.u == b.u; });
  compare(o, "VCMPNE", [](Lane a, Lane b) { return a.u != b.u; });
  compare(o, "VCMPLT", [](Lane a, Lane b) { return a.s < b.s; });
  compare(o, "VCMPLE", [](Lane a, Lane b) { return a.s <= b.s; });
  compare(o, "VCMPLTU", [](Lane a, Lane b) { return a.u < b.u; });
  compare(o, "VCMPLEU", [](Lane a, Lane b) { return a.u <= b.u; });
}

void addUnary(Oracles &o) {
  unary(o, "VABS", [](Lane a) { return a.s < 0 ? -a.s : a.s; });
  unary(o, "VMOV", [](Lane a) { return a.s; });
  unary(o, "VNOT", [](Lane a) { return ~a.s; });
  unary(o, "VCPOP", [](Lane a) {
    Wide count = 0;
    for (unsigned bit = 0; bit < a.bits; ++bit)
      count += Wide(a.u >> bit & 1);
    return count;
  });
  unary(o, "VCLZ", [](Lane a) {
    unsigned count = 0;
    while (count < a.bits && !(a.u >> (a.bits - 1 - count) & 1))
      ++count;
    return Wide(count);
  });
  unary(o, "VCTZ", [](Lane a) {
    unsigned count = 0;
    while (count < a.bits && !(a.u >> count & 1))
      ++count;
    return Wide(count);
  });
  unary(o, "VREV8", [](Lane a) {
    Wide result = 0;
    for (unsigned byte = 0; byte < a.bits / 8; ++byte)
      result = result << 8 | Wide(a.u >> 8 * byte & 0xff);
    return result;
  });
}

void addReduce(Oracles &o) {
  reduce(o, "VREDSUM", false, [](Lane a, Lane b) { return a.s + b.s; });
  reduce(o, "VREDMIN", false,
         [](Lane a, Lane b) { return a.s < b.s ? a.s : b.s; });
  reduce(o, "VREDMAX", false,
         [](Lane a, Lane b) { return a.s > b.s ? a.s : b.s; });
  reduce(o, "VREDAND", false, [](Lane a, Lane b) { return a.s & b.s; });
  reduce(o, "VREDOR", false, [](Lane a, Lane b) { return a.s | b.s; });
  reduce(o, "VREDXOR", false, [](Lane a, Lane b) { return a.s ^ b.s; });
  reduce(o, "VREDMINU", true,
         [](Lane a, Lane b) { return Wide(a.u < b.u ? a.u : b.u); });
  reduce(o, "VREDMAXU", true,
         [](Lane a, Lane b) { return Wide(a.u > b.u ? a.u : b.u); });
}

/// Between one scalar register and lanes.
void addMoves(Oracles &o) {
  for (Width w : Widths) {
    unsigned lanes = 512 / w.bits;
    auto add = [&](const char *name, auto run) {
      o[std::string(name) + "_" + w.letter].run = [=](Model &s,
                                                      const Fields &f) -> Fact {
        run(s, f);
        return {};
      };
    };
    add("VSPLAT", [=](Model &s, const Fields &f) {
      s.fill(f.vd, w.bits, [&](unsigned) { return s.x[f.rs1]; });
    });
    add("VIOTA", [=](Model &s, const Fields &f) {
      s.fill(f.vd, w.bits, [](unsigned i) { return i; });
    });
    add("VLI", [=](Model &s, const Fields &f) {
      s.fill(f.vd, w.bits, [&](unsigned) { return int64_t(f.imm); });
    });
    add("VEXTRACT", [=](Model &s, const Fields &f) {
      s.setX(f.rd, uint64_t(s.lane(f.rs1, w.bits, f.imm % lanes).s));
    });
    add("VEXTRACTX", [=](Model &s, const Fields &f) {
      s.setX(f.rd, uint64_t(s.lane(f.rs1, w.bits, s.x[f.rs2] % lanes).s));
    });
    add("VINSERT", [=](Model &s, const Fields &f) {
      s.setRaw(f.rd, w.bits, f.imm % lanes, s.x[f.rs1]);
    });
    add("VINSERTX", [=](Model &s, const Fields &f) {
      s.setRaw(f.rd, w.bits, s.x[f.rs2] % lanes, s.x[f.rs1]);
    });
  }
}

} // namespace

void addVectorInt(Oracles &o) {
  addBinary(o);
  addCompare(o);
  addUnary(o);
  addReduce(o);
  addMoves(o);
}

} // namespace tatami::insns
