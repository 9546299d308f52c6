// -fstack-usage says what a function takes from the stack: what spadj does.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: rm -rf %t.dir && mkdir %t.dir && cd %t.dir
// RUN: tatami-clang -O2 -fstack-usage -c %s -o out.o
// RUN: FileCheck %s --check-prefix=SU < out.su
// RUN: tatami-clang -O2 -S %s -o - | FileCheck %s --check-prefix=ASM

int use(void *);

// SU: stack-usage.c:[[#@LINE+3]]:nothing{{[[:space:]]}}0{{[[:space:]]}}static
// ASM-LABEL: nothing:
// ASM-NOT: spadj
int nothing(int a) { return a + 1; }

// 1000 bytes on whole registers and the return address, in units of 64.
// SU: stack-usage.c:[[#@LINE+3]]:thousand{{[[:space:]]}}1088{{[[:space:]]}}static
// ASM-LABEL: thousand:
// ASM: spadj -1088
int thousand(void) {
  char c[1000];
  return use(c) + 1;
}

// SU: stack-usage.c:[[#@LINE+1]]:variable{{[[:space:]]}}{{[0-9]+}}{{[[:space:]]}}dynamic
int variable(int n) {
  char c[n];
  return use(c) + 1;
}

// SU: stack-usage.c:[[#@LINE+3]]:large{{[[:space:]]}}500096{{[[:space:]]}}static
// ASM-LABEL: large:
// ASM: spadj -500096
int large(void) {
  char c[500000];
  return use(c) + 1;
}
