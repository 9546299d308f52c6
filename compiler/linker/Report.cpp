//===- Report.cpp - Errors about how inputs fit together ------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Report.h"
#include "Context.h"
#include "Relocate.h"
#include "SourceLocation.h"
#include "Spelling.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FormatVariadic.h"

using namespace llvm;
using namespace llvm::ELF;

namespace tatami::linker {

//===----------------------------------------------------------------------===//
// Names and places
//===----------------------------------------------------------------------===//

static std::string displayName(const Context &Ctx, const Symbol &Sym) {
  return Ctx.Opts.Demangle ? demangled(Sym.Name) : Sym.Name.str();
}

/// `main.o:(function main: .text+0x4)`
static std::string placeOf(const Context &Ctx, const InputSection &Section,
                           uint64_t Offset) {
  std::string Place = Section.File->Name + ":(";
  for (const Symbol &Sym : Section.File->RawSymbols)
    if (Sym.Section == &Section && Sym.Type == STT_FUNC &&
        Sym.Value <= Offset && Offset - Sym.Value < Sym.Size) {
      Place += "function " + displayName(Ctx, Sym) + ": ";
      break;
    }
  return Place + Section.Name.str() + "+0x" + utohexstr(Offset, true) + ")";
}

/// The locator of \p File, made on first use and kept for the next message.
static const SourceLocator &locatorOf(Context &Ctx, ObjectFile &File) {
  std::unique_ptr<SourceLocator> &Locator = Ctx.SourceLocators[&File];
  if (!Locator)
    Locator = std::make_unique<SourceLocator>(File);
  return *Locator;
}

/// A line of a message: the source line, if known, and below it the object.
static std::string describePlace(StringRef Verb, const std::string &Line,
                                 const std::string &Place) {
  std::string Lead = ("\n>>> " + Verb + " ").str();
  if (Line.empty())
    return Lead + Place;
  std::string Indent(Verb.size() + 1, ' ');
  return Lead + Line + "\n>>> " + Indent + Place;
}

static std::string describeReference(Context &Ctx, InputSection &Section,
                                     uint64_t Offset) {
  return describePlace("referenced by",
                       locatorOf(Ctx, *Section.File).lineOf(Section, Offset),
                       placeOf(Ctx, Section, Offset));
}

static std::string describeDefinition(Context &Ctx, const Symbol &Sym) {
  if (!Sym.File)
    return "";
  if (!Sym.Section)
    return (Twine("\n>>> defined in ") + Sym.File->Name).str();
  return describePlace("defined at", locatorOf(Ctx, *Sym.File).lineOf(Sym),
                       placeOf(Ctx, *Sym.Section, Sym.Value));
}

//===----------------------------------------------------------------------===//
// Symbols
//===----------------------------------------------------------------------===//

void reportDuplicateSymbols(Context &Ctx) {
  if (Ctx.Opts.AllowMultipleDefinition)
    return;
  for (const DuplicateDefinition &D : Ctx.Symbols.duplicates()) {
    if (Ctx.Diags.isSilent()) {
      Ctx.Diags.error("duplicate symbol: " + D.Kept->Name);
      continue;
    }
    Ctx.Diags.error("duplicate symbol: " + displayName(Ctx, *D.Kept) +
                    describeDefinition(Ctx, *D.Kept) +
                    describeDefinition(Ctx, *D.Other));
  }
}

namespace {
/// Who refers to an undefined symbol.
struct References {
  static constexpr size_t MaxShown = 3;
  SmallVector<std::pair<InputSection *, uint64_t>, MaxShown> First;
  size_t Total = 0;
};
} // namespace

static void reportUndefined(Context &Ctx, const Symbol &Sym,
                            const References &Refs) {
  if (Ctx.Diags.isSilent())
    return Ctx.Diags.error("undefined symbol: " + Sym.Name);
  std::string Message = "undefined symbol: " + displayName(Ctx, Sym);
  for (auto [Section, Offset] : Refs.First)
    Message += describeReference(Ctx, *Section, Offset);
  if (Refs.Total > Refs.First.size())
    Message += "\n>>> referenced " + utostr(Refs.Total - Refs.First.size()) +
               " more times";
  if (const Symbol *Similar = findSimilar(Ctx.Symbols, Sym.Name)) {
    // The name alone may look the same: it is the language that differs.
    bool Mangled = Similar->Name.starts_with("_Z");
    StringRef Hint = Mangled == Sym.Name.starts_with("_Z") ? "did you mean: "
                     : Mangled ? "did you mean to declare the C++ function: "
                               : "did you mean: extern \"C\" ";
    Message += "\n>>> " + Hint.str() + displayName(Ctx, *Similar);
    if (Similar->File)
      Message += "\n>>> defined in: " + Similar->File->Name;
  }
  Ctx.Diags.error(Message);
}

void reportUndefinedSymbols(Context &Ctx) {
  MapVector<const Symbol *, References> Undefined;
  Ctx.forEachSection([&](InputSection &Section) {
    if (!Section.Live || !Section.isAlloc())
      return;
    for (const ElfRela &Rela : Section.Relocations) {
      const Symbol *Sym = Section.File->Symbols[Rela.getSymbol(false)];
      if (!Sym->isUndefined() || Sym->isWeak())
        continue;
      References &Refs = Undefined[Sym];
      if (++Refs.Total <= References::MaxShown)
        Refs.First.push_back({&Section, Rela.r_offset});
    }
  });
  for (const auto &[Sym, Refs] : Undefined)
    reportUndefined(Ctx, *Sym, Refs);

  const std::string &Entry = Ctx.Opts.Entry;
  const Symbol *EntrySymbol = Ctx.Symbols.find(Entry);
  if (!StringRef(Entry).empty() && isDigit(Entry.front()))
    return;
  if (!EntrySymbol || !EntrySymbol->isDefined())
    Ctx.Diags.error("entry symbol '" + Entry +
                    "' is not defined; link the start-up code, as "
                    "tatami-clang does, or name another symbol with -e");
}

//===----------------------------------------------------------------------===//
// Relocations
//===----------------------------------------------------------------------===//

static std::string describeTarget(Context &Ctx, const Symbol &Target) {
  return (Twine("'") + displayName(Ctx, Target) + "'").str();
}

static void reportAtRelocation(Context &Ctx, InputSection &Section,
                               uint64_t Offset, const Symbol &Target,
                               const Twine &Message) {
  if (Ctx.Diags.isSilent())
    return Ctx.Diags.error(Message);
  Ctx.Diags.error(placeOf(Ctx, Section, Offset) + ": " + Message +
                  describeReference(Ctx, Section, Offset) +
                  describeDefinition(Ctx, Target));
}

void reportOutOfRange(Context &Ctx, InputSection &Section, uint64_t Offset,
                      const RelocationInfo &Info, const Symbol &Target,
                      int64_t Value) {
  RelocationRange Range = rangeOf(Info);
  std::string Problem =
      Value < Range.Min || Value > Range.Max
          ? formatv("out of range: {0} is not in [{1}, {2}]", Value, Range.Min,
                    Range.Max)
                .str()
          : formatv("not aligned: {0} is not a multiple of {1}", Value,
                    Range.Multiple)
                .str();
  reportAtRelocation(Ctx, Section, Offset, Target,
                     "relocation " + Info.name() + " " + Problem +
                         "; references " + describeTarget(Ctx, Target));
}

void reportNotThreadLocal(Context &Ctx, InputSection &Section, uint64_t Offset,
                          const RelocationInfo &Info, const Symbol &Target) {
  reportAtRelocation(Ctx, Section, Offset, Target,
                     "relocation " + Info.name() + " references " +
                         describeTarget(Ctx, Target) +
                         ", which is not a thread-local variable");
}

void reportDiscardedTarget(Context &Ctx, InputSection &Section, uint64_t Offset,
                           const Symbol &Target) {
  reportAtRelocation(
      Ctx, Section, Offset, Target,
      "relocation references " + describeTarget(Ctx, Target) +
          " in a discarded section; was the same inline function compiled "
          "differently in two objects?");
}

//===----------------------------------------------------------------------===//
// Size
//===----------------------------------------------------------------------===//

/// 1310720 as 1,310,720.
static std::string withCommas(uint64_t Number) {
  return formatv("{0:N}", Number).str();
}

/// Live symbols with a place in memory, the largest first, at most \p Limit.
static std::vector<const Symbol *> largestSymbols(const Context &Ctx,
                                                  size_t Limit) {
  std::vector<const Symbol *> Largest;
  auto Consider = [&](const Symbol &Sym) {
    if (Sym.isDefined() && Sym.Section && Sym.Section->Live &&
        Sym.Section->isAlloc() && Sym.Size)
      Largest.push_back(&Sym);
  };
  for (const std::unique_ptr<ObjectFile> &File : Ctx.Objects)
    for (const Symbol &Sym : File->RawSymbols)
      if (Sym.IsLocal)
        Consider(Sym);
  llvm::for_each(Ctx.Symbols.all(), Consider);
  llvm::sort(Largest, [](const Symbol *A, const Symbol *B) {
    return std::tie(B->Size, A->Name) < std::tie(A->Size, B->Name);
  });
  Largest.resize(std::min(Largest.size(), Limit));
  return Largest;
}

void reportImageTooLarge(Context &Ctx, uint64_t Stacks) {
  const MemoryMap &Map = Ctx.Map;
  uint64_t Need = alignTo(Map.End, MemoryMap::SegmentAlignment) + Stacks;
  std::string Message = "the image does not fit in the node's memory: it is " +
                        withCommas(Need - Ctx.Opts.SramSize) +
                        " bytes too large";
  auto AddLine = [&](StringRef What, uint64_t Size) {
    Message += formatv("\n>>> {0,-30}{1,12}", What, withCommas(Size)).str();
  };
  AddLine("memory of the node", Ctx.Opts.SramSize);
  AddLine("reserved page 0", MemoryMap::ImageStart);
  AddLine("code", Map.TextEnd - MemoryMap::ImageStart);
  AddLine("read-only data", Map.RodataEnd - Map.TextEnd);
  AddLine("initialised data", Map.DataEnd - Map.DataStart);
  AddLine("zero-initialised data", Map.End - Map.DataEnd);
  AddLine("stacks", Stacks);

  std::vector<const Symbol *> Largest = largestSymbols(Ctx, 10);
  if (!Largest.empty())
    Message += "\n>>> largest symbols:";
  for (const Symbol *Sym : Largest)
    Message += formatv("\n>>> {0,12}  {1}  ({2})", withCommas(Sym->Size),
                       displayName(Ctx, *Sym), Sym->File->Name)
                   .str();
  Ctx.Diags.error(Message);
}

} // namespace tatami::linker
