//===- operators.cpp - Vector extensions on one element type --------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// TYPE and LANES come from the command line (CMakeLists.txt).
//===----------------------------------------------------------------------===//

#include "Operators.h"

int main() {
  runAll<TYPE, LANES>();
  if (failures)
    printf("%d failures\n", failures);
  return failures != 0;
}
