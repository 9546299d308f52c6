//===- Symbols.h - Which definition does a name mean? -----------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TATAMI_LINKER_SYMBOLS_H
#define TATAMI_LINKER_SYMBOLS_H

#include "Input.h"
#include "llvm/ADT/CachedHashString.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/Support/Allocator.h"
#include "llvm/Support/StringSaver.h"
#include <deque>

namespace tatami::linker {

struct Context;

/// A name that two files define.
struct DuplicateDefinition {
  Symbol *Kept;
  /// The second definition, as its file has it.
  const Symbol *Other;
};

/// All global names of a link. Definitions compete as in every Unix linker:
/// strong beats common beats weak, the first of equals stays, two strong ones
/// are an error. An archive member joins the link when a name that it defines
/// has been referenced, by whichever file and in whichever order.
class SymbolTable {
public:
  /// `--wrap` for each of \p Names.
  void setWrapped(llvm::ArrayRef<std::string> Names);

  /// The symbol of that name, made on first use.
  Symbol *insert(llvm::StringRef Name);
  /// The symbol of that name, or null.
  Symbol *find(llvm::StringRef Name) const;
  /// In order of first appearance.
  const std::deque<Symbol> &all() const { return Storage; }
  std::deque<Symbol> &all() { return Storage; }

  /// Drops the losing COMDAT groups of \p File, then enters its globals.
  void addObject(ObjectFile &File);
  /// Notes that \p Member could define \p Name.
  void addLazy(llvm::StringRef Name, ArchiveMember &Member);
  /// Notes a reference that comes from the command line.
  Symbol *addReference(llvm::StringRef Name);

  /// Notes that machine code may call \p Name: an archive that has it as
  /// bitcode has to supply it before that is compiled.
  void addLibcall(llvm::StringRef Name);

  /// The next archive member that became necessary, or null.
  ArchiveMember *takeWanted();

  /// After the last input: names that archives could have defined but nobody
  /// needed are undefined after all.
  void finish();

  llvm::ArrayRef<DuplicateDefinition> duplicates() const { return Duplicates; }

  /// Copies a string for the lifetime of the table.
  llvm::StringRef save(const llvm::Twine &Text) { return Saver.save(Text); }

private:
  void discardLosingGroups(ObjectFile &File);
  void reference(Symbol &Sym, const Symbol &From);
  void define(Symbol &Sym, const Symbol &Definition);
  void want(Symbol &Sym);
  llvm::StringRef wrapReference(llvm::StringRef Name) const;

  llvm::DenseMap<llvm::CachedHashStringRef, Symbol *> ByName;
  std::deque<Symbol> Storage;
  llvm::DenseMap<llvm::CachedHashStringRef, ObjectFile *> ComdatOwners;
  /// What a reference to a name becomes under `--wrap`.
  llvm::DenseMap<llvm::CachedHashStringRef, llvm::StringRef> Wrapped;
  std::vector<DuplicateDefinition> Duplicates;
  std::deque<ArchiveMember *> Wanted;
  llvm::BumpPtrAllocator Alloc;
  llvm::StringSaver Saver{Alloc};
};

/// Gives the common symbols that won their space, in sections of their own.
void allocateCommonSymbols(Context &Ctx);

} // namespace tatami::linker

#endif // TATAMI_LINKER_SYMBOLS_H
