# By name, in any case, or by number; a number without a name stays one.
# RUN: %llvm-mc -show-encoding %s | FileCheck %s

# CHECK: csrr a0, node {{.*}}[0x07,0x04,0x00,0x00]
csrr a0, node
# CHECK: csrr a0, node
csrr a0, NODE
# CHECK: csrr a0, cycle
csrr a0, 16
# CHECK: csrr a0, received
csrr a0, received
# CHECK: csrw stacklimit, a1
csrw stacklimit, a1
# CHECK: csrw convflags, zero
csrw 10, zero
# CHECK: csrr a0, 1023
csrr a0, 1023
# CHECK: csrr a0, thread
csrr a0, 4 + 4
