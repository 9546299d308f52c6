// Locals, arguments and their types are there, and so are the registers of all
// files.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: tatami-clang -O2 -g -c %s -o %t.o
// RUN: tatami-dwarfdump --debug-info %t.o | FileCheck %s
// RUN: tatami-clang -O0 -g -c %s -o %t0.o
// RUN: tatami-dwarfdump --debug-info %t0.o | FileCheck --check-prefix=O0 %s
#include <tatami.h>

struct pair { int first; float second; };
int use(int *);
void fill(tatami_v16f32 *);

// CHECK-LABEL: DW_AT_name ("scalar")
// CHECK: DW_TAG_formal_parameter
// CHECK: DW_AT_location
// CHECK: DW_OP_reg8 X8
// CHECK: DW_AT_name ("number")
// CHECK: DW_AT_type {{.*}} "int"
// CHECK: DW_TAG_formal_parameter
// CHECK: DW_OP_regx V0
// CHECK: DW_AT_name ("real")
// CHECK: DW_AT_type {{.*}} "float"
// CHECK: DW_TAG_variable
// CHECK: DW_AT_name ("local")
// CHECK: DW_AT_type {{.*}} "int"

// O0: DW_AT_frame_base (DW_OP_reg2 X2)
// O0-LABEL: DW_AT_name ("scalar")
// O0: DW_TAG_formal_parameter
// O0-NEXT: DW_AT_location (DW_OP_fbreg
// O0-NEXT: DW_AT_name ("number")
// O0: DW_TAG_variable
// O0-NEXT: DW_AT_location (DW_OP_fbreg
// O0-NEXT: DW_AT_name ("local")
int scalar(int number, float real, struct pair both, const char *text) {
  int local = number + (int)real + both.first + *text;
  return use(&local);
}

// CHECK-LABEL: DW_AT_name ("vector")
// CHECK: DW_OP_regx V0
// CHECK: DW_AT_name ("values")
// CHECK: DW_AT_type {{.*}} "tatami_v16f32"
tatami_v16f32 vector(tatami_v16f32 values) { return values * values; }

// CHECK-LABEL: DW_AT_name ("matrix")
// CHECK: DW_TAG_variable
// CHECK: DW_OP_regx ACC{{[0-7]}}
// CHECK: DW_AT_name ("sum")
// CHECK: DW_AT_type {{.*}} "tatami_acc"
void matrix(const tatami_v32bf16 *a, const tatami_v32bf16 *b, int k, tatami_acc *out) {
  tatami_acc sum = *out;
  for (int i = 0; i < k; ++i)
    sum = tatami_mma_bf16(sum, a[i], b[i]);
  *out = sum;
}
