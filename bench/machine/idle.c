// Nodes that do nothing; with an argument, nodes that write 64 KB each.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <tatami.h>

static char Block[65536];

int main(int argc, char **argv) {
  (void)argv;
  for (unsigned i = 0; argc > 1 && i < sizeof Block; i += 64)
    ((volatile char *)Block)[i] = 1;
  return 0;
}
