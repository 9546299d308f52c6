//===- TatamiMCAsmInfo.h - Properties of the assembly language ------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

#ifndef LLVM_LIB_TARGET_TATAMI_MCTARGETDESC_TATAMIMCASMINFO_H
#define LLVM_LIB_TARGET_TATAMI_MCTARGETDESC_TATAMIMCASMINFO_H

#include "llvm/MC/MCAsmInfoELF.h"
#include "llvm/MC/MCExpr.h"
#include <optional>

namespace llvm {

class Triple;

namespace Tatami {

/// Which part of an address an operand stands for: `%lo(symbol)` and so on.
/// An operand without any is the address itself.
enum Specifier : uint16_t {
  S_None,
  S_HI,     ///< %hi: upper part for lui, rounded so that %lo adds up
  S_LO,     ///< %lo: signed low 15 bits
  S_TPREL,  ///< %tprel: offset from the thread pointer
  S_DTPREL, ///< %dtprel: the same in data, for debug information
};

/// The name between `%` and `(`.
StringRef getSpecifierName(uint16_t S);
/// The specifier of that name, if there is one.
std::optional<Specifier> parseSpecifierName(StringRef Name);

} // namespace Tatami

class TatamiMCAsmInfo : public MCAsmInfoELF {
  void anchor() override;

public:
  explicit TatamiMCAsmInfo(const Triple &TT);

  void printSpecifierExpr(raw_ostream &OS,
                          const MCSpecifierExpr &Expr) const override;
};

} // namespace llvm

#endif // LLVM_LIB_TARGET_TATAMI_MCTARGETDESC_TATAMIMCASMINFO_H
