//===- Classes.td - Kinds of work; the numbers are in the models ----------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

// What the front end resolves: branches, jumps, immediates.
def WBranch : SchedWrite;
def WImm : SchedWrite;
// Scalar side.
def WAlu : SchedWrite;
def WMul : SchedWrite;
def WDiv : SchedWrite;
def WLoad : SchedWrite;
def WStore : SchedWrite;
def WAtomic : SchedWrite;
def WSystem : SchedWrite;
// Vector side.
def WVInt : SchedWrite;
def WVFloat : SchedWrite;
def WVDiv : SchedWrite;
def WVConvert : SchedWrite;
def WVPermute : SchedWrite;
def WVMask : SchedWrite;
def WVApprox : SchedWrite;
def WVReduce : SchedWrite;      // integer reductions, to a scalar register
def WVFReduce : SchedWrite;     // FP32 tree reductions
def WVFReduceOrdered : SchedWrite; // FP32 sums in lane order
def WVToX : SchedWrite;
def WXToV : SchedWrite;
def WVLoad : SchedWrite;        // 64 B aligned: one slot
def WVLoadU : SchedWrite;       // element aligned: two slots
def WVStore : SchedWrite;
def WVStoreU : SchedWrite;
foreach Lanes = [8, 16, 32, 64] in {
  def WVGather#Lanes : SchedWrite;  // gathers and strided loads, by lanes
  def WVScatter#Lanes : SchedWrite;
}
// Matrix unit.
def WMatrix4 : SchedWrite;      // k = 4
def WMatrix8 : SchedWrite;      // k = 8: two cycles
def WAccMove : SchedWrite;
def WAccToV : SchedWrite;
def WVToAcc : SchedWrite;
def WAccLoad : SchedWrite;
def WAccStore : SchedWrite;
// Mesh port.
def WMesh : SchedWrite;
