//===- Symbols.cpp - Which definition does a name mean? -------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Symbols.h"
#include "Context.h"
#include "Lto.h"

using namespace llvm;
using namespace llvm::ELF;

namespace tatami::linker {

void SymbolTable::setWrapped(ArrayRef<std::string> Names) {
  for (StringRef Name : Names) {
    StringRef Real = Saver.save(Name);
    Wrapped[CachedHashStringRef(Real)] = Saver.save("__wrap_" + Name);
    Wrapped[CachedHashStringRef(Saver.save("__real_" + Name))] = Real;
  }
}

/// Only references are redirected: a file's own definition and its uses stay
/// together, as in GNU ld.
StringRef SymbolTable::wrapReference(StringRef Name) const {
  if (Wrapped.empty())
    return Name;
  auto It = Wrapped.find(CachedHashStringRef(Name));
  return It == Wrapped.end() ? Name : It->second;
}

Symbol *SymbolTable::insert(StringRef Name) {
  auto [It, New] = ByName.try_emplace(CachedHashStringRef(Name), nullptr);
  if (New) {
    Storage.emplace_back();
    Storage.back().Name = Name;
    It->second = &Storage.back();
  }
  return It->second;
}

Symbol *SymbolTable::find(StringRef Name) const {
  return ByName.lookup(CachedHashStringRef(Name));
}

//===----------------------------------------------------------------------===//
// Entering files
//===----------------------------------------------------------------------===//

void SymbolTable::discardLosingGroups(ObjectFile &File) {
  for (const SectionGroup &Group : File.Groups) {
    if (!Group.IsComdat)
      continue;
    auto [It, First] =
        ComdatOwners.try_emplace(CachedHashStringRef(Group.Signature), &File);
    if (First)
      continue;
    for (uint32_t Index : Group.Members)
      File.Sections[Index]->Discarded = true;
  }
}

void SymbolTable::addObject(ObjectFile &File) {
  if (!File.IsCompiledBitcode)
    discardLosingGroups(File);
  for (uint32_t I = 0; I < File.RawSymbols.size(); ++I) {
    Symbol &Raw = File.RawSymbols[I];
    if (Raw.IsLocal || I == 0)
      continue;
    bool Defines =
        !Raw.isUndefined() && !(Raw.Section && Raw.Section->Discarded);
    Symbol *Sym = insert(Defines ? Raw.Name : wrapReference(Raw.Name));
    File.Symbols[I] = Sym;
    // Many files have become one: here, uses of another file's definition are
    // uses of the file's own.
    if (Defines && File.IsCompiledBitcode)
      File.Symbols[I] = insert(wrapReference(Raw.Name));
    if (!File.Bitcode)
      Sym->UsedByObject = true;
    // ELF: the most constraining visibility of all files counts.
    if (Raw.Visibility != STV_DEFAULT)
      Sym->Visibility = Sym->Visibility == STV_DEFAULT
                            ? Raw.Visibility
                            : std::min(Sym->Visibility, Raw.Visibility);
    if (Defines)
      define(*Sym, Raw);
    else
      reference(*Sym, Raw);
  }
}

void SymbolTable::want(Symbol &Sym) {
  if (Sym.Member && !Sym.Member->Extracted) {
    Sym.Member->Extracted = true;
    Wanted.push_back(Sym.Member);
  }
}

void SymbolTable::reference(Symbol &Sym, const Symbol &From) {
  if (!Sym.File)
    Sym.File = From.File;
  if (From.isWeak()) {
    // A weak reference uses a definition but does not ask for one.
    Sym.WeakReference = true;
    return;
  }
  Sym.StrongReference = true;
  if (Sym.K == Symbol::Kind::Lazy)
    want(Sym);
}

Symbol *SymbolTable::addReference(StringRef Name) {
  Symbol *Sym = insert(Saver.save(Name));
  Sym->StrongReference = Sym->UsedByObject = true;
  if (Sym->K == Symbol::Kind::Lazy)
    want(*Sym);
  return Sym;
}

void SymbolTable::addLibcall(StringRef Name) {
  Symbol *Sym = find(Name);
  if (Sym && Sym->K == Symbol::Kind::Lazy && isBitcode(Sym->Member->Bytes))
    want(*Sym);
}

void SymbolTable::addLazy(StringRef Name, ArchiveMember &Member) {
  Symbol *Sym = insert(Name);
  if (!Sym->isUndefined())
    return;
  Sym->K = Symbol::Kind::Lazy;
  Sym->Member = &Member;
  if (Sym->StrongReference)
    want(*Sym);
}

ArchiveMember *SymbolTable::takeWanted() {
  if (Wanted.empty())
    return nullptr;
  ArchiveMember *Member = Wanted.front();
  Wanted.pop_front();
  return Member;
}

/// Higher ranks replace lower ones.
static int rankOf(const Symbol &Sym) {
  switch (Sym.K) {
  case Symbol::Kind::Undefined:
  case Symbol::Kind::Lazy:
    return 0;
  case Symbol::Kind::Common:
    return 2;
  case Symbol::Kind::Defined:
    return Sym.isWeak() ? 1 : 3;
  }
  llvm_unreachable("no such kind of symbol");
}

void SymbolTable::define(Symbol &Sym, const Symbol &Definition) {
  int Old = rankOf(Sym), New = rankOf(Definition);
  if (Old == 3 && New == 3) {
    Duplicates.push_back({&Sym, &Definition});
    return;
  }
  if (Sym.K == Symbol::Kind::Common && Definition.K == Symbol::Kind::Common) {
    Sym.Value = std::max(Sym.Value, Definition.Value);
    Sym.Size = std::max(Sym.Size, Definition.Size);
    return;
  }
  if (Old >= New)
    return;
  Sym.K = Definition.K;
  Sym.Binding = Definition.Binding;
  Sym.Type = Definition.Type;
  Sym.File = Definition.File;
  Sym.Section = Definition.Section;
  Sym.Value = Definition.Value;
  Sym.Size = Definition.Size;
}

void SymbolTable::finish() {
  for (Symbol &Sym : Storage) {
    if (Sym.K == Symbol::Kind::Lazy)
      Sym.K = Symbol::Kind::Undefined;
    if (Sym.isUndefined())
      Sym.Binding = Sym.StrongReference ? STB_GLOBAL : STB_WEAK;
  }
}

//===----------------------------------------------------------------------===//
// Common symbols
//===----------------------------------------------------------------------===//

void allocateCommonSymbols(Context &Ctx) {
  ObjectFile &Owner = *Ctx.Objects.front();
  for (Symbol &Sym : Ctx.Symbols.all()) {
    if (Sym.K != Symbol::Kind::Common)
      continue;
    auto Section = std::make_unique<InputSection>();
    Section->File = Sym.File;
    Section->Name = "COMMON";
    Section->Type = SHT_NOBITS;
    Section->Flags = SHF_ALLOC | SHF_WRITE;
    Section->Alignment = Sym.Value;
    Section->Size = Sym.Size;
    Sym.K = Symbol::Kind::Defined;
    Sym.Type = STT_OBJECT;
    Sym.Section = Section.get();
    Sym.Value = 0;
    Owner.Sections.push_back(std::move(Section));
  }
}

} // namespace tatami::linker
