// The questions that build systems ask.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: tatami-clang --version | FileCheck %s --check-prefix=VERSION
// RUN: tatami-clang++ --version | FileCheck %s --check-prefix=VERSION
// VERSION: Tatami clang version 22.1.{{[0-9]+}}
// VERSION-NEXT: Target: tatami-unknown-elf
// VERSION-NEXT: Thread model: posix
// VERSION-NEXT: InstalledDir: {{.*}}bin{{$}}

// RUN: tatami-clang -dumpmachine | FileCheck %s --check-prefix=MACHINE
// RUN: tatami-clang -print-target-triple | FileCheck %s --check-prefix=MACHINE
// MACHINE: {{^}}tatami-unknown-elf{{$}}

// RUN: tatami-clang -dumpversion | FileCheck %s --check-prefix=NUMBER
// NUMBER: {{^}}22.1.

// RUN: tatami-clang -print-resource-dir | FileCheck %s --check-prefix=RESOURCE
// RESOURCE: {{clang.22$}}

// RUN: tatami-clang -print-libgcc-file-name | FileCheck %s --check-prefix=RUNTIME
// RUNTIME: lib{{.}}tatami{{.}}lib{{.}}libtatami_rt.a

// RUN: tatami-clang -print-search-dirs | FileCheck %s --check-prefix=SEARCH
// SEARCH: programs: ={{.*}}bin
// SEARCH: libraries: ={{.*}}lib{{.}}tatami{{.}}lib
// SEARCH-NOT: /usr/lib/gcc

// RUN: tatami-clang -print-file-name=no-such-file.a \
// RUN:   | FileCheck %s --check-prefix=UNKNOWN
// UNKNOWN: {{^}}no-such-file.a{{$}}

// RUN: tatami-clang --help | FileCheck %s --check-prefix=HELP
// HELP: USAGE: tatami-clang [options] file...
// HELP: -emit-llvm

// The clang library's vendor is not this compiler's, wherever a version is.
// RUN: tatami-clang -v 2>&1 | FileCheck %s --check-prefix=VERSION --implicit-check-not="{{^}}Debian"
// RUN: tatami-clang -v -c %s -o %t.o 2>&1 | FileCheck %s --check-prefixes=VERSION,VERBOSE --implicit-check-not="{{^}}Debian"
// VERBOSE: -cc1
// VERBOSE: #include <...> search starts here:
// RUN: tatami-clang -### -c %s 2>&1 | FileCheck %s --check-prefixes=VERSION,DRY --implicit-check-not="{{^}}Debian"
// DRY: "-cc1"
// DRY-NOT: search starts here
// RUN: tatami-readelf -p .comment %t.o | FileCheck %s --check-prefix=IDENT
// IDENT: ] Tatami clang version 22.1.
// RUN: tatami-clang -g -S -emit-llvm %s -o - | FileCheck %s --check-prefix=PRODUCER
// PRODUCER: producer: "Tatami clang version 22.1.

// RUN: tatami-clang -O2 -ftime-report -c %s -o %t.o 2>&1 | FileCheck %s --check-prefix=TIMES
// TIMES-DAG: Instruction Selection and Scheduling
// TIMES-DAG: Pass execution timing report
// TIMES-DAG: Clang time report
int answer(int X) { return X + 42; }
