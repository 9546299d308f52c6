//===- ControlRegisters.td - Control registers of a thread and its node ---===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

class ControlRegister<int Num, string Text, bit CanWrite, string What> {
  int Number = Num;
  string Name = Text;
  bit Writable = CanWrite;
  string Brief = What;
}

def CSR_NODE      : ControlRegister<0, "node", false, "linear number of this node, y * columns + x">;
def CSR_X         : ControlRegister<1, "nodex", false, "column of this node in the whole machine">;
def CSR_Y         : ControlRegister<2, "nodey", false, "row of this node in the whole machine">;
def CSR_COLUMNS   : ControlRegister<3, "columns", false, "columns of the whole machine">;
def CSR_ROWS      : ControlRegister<4, "rows", false, "rows of the whole machine">;
def CSR_DIE_X     : ControlRegister<5, "diex", false, "column of this node's die">;
def CSR_DIE_Y     : ControlRegister<6, "diey", false, "row of this node's die">;
def CSR_NODES     : ControlRegister<7, "nodes", false, "number of enabled nodes in the machine">;
def CSR_THREAD    : ControlRegister<8, "thread", false, "number of this hardware thread, 0 to 3">;
def CSR_STACK_LIMIT : ControlRegister<9, "stacklimit", true, "lowest address that spadj and spset allow in sp">;
def CSR_CONVFLAGS : ControlRegister<10, "convflags", true, "sticky flags of narrowing conversions: bit 0 Invalid, 1 Denormal, 2 Overflow, 3 Underflow">;
def CSR_ENABLED_RANK : ControlRegister<11, "rank", false, "this node's position among the enabled nodes, in order of node number">;
def CSR_INTERFACES : ControlRegister<12, "interfaces", false, "number of interface processors, the devices with HBM at the rim of the machine">;
def CSR_CYCLE     : ControlRegister<16, "cycle", false, "simulated cycles since the start of the run">;
def CSR_INSTRET   : ControlRegister<17, "instret", false, "instructions that this thread has completed">;
def CSR_MACS      : ControlRegister<18, "macs", false, "multiply-accumulates that this node's matrix unit has done">;
def CSR_SENT      : ControlRegister<19, "sent", false, "mesh packets that this node has sent">;
def CSR_RECEIVED  : ControlRegister<20, "received", false, "mesh packets that this node has received">;
