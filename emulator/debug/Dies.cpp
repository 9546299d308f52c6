// Reads units, abbreviations and attributes of DWARF 4 and 5.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "Dies.h"

#include <algorithm>

using namespace tatami;
using namespace tatami::debug;

namespace {

/// A unit of more entries than this is broken, not large.
constexpr size_t maxEntries = 500'000, maxAttributes = 2'000'000;
constexpr size_t maxUnits = 100'000;
constexpr uint8_t unitCompile = 1, unitPartial = 3;

enum Form : uint64_t {
  FormAddr = 0x01,
  FormBlock2 = 0x03,
  FormBlock4 = 0x04,
  FormData2 = 0x05,
  FormData4 = 0x06,
  FormData8 = 0x07,
  FormString = 0x08,
  FormBlock = 0x09,
  FormBlock1 = 0x0a,
  FormData1 = 0x0b,
  FormFlag = 0x0c,
  FormSdata = 0x0d,
  FormStrp = 0x0e,
  FormUdata = 0x0f,
  FormRefAddr = 0x10,
  FormRef1 = 0x11,
  FormRef2 = 0x12,
  FormRef4 = 0x13,
  FormRef8 = 0x14,
  FormRefUdata = 0x15,
  FormIndirect = 0x16,
  FormSecOffset = 0x17,
  FormExprloc = 0x18,
  FormFlagPresent = 0x19,
  FormStrx = 0x1a,
  FormAddrx = 0x1b,
  FormRefSup4 = 0x1c,
  FormStrpSup = 0x1d,
  FormData16 = 0x1e,
  FormLineStrp = 0x1f,
  FormRefSig8 = 0x20,
  FormImplicitConst = 0x21,
  FormLoclistx = 0x22,
  FormRnglistx = 0x23,
  FormRefSup8 = 0x24,
  FormStrx1 = 0x25,
  FormStrx2 = 0x26,
  FormStrx3 = 0x27,
  FormStrx4 = 0x28,
  FormAddrx1 = 0x29,
  FormAddrx2 = 0x2a,
  FormAddrx3 = 0x2b,
  FormAddrx4 = 0x2c,
};

/// The next number of \p bytes bytes.
uint64_t unsignedOf(ByteReader &in, unsigned bytes) {
  uint64_t value = 0;
  for (unsigned i = 0; i < bytes; ++i)
    value |= uint64_t(in.read<uint8_t>()) << 8 * i;
  return value;
}

/// A number at \p offset of a table, or nothing.
template <class T>
std::optional<uint64_t> numberAt(std::span<const uint8_t> table,
                                 uint64_t offset) {
  if (sizeof(T) > table.size() || offset > table.size() - sizeof(T))
    return std::nullopt;
  T value;
  std::memcpy(&value, table.data() + offset, sizeof(T));
  return value;
}

/// base + index * size without wrapping around.
std::optional<uint64_t> slot(uint64_t base, uint64_t index, uint64_t size) {
  constexpr uint64_t limit = uint64_t(1) << 40;
  if (base > limit || index > limit)
    return std::nullopt;
  return base + index * size;
}

ByteReader readerAt(std::span<const uint8_t> table, uint64_t offset) {
  ByteReader in(table);
  in.skip(offset);
  return in;
}

} // namespace

Dies::Dies(const DebugSections &sections) : sections(sections) {
  ByteReader in(sections.info);
  while (!in.atEnd() && units.size() < maxUnits) {
    Unit unit;
    unit.begin = in.offset();
    uint32_t length = in.read<uint32_t>();
    if (length >= 0xfffffff0) // 64-bit DWARF is not needed for 1.25 MB.
      break;
    ByteReader header = in.part(length);
    if (in.failed())
      break;
    unit.end = in.offset();
    unit.version = header.read<uint16_t>();
    bool known = unit.version >= 2 && unit.version <= 5;
    if (unit.version == 5) {
      uint8_t kind = header.read<uint8_t>();
      known = kind == unitCompile || kind == unitPartial;
      header.skip(1);
      unit.abbreviations = header.read<uint32_t>();
    } else {
      unit.abbreviations = header.read<uint32_t>();
      header.skip(1);
    }
    unit.entries = unit.begin + 4 + header.offset();
    if (!known || header.failed())
      continue;
    readEntries(unit, /*onlyFirst=*/true);
    if (unit.dies.empty())
      continue;
    readBases(unit);
    units.push_back(std::move(unit));
  }
}

const Dies::Abbreviations &Dies::abbreviationsAt(uint64_t offset) {
  auto [it, isNew] = abbreviations.try_emplace(offset);
  if (!isNew)
    return it->second;
  ByteReader in = readerAt(sections.abbrev, offset);
  while (uint64_t code = in.uleb()) {
    Abbreviation entry;
    entry.tag = uint32_t(in.uleb());
    entry.hasChildren = in.read<uint8_t>() != 0;
    while (!in.failed()) {
      uint64_t attribute = in.uleb(), form = in.uleb();
      if (attribute == 0 && form == 0)
        break;
      int64_t implicit = form == FormImplicitConst ? in.sleb() : 0;
      entry.fields.push_back({uint32_t(attribute), uint32_t(form), implicit});
    }
    if (in.failed())
      break;
    it->second.emplace(code, std::move(entry));
  }
  return it->second;
}

std::string_view Dies::stringAt(std::span<const uint8_t> table,
                                uint64_t offset) const {
  return readerAt(table, offset).string();
}

bool Dies::readForm(ByteReader &in, const Unit &unit, uint64_t form,
                    int64_t implicit, Value &value) const {
  using Kind = Value::Kind;
  auto number = [&](Kind kind, uint64_t n) {
    value = {kind, n, {}, {}};
    return !in.failed();
  };
  auto text = [&](std::string_view t) {
    value = {Kind::String, 0, {}, t};
    return !in.failed();
  };
  auto bytes = [&](uint64_t count) {
    value = {Kind::Bytes, 0, in.part(count).rest(), {}};
    return !in.failed();
  };
  auto indexedText = [&](uint64_t index) {
    std::optional<uint64_t> at = slot(unit.strOffsetsBase, index, 4), offset;
    if (at)
      offset = numberAt<uint32_t>(sections.strOffsets, *at);
    return text(offset ? stringAt(sections.str, *offset) : "");
  };
  switch (form) {
  case FormAddr:
    return number(Kind::Address, in.read<uint64_t>());
  case FormAddrx:
    return number(Kind::AddressIndex, in.uleb());
  case FormAddrx1:
  case FormAddrx2:
  case FormAddrx3:
  case FormAddrx4:
    return number(Kind::AddressIndex,
                  unsignedOf(in, unsigned(form - FormAddrx1 + 1)));
  case FormData1:
  case FormFlag:
    return number(Kind::Number, in.read<uint8_t>());
  case FormData2:
    return number(Kind::Number, in.read<uint16_t>());
  case FormData4:
  case FormSecOffset:
    return number(Kind::Number, in.read<uint32_t>());
  case FormData8:
    return number(Kind::Number, in.read<uint64_t>());
  case FormUdata:
    return number(Kind::Number, in.uleb());
  case FormSdata:
    return number(Kind::Signed, uint64_t(in.sleb()));
  case FormImplicitConst:
    return number(Kind::Signed, uint64_t(implicit));
  case FormFlagPresent:
    return number(Kind::Number, 1);
  case FormRnglistx:
  case FormLoclistx:
    return number(Kind::ListIndex, in.uleb());
  case FormRef1:
    return number(Kind::Reference, unit.begin + in.read<uint8_t>());
  case FormRef2:
    return number(Kind::Reference, unit.begin + in.read<uint16_t>());
  case FormRef4:
    return number(Kind::Reference, unit.begin + in.read<uint32_t>());
  case FormRef8:
    return number(Kind::Reference, unit.begin + in.read<uint64_t>());
  case FormRefUdata:
    return number(Kind::Reference, unit.begin + in.uleb());
  case FormRefAddr:
    return number(Kind::Reference, in.read<uint32_t>());
  case FormString:
    return text(in.string());
  case FormStrp:
    return text(stringAt(sections.str, in.read<uint32_t>()));
  case FormLineStrp:
    return text(stringAt(sections.lineStr, in.read<uint32_t>()));
  case FormStrx:
    return indexedText(in.uleb());
  case FormStrx1:
  case FormStrx2:
  case FormStrx3:
  case FormStrx4:
    return indexedText(unsignedOf(in, unsigned(form - FormStrx1 + 1)));
  case FormBlock:
  case FormExprloc:
    return bytes(in.uleb());
  case FormBlock1:
    return bytes(in.read<uint8_t>());
  case FormBlock2:
    return bytes(in.read<uint16_t>());
  case FormBlock4:
    return bytes(in.read<uint32_t>());
  case FormData16:
    return bytes(16);
  case FormRefSup4:
  case FormStrpSup:
    in.skip(4);
    break;
  case FormRefSig8:
  case FormRefSup8:
    in.skip(8);
    break;
  case FormIndirect: {
    uint64_t actual = in.uleb();
    return actual != FormIndirect && actual != FormImplicitConst &&
           readForm(in, unit, actual, 0, value);
  }
  default:
    return false;
  }
  value = {};
  return !in.failed();
}

void Dies::readEntries(Unit &unit, bool onlyFirst) {
  const Abbreviations &known = abbreviationsAt(unit.abbreviations);
  ByteReader in(std::span(sections.info).first(unit.end));
  in.seek(unit.entries);
  unit.dies.clear();
  unit.attributes.clear();
  std::vector<uint32_t> open;
  while (!in.atEnd() && unit.dies.size() < maxEntries &&
         unit.attributes.size() < maxAttributes) {
    uint64_t offset = in.offset(), code = in.uleb();
    uint32_t index = uint32_t(unit.dies.size());
    if (code == 0) {
      if (open.empty())
        break;
      unit.dies[open.back()].end = index;
      open.pop_back();
      if (open.empty())
        break;
      continue;
    }
    auto it = known.find(code);
    if (it == known.end())
      break;
    Die die = {offset,    it->second.tag,
               open.empty() ? index : open.back(),
               index + 1, uint32_t(unit.attributes.size()),
               0};
    bool good = true;
    for (const Abbreviation::Field &field : it->second.fields) {
      Value value;
      if (!(good = readForm(in, unit, field.form, field.implicit, value)))
        break;
      unit.attributes.emplace_back(field.attribute, value);
      ++die.attributeCount;
    }
    if (!good)
      break;
    unit.dies.push_back(die);
    if (it->second.hasChildren)
      open.push_back(index);
    if (onlyFirst || open.empty())
      break;
  }
  for (uint32_t index : open)
    unit.dies[index].end = uint32_t(unit.dies.size());
}

/// Indices count from where the unit's entry says; so the entry, which itself
/// has names by index, is read again once that is known.
void Dies::readBases(Unit &unit) {
  DieRef top{&unit, 0};
  auto base = [&](Attribute name, uint64_t &field) {
    if (Value value = attribute(top, name))
      field = value.number;
  };
  base(AtStrOffsetsBase, unit.strOffsetsBase);
  base(AtAddrBase, unit.addrBase);
  base(AtRnglistsBase, unit.rnglistsBase);
  base(AtLoclistsBase, unit.loclistsBase);
  if (Value value = attribute(top, AtLowPc))
    unit.lowPc = addressOf(unit, value);
}

const Unit *Dies::unitAt(uint64_t pc) {
  for (Unit &unit : units) {
    if (!contains({&unit, 0}, pc))
      continue;
    if (!unit.isRead) {
      readEntries(unit, /*onlyFirst=*/false);
      unit.isRead = true;
    }
    return unit.dies.empty() ? nullptr : &unit;
  }
  return nullptr;
}

Value Dies::attribute(DieRef die, Attribute name) const {
  for (uint32_t i = 0; i < die->attributeCount; ++i) {
    const auto &[key, value] = die.unit->attributes[die->firstAttribute + i];
    if (key == uint32_t(name))
      return value;
  }
  return {};
}

DieRef Dies::follow(DieRef die, Attribute name) {
  Value value = attribute(die, name);
  if (value.kind != Value::Kind::Reference)
    return {};
  for (Unit &unit : units) {
    if (value.number < unit.begin || value.number >= unit.end)
      continue;
    if (!unit.isRead) {
      readEntries(unit, /*onlyFirst=*/false);
      unit.isRead = true;
    }
    auto it = std::lower_bound(
        unit.dies.begin(), unit.dies.end(), value.number,
        [](const Die &d, uint64_t offset) { return d.offset < offset; });
    if (it == unit.dies.end() || it->offset != value.number)
      return {};
    return {&unit, uint32_t(it - unit.dies.begin())};
  }
  return {};
}

Value Dies::inherited(DieRef die, Attribute name) {
  // A chain is two long: an instance, its origin, that one's declaration.
  for (unsigned i = 0; die && i < 4; ++i) {
    if (Value value = attribute(die, name))
      return value;
    DieRef origin = follow(die, AtAbstractOrigin);
    die = origin ? origin : follow(die, AtSpecification);
  }
  return {};
}

std::optional<uint64_t> Dies::addressOf(const Unit &unit,
                                        const Value &value) const {
  if (value.kind == Value::Kind::Address)
    return value.number;
  if (value.kind != Value::Kind::AddressIndex)
    return std::nullopt;
  std::optional<uint64_t> at = slot(unit.addrBase, value.number, 8);
  return at ? numberAt<uint64_t>(sections.addr, *at) : std::nullopt;
}

bool Dies::contains(DieRef die, uint64_t pc) const {
  if (Value ranges = attribute(die, AtRanges))
    return rangesContain(*die.unit, ranges, pc);
  Value low = attribute(die, AtLowPc), high = attribute(die, AtHighPc);
  std::optional<uint64_t> begin = addressOf(*die.unit, low);
  if (!begin || !high || pc < *begin)
    return false;
  std::optional<uint64_t> end = addressOf(*die.unit, high);
  return end ? pc < *end : pc - *begin < high.number;
}

namespace {

/// One entry of a list of DWARF 5, of ranges or of locations: from where to
/// where. The kinds have the same numbers up to 4.
enum class ListEntry { End, Range, Default, Other };

class ListReader {
public:
  ListReader(ByteReader in, uint64_t base, bool isLocations)
      : in(in), base(base), isLocations(isLocations) {}

  /// \p addressAt maps an index to an address.
  template <class AddressAt>
  ListEntry next(AddressAt addressAt, uint64_t &begin, uint64_t &end) {
    unsigned kind = in.read<uint8_t>();
    // Lists of locations have one kind more, "everywhere else", at 5.
    if (isLocations && kind == 5)
      return ListEntry::Default;
    if (isLocations && kind > 5)
      --kind;
    switch (in.failed() ? 0 : kind) {
    case 0: // end_of_list
      return ListEntry::End;
    case 1: // base_addressx
      base = addressAt(in.uleb());
      return ListEntry::Other;
    case 2: // startx_endx
      begin = addressAt(in.uleb());
      end = addressAt(in.uleb());
      return ListEntry::Range;
    case 3: // startx_length
      begin = addressAt(in.uleb());
      end = begin + in.uleb();
      return ListEntry::Range;
    case 4: // offset_pair
      begin = base + in.uleb();
      end = base + in.uleb();
      return ListEntry::Range;
    case 5: // base_address
      base = in.read<uint64_t>();
      return ListEntry::Other;
    case 6: // start_end
      begin = in.read<uint64_t>();
      end = in.read<uint64_t>();
      return ListEntry::Range;
    case 7: // start_length
      begin = in.read<uint64_t>();
      end = begin + in.uleb();
      return ListEntry::Range;
    default:
      return ListEntry::End;
    }
  }

  ByteReader in;

private:
  uint64_t base;
  bool isLocations;
};

/// Calls \p visit(begin, end, expression) for each entry of a list of DWARF 4.
template <class Visit>
void forEachEntry4(ByteReader in, uint64_t base, bool hasExpressions,
                   Visit visit) {
  while (!in.failed()) {
    uint64_t begin = in.read<uint64_t>(), end = in.read<uint64_t>();
    if (in.failed() || (begin == 0 && end == 0))
      return;
    if (begin == ~uint64_t(0)) {
      base = end;
      continue;
    }
    std::span<const uint8_t> expression;
    if (hasExpressions)
      expression = in.part(in.read<uint16_t>()).rest();
    visit(base + begin, base + end, expression);
  }
}

} // namespace

bool Dies::rangesContain(const Unit &unit, const Value &ranges,
                         uint64_t pc) const {
  bool found = false;
  uint64_t base = unit.lowPc.value_or(0);
  if (unit.version < 5) {
    forEachEntry4(readerAt(sections.ranges, ranges.number), base, false,
                  [&](uint64_t begin, uint64_t end, auto) {
                    found |= pc >= begin && pc < end;
                  });
    return found;
  }
  std::optional<uint64_t> offset = ranges.number;
  if (ranges.kind == Value::Kind::ListIndex) {
    std::optional<uint64_t> at = slot(unit.rnglistsBase, ranges.number, 4);
    offset = at ? numberAt<uint32_t>(sections.rngLists, *at) : std::nullopt;
    if (offset)
      *offset += unit.rnglistsBase;
  }
  if (!offset)
    return false;
  ListReader list(readerAt(sections.rngLists, *offset), base, false);
  auto addressAt = [&](uint64_t index) {
    return addressOf(unit, {Value::Kind::AddressIndex, index, {}, {}})
        .value_or(0);
  };
  uint64_t begin, end;
  for (ListEntry entry;
       (entry = list.next(addressAt, begin, end)) != ListEntry::End;)
    if (entry == ListEntry::Range && pc >= begin && pc < end)
      return true;
  return false;
}

std::span<const uint8_t> Dies::locationAt(DieRef die, Attribute name,
                                          uint64_t pc, bool &isList) const {
  isList = false;
  Value value = attribute(die, name);
  if (value.kind == Value::Kind::Bytes)
    return value.bytes;
  if (!value)
    return {};
  isList = true;
  const Unit &unit = *die.unit;
  uint64_t base = unit.lowPc.value_or(0);
  std::span<const uint8_t> found;
  if (unit.version < 5) {
    forEachEntry4(
        readerAt(sections.loc, value.number), base, true,
        [&](uint64_t begin, uint64_t end, std::span<const uint8_t> expression) {
          if (pc >= begin && pc < end)
            found = expression;
        });
    return found;
  }
  std::optional<uint64_t> offset = value.number;
  if (value.kind == Value::Kind::ListIndex) {
    std::optional<uint64_t> at = slot(unit.loclistsBase, value.number, 4);
    offset = at ? numberAt<uint32_t>(sections.locLists, *at) : std::nullopt;
    if (offset)
      *offset += unit.loclistsBase;
  }
  if (!offset)
    return {};
  ListReader list(readerAt(sections.locLists, *offset), base, true);
  auto addressAt = [&](uint64_t index) {
    return addressOf(unit, {Value::Kind::AddressIndex, index, {}, {}})
        .value_or(0);
  };
  uint64_t begin = 0, end = 0;
  for (ListEntry entry;
       (entry = list.next(addressAt, begin, end)) != ListEntry::End;) {
    if (entry == ListEntry::Other)
      continue;
    std::span<const uint8_t> expression = list.in.part(list.in.uleb()).rest();
    if (entry == ListEntry::Default)
      found = expression;
    else if (pc >= begin && pc < end)
      return expression;
  }
  return found;
}
