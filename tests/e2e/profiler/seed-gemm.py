#!/usr/bin/env python3
# Writes a copy of an example's GEMM that is bound by one thing: each variant is
# a few replacements, so that the rest is the example as it is.
# usage: seed-gemm.py load|barrier|link|good EXAMPLES FOLDER
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
import os
import sys

# Filling the operands is not what is looked at: the first row is enough.
NODE = [
    ("gemm.c", "for (int i = 0; i < M; ++i)\n    for (int k = 0; k < K; ++k)\n      A[",
     "for (int i = 0; i < 1; ++i)\n    for (int k = 0; k < K; ++k)\n      A["),
    ("gemm.c", "for (int k = 0; k < K; ++k)\n    for (int j = 0; j < N; ++j)\n      B[",
     "for (int k = 0; k < 1; ++k)\n    for (int j = 0; j < N; ++j)\n      B["),
]
MESH = [
    ("gemm_mesh.c", "for (int i = 0; i < Block; ++i)\n    for (int j = 0; j < Block; ++j) {",
     "for (int i = 0; i < 1; ++i)\n    for (int j = 0; j < Block; ++j) {"),
]

kernel = open(os.path.join(sys.argv[2], "common", "gemm_kernel.h")).read()
KERNEL = kernel[kernel.index("#pragma clang loop unroll_count(8)"):kernel.index("  if (c) {")]

VARIANTS = {
    # As the example is: the matrix unit is busy.
    "good": NODE,
    # One thread, and every product right behind loads of its own; the compiler
    # must be told not to move them apart.
    "load": NODE + [
        ("gemm.c", "  teamRun(work, 0);\n", "  work(0);\n"),
        ("gemm_kernel.h", KERNEL, """#define STEP(C, A, B)                                                            \\
  __asm__ volatile("" ::: "memory");                                             \\
  C = __builtin_tatami_mma_bf16(C, a[A], b[B])
#pragma clang loop unroll(disable) pipeline(disable)
  for (long i = 0; i < k / TileK; ++i, a += 4, b += 2) {
    STEP(c00, 0, 0); // seeded: loads
    STEP(c01, 0, 1); // seeded: loads
    STEP(c10, 1, 0); // seeded: loads
    STEP(c11, 1, 1); // seeded: loads
    STEP(c20, 2, 0); // seeded: loads
    STEP(c21, 2, 1); // seeded: loads
    STEP(c30, 3, 0); // seeded: loads
    STEP(c31, 3, 1); // seeded: loads
  }
"""),
    ],
    # All nodes meet after every four k's, each with one thread.
    "barrier": MESH + [
        ("gemm_mesh.c", "  teamRun(work, 0);\n", "  work(0);\n"),
        ("gemm_mesh.c", "    teamMeet(thread); // the blocks are there, and nobody reads the last ones\n", ""),
        ("gemm_mesh.c", "    Tile *panel = PackedA + thread * TilesOfPanelA;\n",
         "    for (int thread = 0; thread < TeamSize; ++thread) {\n    Tile *panel = PackedA + thread * TilesOfPanelA;\n"),
        ("gemm_mesh.c", "    teamMeet(thread); // all of B is packed\n",
         "    }\n    for (int thread = 0; thread < TeamSize; ++thread)\n"),
        ("gemm_mesh.c", "multiplyPanels(panel, ", "multiplyPanels(PackedA + thread * TilesOfPanelA, "),
        ("gemm_kernel.h", "    c31 = __builtin_tatami_mma_bf16(c31, a3, b1);\n",
         "    c31 = __builtin_tatami_mma_bf16(c31, a3, b1);\n    tatami_barrier_all(); // seeded: barrier\n"),
    ],
    # Every node fetches panels from the other half of its row, again and again:
    # all of a row over the link in its middle.
    "link": MESH + [
        ("gemm_mesh.c", "static float C[", """static uint16_t FetchedA[Block * Block] __attribute__((aligned(64)));
static uint16_t FetchedB[Block * Block] __attribute__((aligned(64)));
static float C["""),
        ("gemm_mesh.c", """      if (s == 0)
        sendBlocks(x, y);
      if (s != x)
        __builtin_tatami_swait(ArrivedA + s, 1);
      if (s != y)
        __builtin_tatami_swait(ArrivedB + s, 1);
""", """      const int other = y * Grid + (x ^ 2);
      __builtin_tatami_pull(FetchedA, remote(other, A[x ^ 2]), sizeof FetchedA, ArrivedA);
      __builtin_tatami_pull(FetchedB, remote(other, B[y]), sizeof FetchedB, ArrivedA);
      __builtin_tatami_swait(ArrivedA, 2); // seeded: link
"""),
        ("gemm_mesh.c", "for (int s = 0; s < Grid; ++s) {\n    if (thread", "for (int s = 0; s < 4 * Grid; ++s) {\n    if (thread"),
        ("gemm_mesh.c", "packPanelOfA(A[s] + ", "if (s == 0) packPanelOfA(FetchedA + "),
        ("gemm_mesh.c", "packRowsOfAllPanels(B[s], ", "if (s == 0) packRowsOfAllPanels(FetchedB, "),
        ("gemm_mesh.c", "for (int j = 0; j < ColumnPanels; ++j)", "for (int j = 0; j < 1; ++j)"),
        ("gemm_mesh.c", "static void sendBlocks(", "__attribute__((unused)) static void sendBlocks("),
    ],
}

variant, examples, folder = sys.argv[1:]
texts = {}
for name in ("gemm.c", "gemm_mesh.c"):
    texts[name] = open(os.path.join(examples, "03-gemm", name)).read()
texts["gemm_kernel.h"] = open(os.path.join(examples, "common", "gemm_kernel.h")).read()
for name, old, new in VARIANTS[variant]:
    if texts[name].count(old) != 1:
        sys.exit(f"seed-gemm.py: error: {name} has {texts[name].count(old)} places like '{old.strip()}', one is wanted: "
                 f"the example has changed, and variant '{variant}' must follow it")
    texts[name] = texts[name].replace(old, new)
for name, text in texts.items():
    with open(os.path.join(folder, name), "w") as file:
        file.write(text)
