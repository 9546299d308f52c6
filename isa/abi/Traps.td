//===- Traps.td - Every way in which a simulated program can be stopped ---===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

class Trap<int Number, string Text, string What> {
  int Code = Number;
  string Name = Text;       // as reports print it
  string Brief = What;
}

def OutOfBounds       : Trap<1, "out-of-bounds", "an access beyond the node's SRAM">;
def NullAccess        : Trap<2, "null-access", "an access to page 0">;
def Misaligned        : Trap<3, "misaligned", "an address that is not a multiple of what the access needs">;
def StoreToCode       : Trap<4, "store-to-code", "a store below the end of code and constants">;
def ReservedEncoding  : Trap<5, "reserved-encoding", "a word that is no instruction">;
def DivideByZero      : Trap<6, "divide-by-zero", "an integer division by zero (chosen: traps)">;
def StackOverflow     : Trap<7, "stack-overflow", "the stack pointer was moved below the stack limit">;
def SemaphoreOverflow : Trap<8, "semaphore-overflow", "a semaphore would leave the range of 32 unsigned bits">;
def DisabledNode      : Trap<9, "disabled-node", "a mesh access to a node that is disabled or does not exist">;
def Deadlock          : Trap<10, "deadlock", "every thread waits for what nobody can send">;
def Breakpoint        : Trap<11, "breakpoint", "the program executed brk (abort, __builtin_trap, a sanitizer)">;
def BadThread         : Trap<12, "bad-thread", "a thread number out of range, or a start of a running thread">;
def BadHostCall       : Trap<13, "bad-host-call", "a host call that does not exist">;
def BadControlRegister: Trap<14, "bad-control-register", "a control register that does not exist or cannot be written">;
def BadRemoteAddress  : Trap<15, "bad-remote-address", "a global address with an unknown space or an offset outside it">;
def BadRectangle      : Trap<16, "bad-rectangle", "a set of nodes that is empty or leaves the machine, or a barrier of others">;
def BadFetch          : Trap<17, "bad-fetch", "the program counter left the code or is not a multiple of 4">;
def BadSemaphore      : Trap<18, "bad-semaphore", "a semaphore number above 63">;
def BadDescriptor     : Trap<19, "bad-descriptor", "a descriptor of the list engine that no list may have">;
def BadList           : Trap<20, "bad-list", "a list number above 3, or a start of a list that runs">;
