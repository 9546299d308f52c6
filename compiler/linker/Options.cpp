//===- Options.cpp - The command line of tatami-ld ------------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tatami/linker/Options.h"
#include "tatami/linker/Diagnostics.h"
#include "llvm/Config/llvm-config.h"
#include "llvm/Option/Arg.h"
#include "llvm/Option/ArgList.h"
#include "llvm/Option/OptTable.h"

using namespace llvm;
using namespace llvm::opt;

namespace tatami::linker {
namespace {

enum OptionId {
  OPT_INVALID = 0,
#define OPTION(...) LLVM_MAKE_OPT_ID(__VA_ARGS__),
#include "LinkerOptions.inc"
#undef OPTION
};

#define OPTTABLE_STR_TABLE_CODE
#include "LinkerOptions.inc"
#undef OPTTABLE_STR_TABLE_CODE

#define OPTTABLE_PREFIXES_TABLE_CODE
#include "LinkerOptions.inc"
#undef OPTTABLE_PREFIXES_TABLE_CODE

constexpr OptTable::Info LinkerOptionInfos[] = {
#define OPTION(...) LLVM_CONSTRUCT_OPT_INFO(__VA_ARGS__),
#include "LinkerOptions.inc"
#undef OPTION
};

class LinkerOptTable : public GenericOptTable {
public:
  LinkerOptTable()
      : GenericOptTable(OptionStrTable, OptionPrefixesTable,
                        LinkerOptionInfos) {}
};

/// Turns parsed arguments into Options, reporting every mistake it meets.
class OptionReader {
public:
  OptionReader(const InputArgList &Args, Diagnostics &Diags)
      : Args(Args), Diags(Diags) {}

  Options read();

private:
  void readMessages();
  void readInputs();
  void readSymbols();
  void readMemory();
  void readLto();
  void refuseUnsupported();
  uint64_t number(OptionId Id, uint64_t Default);
  bool flag(OptionId On, OptionId Off, bool Default = false) {
    return Args.hasFlag(On, Off, Default);
  }

  const InputArgList &Args;
  Diagnostics &Diags;
  Options Opts;
};

/// Bytes, in any radix that C knows, with an optional K or M.
std::optional<uint64_t> parseSize(StringRef Text) {
  uint64_t Unit = 1;
  if (Text.consume_back("K") || Text.consume_back("k"))
    Unit = 1024;
  else if (Text.consume_back("M") || Text.consume_back("m"))
    Unit = 1024 * 1024;
  uint64_t Value;
  if (Text.getAsInteger(0, Value) || Value > UINT64_MAX / Unit)
    return std::nullopt;
  return Value * Unit;
}

uint64_t OptionReader::number(OptionId Id, uint64_t Default) {
  const Arg *A = Args.getLastArg(Id);
  if (!A)
    return Default;
  if (std::optional<uint64_t> Value = parseSize(A->getValue()))
    return *Value;
  Diags.error(A->getSpelling() + ": expected a number, but got '" +
              A->getValue() + "'");
  return Default;
}

void OptionReader::readMessages() {
  Diags.setFatalWarnings(flag(OPT_fatal_warnings, OPT_no_fatal_warnings));
  Diags.setErrorLimit(std::min<uint64_t>(number(OPT_error_limit, 20), 1 << 30));
  Opts.Verbose = Args.hasArg(OPT_verbose);
  Opts.Demangle = flag(OPT_demangle, OPT_no_demangle, true);
  Opts.ShowHelp = Args.hasArg(OPT_help);
  Opts.ShowVersion = Args.hasArg(OPT_version);
  Opts.ShowVersionAndLink = Args.hasArg(OPT_v);
}

void OptionReader::readInputs() {
  bool WholeArchive = false;
  for (const Arg *A : Args) {
    switch (A->getOption().getID()) {
    case OPT_INPUT:
    case OPT_l:
      Opts.Inputs.push_back(
          {A->getValue(), A->getOption().matches(OPT_l), WholeArchive});
      break;
    case OPT_whole_archive:
      WholeArchive = true;
      break;
    case OPT_no_whole_archive:
      WholeArchive = false;
      break;
    }
  }
  Opts.LibraryPaths = Args.getAllArgValues(OPT_L);
  Opts.Output = Args.getLastArgValue(OPT_o, Opts.Output).str();
  Opts.MapFile = Args.getLastArgValue(OPT_Map).str();

  Opts.GcSections = flag(OPT_gc_sections, OPT_no_gc_sections);
  Opts.PrintGcSections = flag(OPT_print_gc_sections, OPT_no_print_gc_sections);
  Opts.StripAll = Args.hasArg(OPT_s);
  Opts.StripDebug = Opts.StripAll || Args.hasArg(OPT_S);
}

void OptionReader::readSymbols() {
  Opts.Entry = Args.getLastArgValue(OPT_e, Opts.Entry).str();
  Opts.RequiredSymbols = Args.getAllArgValues(OPT_u);
  Opts.WrappedSymbols = Args.getAllArgValues(OPT_wrap);
  Opts.AllowMultipleDefinition = Args.hasArg(OPT_allow_multiple_definition);
  for (const std::string &Text : Args.getAllArgValues(OPT_defsym)) {
    auto [Name, Expression] = StringRef(Text).split('=');
    if (Name.trim().empty() || Expression.trim().empty()) {
      Diags.error("--defsym: expected <symbol>=<value>, but got '" + Text +
                  "'");
      continue;
    }
    Opts.Assignments.push_back({Name.trim().str(), Expression.trim().str()});
  }
}

void OptionReader::readMemory() {
  // Everything is kept a multiple of a vector, so that each stack starts
  // aligned, and below 2 GB, so that sums cannot overflow.
  auto ReadSize = [&](OptionId Id, StringRef Name, uint64_t Default) {
    uint64_t Size = number(Id, Default);
    if (Size <= INT32_MAX && Size % 64 == 0)
      return Size;
    Diags.error("--" + Name + ": " + Twine(Size) +
                " is not a multiple of 64 below 2 GiB");
    return Default;
  };
  Opts.SramSize = ReadSize(OPT_sram_size, "sram-size", Opts.SramSize);
  Opts.StackSize = ReadSize(OPT_stack_size, "stack-size", Opts.StackSize);
  Opts.ThreadStackSize = ReadSize(OPT_thread_stack_size, "thread-stack-size",
                                  Opts.ThreadStackSize);
}

void OptionReader::readLto() {
  if (const Arg *A = Args.getLastArg(OPT_lto_O);
      A && (StringRef(A->getValue()).getAsInteger(10, Opts.LtoLevel) ||
            Opts.LtoLevel > 3))
    Diags.error("--lto-O: expected a level from 0 to 3, but got '" +
                Twine(A->getValue()) + "'");
  Opts.LlvmOptions = Args.getAllArgValues(OPT_mllvm);
}

void OptionReader::refuseUnsupported() {
  if (Args.hasArg(OPT_T))
    Diags.error("-T: linker scripts are not supported, the memory map of a "
                "node is fixed; use --stack-size, --thread-stack-size, "
                "--sram-size and --defsym to adjust it");
  if (const Arg *A = Args.getLastArg(OPT_shared, OPT_Bdynamic, OPT_pie))
    Diags.error(A->getSpelling() + ": not supported, images are linked "
                                   "statically to fixed addresses");
  if (Args.hasArg(OPT_r))
    Diags.error("-r: not supported, the output is always an executable image; "
                "use llvm-ar to combine objects");
}

Options OptionReader::read() {
  readMessages();
  readInputs();
  readSymbols();
  readMemory();
  readLto();
  refuseUnsupported();
  return std::move(Opts);
}

} // namespace

std::optional<Options> parseOptions(ArrayRef<const char *> Argv,
                                    Diagnostics &Diags) {
  LinkerOptTable Table;
  unsigned MissingIndex = 0, MissingCount = 0;
  InputArgList Args = Table.ParseArgs(Argv, MissingIndex, MissingCount);
  if (MissingCount)
    Diags.error(Twine(Args.getArgString(MissingIndex)) +
                ": expected a value after it");

  for (const Arg *A : Args.filtered(OPT_UNKNOWN)) {
    std::string Spelling = A->getAsString(Args), Nearest;
    // One edit away is a typing error, more is a guess.
    if (Table.findNearest(Spelling, Nearest) <= 1)
      Diags.error("unknown argument '" + Spelling + "', did you mean '" +
                  Nearest + "'");
    else
      Diags.error("unknown argument '" + Spelling + "'");
  }

  Options Opts = OptionReader(Args, Diags).read();
  if (Diags.hasErrors())
    return std::nullopt;
  return Opts;
}

void printHelp(raw_ostream &OS) {
  LinkerOptTable().printHelp(OS, "tatami-ld [options] file...",
                             "links objects into the image of a Tatami node");
}

void printVersion(raw_ostream &OS) {
  OS << "tatami-ld (LLVM " LLVM_VERSION_STRING
        ", compatible with GNU linkers)\n";
}

} // namespace tatami::linker
