// .debug_info as a forest: units, entries and their attributes.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include "tatami/loader/Bytes.h"
#include "tatami/loader/Image.h"

#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace tatami::debug {

/// The tags, attributes and forms of DWARF that a report has a use for.
enum Tag : uint32_t {
  TagArrayType = 0x01,
  TagClassType = 0x02,
  TagEnumerationType = 0x04,
  TagFormalParameter = 0x05,
  TagLexicalBlock = 0x0b,
  TagPointerType = 0x0f,
  TagReferenceType = 0x10,
  TagStructureType = 0x13,
  TagSubroutineType = 0x15,
  TagTypedef = 0x16,
  TagUnionType = 0x17,
  TagInlinedSubroutine = 0x1d,
  TagSubrangeType = 0x21,
  TagBaseType = 0x24,
  TagConstType = 0x26,
  TagEnumerator = 0x28,
  TagSubprogram = 0x2e,
  TagVolatileType = 0x35,
  TagRestrictType = 0x37,
  TagNamespace = 0x39,
  TagRvalueReferenceType = 0x42,
  TagAtomicType = 0x47,
};

enum Attribute : uint32_t {
  AtLocation = 0x02,
  AtName = 0x03,
  AtByteSize = 0x0b,
  AtStmtList = 0x10,
  AtLowPc = 0x11,
  AtHighPc = 0x12,
  AtConstValue = 0x1c,
  AtUpperBound = 0x2f,
  AtAbstractOrigin = 0x31,
  AtCount = 0x37,
  AtEncoding = 0x3e,
  AtFrameBase = 0x40,
  AtSpecification = 0x47,
  AtType = 0x49,
  AtRanges = 0x55,
  AtCallFile = 0x58,
  AtCallLine = 0x59,
  AtStrOffsetsBase = 0x72,
  AtAddrBase = 0x73,
  AtRnglistsBase = 0x74,
  AtLoclistsBase = 0x8c,
  AtGnuVector = 0x2107,
};

/// An attribute's value, still as its form has it.
struct Value {
  enum class Kind : uint8_t {
    None,
    Number,       ///< A constant, or an offset into a section.
    Signed,       ///< The same, as an int64_t.
    Address,
    AddressIndex, ///< Into the unit's part of .debug_addr.
    ListIndex,    ///< Into the unit's table of range or location lists.
    Bytes,        ///< A block or an expression.
    String,
    Reference,    ///< Offset of an entry in .debug_info.
  };
  Kind kind = Kind::None;
  uint64_t number = 0;
  std::span<const uint8_t> bytes;
  std::string_view text;

  explicit operator bool() const { return kind != Kind::None; }
};

struct Unit;

/// A debugging information entry.
struct Die {
  uint64_t offset;
  uint32_t tag;
  uint32_t parent; ///< Index in the unit; its own for the unit's entry.
  uint32_t end;    ///< Index behind the last entry below this one.
  uint32_t firstAttribute, attributeCount;
};

struct Unit {
  uint64_t begin = 0, end = 0; ///< In .debug_info, header included.
  uint64_t entries = 0;        ///< Where the first entry is.
  uint64_t abbreviations = 0;
  unsigned version = 0;
  uint64_t strOffsetsBase = 8, addrBase = 8, rnglistsBase = 0,
           loclistsBase = 0;
  std::optional<uint64_t> lowPc;

  /// All of it if read; else only the first entry.
  bool isRead = false;
  std::vector<Die> dies;
  std::vector<std::pair<uint32_t, Value>> attributes;
};

/// A Die and whose it is; null if there is none.
struct DieRef {
  const Unit *unit = nullptr;
  uint32_t index = 0;

  explicit operator bool() const { return unit != nullptr; }
  const Die &operator*() const { return unit->dies[index]; }
  const Die *operator->() const { return &unit->dies[index]; }
  bool operator==(const DieRef &) const = default;
};

/// Reads on demand and keeps what it has read. Broken units are left out. The
/// sections must outlive it.
class Dies {
public:
  explicit Dies(const DebugSections &sections);

  /// The unit that describes the code at \p pc, all of it read, or null.
  const Unit *unitAt(uint64_t pc);
  Value attribute(DieRef die, Attribute name) const;
  /// The same, or from the entry that this one completes.
  Value inherited(DieRef die, Attribute name);
  /// What an attribute refers to.
  DieRef follow(DieRef die, Attribute name);
  /// Calls \p visit(DieRef) for each entry directly below \p die until it
  /// returns true.
  template <class Visit> void forEachChild(DieRef die, Visit visit) const {
    for (uint32_t i = die.index + 1; i < die->end; i = die.unit->dies[i].end)
      if (visit(DieRef{die.unit, i}))
        return;
  }

  bool contains(DieRef die, uint64_t pc) const;
  std::optional<uint64_t> addressOf(const Unit &unit, const Value &value) const;
  /// The expression in force at \p pc; \p isList tells whether it is one of
  /// several. Empty if there is none.
  std::span<const uint8_t> locationAt(DieRef die, Attribute name, uint64_t pc,
                                      bool &isList) const;

private:
  struct Abbreviation {
    uint32_t tag;
    bool hasChildren;
    struct Field {
      uint32_t attribute, form;
      int64_t implicit;
    };
    std::vector<Field> fields;
  };
  using Abbreviations = std::map<uint64_t, Abbreviation>;

  const Abbreviations &abbreviationsAt(uint64_t offset);
  void readEntries(Unit &unit, bool onlyFirst);
  void readBases(Unit &unit);
  bool readForm(ByteReader &in, const Unit &unit, uint64_t form,
                int64_t implicit, Value &value) const;
  std::string_view stringAt(std::span<const uint8_t> table,
                            uint64_t offset) const;
  bool rangesContain(const Unit &unit, const Value &ranges, uint64_t pc) const;

  const DebugSections &sections;
  std::vector<Unit> units;
  std::map<uint64_t, Abbreviations> abbreviations;
};

} // namespace tatami::debug
