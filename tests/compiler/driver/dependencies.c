// The files that make and ninja read.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: mkdir -p %t && echo "int from_header;" > %t/local.h
// RUN: tatami-clang -M -I%t %s | FileCheck %s
// RUN: tatami-clang -MM -I%t %s | FileCheck %s
// RUN: tatami-clang -MMD -MF %t/d -I%t -fsyntax-only %s && FileCheck %s < %t/d
// Long paths begin lines of their own.
// CHECK: dependencies.o:
// CHECK: {{[/ ]}}dependencies.c
// CHECK: local.h
// RUN: tatami-clang -MM -MT target -I%t %s | FileCheck %s --check-prefix=TARGET
// TARGET: target:
// TARGET: {{[/ ]}}dependencies.c
#include "local.h"
