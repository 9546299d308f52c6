//===- D1.td - Units and latencies of the modelled node -------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Two consumers: LLVM's scheduler and the emulator's scoreboard. Published are
// the units and the issue width (docs/timing-model.md gives the sources);
// every latency is chosen. ReleaseAtCycles counts the unit-cycles that an
// instruction takes of a resource: an access of two slots takes 2 of the AGUs'.
//===----------------------------------------------------------------------===//

def D1Model : SchedMachineModel {
  let IssueWidth = 8;            // published: decode 8 per cycle
  let MicroOpBufferSize = 0;     // in order per thread
  let LoadLatency = 5;           // chosen
  let MispredictPenalty = 7;     // chosen
  let PostRAScheduler = true;
  let CompleteModel = false;     // pseudo-instructions have no class
}

// Facts of the pipeline as the scoreboard wants them.
class PipelineFacts<SchedMachineModel M> {
  SchedMachineModel Model = M;
  int HardwareThreads = 1;
  int DecodeWidth = 1;            // instructions per cycle
  int DecodeThreads = 1;          // threads that these may come from
  int VectorQueueEntries = 0;
  int TakenBranchBubbles = 0;
  int MispredictCycles = 0;
}

def : PipelineFacts<UnitModel>;
def D1Facts : PipelineFacts<D1Model> {
  let HardwareThreads = 4;        // published
  let DecodeWidth = 8;            // published
  let DecodeThreads = 2;          // published
  let VectorQueueEntries = 16;    // chosen
  let TakenBranchBubbles = 1;     // chosen
  let MispredictCycles = 7;       // chosen
}

let SchedModel = D1Model in {
  let BufferSize = 0 in {
    def D1Alu : ProcResource<2>;      // published
    def D1Agu : ProcResource<2>;      // published: two memory instructions a cycle
    def D1StorePort : ProcResource<1>;// derived: of these at most one store
    def D1Simd : ProcResource<1>;     // published
    def D1Matrix : ProcResource<1>;   // published
    def D1MeshPort : ProcResource<1>; // published: one packet out a cycle
  }

  // Results are written when they are there, in any order.
  let RetireOOO = true in {

  // Front end: a decode slot and nothing else. A taken branch also ends its cycle
  // and leaves empty ones behind it; LLVM's model has no word for one that falls
  // through, which the scoreboard charges nothing.
  def : WriteRes<WBranch, []> {
    let Latency = 1;
    let NumMicroOps = !add(1, !mul(D1Facts.DecodeWidth, D1Facts.TakenBranchBubbles));
    let EndGroup = true;
  }
  def : WriteRes<WImm, []> { let Latency = 1; }

  def : WriteRes<WAlu, [D1Alu]> { let Latency = 1; }
  def : WriteRes<WMul, [D1Alu]> { let Latency = 3; }
  // Not pipelined: the unit is held for all of its time.
  def : WriteRes<WDiv, [D1Alu]> { let Latency = 16; let ReleaseAtCycles = [16]; }
  def : WriteRes<WLoad, [D1Agu]> { let Latency = 5; }
  def : WriteRes<WStore, [D1Agu, D1StorePort]> { let Latency = 1; }
  def : WriteRes<WAtomic, [D1Agu, D1StorePort]> { let Latency = 6; }
  def : WriteRes<WSystem, [D1Alu]> { let Latency = 1; }

  def : WriteRes<WVInt, [D1Simd]> { let Latency = 2; }
  def : WriteRes<WVFloat, [D1Simd]> { let Latency = 4; }
  def : WriteRes<WVDiv, [D1Simd]> { let Latency = 16; let ReleaseAtCycles = [16]; }
  def : WriteRes<WVConvert, [D1Simd]> { let Latency = 4; }
  def : WriteRes<WVPermute, [D1Simd]> { let Latency = 4; }
  def : WriteRes<WVMask, [D1Simd]> { let Latency = 2; }
  def : WriteRes<WVApprox, [D1Simd]> { let Latency = 8; }
  def : WriteRes<WVReduce, [D1Simd]> { let Latency = 12; let ReleaseAtCycles = [4]; }
  def : WriteRes<WVFReduce, [D1Simd]> { let Latency = 16; let ReleaseAtCycles = [4]; }
  def : WriteRes<WVFReduceOrdered, [D1Simd]> { let Latency = 64; let ReleaseAtCycles = [16]; }
  def : WriteRes<WVToX, [D1Simd]> { let Latency = 6; }
  def : WriteRes<WXToV, [D1Simd]> { let Latency = 2; }

  def : WriteRes<WVLoad, [D1Agu]> { let Latency = 5; }
  def : WriteRes<WVLoadU, [D1Agu]> { let Latency = 6; let ReleaseAtCycles = [2]; }
  def : WriteRes<WVStore, [D1Agu, D1StorePort]> { let Latency = 1; }
  def : WriteRes<WVStoreU, [D1Agu, D1StorePort]> { let Latency = 1; let ReleaseAtCycles = [2, 2]; }
  foreach Lanes = [8, 16, 32, 64] in {
    // One slot a lane, whatever the addresses and the mask.
    def : WriteRes<!cast<SchedWrite>("WVGather" # Lanes), [D1Agu]> {
      let Latency = !add(5, !srl(Lanes, 1));
      let ReleaseAtCycles = [Lanes];
    }
    def : WriteRes<!cast<SchedWrite>("WVScatter" # Lanes), [D1Agu, D1StorePort]> {
      let Latency = 1;
      let ReleaseAtCycles = [Lanes, Lanes];
    }
  }

  def : WriteRes<WMatrix4, [D1Matrix]> { let Latency = 4; }
  def : WriteRes<WMatrix8, [D1Matrix]> { let Latency = 4; let ReleaseAtCycles = [2]; }
  def : WriteRes<WAccMove, [D1Matrix]> { let Latency = 4; }
  // The vector side reads the sums through a port of its own (chosen), so results
  // leave while the matrix unit goes on.
  def : WriteRes<WAccToV, [D1Simd]> { let Latency = 8; }
  def : WriteRes<WVToAcc, [D1Matrix]> { let Latency = 4; }
  def : WriteRes<WAccLoad, [D1Agu]> { let Latency = 8; let ReleaseAtCycles = [4]; }
  def : WriteRes<WAccStore, [D1Agu, D1StorePort]> { let Latency = 1; let ReleaseAtCycles = [4, 4]; }

  def : WriteRes<WMesh, [D1Agu, D1MeshPort]> { let Latency = 1; }

  } // RetireOOO
}
