//===- Prelude.td - The names of LLVM's Target.td that our files use ------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The files of this folder are read twice: by LLVM under its real Target.td
// (root: compiler/target/Tatami.td) and by our own generator (root: Isa.td),
// which needs no compiler. This file stands in for Target.td in the second
// case: every class and def below has the name and the template arguments of
// LLVM's, and only the fields that our files set or our generator reads.
//===----------------------------------------------------------------------===//

class ValueType { }
foreach T = ["i1", "i8", "i16", "i32", "i64", "f16", "bf16", "f32", "f64",
             "v8i1", "v16i1", "v32i1", "v64i1", "v64i8", "v32i16", "v16i32",
             "v8i64", "v16f32", "v32f16", "v32bf16", "v8f64",
             "v64f32", "v64i32", "OtherVT", "untyped"] in
  def T : ValueType;

def outs;
def ins;
def ops;
def sequence;
def add;

class RegAltNameIndex {
  string Namespace = "";
  RegAltNameIndex FallbackRegAltNameIndex = ?;
}
def NoRegAltName : RegAltNameIndex;

class DwarfRegNum<list<int> Numbers> { list<int> DwarfNumbers = Numbers; }

class Register<string n, list<string> altNames = []> {
  string Namespace = "";
  string AsmName = n;
  list<string> AltNames = altNames;
  list<RegAltNameIndex> RegAltNameIndices = [];
  bits<16> HWEncoding = 0;
  bit isConstant = false;
}

class DAGOperand { string OperandNamespace = "MCOI"; string DecoderMethod = ""; }

class RegisterClass<string namespace, list<ValueType> regTypes, int alignment,
                    dag regList> : DAGOperand {
  string Namespace = namespace;
  list<ValueType> RegTypes = regTypes;
  int Alignment = alignment;
  dag MemberList = regList;
  int Size = 0;
  int CopyCost = 1;
  string DiagnosticType = "";
  string DiagnosticString = "";
}

class AsmOperandClass {
  string Name = ?;
  list<AsmOperandClass> SuperClasses = [];
  string PredicateMethod = ?;
  string RenderMethod = ?;
  string ParserMethod = ?;
  string DiagnosticType = "";
  string DiagnosticString = "";
}

class Operand<ValueType ty> : DAGOperand {
  ValueType Type = ty;
  string PrintMethod = "printOperand";
  string EncoderMethod = "";
  bit hasCompleteDecoder = true;
  string OperandType = "OPERAND_UNKNOWN";
  AsmOperandClass ParserMatchClass = ?;
}

class SchedReadWrite;
class SchedWrite : SchedReadWrite;
class SchedRead : SchedReadWrite;
class Sched<list<SchedReadWrite> schedrw> { list<SchedReadWrite> SchedRW = schedrw; }

class SchedMachineModel {
  int IssueWidth = -1;
  int MicroOpBufferSize = -1;
  int LoadLatency = -1;
  int MispredictPenalty = -1;
  bit PostRAScheduler = false;
  bit CompleteModel = true;
}

class ProcResource<int num> {
  int NumUnits = num;
  int BufferSize = -1;
  SchedMachineModel SchedModel = ?;
}

class WriteRes<SchedWrite write, list<ProcResource> resources> {
  SchedWrite WriteType = write;
  list<ProcResource> ProcResources = resources;
  int Latency = 1;
  list<int> ReleaseAtCycles = [];
  int NumMicroOps = 1;
  bit EndGroup = false;
  bit SingleIssue = false;
  bit RetireOOO = false;
  SchedMachineModel SchedModel = ?;
}

class Instruction {
  string Namespace = "";
  dag OutOperandList;
  dag InOperandList;
  string AsmString = "";
  int Size = 0;
  string DecoderNamespace = "";
  string DecoderMethod = "";
  string Constraints = "";
  list<Register> Uses = [];
  list<Register> Defs = [];
  list<SchedReadWrite> SchedRW = [];
  bit isReturn = false;
  bit isBranch = false;
  bit isIndirectBranch = false;
  bit isBarrier = false;
  bit isTerminator = false;
  bit isCall = false;
  bit isTrap = false;
  bit isMoveImm = false;
  bit isCommutable = false;
  bit isReMaterializable = false;
  bit isAsCheapAsAMove = false;
  bit isConvergent = false;
  bit mayLoad = ?;
  bit mayStore = ?;
  bit hasSideEffects = ?;
}
