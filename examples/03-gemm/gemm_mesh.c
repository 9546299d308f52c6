// 512 x 512 x 512 BF16 GEMM on 4x4 nodes: every node owns a 128 x 128 block of
// A, B and C, and pushes its A to its row and its B to its column.
// usage: 03-gemm-mesh.elf [FILE]     FILE receives C, 512 x 512 floats, row-major
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "gemm_data.h"
#include "gemm_kernel.h"
#include "node_team.h"
#include <stdio.h>

enum { Grid = 4, Block = 128, Size = Grid * Block };

// Block s of this node's row of A and of its column of B; arrival is counted
// by semaphores ArrivedA + s and ArrivedB + s.
static uint16_t A[Grid][Block * Block] __attribute__((aligned(64)));
static uint16_t B[Grid][Block * Block] __attribute__((aligned(64)));
static float C[Block * Block] __attribute__((aligned(64)));
static Tile PackedA[Block * Block / 32], PackedB[Block * Block / 32];
enum { ColumnPanels = Block / PanelColumns };
static tatami_acc Sums[TeamSize][ColumnPanels][8];

enum { ArrivedA = 0, ArrivedB = ArrivedA + Grid };
enum { TilesOfPanelA = PanelRows * Block / 32, TilesOfPanelB = PanelColumns * Block / 32 };

static uint64_t remote(int node, const void *address) {
  return (uint64_t)tatami_remote(node, address);
}

// Sends block `mine` of A along the row and of B along the column.
static void sendBlocks(int x, int y) {
  for (int i = 0; i < Grid; ++i) {
    // Begin with the neighbour, so that not all send to the same node at once.
    const int column = (x + i) % Grid, row = (y + i) % Grid;
    if (column != x) {
      const uint64_t to = remote(y * Grid + column, A[x]);
      __builtin_tatami_push(A[x], to, sizeof A[x]);
      __builtin_tatami_ssig(to, ArrivedA + x, 1);
    }
    if (row != y) {
      const uint64_t to = remote(row * Grid + x, B[y]);
      __builtin_tatami_push(B[y], to, sizeof B[y]);
      __builtin_tatami_ssig(to, ArrivedB + y, 1);
    }
  }
}

static void work(void *unused) {
  (void)unused;
  const int thread = tatami_thread(), x = tatami_x(), y = tatami_y();
  for (int s = 0; s < Grid; ++s) {
    if (thread == 0) {
      if (s == 0)
        sendBlocks(x, y);
      if (s != x)
        __builtin_tatami_swait(ArrivedA + s, 1);
      if (s != y)
        __builtin_tatami_swait(ArrivedB + s, 1);
    }
    teamMeet(thread); // the blocks are there, and nobody reads the last ones

    Tile *panel = PackedA + thread * TilesOfPanelA;
    packPanelOfA(A[s] + thread * PanelRows * Block, Block, Block, panel);
    packRowsOfAllPanels(B[s], Block, Block, Block, thread * PanelRows,
                        (thread + 1) * PanelRows, PackedB);
    teamMeet(thread); // all of B is packed

    for (int j = 0; j < ColumnPanels; ++j)
      multiplyPanels(panel, PackedB + j * TilesOfPanelB, Block, s == 0,
                     Sums[thread][j],
                     s == Grid - 1 ? C + thread * PanelRows * Block + j * PanelColumns : 0,
                     Block);
  }
}

int main(int argc, char **argv) {
  const int x = tatami_x(), y = tatami_y();
  if (tatami_columns() != Grid || tatami_rows() != Grid) {
    if (tatami_node() == 0)
      fprintf(stderr, "gemm: error: this program wants %d x %d nodes; run it with --machine mesh-4x4\n", Grid, Grid);
    return 2;
  }
  for (int i = 0; i < Block; ++i)
    for (int j = 0; j < Block; ++j) {
      A[x][i * Block + j] = gemmElement(GemmSeedA, y * Block + i, x * Block + j);
      B[y][i * Block + j] = gemmElement(GemmSeedB, y * Block + i, x * Block + j);
    }
  tatami_barrier_all();

  tatami_region_begin("gemm");
  teamRun(work, 0);
  tatami_region_end();

  if (argc > 1) {
    // Node 0 makes the file; then each node writes its rows into it.
    FILE *file = 0;
    if (tatami_node() == 0 && (file = fopen(argv[1], "wb")))
      fclose(file);
    tatami_barrier_all();
    file = fopen(argv[1], "r+b");
    int ok = file != 0;
    for (int i = 0; ok && i < Block; ++i)
      ok = fseek(file, ((y * Block + i) * (long)Size + x * Block) * sizeof(float), SEEK_SET) == 0 &&
           fwrite(C + i * Block, Block * sizeof(float), 1, file) == 1;
    if (!ok || fclose(file) != 0) {
      fprintf(stderr, "gemm: error: cannot write '%s'\n", argv[1]);
      return 1;
    }
  }
  if (tatami_node() == 0)
    printf("gemm: %d x %d x %d on %d nodes, C[0][0] = %.8g\n", Size, Size, Size,
           Grid * Grid, (double)C[0]);
  return 0;
}
