//===- TatamiPatternsVector.td - Vectors, masks, accumulators -------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//===----------------------------------------------------------------------===//

class VectorOf<ValueType Ty, string S, ValueType MaskTy, int N> {
  ValueType T = Ty;
  string Suffix = S;
  ValueType M = MaskTy;
  int Bits = N;
}
def VecB : VectorOf<v64i8, "B", v64i1, 8>;
def VecH : VectorOf<v32i16, "H", v32i1, 16>;
def VecW : VectorOf<v16i32, "W", v16i1, 32>;
def VecD : VectorOf<v8i64, "D", v8i1, 64>;
def VecF : VectorOf<v16f32, "W", v16i1, 32>;
def VecHF : VectorOf<v32f16, "H", v32i1, 16>;
def VecBF : VectorOf<v32bf16, "H", v32i1, 16>;
defvar IntVectors = [VecB, VecH, VecW, VecD];
defvar AllVectors = [VecB, VecH, VecW, VecD, VecF, VecHF, VecBF];
defvar AllMasks = [v64i1, v32i1, v16i1, v8i1];

// A constant of ten bits in a lane, whatever type carries it.
def imm10_i32 : ImmLeaf<i32, [{ return isInt<10>(Imm); }], AsImm>;
def imm10_i64 : ImmLeaf<i64, [{ return isInt<10>(Imm); }], AsImm>;

//===----------------------------------------------------------------------===//
// The three forms of an operation: plain, and under a mask
//===----------------------------------------------------------------------===//

multiclass Binary<SDPatternOperator Op, string Name, VectorOf V> {
  defvar I = !cast<Instruction>(Name);
  def : Pat<(V.T (Op (V.T VR:$a), (V.T VR:$b))), (I $a, $b)>;
  def : Pat<(V.T (vselect (V.M MR:$m), (V.T (Op (V.T VR:$a), (V.T VR:$b))), (V.T VR:$d))),
            (!cast<Instruction>(Name # "_M") $d, $a, $b, $m)>;
  def : Pat<(V.T (vselect (V.M MR:$m), (V.T (Op (V.T VR:$a), (V.T VR:$b))), (V.T immAllZerosV))),
            (!cast<Instruction>(Name # "_Z") $a, $b, $m)>;
}
multiclass UnaryV<SDPatternOperator Op, string Name, VectorOf V, VectorOf From = V> {
  def : Pat<(V.T (Op (From.T VR:$a))), (!cast<Instruction>(Name) $a)>;
  def : Pat<(V.T (vselect (V.M MR:$m), (V.T (Op (From.T VR:$a))), (V.T VR:$d))),
            (!cast<Instruction>(Name # "_M") $d, $a, $m)>;
}
multiclass CompareV<CondCode CC, string Name, VectorOf V, bit Swap> {
  defvar I = !cast<Instruction>(Name);
  defvar Z = !cast<Instruction>(Name # "_Z");
  def : Pat<(V.M (setcc (V.T VR:$a), (V.T VR:$b), CC)), !if(Swap, (I $b, $a), (I $a, $b))>;
  def : Pat<(V.M (and (V.M (setcc (V.T VR:$a), (V.T VR:$b), CC)), (V.M MR:$m))),
            !if(Swap, (Z $b, $a, $m), (Z $a, $b, $m))>;
}

foreach V = IntVectors in {
  foreach P = ["ADD:add", "SUB:sub", "MUL:mul", "MULH:mulhs", "MULHU:mulhu", "MIN:smin",
               "MAX:smax", "MINU:umin", "MAXU:umax", "AND:and", "OR:or", "XOR:xor",
               "ADDS:saddsat", "ADDSU:uaddsat", "SUBS:ssubsat", "SUBSU:usubsat",
               "SLL:shl", "SRL:srl", "SRA:sra", "ROL:rotl"] in {
    defvar Colon = !find(P, ":");
    defm : Binary<!cast<SDPatternOperator>(!substr(P, !add(Colon, 1))),
                  "V" # !substr(P, 0, Colon) # "_" # V.Suffix, V>;
  }
  def : Pat<(V.T (and (V.T VR:$a), (vnot (V.T VR:$b)))), (!cast<Instruction>("VANDN_" # V.Suffix) $a, $b)>;
  def : Pat<(V.T (vnot (V.T VR:$a))), (!cast<Instruction>("VNOT_" # V.Suffix) $a)>;
  def : Pat<(V.T (add (mul_once (V.T VR:$a), (V.T VR:$b)), (V.T VR:$d))),
            (!cast<Instruction>("VMACC_" # V.Suffix) $d, $a, $b)>;
  defm : UnaryV<abs, "VABS_" # V.Suffix, V>;
  defm : UnaryV<ctpop, "VCPOP_" # V.Suffix, V>;
  defm : UnaryV<ctlz, "VCLZ_" # V.Suffix, V>;
  defm : UnaryV<cttz, "VCTZ_" # V.Suffix, V>;
  defm : CompareV<SETEQ, "VCMPEQ_" # V.Suffix, V, 0>;
  defm : CompareV<SETNE, "VCMPNE_" # V.Suffix, V, 0>;
  defm : CompareV<SETLT, "VCMPLT_" # V.Suffix, V, 0>;
  defm : CompareV<SETLE, "VCMPLE_" # V.Suffix, V, 0>;
  defm : CompareV<SETGT, "VCMPLT_" # V.Suffix, V, 1>;
  defm : CompareV<SETGE, "VCMPLE_" # V.Suffix, V, 1>;
  defm : CompareV<SETULT, "VCMPLTU_" # V.Suffix, V, 0>;
  defm : CompareV<SETULE, "VCMPLEU_" # V.Suffix, V, 0>;
  defm : CompareV<SETUGT, "VCMPLTU_" # V.Suffix, V, 1>;
  defm : CompareV<SETUGE, "VCMPLEU_" # V.Suffix, V, 1>;

  // Shifts by a constant.
  foreach S = ["SLLI:shl", "SRLI:srl", "SRAI:sra"] in {
    defvar Op = !cast<SDPatternOperator>(!substr(S, 5));
    defvar I = !cast<Instruction>("V" # !substr(S, 0, 4) # "_" # V.Suffix);
    foreach E = [i32, i64] in
    def : Pat<(V.T (Op (V.T VR:$a), (V.T (splat_vector (E imm:$n))))), (I $a, (AsImm imm:$n))>;
  }
  foreach E = [i32, i64] in {
    def : Pat<(V.T (splat_vector (E GPR:$x))), (!cast<Instruction>("VSPLAT_" # V.Suffix) $x)>;
    def : Pat<(V.T (splat_vector !cast<ImmLeaf>("imm10_" # E):$i)), (!cast<Instruction>("VLI_" # V.Suffix) (AsImm $i))>;
    // Lanes by number.
    def : Pat<(V.T (tatami_insert (V.T VR:$v), (E GPR:$x), (i64 timm:$i))), (!cast<Instruction>("VINSERT_" # V.Suffix) $v, $x, timm:$i)>;
    def : Pat<(V.T (tatami_insert (V.T VR:$v), (E GPR:$x), (i64 GPR:$i))), (!cast<Instruction>("VINSERTX_" # V.Suffix) $v, $x, $i)>;
  }
  def : Pat<(V.T (tatami_iota)), (!cast<Instruction>("VIOTA_" # V.Suffix))>;
  def : Pat<(i64 (tatami_extract (V.T VR:$v), (i64 timm:$i))), (!cast<Instruction>("VEXTRACT_" # V.Suffix) $v, timm:$i)>;
  def : Pat<(i64 (tatami_extract (V.T VR:$v), (i64 GPR:$i))), (!cast<Instruction>("VEXTRACTX_" # V.Suffix) $v, $i)>;
  foreach R = ["SUM", "MIN", "MAX", "AND", "OR", "XOR", "MINU", "MAXU"] in
  def : Pat<(i64 (!cast<SDNode>("tatami_red" # R) (V.T VR:$a))), (!cast<Instruction>("VRED" # R # "_" # V.Suffix) $a)>;
  // Masks to lanes: -1 or 0.
  def : Pat<(V.T (sext (V.M MR:$m))), (!cast<Instruction>("VMOV_" # V.Suffix # "_Z") (!cast<Instruction>("VLI_" # V.Suffix) -1), $m)>;
  def : Pat<(V.T (anyext (V.M MR:$m))), (!cast<Instruction>("VMOV_" # V.Suffix # "_Z") (!cast<Instruction>("VLI_" # V.Suffix) -1), $m)>;
  def : Pat<(V.T (zext (V.M MR:$m))), (!cast<Instruction>("VMOV_" # V.Suffix # "_Z") (!cast<Instruction>("VLI_" # V.Suffix) 1), $m)>;
  def : Pat<(V.M (tatami_while (i64 GPR:$a), (i64 GPR:$b))), (!cast<Instruction>("MWHILE_" # V.Suffix) $a, $b)>;
}
foreach V = [VecH, VecW, VecD] in
defm : UnaryV<bswap, "VREV8_" # V.Suffix, V>;

//===----------------------------------------------------------------------===//
// FP32
//===----------------------------------------------------------------------===//

defm : Binary<any_fadd, "VFADD", VecF>;
defm : Binary<any_fsub, "VFSUB", VecF>;
defm : Binary<any_fmul, "VFMUL", VecF>;
defm : Binary<any_fdiv, "VFDIV", VecF>;
defm : Binary<fminnum, "VFMIN", VecF>;
defm : Binary<fmaxnum, "VFMAX", VecF>;
defm : Binary<fminnum_ieee, "VFMIN", VecF>;
defm : Binary<fmaxnum_ieee, "VFMAX", VecF>;
defm : Binary<fminimumnum, "VFMIN", VecF>;
defm : Binary<fmaximumnum, "VFMAX", VecF>;
defm : Binary<fcopysign, "VFSGNJ", VecF>;
defm : UnaryV<any_fsqrt, "VFSQRT", VecF>;
defm : UnaryV<any_frint, "VFRINT", VecF>;
defm : UnaryV<any_fnearbyint, "VFRINT", VecF>;
defm : UnaryV<any_froundeven, "VFRINT", VecF>;
defm : UnaryV<any_ftrunc, "VFTRUNC", VecF>;
defm : UnaryV<any_ffloor, "VFFLOOR", VecF>;
defm : UnaryV<any_fceil, "VFCEIL", VecF>;
defm : UnaryV<any_fround, "VFROUND", VecF>;
defm : UnaryV<fneg, "VFNEG", VecF>;
defm : UnaryV<fabs, "VFABS", VecF>;
def : Pat<(v16f32 (fcanonicalize (v16f32 VR:$a))), (VFMIN $a, $a)>;
defm : UnaryV<any_sint_to_fp, "VFCVT_S_W", VecF, VecW>;
defm : UnaryV<any_uint_to_fp, "VFCVT_S_WU", VecF, VecW>;
defm : UnaryV<any_fp_to_sint, "VFCVT_W_S", VecW, VecF>;
defm : UnaryV<any_fp_to_uint, "VFCVT_WU_S", VecW, VecF>;
def : Pat<(v16i32 (fp_to_sint_sat (v16f32 VR:$a), i32)), (VFCVT_W_S $a)>;
def : Pat<(v16i32 (fp_to_uint_sat (v16f32 VR:$a), i32)), (VFCVT_WU_S $a)>;

def : Pat<(v16f32 (any_fma VR:$a, VR:$b, VR:$d)), (VFMADD $d, $a, $b)>;
def : Pat<(v16f32 (any_fma VR:$a, VR:$b, (fneg VR:$d))), (VFMSUB $d, $a, $b)>;
def : Pat<(v16f32 (any_fma (fneg VR:$a), VR:$b, VR:$d)), (VFNMSUB $d, $a, $b)>;
def : Pat<(v16f32 (any_fma (fneg VR:$a), VR:$b, (fneg VR:$d))), (VFNMADD $d, $a, $b)>;
// The masked forms keep the addend where the mask is off.
def : Pat<(v16f32 (vselect (v16i1 MR:$m), (any_fma VR:$a, VR:$b, (v16f32 VR:$d)), (v16f32 VR:$d))),
          (VFMADD_M $d, $a, $b, $m)>;

defm : CompareV<SETOEQ, "VFCMPEQ", VecF, 0>;
defm : CompareV<SETEQ, "VFCMPEQ", VecF, 0>;
defm : CompareV<SETUNE, "VFCMPNE", VecF, 0>;
defm : CompareV<SETNE, "VFCMPNE", VecF, 0>;
defm : CompareV<SETOLT, "VFCMPLT", VecF, 0>;
defm : CompareV<SETLT, "VFCMPLT", VecF, 0>;
defm : CompareV<SETOLE, "VFCMPLE", VecF, 0>;
defm : CompareV<SETLE, "VFCMPLE", VecF, 0>;
defm : CompareV<SETOGT, "VFCMPLT", VecF, 1>;
defm : CompareV<SETGT, "VFCMPLT", VecF, 1>;
defm : CompareV<SETOGE, "VFCMPLE", VecF, 1>;
defm : CompareV<SETGE, "VFCMPLE", VecF, 1>;
defm : CompareV<SETO, "VFCMPORD", VecF, 0>;

def : Pat<(v16f32 (splat_vector (f32 FR:$x))), (VSPLAT_S $x)>;
def : Pat<(v16f32 (splat_vector (f32 fpimm0))), (VLI_W 0)>;
def : Pat<(v16f32 (splat_vector (f32 (bitconvert (i32 GPR:$x))))), (VSPLAT_W $x)>;
def : Pat<(v16f32 immAllZerosV), (VLI_W 0)>;
def : Pat<(v32f16 immAllZerosV), (VLI_W 0)>;
def : Pat<(v32bf16 immAllZerosV), (VLI_W 0)>;

// Lane 0 of a vector is the scalar.
def : Pat<(f32 (tatami_extract (v16f32 VR:$v), (i64 0))), (COPY_TO_REGCLASS $v, FR)>;
def : Pat<(f32 (tatami_extract (v16f32 VR:$v), (i64 timm:$i))), (VFEXTRACT $v, timm:$i)>;
def : Pat<(v16f32 (tatami_insert (v16f32 VR:$v), (f32 FR:$x), (i64 timm:$i))), (VFINSERT $v, $x, timm:$i)>;
def : Pat<(v16f32 (tatami_insert (v16f32 VR:$v), (f32 FR:$x), (i64 GPR:$i))), (VINSERTX_W $v, (FMVXW $x), $i)>;
def : Pat<(v16f32 (scalar_to_vector (f32 FR:$x))), (COPY_TO_REGCLASS $x, VR)>;

def : Pat<(f32 (tatami_redSUM (v16f32 VR:$a))), (VFREDSUM $a)>;
def : Pat<(f32 (tatami_redMIN (v16f32 VR:$a))), (VFREDMIN $a)>;
def : Pat<(f32 (tatami_redMAX (v16f32 VR:$a))), (VFREDMAX $a)>;
def : Pat<(f32 (tatami_fredosum (f32 FR:$s), (v16f32 VR:$a))), (VFREDOSUM $s, $a)>;

// FP16 and BF16, sixteen lanes at a time.
def : Pat<(v16f32 (tatami_widenl (v32bf16 VR:$a))), (VCVT_S_BF $a)>;
def : Pat<(v16f32 (tatami_widenh (v32bf16 VR:$a))), (VCVTH_S_BF $a)>;
def : Pat<(v16f32 (tatami_widenl (v32f16 VR:$a))), (VCVT_S_H $a)>;
def : Pat<(v16f32 (tatami_widenh (v32f16 VR:$a))), (VCVTH_S_H $a)>;
def : Pat<(v32bf16 (tatami_narrow (v16f32 VR:$a), VR:$b)), (VCVT_BF_S $a, $b)>;
def : Pat<(v32f16 (tatami_narrow (v16f32 VR:$a), VR:$b)), (VCVT_H_S $a, $b)>;

//===----------------------------------------------------------------------===//
// Moving lanes
//===----------------------------------------------------------------------===//

foreach V = AllVectors in {
  def : Pat<(V.T (vselect (V.M MR:$m), (V.T VR:$a), (V.T VR:$b))), (!cast<Instruction>("VSEL_" # V.Suffix) $a, $b, $m)>;
  def : Pat<(V.T (vselect (V.M MR:$m), (V.T VR:$a), (V.T immAllZerosV))), (!cast<Instruction>("VMOV_" # V.Suffix # "_Z") $a, $m)>;
  foreach I = IntVectors in {
    if !eq(I.Bits, V.Bits) then {
      def : Pat<(V.T (tatami_vperm (V.T VR:$a), (I.T VR:$i))), (!cast<Instruction>("VPERM_" # V.Suffix) $a, $i)>;
      def : Pat<(V.T (tatami_vperm2 (I.T VR:$i), (V.T VR:$a), (V.T VR:$b))), (!cast<Instruction>("VPERM2_" # V.Suffix) $i, $a, $b)>;
    }
  }
  // Any two vector types are the same register.
  foreach U = AllVectors in {
    if !ne(V, U) then
      def : Pat<(V.T (bitconvert (U.T VR:$a))), (COPY_TO_REGCLASS $a, VR)>;
  }
}
foreach V = IntVectors in {
  def : Pat<(V.T (tatami_uzpe (V.T VR:$a), (V.T VR:$b))), (!cast<Instruction>("VUZPE_" # V.Suffix) $a, $b)>;
  def : Pat<(V.T (tatami_uzpo (V.T VR:$a), (V.T VR:$b))), (!cast<Instruction>("VUZPO_" # V.Suffix) $a, $b)>;
}
foreach Z = ["B:8", "H:16", "W:32", "D:64", "Q:128", "O:256"] in {
  defvar Width = !cond(!eq(Z, "B:8") : 8, !eq(Z, "H:16") : 16, !eq(Z, "W:32") : 32,
                       !eq(Z, "D:64") : 64, !eq(Z, "Q:128") : 128, true : 256);
  def : Pat<(v64i8 (tatami_zipl VR:$a, VR:$b, (i64 Width))), (!cast<Instruction>("VZIPL_" # !substr(Z, 0, 1)) $a, $b)>;
  def : Pat<(v64i8 (tatami_ziph VR:$a, VR:$b, (i64 Width))), (!cast<Instruction>("VZIPH_" # !substr(Z, 0, 1)) $a, $b)>;
}
def : Pat<(v64i8 (tatami_align VR:$a, VR:$b, (i64 timm:$n))), (VALIGN $a, $b, timm:$n)>;

foreach P = ["BH", "BW", "BD", "HW", "HD", "WD"] in {
  defvar From = !cast<VectorOf>("Vec" # !substr(P, 0, 1));
  defvar To = !cast<VectorOf>("Vec" # !substr(P, 1, 1));
  def : Pat<(To.T (tatami_sextl (From.T VR:$a))), (!cast<Instruction>("VSEXTL_" # P) $a)>;
  def : Pat<(To.T (tatami_zextl (From.T VR:$a))), (!cast<Instruction>("VZEXTL_" # P) $a)>;
  def : Pat<(From.T (tatami_trunc (To.T VR:$a))), (!cast<Instruction>("VTRUNC_" # P) $a)>;
}
foreach P = ["BH", "HW", "WD"] in {
  defvar From = !cast<VectorOf>("Vec" # !substr(P, 0, 1));
  defvar To = !cast<VectorOf>("Vec" # !substr(P, 1, 1));
  foreach X = ["S", "Z"] in {
    defvar Node = !cast<SDNode>(!if(!eq(X, "S"), "tatami_sextl", "tatami_zextl"));
    defvar I = !cast<Instruction>("V" # X # "EXTH_" # P);
    if !eq(P, "BH") then
      def : Pat<(To.T (Node (From.T (tatami_align VR:$a, undef, (i64 32))))), (I $a)>;
    else
      def : Pat<(To.T (Node (From.T (bitconvert (v64i8 (tatami_align (v64i8 (bitconvert (From.T VR:$a))), undef, (i64 32))))))), (I $a)>;
  }
}

//===----------------------------------------------------------------------===//
// Masks
//===----------------------------------------------------------------------===//

foreach M = AllMasks in {
  def : Pat<(M (and (M MR:$a), (M MR:$b))), (MAND $a, $b)>;
  def : Pat<(M (or (M MR:$a), (M MR:$b))), (MOR $a, $b)>;
  def : Pat<(M (xor (M MR:$a), (M MR:$b))), (MXOR $a, $b)>;
  def : Pat<(M (vnot (M MR:$a))), (MANDN (M M0), $a)>;
  def : Pat<(M (vnot (xor (M MR:$a), (M MR:$b)))), (MXNOR $a, $b)>;
  def : Pat<(M (and (M MR:$a), (vnot (M MR:$b)))), (MANDN $a, $b)>;
  def : Pat<(M (or (M MR:$a), (vnot (M MR:$b)))), (MORN $a, $b)>;
  def : Pat<(M immAllOnesV), (COPY_TO_REGCLASS (M M0), MR)>;
  def : Pat<(M immAllZerosV), (MXOR (M M0), (M M0))>;
  def : Pat<(M (vselect (M MR:$c), (M MR:$a), (M MR:$b))), (MOR (MAND $a, $c), (MANDN $b, $c))>;
  def : Pat<(i64 (tatami_movmsk (M MR:$a))), (MMVXM $a)>;
  def : Pat<(M (tatami_bitmsk (i64 GPR:$a))), (MMVMX $a)>;
}
// Bits above the lanes of a mask are nobody's.
foreach P = [[v64i1, v32i1], [v64i1, v16i1], [v64i1, v8i1], [v32i1, v16i1], [v32i1, v8i1], [v16i1, v8i1]] in {
  defvar M = P[1];
  defvar N = P[0];
  def : Pat<(M (extract_subvector (N MR:$a), (i64 0))), (COPY_TO_REGCLASS $a, MR)>;
  def : Pat<(N (insert_subvector (N undef), (M MR:$a), (i64 0))), (COPY_TO_REGCLASS $a, MR)>;
}
def : Pat<(i64 (bitconvert (v64i1 MR:$a))), (MMVXM $a)>;
def : Pat<(v64i1 (bitconvert (i64 GPR:$a))), (MMVMX $a)>;
def : Pat<(i32 (bitconvert (v32i1 MR:$a))), (MMVXM $a)>;
def : Pat<(v32i1 (bitconvert (i32 GPR:$a))), (MMVMX $a)>;

//===----------------------------------------------------------------------===//
// Memory
//===----------------------------------------------------------------------===//

class AlignedLoad<int N> : PatFrag<(ops node:$p), (load node:$p), [{
  return cast<LoadSDNode>(N)->getAlign() >= Align(}] # N # [{);
}]>;
class AlignedStore<int N> : PatFrag<(ops node:$v, node:$p), (store node:$v, node:$p), [{
  return cast<StoreSDNode>(N)->getAlign() >= Align(}] # N # [{);
}]>;
def load_64 : AlignedLoad<64>;
def store_64 : AlignedStore<64>;

foreach N = [8, 16, 32, 64] in {
  def load_lane # N : AlignedLoad<!srl(N, 3)>;
  def store_lane # N : AlignedStore<!srl(N, 3)>;
}

foreach V = AllVectors in {
  let AddedComplexity = 2 in {
    def : Pat<(V.T (load_64 (AddrRegImm i64:$b, i64:$o))), (VLD $b, i64:$o)>;
    def : Pat<(store_64 (V.T VR:$v), (AddrRegImm i64:$b, i64:$o)), (VST $v, $b, i64:$o)>;
  }
  let AddedComplexity = 1 in {
    def : Pat<(V.T (!cast<PatFrag>("load_lane" # V.Bits) (AddrRegImm10 i64:$b, i64:$o))), (!cast<Instruction>("VLDU_" # V.Suffix) $b, i64:$o)>;
    def : Pat<(!cast<PatFrag>("store_lane" # V.Bits) (V.T VR:$v), (AddrRegImm10 i64:$b, i64:$o)), (!cast<Instruction>("VSTU_" # V.Suffix) $v, $b, i64:$o)>;
  }
  def : Pat<(V.T (load (AddrRegImm10 i64:$b, i64:$o))), (VLDU_B $b, i64:$o)>;
  def : Pat<(store (V.T VR:$v), (AddrRegImm10 i64:$b, i64:$o)), (VSTU_B $v, $b, i64:$o)>;

  def : Pat<(V.T (tatami_mload_z (AddrRegImm10 i64:$b, i64:$o), (V.M MR:$m))), (!cast<Instruction>("VLDU_" # V.Suffix # "_Z") $b, i64:$o, $m)>;
  def : Pat<(V.T (tatami_mload_m (AddrRegImm10 i64:$b, i64:$o), (V.M MR:$m), (V.T VR:$d))), (!cast<Instruction>("VLDU_" # V.Suffix # "_M") $d, $b, i64:$o, $m)>;
  def : Pat<(tatami_mstore (V.T VR:$v), (AddrRegImm10 i64:$b, i64:$o), (V.M MR:$m)), (!cast<Instruction>("VSTU_" # V.Suffix # "_M") $v, $b, i64:$o, $m)>;
}
foreach V = [VecW, VecD, VecF] in {
  foreach I = [VecW, VecD] in {
    if !eq(I.Bits, V.Bits) then {
      def : Pat<(V.T (tatami_gather undef, (i64 GPR:$b), (I.T VR:$i), (i64 timm:$s), (V.M immAllOnesV))), (!cast<Instruction>("VGATHER_" # V.Suffix) $b, $i, timm:$s)>;
      def : Pat<(V.T (tatami_gather undef, (i64 GPR:$b), (I.T VR:$i), (i64 timm:$s), (V.M MR:$m))), (!cast<Instruction>("VGATHER_" # V.Suffix # "_Z") $b, $i, timm:$s, $m)>;
      def : Pat<(V.T (tatami_gather (V.T VR:$d), (i64 GPR:$b), (I.T VR:$i), (i64 timm:$s), (V.M MR:$m))), (!cast<Instruction>("VGATHER_" # V.Suffix # "_M") $d, $b, $i, timm:$s, $m)>;
      def : Pat<(tatami_scatter (V.T VR:$v), (i64 GPR:$b), (I.T VR:$i), (i64 timm:$s), (V.M immAllOnesV)), (!cast<Instruction>("VSCATTER_" # V.Suffix) $v, $b, $i, timm:$s)>;
      def : Pat<(tatami_scatter (V.T VR:$v), (i64 GPR:$b), (I.T VR:$i), (i64 timm:$s), (V.M MR:$m)), (!cast<Instruction>("VSCATTER_" # V.Suffix # "_M") $v, $b, $i, timm:$s, $m)>;
    }
  }
}

//===----------------------------------------------------------------------===//
// Accumulators
//===----------------------------------------------------------------------===//

foreach T = [v64f32, v64i32] in {
  defvar S = !if(!eq(T, v64f32), v16f32, v16i32);
  def : Pat<(T (load_64 (AddrRegImm i64:$b, i64:$o))), (ACCLD $b, i64:$o)>;
  def : Pat<(store_64 (T AR:$v), (AddrRegImm i64:$b, i64:$o)), (ACCST $v, $b, i64:$o)>;
  def : Pat<(T (tatami_acczero)), (ACCZERO)>;
  def : Pat<(S (tatami_accget (T AR:$a), (i64 timm:$i))), (ACCGET $a, timm:$i)>;
  def : Pat<(T (tatami_accput (T AR:$a), (S VR:$v), (i64 timm:$i))), (ACCPUT $a, $v, timm:$i)>;
}
def : Pat<(v64f32 (bitconvert (v64i32 AR:$a))), (COPY_TO_REGCLASS $a, AR)>;
def : Pat<(v64i32 (bitconvert (v64f32 AR:$a))), (COPY_TO_REGCLASS $a, AR)>;
