// Formats objects by their type; structures and arrays only say that they are.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "Values.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cmath>

using namespace tatami;
using namespace tatami::debug;

namespace {

/// Types refer to each other; a chain longer than this is a ring.
constexpr unsigned maxChain = 32;
constexpr size_t maxShownText = 40;
constexpr uint64_t shownLanes = 4;

enum Encoding : uint64_t {
  EncodingBoolean = 0x02,
  EncodingFloat = 0x04,
  EncodingSigned = 0x05,
  EncodingSignedChar = 0x06,
  EncodingUnsigned = 0x07,
  EncodingUnsignedChar = 0x08,
  EncodingUtf = 0x10,
};

/// The type without its names and qualifiers.
DieRef stripped(Dies &dies, DieRef type) {
  for (unsigned i = 0; type && i < maxChain; ++i) {
    switch (type->tag) {
    case TagTypedef:
    case TagConstType:
    case TagVolatileType:
    case TagRestrictType:
    case TagAtomicType:
      type = dies.follow(type, AtType);
      continue;
    default:
      return type;
    }
  }
  return {};
}

/// Number of elements of an array, all dimensions together.
std::optional<uint64_t> elementsOf(Dies &dies, DieRef array) {
  uint64_t count = 1;
  bool known = true;
  dies.forEachChild(array, [&](DieRef child) {
    if (child->tag != TagSubrangeType)
      return false;
    Value length = dies.attribute(child, AtCount);
    Value bound = dies.attribute(child, AtUpperBound);
    uint64_t dimension = length ? length.number : bound.number + 1;
    known &= (length || bound) && dimension < (1u << 30);
    count *= known ? dimension : 0;
    known &= count < (1u << 30);
    return !known;
  });
  return known ? std::optional(count) : std::nullopt;
}

uint64_t asUnsigned(std::span<const uint8_t> bytes) {
  uint64_t value = 0;
  std::memcpy(&value, bytes.data(), std::min(bytes.size(), sizeof(value)));
  return value;
}

int64_t asSigned(std::span<const uint8_t> bytes) {
  uint64_t value = asUnsigned(bytes);
  if (bytes.empty() || bytes.size() >= sizeof(value))
    return int64_t(value);
  unsigned unused = 64 - 8 * unsigned(bytes.size());
  return int64_t(value << unused) >> unused;
}

std::string hexadecimal(std::span<const uint8_t> bytes) {
  std::string text = "0x";
  for (size_t i = bytes.size(); i-- > 0;)
    text += fmt::format("{:02x}", bytes[i]);
  return text;
}

double halfToDouble(uint16_t bits) {
  int exponent = bits >> 10 & 31, fraction = bits & 1023;
  double value = exponent == 31 ? (fraction ? NAN : INFINITY)
                 : exponent     ? std::ldexp(1024 + fraction, exponent - 25)
                                : std::ldexp(fraction, -24);
  return bits & 0x8000 ? -value : value;
}

std::string formatFloat(std::span<const uint8_t> bytes, bool isBfloat) {
  uint64_t bits = asUnsigned(bytes);
  switch (bytes.size()) {
  case 2:
    return fmt::format("{:g}", isBfloat
                                   ? std::bit_cast<float>(uint32_t(bits << 16))
                                   : halfToDouble(uint16_t(bits)));
  case 4:
    return fmt::format("{}", std::bit_cast<float>(uint32_t(bits)));
  case 8:
    return fmt::format("{}", std::bit_cast<double>(bits));
  default:
    return hexadecimal(bytes);
  }
}

/// Puts \p c as a C program would have it between quotation marks.
void appendEscaped(std::string &text, uint8_t c, char quote) {
  switch (c) {
  case '\n':
    text += "\\n";
    return;
  case '\t':
    text += "\\t";
    return;
  default:
    if (c == quote || c == '\\')
      text += '\\';
    if (c >= 32 && c < 127)
      text += char(c);
    else
      text += fmt::format("\\{:03o}", c);
  }
}

std::string formatCharacter(int64_t value) {
  std::string text = fmt::format("{} '", value);
  appendEscaped(text, uint8_t(value), '\'');
  return text + '\'';
}

/// The text at \p address, in quotation marks; empty if there is none.
std::string textAt(uint64_t address, std::span<const uint8_t> memory) {
  if (address == 0 || address >= memory.size())
    return "";
  std::string text = " \"";
  for (size_t i = 0;; ++i) {
    if (address + i >= memory.size())
      return "";
    uint8_t c = memory[address + i];
    if (c == 0)
      return text + '"';
    if (i == maxShownText)
      return text + "\"...";
    appendEscaped(text, c, '"');
  }
}

bool isCharacter(Dies &dies, DieRef type) {
  if (!type || type->tag != TagBaseType)
    return false;
  uint64_t encoding = dies.attribute(type, AtEncoding).number;
  return encoding == EncodingSignedChar || encoding == EncodingUnsignedChar;
}

std::string formatBase(Dies &dies, DieRef type,
                       std::span<const uint8_t> bytes) {
  Value name = dies.attribute(type, AtName);
  switch (dies.attribute(type, AtEncoding).number) {
  case EncodingBoolean:
    return asUnsigned(bytes) == 0   ? "false"
           : asUnsigned(bytes) == 1 ? "true"
                                    : fmt::format("{}", asUnsigned(bytes));
  case EncodingFloat:
    return formatFloat(bytes, name.text == "__bf16");
  case EncodingSignedChar:
    return formatCharacter(asSigned(bytes));
  case EncodingUnsignedChar:
    return formatCharacter(int64_t(asUnsigned(bytes)));
  case EncodingSigned:
    if (bytes.size() <= 8)
      return fmt::format("{}", asSigned(bytes));
    break;
  case EncodingUnsigned:
  case EncodingUtf:
    if (bytes.size() <= 8)
      return fmt::format("{}", asUnsigned(bytes));
    break;
  default:
    break;
  }
  return hexadecimal(bytes);
}

std::string formatEnumerator(Dies &dies, DieRef type,
                             std::span<const uint8_t> bytes) {
  std::string text = fmt::format("{}", asSigned(bytes));
  dies.forEachChild(type, [&](DieRef child) {
    if (child->tag != TagEnumerator)
      return false;
    std::vector<uint8_t> same =
        bytesOfConstant(dies.attribute(child, AtConstValue), bytes.size());
    if (!std::equal(same.begin(), same.end(), bytes.begin(), bytes.end()))
      return false;
    text = dies.attribute(child, AtName).text;
    return true;
  });
  return text;
}

std::string formatArray(Dies &dies, DieRef type, std::span<const uint8_t> bytes,
                        std::span<const uint8_t> memory) {
  if (!dies.attribute(type, AtGnuVector))
    return "{...}";
  DieRef element = stripped(dies, dies.follow(type, AtType));
  uint64_t size = element ? sizeOfType(dies, element).value_or(0) : 0;
  if (size == 0 || element->tag != TagBaseType)
    return "{...}";
  std::string text = "{";
  for (uint64_t i = 0; (i + 1) * size <= bytes.size(); ++i) {
    if (i == shownLanes)
      return text + ", ...}";
    text += (i ? ", " : "") + formatValue(dies, element,
                                          bytes.subspan(i * size, size),
                                          memory);
  }
  return text + "}";
}

} // namespace

std::optional<uint64_t> tatami::debug::sizeOfType(Dies &dies, DieRef type) {
  type = stripped(dies, type);
  if (!type)
    return std::nullopt;
  if (Value size = dies.attribute(type, AtByteSize))
    return size.number;
  switch (type->tag) {
  case TagPointerType:
  case TagReferenceType:
  case TagRvalueReferenceType:
    return 8;
  case TagArrayType: {
    DieRef element = stripped(dies, dies.follow(type, AtType));
    std::optional<uint64_t> count = elementsOf(dies, type);
    // Arrays of arrays are one entry; an array below this one is no C.
    if (!element || element->tag == TagArrayType || !count)
      return std::nullopt;
    Value size = dies.attribute(element, AtByteSize);
    if (!size || size.number > (1u << 20))
      return std::nullopt;
    return *count * size.number;
  }
  default:
    return std::nullopt;
  }
}

std::vector<uint8_t> tatami::debug::bytesOfConstant(const Value &value,
                                                    uint64_t size) {
  if (value.kind == Value::Kind::Bytes)
    return value.bytes.size() == size
               ? std::vector(value.bytes.begin(), value.bytes.end())
               : std::vector<uint8_t>();
  if (size > sizeof(value.number) || !value)
    return {};
  auto *first = reinterpret_cast<const uint8_t *>(&value.number);
  return {first, first + size};
}

std::string tatami::debug::formatValue(Dies &dies, DieRef type,
                                       std::span<const uint8_t> bytes,
                                       std::span<const uint8_t> memory) {
  type = stripped(dies, type);
  if (!type || bytes.empty())
    return hexadecimal(bytes);
  switch (type->tag) {
  case TagBaseType:
    return formatBase(dies, type, bytes);
  case TagEnumerationType:
    return formatEnumerator(dies, type, bytes);
  case TagPointerType: {
    uint64_t address = asUnsigned(bytes);
    DieRef pointee = stripped(dies, dies.follow(type, AtType));
    return fmt::format("{:#x}", address) +
           (isCharacter(dies, pointee) ? textAt(address, memory) : "");
  }
  case TagReferenceType:
  case TagRvalueReferenceType:
    return fmt::format("@{:#x}", asUnsigned(bytes));
  case TagArrayType:
    return formatArray(dies, type, bytes, memory);
  case TagStructureType:
  case TagClassType:
  case TagUnionType:
    return "{...}";
  default:
    return hexadecimal(bytes);
  }
}

std::string tatami::debug::qualifiedName(Dies &dies, DieRef die) {
  std::string name(dies.inherited(die, AtName).text);
  // The scope is that of the first declaration.
  for (unsigned i = 0; i < 4; ++i) {
    DieRef before = dies.follow(die, AtAbstractOrigin);
    if (!before)
      before = dies.follow(die, AtSpecification);
    if (!before)
      break;
    die = before;
  }
  for (unsigned i = 0; i < maxChain && die->parent != die.index; ++i) {
    die.index = die->parent;
    bool isScope = die->tag == TagNamespace || die->tag == TagStructureType ||
                   die->tag == TagClassType || die->tag == TagUnionType;
    if (!isScope)
      continue;
    std::string_view scope = dies.attribute(die, AtName).text;
    std::string text(scope);
    if (scope.empty())
      text = die->tag == TagNamespace ? "(anonymous namespace)"
             : name == "operator()"   ? "{lambda}"
                                      : "{unnamed}";
    name = text + "::" + name;
  }
  return name;
}
