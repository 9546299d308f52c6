// The link job.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: touch %t.o %t.a
// RUN: tatami-clang '-###' %t.o 2>&1 | FileCheck %s --check-prefix=PLAIN
// PLAIN: "{{.*}}tatami-ld" "-o" "a.out" "--gc-sections" "{{.*}}crt0.o"
// PLAIN-SAME: "-L{{.*}}lib{{.}}tatami{{.}}lib" "{{.*}}.o"
// PLAIN-SAME: "--start-group" "-lc" "-lm" "-ltatami" "-ltatami_rt" "--end-group"
// PLAIN-NOT: "-lc++"
// RUN: tatami-clang++ '-###' %t.o 2>&1 | FileCheck %s --check-prefix=CXX
// RUN: tatami-clang++ '-###' -nostdlib++ %t.o 2>&1 | FileCheck %s --check-prefix=PLAIN
// CXX: "-lc++" "--start-group" "-lc"

// What is the same everywhere draws no warning.
// RUN: tatami-clang '-###' -static -pthread -no-pie -g -O2 \
// RUN:   -static-libgcc -rtlib=compiler-rt -stdlib=libc++ %t.o 2>&1 \
// RUN:   | FileCheck %s --check-prefix=QUIET
// QUIET-NOT: warning
// QUIET: tatami-ld
// QUIET-NOT: "-static"

// The user's directories come first, then what is passed through, in order.
// RUN: tatami-clang '-###' %t.o -L/one -lone -Wl,-Map,x.map -Xlinker --foo \
// RUN:   %t.a -u symbol -e start -T script -o image 2>&1 \
// RUN:   | FileCheck %s --check-prefix=PASS
// PASS: "-o" "image"
// PASS-SAME: "-L/one"
// PASS-SAME: "-T" "script"
// PASS-SAME: "-L{{[^"]*}}tatami{{[^"]*}}"
// PASS-SAME: "{{[^"]*}}.o" "-lone" "-Map" "x.map" "--foo" "{{.*}}.a" "-e" "start"
// PASS-SAME: "--start-group"

// RUN: tatami-clang '-###' -nostdlib %t.o 2>&1 \
// RUN:   | FileCheck %s --check-prefix=NOSTDLIB
// NOSTDLIB-NOT: crt0.o
// NOSTDLIB-NOT: "-lc"
// RUN: tatami-clang '-###' -nostartfiles %t.o 2>&1 \
// RUN:   | FileCheck %s --check-prefix=NOSTART
// NOSTART-NOT: crt0.o
// NOSTART: "-lc"
// RUN: tatami-clang '-###' -nodefaultlibs %t.o 2>&1 \
// RUN:   | FileCheck %s --check-prefix=NOLIBS
// NOLIBS: crt0.o
// NOLIBS-NOT: "-lc"
// RUN: tatami-clang '-###' -nolibc %t.o 2>&1 \
// RUN:   | FileCheck %s --check-prefix=NOLIBC
// NOLIBC-NOT: "-lc"
// NOLIBC: "-ltatami_rt"

// RUN: tatami-clang '-###' -r %t.o -o %t.2.o 2>&1 \
// RUN:   | FileCheck %s --check-prefix=RELOCATABLE
// RELOCATABLE-NOT: "--gc-sections"
// RELOCATABLE-NOT: crt0.o
// RELOCATABLE: "-r"
// RELOCATABLE-NOT: "-lc"

// RUN: not tatami-clang -shared %t.o 2>&1 | FileCheck %s --check-prefix=SHARED
// SHARED: tatami-clang: error: unsupported option '-shared' for target 'tatami-unknown-elf'
