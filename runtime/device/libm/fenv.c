//===- fenv.c - The floating-point environment ----------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The machine rounds to nearest even and has no flags. What asks for just that
// succeeds; what asks for more fails, as C wants it.
//===----------------------------------------------------------------------===//

#include <fenv.h>

int fegetround(void) { return FE_TONEAREST; }
int fesetround(int mode) { return mode != FE_TONEAREST; }

int feclearexcept(int flags) {
  (void)flags;
  return 0;
}
int feraiseexcept(int flags) { return flags != 0; }
int fetestexcept(int flags) {
  (void)flags;
  return 0;
}
int fegetexceptflag(fexcept_t *saved, int flags) {
  (void)flags;
  *saved = 0;
  return 0;
}
int fesetexceptflag(const fexcept_t *saved, int flags) {
  (void)saved;
  return flags != 0;
}

int fegetenv(fenv_t *environment) {
  *environment = 0;
  return 0;
}
int feholdexcept(fenv_t *environment) { return fegetenv(environment); }
int fesetenv(const fenv_t *environment) {
  (void)environment;
  return 0;
}
int feupdateenv(const fenv_t *environment) { return fesetenv(environment); }
