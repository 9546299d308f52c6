//===- Isa.td - Root of the description for everyone but LLVM -------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

include "Prelude.td"
include "Machine.td"
