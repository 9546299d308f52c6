//===- Scalar.h - Integer arithmetic, branches, constants -------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TATAMI_SEMANTICS_SCALAR_H
#define TATAMI_SEMANTICS_SCALAR_H

#include "tatami/semantics/Exec.h"

#include <algorithm>
#include <bit>

namespace tatami::inline TATAMI_HOST_LEVEL {

__extension__ using Int128 = __int128;
__extension__ using UInt128 = unsigned __int128;

TATAMI_INLINE std::int64_t asSigned(std::uint64_t x) {
  return static_cast<std::int64_t>(x);
}
/// The low 32 bits, and the low 32 bits as a signed number.
TATAMI_INLINE std::uint32_t low32(std::uint64_t x) {
  return static_cast<std::uint32_t>(x);
}
TATAMI_INLINE std::int32_t signed32(std::uint64_t x) {
  return static_cast<std::int32_t>(x);
}
/// A 32-bit result as a register holds it.
TATAMI_INLINE std::uint64_t signExtend32(std::uint32_t x) {
  return static_cast<std::uint64_t>(static_cast<std::int32_t>(x));
}
/// A constant operand as a register would hold it.
TATAMI_INLINE std::uint64_t constant(std::int32_t imm) {
  return static_cast<std::uint64_t>(std::int64_t(imm));
}

/// Reverses the bits of a word by swapping ever larger groups.
TATAMI_INLINE std::uint64_t reverseBits(std::uint64_t x) {
  x = (x >> 1 & 0x5555555555555555u) | (x & 0x5555555555555555u) << 1;
  x = (x >> 2 & 0x3333333333333333u) | (x & 0x3333333333333333u) << 2;
  x = (x >> 4 & 0x0f0f0f0f0f0f0f0fu) | (x & 0x0f0f0f0f0f0f0f0fu) << 4;
  return __builtin_bswap64(x);
}

/// Signed quotient and remainder. The smallest number divided by -1 is itself,
/// with remainder 0: the wrapped result.
template <class T> TATAMI_INLINE T quotient(T a, T b) {
  return b == T(-1) ? static_cast<T>(0 - std::make_unsigned_t<T>(a)) : a / b;
}
template <class T> TATAMI_INLINE T remainder(T a, T b) {
  return b == T(-1) ? T(0) : a % b;
}

// clang-format off

//===-- Two registers ------------------------------------------------------===//

TATAMI_EXEC(void, Add)   { t.x[i.rd] = t.x[i.rs1] + t.x[i.rs2]; }
TATAMI_EXEC(void, Sub)   { t.x[i.rd] = t.x[i.rs1] - t.x[i.rs2]; }
TATAMI_EXEC(void, And)   { t.x[i.rd] = t.x[i.rs1] & t.x[i.rs2]; }
TATAMI_EXEC(void, Or)    { t.x[i.rd] = t.x[i.rs1] | t.x[i.rs2]; }
TATAMI_EXEC(void, Xor)   { t.x[i.rd] = t.x[i.rs1] ^ t.x[i.rs2]; }
TATAMI_EXEC(void, Andn)  { t.x[i.rd] = t.x[i.rs1] & ~t.x[i.rs2]; }
TATAMI_EXEC(void, Orn)   { t.x[i.rd] = t.x[i.rs1] | ~t.x[i.rs2]; }
TATAMI_EXEC(void, Xnor)  { t.x[i.rd] = ~(t.x[i.rs1] ^ t.x[i.rs2]); }
TATAMI_EXEC(void, Addw)  { t.x[i.rd] = signExtend32(low32(t.x[i.rs1] + t.x[i.rs2])); }
TATAMI_EXEC(void, Subw)  { t.x[i.rd] = signExtend32(low32(t.x[i.rs1] - t.x[i.rs2])); }

TATAMI_EXEC(void, Min)   { t.x[i.rd] = static_cast<std::uint64_t>(std::min(asSigned(t.x[i.rs1]), asSigned(t.x[i.rs2]))); }
TATAMI_EXEC(void, Max)   { t.x[i.rd] = static_cast<std::uint64_t>(std::max(asSigned(t.x[i.rs1]), asSigned(t.x[i.rs2]))); }
TATAMI_EXEC(void, Minu)  { t.x[i.rd] = std::min(t.x[i.rs1], t.x[i.rs2]); }
TATAMI_EXEC(void, Maxu)  { t.x[i.rd] = std::max(t.x[i.rs1], t.x[i.rs2]); }
TATAMI_EXEC(void, Minw)  { t.x[i.rd] = constant(std::min(signed32(t.x[i.rs1]), signed32(t.x[i.rs2]))); }
TATAMI_EXEC(void, Maxw)  { t.x[i.rd] = constant(std::max(signed32(t.x[i.rs1]), signed32(t.x[i.rs2]))); }
TATAMI_EXEC(void, Minuw) { t.x[i.rd] = signExtend32(std::min(low32(t.x[i.rs1]), low32(t.x[i.rs2]))); }
TATAMI_EXEC(void, Maxuw) { t.x[i.rd] = signExtend32(std::max(low32(t.x[i.rs1]), low32(t.x[i.rs2]))); }

TATAMI_EXEC(void, Seq)   { t.x[i.rd] = t.x[i.rs1] == t.x[i.rs2]; }
TATAMI_EXEC(void, Sne)   { t.x[i.rd] = t.x[i.rs1] != t.x[i.rs2]; }
TATAMI_EXEC(void, Slt)   { t.x[i.rd] = asSigned(t.x[i.rs1]) < asSigned(t.x[i.rs2]); }
TATAMI_EXEC(void, Sltu)  { t.x[i.rd] = t.x[i.rs1] < t.x[i.rs2]; }
TATAMI_EXEC(void, Seqw)  { t.x[i.rd] = low32(t.x[i.rs1]) == low32(t.x[i.rs2]); }
TATAMI_EXEC(void, Snew)  { t.x[i.rd] = low32(t.x[i.rs1]) != low32(t.x[i.rs2]); }
TATAMI_EXEC(void, Sltw)  { t.x[i.rd] = signed32(t.x[i.rs1]) < signed32(t.x[i.rs2]); }
TATAMI_EXEC(void, Sltuw) { t.x[i.rd] = low32(t.x[i.rs1]) < low32(t.x[i.rs2]); }

TATAMI_EXEC(void, Sll)   { t.x[i.rd] = t.x[i.rs1] << (t.x[i.rs2] & 63); }
TATAMI_EXEC(void, Srl)   { t.x[i.rd] = t.x[i.rs1] >> (t.x[i.rs2] & 63); }
TATAMI_EXEC(void, Sra)   { t.x[i.rd] = static_cast<std::uint64_t>(asSigned(t.x[i.rs1]) >> (t.x[i.rs2] & 63)); }
TATAMI_EXEC(void, Rol)   { t.x[i.rd] = std::rotl(t.x[i.rs1], int(t.x[i.rs2] & 63)); }
TATAMI_EXEC(void, Ror)   { t.x[i.rd] = std::rotr(t.x[i.rs1], int(t.x[i.rs2] & 63)); }
TATAMI_EXEC(void, Sllw)  { t.x[i.rd] = signExtend32(low32(t.x[i.rs1]) << (t.x[i.rs2] & 31)); }
TATAMI_EXEC(void, Srlw)  { t.x[i.rd] = signExtend32(low32(t.x[i.rs1]) >> (t.x[i.rs2] & 31)); }
TATAMI_EXEC(void, Sraw)  { t.x[i.rd] = constant(signed32(t.x[i.rs1]) >> (t.x[i.rs2] & 31)); }
TATAMI_EXEC(void, Rolw)  { t.x[i.rd] = signExtend32(std::rotl(low32(t.x[i.rs1]), int(t.x[i.rs2] & 31))); }
TATAMI_EXEC(void, Rorw)  { t.x[i.rd] = signExtend32(std::rotr(low32(t.x[i.rs1]), int(t.x[i.rs2] & 31))); }

//===-- Multiply and divide ------------------------------------------------===//

TATAMI_EXEC(void, Mul)    { t.x[i.rd] = t.x[i.rs1] * t.x[i.rs2]; }
TATAMI_EXEC(void, Mulw)   { t.x[i.rd] = signExtend32(low32(t.x[i.rs1] * t.x[i.rs2])); }
TATAMI_EXEC(void, Mulh)   { t.x[i.rd] = static_cast<std::uint64_t>(Int128(asSigned(t.x[i.rs1])) * asSigned(t.x[i.rs2]) >> 64); }
TATAMI_EXEC(void, Mulhu)  { t.x[i.rd] = static_cast<std::uint64_t>(UInt128(t.x[i.rs1]) * t.x[i.rs2] >> 64); }
TATAMI_EXEC(void, Mulhsu) { t.x[i.rd] = static_cast<std::uint64_t>(Int128(asSigned(t.x[i.rs1])) * Int128(t.x[i.rs2]) >> 64); }
TATAMI_EXEC(void, Madd)   { t.x[i.rd] = t.x[i.rs1] * t.x[i.rs2] + t.x[i.rs3]; }
TATAMI_EXEC(void, Maddw)  { t.x[i.rd] = signExtend32(low32(t.x[i.rs1] * t.x[i.rs2] + t.x[i.rs3])); }
TATAMI_EXEC(void, Msub)   { t.x[i.rd] = t.x[i.rs3] - t.x[i.rs1] * t.x[i.rs2]; }
TATAMI_EXEC(void, Msubw)  { t.x[i.rd] = signExtend32(low32(t.x[i.rs3] - t.x[i.rs1] * t.x[i.rs2])); }

// clang-format on

TATAMI_EXEC(TrapKind, Div) {
  if (t.x[i.rs2] == 0)
    return TrapKind::DivideByZero;
  t.x[i.rd] = static_cast<std::uint64_t>(
      quotient(asSigned(t.x[i.rs1]), asSigned(t.x[i.rs2])));
  return TrapKind::None;
}
TATAMI_EXEC(TrapKind, Divu) {
  if (t.x[i.rs2] == 0)
    return TrapKind::DivideByZero;
  t.x[i.rd] = t.x[i.rs1] / t.x[i.rs2];
  return TrapKind::None;
}
TATAMI_EXEC(TrapKind, Rem) {
  if (t.x[i.rs2] == 0)
    return TrapKind::DivideByZero;
  t.x[i.rd] = static_cast<std::uint64_t>(
      remainder(asSigned(t.x[i.rs1]), asSigned(t.x[i.rs2])));
  return TrapKind::None;
}
TATAMI_EXEC(TrapKind, Remu) {
  if (t.x[i.rs2] == 0)
    return TrapKind::DivideByZero;
  t.x[i.rd] = t.x[i.rs1] % t.x[i.rs2];
  return TrapKind::None;
}
TATAMI_EXEC(TrapKind, Divw) {
  if (low32(t.x[i.rs2]) == 0)
    return TrapKind::DivideByZero;
  t.x[i.rd] = constant(quotient(signed32(t.x[i.rs1]), signed32(t.x[i.rs2])));
  return TrapKind::None;
}
TATAMI_EXEC(TrapKind, Divuw) {
  if (low32(t.x[i.rs2]) == 0)
    return TrapKind::DivideByZero;
  t.x[i.rd] = signExtend32(low32(t.x[i.rs1]) / low32(t.x[i.rs2]));
  return TrapKind::None;
}
TATAMI_EXEC(TrapKind, Remw) {
  if (low32(t.x[i.rs2]) == 0)
    return TrapKind::DivideByZero;
  t.x[i.rd] = constant(remainder(signed32(t.x[i.rs1]), signed32(t.x[i.rs2])));
  return TrapKind::None;
}
TATAMI_EXEC(TrapKind, Remuw) {
  if (low32(t.x[i.rs2]) == 0)
    return TrapKind::DivideByZero;
  t.x[i.rd] = signExtend32(low32(t.x[i.rs1]) % low32(t.x[i.rs2]));
  return TrapKind::None;
}

// clang-format off

//===-- One register -------------------------------------------------------===//

TATAMI_EXEC(void, Clz)   { t.x[i.rd] = static_cast<std::uint64_t>(std::countl_zero(t.x[i.rs1])); }
TATAMI_EXEC(void, Ctz)   { t.x[i.rd] = static_cast<std::uint64_t>(std::countr_zero(t.x[i.rs1])); }
TATAMI_EXEC(void, Cpop)  { t.x[i.rd] = static_cast<std::uint64_t>(std::popcount(t.x[i.rs1])); }
TATAMI_EXEC(void, Clzw)  { t.x[i.rd] = static_cast<std::uint64_t>(std::countl_zero(low32(t.x[i.rs1]))); }
TATAMI_EXEC(void, Ctzw)  { t.x[i.rd] = static_cast<std::uint64_t>(std::countr_zero(low32(t.x[i.rs1]))); }
TATAMI_EXEC(void, Cpopw) { t.x[i.rd] = static_cast<std::uint64_t>(std::popcount(low32(t.x[i.rs1]))); }
TATAMI_EXEC(void, Sextb) { t.x[i.rd] = constant(static_cast<std::int8_t>(t.x[i.rs1])); }
TATAMI_EXEC(void, Sexth) { t.x[i.rd] = constant(static_cast<std::int16_t>(t.x[i.rs1])); }
TATAMI_EXEC(void, Sextw) { t.x[i.rd] = signExtend32(low32(t.x[i.rs1])); }
TATAMI_EXEC(void, Zexth) { t.x[i.rd] = static_cast<std::uint16_t>(t.x[i.rs1]); }
TATAMI_EXEC(void, Zextw) { t.x[i.rd] = low32(t.x[i.rs1]); }
TATAMI_EXEC(void, Rev8)  { t.x[i.rd] = __builtin_bswap64(t.x[i.rs1]); }
TATAMI_EXEC(void, Rev8w) { t.x[i.rd] = signExtend32(__builtin_bswap32(low32(t.x[i.rs1]))); }
TATAMI_EXEC(void, Brev)  { t.x[i.rd] = reverseBits(t.x[i.rs1]); }
TATAMI_EXEC(void, Brevw) { t.x[i.rd] = signExtend32(low32(reverseBits(t.x[i.rs1]) >> 32)); }

//===-- A register and a constant ------------------------------------------===//

TATAMI_EXEC(void, Addi)   { t.x[i.rd] = t.x[i.rs1] + constant(i.imm); }
TATAMI_EXEC(void, Addiw)  { t.x[i.rd] = signExtend32(low32(t.x[i.rs1] + constant(i.imm))); }
TATAMI_EXEC(void, Andi)   { t.x[i.rd] = t.x[i.rs1] & constant(i.imm); }
TATAMI_EXEC(void, Ori)    { t.x[i.rd] = t.x[i.rs1] | constant(i.imm); }
TATAMI_EXEC(void, Xori)   { t.x[i.rd] = t.x[i.rs1] ^ constant(i.imm); }
TATAMI_EXEC(void, Slti)   { t.x[i.rd] = asSigned(t.x[i.rs1]) < i.imm; }
TATAMI_EXEC(void, Sltiu)  { t.x[i.rd] = t.x[i.rs1] < constant(i.imm); }
TATAMI_EXEC(void, Seqi)   { t.x[i.rd] = t.x[i.rs1] == constant(i.imm); }
TATAMI_EXEC(void, Snei)   { t.x[i.rd] = t.x[i.rs1] != constant(i.imm); }
TATAMI_EXEC(void, Sltiw)  { t.x[i.rd] = signed32(t.x[i.rs1]) < i.imm; }
TATAMI_EXEC(void, Sltiuw) { t.x[i.rd] = low32(t.x[i.rs1]) < low32(constant(i.imm)); }
TATAMI_EXEC(void, Seqiw)  { t.x[i.rd] = signed32(t.x[i.rs1]) == i.imm; }
TATAMI_EXEC(void, Sneiw)  { t.x[i.rd] = signed32(t.x[i.rs1]) != i.imm; }
TATAMI_EXEC(void, Slli)   { t.x[i.rd] = t.x[i.rs1] << i.imm; }
TATAMI_EXEC(void, Srli)   { t.x[i.rd] = t.x[i.rs1] >> i.imm; }
TATAMI_EXEC(void, Srai)   { t.x[i.rd] = static_cast<std::uint64_t>(asSigned(t.x[i.rs1]) >> i.imm); }
TATAMI_EXEC(void, Rori)   { t.x[i.rd] = std::rotr(t.x[i.rs1], i.imm); }
TATAMI_EXEC(void, Slliw)  { t.x[i.rd] = signExtend32(low32(t.x[i.rs1]) << i.imm); }
TATAMI_EXEC(void, Srliw)  { t.x[i.rd] = signExtend32(low32(t.x[i.rs1]) >> i.imm); }
TATAMI_EXEC(void, Sraiw)  { t.x[i.rd] = constant(signed32(t.x[i.rs1]) >> i.imm); }
TATAMI_EXEC(void, Roriw)  { t.x[i.rd] = signExtend32(std::rotr(low32(t.x[i.rs1]), i.imm)); }
TATAMI_EXEC(void, Slliuw) { t.x[i.rd] = std::uint64_t(low32(t.x[i.rs1])) << i.imm; }

TATAMI_EXEC(void, Addsl)   { t.x[i.rd] = t.x[i.rs1] + (t.x[i.rs2] << i.shift); }
TATAMI_EXEC(void, Addsluw) { t.x[i.rd] = t.x[i.rs1] + (std::uint64_t(low32(t.x[i.rs2])) << i.shift); }

TATAMI_EXEC(void, Sel)  { t.x[i.rd] = t.x[i.rs1] != 0 ? t.x[i.rs2] : t.x[i.rs3]; }
TATAMI_EXEC(void, Li)   { t.x[i.rd] = constant(i.imm); }
TATAMI_EXEC(void, Lui)  { t.x[i.rd] = constant(i.imm) << 15; }
TATAMI_EXEC(void, Insh) {
  std::uint64_t field = std::uint64_t(0xffff) << (16 * i.pos);
  std::uint64_t inserted = std::uint64_t(i.imm) << (16 * i.pos);
  writeDestination(t, i.rd, (readDestination(t, i.rd) & ~field) | (inserted & field));
}

//===-- Control transfer ---------------------------------------------------===//

TATAMI_EXEC(Taken, Beq)   { return {t.x[i.rs1] == t.x[i.rs2]}; }
TATAMI_EXEC(Taken, Bne)   { return {t.x[i.rs1] != t.x[i.rs2]}; }
TATAMI_EXEC(Taken, Blt)   { return {asSigned(t.x[i.rs1]) < asSigned(t.x[i.rs2])}; }
TATAMI_EXEC(Taken, Bge)   { return {asSigned(t.x[i.rs1]) >= asSigned(t.x[i.rs2])}; }
TATAMI_EXEC(Taken, Bltu)  { return {t.x[i.rs1] < t.x[i.rs2]}; }
TATAMI_EXEC(Taken, Bgeu)  { return {t.x[i.rs1] >= t.x[i.rs2]}; }
TATAMI_EXEC(Taken, Beqw)  { return {low32(t.x[i.rs1]) == low32(t.x[i.rs2])}; }
TATAMI_EXEC(Taken, Bnew)  { return {low32(t.x[i.rs1]) != low32(t.x[i.rs2])}; }
TATAMI_EXEC(Taken, Bltw)  { return {signed32(t.x[i.rs1]) < signed32(t.x[i.rs2])}; }
TATAMI_EXEC(Taken, Bgew)  { return {signed32(t.x[i.rs1]) >= signed32(t.x[i.rs2])}; }
TATAMI_EXEC(Taken, Bltuw) { return {low32(t.x[i.rs1]) < low32(t.x[i.rs2])}; }
TATAMI_EXEC(Taken, Bgeuw) { return {low32(t.x[i.rs1]) >= low32(t.x[i.rs2])}; }

// clang-format on

TATAMI_EXEC(Taken, Jal) {
  t.x[i.rd] = t.pc + 4;
  return {true};
}
TATAMI_EXEC(Target, Jalr) {
  std::uint64_t target = t.x[i.rs1] + constant(i.imm);
  t.x[i.rd] = t.pc + 4;
  return {target};
}

} // namespace tatami::inline TATAMI_HOST_LEVEL

#endif // TATAMI_SEMANTICS_SCALAR_H
