// Precompiled headers.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: echo "struct FromHeader { int X; };" > %t.h
// RUN: tatami-clang -x c-header %t.h -o %t.pch
// RUN: tatami-clang -include-pch %t.pch -S -emit-llvm %s -o - | FileCheck %s
// CHECK: @Object = {{.*}}global %struct.FromHeader
struct FromHeader Object;
