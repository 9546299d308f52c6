// The model's integer arithmetic and branches (isa/insns/Scalar.td).
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "Model.h"

namespace tatami::insns {

namespace {

uint64_t signExtend32(uint64_t value) { return uint64_t(signedOf(value, 32)); }

/// rd = op(rs1, rs2), both as wide numbers; 64 or 32 bits.
using Op = Wide (*)(Lane a, Lane b);

Lane operandOf(uint64_t value, unsigned bits) {
  return {signedOf(value, bits), unsignedOf(value, bits), bits};
}
uint64_t resultOf(Wide value, unsigned bits) {
  return bits == 32 ? signExtend32(uint64_t(value)) : uint64_t(value);
}

void binary(Oracles &o, const char *name, unsigned bits, Op op) {
  o[name].run = [=](Model &s, const Fields &f) -> Fact {
    Wide result = op(operandOf(s.x[f.rs1], bits), operandOf(s.x[f.rs2], bits));
    s.setX(f.rd, resultOf(result, bits));
    return {};
  };
}
void withConstant(Oracles &o, const char *name, unsigned bits, Op op) {
  o[name].run = [=](Model &s, const Fields &f) -> Fact {
    Wide result = op(operandOf(s.x[f.rs1], bits),
                     operandOf(uint64_t(int64_t(f.imm)), bits));
    s.setX(f.rd, resultOf(result, bits));
    return {};
  };
}
/// The same operation on 64 and on 32 bits.
void both(Oracles &o, const std::string &name, Op op) {
  binary(o, name.c_str(), 64, op);
  binary(o, (name + "W").c_str(), 32, op);
}
void bothWithConstant(Oracles &o, const std::string &name, Op op) {
  withConstant(o, name.c_str(), 64, op);
  withConstant(o, (name + "W").c_str(), 32, op);
}

void unary(Oracles &o, const char *name, uint64_t (*op)(uint64_t)) {
  o[name].run = [=](Model &s, const Fields &f) -> Fact {
    s.setX(f.rd, op(s.x[f.rs1]));
    return {};
  };
}

void divide(Oracles &o, const std::string &name, Op op) {
  for (unsigned bits : {64u, 32u})
    o[name + (bits == 32 ? "W" : "")].run = [=](Model &s, const Fields &f) {
      Lane a = operandOf(s.x[f.rs1], bits), b = operandOf(s.x[f.rs2], bits);
      if (b.u == 0)
        return Fact::ofTrap(TrapKind::DivideByZero);
      s.setX(f.rd, resultOf(op(a, b), bits));
      return Fact{};
    };
}

void branch(Oracles &o, const std::string &name, bool (*op)(Lane a, Lane b)) {
  for (unsigned bits : {64u, 32u})
    o[name + (bits == 32 ? "W" : "")].run = [=](Model &s, const Fields &f) {
      return Fact::ofBranch(
          op(operandOf(s.x[f.rs1], bits), operandOf(s.x[f.rs2], bits)));
    };
}

unsigned amount(Lane b) { return unsigned(b.u % b.bits); }
Wide rotateLeft(Lane a, unsigned by) {
  return Wide(a.u << by | a.u >> (a.bits - by));
}

uint64_t reversed(uint64_t value, unsigned units, unsigned unitBits) {
  uint64_t result = 0;
  for (unsigned i = 0; i < units; ++i) {
    uint64_t unit = value >> i * unitBits & ((1ull << unitBits) - 1);
    result |= unit << (units - 1 - i) * unitBits;
  }
  return result;
}
unsigned leadingZeros(uint64_t value, unsigned bits) {
  unsigned count = 0;
  while (count < bits && !(value >> (bits - 1 - count) & 1))
    ++count;
  return count;
}
unsigned trailingZeros(uint64_t value, unsigned bits) {
  unsigned count = 0;
  while (count < bits && !(value >> count & 1))
    ++count;
  return count;
}
unsigned ones(uint64_t value, unsigned bits) {
  unsigned count = 0;
  for (unsigned i = 0; i < bits; ++i)
    count += value >> i & 1;
  return count;
}

void addArithmetic(Oracles &o) {
  both(o, "ADD", [](Lane a, Lane b) { return a.s + b.s; });
  both(o, "SUB", [](Lane a, Lane b) { return a.s - b.s; });
  both(o, "MUL", [](Lane a, Lane b) { return Wide(a.u * b.u); });
  both(o, "MIN", [](Lane a, Lane b) { return a.s < b.s ? a.s : b.s; });
  both(o, "MAX", [](Lane a, Lane b) { return a.s > b.s ? a.s : b.s; });
  both(o, "MINU", [](Lane a, Lane b) { return Wide(a.u < b.u ? a.u : b.u); });
  both(o, "MAXU", [](Lane a, Lane b) { return Wide(a.u > b.u ? a.u : b.u); });
  both(o, "SEQ", [](Lane a, Lane b) { return Wide(a.u == b.u); });
  both(o, "SNE", [](Lane a, Lane b) { return Wide(a.u != b.u); });
  both(o, "SLT", [](Lane a, Lane b) { return Wide(a.s < b.s); });
  both(o, "SLTU", [](Lane a, Lane b) { return Wide(a.u < b.u); });
  both(o, "SLL", [](Lane a, Lane b) { return Wide(a.u << amount(b)); });
  both(o, "SRL", [](Lane a, Lane b) { return Wide(a.u >> amount(b)); });
  both(o, "SRA", [](Lane a, Lane b) { return a.s >> amount(b); });
  both(o, "ROL", [](Lane a, Lane b) { return rotateLeft(a, amount(b)); });
  both(o, "ROR", [](Lane a, Lane b) {
    return rotateLeft(a, (a.bits - amount(b)) % a.bits);
  });
  auto one = [&](const char *name, Op op) { binary(o, name, 64, op); };
  one("AND", [](Lane a, Lane b) { return a.s & b.s; });
  one("OR", [](Lane a, Lane b) { return a.s | b.s; });
  one("XOR", [](Lane a, Lane b) { return a.s ^ b.s; });
  one("XNOR", [](Lane a, Lane b) { return ~(a.s ^ b.s); });
  one("ANDN", [](Lane a, Lane b) { return a.s & ~b.s; });
  one("ORN", [](Lane a, Lane b) { return a.s | ~b.s; });
  one("MULH", [](Lane a, Lane b) { return a.s * b.s >> 64; });
  one("MULHU", [](Lane a, Lane b) { return Wide(a.u * b.u >> 64); });
  // The product needs 128 bits, signed: |a| is at most 2^63, b below 2^64.
  one("MULHSU", [](Lane a, Lane b) { return a.s * Wide(b.u) >> 64; });

  divide(o, "DIV", [](Lane a, Lane b) { return a.s / b.s; });
  divide(o, "DIVU", [](Lane a, Lane b) { return Wide(a.u / b.u); });
  divide(o, "REM", [](Lane a, Lane b) { return a.s % b.s; });
  divide(o, "REMU", [](Lane a, Lane b) { return Wide(a.u % b.u); });

  bothWithConstant(o, "ADDI", [](Lane a, Lane b) { return a.s + b.s; });
  bothWithConstant(o, "SLTI", [](Lane a, Lane b) { return Wide(a.s < b.s); });
  bothWithConstant(o, "SLTIU", [](Lane a, Lane b) { return Wide(a.u < b.u); });
  bothWithConstant(o, "SEQI", [](Lane a, Lane b) { return Wide(a.s == b.s); });
  bothWithConstant(o, "SNEI", [](Lane a, Lane b) { return Wide(a.s != b.s); });
  bothWithConstant(o, "SLLI", [](Lane a, Lane b) { return Wide(a.u << b.u); });
  bothWithConstant(o, "SRLI", [](Lane a, Lane b) { return Wide(a.u >> b.u); });
  bothWithConstant(o, "SRAI", [](Lane a, Lane b) { return a.s >> b.s; });
  bothWithConstant(o, "RORI", [](Lane a, Lane b) {
    return Wide(a.u >> b.u | a.u << (a.bits - unsigned(b.u)));
  });
  withConstant(o, "ANDI", 64, [](Lane a, Lane b) { return a.s & b.s; });
  withConstant(o, "ORI", 64, [](Lane a, Lane b) { return a.s | b.s; });
  withConstant(o, "XORI", 64, [](Lane a, Lane b) { return a.s ^ b.s; });
  withConstant(o, "SLLIUW", 64,
               [](Lane a, Lane b) { return Wide(unsignedOf(a.u, 32) << b.u); });
}

void addBits(Oracles &o) {
  unary(o, "CLZ", [](uint64_t a) -> uint64_t { return leadingZeros(a, 64); });
  unary(o, "CTZ", [](uint64_t a) -> uint64_t { return trailingZeros(a, 64); });
  unary(o, "CPOP", [](uint64_t a) -> uint64_t { return ones(a, 64); });
  unary(o, "CLZW", [](uint64_t a) -> uint64_t { return leadingZeros(a, 32); });
  unary(o, "CTZW", [](uint64_t a) -> uint64_t { return trailingZeros(a, 32); });
  unary(o, "CPOPW", [](uint64_t a) -> uint64_t { return ones(a, 32); });
  unary(o, "SEXTB", [](uint64_t a) { return uint64_t(signedOf(a, 8)); });
  unary(o, "SEXTH", [](uint64_t a) { return uint64_t(signedOf(a, 16)); });
  unary(o, "SEXTW", [](uint64_t a) { return uint64_t(signedOf(a, 32)); });
  unary(o, "ZEXTH", [](uint64_t a) { return a % 0x10000; });
  unary(o, "ZEXTW", [](uint64_t a) { return a % 0x100000000; });
  unary(o, "REV8", [](uint64_t a) { return reversed(a, 8, 8); });
  unary(o, "REV8W", [](uint64_t a) { return signExtend32(reversed(a, 4, 8)); });
  unary(o, "BREV", [](uint64_t a) { return reversed(a, 64, 1); });
  unary(o, "BREVW",
        [](uint64_t a) { return signExtend32(reversed(a, 32, 1)); });
}

/// Three sources, or a shift beside two.
void compute(Oracles &o, const char *name,
             uint64_t (*op)(const Model &s, const Fields &f)) {
  o[name].run = [=](Model &s, const Fields &f) -> Fact {
    s.setX(f.rd, op(s, f));
    return {};
  };
}

void addOthers(Oracles &o) {
  compute(o, "ADDSL", [](const Model &s, const Fields &f) -> uint64_t {
    return s.x[f.rs1] + s.x[f.rs2] * (1ull << f.shift);
  });
  compute(o, "ADDSLUW", [](const Model &s, const Fields &f) -> uint64_t {
    return s.x[f.rs1] + s.x[f.rs2] % 0x100000000 * (1ull << f.shift);
  });
  compute(o, "MADD", [](const Model &s, const Fields &f) {
    return s.x[f.rs1] * s.x[f.rs2] + s.x[f.rs3];
  });
  compute(o, "MADDW", [](const Model &s, const Fields &f) {
    return signExtend32(s.x[f.rs1] * s.x[f.rs2] + s.x[f.rs3]);
  });
  compute(o, "MSUB", [](const Model &s, const Fields &f) {
    return s.x[f.rs3] - s.x[f.rs1] * s.x[f.rs2];
  });
  compute(o, "MSUBW", [](const Model &s, const Fields &f) {
    return signExtend32(s.x[f.rs3] - s.x[f.rs1] * s.x[f.rs2]);
  });
  compute(o, "SEL", [](const Model &s, const Fields &f) {
    return s.x[f.rs1] != 0 ? s.x[f.rs2] : s.x[f.rs3];
  });
  compute(o, "LI",
          [](const Model &, const Fields &f) { return uint64_t(f.imm); });
  compute(o, "LUI", [](const Model &, const Fields &f) {
    return uint64_t(int64_t(f.imm) * 0x8000);
  });
  compute(o, "INSH", [](const Model &s, const Fields &f) {
    uint64_t hole = 0xffffull << 16 * f.pos;
    return (s.x[f.rd] & ~hole) | uint64_t(f.imm) << 16 * f.pos;
  });
}

void addControl(Oracles &o) {
  branch(o, "BEQ", [](Lane a, Lane b) { return a.u == b.u; });
  branch(o, "BNE", [](Lane a, Lane b) { return a.u != b.u; });
  branch(o, "BLT", [](Lane a, Lane b) { return a.s < b.s; });
  branch(o, "BGE", [](Lane a, Lane b) { return a.s >= b.s; });
  branch(o, "BLTU", [](Lane a, Lane b) { return a.u < b.u; });
  branch(o, "BGEU", [](Lane a, Lane b) { return a.u >= b.u; });
  o["JAL"].run = [](Model &s, const Fields &f) {
    s.setX(f.rd, s.pc + 4);
    return Fact::ofBranch(true);
  };
  o["JALR"].run = [](Model &s, const Fields &f) {
    uint64_t target = s.x[f.rs1] + uint64_t(int64_t(f.imm));
    s.setX(f.rd, s.pc + 4);
    return Fact::ofJump(target);
  };
}

} // namespace

void addScalar(Oracles &o) {
  addArithmetic(o);
  addBits(o);
  addOthers(o);
  addControl(o);
}

} // namespace tatami::insns
