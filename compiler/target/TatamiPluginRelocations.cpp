//===- TatamiPluginRelocations.cpp - Our relocations for stock tools ------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// LLVM's tools know relocations by closed lists of machines: there is nothing
// to register with. Without them llvm-readelf -r prints "Unknown", and the debug
// information of objects, whose sections refer to each other by relocations,
// cannot be read. So the two functions that have the lists are replaced, in
// memory, in the process that has loaded the plugin: their first instructions
// become a jump. Where that is not possible, the tools are as they were.
//===----------------------------------------------------------------------===//

#include "tatami/isa/Relocs.h"
#include "llvm/Object/ELF.h"
#include "llvm/Object/ELFObjectFile.h"
#include "llvm/Object/RelocationResolver.h"
#include <cstring>
#include <sys/mman.h>
#include <unistd.h>

using namespace llvm;
using namespace llvm::object;
using tatami::isa::Reloc;

namespace {

/// Other machines lose their names: these tools are ours.
StringRef relocationName(uint32_t Machine, uint32_t Type) {
  const char *Name =
      Machine == tatami::isa::elfMachine ? tatami::isa::relocName(Type) : nullptr;
  return Name ? Name : "Unknown";
}

/// Those that occur in debug information.
bool isResolvable(uint64_t Type) {
  switch (Reloc(Type)) {
  case Reloc::R_TATAMI_ABS8:
  case Reloc::R_TATAMI_ABS16:
  case Reloc::R_TATAMI_ABS32:
  case Reloc::R_TATAMI_ABS64:
  case Reloc::R_TATAMI_PCREL32:
  case Reloc::R_TATAMI_PCREL64:
  case Reloc::R_TATAMI_DTPREL32:
  case Reloc::R_TATAMI_DTPREL64:
    return true;
  default:
    return false;
  }
}

uint64_t resolveOurs(uint64_t Type, uint64_t Offset, uint64_t S, uint64_t,
                     int64_t Addend) {
  switch (Reloc(Type)) {
  case Reloc::R_TATAMI_PCREL32:
    return (S + Addend - Offset) & 0xffffffff;
  case Reloc::R_TATAMI_PCREL64:
    return S + Addend - Offset;
  case Reloc::R_TATAMI_ABS32:
  case Reloc::R_TATAMI_DTPREL32:
    return (S + Addend) & 0xffffffff;
  default:
    return S + Addend;
  }
}

std::pair<SupportsRelocation, RelocationResolver>
resolverFor(const ObjectFile &Obj) {
  const auto *Elf = dyn_cast<ELF64LEObjectFile>(&Obj);
  if (!Elf ||
      Elf->getELFFile().getHeader().e_machine != tatami::isa::elfMachine)
    return {nullptr, nullptr};
  return {isResolvable, resolveOurs};
}

#ifdef __x86_64__
/// Makes the function at \p From jump to \p To.
template <typename Function> void redirect(Function *From, Function *To) {
  // movabs $To, %rax; jmp *%rax
  unsigned char Jump[12] = {0x48, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xe0};
  std::memcpy(Jump + 2, &To, sizeof(To));
  auto Address = reinterpret_cast<uintptr_t>(From);
  uintptr_t PageSize = sysconf(_SC_PAGESIZE);
  uintptr_t First = Address & -PageSize;
  uintptr_t Last = (Address + sizeof(Jump) + PageSize - 1) & -PageSize;
  auto *Pages = reinterpret_cast<void *>(First);
  if (mprotect(Pages, Last - First, PROT_READ | PROT_WRITE | PROT_EXEC))
    return;
  std::memcpy(reinterpret_cast<void *>(Address), Jump, sizeof(Jump));
  mprotect(Pages, Last - First, PROT_READ | PROT_EXEC);
}

struct RedirectAll {
  RedirectAll() {
    redirect<StringRef(uint32_t, uint32_t)>(getELFRelocationTypeName,
                                            relocationName);
    redirect<std::pair<SupportsRelocation, RelocationResolver>(
        const ObjectFile &)>(getRelocationResolver, resolverFor);
  }
} Redirected;
#endif

} // namespace
