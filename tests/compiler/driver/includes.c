// Headers come from the toolchain and from nowhere else.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: tatami-clang -v -E %s -o /dev/null 2>&1 \
// RUN:   | FileCheck %s --check-prefix=C --implicit-check-not=/usr/include \
// RUN:     --implicit-check-not=/usr/local
// C: #include <...> search starts here:
// C-NEXT: {{clang.22.include$}}

// RUN: tatami-clang++ -v -E -x c++ %s -o /dev/null 2>&1 \
// RUN:   | FileCheck %s --check-prefix=CXX --implicit-check-not=/usr/include \
// RUN:     --implicit-check-not=/usr/local
// CXX: #include <...> search starts here:

// The order: C++, the compiler's own, the C library's.
// RUN: tatami-clang++ '-###' -c -x c++ %s 2>&1 \
// RUN:   | FileCheck %s --check-prefix=ORDER
// ORDER: "-nostdsysteminc"
// ORDER-SAME: "-internal-isystem" "{{[^"]*}}clang{{.}}22{{.}}include"
// ORDER-SAME: "-internal-isystem" "{{[^"]*}}lib{{.}}tatami{{.}}include"

// RUN: tatami-clang '-###' -c -nostdlibinc %s 2>&1 \
// RUN:   | FileCheck %s --check-prefix=NOLIB
// NOLIB: clang{{.}}22{{.}}include"
// NOLIB-NOT: tatami{{.}}include"
// RUN: tatami-clang '-###' -c -nostdinc %s 2>&1 \
// RUN:   | FileCheck %s --check-prefix=NOTHING
// NOTHING-NOT: "-internal-isystem"

// RUN: not tatami-clang -fsyntax-only -DHOST %s 2>&1 \
// RUN:   | FileCheck %s --check-prefix=HOST
// HOST: fatal error: 'sys/epoll.h' file not found

#ifdef HOST
#include <sys/epoll.h>
#endif
