//===- Gc.cpp - Which sections are part of the image? ---------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Mark and sweep over sections: relocations are the edges. Mergeable sections
// are marked piece by piece, so that a string lives only if it is used.
//
//===----------------------------------------------------------------------===//

#include "Gc.h"
#include "Context.h"
#include "LinkerSymbols.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringMap.h"

using namespace llvm;
using namespace llvm::ELF;

namespace tatami::linker {
namespace {

class Marker {
public:
  explicit Marker(Context &Ctx) : Ctx(Ctx) {}

  void mark();

private:
  void markRoots();
  void markSymbol(const Symbol &Sym, int64_t Addend = 0);
  void enqueue(InputSection &Section);
  void scan(InputSection &Section);

  Context &Ctx;
  std::vector<InputSection *> Worklist;
  StringMap<std::vector<InputSection *>> BoundedSections;
};

/// Sections that run or are read without anybody naming them.
bool isRoot(const InputSection &Section) {
  switch (Section.Type) {
  case SHT_INIT_ARRAY:
  case SHT_FINI_ARRAY:
  case SHT_PREINIT_ARRAY:
    return true;
  case SHT_NOTE:
    return !Section.NextInGroup;
  }
  if (Section.Flags & SHF_GNU_RETAIN)
    return true;
  StringRef Out = outputSectionName(Section.Name);
  return Out == ".init_array" || Out == ".fini_array" ||
         Out == ".preinit_array" || Out == ".eh_frame";
}

void Marker::enqueue(InputSection &Section) {
  if (Section.Live || Section.Discarded)
    return;
  Section.Live = true;
  Worklist.push_back(&Section);
}

void Marker::markSymbol(const Symbol &Sym, int64_t Addend) {
  if (Sym.IsSynthetic) {
    // Who uses the bounds of a section wants all of it.
    auto It = BoundedSections.find(boundedSection(Sym.Name));
    if (It != BoundedSections.end())
      for (InputSection *Section : It->second) {
        enqueue(*Section);
        for (Piece &P : Section->Pieces)
          P.Live = true;
      }
    return;
  }
  if (!Sym.isDefined() || !Sym.Section)
    return;
  enqueue(*Sym.Section);
  uint64_t Offset = Sym.Value + (Sym.Type == STT_SECTION ? Addend : 0);
  if (Piece *P = Sym.Section->findPiece(Offset))
    P->Live = true;
}

void Marker::scan(InputSection &Section) {
  for (InputSection *Dependent : Section.Dependents)
    enqueue(*Dependent);
  if (InputSection *Next = Section.NextInGroup)
    enqueue(*Next); // And from there around the ring.

  // What describes code, rather than being used by it, keeps nothing alive.
  if (!Section.isAlloc())
    return;
  bool IsUnwindTable = Section.Name == ".eh_frame";
  for (const ElfRela &Rela : Section.Relocations) {
    const Symbol &Sym = *Section.File->Symbols[Rela.getSymbol(false)];
    if (IsUnwindTable && Sym.Section && Sym.Section->isExecutable())
      continue;
    markSymbol(Sym, Rela.r_addend);
  }
}

void Marker::markRoots() {
  auto MarkName = [&](StringRef Name) {
    if (Symbol *Sym = Ctx.Symbols.find(Name))
      markSymbol(*Sym);
  };
  MarkName(Ctx.Opts.Entry);
  llvm::for_each(Ctx.Opts.RequiredSymbols, MarkName);
  // The operands of --defsym. They are few, so the text is searched again.
  for (const SymbolAssignment &A : Ctx.Opts.Assignments) {
    SmallVector<StringRef, 4> Operands;
    SplitString(A.Expression, Operands, "+- \t");
    llvm::for_each(Operands, MarkName);
  }

  Ctx.forEachSection([&](InputSection &Section) {
    if (!Section.isAlloc()) {
      // Debug information of a group goes with the group.
      if (!Section.NextInGroup && !(Section.Flags & SHF_LINK_ORDER))
        enqueue(Section);
      for (Piece &P : Section.Pieces)
        P.Live = true;
      return;
    }
    if (isRoot(Section)) {
      enqueue(Section);
      for (Piece &P : Section.Pieces)
        P.Live = true;
    }
  });
}

void Marker::mark() {
  Ctx.forEachSection([&](InputSection &Section) {
    if (Section.isAlloc() && isCIdentifier(Section.Name))
      BoundedSections[Section.Name].push_back(&Section);
  });
  markRoots();
  while (!Worklist.empty()) {
    InputSection *Section = Worklist.back();
    Worklist.pop_back();
    scan(*Section);
  }
}

void markEverything(Context &Ctx) {
  Ctx.forEachSection([](InputSection &Section) {
    Section.Live = !Section.Discarded;
    for (Piece &P : Section.Pieces)
      P.Live = true;
  });
}

void printRemovedSections(Context &Ctx) {
  Ctx.forEachSection([&](InputSection &Section) {
    if (Section.isAlloc() && !Section.Live && !Section.Discarded)
      Ctx.Diags.message("removing unused section " + Section.File->Name + ":(" +
                        Section.Name + ")");
  });
}

} // namespace

void markLiveSections(Context &Ctx) {
  if (Ctx.Opts.GcSections)
    Marker(Ctx).mark();
  else
    markEverything(Ctx);
  if (Ctx.Opts.PrintGcSections)
    printRemovedSections(Ctx);

  if (Ctx.Opts.StripDebug)
    Ctx.forEachSection([](InputSection &Section) {
      if (Section.isDebug())
        Section.Live = false;
    });
}

} // namespace tatami::linker
