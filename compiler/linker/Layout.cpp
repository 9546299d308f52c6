//===- Layout.cpp - Output sections and their addresses -------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Layout.h"
#include "Context.h"
#include "Report.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/MathExtras.h"
#include <map>
#include <tuple>

using namespace llvm;
using namespace llvm::ELF;

namespace tatami::linker {

//===----------------------------------------------------------------------===//
// Output sections
//===----------------------------------------------------------------------===//

StringRef outputSectionName(StringRef Name) {
  if (Name == "COMMON")
    return ".bss";
  // `.text.main`, one section per function, belongs to `.text`.
  static constexpr StringRef Stems[] = {".text",
                                        ".rodata",
                                        ".data.rel.ro",
                                        ".data",
                                        ".bss",
                                        ".tdata",
                                        ".tbss",
                                        ".preinit_array",
                                        ".init_array",
                                        ".fini_array",
                                        ".gcc_except_table"};
  for (StringRef Stem : Stems)
    if (Name.starts_with(Stem) &&
        (Name.size() == Stem.size() || Name[Stem.size()] == '.'))
      return Stem;
  return Name;
}

static SectionRank rankOf(const OutputSection &Out) {
  if (!Out.isAlloc())
    return SectionRank::NotLoaded;
  if (Out.Flags & SHF_TLS)
    return Out.isNoBits() ? SectionRank::TlsBss : SectionRank::TlsData;
  if (Out.Flags & SHF_EXECINSTR)
    return SectionRank::Text;
  if (!(Out.Flags & SHF_WRITE))
    return SectionRank::ReadOnlyData;
  if (Out.isNoBits())
    return SectionRank::Bss;
  return StringSwitch<SectionRank>(Out.Name)
      .Case(".preinit_array", SectionRank::PreinitArray)
      .Case(".init_array", SectionRank::InitArray)
      .Case(".fini_array", SectionRank::FiniArray)
      .Case(".data.rel.ro", SectionRank::RelroData)
      .Default(SectionRank::Data);
}

/// `.init_array.N`: lower N runs first, and those without a number last.
static uint32_t initPriority(const Chunk *C) {
  const InputSection *Section = C->asInputSection();
  uint32_t Priority;
  if (!Section || Section->Name.rsplit('.').second.getAsInteger(10, Priority))
    return UINT32_MAX;
  return Priority;
}

static void sortByPriority(OutputSection &Out) {
  // Equal keys keep the order of insertion, that is, of the files.
  std::multimap<uint32_t, Chunk *> Sorted;
  for (Chunk *C : Out.Chunks)
    Sorted.emplace(initPriority(C), C);
  Out.Chunks.clear();
  llvm::append_range(Out.Chunks, llvm::make_second_range(Sorted));
}

/// What must agree for sections of one name to share an output section.
using OutputKey = std::tuple<StringRef, uint64_t, bool>;

static OutputKey outputKey(const InputSection &Section) {
  uint64_t Access =
      Section.Flags & (SHF_ALLOC | SHF_WRITE | SHF_EXECINSTR | SHF_TLS);
  // Zeros in the middle of a read-only segment have to be in the file.
  bool IsNoBits = Section.isNoBits() && (Section.Flags & (SHF_WRITE | SHF_TLS));
  return {outputSectionName(Section.Name), Access, IsNoBits};
}

static std::unique_ptr<OutputSection> makeOutput(const InputSection &First) {
  auto Out = std::make_unique<OutputSection>();
  bool IsNoBits;
  std::tie(Out->Name, Out->Flags, IsNoBits) = outputKey(First);
  Out->Flags |= First.Flags & (SHF_MERGE | SHF_STRINGS);
  Out->EntrySize = First.EntrySize;
  Out->Type = IsNoBits           ? uint32_t(SHT_NOBITS)
              : First.isNoBits() ? uint32_t(SHT_PROGBITS)
                                 : First.Type;
  Out->Rank = rankOf(*Out);
  return Out;
}

static void append(OutputSection &Out, Chunk &C, const InputSection &Section) {
  constexpr uint64_t Mergeable = SHF_MERGE | SHF_STRINGS;
  if ((Out.Flags ^ Section.Flags) & Mergeable ||
      Out.EntrySize != Section.EntrySize) {
    Out.Flags &= ~Mergeable;
    Out.EntrySize = 0;
  }
  Out.Alignment = std::max(Out.Alignment, C.Alignment);
  C.Out = &Out;
  Out.Chunks.push_back(&C);
}

void createOutputSections(Context &Ctx) {
  std::map<OutputKey, OutputSection *> ByKey;
  Ctx.forEachSection([&](InputSection &Section) {
    if (!Section.Live)
      return;
    Chunk *C = Section.Merged ? static_cast<Chunk *>(Section.Merged) : &Section;
    if (C->Out)
      return;
    OutputSection *&Out = ByKey[outputKey(Section)];
    if (!Out) {
      Ctx.OutputSections.push_back(makeOutput(Section));
      Out = Ctx.OutputSections.back().get();
      Out->Index = Ctx.OutputSections.size();
    }
    append(*Out, *C, Section);
  });

  llvm::sort(Ctx.OutputSections, [](const auto &A, const auto &B) {
    return std::tie(A->Rank, A->Index) < std::tie(B->Rank, B->Index);
  });
  uint32_t Index = 1;
  for (std::unique_ptr<OutputSection> &Out : Ctx.OutputSections) {
    Out->Index = Index++;
    if (Out->Rank == SectionRank::InitArray ||
        Out->Rank == SectionRank::FiniArray)
      sortByPriority(*Out);
    // Small objects come first: those that every program touches then share a
    // few pages of the host with what is initialised, also in 8,850 nodes.
    if (Out->Rank == SectionRank::Bss)
      llvm::stable_sort(Out->Chunks, [](const Chunk *A, const Chunk *B) {
        return A->Size < B->Size;
      });
    for (Chunk *C : Out->Chunks) {
      C->OutputOffset = alignTo(Out->Size, C->Alignment);
      Out->Size = C->OutputOffset + C->Size;
    }
  }
}

//===----------------------------------------------------------------------===//
// Addresses
//===----------------------------------------------------------------------===//

namespace {

/// Walks once over the sections, in order, and hands out addresses.
class AddressAssigner {
public:
  explicit AddressAssigner(Context &Ctx) : Ctx(Ctx), Map(Ctx.Map) {}

  void assign();

private:
  void place(OutputSection &Out);
  uint64_t placeAll(SectionRank First, SectionRank Last);
  void placeTls();

  Context &Ctx;
  MemoryMap &Map;
  uint64_t Next = MemoryMap::ImageStart;
};

void AddressAssigner::place(OutputSection &Out) {
  Next = alignTo(Next, Out.Alignment);
  Out.Address = Next;
  Next += Out.Size;
}

/// Places the sections of these ranks and returns where they end.
uint64_t AddressAssigner::placeAll(SectionRank First, SectionRank Last) {
  for (std::unique_ptr<OutputSection> &Out : Ctx.OutputSections)
    if (Out->Rank >= First && Out->Rank <= Last)
      place(*Out);
  return Next;
}

/// The template is aligned as its most demanding section, so that offsets in
/// it are aligned if each thread's block is. Uninitialised variables have
/// addresses after the initialised ones but take no memory in the image.
void AddressAssigner::placeTls() {
  for (std::unique_ptr<OutputSection> &Out : Ctx.OutputSections)
    if (Out->Flags & SHF_TLS)
      Map.TlsAlignment = std::max(Map.TlsAlignment, Out->Alignment);
  Next = alignTo(Next, Map.TlsAlignment);
  Map.TlsStart = Next;
  Map.TlsDataEnd = placeAll(SectionRank::TlsData, SectionRank::TlsData);
  Map.TlsEnd = placeAll(SectionRank::TlsBss, SectionRank::TlsBss);
  Next = Map.TlsDataEnd;
}

void AddressAssigner::assign() {
  Map.TextEnd = placeAll(SectionRank::Text, SectionRank::Text);
  Map.RodataEnd =
      placeAll(SectionRank::ReadOnlyData, SectionRank::ReadOnlyData);

  // The whole segment is as aligned as its sections, for file offsets.
  uint64_t SegmentAlignment = MemoryMap::SegmentAlignment;
  for (std::unique_ptr<OutputSection> &Out : Ctx.OutputSections)
    if (Out->isAlloc() && Out->Rank > SectionRank::ReadOnlyData)
      SegmentAlignment = std::max(SegmentAlignment, Out->Alignment);
  Next = alignTo(Next, SegmentAlignment);
  Map.DataStart = Next;
  placeTls();
  Map.DataEnd = placeAll(SectionRank::PreinitArray, SectionRank::Data);

  Map.BssStart = Next;
  for (std::unique_ptr<OutputSection> &Out : llvm::reverse(Ctx.OutputSections))
    if (Out->Rank == SectionRank::Bss)
      Map.BssStart = alignTo(Next, Out->Alignment);
  Map.End = placeAll(SectionRank::Bss, SectionRank::Bss);
}

} // namespace

void assignAddresses(Context &Ctx) {
  AddressAssigner(Ctx).assign();

  MemoryMap &Map = Ctx.Map;
  uint64_t Stacks = Ctx.Opts.StackSize +
                    MemoryMap::SecondaryThreads * Ctx.Opts.ThreadStackSize;
  Map.HeapStart = alignTo(Map.End, MemoryMap::SegmentAlignment);
  if (Map.HeapStart > Ctx.Opts.SramSize ||
      Stacks > Ctx.Opts.SramSize - Map.HeapStart)
    return reportImageTooLarge(Ctx, Stacks);
  Map.HeapEnd = Ctx.Opts.SramSize - Stacks;
}

uint64_t InputSection::addressOf(uint64_t Offset) const {
  if (Merged) {
    // Offsets at the very end have no element of their own.
    auto After = partition_point(
        Pieces, [&](const Piece &P) { return P.InputOffset <= Offset; });
    const Piece &P = *std::prev(After);
    return Merged->Out->Address + Merged->OutputOffset + P.MergedOffset +
           (Offset - P.InputOffset);
  }
  return Out ? Out->Address + OutputOffset + Offset : 0;
}

uint64_t Symbol::addressWithAddend(int64_t Addend) const {
  if (!isDefined())
    return Addend;
  if (!Section)
    return Value + Addend;
  if (Type == STT_SECTION && Section->Merged)
    return Section->addressOf(Value + Addend);
  return Section->addressOf(Value) + Addend;
}

//===----------------------------------------------------------------------===//
// Merging equal elements
//===----------------------------------------------------------------------===//

uint64_t MergedSection::add(ArrayRef<uint8_t> Bytes) {
  StringRef Key = toStringRef(Bytes);
  auto [It, New] = Offsets.try_emplace(CachedHashStringRef(Key), 0);
  if (New) {
    It->second = alignTo(Size, Alignment);
    Size = It->second + Key.size();
    Elements.push_back({Key, It->second});
  }
  return It->second;
}

void MergedSection::copyTo(uint8_t *Destination) const {
  for (auto [Bytes, Offset] : Elements)
    llvm::copy(Bytes, Destination + Offset);
}

void mergeEqualElements(Context &Ctx) {
  using Key = std::tuple<StringRef, uint64_t, uint64_t, uint64_t>;
  std::map<Key, MergedSection *> ByKey;
  Ctx.forEachSection([&](InputSection &Section) {
    if (!Section.Live || !Section.isMergeable())
      return;
    MergedSection *&Merged =
        ByKey[{outputSectionName(Section.Name), Section.Flags,
               Section.EntrySize, Section.Alignment}];
    if (!Merged) {
      Ctx.MergedSections.push_back(std::make_unique<MergedSection>());
      Merged = Ctx.MergedSections.back().get();
      Merged->Alignment = Section.Alignment;
    }
    Section.Merged = Merged;
    for (Piece &P : Section.Pieces)
      if (P.Live)
        P.MergedOffset = Merged->add(Section.pieceData(P));
  });
}

} // namespace tatami::linker
