//===- OutputSymbols.cpp - The image's symbol table -----------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "OutputSymbols.h"
#include "Context.h"

using namespace llvm;
using namespace llvm::ELF;

namespace tatami::linker {

/// Whether what the symbol names is in the image.
static bool isInImage(const Symbol &Sym) {
  if (!Sym.Section)
    return Sym.isDefined();
  if (!Sym.isDefined() || !Sym.Section->Live)
    return false;
  const Piece *P = Sym.Section->findPiece(Sym.Value);
  return !P || P->Live;
}

static bool wantsLocal(const Symbol &Sym) {
  // Section symbols serve relocations, `.L` names the assembler.
  return Sym.IsLocal && Sym.Type != STT_SECTION && !Sym.Name.empty() &&
         !Sym.Name.starts_with(".L") && isInImage(Sym);
}

/// No other image links with this one, so hidden symbols are local to it.
static bool becomesLocal(const Symbol &Sym) {
  return Sym.IsLocal || Sym.Visibility == STV_HIDDEN ||
         Sym.Visibility == STV_INTERNAL;
}

void OutputSymbols::add(const Symbol &Sym) {
  Entries.push_back(&Sym);
  Strings.add(Sym.Name);
}

void OutputSymbols::collect() {
  for (const std::unique_ptr<ObjectFile> &File : Ctx.Objects)
    for (const Symbol &Sym : File->RawSymbols)
      if (wantsLocal(Sym))
        add(Sym);
  // Weak symbols that stayed undefined are listed as such.
  auto IsWanted = [](const Symbol &Sym) {
    return isInImage(Sym) ||
           (Sym.isUndefined() && Sym.isWeak() && Sym.isReferenced());
  };
  for (const Symbol &Sym : Ctx.Symbols.all())
    if (Sym.isDefined() && becomesLocal(Sym) && IsWanted(Sym))
      add(Sym);
  LocalCount = Entries.size();
  for (const Symbol &Sym : Ctx.Symbols.all())
    if (!(Sym.isDefined() && becomesLocal(Sym)) && IsWanted(Sym))
      add(Sym);
  Strings.finalize();
}

void OutputSymbols::writeTable(uint8_t *Destination) const {
  auto Write = [&](const ElfType::Sym &Out) {
    memcpy(Destination, &Out, sizeof(Out));
    Destination += sizeof(Out);
  };
  Write({});
  for (size_t I = 0; I < Entries.size(); ++I) {
    const Symbol &Sym = *Entries[I];
    ElfType::Sym Out = {};
    Out.st_name = Strings.getOffset(Sym.Name);
    Out.setBindingAndType(I < LocalCount ? uint8_t(STB_LOCAL) : Sym.Binding,
                          Sym.Type);
    Out.setVisibility(Sym.Visibility);
    Out.st_size = Sym.Size;
    Out.st_value = Sym.isDefined() ? Sym.address() : 0;
    if (!Sym.isDefined())
      Out.st_shndx = SHN_UNDEF;
    else if (!Sym.Section)
      Out.st_shndx = SHN_ABS;
    else if (Sym.Section->Merged)
      Out.st_shndx = Sym.Section->Merged->Out->Index;
    else
      Out.st_shndx = Sym.Section->Out->Index;
    // ELF: the value of a thread-local symbol is its offset in the template.
    if (Sym.isDefined() && Sym.Section && Sym.Section->isTls())
      Out.st_value = Out.st_value - Ctx.Map.TlsStart;
    Write(Out);
  }
}

} // namespace tatami::linker
