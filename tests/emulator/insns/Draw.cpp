// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// See Draw.h.
#include "Draw.h"

#include <algorithm>
#include <stdexcept>

namespace tatami::insns {

int &fieldNamed(Fields &fields, const std::string &name) {
  static const std::map<std::string, int Fields::*> members = {
      {"rd", &Fields::rd},     {"rs1", &Fields::rs1}, {"rs2", &Fields::rs2},
      {"rs3", &Fields::rs3},   {"vd", &Fields::vd},   {"vs1", &Fields::vs1},
      {"vs2", &Fields::vs2},   {"md", &Fields::md},   {"ms1", &Fields::ms1},
      {"ms2", &Fields::ms2},   {"m", &Fields::m},     {"acc", &Fields::acc},
      {"acc2", &Fields::acc2}, {"imm", &Fields::imm}, {"shift", &Fields::shift},
      {"pos", &Fields::pos}};
  auto found = members.find(name);
  if (found == members.end())
    throw std::logic_error("the tests do not know the operand " + name);
  return fields.*found->second;
}

uint64_t Draw::next() {
  State ^= State << 13;
  State ^= State >> 7;
  State ^= State << 17;
  return State * 0x9e3779b97f4a7c15u;
}

uint64_t Draw::word() {
  static const unsigned widths[] = {7, 8, 15, 16, 24, 31, 32, 63};
  switch (below(8)) {
  case 0:
    return below(70);
  case 1:
    return 0 - below(70);
  case 2: // Next to a power of two.
    return (1ull << widths[below(8)]) + below(3) - 1;
  case 3:
    return 0 - ((1ull << widths[below(8)]) + below(3) - 1);
  case 4:
    return 1ull << below(64);
  case 5:
    return uint64_t(int64_t(int32_t(next())));
  case 6:
    return next() >> below(64);
  default:
    return next();
  }
}

uint32_t Draw::real() {
  static const uint32_t specials[] = {
      0x00000000, 0x00000001, 0x00000002, 0x007fffff, 0x00800000, 0x00800001,
      0x3f000000, 0x3effffff, 0x3f7fffff, 0x3f800000, 0x3f800001, 0x3fc00000,
      0x40200000, 0x4affffff, 0x4b000000, 0x4b000001, 0x4b7fffff, 0x4b800000,
      0x4effffff, 0x4f000000, 0x4f7fffff, 0x4f800000, 0x5effffff, 0x5f000000,
      0x5f7fffff, 0x5f800000, 0x7f7fffff, 0x7f7ffffe, 0x7f7f8000, 0x477fe000,
      0x477ff000, 0x38800000, 0x387fffff, 0x33000000, 0x33000001, 0x7f800000,
      0x7f800001, 0x7fbfffff, 0x7fc00000, 0x7fffffff, 0x7fa00000, 0x42fe0000};
  uint32_t sign = oneIn(2) ? 0x80000000u : 0;
  uint32_t mantissa = uint32_t(next()) & 0x7fffff;
  if (oneIn(3)) // Few bits: ties, exact results.
    mantissa &= ~((1u << below(24)) - 1);
  auto withExponent = [&](int low, int high) {
    return sign | uint32_t(127 + low + int(below(high - low + 1))) << 23 |
           mantissa;
  };
  switch (below(6)) {
  case 0:
    return sign | specials[below(std::size(specials))];
  case 1:
    return withExponent(-4, 4);
  case 2:
    return withExponent(-3, 66);
  case 3:
    return withExponent(-126, 127);
  case 4:
    return oneIn(2) ? sign | mantissa : withExponent(-127, -100);
  default:
    return withExponent(-20, 24);
  }
}

uint64_t Draw::mask() {
  switch (below(5)) {
  case 0:
    return oneIn(2) ? 0 : ~0ull;
  case 1:
    return (1ull << below(64)) - 1;
  case 2:
    return next() & next();
  default:
    return next();
  }
}

void Draw::vector(VectorBytes &bytes) {
  auto eachOf = [&](unsigned width, auto draw) {
    for (unsigned i = 0; i < 64; i += width) {
      uint64_t value = draw();
      std::memcpy(&bytes[i], &value, width);
    }
  };
  unsigned width = 1u << below(4);
  switch (below(8)) {
  case 0: // Limits of a lane.
    eachOf(width, [&] {
      uint64_t limit = 1ull << (8 * width - 1);
      return limit - 2 + below(4) + (oneIn(2) ? limit : 0);
    });
    return;
  case 1: // Small numbers: lane numbers, shift amounts, indices.
    eachOf(width, [&] { return below(70) - (oneIn(4) ? 70 : 0); });
    return;
  case 2: // Halves of FP32: BF16; with a special exponent often.
    eachOf(2, [&] { return real() >> 16; });
    return;
  case 3:
    eachOf(1, [&] { return next(); });
    return;
  case 4: { // All equal.
    uint64_t value = oneIn(2) ? real() : word();
    eachOf(width, [&] { return value; });
    return;
  }
  default:
    eachOf(4, [&] { return real(); });
    return;
  }
}

uint64_t Draw::address(const Model &model, unsigned bytes) {
  uint64_t size = model.memory.size();
  if (!oneIn(3)) { // Valid.
    uint64_t room = size - model.readOnlyEnd - bytes;
    uint64_t address = model.readOnlyEnd + below(room);
    return address & ~uint64_t(std::min(bytes, 64u) - 1);
  }
  const uint64_t edges[] = {0,    0x1000,     model.readOnlyEnd,
                            size, 1ull << 40, 1ull << 63};
  uint64_t edge = edges[below(std::size(edges))];
  uint64_t distance = oneIn(2) ? bytes * below(4) : below(80);
  return oneIn(2) ? edge + distance : edge - distance;
}

void Draw::registers(Model &model) {
  for (uint64_t &x : model.x)
    x = word();
  model.x[0] = 0;
  for (VectorBytes &v : model.v)
    vector(v);
  for (uint64_t &m : model.m)
    m = mask();
  model.m[0] = ~0ull;
  for (auto &acc : model.acc)
    for (unsigned i = 0; i < 256; i += 4) {
      uint32_t value = real();
      std::memcpy(&acc[i], &value, 4);
    }
  control(model);
}

void Draw::control(Model &model) {
  model.pc = 0x1000 + 4 * below(0x1000);
  model.stackLimit = oneIn(4) ? 0 : 64 * below(0x200);
  // They are sticky: a flag that is set already hides its computation.
  model.conversionFlags = oneIn(2) ? 0 : below(16);
}

void Draw::operands(const isa::InstInfo &info, Fields &fields) {
  fields = {};
  fields.form = info.form;
  std::map<isa::RegFile, std::vector<int>> used;
  for (const isa::OperandInfo &operand : info.operandList()) {
    int &field = fieldNamed(fields, operand.name);
    if (operand.isRegister()) {
      bool few =
          operand.file == isa::RegFile::M || operand.file == isa::RegFile::Acc;
      std::vector<int> &before = used[operand.file];
      if (!before.empty() && oneIn(4))
        field = before[below(before.size())];
      else
        field = oneIn(8) ? 0 : int(below(few ? 8 : 32));
      before.push_back(field);
      continue;
    }
    int64_t count = int64_t(1) << operand.bits;
    int64_t low = operand.isSigned ? -count / 2 : 0;
    int64_t value = low + int64_t(below(count));
    if (oneIn(4)) {
      const int64_t special[] = {low, low + count - 1, 0, 1};
      value = special[below(4)];
    } else if (oneIn(2)) {
      value = std::clamp<int64_t>(value % 64, low, low + count - 1);
    }
    field = int(value * (int64_t(1) << operand.shift));
  }
}

void Draw::contents(const isa::InstInfo &info, const Fields &fields,
                    Model &model) {
  control(model);
  Fields copy = fields;
  for (const isa::OperandInfo &operand : info.operandList()) {
    int number = fieldNamed(copy, operand.name);
    switch (operand.file) {
    case isa::RegFile::X:
      model.setX(number, word());
      break;
    case isa::RegFile::V:
      vector(model.v[number]);
      if (oneIn(4)) { // Near to another register, for comparisons and sums.
        model.v[number] = model.v[below(32)];
        model.v[number][below(64)] ^= 1u << below(8);
      }
      break;
    case isa::RegFile::M:
      model.setMask(number, mask());
      break;
    case isa::RegFile::Acc:
      for (unsigned i = 0; i < 256; i += 4) {
        uint32_t value = oneIn(8) ? uint32_t(word()) : real();
        std::memcpy(&model.acc[number][i], &value, 4);
      }
      break;
    case isa::RegFile::None:
      break;
    }
  }
}

} // namespace tatami::insns
