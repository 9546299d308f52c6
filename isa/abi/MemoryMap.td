//===- MemoryMap.td - Sizes of a node's memory ----------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The emulator, the linker, the compiler's macros and the runtime read these
// sizes from here. Only the size of the SRAM is published.
//===----------------------------------------------------------------------===//

class MemoryFact<int Value, string What> {
  int Bytes = Value;
  string Brief = What;
}

def SramBytes        : MemoryFact<0x140000, "memory of a node, code and data (published)">;
def NullPageBytes    : MemoryFact<0x1000, "page at address 0 that traps; an image starts behind it">;
def StackBytes       : MemoryFact<131072, "stack of thread 0 unless the linker is told otherwise">;
def ThreadStackBytes : MemoryFact<32768, "stack of each other thread, likewise">;
