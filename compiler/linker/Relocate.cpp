//===- Relocate.cpp - Relocation types and their formulas -----------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// In the formulas, S is the symbol's address, A the addend, P the address that
// is relocated.
//
//===----------------------------------------------------------------------===//

#include "Relocate.h"
#include "Context.h"
#include "Report.h"
#include "llvm/Support/Endian.h"
#include "llvm/Support/MathExtras.h"

using namespace llvm;
using namespace llvm::ELF;
using namespace llvm::support::endian;

namespace tatami::linker {

//===----------------------------------------------------------------------===//
// The types
//===----------------------------------------------------------------------===//

using Base = RelocationBase;
using Field = RelocationField;

using Reloc = isa::Reloc;

static constexpr RelocationInfo Relocations[] = {
    {Reloc::R_TATAMI_NONE, 0, Base::None, Field::None},
    {Reloc::R_TATAMI_ABS32, 4, Base::Absolute, Field::Data},
    {Reloc::R_TATAMI_ABS64, 8, Base::Absolute, Field::Data},
    {Reloc::R_TATAMI_ABS22, 4, Base::Absolute, Field::Imm22},
    {Reloc::R_TATAMI_BRANCH15, 4, Base::Pc, Field::Branch15},
    {Reloc::R_TATAMI_JUMP20, 4, Base::Pc, Field::Jump20},
    {Reloc::R_TATAMI_TPREL22, 4, Base::Tls, Field::Imm22},
    {Reloc::R_TATAMI_PCREL32, 4, Base::Pc, Field::SignedData},
    {Reloc::R_TATAMI_PCREL64, 8, Base::Pc, Field::SignedData},
    {Reloc::R_TATAMI_ABS16, 2, Base::Absolute, Field::Data},
    {Reloc::R_TATAMI_ABS8, 1, Base::Absolute, Field::Data},
    {Reloc::R_TATAMI_DTPREL64, 8, Base::Tls, Field::SignedData},
    {Reloc::R_TATAMI_DTPREL32, 4, Base::Tls, Field::SignedData},
    {Reloc::R_TATAMI_LO15, 4, Base::Absolute, Field::Low15},
    {Reloc::R_TATAMI_HI20, 4, Base::Absolute, Field::High20},
};

StringRef RelocationInfo::name() const {
  return isa::relocName(uint32_t(Type));
}

const RelocationInfo *findRelocation(uint32_t Type) {
  if (Type >= std::size(Relocations))
    return nullptr;
  assert(uint32_t(Relocations[Type].Type) == Type && "the table is in order");
  return &Relocations[Type];
}

RelocationRange rangeOf(const RelocationInfo &Info) {
  constexpr RelocationRange Anything = {INT64_MIN, INT64_MAX};
  unsigned Bits = Info.Size * 8;
  switch (Info.Field) {
  case Field::None:
  case Field::Low15: // Takes its part of any value.
    return Anything;
  case Field::Data:
    if (Bits == 64)
      return Anything;
    return {minIntN(Bits), int64_t(maxUIntN(Bits))};
  case Field::SignedData:
    return {minIntN(Bits), maxIntN(Bits)};
  case Field::Imm22:
    return {minIntN(22), maxIntN(22)};
  case Field::Branch15:
    return {minIntN(15) * 4, maxIntN(15) * 4, 4};
  case Field::Jump20:
    return {minIntN(20) * 4, maxIntN(20) * 4, 4};
  case Field::High20:
    // What the pair HI20 and LO15 can express.
    return {(minIntN(20) << 15) - 0x4000, (maxIntN(20) << 15) + 0x3fff};
  }
  llvm_unreachable("no such field");
}

void storeRelocation(const RelocationInfo &Info, uint8_t *Location,
                     int64_t Value) {
  auto StoreBits = [&](uint32_t Mask, uint32_t Bits) {
    write32le(Location, (read32le(Location) & ~Mask) | (Bits & Mask));
  };
  switch (Info.Field) {
  case Field::None:
    return;
  case Field::Data:
  case Field::SignedData:
    for (unsigned I = 0; I < Info.Size; ++I)
      Location[I] = uint8_t(uint64_t(Value) >> (8 * I));
    return;
  case Field::Imm22:
    return StoreBits(0xfffff003, uint32_t(Value >> 2) << 12 | (Value & 3));
  case Field::Branch15:
    return StoreBits(0xfffe0000, uint32_t(Value >> 2) << 17);
  case Field::Jump20:
    return StoreBits(0xfffff000, uint32_t(Value >> 2) << 12);
  case Field::Low15:
    return StoreBits(0xfffe0000, uint32_t(Value) << 17);
  case Field::High20:
    return StoreBits(0xfffff000, uint32_t((Value + 0x4000) >> 15) << 12);
  }
}

//===----------------------------------------------------------------------===//
// Applying them
//===----------------------------------------------------------------------===//

namespace {

/// Relocates one section at its place in the image.
class SectionRelocator {
public:
  SectionRelocator(Context &Ctx, InputSection &Section, uint8_t *Image)
      : Ctx(Ctx), Section(Section),
        Bytes(Image + Section.Out->FileOffset + Section.OutputOffset) {}

  void relocate() {
    for (const ElfRela &Rela : Section.Relocations)
      apply(Rela);
  }

private:
  void apply(const ElfRela &Rela);
  void applyToDead(const RelocationInfo &Info, const ElfRela &Rela,
                   const Symbol &Target);
  int64_t valueOf(const RelocationInfo &Info, const ElfRela &Rela,
                  const Symbol &Target) const;
  bool isDead(const Symbol &Target, int64_t Addend) const;

  Context &Ctx;
  InputSection &Section;
  uint8_t *Bytes;
};

/// Whether the target is not part of the image, though it was defined.
bool SectionRelocator::isDead(const Symbol &Target, int64_t Addend) const {
  if (!Target.Section)
    // Debug information may mention a function that is nowhere referenced.
    return !Section.isAlloc() && Target.isUndefined();
  if (!Target.Section->Live)
    return true;
  uint64_t Offset = Target.Value + (Target.Type == STT_SECTION ? Addend : 0);
  Piece *P = Target.Section->findPiece(Offset);
  return P && !P->Live;
}

/// Debug information keeps its entries for code that was dropped; the largest
/// address, as DWARF 6 has it, tells debuggers that there is none. (lld still
/// writes 0, which hides fewer such entries from LLVM's readers.)
void SectionRelocator::applyToDead(const RelocationInfo &Info,
                                   const ElfRela &Rela, const Symbol &Target) {
  bool IsUnwindTable = Section.Name == ".eh_frame";
  if (Section.isAlloc() && !IsUnwindTable)
    return reportDiscardedTarget(Ctx, Section, Rela.r_offset, Target);
  int64_t Tombstone = Section.isDebug() ? -1 : 0;
  // There, -1 selects a base address and two zeros end the list.
  if (Section.Name == ".debug_loc" || Section.Name == ".debug_ranges")
    Tombstone = 1;
  storeRelocation(Info, Bytes + Rela.r_offset, Tombstone);
}

int64_t SectionRelocator::valueOf(const RelocationInfo &Info,
                                  const ElfRela &Rela,
                                  const Symbol &Target) const {
  int64_t Value = Target.addressWithAddend(Rela.r_addend);
  switch (Info.Base) {
  case Base::None:
  case Base::Absolute:
    return Value;
  case Base::Pc:
    return uint64_t(Value) -
           (Section.Out->Address + Section.OutputOffset + Rela.r_offset);
  case Base::Tls:
    // An undefined weak variable has no place in the block; take its start.
    return Target.isDefined() ? uint64_t(Value) - Ctx.Map.TlsStart : Value;
  }
  llvm_unreachable("no such base");
}

void SectionRelocator::apply(const ElfRela &Rela) {
  const RelocationInfo &Info = *findRelocation(Rela.getType(false));
  const Symbol &Target = *Section.File->Symbols[Rela.getSymbol(false)];
  if (Info.Base == Base::None)
    return;
  if (isDead(Target, Rela.r_addend))
    return applyToDead(Info, Rela, Target);

  if (Info.Base == Base::Tls && Target.isDefined() &&
      !(Target.Section && Target.Section->isTls()))
    return reportNotThreadLocal(Ctx, Section, Rela.r_offset, Info, Target);
  int64_t Value = valueOf(Info, Rela, Target);
  if (!rangeOf(Info).contains(Value))
    return reportOutOfRange(Ctx, Section, Rela.r_offset, Info, Target, Value);
  storeRelocation(Info, Bytes + Rela.r_offset, Value);
}

} // namespace

void relocateImage(Context &Ctx, uint8_t *Image) {
  Ctx.forEachSection([&](InputSection &Section) {
    if (Section.Live && !Section.Relocations.empty())
      SectionRelocator(Ctx, Section, Image).relocate();
  });
}

} // namespace tatami::linker
