//===- TatamiTargetInfo.h - What clang must know of the target --*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Type sizes, predefined macros, registers, assembly constraints and builtins
// of tatami-unknown-elf, for clang's front end.
//
//===----------------------------------------------------------------------===//

#ifndef TATAMI_DRIVER_TATAMITARGETINFO_H
#define TATAMI_DRIVER_TATAMITARGETINFO_H

#include "clang/Basic/TargetInfo.h"
#include "llvm/IR/DerivedTypes.h"

namespace clang {
class CompilerInstance;
} // namespace clang

namespace tatami {

/// The one triple that this toolchain compiles for.
inline constexpr llvm::StringLiteral TargetTriple = "tatami-unknown-elf";

class TatamiTargetInfo final : public clang::TargetInfo {
public:
  explicit TatamiTargetInfo(const llvm::Triple &T);

  void getTargetDefines(const clang::LangOptions &Opts,
                        clang::MacroBuilder &Builder) const override;
  llvm::SmallVector<clang::Builtin::InfosShard>
  getTargetBuiltins() const override;

  BuiltinVaListKind getBuiltinVaListKind() const override {
    return VoidPtrBuiltinVaList;
  }
  bool hasBitIntType() const override { return true; }
  size_t getMaxBitIntWidth() const override {
    return llvm::IntegerType::MAX_INT_BITS;
  }
  bool isCLZForZeroUndef() const override { return false; }
  bool useFP16ConversionIntrinsics() const override { return false; }
  bool isValidCPUName(llvm::StringRef Name) const override;
  void fillValidCPUList(
      llvm::SmallVectorImpl<llvm::StringRef> &Names) const override;
  bool setCPU(const std::string &Name) override { return isValidCPUName(Name); }

  std::string_view getClobbers() const override { return ""; }
  llvm::ArrayRef<const char *> getGCCRegNames() const override;
  llvm::ArrayRef<GCCRegAlias> getGCCRegAliases() const override;
  bool validateAsmConstraint(const char *&Name,
                             ConstraintInfo &Info) const override;
  bool validateOutputSize(const llvm::StringMap<bool> &Features,
                          llvm::StringRef Constraint,
                          unsigned Size) const override;
  bool validateInputSize(const llvm::StringMap<bool> &Features,
                         llvm::StringRef Constraint,
                         unsigned Size) const override;
  bool isSPRegName(llvm::StringRef Name) const override {
    return Name == "sp" || Name == "x2";
  }
  bool validateGlobalRegisterVariable(llvm::StringRef RegName, unsigned RegSize,
                                      bool &HasSizeMismatch) const override;
};

/// Gives \p CI its target: what clang::CompilerInstance::createTarget() does
/// for the targets that clang knows. Reports and returns false on a wrong
/// -target-cpu or -target-feature.
bool createTarget(clang::CompilerInstance &CI);

} // namespace tatami

#endif // TATAMI_DRIVER_TATAMITARGETINFO_H
