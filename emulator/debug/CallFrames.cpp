// Reads .debug_frame (DWARF 3 to 5) and runs its programs up to an address.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "tatami/debug/CallFrames.h"
#include "Registers.h"
#include "tatami/loader/Bytes.h"

#include <algorithm>
#include <map>

using namespace tatami;
using namespace tatami::debug;

static_assert(FrameRules::registers == registerCount);

namespace {

constexpr uint32_t cieMark = 0xffffffff;
/// A row of more states than this is broken, not deep.
constexpr size_t maxRemembered = 256;

enum CfaOpcode : uint8_t {
  AdvanceLoc = 0x40, // The upper two bits; the lower six are an operand.
  Offset = 0x80,
  Restore = 0xc0,
  Nop = 0x00,
  SetLoc = 0x01,
  AdvanceLoc1 = 0x02,
  AdvanceLoc2 = 0x03,
  AdvanceLoc4 = 0x04,
  OffsetExtended = 0x05,
  RestoreExtended = 0x06,
  Undefined = 0x07,
  SameValue = 0x08,
  Register = 0x09,
  RememberState = 0x0a,
  RestoreState = 0x0b,
  DefCfa = 0x0c,
  DefCfaRegister = 0x0d,
  DefCfaOffset = 0x0e,
  DefCfaExpression = 0x0f,
  Expression = 0x10,
  OffsetExtendedSf = 0x11,
  DefCfaSf = 0x12,
  DefCfaOffsetSf = 0x13,
  ValOffset = 0x14,
  ValOffsetSf = 0x15,
  ValExpression = 0x16,
  GnuArgsSize = 0x2e,
};

/// The bytes of a block: its length, then so many.
std::span<const uint8_t> block(ByteReader &in) {
  return in.part(in.uleb()).rest();
}

} // namespace

namespace tatami::debug {

/// Runs the programs of a CIE and an FDE.
class RuleMachine {
public:
  RuleMachine(const CallFrames::Cie &cie, uint64_t pc) : cie(cie), pc(pc) {
    now.returnAddress = cie.returnAddress;
  }

  /// Runs \p program from \p location until it passes the pc; false if it is
  /// broken.
  bool run(std::span<const uint8_t> program, uint64_t location) {
    ByteReader in(program);
    while (!in.atEnd()) {
      uint8_t opcode = in.read<uint8_t>();
      uint64_t advance = 0;
      switch (opcode & 0xc0) {
      case AdvanceLoc:
        advance = opcode & 0x3f;
        break;
      case Offset:
        rule(opcode & 0x3f, FrameRule::Kind::Offset, scaled(in.uleb()));
        break;
      case Restore:
        restore(opcode & 0x3f);
        break;
      default:
        if (!step(opcode, in, location, advance))
          return false;
      }
      if (in.failed())
        return false;
      location += advance * cie.codeAlignment;
      if (location > pc)
        return true;
    }
    return !in.failed();
  }

  /// What a program restores is what the CIE's made.
  void noteInitial() { initial = now; }
  const FrameRules &rules() const { return now; }

private:
  int64_t scaled(uint64_t factor) const {
    return int64_t(factor * uint64_t(cie.dataAlignment));
  }

  void rule(uint64_t reg, FrameRule::Kind kind, int64_t value = 0,
            std::span<const uint8_t> expression = {}) {
    if (reg < FrameRules::registers)
      now.rules[reg] = {kind, value, expression};
  }
  void restore(uint64_t reg) {
    if (reg < FrameRules::registers)
      now.rules[reg] = initial.rules[reg];
  }
  void cfa(uint64_t reg, int64_t offset) {
    now.cfaRegister = unsigned(std::min<uint64_t>(reg, ~0u));
    now.cfaOffset = offset;
    now.cfaExpression = {};
  }

  bool step(uint8_t opcode, ByteReader &in, uint64_t &location,
            uint64_t &advance) {
    using Kind = FrameRule::Kind;
    uint64_t reg;
    switch (opcode) {
    case Nop:
      return true;
    case SetLoc:
      location = in.read<uint64_t>();
      return true;
    case AdvanceLoc1:
      advance = in.read<uint8_t>();
      return true;
    case AdvanceLoc2:
      advance = in.read<uint16_t>();
      return true;
    case AdvanceLoc4:
      advance = in.read<uint32_t>();
      return true;
    case OffsetExtended:
      reg = in.uleb();
      rule(reg, Kind::Offset, scaled(in.uleb()));
      return true;
    case OffsetExtendedSf:
      reg = in.uleb();
      rule(reg, Kind::Offset, scaled(uint64_t(in.sleb())));
      return true;
    case RestoreExtended:
      restore(in.uleb());
      return true;
    case Undefined:
      rule(in.uleb(), Kind::Undefined);
      return true;
    case SameValue:
      rule(in.uleb(), Kind::SameValue);
      return true;
    case Register:
      reg = in.uleb();
      rule(reg, Kind::Register, int64_t(in.uleb()));
      return true;
    case RememberState:
      remembered.push_back(now);
      return remembered.size() <= maxRemembered;
    case RestoreState:
      if (remembered.empty())
        return false;
      now = remembered.back();
      remembered.pop_back();
      return true;
    case DefCfa:
      reg = in.uleb();
      cfa(reg, int64_t(in.uleb()));
      return true;
    case DefCfaSf:
      reg = in.uleb();
      cfa(reg, scaled(uint64_t(in.sleb())));
      return true;
    case DefCfaRegister:
      cfa(in.uleb(), now.cfaOffset);
      return true;
    case DefCfaOffset:
      cfa(now.cfaRegister, int64_t(in.uleb()));
      return true;
    case DefCfaOffsetSf:
      cfa(now.cfaRegister, scaled(uint64_t(in.sleb())));
      return true;
    case DefCfaExpression:
      now.cfaExpression = block(in);
      return true;
    case Expression:
      reg = in.uleb();
      rule(reg, Kind::Expression, 0, block(in));
      return true;
    case ValExpression:
      reg = in.uleb();
      rule(reg, Kind::ValueExpression, 0, block(in));
      return true;
    case ValOffset:
      reg = in.uleb();
      rule(reg, Kind::ValueOffset, scaled(in.uleb()));
      return true;
    case ValOffsetSf:
      reg = in.uleb();
      rule(reg, Kind::ValueOffset, scaled(uint64_t(in.sleb())));
      return true;
    case GnuArgsSize:
      in.uleb();
      return true;
    default:
      return false; // How long it is, nobody knows.
    }
  }

  const CallFrames::Cie &cie;
  uint64_t pc;
  FrameRules now, initial;
  std::vector<FrameRules> remembered;
};

} // namespace tatami::debug

bool CallFrames::readCie(uint64_t offset, std::span<const uint8_t> section,
                         Cie &cie) {
  ByteReader all(section);
  all.seek(offset);
  ByteReader in = all.part(all.read<uint32_t>());
  if (in.read<uint32_t>() != cieMark)
    return false;
  unsigned version = in.read<uint8_t>();
  std::string_view augmentation = in.string();
  if (in.failed() || !augmentation.empty() ||
      (version != 1 && version != 3 && version != 4))
    return false;
  if (version == 4)
    in.skip(2); // Sizes of addresses and of segment selectors.
  cie.codeAlignment = in.uleb();
  cie.dataAlignment = in.sleb();
  uint64_t reg = version == 1 ? in.read<uint8_t>() : in.uleb();
  cie.returnAddress = unsigned(reg);
  cie.program = in.rest();
  return !in.failed() && reg < FrameRules::registers;
}

CallFrames::CallFrames(std::span<const uint8_t> section) {
  std::map<uint64_t, size_t> cieAt;
  ByteReader in(section);
  while (!in.atEnd()) {
    uint32_t length = in.read<uint32_t>();
    if (length >= 0xfffffff0) // 64-bit DWARF is not needed for 1.25 MB.
      break;
    ByteReader entry = in.part(length);
    uint32_t id = entry.read<uint32_t>();
    if (in.failed() || entry.failed() || id == cieMark)
      continue;
    auto [known, isNew] = cieAt.try_emplace(id, cies.size());
    if (isNew) {
      Cie cie;
      if (!readCie(id, section, cie)) {
        cieAt.erase(known);
        continue;
      }
      cies.push_back(cie);
    }
    uint64_t begin = entry.read<uint64_t>(), size = entry.read<uint64_t>();
    if (!entry.failed() && size && begin + size > begin)
      fdes.push_back({begin, begin + size, known->second, entry.rest()});
  }
  std::stable_sort(fdes.begin(), fdes.end(),
                   [](auto &a, auto &b) { return a.begin < b.begin; });
}

std::optional<FrameRules> CallFrames::rulesAt(uint64_t pc) const {
  auto after = std::upper_bound(
      fdes.begin(), fdes.end(), pc,
      [](uint64_t address, const Entry &e) { return address < e.begin; });
  // Dropped functions may leave entries at address 0 or 1; real ones do not
  // overlap, so the nearest has to cover the pc.
  if (after == fdes.begin() || pc >= std::prev(after)->end)
    return std::nullopt;
  const Entry &entry = *std::prev(after);
  const Cie &cie = cies[entry.cie];
  RuleMachine machine(cie, pc);
  if (!machine.run(cie.program, entry.begin))
    return std::nullopt;
  machine.noteInitial();
  if (!machine.run(entry.program, entry.begin))
    return std::nullopt;
  return machine.rules();
}
