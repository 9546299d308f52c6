//===- LinkTest.h - Link in memory and look at the result -------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TATAMI_TESTS_LINKER_LINKTEST_H
#define TATAMI_TESTS_LINKER_LINKTEST_H

#include "ObjectBuilder.h"
#include "tatami/linker/Linker.h"
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace tatami::linker::test {

/// The number of each relocation, as docs/abi.md has them.
enum Relocation : uint32_t {
  None,
  Abs32,
  Abs64,
  Abs22,
  Branch15,
  Jump20,
  TpRel22,
  PcRel32,
  PcRel64,
  Abs16,
  Abs8,
  DtpRel64,
  DtpRel32,
  Lo15,
  Hi20,
};

/// What a link said and made.
class Linked {
public:
  /// Whether there is an image.
  bool Ok = false;
  std::string Errors;
  std::string Output;
  std::string Map;
  std::string Image;

  bool says(const std::string &Text) const {
    return (Errors + Output).find(Text) != std::string::npos;
  }
  /// The value of a symbol of the image; nothing if there is none.
  std::optional<uint64_t> symbol(const std::string &Name) const;
  /// `Size` bytes of memory at `Address`, as a number.
  uint64_t load(uint64_t Address, unsigned Size) const;
  uint32_t word(uint64_t Address) const { return load(Address, 4); }
  uint64_t quad(uint64_t Address) const { return load(Address, 8); }
  /// The bytes of a section; nothing if there is none.
  std::optional<std::string> section(const std::string &Name) const;
  uint64_t sectionAddress(const std::string &Name) const;
  uint64_t entry() const;
};

/// Links \p Files, an in-memory directory, with \p Args.
Linked runLink(const std::map<std::string, std::string> &Files,
               const std::vector<std::string> &Args);

/// A `.text` that defines `_start` and is 64 bytes long.
unsigned addStart(ObjectBuilder &Object);

} // namespace tatami::linker::test

#endif // TATAMI_TESTS_LINKER_LINKTEST_H
