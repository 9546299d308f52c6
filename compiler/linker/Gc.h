//===- Gc.h - Which sections are part of the image? -------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TATAMI_LINKER_GC_H
#define TATAMI_LINKER_GC_H

namespace tatami::linker {

struct Context;

/// Decides for every section whether it is live: with `--gc-sections` if it is
/// reachable from where execution starts, otherwise unless its COMDAT group
/// lost.
void markLiveSections(Context &Ctx);

} // namespace tatami::linker

#endif // TATAMI_LINKER_GC_H
