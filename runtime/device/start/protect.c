//===- protect.c - What -fstack-protector calls ---------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include <stdint.h>
#include <stdlib.h>

/// The same in every run, as everything is: it finds mistakes, not attackers.
uintptr_t __stack_chk_guard = 0x00a57a3b0ff0d10a;

__attribute__((noreturn)) void __stack_chk_fail(void) { abort(); }
