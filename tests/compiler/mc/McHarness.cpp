// The MC layer without a tool around it: see McHarness.h.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "McHarness.h"

#include "llvm/MC/MCAsmInfo.h"
#include "llvm/MC/MCCodeEmitter.h"
#include "llvm/MC/MCContext.h"
#include "llvm/MC/MCDisassembler/MCDisassembler.h"
#include "llvm/MC/MCFixup.h"
#include "llvm/MC/MCInst.h"
#include "llvm/MC/MCInstPrinter.h"
#include "llvm/MC/MCInstrInfo.h"
#include "llvm/MC/MCObjectFileInfo.h"
#include "llvm/MC/MCParser/MCAsmParser.h"
#include "llvm/MC/MCParser/MCTargetAsmParser.h"
#include "llvm/MC/MCRegisterInfo.h"
#include "llvm/MC/MCStreamer.h"
#include "llvm/MC/MCSubtargetInfo.h"
#include "llvm/MC/MCTargetOptions.h"
#include "llvm/MC/TargetRegistry.h"
#include "llvm/Support/Endian.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/SourceMgr.h"
#include "llvm/Support/raw_ostream.h"

#include <cstdlib>

using namespace llvm;

extern "C" {
void LLVMInitializeTatamiTargetInfo();
void LLVMInitializeTatamiTargetMC();
void LLVMInitializeTatamiAsmParser();
void LLVMInitializeTatamiDisassembler();
}

namespace {

/// Keeps the encoding of each instruction, and nothing else.
class WordStreamer final : public MCStreamer {
public:
  WordStreamer(MCContext &context, const MCCodeEmitter &emitter,
               std::vector<uint32_t> &words)
      : MCStreamer(context), emitter(emitter), words(words) {}

  void emitInstruction(const MCInst &inst,
                       const MCSubtargetInfo &sti) override {
    SmallVector<char, 4> bytes;
    SmallVector<MCFixup, 1> fixups;
    emitter.encodeInstruction(inst, bytes, fixups, sti);
    words.push_back(support::endian::read32le(bytes.data()));
  }
  bool emitSymbolAttribute(MCSymbol *, MCSymbolAttr) override { return true; }
  void emitCommonSymbol(MCSymbol *, uint64_t, Align) override {}

private:
  const MCCodeEmitter &emitter;
  std::vector<uint32_t> &words;
};

const Target &findTarget() {
  LLVMInitializeTatamiTargetInfo();
  LLVMInitializeTatamiTargetMC();
  LLVMInitializeTatamiAsmParser();
  LLVMInitializeTatamiDisassembler();
  std::string error;
  const Target *target =
      TargetRegistry::lookupTarget(Triple("tatami-unknown-elf"), error);
  if (!target) {
    errs() << error << '\n';
    std::abort();
  }
  return *target;
}

} // namespace

namespace tatami::test {

struct McHarness::Impl {
  Triple triple{"tatami-unknown-elf"};
  const Target &target = findTarget();
  MCTargetOptions options;
  std::unique_ptr<MCRegisterInfo> registers{target.createMCRegInfo(triple)};
  std::unique_ptr<MCAsmInfo> asmInfo{
      target.createMCAsmInfo(*registers, triple, options)};
  std::unique_ptr<MCInstrInfo> instrs{target.createMCInstrInfo()};
  std::unique_ptr<MCSubtargetInfo> subtarget{
      target.createMCSubtargetInfo(triple, "", "")};
  std::unique_ptr<MCInstPrinter> printer{
      target.createMCInstPrinter(triple, 0, *asmInfo, *instrs, *registers)};
  MCContext context{triple, asmInfo.get(), registers.get(), subtarget.get()};
  std::unique_ptr<MCDisassembler> disassembler{
      target.createMCDisassembler(*subtarget, context)};
};

McHarness::McHarness() : impl(std::make_unique<Impl>()) {
  impl->printer->applyTargetSpecificCLOption("no-aliases");
  impl->printer->applyTargetSpecificCLOption("numeric");
}
McHarness::~McHarness() = default;

std::optional<std::string> McHarness::disassemble(uint32_t word) {
  uint8_t bytes[4];
  support::endian::write32le(bytes, word);
  MCInst inst;
  uint64_t size = 0;
  if (impl->disassembler->getInstruction(inst, size, bytes, 0, nulls()) !=
      MCDisassembler::Success)
    return std::nullopt;
  std::string text;
  raw_string_ostream stream(text);
  impl->printer->printInst(&inst, 0, "", *impl->subtarget, stream);
  // Tabs stand before the mnemonic and after it.
  size_t begin = text.find_first_not_of('\t');
  text.erase(0, begin);
  if (size_t tab = text.find('\t'); tab != std::string::npos)
    text[tab] = ' ';
  return text;
}

McHarness::Assembled McHarness::assemble(const std::string &text) {
  Assembled result;
  SourceMgr sources;
  sources.setDiagHandler(
      [](const SMDiagnostic &message, void *where) {
        auto &errors = *static_cast<std::string *>(where);
        raw_string_ostream stream(errors);
        message.print(nullptr, stream, /*ShowColors=*/false);
      },
      &result.errors);
  sources.AddNewSourceBuffer(MemoryBuffer::getMemBufferCopy(text), SMLoc());
  MCContext context(impl->triple, impl->asmInfo.get(), impl->registers.get(),
                    impl->subtarget.get(), &sources, &impl->options);
  std::unique_ptr<MCObjectFileInfo> sections(
      impl->target.createMCObjectFileInfo(context, /*PIC=*/false));
  context.setObjectFileInfo(sections.get());
  std::unique_ptr<MCCodeEmitter> emitter(
      impl->target.createMCCodeEmitter(*impl->instrs, context));
  WordStreamer streamer(context, *emitter, result.words);
  std::unique_ptr<MCAsmParser> parser(
      createMCAsmParser(sources, context, streamer, *impl->asmInfo));
  std::unique_ptr<MCTargetAsmParser> targetParser(
      impl->target.createMCAsmParser(*impl->subtarget, *parser, *impl->instrs,
                                     impl->options));
  parser->setTargetParser(*targetParser);
  parser->Run(/*NoInitialTextSection=*/false);
  return result;
}

} // namespace tatami::test
