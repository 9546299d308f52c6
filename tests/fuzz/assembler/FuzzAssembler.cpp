//===- FuzzAssembler.cpp - Any text as assembly source --------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Assembles the bytes to an object file in memory and disassembles its code.
// Whatever they are, it must end, with an object or with an error.
//
// Built with libFuzzer it searches; without, it is a program that runs the
// files named on its command line, which is how the corpus is a test.
//
//===----------------------------------------------------------------------===//

#include "llvm/MC/MCAsmBackend.h"
#include "llvm/MC/MCAsmInfo.h"
#include "llvm/MC/MCCodeEmitter.h"
#include "llvm/MC/MCContext.h"
#include "llvm/MC/MCDisassembler/MCDisassembler.h"
#include "llvm/MC/MCInst.h"
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
#include "llvm/Object/ObjectFile.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/SourceMgr.h"
#include "llvm/Support/raw_ostream.h"

using namespace llvm;

extern "C" {
void LLVMInitializeTatamiTargetInfo();
void LLVMInitializeTatamiTargetMC();
void LLVMInitializeTatamiAsmParser();
void LLVMInitializeTatamiDisassembler();
}

namespace {

/// The target's parts that no input changes.
struct Backend {
  Triple TT{"tatami-unknown-elf"};
  const Target *T = nullptr;
  MCTargetOptions Options;
  std::unique_ptr<MCRegisterInfo> MRI;
  std::unique_ptr<MCAsmInfo> MAI;
  std::unique_ptr<MCInstrInfo> MII;
  std::unique_ptr<MCSubtargetInfo> STI;
  std::unique_ptr<MCInstPrinter> Printer;

  Backend() {
    LLVMInitializeTatamiTargetInfo();
    LLVMInitializeTatamiTargetMC();
    LLVMInitializeTatamiAsmParser();
    LLVMInitializeTatamiDisassembler();
    std::string Problem;
    T = TargetRegistry::lookupTarget(TT, Problem);
    if (!T)
      abort();
    MRI.reset(T->createMCRegInfo(TT));
    MAI.reset(T->createMCAsmInfo(*MRI, TT, Options));
    MII.reset(T->createMCInstrInfo());
    STI.reset(T->createMCSubtargetInfo(TT, "", ""));
    Printer.reset(T->createMCInstPrinter(TT, 0, *MAI, *MII, *MRI));
  }
};

} // namespace

/// Directives that do as they are told: repeat a thousand million times, emit as
/// many zeros, read another file. They are LLVM's, not ours.
static bool asksForTooMuch(StringRef Text) {
  for (StringRef Word :
       {".rep", ".irp", ".macro", ".fill", ".zero", ".space", ".skip", ".org",
        ".inc", ".align", ".balign", ".p2align", ".comm", ".lcomm", ".bundle",
        ".ds", ".dcb", ".nops", ".prefalign"})
    if (Text.contains_insensitive(Word))
      return true;
  return false;
}

/// True if the text was assembled without an error.
static bool assemble(const Backend &B, StringRef Text, raw_pwrite_stream &OS) {
  SourceMgr Sources;
  Sources.setDiagHandler([](const SMDiagnostic &, void *) {}, nullptr);
  Sources.AddNewSourceBuffer(MemoryBuffer::getMemBufferCopy(Text), SMLoc());
  MCContext Ctx(B.TT, B.MAI.get(), B.MRI.get(), B.STI.get(), &Sources,
                &B.Options);
  std::unique_ptr<MCObjectFileInfo> Sections(
      B.T->createMCObjectFileInfo(Ctx, /*PIC=*/false));
  Ctx.setObjectFileInfo(Sections.get());
  std::unique_ptr<MCAsmBackend> AsmBackend(
      B.T->createMCAsmBackend(*B.STI, *B.MRI, B.Options));
  std::unique_ptr<MCObjectWriter> Writer = AsmBackend->createObjectWriter(OS);
  std::unique_ptr<MCStreamer> Streamer(B.T->createMCObjectStreamer(
      B.TT, Ctx, std::move(AsmBackend), std::move(Writer),
      std::unique_ptr<MCCodeEmitter>(B.T->createMCCodeEmitter(*B.MII, Ctx)),
      *B.STI));
  std::unique_ptr<MCAsmParser> Parser(
      createMCAsmParser(Sources, Ctx, *Streamer, *B.MAI));
  std::unique_ptr<MCTargetAsmParser> TargetParser(
      B.T->createMCAsmParser(*B.STI, *Parser, *B.MII, B.Options));
  Parser->setTargetParser(*TargetParser);
  return !Parser->Run(/*NoInitialTextSection=*/false);
}

static void disassemble(const Backend &B, ArrayRef<uint8_t> Bytes) {
  MCContext Ctx(B.TT, B.MAI.get(), B.MRI.get(), B.STI.get());
  std::unique_ptr<MCDisassembler> Disassembler(
      B.T->createMCDisassembler(*B.STI, Ctx));
  for (uint64_t At = 0, Size; At < Bytes.size(); At += Size ? Size : 1) {
    MCInst Inst;
    if (Disassembler->getInstruction(Inst, Size, Bytes.slice(At), At,
                                     nulls()) == MCDisassembler::Success)
      B.Printer->printInst(&Inst, At, "", *B.STI, nulls());
  }
}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *Data, size_t Size) {
  static const Backend B;
  StringRef Text(reinterpret_cast<const char *>(Data), Size);
  if (asksForTooMuch(Text))
    return 0;
  disassemble(B, ArrayRef(Data, Size));

  SmallVector<char, 0> Bytes;
  raw_svector_ostream OS(Bytes);
  if (!assemble(B, Text, OS))
    return 0;
  // What was called an object must be one.
  Expected<std::unique_ptr<object::ObjectFile>> Object =
      object::ObjectFile::createObjectFile(
          MemoryBufferRef(StringRef(Bytes.data(), Bytes.size()), "object"));
  if (!Object)
    abort();
  return 0;
}

#ifndef TATAMI_LIBFUZZER
int main(int Argc, char **Argv) {
  for (int I = 1; I < Argc; ++I) {
    ErrorOr<std::unique_ptr<MemoryBuffer>> File =
        MemoryBuffer::getFile(Argv[I]);
    if (!File) {
      errs() << Argv[I] << ": " << File.getError().message() << '\n';
      return 1;
    }
    LLVMFuzzerTestOneInput(
        reinterpret_cast<const uint8_t *>((*File)->getBufferStart()),
        (*File)->getBufferSize());
  }
  outs() << Argc - 1 << " inputs\n";
  return Argc > 1 ? 0 : 1;
}
#endif
