//===- GlobalAddress.td - How 64 bits name a place anywhere ---------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A global address is a space, a number in it and an offset there. The
// emulator, <tatami/mesh.h> and the manual read the layout from here. All of it
// is chosen.
//===----------------------------------------------------------------------===//

// Each field ends where the next one begins, the last at bit 63.
class AddressField<int Low, string Text, string What> {
  int Shift = Low;
  string Name = Text;
  string Brief = What;
}

def ADDRESS_OFFSET : AddressField<0, "offset", "byte within the memory">;
def ADDRESS_NODE   : AddressField<40, "node", "number of the node or of the interface processor">;
def ADDRESS_SPACE  : AddressField<61, "space", "what the number counts">;

class AddressSpace<int Num, string Text, string What> {
  int Number = Num;
  string Name = Text;
  string Brief = What;
}

// 0 makes every local address a global one of the same place.
def SPACE_LOCAL : AddressSpace<0, "local", "memory of this node; the number must be 0">;
def SPACE_NODE  : AddressSpace<1, "node", "memory of a node">;
def SPACE_HBM   : AddressSpace<2, "HBM", "memory of an interface processor">;
