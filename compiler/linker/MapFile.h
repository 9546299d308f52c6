//===- MapFile.h - The text of -Map -----------------------------*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TATAMI_LINKER_MAPFILE_H
#define TATAMI_LINKER_MAPFILE_H

#include <string>

namespace tatami::linker {

struct Context;

/// Lists memory use, then every output section with its inputs and symbols.
std::string writeMap(const Context &Ctx);

} // namespace tatami::linker

#endif // TATAMI_LINKER_MAPFILE_H
