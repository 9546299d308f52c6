//===- Actions.h - clang's front end actions, with our checks ---*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TATAMI_DRIVER_ACTIONS_H
#define TATAMI_DRIVER_ACTIONS_H

#include <memory>

namespace clang {
class CompilerInstance;
class FrontendAction;
} // namespace clang

namespace tatami {

/// The action that the command line asks for. Where it analyses or compiles
/// C or C++ it also checks the use of builtins, and where it emits code it
/// applies the ABI for structures. Null, with a diagnostic, if there is none.
std::unique_ptr<clang::FrontendAction>
createAction(clang::CompilerInstance &CI);

} // namespace tatami

#endif // TATAMI_DRIVER_ACTIONS_H
