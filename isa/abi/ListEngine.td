//===- ListEngine.td - Descriptors of the list engine ----------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A descriptor is 64 bytes at a multiple of 64. From these records come the C
// struct of <tatami/list.h>, the emulator's decoder and the manual's table.
// docs/list-engine.md says how a list runs. Everything here is chosen.
//===----------------------------------------------------------------------===//

class ListKind<int Num, string Text, string What> {
  int Number = Num;
  string Name = Text;
  string Brief = What;
}

// 0 is no kind, so that neither zeros nor memory never written run.
def LIST_WAIT      : ListKind<1, "wait", "only the condition and the local signal">;
def LIST_PUSH      : ListKind<2, "push", "sends a block to a node, or to HBM">;
def LIST_MULTICAST : ListKind<3, "multicast", "sends a block to every enabled node of a rectangle">;
def LIST_PULL      : ListKind<4, "pull", "fetches a block from a node or from HBM">;
def LIST_SIGNAL    : ListKind<5, "signal", "adds to a semaphore of a node">;
def LIST_MULTICAST_SIGNAL : ListKind<6, "multicast-signal", "adds to a semaphore of every enabled node of a rectangle">;
def LIST_LOOP      : ListKind<7, "loop", "goes back to a descriptor, a number of times">;

defvar ListBlocks = [LIST_PUSH, LIST_MULTICAST, LIST_PULL];
defvar ListOutward = [LIST_PUSH, LIST_MULTICAST];
defvar ListSignals = [LIST_PUSH, LIST_MULTICAST, LIST_SIGNAL, LIST_MULTICAST_SIGNAL];
defvar ListAll = [LIST_WAIT, LIST_PUSH, LIST_MULTICAST, LIST_PULL, LIST_SIGNAL, LIST_MULTICAST_SIGNAL, LIST_LOOP];

// Kinds: those that use the field; in all others it must be zero.
class ListField<int Begin, string IntType, string Text, list<ListKind> Kinds, string What> {
  int Offset = Begin;
  string Type = IntType;
  string Name = Text;
  list<ListKind> UsedBy = Kinds;
  string Brief = What;
  string Declaration = IntType # " " # Text; // in C
}

def LF_KIND : ListField<0, "uint8_t", "kind", ListAll, "what the descriptor does">;
def LF_WAIT_SEMAPHORE : ListField<1, "uint8_t", "wait_semaphore", ListAll, "local semaphore of the condition">;
def LF_DONE_SEMAPHORE : ListField<2, "uint8_t", "done_semaphore", ListAll, "local semaphore that is signalled at the end">;
def LF_SIGNAL_SEMAPHORE : ListField<3, "uint8_t", "signal_semaphore", ListSignals, "semaphore of the nodes that get the data">;
def LF_WAIT_COUNT : ListField<4, "uint32_t", "wait_count", ListAll, "the condition: waits until the semaphore is at least this, then subtracts it; 0 is none">;
def LF_LOCAL : ListField<8, "uint64_t", "local", !listconcat(ListBlocks, [LIST_LOOP]), "where the block begins in this node's memory, padding included; the first descriptor of a loop"> {
  let Declaration = "const void *local";
}
def LF_TARGET : ListField<16, "uint64_t", "target", !listconcat(ListBlocks, [LIST_SIGNAL]), "where the block begins on the other side, padding included: a global address; of a multicast, the address in each node"> {
  let Declaration = "__extension__ union {\n    uint64_t target;\n    const void *target_local;\n  }";
}
def LF_NODES : ListField<24, "uint64_t", "nodes", [LIST_MULTICAST, LIST_MULTICAST_SIGNAL], "the rectangle">;
def LF_NEXT : ListField<32, "uint64_t", "next", ListAll, "address of the descriptor that follows; 0 ends the list"> {
  let Declaration = "const struct tatami_descriptor *next";
}
def LF_LOCAL_STRIDE : ListField<40, "int32_t", "local_stride", ListBlocks, "bytes from row to row here">;
def LF_TARGET_STRIDE : ListField<44, "int32_t", "target_stride", ListBlocks, "bytes from row to row on the other side">;
def LF_ROW_PACKETS : ListField<48, "uint16_t", "row_packets", ListBlocks, "packets of 64 bytes in a row">;
def LF_ROWS : ListField<50, "uint16_t", "rows", !listconcat(ListBlocks, [LIST_LOOP]), "rows; how often a loop goes back, 0 for ever">;
def LF_PAD_TOP : ListField<52, "uint16_t", "pad_top", ListBlocks, "first rows that are zeros instead of data">;
def LF_PAD_BOTTOM : ListField<54, "uint16_t", "pad_bottom", ListBlocks, "last rows that are">;
def LF_PAD_LEFT : ListField<56, "uint16_t", "pad_left", ListBlocks, "first bytes of each row that are">;
def LF_PAD_RIGHT : ListField<58, "uint16_t", "pad_right", ListBlocks, "last bytes of each row that are">;
def LF_DONE_COUNT : ListField<60, "uint16_t", "done_count", ListAll, "added to the local semaphore when the last packet has left or, of a pull, has come; 0 is no signal">;
def LF_SIGNAL_COUNT : ListField<62, "uint16_t", "signal_count", ListSignals, "added to the semaphore of the nodes, behind the data; 0 is no signal">;

class ListFact<int Number, string What> {
  int Value = Number;
  string Brief = What;
}
def ListContexts : ListFact<4, "lists that a node runs at the same time">;
def ListFetchCycles : ListFact<4, "from a list's start, or from the last packet of a descriptor, until the next descriptor is there">;
