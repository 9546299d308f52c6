// Trains a 784-128-10 perceptron on Fashion-MNIST, data-parallel on all nodes.
// usage: 04-fashion-mnist.elf DIR EPOCHS TRAIN TEST
//   DIR     folder of train-images, train-labels, t10k-images, t10k-labels
//           (the uncompressed files); receives weights.bin and nodes.txt
//   TRAIN   images of an epoch (a multiple of 16 a node), TEST images of the test
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Each step, each node: reads its 16 images; forward; backward. The library's
// all-reduce sums the gradients, in two halves: a reduce-scatter, after which
// every node updates the FP32 weights that it owns, and an all-gather of their
// BF16 copies, from which all matrix products are made.
#include "net.h"
#include "tiles.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <tatami/collectives.h>
#include <unistd.h>

enum {
  ImageRow = 800, // a row of X: 792 inputs, padded to whole vectors
  HiddenRow = 160,
  // A node owns as many tiles as any other; the last nodes' may be padding.
  MostOwnTiles = 102,  // of 16 nodes
  MostTiles = 1770,    // all tiles and the padding, on 354 nodes
};

typedef float FloatTile[64];

// Weights in BF16, as B operands, and this step's gradients.
static Pair Weights[MostTiles];
static Pair *const W1 = Weights, *const W2 = Weights + FirstTile2;
static Pair W2Transposed[Outputs / 8][Hidden / 8];
static FloatTile Gradients[MostTiles] __attribute__((aligned(64)));
// What this node owns: weights, momentum, sums of gradients, BF16 copies.
static FloatTile Master[MostOwnTiles] __attribute__((aligned(64)));
static FloatTile Velocity[MostOwnTiles] __attribute__((aligned(64)));
static FloatTile Sums[MostOwnTiles] __attribute__((aligned(64)));
static Pair Own[MostOwnTiles];
static float Loss[16] __attribute__((aligned(64)));
static int32_t Right[16] __attribute__((aligned(64)));

static uint8_t Images[NodeBatch][Pixels] __attribute__((aligned(64)));
static uint8_t Labels[NodeBatch];
static uint16_t X[NodeBatch][ImageRow] __attribute__((aligned(64)));
static Tile XRows[2][ImageRow / 4];         // A operand: images by inputs
static Tile XColumns[ImageRow / 8][NodeBatch / 4]; // A operand: inputs by images
static float HiddenSums[NodeBatch][Hidden] __attribute__((aligned(64)));
static uint16_t H[NodeBatch][HiddenRow] __attribute__((aligned(64)));
static Tile HRows[2][HiddenRow / 4], HColumns[HiddenRow / 8][NodeBatch / 4];
static float Scores[NodeBatch][Outputs] __attribute__((aligned(64)));
static uint16_t DScores[NodeBatch][32] __attribute__((aligned(64)));
static Tile DScoresRows[2][32 / 4], DScoresColumns[4][4]; // [k group][tile]
static uint16_t DHidden[NodeBatch][Hidden] __attribute__((aligned(64)));
static Tile DHiddenTiles[NodeBatch / 4][Hidden / 8];

static tatami_group Everyone;
static int Rank, Nodes, OwnTiles;

static void fail(const char *what) {
  fprintf(stderr, "fashion-mnist: error: %s\n", what);
  exit(1);
}

// All nodes together may have 256 files open: one at a time, and who finds no
// room tries again.
static int openFile(const char *directory, const char *name, int flags) {
  char path[128];
  snprintf(path, sizeof path, "%s/%s", directory, name);
  int file;
  do
    file = open(path, flags, 0644);
  while (file < 0 && errno == EMFILE);
  if (file < 0) {
    fprintf(stderr, "fashion-mnist: error: cannot open '%s'\n", path);
    exit(1);
  }
  return file;
}

static void readAt(int file, long offset, void *to, long bytes) {
  if (lseek(file, offset, SEEK_SET) != offset || read(file, to, bytes) != bytes)
    fail("the data file is too short");
}

// IDX files: a header of 16 bytes before images, of 8 before labels.
static void readImages(const char *directory, const char *images, const char *labels,
                       const uint32_t *which, int count) {
  int file = openFile(directory, images, O_RDONLY);
  for (int i = 0; i < count; ++i)
    readAt(file, 16 + (long)which[i] * Pixels, Images[i], Pixels);
  close(file);
  file = openFile(directory, labels, O_RDONLY);
  for (int i = 0; i < count; ++i)
    readAt(file, 8 + which[i], &Labels[i], 1);
  close(file);
}

// Pixels to BF16: p / 256 has at most 8 significant bits, so cutting is exact.
static void widenImages(void) {
  for (int i = 0; i < NodeBatch; ++i) {
    for (int p = 0; p < Pixels; ++p)
      X[i][p] = (uint16_t)(floatToBits((float)Images[i][p] * 0x1p-8f) >> 16);
    X[i][Pixels] = 0x3f80; // 1, for the bias
  }
}

static void forward(void) {
  packRows(&X[0][0], ImageRow, ImageRow, &XRows[0][0], &XRows[1][0]);
  for (int j = 0; j < Hidden / 8; j += 4)
    multiply2x4(XRows[0], XRows[1], &W1[j], Hidden / 8, RowTiles1,
                &HiddenSums[0][j * 8], Hidden);

  for (int i = 0; i < NodeBatch; ++i) {
    for (int j = 0; j < Hidden; j += 32)
      *(Tile *)&H[i][j] = narrow(relu(*(V16f *)&HiddenSums[i][j]),
                                 relu(*(V16f *)&HiddenSums[i][j + 16]));
    H[i][Hidden] = 0x3f80; // 1, for the bias
  }
  packRows(&H[0][0], HiddenRow, HiddenRow, &HRows[0][0], &HRows[1][0]);
  multiply2x2(HRows[0], HRows[1], W2, Outputs / 8, RowTiles2,
              &Scores[0][0], Outputs);
}

// Loss and gradient of the scores for the first `count` images.
static void judge(int count) {
  for (int i = 0; i < NodeBatch; ++i) {
    float gradient[Outputs];
    int right = 0;
    for (int c = 0; c < Outputs; ++c)
      gradient[c] = 0.0f;
    if (i < count) {
      Loss[0] += softmaxGradient(Scores[i], Labels[i], gradient, &right);
      Right[0] += right;
    }
    V16f row;
    memcpy(&row, gradient, sizeof row);
    *(Tile *)DScores[i] = narrow(row, (V16f){0});
  }
}

// Gradient of the hidden sums: through W2, then ReLU.
static void backwardHidden(void) {
  packRows(&DScores[0][0], 32, 32, &DScoresRows[0][0], &DScoresRows[1][0]);
  for (int j = 0; j < Hidden / 8; ++j)
    for (int c = 0; c < 2; ++c)
      transpose8x8(W2[j * (Outputs / 8) + c], W2Transposed[c][j]);
  static float sums[NodeBatch][Hidden] __attribute__((aligned(64)));
  for (int j = 0; j < Hidden / 8; j += 4)
    multiply2x4(DScoresRows[0], DScoresRows[1], &W2Transposed[0][j], Hidden / 8,
                Outputs / 8, &sums[0][j * 8], Hidden);
  for (int i = 0; i < NodeBatch; ++i)
    for (int j = 0; j < Hidden; j += 32)
      *(Tile *)&DHidden[i][j] =
          narrow(where(*(V16f *)&HiddenSums[i][j], *(V16f *)&sums[i][j]),
                 where(*(V16f *)&HiddenSums[i][j + 16], *(V16f *)&sums[i][j + 16]));
}

// This node's part of all gradients.
static void computeGradients(void) {
  packColumns(&X[0][0], ImageRow, ImageRow, &XColumns[0][0]);
  packColumns(&H[0][0], HiddenRow, HiddenRow, &HColumns[0][0]);
  packTiles(&DHidden[0][0], Hidden, Hidden, &DHiddenTiles[0][0], Hidden / 8);
  packTiles(&DScores[0][0], 32, 32, &DScoresColumns[0][0], 4);
  for (int t = 0; t < RowTiles1; ++t)
    for (int j = 0; j < Hidden / 8; j += 8)
      multiply1x8(XColumns[t], &DHiddenTiles[0][j], Hidden / 8, NodeBatch / 4,
                  &Gradients[t * (Hidden / 8) + j]);
  for (int u = 0; u < RowTiles2; ++u)
    multiply1x2(HColumns[u], &DScoresColumns[0][0], 4, NodeBatch / 4,
                Gradients[FirstTile2 + u * (Outputs / 8)]);
}

// The sum over all nodes of what this node owns, momentum, update.
static void update(float rate) {
  tatami_reduce_scatter_f32(&Everyone, TATAMI_SUM, Gradients[0], Sums[0],
                            (size_t)OwnTiles * 64);
  V16f *w = (V16f *)Master, *v = (V16f *)Velocity;
  const V16f *sum = (const V16f *)Sums;
  for (int i = 0; i < OwnTiles * 4; ++i) {
    v[i] = __builtin_elementwise_fma((V16f){} + Momentum, v[i], sum[i]);
    w[i] = __builtin_elementwise_fma((V16f){} - rate, v[i], w[i]);
  }
}

// BF16 copies of what this node owns, to every node.
static void shareWeights(void) {
  for (int i = 0; i < OwnTiles; ++i)
    narrowTile(Master[i], Own[i]);
  tatami_all_gather(&Everyone, Own, Weights, (size_t)OwnTiles * sizeof(Pair));
}

static void initialise(void) {
  for (int i = 0; i < OwnTiles; ++i) {
    const int tile = Rank * OwnTiles + i, tile2 = tile - FirstTile2;
    if (tile >= AllTiles)
      break;
    for (int r = 0; r < 8; ++r)
      for (int c = 0; c < 8; ++c)
        Master[i][r * 8 + c] =
            tile2 < 0 ? initialWeight1(tile / (Hidden / 8) * 8 + r, tile % (Hidden / 8) * 8 + c)
                      : initialWeight2(tile2 / (Outputs / 8) * 8 + r, tile2 % (Outputs / 8) * 8 + c);
  }
  shareWeights();
}

// Adds everybody's counts.
typedef struct { int32_t right; float loss; } Counts;
static Counts sumCounts(void) {
  tatami_all_reduce_f32(&Everyone, TATAMI_SUM, Loss, Loss, 16);
  tatami_all_reduce_i32(&Everyone, TATAMI_SUM, Right, Right, 16);
  const Counts sum = {Right[0], Loss[0]};
  Loss[0] = 0.0f;
  Right[0] = 0;
  return sum;
}

static Counts trainEpoch(const char *directory, uint32_t epoch, uint32_t images) {
  const uint32_t batch = (uint32_t)Nodes * NodeBatch;
  for (uint32_t at = 0; at < images; at += batch) {
    uint32_t which[NodeBatch];
    for (int i = 0; i < NodeBatch; ++i)
      which[i] = imageOf(epoch, at + Rank * NodeBatch + i);
    readImages(directory, "train-images", "train-labels", which, NodeBatch);
    widenImages();
    forward();
    judge(NodeBatch);
    backwardHidden();
    computeGradients();
    update(learningRate(epoch, batch));
    shareWeights();
  }
  return sumCounts();
}

static Counts test(const char *directory, uint32_t images) {
  const uint32_t first = images * Rank / Nodes, end = images * (Rank + 1) / Nodes;
  for (uint32_t at = first; at < end; at += NodeBatch) {
    const int count = end - at < NodeBatch ? (int)(end - at) : NodeBatch;
    uint32_t which[NodeBatch];
    for (int i = 0; i < count; ++i)
      which[i] = at + i;
    readImages(directory, "t10k-images", "t10k-labels", which, count);
    widenImages();
    forward();
    judge(count);
  }
  return sumCounts();
}

// Every owner writes its master weights into the file, as two row-major matrices.
static void saveWeights(const char *directory) {
  if (Rank == 0)
    close(openFile(directory, "weights.bin", O_WRONLY | O_CREAT | O_TRUNC));
  tatami_group_sync(&Everyone);
  const int file = openFile(directory, "weights.bin", O_WRONLY);
  for (int i = 0; i < OwnTiles && Rank * OwnTiles + i < AllTiles; ++i) {
    const int tile = Rank * OwnTiles + i, second = tile >= FirstTile2;
    const int inMatrix = tile - (second ? FirstTile2 : 0);
    const int columns = second ? Outputs : Hidden, perRow = columns / 8;
    const long matrix = second ? (long)Inputs * Hidden : 0;
    for (int r = 0; r < 8; ++r) {
      const long row = inMatrix / perRow * 8 + r, column = inMatrix % perRow * 8;
      lseek(file, (matrix + row * columns + column) * (long)sizeof(float), SEEK_SET);
      if (write(file, &Master[i][r * 8], 8 * sizeof(float)) != 8 * sizeof(float))
        fail("cannot write weights.bin");
    }
  }
  close(file);
}

// Which nodes there are, as the reference reads it: a line of # and . for each row.
static void saveNodes(const char *directory) {
  char path[128];
  snprintf(path, sizeof path, "%s/nodes.txt", directory);
  FILE *file = fopen(path, "w");
  if (!file)
    fail("cannot write nodes.txt");
  for (int y = 0; y < tatami_rows(); ++y) {
    for (int x = 0; x < tatami_columns(); ++x)
      putc(tatami_group_has(&Everyone, x, y) ? '#' : '.', file);
    putc('\n', file);
  }
  fclose(file);
}

int main(int argc, char **argv) {
  Rank = tatami_rank();
  Nodes = tatami_node_count();
  OwnTiles = (AllTiles + Nodes - 1) / Nodes;
  if (OwnTiles > MostOwnTiles || OwnTiles * Nodes > MostTiles) {
    if (Rank == 0)
      fprintf(stderr, "fashion-mnist: error: this program wants 16 to 354 nodes; run it with --machine mesh-4x4 or die\n");
    return 2;
  }
  if (argc != 5) {
    if (Rank == 0)
      fprintf(stderr, "usage: 04-fashion-mnist.elf DIR EPOCHS TRAIN TEST\n");
    return 2;
  }
  tatami_group_init(&Everyone, tatami_all_nodes(), 0);
  const char *directory = argv[1];
  const int epochs = atoi(argv[2]);
  const uint32_t train = atoi(argv[3]), tests = atoi(argv[4]);

  if (Rank == 0)
    saveNodes(directory);
  initialise();
  for (int epoch = 0; epoch < epochs; ++epoch) {
    const Counts learned = trainEpoch(directory, epoch, train);
    const Counts judged = test(directory, tests);
    if (Rank == 0)
      printf("epoch %2d: loss %.4f, training accuracy %.2f %%, test accuracy %.2f %%\n",
             epoch + 1, (double)(learned.loss / (float)train),
             100.0 * learned.right / train, 100.0 * judged.right / tests);
  }
  saveWeights(directory);
  return 0;
}
