//===- TatamiBuiltins.td - Calls that are one instruction -----------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// isa/Builtins.td as a table that call lowering searches by function name.
//===----------------------------------------------------------------------===//

class BuiltinEntry<TatamiBuiltin B> {
  string Name = B.Name;
  Instruction Opcode = B.Selects;
  // Has a place among memory accesses and other builtins with an effect.
  bit HasEffect = !ne(B.Effect, "pure");
  // The largest value of its constant, if it takes one: they are all unsigned.
  defvar Inputs = B.Selects.InOperandList;
  bits<32> MaxImm = !foldl(0, !range(!size(Inputs)), Acc, I,
      !if(!isa<TatamiImm>(!getdagarg<DAGOperand>(Inputs, I)),
          !cast<TatamiImm>(!getdagarg<DAGOperand>(Inputs, I)).Max, Acc));
}
foreach B = !instances<TatamiBuiltin>() in
def : BuiltinEntry<B>;

def BuiltinTable : GenericTable {
  let FilterClass = "BuiltinEntry";
  let CppTypeName = "Builtin";
  let Fields = ["Name", "Opcode", "HasEffect", "MaxImm"];
}
def lookupBuiltinByName : SearchIndex {
  let Table = BuiltinTable;
  let Key = ["Name"];
}
