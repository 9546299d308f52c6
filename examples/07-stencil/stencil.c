// Heat in a plate: a 5-point stencil in FP32, one block of the plate a node,
// whose edges the neighbours exchange in every step.
// usage: 07-stencil.elf [STEPS]
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// In a step a node sends its four edges to its neighbours' halos (rows as they
// are, columns packed), computes the rows that need no neighbour's row as soon
// as the columns are there, then the first and the last row. Two generations of
// the block alternate: a neighbour that is one step ahead writes to the halo of
// the other one, and it cannot be two steps ahead.
//
// The plate lies on the columns of nodes that are enabled from top to bottom.
// Every node checks its own block against a second computation, of the block and
// all that could have reached it, without any communication.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <tatami.h>
#include <tatami/collectives.h>

enum {
  Rows = 32, Columns = 64, // of a node's block
  Pad = 16,                // the halo column keeps rows aligned
  Stride = Columns + 2 * Pad,
  MostSteps = 24,
  MostColumns = TATAMI_GROUP_LINE,
};
enum { North, East, South, West, Directions };
enum { FirstEdge = 0, FirstOfGroup = 8 }; // semaphores

typedef tatami_v16f32 V;
typedef float AnyV __attribute__((vector_size(64), aligned(4)));

static float plate[2][Rows + 2][Stride] __attribute__((aligned(64)));
static float edgeOut[2][Rows] __attribute__((aligned(64)));    // west, east
static float edgeIn[2][2][Rows] __attribute__((aligned(64))); // by generation
static tatami_group group;

// The plate in nodes, and this node's place in it.
static int nodeColumns, nodeRows, myColumn = -1, myRow;
static int columnX[MostColumns];
static int neighbour[Directions];

static void findPlate(void) {
  nodeRows = tatami_rows();
  for (int x = 0; x < tatami_columns(); ++x) {
    int whole = 1;
    for (int y = 0; y < nodeRows; ++y)
      whole &= tatami_group_has(&group, x, y);
    if (!whole)
      continue;
    if (x == tatami_x())
      myColumn = nodeColumns;
    columnX[nodeColumns++] = x;
  }
  myRow = tatami_y();
}

static int nodeAt(int column, int row) {
  return column < 0 || row < 0 || column >= nodeColumns || row >= nodeRows
             ? -1
             : row * tatami_columns() + columnX[column];
}

// Start: a hash of the position in the plate; around the plate is 0.
static float start(int row, int column) {
  if (row < 0 || column < 0 || row >= nodeRows * Rows || column >= nodeColumns * Columns)
    return 0.0f;
  uint32_t h = (uint32_t)row * 0x9e3779b1u ^ (uint32_t)column * 0x85ebca77u;
  h = (h ^ (h >> 15)) * 0x2c1b3c6du;
  return (float)(h >> 8) * 0x1p-24f;
}

static inline V mean(V north, V south, V west, V east) {
  return ((north + south) + (west + east)) * 0.25f;
}

// A row at a time: all its additions are under way before the first is needed.
static void computeRow(int from, int r) {
  const float *row = &plate[from][r][Pad];
  V next[Columns / 16];
#pragma clang loop unroll(full)
  for (int j = 0; j < Columns / 16; ++j)
    next[j] = mean(*(const V *)&row[16 * j - Stride], *(const V *)&row[16 * j + Stride],
                   *(const AnyV *)&row[16 * j - 1], *(const AnyV *)&row[16 * j + 1]);
#pragma clang loop unroll(full)
  for (int j = 0; j < Columns / 16; ++j)
    *(V *)&plate[!from][r][Pad + 16 * j] = next[j];
}

static void send(int direction, void *to, const void *from, long bytes) {
  const int node = neighbour[direction];
  if (node < 0)
    return;
  tatami_push(tatami_remote(node, to), from, (size_t)bytes);
  // For the neighbour it comes from the other side.
  tatami_sem_signal(node, FirstEdge + (direction + 2) % Directions, 1);
}
static void await(int direction) {
  if (neighbour[direction] >= 0)
    tatami_sem_wait(FirstEdge + direction, 1);
}

static void step(int from) {
  for (int r = 0; r < Rows; ++r) {
    edgeOut[0][r] = plate[from][r + 1][Pad];
    edgeOut[1][r] = plate[from][r + 1][Pad + Columns - 1];
  }
  send(West, edgeIn[from][1], edgeOut[0], sizeof edgeOut[0]);
  send(East, edgeIn[from][0], edgeOut[1], sizeof edgeOut[1]);
  send(North, &plate[from][Rows + 1][Pad], &plate[from][1][Pad], Columns * sizeof(float));
  send(South, &plate[from][0][Pad], &plate[from][Rows][Pad], Columns * sizeof(float));

  await(West);
  await(East);
  for (int r = 0; r < Rows; ++r) {
    plate[from][r + 1][Pad - 1] = edgeIn[from][0][r];
    plate[from][r + 1][Pad + Columns] = edgeIn[from][1][r];
  }
  for (int r = 2; r < Rows; ++r)
    computeRow(from, r);
  await(North);
  await(South);
  computeRow(from, 1);
  computeRow(from, Rows);
}

// The block after `steps` steps, from the start values of everything within
// `steps` of it. Returns how many elements of the block differ.
static int64_t countWrong(int steps) {
  enum { Height = Rows + 2 * MostSteps, Width = Columns + 2 * MostSteps };
  static float all[2][Height][Width];
  const int top = myRow * Rows - steps, left = myColumn * Columns - steps;
  const int height = Rows + 2 * steps, width = Columns + 2 * steps;
  for (int r = 0; r < height; ++r)
    for (int c = 0; c < width; ++c)
      all[0][r][c] = start(top + r, left + c);
  for (int s = 0; s < steps; ++s)
    for (int r = s + 1; r < height - s - 1; ++r)
      for (int c = s + 1; c < width - s - 1; ++c) {
        float(*u)[Width] = all[s & 1];
        const int inside = top + r >= 0 && left + c >= 0 && top + r < nodeRows * Rows &&
                           left + c < nodeColumns * Columns;
        all[!(s & 1)][r][c] =
            inside ? ((u[r - 1][c] + u[r + 1][c]) + (u[r][c - 1] + u[r][c + 1])) * 0.25f : 0.0f;
      }
  int64_t wrong = 0;
  for (int r = 0; r < Rows; ++r)
    for (int c = 0; c < Columns; ++c)
      wrong += memcmp(&plate[steps & 1][r + 1][Pad + c], &all[steps & 1][steps + r][steps + c],
                      sizeof(float)) != 0;
  return wrong;
}

int main(int argc, char **argv) {
  const int steps = argc > 1 ? atoi(argv[1]) : 10;
  if (steps < 0 || steps > MostSteps) {
    if (tatami_rank() == 0)
      fprintf(stderr, "07-stencil: error: STEPS is from 0 to %d\n", MostSteps);
    return 2;
  }
  tatami_group_init(&group, tatami_all_nodes(), FirstOfGroup);
  findPlate();
  const int works = myColumn >= 0;
  if (works) {
    neighbour[North] = nodeAt(myColumn, myRow - 1);
    neighbour[East] = nodeAt(myColumn + 1, myRow);
    neighbour[South] = nodeAt(myColumn, myRow + 1);
    neighbour[West] = nodeAt(myColumn - 1, myRow);
    for (int r = 0; r < Rows; ++r)
      for (int c = 0; c < Columns; ++c)
        plate[0][r + 1][Pad + c] = start(myRow * Rows + r, myColumn * Columns + c);
  }
  // Nobody sends to a node that still sets its plate up.
  tatami_group_sync(&group);
  const uint64_t begin = tatami_cycles();
  tatami_region_begin("stencil");
  for (int s = 0; works && s < steps; ++s)
    step(s & 1);
  tatami_region_end();
  static int64_t result[8] __attribute__((aligned(64))), most[8] __attribute__((aligned(64)));
  result[0] = works ? (int64_t)(tatami_cycles() - begin) : 0;
  result[1] = works ? countWrong(steps) : 0;
  tatami_all_reduce_i64(&group, TATAMI_MAX, result, most, 8);
  tatami_all_reduce_i64(&group, TATAMI_SUM, result, result, 8);

  if (tatami_rank() == 0) {
    printf("%d x %d nodes, %d x %d elements each, %d steps\n", nodeColumns, nodeRows, Columns,
           Rows, steps);
    printf("%lld cycles, %.1f a step\n", (long long)most[0],
           steps ? (double)most[0] / steps : 0.0);
    printf(result[1] ? "%lld elements are wrong\n" : "all elements are right\n",
           (long long)result[1]);
  }
  return result[1] != 0;
}
