csrr a0, node
csrr a0, NODE
csrr a0, 16
csrr a0, received
csrw stacklimit, a1
csrw 10, zero
csrr a0, 1023
csrr a0, 4 + 4
