//===- ToolWrapper.cpp - LLVM's binary utilities, knowing our target ------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// tatami-objdump is llvm-objdump with our plugin loaded, and so on: one program
// per tool, made from this file. It finds the plugin relative to itself, so an
// installed toolchain can be moved. Tools that must be told the target are told.
//===----------------------------------------------------------------------===//

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <unistd.h>

using namespace llvm;

static int fail(const Twine &Message) {
  errs() << "tatami-" TATAMI_TOOL << ": error: " << Message << '\n';
  return 1;
}

/// True if the command line says itself what the default `-name=value` says.
static bool isGiven(StringRef Default, ArrayRef<char *> Arguments) {
  StringRef Name = Default.split('=').first.ltrim('-');
  return any_of(Arguments, [&](StringRef Argument) {
    return Argument.starts_with("-") &&
           Argument.split('=').first.ltrim('-') == Name;
  });
}

int main(int Argc, char **Argv) {
  std::string Self = sys::fs::getMainExecutable(
      Argv[0], reinterpret_cast<void *>(reinterpret_cast<intptr_t>(&fail)));
  SmallString<256> Plugin(
      sys::path::parent_path(sys::path::parent_path(Self)));
  sys::path::append(Plugin, "lib", "TatamiPlugin.so");
  if (!sys::fs::exists(Plugin))
    return fail("the target's plugin is missing: expected " + Plugin);
  // The dynamic linker splits its list there, and knows no escape.
  if (StringRef(Plugin).find_first_of(" :") != StringRef::npos)
    return fail("cannot load " + Plugin +
                ": the toolchain's path has a space or a colon");

  SmallString<256> Preload(TATAMI_PRELOAD_FIRST);
  Preload += Plugin;
  if (const char *Others = std::getenv("LD_PRELOAD"); Others && *Others)
    Preload += (":" + Twine(Others)).str();
  setenv("LD_PRELOAD", Preload.c_str(), /*overwrite=*/1);

  const char *Tool = TATAMI_LLVM_BIN "/llvm-" TATAMI_TOOL;
  SmallVector<char *, 16> Arguments(Argv, Argv + Argc);
  static char Defaults[] = TATAMI_DEFAULTS;
  for (char *Default = std::strtok(Defaults, " "); Default;
       Default = std::strtok(nullptr, " "))
    if (!isGiven(Default, ArrayRef(Argv, Argc)))
      Arguments.insert(Arguments.begin() + 1, Default);
  Arguments.push_back(nullptr);
  execv(Tool, Arguments.data());
  return fail("cannot run " + Twine(Tool) + ": " + std::strerror(errno) +
              "; install the package llvm-22");
}
