//===- Lto.cpp - Optimisation of the whole program ------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Lto.h"
#include "Context.h"
#include "LinkerSymbols.h"
#include "TatamiLibcalls.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/BinaryFormat/Magic.h"
#include "llvm/IR/DiagnosticInfo.h"
#include "llvm/IR/DiagnosticPrinter.h"
#include "llvm/LTO/LTO.h"
#include "llvm/Support/Caching.h"

using namespace llvm;
using namespace llvm::ELF;

extern "C" {
void LLVMInitializeTatamiTargetInfo();
void LLVMInitializeTatamiTarget();
void LLVMInitializeTatamiTargetMC();
void LLVMInitializeTatamiAsmPrinter();
void LLVMInitializeTatamiAsmParser();
}

namespace tatami::linker {

ObjectFile::ObjectFile(std::string Name) : Name(std::move(Name)) {}
ObjectFile::~ObjectFile() = default;

//===----------------------------------------------------------------------===//
// Reading
//===----------------------------------------------------------------------===//

/// Bitcode is for one target, and its inline assembly may define symbols.
static void initializeTarget() {
  [[maybe_unused]] static bool Once = [] {
    LLVMInitializeTatamiTargetInfo();
    LLVMInitializeTatamiTarget();
    LLVMInitializeTatamiTargetMC();
    LLVMInitializeTatamiAsmPrinter();
    LLVMInitializeTatamiAsmParser();
    return true;
  }();
}

bool isBitcode(StringRef Bytes) {
  return identify_magic(Bytes) == file_magic::bitcode;
}

static Expected<std::unique_ptr<lto::InputFile>> openBitcode(StringRef Bytes,
                                                             StringRef Name) {
  initializeTarget();
  Expected<std::unique_ptr<lto::InputFile>> File =
      lto::InputFile::create(MemoryBufferRef(Bytes, Name));
  if (!File)
    return createStringError("broken bitcode: " + toString(File.takeError()));
  if (!(*File)->getTargetTriple().starts_with("tatami"))
    return createStringError("is bitcode for '" + (*File)->getTargetTriple() +
                             "', expected one for Tatami; compile it with "
                             "tatami-clang");
  return File;
}

Error forEachBitcodeDefinition(StringRef Bytes,
                               function_ref<void(StringRef)> Found) {
  Expected<std::unique_ptr<lto::InputFile>> File = openBitcode(Bytes, "");
  if (!File)
    return File.takeError();
  for (const lto::InputFile::Symbol &Sym : (*File)->symbols())
    if (!Sym.isUndefined())
      Found(Sym.getName());
  return Error::success();
}

static uint8_t visibilityOf(const lto::InputFile::Symbol &Sym) {
  switch (Sym.getVisibility()) {
  case GlobalValue::DefaultVisibility:
    return STV_DEFAULT;
  case GlobalValue::HiddenVisibility:
    return STV_HIDDEN;
  case GlobalValue::ProtectedVisibility:
    return STV_PROTECTED;
  }
  llvm_unreachable("no such visibility");
}

Error parseBitcode(StringRef Bytes, ObjectFile &File) {
  // LLVM tells modules apart by their names, so those of members matter.
  Expected<std::unique_ptr<lto::InputFile>> Input =
      openBitcode(Bytes, File.Name);
  if (!Input)
    return Input.takeError();
  File.Bitcode = std::move(*Input);

  // A COMDAT group is one section that stands for all the group will have.
  for (const auto &Comdat : File.Bitcode->getComdatTable()) {
    auto Section = std::make_unique<InputSection>();
    Section->File = &File;
    Section->Name = Comdat.first;
    SectionGroup Group;
    Group.Signature = Comdat.first;
    Group.IsComdat = Comdat.second != Comdat::NoDeduplicate;
    Group.Members.push_back(File.Sections.size());
    File.Groups.push_back(std::move(Group));
    File.Sections.push_back(std::move(Section));
  }

  // Number 0 is no symbol, as in ELF.
  File.RawSymbols.resize(File.Bitcode->symbols().size() + 1);
  File.Symbols.resize(File.RawSymbols.size());
  for (size_t I = 1; I < File.RawSymbols.size(); ++I) {
    const lto::InputFile::Symbol &In = File.Bitcode->symbols()[I - 1];
    Symbol &Out = File.RawSymbols[I];
    Out.Name = In.getName();
    Out.File = &File;
    Out.Binding = In.isWeak() ? STB_WEAK : STB_GLOBAL;
    Out.Type = In.isTLS() ? STT_TLS : STT_NOTYPE;
    Out.Visibility = visibilityOf(In);
    if (In.isUndefined()) {
      Out.K = Symbol::Kind::Undefined;
    } else if (In.isCommon()) {
      Out.K = Symbol::Kind::Common;
      Out.Size = In.getCommonSize();
      Out.Value = std::max<uint64_t>(In.getCommonAlignment(), 1);
    } else {
      Out.K = Symbol::Kind::Defined;
      if (In.getComdatIndex() >= 0)
        Out.Section = File.Sections[In.getComdatIndex()].get();
    }
  }
  return Error::success();
}

std::vector<StringRef> libcallNames() {
  std::vector<StringRef> Names;
  for (const char *Name :
       lto::LTO::getRuntimeLibcallSymbols(Triple(TatamiLibcallTriple)))
    Names.push_back(Name);
  return Names;
}

//===----------------------------------------------------------------------===//
// Compiling
//===----------------------------------------------------------------------===//

namespace {

class BitcodeCompiler {
public:
  explicit BitcodeCompiler(Context &Ctx) : Ctx(Ctx), Lto(configure()) {
    for (const SymbolAssignment &A : Ctx.Opts.Assignments)
      Redefined.insert(A.Name);
    for (const std::string &Name : Ctx.Opts.WrappedSymbols)
      for (StringRef Prefix : {"", "__wrap_", "__real_"})
        Redefined.insert((Prefix + Name).str());
    for (StringRef Name : libcallNames())
      Libcalls.insert(Name);
  }

  void add(ObjectFile &File);
  std::vector<SmallVector<char, 0>> run();

private:
  lto::Config configure();
  lto::SymbolResolution resolve(const ObjectFile &File, size_t Index,
                                const lto::InputFile::Symbol &In) const;

  Context &Ctx;
  /// Names that mean something else after the link than in the bitcode.
  StringSet<> Redefined;
  StringSet<> Libcalls;
  lto::LTO Lto;
};

lto::Config BitcodeCompiler::configure() {
  initializeTarget();
  lto::Config Conf;
  Conf.OptLevel = Ctx.Opts.LtoLevel;
  Conf.CGOptLevel = Ctx.Opts.LtoLevel == 0   ? CodeGenOptLevel::None
                    : Ctx.Opts.LtoLevel == 1 ? CodeGenOptLevel::Less
                    : Ctx.Opts.LtoLevel == 2 ? CodeGenOptLevel::Default
                                             : CodeGenOptLevel::Aggressive;
  Conf.RelocModel = Reloc::Static;
  // As tatami-clang sets them without -flto.
  Conf.Options.FunctionSections = true;
  Conf.Options.DataSections = true;
  Conf.Options.EmitAddrsig = false;
  Conf.Options.ForceDwarfFrameSection = true;
  Conf.Options.DebuggerTuning = DebuggerKind::GDB;
  Conf.DiagHandler = [this](const DiagnosticInfo &Info) {
    std::string Message;
    raw_string_ostream OS(Message);
    DiagnosticPrinterRawOStream Printer(OS);
    Info.print(Printer);
    if (Info.getSeverity() == DS_Error)
      Ctx.Diags.error(Message);
    else if (Info.getSeverity() == DS_Warning)
      Ctx.Diags.warning(Message);
  };
  return Conf;
}

lto::SymbolResolution
BitcodeCompiler::resolve(const ObjectFile &File, size_t Index,
                         const lto::InputFile::Symbol &In) const {
  const Symbol &Sym = *File.Symbols[Index];
  const Symbol &Raw = File.RawSymbols[Index];
  bool Discarded = Raw.Section && Raw.Section->Discarded;
  lto::SymbolResolution Resolution;
  Resolution.Prevailing = !In.isUndefined() && !Discarded &&
                          !Sym.isUndefined() && Sym.File == &File;
  // Machine code sees it: that of other objects, or what the code generator
  // makes of an operation.
  Resolution.VisibleToRegularObj = Sym.UsedByObject ||
                                   Redefined.contains(In.getName()) ||
                                   Libcalls.contains(In.getName()) ||
                                   isCIdentifier(In.getSectionName());
  Resolution.FinalDefinitionInLinkageUnit = !Sym.isUndefined();
  Resolution.LinkerRedefined = Redefined.contains(In.getName());
  return Resolution;
}

void BitcodeCompiler::add(ObjectFile &File) {
  std::vector<lto::SymbolResolution> Resolutions;
  size_t Index = 1;
  for (const lto::InputFile::Symbol &In : File.Bitcode->symbols())
    Resolutions.push_back(resolve(File, Index++, In));
  if (Error E = Lto.add(std::move(File.Bitcode), Resolutions))
    Ctx.Diags.error(File.Name + ": " + toString(std::move(E)));
}

std::vector<SmallVector<char, 0>> BitcodeCompiler::run() {
  std::vector<SmallVector<char, 0>> Objects(Lto.getMaxTasks());
  Error E = Lto.run([&](unsigned Task, const Twine &) {
    return std::make_unique<CachedFileStream>(
        std::make_unique<raw_svector_ostream>(Objects[Task]));
  });
  if (E)
    Ctx.Diags.error("link-time optimisation: " + toString(std::move(E)));
  return Objects;
}

} // namespace

std::vector<SmallVector<char, 0>> compileBitcode(Context &Ctx) {
  std::vector<ObjectFile *> Files;
  for (std::unique_ptr<ObjectFile> &File : Ctx.Objects)
    if (File->Bitcode)
      Files.push_back(File.get());
  if (Files.empty())
    return {};

  BitcodeCompiler Compiler(Ctx);
  for (ObjectFile *File : Files)
    Compiler.add(*File);
  for (ObjectFile *File : Files)
    for (std::unique_ptr<InputSection> &Section : File->Sections)
      Section->Discarded = true;
  for (Symbol &Sym : Ctx.Symbols.all())
    if ((Sym.isDefined() || Sym.K == Symbol::Kind::Common) && Sym.File &&
        is_contained(Files, Sym.File)) {
      Sym.K = Symbol::Kind::Undefined;
      Sym.Binding = STB_GLOBAL;
      Sym.Section = nullptr;
      Sym.Value = Sym.Size = 0;
    }
  if (Ctx.Diags.hasErrors())
    return {};
  return Compiler.run();
}

} // namespace tatami::linker
