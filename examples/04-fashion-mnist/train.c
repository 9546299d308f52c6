// Trains a 784-128-10 perceptron on Fashion-MNIST, data-parallel on 16 nodes.
// usage: 04-fashion-mnist.elf DIR EPOCHS TRAIN TEST
//   DIR     folder of train-images, train-labels, t10k-images, t10k-labels
//           (the uncompressed files); receives weights.bin
//   TRAIN   images of an epoch (a multiple of 256), TEST images of the test
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Each step, each node: reads its 16 images; forward; backward; pushes its part
// of every gradient to the node that owns those weights. The owner adds the 16
// parts in order of the nodes, updates its FP32 weights, and multicasts their
// BF16 copies, from which all matrix products are made.
#include "net.h"
#include "tiles.h"
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum {
  ImageRow = 800, // a row of X: 792 inputs, padded to whole vectors
  HiddenRow = 160,
  MaxTiles1 = 7, MaxTiles2 = 2, // row tiles of one owner
  GradientsArrived = 0, WeightsArrived = 1, CountsArrived = 2, // semaphores
};

// What one owner keeps of something: tiles of 8x8 floats.
typedef struct {
  float w1[MaxTiles1][Hidden / 8][64];
  float w2[MaxTiles2][Outputs / 8][64];
} Shard __attribute__((aligned(64)));

typedef struct { uint32_t right; float loss; uint32_t pad[14]; } Counts;

// Weights in BF16, as B operands: k groups of 4 rows, then tiles of 8 columns.
static Tile W1[Inputs / 4][Hidden / 8], W2[HiddenInputs / 4][Outputs / 8];
static Tile W2Transposed[Outputs / 4][Hidden / 8];
static Shard Master, Velocity, Parts[Nodes], Mine;
static Counts NodeCounts[Nodes] __attribute__((aligned(64)));
static Counts OwnCounts __attribute__((aligned(64)));

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

static int Node, ImageFile, LabelFile;

static uint64_t remote(int node, const void *address) {
  return 1ull << 61 | (uint64_t)node << 40 | (uint64_t)address;
}
static uint64_t everyNode(void) { return 3ull << 32 | 3ull << 48; }

static void fail(const char *what) {
  fprintf(stderr, "fashion-mnist: error: %s\n", what);
  exit(1);
}

static int openData(const char *directory, const char *name) {
  char path[128];
  snprintf(path, sizeof path, "%s/%s", directory, name);
  const int file = open(path, O_RDONLY);
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
static void readImage(int slot, uint32_t image) {
  readAt(ImageFile, 16 + (long)image * Pixels, Images[slot], Pixels);
  readAt(LabelFile, 8 + image, &Labels[slot], 1);
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
    multiply2x4(XRows[0], XRows[1], &W1[0][j], Hidden / 8, Inputs / 4,
                &HiddenSums[0][j * 8], Hidden);

  for (int i = 0; i < NodeBatch; ++i) {
    for (int j = 0; j < Hidden; j += 32)
      *(Tile *)&H[i][j] = narrow(relu(*(V16f *)&HiddenSums[i][j]),
                                 relu(*(V16f *)&HiddenSums[i][j + 16]));
    H[i][Hidden] = 0x3f80; // 1, for the bias
  }
  packRows(&H[0][0], HiddenRow, HiddenRow, &HRows[0][0], &HRows[1][0]);
  multiply2x2(HRows[0], HRows[1], &W2[0][0], Outputs / 8, HiddenInputs / 4,
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
      OwnCounts.loss += softmaxGradient(Scores[i], Labels[i], gradient, &right);
      OwnCounts.right += right;
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
      transpose8x8(W2[2 * j][c], W2[2 * j + 1][c], &W2Transposed[2 * c][j],
                   &W2Transposed[2 * c + 1][j]);
  static float sums[NodeBatch][Hidden] __attribute__((aligned(64)));
  for (int j = 0; j < Hidden / 8; j += 4)
    multiply2x4(DScoresRows[0], DScoresRows[1], &W2Transposed[0][j], Hidden / 8,
                Outputs / 4, &sums[0][j * 8], Hidden);
  for (int i = 0; i < NodeBatch; ++i)
    for (int j = 0; j < Hidden; j += 32)
      *(Tile *)&DHidden[i][j] =
          narrow(where(*(V16f *)&HiddenSums[i][j], *(V16f *)&sums[i][j]),
                 where(*(V16f *)&HiddenSums[i][j + 16], *(V16f *)&sums[i][j + 16]));
}

// The parts of all gradients, owner by owner, each pushed when it is made.
static void sendGradients(void) {
  packColumns(&X[0][0], ImageRow, ImageRow, &XColumns[0][0]);
  packColumns(&H[0][0], HiddenRow, HiddenRow, &HColumns[0][0]);
  packTiles(&DHidden[0][0], Hidden, Hidden, &DHiddenTiles[0][0], Hidden / 8);
  packTiles(&DScores[0][0], 32, 32, &DScoresColumns[0][0], 4);

  for (int i = 1; i <= Nodes; ++i) {
    const int owner = (Node + i) % Nodes; // the neighbour first, oneself last
    Shard *to = owner == Node ? &Parts[Node] : &Mine;
    const int first = firstTile1(owner), end = firstTile1(owner + 1);
    for (int t = first; t < end; ++t)
      for (int j = 0; j < Hidden / 8; j += 8)
        multiply1x8(XColumns[t], &DHiddenTiles[0][j], Hidden / 8, NodeBatch / 4,
                    &to->w1[t - first][j]);
    for (int u = owner, s = 0; u < RowTiles2; u = owner == Nodes - 1 ? u + 1 : RowTiles2, ++s)
      multiply1x2(HColumns[u], &DScoresColumns[0][0], 4, NodeBatch / 4, to->w2[s][0]);
    if (owner != Node) {
      const uint64_t at = remote(owner, &Parts[Node]);
      __builtin_tatami_push(&Mine, at, sizeof Mine);
      __builtin_tatami_ssig(at, GradientsArrived, 1);
    }
  }
}

// The owner's step: sums in order of the nodes, momentum, update.
static void update(float rate) {
  __builtin_tatami_swait(GradientsArrived, Nodes - 1);
  V16f *w = (V16f *)&Master, *v = (V16f *)&Velocity;
  for (unsigned i = 0; i < sizeof(Shard) / 64; ++i) {
    V16f sum = ((const V16f *)&Parts[0])[i];
    for (int n = 1; n < Nodes; ++n)
      sum = sum + ((const V16f *)&Parts[n])[i];
    v[i] = __builtin_elementwise_fma((V16f){} + Momentum, v[i], sum);
    w[i] = __builtin_elementwise_fma((V16f){} - rate, v[i], w[i]);
  }
}

// BF16 copies of what this node owns, to every node.
static void sendWeights(void) {
  const int first = firstTile1(Node), end = firstTile1(Node + 1);
  for (int t = first; t < end; ++t)
    for (int j = 0; j < Hidden / 8; ++j)
      narrowTile(Master.w1[t - first][j], &W1[2 * t][j], &W1[2 * t + 1][j]);
  const int end2 = Node == Nodes - 1 ? RowTiles2 : Node + 1;
  for (int u = Node; u < end2; ++u)
    for (int c = 0; c < 2; ++c)
      narrowTile(Master.w2[u - Node][c], &W2[2 * u][c], &W2[2 * u + 1][c]);

  __builtin_tatami_mcast(&W1[2 * first], (uint64_t)&W1[2 * first], everyNode(),
                         (end - first) * 2 * sizeof W1[0]);
  __builtin_tatami_mcast(&W2[2 * Node], (uint64_t)&W2[2 * Node], everyNode(),
                         (end2 - Node) * 2 * sizeof W2[0]);
  __builtin_tatami_mcsig(everyNode(), WeightsArrived, 1);
  __builtin_tatami_swait(WeightsArrived, Nodes);
}

static void initialise(void) {
  const int first = firstTile1(Node), end = firstTile1(Node + 1);
  for (int t = first; t < end; ++t)
    for (int j = 0; j < Hidden; ++j)
      for (int r = 0; r < 8; ++r)
        Master.w1[t - first][j / 8][r * 8 + j % 8] = initialWeight1(t * 8 + r, j);
  const int end2 = Node == Nodes - 1 ? RowTiles2 : Node + 1;
  for (int u = Node; u < end2; ++u)
    for (int c = 0; c < Outputs; ++c)
      for (int r = 0; r < 8; ++r)
        Master.w2[u - Node][c / 8][r * 8 + c % 8] = initialWeight2(u * 8 + r, c);
  sendWeights();
}

// Adds everybody's counts at node 0, in order of the nodes.
static Counts gatherCounts(void) {
  const uint64_t at = remote(0, &NodeCounts[Node]);
  if (Node == 0)
    NodeCounts[0] = OwnCounts;
  else {
    __builtin_tatami_push(&OwnCounts, at, sizeof OwnCounts);
    __builtin_tatami_ssig(at, CountsArrived, 1);
  }
  Counts sum = {0};
  if (Node == 0) {
    __builtin_tatami_swait(CountsArrived, Nodes - 1);
    for (int n = 0; n < Nodes; ++n) {
      sum.right += NodeCounts[n].right;
      sum.loss += NodeCounts[n].loss;
    }
  }
  OwnCounts = (Counts){0};
  tatami_barrier_all();
  return sum;
}

static Counts trainEpoch(uint32_t epoch, uint32_t images) {
  for (uint32_t at = 0; at < images; at += Batch) {
    for (int i = 0; i < NodeBatch; ++i)
      readImage(i, imageOf(epoch, at + Node * NodeBatch + i));
    widenImages();
    forward();
    judge(NodeBatch);
    backwardHidden();
    sendGradients();
    update(learningRate(epoch));
    sendWeights();
  }
  return gatherCounts();
}

static Counts test(uint32_t images) {
  const uint32_t first = images * Node / Nodes, end = images * (Node + 1) / Nodes;
  for (uint32_t at = first; at < end; at += NodeBatch) {
    const int count = end - at < NodeBatch ? (int)(end - at) : NodeBatch;
    for (int i = 0; i < count; ++i)
      readImage(i, at + i);
    widenImages();
    forward();
    judge(count);
  }
  return gatherCounts();
}

// Every owner writes its master weights into the file, as two row-major matrices.
static void saveWeights(const char *directory) {
  char path[128];
  snprintf(path, sizeof path, "%s/weights.bin", directory);
  if (Node == 0)
    close(open(path, O_WRONLY | O_CREAT | O_TRUNC, 0644));
  tatami_barrier_all();
  const int file = open(path, O_WRONLY);
  if (file < 0)
    fail("cannot write weights.bin");
  float row[Hidden];
  for (int t = firstTile1(Node); t < firstTile1(Node + 1); ++t)
    for (int r = 0; r < 8; ++r) {
      for (int j = 0; j < Hidden; ++j)
        row[j] = Master.w1[t - firstTile1(Node)][j / 8][r * 8 + j % 8];
      lseek(file, (long)(t * 8 + r) * Hidden * sizeof(float), SEEK_SET);
      if (write(file, row, sizeof row) != sizeof row)
        fail("cannot write weights.bin");
    }
  const int end2 = Node == Nodes - 1 ? RowTiles2 : Node + 1;
  for (int u = Node; u < end2; ++u)
    for (int r = 0; r < 8; ++r) {
      for (int c = 0; c < Outputs; ++c)
        row[c] = Master.w2[u - Node][c / 8][r * 8 + c % 8];
      lseek(file, ((long)Inputs * Hidden + (u * 8 + r) * Outputs) * sizeof(float), SEEK_SET);
      if (write(file, row, Outputs * sizeof(float)) != Outputs * sizeof(float))
        fail("cannot write weights.bin");
    }
  close(file);
}

int main(int argc, char **argv) {
  Node = tatami_node();
  if (tatami_columns() != 4 || tatami_rows() != 4) {
    if (Node == 0)
      fprintf(stderr, "fashion-mnist: error: this program wants 4 x 4 nodes; run it with --machine mesh-4x4\n");
    return 2;
  }
  if (argc != 5) {
    if (Node == 0)
      fprintf(stderr, "usage: 04-fashion-mnist.elf DIR EPOCHS TRAIN TEST\n");
    return 2;
  }
  const char *directory = argv[1];
  const int epochs = atoi(argv[2]);
  const uint32_t train = atoi(argv[3]), tests = atoi(argv[4]);
  const int trainImages = openData(directory, "train-images"), trainLabels = openData(directory, "train-labels");
  const int testImages = openData(directory, "t10k-images"), testLabels = openData(directory, "t10k-labels");

  initialise();
  for (int epoch = 0; epoch < epochs; ++epoch) {
    ImageFile = trainImages, LabelFile = trainLabels;
    const Counts learned = trainEpoch(epoch, train);
    ImageFile = testImages, LabelFile = testLabels;
    const Counts judged = test(tests);
    if (Node == 0)
      printf("epoch %2d: loss %.4f, training accuracy %.2f %%, test accuracy %.2f %%\n",
             epoch + 1, (double)(learned.loss / (float)train),
             100.0 * learned.right / train, 100.0 * judged.right / tests);
  }
  saveWeights(directory);
  return 0;
}
