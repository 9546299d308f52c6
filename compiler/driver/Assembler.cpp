//===- Assembler.cpp - the integrated assembler ---------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// clang's -cc1as lives in its executable, not in its library. This is the part
// of it that has a meaning for an ELF target with one instruction set.
//
//===----------------------------------------------------------------------===//

#include "TatamiTargetInfo.h"
#include "Tools.h"
#include "clang/Basic/Diagnostic.h"
#include "clang/Basic/DiagnosticDriver.h"
#include "clang/Basic/DiagnosticFrontend.h"
#include "clang/Basic/DiagnosticOptions.h"
#include "clang/Frontend/TextDiagnosticPrinter.h"
#include "clang/Options/OptionUtils.h"
#include "clang/Options/Options.h"
#include "llvm/ADT/ScopeExit.h"
#include "llvm/MC/MCAsmBackend.h"
#include "llvm/MC/MCAsmInfo.h"
#include "llvm/MC/MCCodeEmitter.h"
#include "llvm/MC/MCContext.h"
#include "llvm/MC/MCInstPrinter.h"
#include "llvm/MC/MCInstrInfo.h"
#include "llvm/MC/MCObjectFileInfo.h"
#include "llvm/MC/MCObjectWriter.h"
#include "llvm/MC/MCParser/MCAsmParser.h"
#include "llvm/MC/MCParser/MCTargetAsmParser.h"
#include "llvm/MC/MCRegisterInfo.h"
#include "llvm/MC/MCStreamer.h"
#include "llvm/MC/MCSubtargetInfo.h"
#include "llvm/MC/MCTargetOptions.h"
#include "llvm/MC/TargetRegistry.h"
#include "llvm/Option/Arg.h"
#include "llvm/Option/ArgList.h"
#include "llvm/Option/OptTable.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/ErrorHandling.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/FormattedStream.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Process.h"
#include "llvm/Support/Signals.h"
#include "llvm/Support/SourceMgr.h"
#include "llvm/Support/ToolOutputFile.h"
#include "llvm/Support/VirtualFileSystem.h"

using namespace clang;
using namespace clang::options;
using namespace llvm;

namespace tatami {
namespace {

/// What kind of output is wanted.
enum class OutputKind { Assembly, Nothing, Object };

/// One run of the assembler: its options, then the objects it needs.
class Assembler {
public:
  explicit Assembler(DiagnosticsEngine &Diags) : Diags(Diags) {}

  /// Reads the command line; false if it was wrong and has been reported.
  bool parse(ArrayRef<const char *> Argv);
  /// Assembles; false if something was wrong and has been reported.
  bool run();

private:
  void setUpDebugInfo(MCContext &Ctx, StringRef Source) const;
  std::unique_ptr<MCStreamer> createStreamer(const Target &T, MCContext &Ctx,
                                             const MCSubtargetInfo &STI,
                                             const MCInstrInfo &MCII,
                                             raw_pwrite_stream &Out) const;

  DiagnosticsEngine &Diags;
  opt::InputArgList Args;
  MCTargetOptions Options;
  OutputKind Kind = OutputKind::Assembly;
  std::string InputFile = "-";
  std::string OutputFile = "-";
};

} // namespace

bool Assembler::parse(ArrayRef<const char *> Argv) {
  const opt::OptTable &Table = getDriverOptTable();
  unsigned MissingIndex, MissingCount;
  Args = Table.ParseArgs(Argv, MissingIndex, MissingCount,
                         opt::Visibility(CC1AsOption));
  if (MissingCount)
    Diags.Report(diag::err_drv_missing_argument)
        << Args.getArgString(MissingIndex) << MissingCount;
  for (const opt::Arg *A : Args.filtered(OPT_UNKNOWN))
    Diags.Report(diag::err_drv_unknown_argument) << A->getAsString(Args);

  std::vector<std::string> Inputs = Args.getAllArgValues(OPT_INPUT);
  if (!Inputs.empty())
    InputFile = Inputs.front();
  for (StringRef Extra : ArrayRef(Inputs).drop_front(!Inputs.empty()))
    Diags.Report(diag::err_drv_unknown_argument) << Extra;
  OutputFile = Args.getLastArgValue(OPT_o, "-");
  if (const opt::Arg *A = Args.getLastArg(OPT_filetype)) {
    StringRef Name = A->getValue();
    if (Name == "obj")
      Kind = OutputKind::Object;
    else if (Name == "null")
      Kind = OutputKind::Nothing;
    else if (Name != "asm")
      Diags.Report(diag::err_drv_invalid_value) << A->getAsString(Args) << Name;
  }

  Options.MCSaveTempLabels = Args.hasArg(OPT_msave_temp_labels);
  Options.MCFatalWarnings = Args.hasArg(OPT_massembler_fatal_warnings);
  Options.MCNoWarn = Args.hasArg(OPT_massembler_no_warn);
  Options.ShowMCInst = Args.hasArg(OPT_show_inst);
  Options.AsmVerbose = true;
  Options.MCUseDwarfDirectory = MCTargetOptions::EnableDwarfDirectory;
  if (const opt::Arg *A = Args.getLastArg(OPT_compress_debug_sections_EQ))
    Options.CompressDebugSections =
        StringSwitch<DebugCompressionType>(A->getValue())
            .Case("zlib", DebugCompressionType::Zlib)
            .Case("zstd", DebugCompressionType::Zstd)
            .Default(DebugCompressionType::None);
  return !Diags.hasErrorOccurred();
}

void Assembler::setUpDebugInfo(MCContext &Ctx, StringRef Source) const {
  Ctx.setDwarfFormat(Args.hasArg(OPT_gdwarf64) ? dwarf::DWARF64
                                               : dwarf::DWARF32);
  Ctx.setDwarfVersion(getLastArgIntValue(Args, OPT_dwarf_version_EQ, 5, Diags));
  if (const opt::Arg *A = Args.getLastArg(OPT_fdebug_compilation_dir_EQ,
                                          OPT_ffile_compilation_dir_EQ)) {
    Ctx.setCompilationDir(A->getValue());
  } else {
    SmallString<128> Current;
    if (!sys::fs::current_path(Current))
      Ctx.setCompilationDir(Current);
  }
  for (StringRef Map : Args.getAllArgValues(OPT_fdebug_prefix_map_EQ)) {
    auto [From, To] = Map.split('=');
    Ctx.addDebugPrefixMapEntry(std::string(From), std::string(To));
  }
  if (const opt::Arg *A = Args.getLastArg(OPT_dwarf_debug_flags))
    Ctx.setDwarfDebugFlags(A->getValue());
  if (const opt::Arg *A = Args.getLastArg(OPT_dwarf_debug_producer))
    Ctx.setDwarfDebugProducer(A->getValue());
  if (const opt::Arg *A = Args.getLastArg(OPT_main_file_name))
    Ctx.setMainFileName(A->getValue());
  if (Args.hasArg(OPT_debug_info_kind_EQ)) {
    Ctx.setGenDwarfForAssembly(true);
    Ctx.setGenDwarfRootFile(InputFile, Source);
  }
}

std::unique_ptr<MCStreamer>
Assembler::createStreamer(const Target &T, MCContext &Ctx,
                          const MCSubtargetInfo &STI, const MCInstrInfo &MCII,
                          raw_pwrite_stream &Out) const {
  const Triple TT(TargetTriple);
  const MCRegisterInfo &MRI = *Ctx.getRegisterInfo();
  std::unique_ptr<MCCodeEmitter> Emitter(T.createMCCodeEmitter(MCII, Ctx));
  std::unique_ptr<MCAsmBackend> Backend(
      T.createMCAsmBackend(STI, MRI, Options));
  switch (Kind) {
  case OutputKind::Nothing:
    return std::unique_ptr<MCStreamer>(createNullStreamer(Ctx));
  case OutputKind::Assembly: {
    std::unique_ptr<MCInstPrinter> Printer(
        T.createMCInstPrinter(TT, Ctx.getAsmInfo()->getAssemblerDialect(),
                              *Ctx.getAsmInfo(), MCII, MRI));
    if (!Args.hasArg(OPT_show_encoding))
      Emitter.reset();
    return std::unique_ptr<MCStreamer>(T.createAsmStreamer(
        Ctx, std::make_unique<formatted_raw_ostream>(Out), std::move(Printer),
        std::move(Emitter), std::move(Backend)));
  }
  case OutputKind::Object:
    break;
  }
  std::unique_ptr<MCObjectWriter> Writer = Backend->createObjectWriter(Out);
  std::unique_ptr<MCStreamer> Streamer(T.createMCObjectStreamer(
      TT, Ctx, std::move(Backend), std::move(Writer), std::move(Emitter), STI));
  Streamer->initSections(Args.hasArg(OPT_mno_exec_stack), STI);
  return Streamer;
}

bool Assembler::run() {
  const Triple TT(TargetTriple);
  std::string Problem;
  const Target *T = TargetRegistry::lookupTarget(TT, Problem);
  if (!T || !T->hasMCAsmParser()) {
    Diags.Report(diag::err_target_unknown_triple) << TT.str();
    return false;
  }

  ErrorOr<std::unique_ptr<MemoryBuffer>> Buffer =
      MemoryBuffer::getFileOrSTDIN(InputFile, /*IsText=*/true);
  if (!Buffer) {
    Diags.Report(diag::err_fe_error_reading)
        << InputFile << Buffer.getError().message();
    return false;
  }
  SourceMgr Sources;
  StringRef Source = (*Buffer)->getBuffer();
  Sources.AddNewSourceBuffer(std::move(*Buffer), SMLoc());
  Sources.setIncludeDirs(Args.getAllArgValues(OPT_I));
  Sources.setVirtualFileSystem(vfs::getRealFileSystem());

  std::unique_ptr<MCRegisterInfo> MRI(T->createMCRegInfo(TT));
  std::unique_ptr<MCAsmInfo> MAI(T->createMCAsmInfo(*MRI, TT, Options));
  std::unique_ptr<MCInstrInfo> MCII(T->createMCInstrInfo());
  std::unique_ptr<MCSubtargetInfo> STI(T->createMCSubtargetInfo(
      TT, Args.getLastArgValue(OPT_target_cpu),
      join(Args.getAllArgValues(OPT_target_feature), ",")));
  MCContext Ctx(TT, MAI.get(), MRI.get(), STI.get(), &Sources, &Options);
  std::unique_ptr<MCObjectFileInfo> Sections(
      T->createMCObjectFileInfo(Ctx, /*PIC=*/false));
  Ctx.setObjectFileInfo(Sections.get());
  setUpDebugInfo(Ctx, Source);

  // Written at the end only if all went well.
  std::error_code EC;
  ToolOutputFile Output(OutputFile, EC,
                        Kind == OutputKind::Object ? sys::fs::OF_None
                                                   : sys::fs::OF_Text);
  if (EC) {
    Diags.Report(diag::err_fe_unable_to_open_output)
        << OutputFile << EC.message();
    return false;
  }
  std::unique_ptr<buffer_ostream> Seekable;
  raw_pwrite_stream *Out = &Output.os();
  if (Kind == OutputKind::Object && !Output.os().supportsSeeking()) {
    Seekable = std::make_unique<buffer_ostream>(Output.os());
    Out = Seekable.get();
  }

  std::unique_ptr<MCStreamer> Streamer =
      createStreamer(*T, Ctx, *STI, *MCII, *Out);
  std::unique_ptr<MCAsmParser> Parser(
      createMCAsmParser(Sources, Ctx, *Streamer, *MAI));
  std::unique_ptr<MCTargetAsmParser> TargetParser(
      T->createMCAsmParser(*STI, *Parser, *MCII, Options));
  for (StringRef Definition : Args.getAllArgValues(OPT_defsym)) {
    auto [Symbol, Value] = Definition.split('=');
    int64_t Number = 0;
    if (Value.getAsInteger(0, Number)) {
      Diags.Report(diag::err_drv_invalid_value) << "--defsym" << Definition;
      return false;
    }
    Ctx.setSymbolValue(*Streamer, Symbol, Number);
  }
  Parser->setTargetParser(*TargetParser);
  if (Parser->Run(Args.hasArg(OPT_n)))
    return false;
  Output.keep();
  return true;
}

/// An error that the assembler cannot return is an ordinary diagnostic, as in
/// the compiler.
static void reportFatalError(void *Diags, const char *Message,
                             bool WantReproducer) {
  static_cast<DiagnosticsEngine *>(Diags)->Report(diag::err_fe_error_backend)
      << Message;
  sys::RunInterruptHandlers();
  sys::Process::Exit(WantReproducer ? 70 : 1);
}

int runAssembler(ArrayRef<const char *> Argv, const char *) {
  initializeBackend();
  DiagnosticOptions DiagOpts;
  auto *Printer = new TextDiagnosticPrinter(errs(), DiagOpts);
  Printer->setPrefix("tatami-clang -cc1as");
  DiagnosticsEngine Diags(DiagnosticIDs::create(), DiagOpts, Printer);

  install_fatal_error_handler(reportFatalError, &Diags);
  llvm::scope_exit RemoveHandler([] { remove_fatal_error_handler(); });
  Assembler A(Diags);
  return A.parse(Argv) && A.run() ? 0 : 1;
}

} // namespace tatami
