// The length of the vector that the arguments give.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "dot.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { MaxComponents = 60 };

int main(int argc, char **argv) {
  float components[MaxComponents];
  if (argc < 2 || argc - 1 > MaxComponents) {
    fprintf(stderr, "usage: norm number...\n");
    return 2;
  }
  for (int i = 1; i < argc; ++i)
    components[i - 1] = (float)atof(argv[i]);
  printf("norm %.3f\n", sqrtf(dot(components, components, (size_t)argc - 1)));
  return 0;
}
