//===- Spelling.cpp - Symbol names as people write them -------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Spelling.h"
#include "Symbols.h"
#include "llvm/Demangle/Demangle.h"

using namespace llvm;

namespace tatami::linker {

/// The demangler recurses with the name; a name that no compiler makes must
/// not exhaust the stack. Longer ones would not help in a message either.
constexpr size_t MaxMangledLength = 2048;

std::string demangled(StringRef Name) {
  if (!Name.starts_with("_Z") || Name.size() > MaxMangledLength)
    return Name.str();
  return demangle(std::string_view(Name));
}

/// `foo` of `foo(int)` and of `foo`.
static StringRef withoutParameters(StringRef Demangled) {
  return Demangled.take_until([](char C) { return C == '('; });
}

const Symbol *findSimilar(const SymbolTable &Symbols, StringRef Name) {
  if (Name.size() < 2 || Name.size() > 256)
    return nullptr;
  bool IsMangled = Name.starts_with("_Z");
  std::string Plain = demangled(Name);
  StringRef PlainName = withoutParameters(Plain);

  // A name is no typing error of another if half of it differs.
  unsigned Best = std::min<unsigned>(Name.size() / 3, 2) + 1;
  const Symbol *Similar = nullptr;
  for (const Symbol &Sym : Symbols.all()) {
    if (!Sym.isDefined() || Sym.Name.size() > 256 || Sym.Name == Name)
      continue;
    bool OtherIsMangled = Sym.Name.starts_with("_Z");
    if (IsMangled != OtherIsMangled) {
      // Worth a demangling only if the name is in there.
      bool Same = IsMangled
                      ? Sym.Name == PlainName
                      : Sym.Name.contains(Name) &&
                            withoutParameters(demangled(Sym.Name)) == Name;
      if (Same)
        return &Sym;
      continue;
    }
    unsigned Distance = Sym.Name.equals_insensitive(Name)
                            ? 0
                            : Name.edit_distance(Sym.Name, true, Best);
    if (Distance < Best) {
      Best = Distance;
      Similar = &Sym;
    }
    if (Best == 0)
      break;
  }
  return Similar;
}

} // namespace tatami::linker
