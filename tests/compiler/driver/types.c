// Sizes, alignments and signedness of the C types.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: tatami-clang -fsyntax-only -Wall -Wextra -Werror %s
// RUN: tatami-clang++ -x c++ -fsyntax-only -Wall -Wextra -Werror %s
// RUN: tatami-clang -S -emit-llvm %s -o - | FileCheck %s
// CHECK: target datalayout = "e-m:e-p:64:64-p1:64:64-i64:64-i128:128-f64:64-v512:512-a:0:64-n32:64-S512"
// CHECK: target triple = "tatami-unknown-elf"

#ifdef __cplusplus
#define _Static_assert static_assert
#define _Alignof alignof
#endif

#define LAYOUT(T, SIZE, ALIGN)                                                 \
  _Static_assert(sizeof(T) == SIZE && _Alignof(T) == ALIGN, #T)

LAYOUT(char, 1, 1);
LAYOUT(short, 2, 2);
LAYOUT(int, 4, 4);
LAYOUT(long, 8, 8);
LAYOUT(long long, 8, 8);
LAYOUT(__int128, 16, 16);
LAYOUT(void *, 8, 8);
LAYOUT(float, 4, 4);
LAYOUT(double, 8, 8);
LAYOUT(long double, 8, 8);
LAYOUT(__bf16, 2, 2);
LAYOUT(_Float16, 2, 2);
LAYOUT(__WCHAR_TYPE__, 4, 4);
LAYOUT(__builtin_va_list, 8, 8);
_Static_assert((char)-1 < 0, "char is signed");
_Static_assert((__WCHAR_TYPE__)-1 < 0, "wchar_t is signed");

typedef float V16 __attribute__((vector_size(64)));
typedef __bf16 V32 __attribute__((vector_size(64)));
typedef float V64 __attribute__((vector_size(256)));
typedef float V4 __attribute__((vector_size(16)));
LAYOUT(V16, 64, 64);
LAYOUT(V32, 64, 64);
LAYOUT(V64, 256, 64);
LAYOUT(V4, 16, 16);

struct Mixed { char C; double D; short S; V16 V; };
LAYOUT(struct Mixed, 128, 64);
struct Bits { int A : 3; unsigned B : 30; long C : 40; };
LAYOUT(struct Bits, 16, 8);
