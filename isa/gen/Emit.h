// The products of the generator, one function (and file) each.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include "Records.h"

#include <string>

namespace tatami::gen {

/// Text that every product starts with.
std::string fileHeader(const std::string &what);

/// C string literal of \p text.
std::string quote(const std::string &text);

std::string emitOpcodes(const Machine &machine);
std::string emitOperands(const Machine &machine);
std::string emitDispatch(const Machine &machine);
std::string emitDispatchFacts(const Machine &machine);
std::string emitInstInfos(const Machine &machine);
std::string emitDecodeTree(const Machine &machine);
std::string emitTiming(const Machine &machine);
std::string emitTraps(const Machine &machine);
std::string emitControlRegisters(const Machine &machine);
std::string emitHostCalls(const Machine &machine);
std::string emitRelocs(const Machine &machine);
/// Declarations of the builtins in C, for tools that do not know them.
std::string emitBuiltinDeclarations(const Machine &machine);
/// The layout of a global address: for the emulator, as a C header, as a chapter
/// of the manual.
std::string emitGlobalAddress(const Machine &machine);
std::string emitGlobalAddressHeader(const Machine &machine);
std::string emitGlobalAddressManual(const Machine &machine);
/// The list engine's descriptor: for the emulator, as a C header, as a chapter
/// of the manual.
std::string emitListDescriptor(const Machine &machine);
std::string emitListHeader(const Machine &machine);
std::string emitListManual(const Machine &machine);
std::string emitMemoryMap(const Machine &machine);
std::string emitDwarfRegisters(const Machine &machine);
std::string emitBuiltins(const Machine &machine);

/// Latency and units of an instruction in the D1 model, as the manual says it.
std::string costSentence(const Machine &machine, const Inst &inst);

/// The reference of the builtins in Markdown.
std::string emitBuiltinReference(const Machine &machine);

/// The ISA manual in Markdown. \p semantics is the folder with the exec()
/// bodies that it quotes. Names of instructions without a body are appended to
/// \p missing.
std::string emitManual(const Machine &machine, const std::string &semantics,
                       std::vector<std::string> &missing);

} // namespace tatami::gen
