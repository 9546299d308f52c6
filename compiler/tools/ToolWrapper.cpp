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
#include "llvm/Support/xxhash.h"
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <unistd.h>

using namespace llvm;

static int fail(const Twine &Message) {
  errs() << "tatami-" TATAMI_TOOL << ": error: " << Message << '\n';
  return 1;
}

/// Makes a symbolic link to \p Plugin at a path of its own below the directory
/// for temporary files. It is the user's, and stays: the tool is loaded after
/// this program has ended.
static std::error_code linkTo(StringRef Plugin, SmallVectorImpl<char> &Link) {
  sys::path::system_temp_directory(/*ErasedOnReboot=*/true, Link);
  sys::path::append(Link, "tatami-plugin-" + Twine(getuid()));
  // The directory must not be another user's, who could replace the link.
  StringRef Directory(Link.data(), Link.size());
  if (Directory.find_first_of(" :") != StringRef::npos)
    return std::make_error_code(std::errc::invalid_argument);
  if (std::error_code EC = sys::fs::create_directory(
          Directory, /*IgnoreExisting=*/true, sys::fs::owner_all))
    return EC;
  sys::fs::file_status Status;
  if (std::error_code EC = sys::fs::status(Directory, Status, false))
    return EC;
  if (Status.type() != sys::fs::file_type::directory_file ||
      Status.getUser() != getuid())
    return std::make_error_code(std::errc::permission_denied);
  sys::path::append(Link, utohexstr(xxh3_64bits(Plugin)) + ".so");
  StringRef Path(Link.data(), Link.size());
  std::error_code EC = sys::fs::create_link(Plugin, Path);
  return EC == std::errc::file_exists ? std::error_code() : EC;
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
  // The dynamic linker splits its list at spaces and colons and knows no
  // escape; but it follows links.
  SmallString<256> Link;
  if (StringRef(Plugin).find_first_of(" :") != StringRef::npos) {
    std::error_code EC = linkTo(Plugin, Link);
    if (EC)
      return fail("cannot load " + Plugin + ": its path has a space or a "
                  "colon, and no link to it can be made: " + EC.message());
    Plugin = Link;
  }

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
