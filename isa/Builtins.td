//===- Builtins.td - Compiler builtins that stand for one instruction -----===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// One table for clang (name and type), for the backend (the call becomes the
// instruction; arguments in the order of its input operands), for <tatami.h>
// and for the reference.
//
// Type is clang's notation, result first: V16f = 16 floats, V32y = 32 __bf16,
// V32x = 32 _Float16, V64f and V64i = accumulators, Wi = 64-bit integer,
// I before a type = a constant is demanded. Effect: "pure" depends on its
// arguments only; "flags" also sets convflags; "state" reads or writes what
// others see, and keeps its place among other such calls and memory accesses.
//===----------------------------------------------------------------------===//

class TatamiBuiltin<string Suffix, string ClangType, Instruction Inst, string SideEffect> {
  string Name = "__builtin_tatami_" # Suffix;
  string Type = ClangType;
  Instruction Selects = Inst;
  string Effect = SideEffect;
}
class PureBuiltin<string Suffix, string ClangType, Instruction Inst>
    : TatamiBuiltin<Suffix, ClangType, Inst, "pure">;
class FlagsBuiltin<string Suffix, string ClangType, Instruction Inst>
    : TatamiBuiltin<Suffix, ClangType, Inst, "flags">;
class StateBuiltin<string Suffix, string ClangType, Instruction Inst>
    : TatamiBuiltin<Suffix, ClangType, Inst, "state">;

// Matrix unit.
def : PureBuiltin<"mma_bf16", "V64fV64fV32yV32y", MMA_BF16>;
def : PureBuiltin<"mma_f16", "V64fV64fV32xV32x", MMA_F16>;
def : PureBuiltin<"mma_s8", "V64iV64iV64ScV64Sc", MMA_S8>;
def : PureBuiltin<"mma_u8", "V64iV64iV64UcV64Uc", MMA_U8>;
def : PureBuiltin<"mma_u8s8", "V64iV64iV64UcV64Sc", MMA_U8S8>;
def : PureBuiltin<"mma_c143", "V64fV64fV64UcV64UcUWi", MMA_C143>;
def : PureBuiltin<"mma_c152", "V64fV64fV64UcV64UcUWi", MMA_C152>;
def : PureBuiltin<"mma_c143_c152", "V64fV64fV64UcV64UcUWi", MMA_C143_C152>;
def : PureBuiltin<"mma_c152_c143", "V64fV64fV64UcV64UcUWi", MMA_C152_C143>;
def : PureBuiltin<"acc_zero", "V64f", ACCZERO>;
def : PureBuiltin<"acci_zero", "V64i", ACCZERO>;
def : PureBuiltin<"acc_get", "V16fV64fIi", ACCGET>;
def : PureBuiltin<"acci_get", "V16iV64iIi", ACCGET>;
def : PureBuiltin<"acc_put", "V64fV64fV16fIi", ACCPUT>;
def : PureBuiltin<"acci_put", "V64iV64iV16iIi", ACCPUT>;

// Number formats.
def : PureBuiltin<"cvt_f32_bf16_lo", "V16fV32y", VCVT_S_BF>;
def : PureBuiltin<"cvt_f32_bf16_hi", "V16fV32y", VCVTH_S_BF>;
def : PureBuiltin<"cvt_f32_f16_lo", "V16fV32x", VCVT_S_H>;
def : PureBuiltin<"cvt_f32_f16_hi", "V16fV32x", VCVTH_S_H>;
def : PureBuiltin<"cvt_bf16_f32", "V32yV16fV16f", VCVT_BF_S>;
def : PureBuiltin<"cvt_f16_f32", "V32xV16fV16f", VCVT_H_S>;
def : PureBuiltin<"cvt_f32_uhp", "V16fV32Us", VCVT_S_UHP>;
def : PureBuiltin<"cvt_f32_shp", "V16fV32UsUWi", VCVT_S_SHP>;
def : PureBuiltin<"cvt_f32_c143", "V16fV64UcUWi", VCVT_S_C143>;
def : PureBuiltin<"cvt_f32_c152", "V16fV64UcUWi", VCVT_S_C152>;
def : FlagsBuiltin<"cvt_c143_f32", "V64UcV16fUWi", VCVT_C143_S>;
def : FlagsBuiltin<"cvt_c152_f32", "V64UcV16fUWi", VCVT_C152_S>;
def : FlagsBuiltin<"cvt_shp_f32", "V32UsV16fUWi", VCVT_SHP_S>;
def : FlagsBuiltin<"cvt_uhp_f32", "V32UsV16f", VCVT_UHP_S>;
def : FlagsBuiltin<"cvtsr_c143_f32", "V64UcV16fUWiUWi", VCVTSR_C143_S>;
def : FlagsBuiltin<"cvtsr_c152_f32", "V64UcV16fUWiUWi", VCVTSR_C152_S>;
def : FlagsBuiltin<"cvtsr_shp_f32", "V32UsV16fUWiUWi", VCVTSR_SHP_S>;
def : FlagsBuiltin<"cvtsr_uhp_f32", "V32UsV16fUWi", VCVTSR_UHP_S>;
def : PureBuiltin<"cvtsr_bf16_f32", "V32yV16fUWi", VCVTSR_BF_S>;

// Approximations.
def : PureBuiltin<"rcp", "V16fV16f", VRCP>;
def : PureBuiltin<"rsqrt", "V16fV16f", VRSQRT>;
def : PureBuiltin<"exp2", "V16fV16f", VEXP2>;
def : PureBuiltin<"log2", "V16fV16f", VLOG2>;
def : PureBuiltin<"tanh", "V16fV16f", VTANH>;

// Moving lanes. Register contents are untyped; the types say the lane width.
def : PureBuiltin<"perm_b", "V64UcV64UcV64Uc", VPERM_B>;
def : PureBuiltin<"perm_h", "V32UsV32UsV32Us", VPERM_H>;
def : PureBuiltin<"perm_w", "V16UiV16UiV16Ui", VPERM_W>;
def : PureBuiltin<"perm_d", "V8UWiV8UWiV8UWi", VPERM_D>;
def : PureBuiltin<"perm2_b", "V64UcV64UcV64UcV64Uc", VPERM2_B>;
def : PureBuiltin<"perm2_h", "V32UsV32UsV32UsV32Us", VPERM2_H>;
def : PureBuiltin<"perm2_w", "V16UiV16UiV16UiV16Ui", VPERM2_W>;
def : PureBuiltin<"perm2_d", "V8UWiV8UWiV8UWiV8UWi", VPERM2_D>;
foreach L = ["b", "h", "w", "d", "q", "o"] in {
defvar T = !cond(!eq(L, "b") : "V64Uc", !eq(L, "h") : "V32Us", !eq(L, "w") : "V16Ui", true : "V8UWi");
def : PureBuiltin<"zipl_" # L, T # T # T, !cast<Instruction>("VZIPL_" # !toupper(L))>;
def : PureBuiltin<"ziph_" # L, T # T # T, !cast<Instruction>("VZIPH_" # !toupper(L))>;
}
foreach L = ["b", "h", "w", "d"] in {
defvar T = !cond(!eq(L, "b") : "V64Uc", !eq(L, "h") : "V32Us", !eq(L, "w") : "V16Ui", true : "V8UWi");
def : PureBuiltin<"uzpe_" # L, T # T # T, !cast<Instruction>("VUZPE_" # !toupper(L))>;
def : PureBuiltin<"uzpo_" # L, T # T # T, !cast<Instruction>("VUZPO_" # !toupper(L))>;
}
def : PureBuiltin<"align", "V64UcV64UcV64UcIi", VALIGN>;
def : PureBuiltin<"trn_4x8_h", "V32UsV32Us", VTRN_4X8_H>;
def : PureBuiltin<"trn_8x4_h", "V32UsV32Us", VTRN_8X4_H>;
def : PureBuiltin<"trn_8x8_b", "V64UcV64Uc", VTRN_8X8_B>;
def : PureBuiltin<"trn_4x4_w", "V16UiV16Ui", VTRN_4X4_W>;
def : PureBuiltin<"trn_8x2_w", "V16UiV16Ui", VTRN_8X2_W>;
def : PureBuiltin<"trn_2x8_w", "V16UiV16Ui", VTRN_2X8_W>;
def : PureBuiltin<"redsum_f32", "fV16f", VFREDSUM>;
def : PureBuiltin<"redmin_f32", "fV16f", VFREDMIN>;
def : PureBuiltin<"redmax_f32", "fV16f", VFREDMAX>;

// Mesh. A global address is 64 bits; <tatami.h> gives it a type.
def : StateBuiltin<"rlb", "WiUWi", RLB>;
def : StateBuiltin<"rlbu", "UWiUWi", RLBU>;
def : StateBuiltin<"rlh", "WiUWi", RLH>;
def : StateBuiltin<"rlhu", "UWiUWi", RLHU>;
def : StateBuiltin<"rlw", "WiUWi", RLW>;
def : StateBuiltin<"rlwu", "UWiUWi", RLWU>;
def : StateBuiltin<"rld", "UWiUWi", RLD>;
def : StateBuiltin<"rflw", "fUWi", RFLW>;
def : StateBuiltin<"rvld", "V64UcUWi", RVLD>;
def : StateBuiltin<"rsb", "vUWiUWi", RSB>;
def : StateBuiltin<"rsh", "vUWiUWi", RSH>;
def : StateBuiltin<"rsw", "vUWiUWi", RSW>;
def : StateBuiltin<"rsd", "vUWiUWi", RSD>;
def : StateBuiltin<"rfsw", "vfUWi", RFSW>;
def : StateBuiltin<"rvst", "vV64UcUWi", RVST>;
def : StateBuiltin<"push", "vvC*UWiUWi", PUSH>;
def : StateBuiltin<"pull", "vv*UWiUWiUWi", PULL>;
def : StateBuiltin<"mcast", "vvC*UWiUWiUWi", MCAST>;
def : StateBuiltin<"ssig", "vUWiUWiUWi", SSIG>;
def : StateBuiltin<"mcsig", "vUWiUWiUWi", MCSIG>;
def : StateBuiltin<"swait", "vUWiUWi", SWAIT>;
def : StateBuiltin<"stest", "UWiUWiUWi", STEST>;
def : StateBuiltin<"sread", "UWiUWi", SREAD>;
def : StateBuiltin<"spost", "vUWiUWi", SPOST>;
def : StateBuiltin<"bar", "vUWi", BAR>;
def : StateBuiltin<"mfence", "v", MFENCE>;
def : StateBuiltin<"lstart", "vUWivC*", LSTART>;
def : StateBuiltin<"ltest", "UWiUWi", LTEST>;
def : StateBuiltin<"lwait", "vUWi", LWAIT>;

// Threads and control registers.
def : StateBuiltin<"csrr", "UWiIi", CSRR>;
def : StateBuiltin<"csrw", "vIiUWi", CSRW>;
def : StateBuiltin<"tstart", "vUWiv*UWi", TSTART>;
def : StateBuiltin<"twait", "vUWi", TWAIT>;
def : StateBuiltin<"pause", "v", PAUSE>;
def : StateBuiltin<"fencei", "v", FENCEI>;
def : StateBuiltin<"halt", "v", HALT>;
