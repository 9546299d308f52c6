// The energy table.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Sources, by the short names that the notes use:
//   TPUv4i    Jouppi et al., "Ten Lessons From Three Generations Shaped Google's
//             TPUv4i", ISCA 2021, table 2: energy per operation at 45 and 7 nm
//   TPUv4     Jouppi et al., "TPU v4", ISCA 2023: 7 nm, below 600 mm2, 90 W idle
//   Horowitz  "Computing's Energy Problem", ISSCC 2014, 45 nm: of an instruction's
//             70 pJ, 25 are the I-cache, 6 the registers, 39 control
//   CACM      Dally, Turakhia, Han, "Domain-Specific Hardware Accelerators",
//             CACM 63(7), 2020: 0.1 pJ a bit and mm at 14 nm
//   NOCS      Dally, keynote of NOCS 2022: about 0.05 pJ a bit and mm at 5 nm
//   LSSC      Gangasani et al., IEEE SSC Letters 8, 2025: a link of 113 Gb/s
//             between dies, below 1.1 pJ a bit at 5 nm
//   HC34      Tesla's talks at Hot Chips 34, 2022
//
// Logic shrinks from 45 to 7 nm by 2.87: the geometric mean of TPUv4i's eight
// pairs of arithmetic operations (docs/energy.md).
#include "tatami/machine/EnergyTable.h"

using namespace tatami;

const std::array<EnergyInfo, numEnergies> tatami::energyInfos = {{
    {"energy_instruction_pj", 17.3, "derived", "fetch, decode and issue",
     "half of an 8 KB SRAM's 7.5 (TPUv4i) for 4 of its 8 bytes, and control: 39 "
     "(Horowitz) / 2.87"},
    {"energy_register_byte_pj", 0.174, "derived",
     "a byte of a register or an accumulator, read or written",
     "6 (Horowitz) / 2.87 / 12: two words of 32 bits read, one written"},
    {"energy_scalar_alu_pj", 0.06, "derived", "64-bit sum, logic or address",
     "two 32-bit sums of 0.03 (TPUv4i)"},
    {"energy_scalar_multiply_pj", 5.92, "derived", "64-bit product",
     "four 32-bit products of 1.48 (TPUv4i)"},
    {"energy_scalar_divide_pj", 23.7, "chosen", "64-bit quotient",
     "four 64-bit products"},
    {"energy_branch_pj", 7.56, "chosen", "branch or jump",
     "a 64-bit comparison, and a branch target buffer like an 8 KB SRAM "
     "(TPUv4i)"},
    {"energy_simd_integer_pj", 0.48, "derived",
     "512 bits of integer sums, logic or masks", "16 x 0.03 (TPUv4i)"},
    {"energy_simd_float_pj", 27.0, "derived",
     "16 lanes of FP32, or of integer products",
     "16 x (1.31 + 0.38) (TPUv4i): all pass a fused multiply-add"},
    {"energy_simd_divide_pj", 108, "chosen", "16 quotients or roots",
     "four fused multiply-adds each"},
    {"energy_simd_convert_pj", 6.1, "derived", "16 conversions or roundings",
     "16 x 0.38, an FP32 sum's shifts and rounding (TPUv4i)"},
    {"energy_simd_permute_pj", 20.5, "chosen",
     "512 bits moved between lanes, or to and from scalar registers",
     "512 bits x 0.5 mm x 0.08 pJ"},
    {"energy_simd_approximate_pj", 54, "chosen", "16 approximations",
     "two fused multiply-adds each"},
    {"energy_mac_bf16_pj", 0.59, "derived", "BF16 product, FP32 sum",
     "0.21 + 0.38 (TPUv4i)"},
    {"energy_mac_fp16_pj", 0.72, "derived", "FP16 product, FP32 sum",
     "0.34 + 0.38 (TPUv4i)"},
    {"energy_mac_cfloat8_pj", 0.45, "derived", "CFloat8 product, FP32 sum",
     "0.07, an 8-bit integer product, + 0.38 (TPUv4i)"},
    {"energy_mac_int8_pj", 0.10, "derived", "8-bit product, 32-bit sum",
     "0.07 + 0.03 (TPUv4i)"},
    {"energy_sram_word_pj", 14.0, "published",
     "access of up to 8 bytes to a node's SRAM",
     "64 bits of an SRAM of 1 MB (TPUv4i)"},
    {"energy_sram_vector_pj", 112, "derived", "access of 64 bytes",
     "8 x 14 (TPUv4i)"},
    {"energy_sram_mesh_pj", 112, "derived",
     "access of 64 bytes through a port of the mesh", "8 x 14 (TPUv4i)"},
    {"energy_hop_pj", 77.6, "derived", "a packet over one link of a die",
     "wire: 512 bits x 1.35 mm, the root of 645 mm2 / 354 (HC34), x 0.08 pJ, "
     "chosen between CACM and NOCS; buffer: 2 x 64 bytes of register"},
    {"energy_crossing_pj", 768, "chosen", "a packet from die to die",
     "512 bits x 1.5 pJ, for a link of 112 Gb/s at 7 nm; LSSC has 1.1 at 5 nm"},
    {"energy_hbm_pj", 2800, "derived", "64 bytes of HBM",
     "8 x 350, the middle of 250 to 450 for 64 bits (TPUv4i)"},
    {"energy_node_static_w", 0.274, "derived",
     "leakage and clock of a node, in watts",
     "90 W idle / 600 mm2 (TPUv4) x 645 mm2 / 354 (HC34); clock and HBM, which "
     "differ, are taken to balance"},
    {"energy_die_static_w", 10, "chosen",
     "what a die draws beside its nodes, in watts",
     "a tenth of its links at full rate: 576 x 112 Gb/s (HC34) x 1.5 pJ = 97 W"},
    {"energy_node_limit_w", 1.13, "derived",
     "published watts of a node, to compare with", "400 W / 354 (HC34)"},
    {"energy_die_limit_w", 400, "published",
     "published watts of a die, to compare with", "HC34"},
    {"energy_tile_limit_w", 15000, "published",
     "published watts of a tile, to compare with",
     "HC34; 10 kW are its 25 dies, the rest power delivery, I/O and wiring"},
}};
