//===- TatamiToolChain.h - Headers, libraries and linker --------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The tool chain that clang's driver asks for everything that depends on the
// target: where headers and libraries are, which flags are on by default, and
// how to link. An installation is one directory:
//
//   <prefix>/bin                  tatami-clang, tatami-ld
//   <prefix>/lib/tatami/include   C library headers, tatami.h, c++/v1
//   <prefix>/lib/tatami/lib       crt0.o, libc.a, libm.a, libtatami.a, ...
//
//===----------------------------------------------------------------------===//

#ifndef TATAMI_DRIVER_TATAMITOOLCHAIN_H
#define TATAMI_DRIVER_TATAMITOOLCHAIN_H

#include "clang/Driver/Tool.h"
#include "clang/Driver/ToolChain.h"

namespace tatami {

/// The link job: tatami-ld, start-up code and libraries.
class Linker final : public clang::driver::Tool {
public:
  explicit Linker(const clang::driver::ToolChain &TC)
      : Tool("tatami::Linker", "linker", TC) {}
  bool hasIntegratedCPP() const override { return false; }
  bool isLinkJob() const override { return true; }
  // tatami-ld says what is wrong; "linker command failed" would be noise.
  bool hasGoodDiagnostics() const override { return true; }
  void ConstructJob(clang::driver::Compilation &C,
                    const clang::driver::JobAction &JA,
                    const clang::driver::InputInfo &Output,
                    const clang::driver::InputInfoList &Inputs,
                    const llvm::opt::ArgList &Args,
                    const char *LinkingOutput) const override;
};

class TatamiToolChain final : public clang::driver::ToolChain {
public:
  TatamiToolChain(const clang::driver::Driver &D,
                  const llvm::opt::ArgList &Args);

  /// The options that hold unless the command line says otherwise.
  static llvm::ArrayRef<llvm::opt::OptSpecifier> defaultOptions();

  bool isPICDefault() const override { return false; }
  bool isPIEDefault(const llvm::opt::ArgList &) const override { return false; }
  // An image has one address: -fPIC and -fPIE have nothing to change.
  bool isPICDefaultForced() const override { return true; }
  bool isCrossCompiling() const override { return true; }
  bool HasNativeLLVMSupport() const override { return true; }
  bool SupportsProfiling() const override { return false; }
  // The machine's arithmetic sets no flags, so sqrtf can be one instruction.
  bool IsMathErrnoDefault() const override { return false; }
  const char *getDefaultLinker() const override { return "tatami-ld"; }
  RuntimeLibType GetRuntimeLibType(const llvm::opt::ArgList &) const override {
    return RLT_CompilerRT;
  }
  CXXStdlibType GetCXXStdlibType(const llvm::opt::ArgList &) const override {
    return CST_Libcxx;
  }
  UnwindLibType GetUnwindLibType(const llvm::opt::ArgList &) const override {
    return UNW_None;
  }
  llvm::DebuggerKind getDefaultDebuggerTuning() const override {
    return llvm::DebuggerKind::GDB;
  }

  std::string getCompilerRT(const llvm::opt::ArgList &Args,
                            llvm::StringRef Component, FileType Type,
                            bool IsFortran) const override;
  llvm::opt::DerivedArgList *
  TranslateArgs(const llvm::opt::DerivedArgList &Args,
                llvm::StringRef BoundArch,
                clang::driver::Action::OffloadKind Kind) const override;
  void
  AddClangSystemIncludeArgs(const llvm::opt::ArgList &DriverArgs,
                            llvm::opt::ArgStringList &CC1Args) const override;
  void AddClangCXXStdlibIncludeArgs(
      const llvm::opt::ArgList &DriverArgs,
      llvm::opt::ArgStringList &CC1Args) const override;
  void
  addClangTargetOptions(const llvm::opt::ArgList &DriverArgs,
                        llvm::opt::ArgStringList &CC1Args,
                        clang::driver::Action::OffloadKind Kind) const override;

protected:
  clang::driver::Tool *buildLinker() const override {
    return new Linker(*this);
  }

private:
  std::string IncludeDir; // <prefix>/lib/tatami/include
  std::string LibraryDir; // <prefix>/lib/tatami/lib
};

/// Makes \p D use a TatamiToolChain for the target's triple. \p Args are the
/// parsed command line and must outlive \p D.
TatamiToolChain &installToolChain(clang::driver::Driver &D,
                                  const llvm::opt::ArgList &Args);

} // namespace tatami

#endif // TATAMI_DRIVER_TATAMITOOLCHAIN_H
