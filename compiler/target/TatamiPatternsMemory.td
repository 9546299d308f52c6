//===- TatamiPatternsMemory.td - Scalar loads and stores ------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Base plus constant, or base plus a scaled index. Post-increment and the
// remote address space are selected in TatamiISelDAGToDAG.cpp.
//===----------------------------------------------------------------------===//

multiclass LoadPat<SDPatternOperator Op, Instruction I, Instruction X, ValueType T> {
  def : Pat<(T (Op (AddrRegImm i64:$b, i64:$o))), (I $b, i64:$o)>;
  def : Pat<(T (Op (AddrRegReg i64:$b, i64:$i, i64:$s))), (X $b, $i, i64:$s)>;
}
multiclass StorePat<SDPatternOperator Op, Instruction I, Instruction X, ValueType T, RegisterClass RC> {
  def : Pat<(Op (T RC:$v), (AddrRegImm i64:$b, i64:$o)), (I $v, $b, i64:$o)>;
  def : Pat<(Op (T RC:$v), (AddrRegReg i64:$b, i64:$i, i64:$s)), (X $v, $b, $i, i64:$s)>;
}

foreach T = [i64, i32] in {
  defm : LoadPat<sextloadi8, LB, LBX, T>;
  defm : LoadPat<zextloadi8, LBU, LBUX, T>;
  defm : LoadPat<extloadi8, LBU, LBUX, T>;
  defm : LoadPat<sextloadi16, LH, LHX, T>;
  defm : LoadPat<zextloadi16, LHU, LHUX, T>;
  defm : LoadPat<extloadi16, LHU, LHUX, T>;
  defm : StorePat<truncstorei8, SB, SBX, T, GPR>;
  defm : StorePat<truncstorei16, SH, SHX, T, GPR>;
}
defm : LoadPat<load, LW, LWX, i32>;
defm : LoadPat<load, LD, LDX, i64>;
defm : LoadPat<sextloadi32, LW, LWX, i64>;
defm : LoadPat<zextloadi32, LWU, LWUX, i64>;
defm : LoadPat<extloadi32, LW, LWX, i64>;
defm : LoadPat<load, FLW, FLWX, f32>;
defm : StorePat<store, SW, SWX, i32, GPR>;
defm : StorePat<store, SD, SDX, i64, GPR>;
defm : StorePat<truncstorei32, SW, SWX, i64, GPR>;
defm : StorePat<store, FSW, FSWX, f32, FR>;


// Plain accesses are the atomic ones.
foreach T = [i64, i32] in {
  defm : LoadPat<atomic_load_sext_8, LB, LBX, T>;
  defm : LoadPat<atomic_load_zext_8, LBU, LBUX, T>;
  defm : LoadPat<atomic_load_aext_8, LBU, LBUX, T>;
  defm : LoadPat<atomic_load_sext_16, LH, LHX, T>;
  defm : LoadPat<atomic_load_zext_16, LHU, LHUX, T>;
  defm : LoadPat<atomic_load_aext_16, LHU, LHUX, T>;
  defm : StorePat<atomic_store_8, SB, SBX, T, GPR>;
  defm : StorePat<atomic_store_16, SH, SHX, T, GPR>;
}
defm : LoadPat<atomic_load_nonext_32, LW, LWX, i32>;
defm : LoadPat<atomic_load_nonext_64, LD, LDX, i64>;
defm : LoadPat<atomic_load_sext_32, LW, LWX, i64>;
defm : LoadPat<atomic_load_zext_32, LWU, LWUX, i64>;
defm : LoadPat<atomic_load_aext_32, LW, LWX, i64>;
defm : StorePat<atomic_store_32, SW, SWX, i32, GPR>;
defm : StorePat<atomic_store_64, SD, SDX, i64, GPR>;
