//===- LinkerSymbols.cpp - Symbols that no file defines -------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "LinkerSymbols.h"
#include "Context.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSet.h"

using namespace llvm;
using namespace llvm::ELF;

namespace tatami::linker {

//===----------------------------------------------------------------------===//
// The memory map
//===----------------------------------------------------------------------===//

namespace {

/// Where the output section of a rank starts and ends; an empty range in the
/// data segment if there is none.
std::pair<uint64_t, uint64_t> boundsOf(const Context &Ctx, SectionRank Rank) {
  std::pair<uint64_t, uint64_t> Bounds(Ctx.Map.DataStart, Ctx.Map.DataStart);
  bool First = true;
  for (const std::unique_ptr<OutputSection> &Out : Ctx.OutputSections) {
    if (Out->Rank != Rank)
      continue;
    if (First)
      Bounds.first = Out->Address;
    Bounds.second = Out->Address + Out->Size;
    First = false;
  }
  return Bounds;
}

struct MapSymbol {
  StringRef Name;
  uint64_t (*Value)(const Context &Ctx);
};

template <uint64_t MemoryMap::*Field> uint64_t fromMap(const Context &Ctx) {
  return Ctx.Map.*Field;
}
template <uint64_t Options::*Field> uint64_t fromOptions(const Context &Ctx) {
  return Ctx.Opts.*Field;
}
template <SectionRank Rank> uint64_t startOf(const Context &Ctx) {
  return boundsOf(Ctx, Rank).first;
}
template <SectionRank Rank> uint64_t endOf(const Context &Ctx) {
  return boundsOf(Ctx, Rank).second;
}
uint64_t imageStart(const Context &) { return MemoryMap::ImageStart; }
uint64_t tlsSize(const Context &Ctx) {
  return Ctx.Map.TlsEnd - Ctx.Map.TlsStart;
}

constexpr MapSymbol MapSymbols[] = {
    {"__executable_start", imageStart},
    {"__text_start", imageStart},
    {"__text_end", fromMap<&MemoryMap::TextEnd>},
    {"etext", fromMap<&MemoryMap::TextEnd>},
    {"_etext", fromMap<&MemoryMap::TextEnd>},
    {"__rodata_start", fromMap<&MemoryMap::TextEnd>},
    {"__rodata_end", fromMap<&MemoryMap::RodataEnd>},
    {"__data_start", fromMap<&MemoryMap::DataStart>},
    {"edata", fromMap<&MemoryMap::DataEnd>},
    {"_edata", fromMap<&MemoryMap::DataEnd>},
    {"__bss_start", fromMap<&MemoryMap::BssStart>},
    {"__bss_end", fromMap<&MemoryMap::End>},
    {"end", fromMap<&MemoryMap::End>},
    {"_end", fromMap<&MemoryMap::End>},
    {"__heap_start", fromMap<&MemoryMap::HeapStart>},
    {"__heap_end", fromMap<&MemoryMap::HeapEnd>},
    {"__stack_top", fromOptions<&Options::SramSize>},
    {"__stack_size", fromOptions<&Options::StackSize>},
    {"__thread_stack_size", fromOptions<&Options::ThreadStackSize>},
    {"__tdata_start", fromMap<&MemoryMap::TlsStart>},
    {"__tdata_end", fromMap<&MemoryMap::TlsDataEnd>},
    {"__tls_size", tlsSize},
    {"__tls_align", fromMap<&MemoryMap::TlsAlignment>},
    {"__preinit_array_start", startOf<SectionRank::PreinitArray>},
    {"__preinit_array_end", endOf<SectionRank::PreinitArray>},
    {"__init_array_start", startOf<SectionRank::InitArray>},
    {"__init_array_end", endOf<SectionRank::InitArray>},
    {"__fini_array_start", startOf<SectionRank::FiniArray>},
    {"__fini_array_end", endOf<SectionRank::FiniArray>},
};

//===----------------------------------------------------------------------===//
// --defsym
//===----------------------------------------------------------------------===//

/// One operand of a sum: a number, or a symbol if it has a name.
struct Term {
  bool Negative = false;
  StringRef Name;
  uint64_t Number = 0;
};

/// Cuts `a+0x10-b` into terms; nothing if it is not of that form.
std::optional<SmallVector<Term, 2>> parseSum(StringRef Text) {
  SmallVector<Term, 2> Terms;
  while (true) {
    Term T;
    Text = Text.ltrim();
    if (Text.consume_front("-"))
      T.Negative = true;
    else if (!Text.consume_front("+") && !Terms.empty())
      return std::nullopt;
    Text = Text.ltrim();
    size_t Length = Text.find_first_of("+- \t");
    StringRef Operand = Text.substr(0, Length);
    Text = Text.substr(Operand.size()).ltrim();
    if (Operand.empty())
      return std::nullopt;
    if (!isDigit(Operand.front()))
      T.Name = Operand;
    else if (Operand.getAsInteger(0, T.Number))
      return std::nullopt;
    Terms.push_back(T);
    if (Text.empty())
      return Terms;
  }
}

/// Works out the assignments, which may refer to each other in any order.
class Assigner {
public:
  explicit Assigner(Context &Ctx) : Ctx(Ctx) {
    for (const SymbolAssignment &A : Ctx.Opts.Assignments)
      Pending[A.Name] = &A; // The last of equal names counts.
  }

  void assignAll() {
    for (const SymbolAssignment &A : Ctx.Opts.Assignments)
      assign(A.Name);
  }

private:
  void assign(StringRef Name);

  Context &Ctx;
  StringMap<const SymbolAssignment *> Pending;
  StringSet<> InProgress;
};

void Assigner::assign(StringRef Name) {
  auto It = Pending.find(Name);
  if (It == Pending.end())
    return;
  const SymbolAssignment &A = *It->second;
  auto Fail = [&](const Twine &Reason) {
    Ctx.Diags.error("--defsym " + A.Name + "=" + A.Expression + ": " + Reason);
  };
  // Chains longer than any person writes would exhaust the stack.
  if (!InProgress.insert(Name).second || InProgress.size() > 1000)
    return Fail("the symbol depends on itself");

  uint64_t Value = 0;
  SmallVector<Term, 2> Terms = *parseSum(A.Expression);
  for (const Term &T : Terms) {
    uint64_t Operand = T.Number;
    if (!T.Name.empty()) {
      assign(T.Name);
      const Symbol *Sym = Ctx.Symbols.find(T.Name);
      if (!Sym || !Sym->isDefined())
        Fail("symbol '" + T.Name + "' is not defined");
      else
        Operand = Sym->address();
    }
    Value += T.Negative ? -Operand : Operand;
  }
  Ctx.Symbols.find(A.Name)->Value = Value;
  InProgress.erase(Name);
  Pending.erase(A.Name);
}

void defineSynthetic(Symbol &Sym) {
  Sym.K = Symbol::Kind::Defined;
  Sym.Binding = STB_GLOBAL;
  Sym.Type = STT_NOTYPE;
  Sym.IsSynthetic = true;
  Sym.File = nullptr;
  Sym.Section = nullptr;
  Sym.Value = Sym.Size = 0;
}

} // namespace

//===----------------------------------------------------------------------===//
// Interface
//===----------------------------------------------------------------------===//

bool isCIdentifier(StringRef Name) {
  return !Name.empty() && !isDigit(Name.front()) &&
         all_of(Name, [](char C) { return isAlnum(C) || C == '_'; });
}

StringRef boundedSection(StringRef Name) {
  if (Name.consume_front("__start_") || Name.consume_front("__stop_"))
    return Name;
  return {};
}

void referenceCommandLineSymbols(Context &Ctx) {
  Ctx.Symbols.setWrapped(Ctx.Opts.WrappedSymbols);
  if (!Ctx.Opts.Entry.empty() && !isDigit(Ctx.Opts.Entry.front()))
    Ctx.Symbols.addReference(Ctx.Opts.Entry);
  for (StringRef Name : Ctx.Opts.RequiredSymbols)
    Ctx.Symbols.addReference(Name);
  for (const SymbolAssignment &A : Ctx.Opts.Assignments) {
    std::optional<SmallVector<Term, 2>> Terms = parseSum(A.Expression);
    if (!Terms) {
      Ctx.Diags.error("--defsym " + A.Name + "=" + A.Expression +
                      ": expected numbers and symbols joined by + and -");
      continue;
    }
    for (const Term &T : *Terms)
      if (!T.Name.empty())
        Ctx.Symbols.addReference(T.Name);
  }
}

void defineLinkerSymbols(Context &Ctx) {
  for (const MapSymbol &M : MapSymbols) {
    // A program may define or not know `end` and its like: those names are
    // not reserved, so they exist only for those who ask.
    Symbol *Sym = M.Name.starts_with("_") ? Ctx.Symbols.insert(M.Name)
                                          : Ctx.Symbols.find(M.Name);
    if (Sym && Sym->isUndefined())
      defineSynthetic(*Sym);
  }

  StringSet<> BoundedSections;
  Ctx.forEachSection([&](InputSection &Section) {
    if (Section.isAlloc() && !Section.Discarded && isCIdentifier(Section.Name))
      BoundedSections.insert(Section.Name);
  });
  for (Symbol &Sym : Ctx.Symbols.all())
    if (Sym.isUndefined() && BoundedSections.contains(boundedSection(Sym.Name)))
      defineSynthetic(Sym);

  for (const SymbolAssignment &A : Ctx.Opts.Assignments)
    defineSynthetic(*Ctx.Symbols.insert(Ctx.Symbols.save(A.Name)));
}

void finalizeLinkerSymbols(Context &Ctx) {
  for (const MapSymbol &M : MapSymbols)
    if (Symbol *Sym = Ctx.Symbols.find(M.Name); Sym && Sym->IsSynthetic)
      Sym->Value = M.Value(Ctx);

  // Several output sections may have one name: the bounds enclose them all.
  StringMap<std::pair<uint64_t, uint64_t>> Bounds;
  for (const std::unique_ptr<OutputSection> &Out : Ctx.OutputSections) {
    if (!Out->isAlloc())
      continue;
    uint64_t End = Out->Address + Out->Size;
    auto [It, New] = Bounds.try_emplace(Out->Name, Out->Address, End);
    It->second.second = End;
  }
  for (Symbol &Sym : Ctx.Symbols.all()) {
    auto It = Bounds.find(boundedSection(Sym.Name));
    if (Sym.IsSynthetic && It != Bounds.end())
      Sym.Value = Sym.Name.starts_with("__start_") ? It->second.first
                                                   : It->second.second;
  }
  Assigner(Ctx).assignAll();
}

} // namespace tatami::linker
