// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// See Compare.h.
#include "Compare.h"
#include "Draw.h"

#include <cinttypes>
#include <cstdio>
#include <stdexcept>

namespace tatami::insns {

isa::DecodedInst throughEncoding(isa::Opcode op, const Fields &fields) {
  isa::DecodedInst inst{op, {}};
  Fields copy = fields;
  for (const isa::OperandInfo &operand : isa::info(op).operandList())
    isa::setOperandValue(inst, operand, fieldNamed(copy, operand.name));
  std::optional<uint32_t> word = isa::encode(inst);
  std::optional<isa::DecodedInst> decoded;
  if (word)
    decoded = isa::decode(*word);
  if (!decoded || decoded->opcode != op)
    throw std::logic_error(std::string("cannot encode and decode ") +
                           isa::info(op).name);
  return *decoded;
}

bool readsAndWritesX(const isa::InstInfo &info) {
  for (const isa::OperandInfo &operand : info.operandList())
    if (operand.file == isa::RegFile::X && operand.source &&
        operand.destination)
      return true;
  return false;
}

/// x[32] swallows writes to x0; whoever reads it would see this.
static constexpr uint64_t SinkJunk = 0xdeadbeefdeadbeef;

void copyRegisters(const Model &from, ThreadState &to) {
  std::memcpy(to.x, from.x.data(), sizeof(from.x));
  to.x[SinkRegister] = SinkJunk;
  to.pc = from.pc;
  to.stackLimit = from.stackLimit;
  to.conversionFlags = from.conversionFlags;
  std::memcpy(to.m, from.m.data(), sizeof(from.m));
  std::memcpy(to.v, from.v.data(), sizeof(from.v));
  std::memcpy(to.acc, from.acc.data(), sizeof(from.acc));
}

void copyMemory(const Model &from, Sram &to) {
  std::memcpy(to.bytes(), from.memory.data(), from.memory.size());
}

static std::string differ(const std::string &what, uint64_t model,
                          uint64_t real) {
  char text[96];
  std::snprintf(text, sizeof(text), ": expected 0x%" PRIx64 ", got 0x%" PRIx64,
                model, real);
  return what + text;
}

static std::string differenceOfBytes(const std::string &what,
                                     const uint8_t *model, const uint8_t *real,
                                     size_t size) {
  for (size_t i = 0; i < size; i += 4)
    if (std::memcmp(model + i, real + i, 4) != 0) {
      uint32_t expected, got;
      std::memcpy(&expected, model + i, 4);
      std::memcpy(&got, real + i, 4);
      return differ(what + ", word " + std::to_string(i / 4), expected, got);
    }
  return "";
}

std::string differenceOfRegisters(const Model &model, const ThreadState &t) {
  for (unsigned i = 0; i < 32; ++i)
    if (model.x[i] != t.x[i])
      return differ("x" + std::to_string(i), model.x[i], t.x[i]);
  for (unsigned i = 0; i < 8; ++i)
    if (model.m[i] != t.m[i])
      return differ("m" + std::to_string(i), model.m[i], t.m[i]);
  if (std::memcmp(model.v.data(), t.v, sizeof(t.v)) != 0)
    for (unsigned i = 0; i < 32; ++i)
      if (std::string found =
              differenceOfBytes("v" + std::to_string(i), model.v[i].data(),
                                reinterpret_cast<const uint8_t *>(&t.v[i]), 64);
          !found.empty())
        return found;
  if (std::memcmp(model.acc.data(), t.acc, sizeof(t.acc)) != 0)
    for (unsigned i = 0; i < 8; ++i)
      if (std::string found = differenceOfBytes(
              "acc" + std::to_string(i), model.acc[i].data(),
              reinterpret_cast<const uint8_t *>(&t.acc[i]), 256);
          !found.empty())
        return found;
  if (model.pc != t.pc)
    return differ("pc", model.pc, t.pc);
  if (model.stackLimit != t.stackLimit)
    return differ("stacklimit", model.stackLimit, t.stackLimit);
  if (model.conversionFlags != t.conversionFlags)
    return differ("convflags", model.conversionFlags, t.conversionFlags);
  return "";
}

std::string differenceOfMemory(const Model &model, const Sram &sram) {
  if (std::memcmp(model.memory.data(), sram.bytes(), model.memory.size()) == 0)
    return "";
  return differenceOfBytes("memory", model.memory.data(), sram.bytes(),
                           model.memory.size());
}

std::string differenceOfFacts(const Fact &model, const Fact &real) {
  // An instruction that can never trap may say so by its type.
  auto kindOf = [](const Fact &fact) {
    bool nothing = fact.kind == Fact::Trap && fact.trap == TrapKind::None;
    return nothing ? Fact::Nothing : fact.kind;
  };
  if (model.trap != real.trap)
    return differ("trap", uint64_t(model.trap), uint64_t(real.trap));
  if (kindOf(model) != kindOf(real))
    return differ("kind of fact", kindOf(model), kindOf(real));
  if (model.taken != real.taken)
    return differ("taken", model.taken, real.taken);
  if (model.target != real.target)
    return differ("target", model.target, real.target);
  const Request &m = model.request, &r = real.request;
  if (model.kind != Fact::Ask)
    return "";
  if (m.kind != r.kind)
    return differ("request", uint64_t(m.kind), uint64_t(r.kind));
  if (m.reg != r.reg)
    return differ("request's register", m.reg, r.reg);
  if (m.operand != r.operand)
    return differ("request's operand", uint64_t(m.operand),
                  uint64_t(r.operand));
  if (m.bytes != r.bytes)
    return differ("request's bytes", m.bytes, r.bytes);
  if (m.operand == RemoteOperand::Scalar && m.bytes < 8 &&
      m.signExtends != r.signExtends)
    return differ("request's sign", m.signExtends, r.signExtends);
  if (m.a != r.a)
    return differ("request's a", m.a, r.a);
  if (m.b != r.b)
    return differ("request's b", m.b, r.b);
  if (m.c != r.c)
    return differ("request's c", m.c, r.c);
  if (m.d != r.d)
    return differ("request's d", m.d, r.d);
  return "";
}

} // namespace tatami::insns
