//===- MapFile.cpp - The text of -Map -------------------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "MapFile.h"
#include "Context.h"
#include "Spelling.h"
#include "llvm/Support/FormatVariadic.h"

using namespace llvm;
using namespace llvm::ELF;

namespace tatami::linker {
namespace {

class MapWriter {
public:
  MapWriter(const Context &Ctx, raw_ostream &OS) : Ctx(Ctx), OS(OS) {}

  void write() {
    collectSymbols();
    writeMemoryUse();
    writeSections();
    writeLinkerSymbols();
  }

private:
  void collectSymbols();
  void writeMemoryUse();
  void writeSections();
  void writeInput(const InputSection &Section);
  void writeLinkerSymbols();
  void writeLine(uint64_t Address, uint64_t Size, uint64_t Alignment,
                 unsigned Indent, const Twine &Text) {
    OS << formatv("{0,8:x-} {1,8:x-} {2,5} {3}{4}\n", Address, Size, Alignment,
                  std::string(Indent * 8, ' '), Text.str());
  }
  std::string nameOf(const Symbol &Sym) const {
    return Ctx.Opts.Demangle ? demangled(Sym.Name) : Sym.Name.str();
  }

  const Context &Ctx;
  raw_ostream &OS;
  DenseMap<const InputSection *, std::vector<const Symbol *>> SymbolsOf;
};

void MapWriter::collectSymbols() {
  auto Consider = [&](const Symbol &Sym) {
    if (Sym.isDefined() && Sym.Section && Sym.Section->Live &&
        !Sym.Section->Merged && Sym.Type != STT_SECTION && !Sym.Name.empty())
      SymbolsOf[Sym.Section].push_back(&Sym);
  };
  for (const std::unique_ptr<ObjectFile> &File : Ctx.Objects)
    for (const Symbol &Sym : File->RawSymbols)
      if (Sym.IsLocal)
        Consider(Sym);
  llvm::for_each(Ctx.Symbols.all(), Consider);
  for (auto &Entry : SymbolsOf)
    llvm::sort(Entry.second, [](const Symbol *A, const Symbol *B) {
      return std::tie(A->Value, A->Name) < std::tie(B->Value, B->Name);
    });
}

void MapWriter::writeMemoryUse() {
  const MemoryMap &Map = Ctx.Map;
  auto Line = [&](StringRef What, uint64_t Start, uint64_t End) {
    OS << formatv("{0,-24}{1,8:x-} {2,8:x-} {3,12:N}\n", What, Start, End,
                  End - Start);
  };
  OS << formatv("{0,-24}{1,8} {2,8} {3,12}\n", "Memory", "Start", "End",
                "Bytes");
  Line("code", MemoryMap::ImageStart, Map.TextEnd);
  Line("read-only data", Map.TextEnd, Map.RodataEnd);
  Line("initialised data", Map.DataStart, Map.DataEnd);
  Line("zero-initialised data", Map.DataEnd, Map.End);
  Line("heap", Map.HeapStart, Map.HeapEnd);
  uint64_t MainStack = Ctx.Opts.SramSize - Ctx.Opts.StackSize;
  Line("stacks of threads 1 to 3", Map.HeapEnd, MainStack);
  Line("stack of thread 0", MainStack, Ctx.Opts.SramSize);
  OS << '\n';
}

void MapWriter::writeInput(const InputSection &Section) {
  uint64_t Address = Section.addressOf(0);
  writeLine(Address, Section.Size, Section.Alignment, 1,
            Section.File->Name + ":(" + Section.Name + ")");
  auto It = SymbolsOf.find(&Section);
  if (It == SymbolsOf.end())
    return;
  for (const Symbol *Sym : It->second)
    writeLine(Sym->address(), Sym->Size, 1, 2, nameOf(*Sym));
}

void MapWriter::writeSections() {
  OS << formatv("{0,8} {1,8} {2,5} {3}\n", "Address", "Size", "Align",
                "Out     In      Symbol");
  for (const std::unique_ptr<OutputSection> &Out : Ctx.OutputSections) {
    writeLine(Out->Address, Out->Size, Out->Alignment, 0, Out->Name);
    for (const Chunk *C : Out->Chunks) {
      if (const InputSection *Section = C->asInputSection())
        writeInput(*Section);
      else
        writeLine(Out->Address + C->OutputOffset, C->Size, C->Alignment, 1,
                  "<merged " + Out->Name + ">");
    }
  }
}

void MapWriter::writeLinkerSymbols() {
  OS << "\nSymbols of the linker\n";
  for (const Symbol &Sym : Ctx.Symbols.all())
    if (Sym.IsSynthetic)
      OS << formatv("{0,8:x-} {1}\n", Sym.address(), Sym.Name);
}

} // namespace

std::string writeMap(const Context &Ctx) {
  std::string Text;
  raw_string_ostream OS(Text);
  MapWriter(Ctx, OS).write();
  return Text;
}

} // namespace tatami::linker
