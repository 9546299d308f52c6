//===- InputReader.h - Find, open and enter the inputs ----------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TATAMI_LINKER_INPUTREADER_H
#define TATAMI_LINKER_INPUTREADER_H

namespace tatami::linker {

struct Context;

/// Reads every input that the options name into \p Ctx, with those archive
/// members that the symbols ask for, and resolves symbols on the way.
void readInputs(Context &Ctx);

/// Compiles the bitcode among the inputs, if there is any, and adds the objects
/// that come of it, and what they need from archives. The names are final then.
void compileInputs(Context &Ctx);

} // namespace tatami::linker

#endif // TATAMI_LINKER_INPUTREADER_H
