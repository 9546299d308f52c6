//===- BuiltinConsumer.h - Checks builtins, global pointers -----*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TATAMI_DRIVER_BUILTINCONSUMER_H
#define TATAMI_DRIVER_BUILTINCONSUMER_H

#include <memory>

namespace clang {
class ASTConsumer;
} // namespace clang

namespace tatami {

/// Must run before the consumer that generates code. It does for our builtins
/// what clang's Sema and CodeGen do by architecture:
///   - diagnoses a constant argument outside the range of its instruction,
///   - diagnoses a cast between local and global pointers,
///   - names the function that a call to the builtin becomes in the IR: the
///     full name, which no program may define.
std::unique_ptr<clang::ASTConsumer> createBuiltinConsumer();

} // namespace tatami

#endif // TATAMI_DRIVER_BUILTINCONSUMER_H
