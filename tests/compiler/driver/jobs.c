// The jobs that a command line becomes.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The compiler's defaults: sections of their own for the linker to drop, no
// position independence, no errno from mathematics, no frame pointer.
// RUN: tatami-clang '-###' -c -O2 %s 2>&1 | FileCheck %s --check-prefix=COMPILE
// COMPILE: "-cc1" "-triple" "tatami-unknown-elf" "-O2" "-emit-obj"
// COMPILE-SAME: "-mrelocation-model" "static"
// COMPILE-SAME: "-mframe-pointer=none"
// COMPILE-NOT: "-fmath-errno"
// COMPILE-NOT: "-faddrsig"
// COMPILE-SAME: "-ffunction-sections" "-fdata-sections"
// COMPILE-SAME: "-o" "jobs.o"

// RUN: tatami-clang '-###' -c -fno-function-sections -fno-data-sections \
// RUN:   -fno-omit-frame-pointer %s 2>&1 | FileCheck %s --check-prefix=OFF
// OFF-NOT: "-ffunction-sections"
// OFF-NOT: "-fdata-sections"
// OFF: "-mframe-pointer=all"

// An image has one address.
// RUN: tatami-clang '-###' -c -fPIC %s 2>&1 | FileCheck %s --check-prefix=PIC
// RUN: tatami-clang '-###' -c -fpie %s 2>&1 | FileCheck %s --check-prefix=PIC
// PIC-NOT: warning
// PIC: "-mrelocation-model" "static"
// PIC-NOT: "-pic-level"

// RUN: tatami-clang '-###' -c -x assembler %s 2>&1 \
// RUN:   | FileCheck %s --check-prefix=ASSEMBLE
// ASSEMBLE: "-cc1as" "-triple" "tatami-unknown-elf" "-filetype" "obj"

// RUN: tatami-clang '-###' -c -x assembler-with-cpp %s 2>&1 \
// RUN:   | FileCheck %s --check-prefix=PREPROCESS
// PREPROCESS: "-cc1" {{.*}} "-E"
// PREPROCESS: "-cc1as"

// C++ has neither exceptions nor run-time type information.
// RUN: tatami-clang++ '-###' -c -x c++ %s 2>&1 | FileCheck %s --check-prefix=CXX
// CXX-NOT: "-fcxx-exceptions"
// CXX: "-fno-rtti"
// CXX-NOT: "-fexceptions"

// Response files, standard input.
// RUN: echo "-### -c -DFROM_FILE=1 %s" > %t.args
// RUN: tatami-clang @%t.args 2>&1 | FileCheck %s --check-prefix=RESPONSE
// RESPONSE: "-D" "FROM_FILE=1"
// RUN: echo "int from_stdin;" | tatami-clang -x c -E - \
// RUN:   | FileCheck %s --check-prefix=STDIN
// STDIN: int from_stdin;

// RUN: tatami-clang '-###' -save-temps -c %s 2>&1 \
// RUN:   | FileCheck %s --check-prefix=TEMPS
// TEMPS: "-E" {{.*}} "-o" "jobs.i"
// TEMPS: "-emit-llvm-bc"
// TEMPS: "-S" {{.*}} "-o" "jobs.s"
// TEMPS: "-cc1as"

int main(void) { return 0; }
