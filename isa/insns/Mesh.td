//===- Mesh.td - Talking to other nodes -----------------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Global addresses: [63:61] space (1 SRAM of a node, 2 HBM), [60:40] node,
// [39:0] offset. Rectangles: x0, y0, x1, y1 in 16 bits each, inclusive.
// Stores, pushes and signals of one thread to one node arrive in order.
//===----------------------------------------------------------------------===//

let Group = "mesh", ReadsPc = true, hasSideEffects = true, mayLoad = true, mayStore = true in {

defvar RemoteTraps = [DisabledNode, BadRemoteAddress, Misaligned];

class RemoteLoad<bits<5> Sub, RegisterClass RC, string Mnemonic, string What>
    : FormatR1<0x70, 0, Sub, (outs RC:$rd), (ins GPR:$rs1), Mnemonic, "$rd, (${rs1})", WMesh> {
  let Brief = What; let Raises = RemoteTraps;
}
def RLB  : RemoteLoad<0, GPR, "rlb", "Remote load of 8 bits, sign-extended; the thread waits for the reply.">;
def RLBU : RemoteLoad<1, GPR, "rlbu", "Remote load of 8 bits, zero-extended.">;
def RLH  : RemoteLoad<2, GPR, "rlh", "Remote load of 16 bits, sign-extended.">;
def RLHU : RemoteLoad<3, GPR, "rlhu", "Remote load of 16 bits, zero-extended.">;
def RLW  : RemoteLoad<4, GPR, "rlw", "Remote load of 32 bits, sign-extended.">;
def RLWU : RemoteLoad<5, GPR, "rlwu", "Remote load of 32 bits, zero-extended.">;
def RLD  : RemoteLoad<6, GPR, "rld", "Remote load of 64 bits.">;
def RFLW : RemoteLoad<7, FR, "rflw", "Remote load of 32 bits into lane 0; the other lanes become zero.">;
def RVLD : RemoteLoad<8, VR, "rvld", "Remote load of 64 bytes, 64-byte aligned.">;

class RemoteStore<bits<10> Funct, RegisterClass RC, string Mnemonic, string What>
    : FormatR<0x70, Funct, (outs), (ins RC:$rs2, GPR:$rs1), Mnemonic, "$rs2, (${rs1})", WMesh> {
  let rd = 0; let Brief = What; let Raises = RemoteTraps;
}
def RSB  : RemoteStore<8, GPR, "rsb", "Remote store of 8 bits.">;
def RSH  : RemoteStore<9, GPR, "rsh", "Remote store of 16 bits.">;
def RSW  : RemoteStore<10, GPR, "rsw", "Remote store of 32 bits.">;
def RSD  : RemoteStore<11, GPR, "rsd", "Remote store of 64 bits.">;
def RFSW : RemoteStore<12, FR, "rfsw", "Remote store of lane 0.">;
def RVST : RemoteStore<13, VR, "rvst", "Remote store of 64 bytes, 64-byte aligned.">;

// Blocks: addresses and lengths are multiples of 64. The source is read when
// the instruction executes, so its memory may be written again at once.
def PUSH : FormatR4<0x71, 0, (outs), (ins GPR:$rs1, GPR:$rs2, GPR:$rs3), "push", "$rs1, $rs2, $rs3", WMesh> {
  let rd = 0;
  let Brief = "Send rs3 bytes of local memory at rs1 to the global address rs2.";
  let Raises = [OutOfBounds, NullAccess, Misaligned, DisabledNode, BadRemoteAddress];
}
def PULL : FormatR4<0x71, 1, (outs), (ins GPR:$rs1, GPR:$rs2, GPR:$rs3, GPR:$rd), "pull", "$rs1, $rs2, $rs3, $rd", WMesh> {
  let Brief = "Fetch rs3 bytes from the global address rs2 to local memory at rs1; when all are there, semaphore rd is incremented.";
  let Raises = [OutOfBounds, NullAccess, Misaligned, StoreToCode, DisabledNode, BadRemoteAddress, BadSemaphore, SemaphoreOverflow];
}
def MCAST : FormatR4<0x71, 2, (outs), (ins GPR:$rs1, GPR:$rs2, GPR:$rs3, GPR:$rd), "mcast", "$rs1, $rs2, $rs3, $rd", WMesh> {
  let Brief = "Send rd bytes of local memory at rs1 to offset rs2 of every enabled node of rectangle rs3.";
  let Raises = [OutOfBounds, NullAccess, Misaligned, BadRemoteAddress, BadRectangle];
}

// Semaphores: 64 a node, 32 bits, zero at the start.
def SSIG : FormatR4<0x71, 3, (outs), (ins GPR:$rs1, GPR:$rs2, GPR:$rs3), "ssig", "$rs1, $rs2, $rs3", WMesh> {
  let rd = 0;
  let Brief = "Add rs3 to semaphore rs2 of the node that the global address rs1 names; travels behind this thread's stores and pushes to it.";
  let Raises = [DisabledNode, BadRemoteAddress, BadSemaphore, SemaphoreOverflow];
}
def MCSIG : FormatR4<0x71, 4, (outs), (ins GPR:$rs1, GPR:$rs2, GPR:$rs3), "mcsig", "$rs1, $rs2, $rs3", WMesh> {
  let rd = 0;
  let Brief = "Add rs3 to semaphore rs2 of every enabled node of rectangle rs1; travels behind this thread's multicasts to the same rectangle.";
  let Raises = [BadRectangle, BadSemaphore, SemaphoreOverflow];
}
def SWAIT : FormatR<0x70, 16, (outs), (ins GPR:$rs1, GPR:$rs2), "swait", "$rs1, $rs2", WMesh> {
  let rd = 0;
  let Brief = "Wait until local semaphore rs1 is at least rs2; then subtract rs2."; let Raises = [BadSemaphore];
}
def STEST : FormatR<0x70, 17, (outs GPR:$rd), (ins GPR:$rs1, GPR:$rs2), "stest", "$rd, $rs1, $rs2", WMesh> {
  let Brief = "If local semaphore rs1 is at least rs2, subtract rs2 and give 1, else 0."; let Raises = [BadSemaphore];
}
def SREAD : FormatR1<0x70, 18, 0, (outs GPR:$rd), (ins GPR:$rs1), "sread", "$rd, $rs1", WMesh> {
  let Brief = "Value of local semaphore rs1."; let Raises = [BadSemaphore];
}
def SPOST : FormatR<0x70, 19, (outs), (ins GPR:$rs1, GPR:$rs2), "spost", "$rs1, $rs2", WMesh> {
  let rd = 0;
  let Brief = "Add rs2 to local semaphore rs1, without the mesh."; let Raises = [BadSemaphore, SemaphoreOverflow];
}
def BAR : FormatR1<0x70, 20, 0, (outs), (ins GPR:$rs1), "bar", "$rs1", WMesh> {
  let rd = 0;
  let Brief = "Wait until one thread of every enabled node of rectangle rs1, which this node is one of, has arrived; everything sent before by all of them to nodes of the rectangle has arrived."; let Raises = [BadRectangle];
}
def MFENCE : TatamiInst<(outs), (ins), "mfence", "", WMesh> {
  let Major = 0x70; let Inst{31-22} = 21;
  let Brief = "Wait until everything that this thread has sent is acknowledged.";
}

// The list engine runs lists of descriptors beside the threads (abi/ListEngine.td).
def LSTART : FormatR<0x70, 22, (outs), (ins GPR:$rs1, GPR:$rs2), "lstart", "$rs1, $rs2", WMesh> {
  let rd = 0;
  let Brief = "Start list rs1 of this node at the descriptor at rs2; it runs beside the threads.";
  let Raises = [BadList, NullAccess, OutOfBounds, Misaligned];
}
def LTEST : FormatR1<0x70, 23, 0, (outs GPR:$rd), (ins GPR:$rs1), "ltest", "$rd, $rs1", WMesh> {
  let Brief = "1 if list rs1 of this node has ended or never began, else 0."; let Raises = [BadList];
}
def LWAIT : FormatR1<0x70, 24, 0, (outs), (ins GPR:$rs1), "lwait", "$rs1", WMesh> {
  let rd = 0;
  let Brief = "Wait until list rs1 of this node has ended."; let Raises = [BadList];
}

} // Group
