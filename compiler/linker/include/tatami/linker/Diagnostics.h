//===- Diagnostics.h - Errors and warnings of the linker --------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The one place through which every message of the linker goes, so that a
// caller may collect them: the library itself never prints and never exits.
//
//===----------------------------------------------------------------------===//

#ifndef TATAMI_LINKER_DIAGNOSTICS_H
#define TATAMI_LINKER_DIAGNOSTICS_H

#include "llvm/ADT/Twine.h"
#include "llvm/Support/raw_ostream.h"

namespace tatami::linker {

/// Counts and prints messages in clang's style: `tatami-ld: error: ...`.
class Diagnostics {
public:
  /// \p Err receives errors and warnings, \p Out what the user asked to see
  /// (`--print-gc-sections`, `--verbose`).
  Diagnostics(llvm::raw_ostream &Err, llvm::raw_ostream &Out)
      : Err(Err), Out(Out) {}

  void error(const llvm::Twine &Message);
  void warning(const llvm::Twine &Message);
  /// A line of requested output, printed as it is.
  void message(const llvm::Twine &Message);

  bool hasErrors() const { return ErrorCount != 0; }
  unsigned errorCount() const { return ErrorCount; }
  /// Whether the limit is reached, so that the next error only counts. Long
  /// messages need not be composed then.
  bool isSilent() const { return ErrorLimit != 0 && ErrorCount > ErrorLimit; }

  /// Errors beyond this number are counted but not printed; 0 prints all.
  void setErrorLimit(unsigned Limit) { ErrorLimit = Limit; }
  void setFatalWarnings(bool Fatal) { FatalWarnings = Fatal; }

private:
  llvm::raw_ostream &Err;
  llvm::raw_ostream &Out;
  unsigned ErrorCount = 0;
  unsigned ErrorLimit = 20;
  bool FatalWarnings = false;
};

} // namespace tatami::linker

#endif // TATAMI_LINKER_DIAGNOSTICS_H
