// Every node of the machine says where it is.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <stdio.h>
#include <tatami.h>

int main(void) {
  printf("hello from node %d of %d, at column %d and row %d\n", tatami_node(),
         tatami_node_count(), tatami_x(), tatami_y());
  return 0;
}
