//===- Options.h - What the command line asked for --------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TATAMI_LINKER_OPTIONS_H
#define TATAMI_LINKER_OPTIONS_H

#include "tatami/isa/MemoryMap.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/Support/raw_ostream.h"
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace tatami::linker {

class Diagnostics;

/// One input named on the command line, in its order.
struct InputSpec {
  /// A path, or the X of `-lX`.
  std::string Name;
  bool IsLibrary = false;
  /// Every member of an archive is linked, wanted or not.
  bool WholeArchive = false;
};

/// `--defsym NAME=EXPRESSION`.
struct SymbolAssignment {
  std::string Name;
  std::string Expression;
};

/// Everything that decides what a link does.
struct Options {
  std::vector<InputSpec> Inputs;
  std::vector<std::string> LibraryPaths;
  std::string Output = "a.out";
  std::string Entry = "_start";
  std::string MapFile;

  std::vector<SymbolAssignment> Assignments;
  std::vector<std::string> WrappedSymbols;
  /// Symbols of `-u`: treated as referenced, so that archives supply them.
  std::vector<std::string> RequiredSymbols;

  bool GcSections = false;
  bool PrintGcSections = false;
  bool StripAll = false;
  bool StripDebug = false;
  bool AllowMultipleDefinition = false;
  bool Verbose = false;
  bool Demangle = true;

  /// How hard link-time optimisation tries: 0 to 3.
  unsigned LtoLevel = 2;
  /// For LLVM's own command line; who calls the library passes them on.
  std::vector<std::string> LlvmOptions;

  /// The memory of one node and what the stacks take off its top.
  uint64_t SramSize = isa::sramBytes;
  uint64_t StackSize = isa::stackBytes;
  uint64_t ThreadStackSize = isa::threadStackBytes;

  /// `--help` and `--version` print and stop; `-v` links if there are inputs.
  bool ShowHelp = false;
  bool ShowVersion = false;
  bool ShowVersionAndLink = false;
};

/// Parses the arguments that follow the program's name; `@file` arguments must
/// have been expanded. Reports what is wrong and returns nothing if anything
/// is. Applies `--error-limit` and `--fatal-warnings` to \p Diags.
std::optional<Options> parseOptions(llvm::ArrayRef<const char *> Args,
                                    Diagnostics &Diags);

/// The text of `--help`.
void printHelp(llvm::raw_ostream &OS);

/// The line of `--version`.
void printVersion(llvm::raw_ostream &OS);

} // namespace tatami::linker

#endif // TATAMI_LINKER_OPTIONS_H
