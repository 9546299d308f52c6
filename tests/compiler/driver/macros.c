// What the target predefines.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: tatami-clang -E -dM -x c /dev/null | FileCheck %s --implicit-check-not=x86 \
// RUN:   --implicit-check-not=linux --implicit-check-not=__unix --implicit-check-not=__PIC__
// CHECK-DAG: #define __tatami__ 1{{$}}
// CHECK-DAG: #define __TATAMI__ 1{{$}}
// CHECK-DAG: #define __ELF__ 1{{$}}
// CHECK-DAG: #define __LP64__ 1{{$}}
// CHECK-DAG: #define _LP64 1{{$}}
// CHECK-DAG: #define __BYTE_ORDER__ __ORDER_LITTLE_ENDIAN__{{$}}
// CHECK-DAG: #define __SIZEOF_INT128__ 16{{$}}
// CHECK-DAG: #define __SIZE_TYPE__ long unsigned int{{$}}
// CHECK-DAG: #define __INT64_TYPE__ long int{{$}}
// CHECK-DAG: #define __WCHAR_TYPE__ int{{$}}
// CHECK-DAG: #define __LDBL_MANT_DIG__ 53{{$}}
// CHECK-DAG: #define __BIGGEST_ALIGNMENT__ 16{{$}}
// CHECK-DAG: #define __TATAMI_VECTOR_BYTES__ 64{{$}}
// CHECK-DAG: #define __GCC_ATOMIC_LLONG_LOCK_FREE 2{{$}}
// CHECK-DAG: #define __GCC_HAVE_SYNC_COMPARE_AND_SWAP_8 1{{$}}
// CHECK-DAG: #define __BITINT_MAXWIDTH__ 8388608{{$}}

// What newlib has beyond the standards, as everywhere in C++.
// RUN: tatami-clang -E -dM -x c++ /dev/null | FileCheck %s --check-prefix=CXX
// CXX: #define _GNU_SOURCE 1{{$}}
// RUN: tatami-clang -E -dM -x c /dev/null | FileCheck %s --check-prefix=NOT-CXX
// NOT-CXX-NOT: _GNU_SOURCE
