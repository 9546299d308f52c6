// C = A * B in BF16 with FP32 sums on all nodes of a rectangle: SUMMA, with
// multicasts by the list engine that run under the multiplication.
// usage: 05-gemm-tile.elf [FILE [SEED]]   FILE receives rows and columns of C
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A node owns 256 x 256 elements of C. Step s multiplies 64 columns of A and 64
// rows of B. Those of a row of nodes are owned by the node in column s of the
// grid (modulo its width), which packs them once and sends them to its row; B
// goes along the columns alike. Each node has room for three steps: while it
// multiplies one the next ones arrive.
//
// Thread 0 multiplies. Threads 1 and 2 pack, as early as they can. A panel's
// descriptor waits until it is packed and until all receivers have finished the
// step that used its room; its signal, behind the data, says that it is there.
#include "problem.h"
#include "step.h"

#include <stdio.h>
#include <stdlib.h>
#include <math.h>

enum { Steps = K / Depth, Rooms = 3 };
_Static_assert(NodeRows == Rows && NodeColumns == Columns, "one size");

enum {
  // Semaphores; of Ready, one for each room.
  ReadyA = 0,
  ReadyB = ReadyA + Rooms,
  CreditA = ReadyB + Rooms,
  CreditB,
  PackedA,
  PackedB,
  Line,
};

static struct {
  PanelA a[Rooms];
  PanelB b[Rooms];
} Room;
static Block C[RowPanels][ColumnPanels];
// The panels that this node owns, number n for step n * width + X (height, Y): as
// rows they are at place n + 1, packed at place n.
static PanelA *OwnA;
static PanelB *OwnB;
static int CountA, CountB;

// The grid of nodes that take part. Of a die's 18 columns the last one has
// disabled nodes, so nobody of it takes part.
enum { DieColumns = 18, DieRows = 20, CleanColumns = 17 };
static int Width, Height; // of the grid
static int X, Y;          // of this node in the grid; X is -1 outside
static int RealX, RealY;

static int realColumn(int x) {
  return Width == tatami_columns() ? x : x / CleanColumns * DieColumns + x % CleanColumns;
}

static void findPlace(void) {
  const int columns = tatami_columns();
  RealX = X = tatami_x(), RealY = Y = tatami_y();
  Width = columns, Height = tatami_rows();
  if (columns % DieColumns == 0 && Height % DieRows == 0) {
    Width = columns / DieColumns * CleanColumns;
    X = RealX % DieColumns < CleanColumns ? RealX / DieColumns * CleanColumns + RealX % DieColumns : -1;
  }
}

static int stepsOf(int first, int stride) {
  return first < Steps ? (Steps - first + stride - 1) / stride : 0;
}

static void makeOperands(void) {
  CountA = stepsOf(X, Width), CountB = stepsOf(Y, Height);
  OwnA = aligned_alloc(64, (CountA + 1) * sizeof(PanelA));
  OwnB = aligned_alloc(64, (CountB + 1) * sizeof(PanelB));
  if (!OwnA || !OwnB)
    abort();
  for (int n = 0; n < CountA; ++n) {
    uint16_t *rows = (uint16_t *)OwnA[n + 1];
    for (int i = 0; i < Rows; ++i)
      for (int k = 0; k < Depth; ++k)
        rows[i * Depth + k] = gemmElement(GemmSeedA, Y * Rows + i, (n * Width + X) * Depth + k);
  }
  for (int n = 0; n < CountB; ++n) {
    uint16_t *rows = (uint16_t *)OwnB[n + 1];
    for (int k = 0; k < Depth; ++k)
      for (int j = 0; j < Columns; ++j)
        rows[k * Columns + j] = gemmElement(GemmSeedB, (n * Height + Y) * Depth + k, X * Columns + j);
  }
}

// Two descriptors a panel, at most.
static tatami_descriptor ListA[2 * Steps], ListB[2 * Steps];

// The list that sends the panels of steps `first`, `first` + `stride` and so on.
static void makeList(tatami_descriptor *list, int first, int stride, tatami_nodes to,
                     char *rooms, const char *panels, size_t bytes, int packed,
                     int credit, int receivers, int ready) {
  tatami_descriptor *d = list;
  for (int s = first; s < Steps; s += stride, panels += bytes) {
    if (s >= Rooms) {
      *d = tatami_list_wait_for(credit, receivers);
      ++d;
    }
    *d = tatami_list_multicast(to, rooms + s % Rooms * bytes, panels, bytes);
    tatami_list_when(d, packed, 1);
    tatami_list_signal_after(d, ready + s % Rooms, 1);
    ++d;
  }
  tatami_list_chain(list, d - list);
}

static void packA(void *unused) {
  (void)unused;
  for (int n = 0; n < CountA; ++n) {
    packPanelA((const uint16_t *)OwnA[n + 1], &OwnA[n]);
    tatami_sem_post(PackedA, 1);
  }
}
static void packB(void *unused) {
  (void)unused;
  for (int n = 0; n < CountB; ++n) {
    packPanelB((const uint16_t *)OwnB[n + 1], &OwnB[n]);
    tatami_sem_post(PackedB, 1);
  }
}

static void multiply(void) {
  if (CountA) {
    tatami_list_start(0, ListA);
    tatami_thread_start(1, packA, 0);
  }
  if (CountB) {
    tatami_list_start(1, ListB);
    tatami_thread_start(2, packB, 0);
  }
  for (int s = 0; s < Steps; ++s) {
    tatami_sem_wait(ReadyA + s % Rooms, 1);
    tatami_sem_wait(ReadyB + s % Rooms, 1);
    multiplyStep(&Room.a[s % Rooms], &Room.b[s % Rooms], C);
    if (s + Rooms < Steps) {
      tatami_sem_signal(RealY * tatami_columns() + realColumn((s + Rooms) % Width), CreditA, 1);
      tatami_sem_signal((s + Rooms) % Height * tatami_columns() + RealX, CreditB, 1);
    }
  }
  if (CountA)
    tatami_thread_join(1);
  if (CountB)
    tatami_thread_join(2);
}

// Every node computes one of its elements once more, by itself.
static int checkOneElement(void) {
  const uint32_t h = gemmHash(3, X, Y);
  const int i = h % Rows, j = h / Rows % Columns;
  float sum = 0;
  for (int k = 0; k < K; ++k) {
    const uint32_t a = (uint32_t)gemmElement(GemmSeedA, Y * Rows + i, k) << 16;
    const uint32_t b = (uint32_t)gemmElement(GemmSeedB, k, X * Columns + j) << 16;
    float fa, fb;
    __builtin_memcpy(&fa, &a, 4);
    __builtin_memcpy(&fb, &b, 4);
    sum = fmaf(fa, fb, sum);
  }
  const float found = *elementOfC(C, i, j);
  if (sum == found)
    return 1;
  fprintf(stderr, "gemm: error: node %d: C[%d][%d] is %a, expected %a\n", tatami_node(),
          Y * Rows + i, X * Columns + j, (double)found, (double)sum);
  return 0;
}

// Writes a row or column of C that is checked on the host. The first node of the
// row (column) of nodes collects it in its rooms, which are free now.
static int writeLine(const char *path, uint32_t seed, int column, int n) {
  static float part[256] __attribute__((aligned(64)));
  _Static_assert(Rows == 256 && Columns == 256, "size of a part");
  const long rows = (long)Height * Rows, columns = (long)Width * Columns;
  const long length = column ? rows : columns;
  const long chosen = checkedLine(seed, column, n, column ? columns : rows);
  if (column ? chosen / Columns != X : chosen / Rows != Y)
    return 1;
  for (int i = 0; i < 256; ++i)
    part[i] = column ? *elementOfC(C, i, chosen % Columns) : *elementOfC(C, chosen % Rows, i);
  const int first = column ? RealX : RealY * tatami_columns();
  tatami_push(tatami_remote(first, (char *)&Room + (column ? Y : X) * sizeof part), part, sizeof part);
  tatami_sem_signal(first, Line, 1);
  if (tatami_node() != first)
    return 1;
  tatami_sem_wait(Line, length / 256);
  FILE *file = fopen(path, "r+b");
  const long at = column ? CheckedLines * columns + n * rows : n * columns;
  const int ok = file && fseek(file, at * sizeof(float), SEEK_SET) == 0 &&
                 fwrite(&Room, sizeof(float), length, file) == (size_t)length;
  return (!file || fclose(file) == 0) && ok;
}

int main(int argc, char **argv) {
  findPlace();
  if (Width < 3 || Height < 3) {
    if (tatami_node() == 0)
      fprintf(stderr, "gemm: error: this program wants at least 3 x 3 nodes; run it with --machine mesh-4x4\n");
    return 2;
  }
  const int takesPart = X >= 0;
  if (takesPart) {
    makeOperands();
    makeList(ListA, X, Width, tatami_rect(0, RealY, realColumn(Width - 1), RealY),
             (char *)Room.a, (const char *)OwnA, sizeof(PanelA), PackedA, CreditA, Width, ReadyA);
    makeList(ListB, Y, Height, tatami_rect(RealX, 0, RealX, Height - 1),
             (char *)Room.b, (const char *)OwnB, sizeof(PanelB), PackedB, CreditB, Height, ReadyB);
  }
  tatami_barrier_all();

  int right = 1;
  if (takesPart) {
    tatami_region_begin("gemm");
    multiply();
    tatami_region_end();
    right = checkOneElement();
  }

  if (argc > 1) {
    // Node 0 makes the file.
    FILE *file = 0;
    if (tatami_node() == 0 && (file = fopen(argv[1], "wb")))
      fclose(file);
    const uint32_t seed = argc > 2 ? strtoul(argv[2], 0, 10) : 0;
    for (int line = 0; line < 2 * CheckedLines; ++line) {
      tatami_barrier_all();
      if (takesPart && !writeLine(argv[1], seed, line >= CheckedLines, line % CheckedLines)) {
        fprintf(stderr, "gemm: error: node %d cannot write '%s'\n", tatami_node(), argv[1]);
        right = 0;
      }
    }
  }
  if (tatami_node() == 0)
    printf("gemm: %d x %d x %d on %d x %d nodes, C[0][0] = %.8g\n", Height * Rows,
           Width * Columns, K, Width, Height, (double)*elementOfC(C, 0, 0));
  return !right;
}
