// A wrong command line is one clear sentence and a failure.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: not tatami-clang 2>&1 | FileCheck %s --check-prefix=NOTHING
// NOTHING: tatami-clang: error: no input files

// RUN: not tatami-clang -fnosuch -c %s 2>&1 | FileCheck %s --check-prefix=FLAG
// FLAG: tatami-clang: error: unknown argument: '-fnosuch'

// RUN: not tatami-clang -fsyntax-onlyy %s 2>&1 \
// RUN:   | FileCheck %s --check-prefix=SUGGEST
// SUGGEST: tatami-clang: error: unknown argument '-fsyntax-onlyy'; did you mean '-fsyntax-only'?

// RUN: not tatami-clang -c no-such-file.c 2>&1 \
// RUN:   | FileCheck %s --check-prefix=FILE
// FILE: tatami-clang: error: no such file or directory: 'no-such-file.c'

// RUN: not tatami-clang --target=x86_64-linux-gnu -c %s 2>&1 \
// RUN:   | FileCheck %s --check-prefix=TARGET
// RUN: not tatami-clang -target x86_64-linux-gnu -c %s 2>&1 \
// RUN:   | FileCheck %s --check-prefix=TARGET
// TARGET: tatami-clang: error: unsupported target 'x86_64-linux-gnu'; this compiler generates code for 'tatami-unknown-elf' only
// RUN: tatami-clang --target=tatami-unknown-elf -fsyntax-only %s
// RUN: tatami-clang -target tatami -fsyntax-only %s

// RUN: not tatami-clang -m32 -c %s 2>&1 | FileCheck %s --check-prefix=WIDTH
// WIDTH: tatami-clang: error: unsupported option '-m32' for target 'tatami-unknown-elf'
// RUN: not tatami-clang -march=rv64gc -c %s 2>&1 \
// RUN:   | FileCheck %s --check-prefix=MARCH
// MARCH: tatami-clang: error: unsupported option '-march=' for target 'tatami-unknown-elf'

// RUN: not tatami-clang -fopenmp -c %s 2>&1 | FileCheck %s --check-prefix=OPENMP
// OPENMP: tatami-clang: error: unsupported option '-fopenmp' for target 'tatami-unknown-elf'
// RUN: not tatami-clang -pg -c %s 2>&1 | FileCheck %s --check-prefix=PG
// PG: tatami-clang: error: unsupported option '-pg' for target 'tatami-unknown-elf'
// RUN: not tatami-clang --coverage -c %s 2>&1 | FileCheck %s --check-prefix=COVERAGE
// COVERAGE: tatami-clang: error: unsupported option '--coverage' for target 'tatami-unknown-elf'
// RUN: not tatami-clang -x cuda -c %s 2>&1 | FileCheck %s --check-prefix=CUDA
// RUN: cp %s %t.cu
// RUN: not tatami-clang -c %t.cu 2>&1 | FileCheck %s --check-prefix=CUDA
// CUDA: tatami-clang: error: unsupported language 'cuda' for target 'tatami-unknown-elf'; write C or C++ with <tatami.h>

// RUN: not tatami-clang++ -x c++ -frtti -c %s 2>&1 | FileCheck %s --check-prefix=RTTI
// RTTI: tatami-clang++: error: unsupported option '-frtti' for target 'tatami-unknown-elf'
// RUN: tatami-clang++ -x c++ -frtti -fno-rtti -fsyntax-only %s
// RUN: not tatami-clang++ -x c++ -fexceptions -c %s 2>&1 \
// RUN:   | FileCheck %s --check-prefix=EXCEPTIONS
// EXCEPTIONS: tatami-clang++: error: unsupported option '-fexceptions' for target 'tatami-unknown-elf'

// RUN: not tatami-clang -fmodules -c %s 2>&1 \
// RUN:   | FileCheck %s --check-prefix=MODULES
// MODULES: tatami-clang: error: unsupported option '-fmodules' for target 'tatami-unknown-elf'

// RUN: not tatami-clang++ -x c++ -DTHROW -fsyntax-only %s 2>&1 \
// RUN:   | FileCheck %s --check-prefix=THROW
// THROW: error: cannot use 'throw' with exceptions disabled

// RUN: not tatami-clang -std=c42 -fsyntax-only %s 2>&1 \
// RUN:   | FileCheck %s --check-prefix=STD
// STD: error: invalid value 'c42' in '-std=c42'

// RUN: not tatami-clang @%t.no-such-args 2>&1 \
// RUN:   | FileCheck %s --check-prefix=ARGS
// ARGS: error: no such file or directory: '@

#ifdef THROW
int f() { throw 1; }
#endif
