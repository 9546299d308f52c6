; What cannot be done to other nodes' memory is said, with the function's name.
; SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
; RUN: not %llc -O2 %s -o /dev/null 2>&1 | FileCheck %s

; CHECK: in function add {{.*}}: an atomic operation on remote memory: only the threads of one node share memory; use a semaphore
define i32 @add(ptr addrspace(1) %p) {
  %r = atomicrmw add ptr addrspace(1) %p, i32 1 seq_cst
  ret i32 %r
}

; CHECK: in function exchange {{.*}}: an atomic operation on remote memory
define i32 @exchange(ptr addrspace(1) %p) {
  %r = cmpxchg ptr addrspace(1) %p, i32 1, i32 2 seq_cst seq_cst
  %v = extractvalue { i32, i1 } %r, 0
  ret i32 %v
}

; CHECK: in function cast {{.*}}: a cast between local and global pointers: a local pointer names no node
define i32 @cast(ptr %p) {
  %q = addrspacecast ptr %p to ptr addrspace(1)
  %r = load i32, ptr addrspace(1) %q
  ret i32 %r
}

; CHECK: in function gather {{.*}}: a masked access to remote memory
define <16 x i32> @gather(<16 x ptr addrspace(1)> %p, <16 x i1> %m) {
  %r = call <16 x i32> @llvm.masked.gather.v16i32.v16p1(<16 x ptr addrspace(1)> %p, i32 4, <16 x i1> %m, <16 x i32> poison)
  ret <16 x i32> %r
}
declare <16 x i32> @llvm.masked.gather.v16i32.v16p1(<16 x ptr addrspace(1)>, i32, <16 x i1>, <16 x i32>)
