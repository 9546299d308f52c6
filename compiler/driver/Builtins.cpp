//===- Builtins.cpp - The target's builtins for clang ---------------------===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Builtins.h"
#include "llvm/ADT/STLExtras.h"
#include <array>
#include <string_view>

using namespace clang;
using namespace llvm;

namespace tatami {
namespace {

struct Entry {
  std::string_view Name, Type, Effect;

  /// clang's attribute letters: F, the call becomes an IR call of a function;
  /// n, it does not throw; c, the result depends on its arguments alone.
  constexpr std::string_view attributes() const {
    return Effect == "pure" ? "ncF" : "nF";
  }
};

constexpr Entry Entries[] = {
#define TATAMI_BUILTIN(Name, Type, Effect, Instruction) {#Name, Type, Effect},
#include "tatami/isa/TatamiBuiltins.inc"
};

enum Number : unsigned {
#define TATAMI_BUILTIN(Name, Type, Effect, Instruction) Name,
#include "tatami/isa/TatamiBuiltins.inc"
};

constexpr ConstantRange Ranges[] = {
#define TATAMI_BUILTIN_RANGE(Name, Argument, Min, Max)                         \
  {Name, Argument, Min, Max},
#include "tatami/isa/TatamiBuiltins.inc"
};

// clang wants one array of characters with all strings in it, the empty one
// first, and offsets into it.
constexpr size_t TextSize = [] {
  size_t Size = 1;
  for (const Entry &E : Entries)
    Size += E.Name.size() + E.Type.size() + E.attributes().size() + 3;
  return Size;
}();

struct Table {
  char Text[TextSize] = {};
  std::array<unsigned, std::size(Entries)> Names, Types, Attributes;

  constexpr Table() {
    size_t End = 1;
    auto Add = [&](std::string_view S) {
      size_t Begin = End;
      for (char C : S)
        Text[End++] = C;
      ++End; // Its terminating zero.
      return Begin;
    };
    for (size_t I = 0; I < std::size(Entries); ++I) {
      Names[I] = Add(Entries[I].Name);
      Types[I] = Add(Entries[I].Type);
      Attributes[I] = Add(Entries[I].attributes());
    }
  }
};

constexpr Table TheTable;
constexpr StringTable Strings(TheTable.Text);

constexpr auto Infos = [] {
  std::array<Builtin::Info, std::size(Entries)> Result;
  for (size_t I = 0; I < Result.size(); ++I) {
    Result[I].Offsets.Name = TheTable.Names[I];
    Result[I].Offsets.Type = TheTable.Types[I];
    Result[I].Offsets.Attributes = TheTable.Attributes[I];
  }
  return Result;
}();

} // namespace

Builtin::InfosShard builtinShard() { return {&Strings, Infos}; }

ArrayRef<ConstantRange> builtinRanges(unsigned Index) {
  auto Begin = partition_point(
      Ranges, [&](const ConstantRange &R) { return R.Builtin < Index; });
  auto End = partition_point(
      Ranges, [&](const ConstantRange &R) { return R.Builtin <= Index; });
  return ArrayRef(Begin, End);
}

} // namespace tatami
