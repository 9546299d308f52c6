//===- Unit.td - Every instruction one cycle: the debugging model ---------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

def UnitModel : SchedMachineModel {
  let IssueWidth = 1;
  let MicroOpBufferSize = 0;
  let LoadLatency = 1;
  let MispredictPenalty = 0;
  let CompleteModel = false;
}

let SchedModel = UnitModel in {
  def UnitAny : ProcResource<1> { let BufferSize = 0; }
  foreach W = [WBranch, WImm, WAlu, WMul, WDiv, WLoad, WStore, WAtomic, WSystem,
               WVInt, WVFloat, WVDiv, WVConvert, WVPermute, WVMask, WVApprox,
               WVReduce, WVFReduce, WVFReduceOrdered, WVToX, WXToV, WVLoad,
               WVLoadU, WVStore, WVStoreU,
               WVGather8, WVGather16, WVGather32, WVGather64,
               WVScatter8, WVScatter16, WVScatter32, WVScatter64,
               WMatrix4, WMatrix8, WAccMove, WAccToV, WVToAcc, WAccLoad,
               WAccStore, WMesh] in
    def : WriteRes<W, [UnitAny]>;
}
