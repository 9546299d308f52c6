// Trains the same network on the host, in plain loops that follow the arithmetic
// contract, and compares the weights bit for bit.
// usage: fashion-mnist-reference DIR EPOCHS TRAIN TEST [--train-only]
// DIR/nodes.txt says which nodes there are; without it, 4 x 4.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "net.h"
#include <bit>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <optional>
#include <algorithm>
#include <cstring>
#include <string>
#include <vector>

// One loop of fused multiply-adds; with hardware FMA where the host has it. The
// bits are the same without.
#define FAST __attribute__((target_clones("default", "arch=x86-64-v3", "arch=x86-64-v4")))

namespace {

using Bytes = std::vector<unsigned char>;

Bytes readFile(const std::string &path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) {
    std::fprintf(stderr, "fashion-mnist-reference: error: cannot open '%s'\n", path.c_str());
    std::exit(1);
  }
  return Bytes(std::istreambuf_iterator<char>(in), {});
}

// To BF16, nearest even, and back: what the network stores of a number.
float throughBF16(float f) {
  uint32_t bits = std::bit_cast<uint32_t>(f);
  bits += 0x7fff + ((bits >> 16) & 1);
  return std::bit_cast<float>(bits & 0xffff0000u);
}

// sum[j] = fma(x, row[j], sum[j])
FAST void addScaled(float *sum, const float *row, float x, int n) {
  for (int j = 0; j < n; ++j)
    sum[j] = __builtin_fmaf(x, row[j], sum[j]);
}

struct Network {
  float w1[Inputs][Hidden], w2[HiddenInputs][Outputs];   // FP32 masters
  float v1[Inputs][Hidden], v2[HiddenInputs][Outputs];   // momentum
  float b1[Inputs][Hidden], b2[HiddenInputs][Outputs];   // BF16 copies
};

// Gradients of both matrices, one node's or a sum.
struct Part {
  std::vector<float> g1 = std::vector<float>(Inputs * Hidden), g2 = std::vector<float>(HiddenInputs * Outputs);
};
using MaybePart = std::optional<Part>;

// The machine's nodes, and the order in which the library sums over them.
struct Nodes {
  std::vector<std::string> rows;
  uint32_t count = 0;

  explicit Nodes(const std::string &path) {
    std::ifstream in(path);
    for (std::string row; std::getline(in, row);)
      rows.push_back(row);
    if (rows.empty())
      rows.assign(4, "####");
    for (const std::string &row : rows)
      count += uint32_t(std::count(row.begin(), row.end(), '#'));
  }
};

struct Activations {
  float x[NodeBatch][Inputs], sums[NodeBatch][Hidden], h[NodeBatch][HiddenInputs],
      scores[NodeBatch][Outputs], dScores[NodeBatch][Outputs], dHidden[NodeBatch][Hidden];
};

struct Data { Bytes images, labels; };
struct Counts { uint32_t right = 0; float loss = 0; };

void forward(const Network &net, Activations &a, const Data &data, const uint32_t *which, int count) {
  for (int i = 0; i < count; ++i) {
    for (int p = 0; p < Pixels; ++p)
      a.x[i][p] = float(data.images[16 + size_t(which[i]) * Pixels + p]) / 256;
    a.x[i][Pixels] = 1;
    std::fill(a.sums[i], a.sums[i] + Hidden, 0.0f);
    for (int k = 0; k < Inputs; ++k)
      addScaled(a.sums[i], net.b1[k], a.x[i][k], Hidden);
    for (int j = 0; j < Hidden; ++j)
      a.h[i][j] = throughBF16(a.sums[i][j] > 0 ? a.sums[i][j] : 0);
    a.h[i][Hidden] = 1;
    std::fill(a.scores[i], a.scores[i] + Outputs, 0.0f);
    for (int k = 0; k < HiddenInputs; ++k)
      addScaled(a.scores[i], net.b2[k], a.h[i][k], Outputs);
  }
}

void judge(Activations &a, const Data &data, const uint32_t *which, int count, Counts &counts) {
  for (int i = 0; i < count; ++i) {
    int right = 0;
    counts.loss += softmaxGradient(a.scores[i], data.labels[8 + which[i]], a.dScores[i], &right);
    counts.right += right;
    for (float &d : a.dScores[i])
      d = throughBF16(d);
  }
}

Part backward(const Network &net, Activations &a) {
  for (int i = 0; i < NodeBatch; ++i)
    for (int j = 0; j < Hidden; ++j) {
      float sum = 0;
      for (int c = 0; c < Outputs; ++c)
        sum = std::fmaf(a.dScores[i][c], net.b2[j][c], sum);
      a.dHidden[i][j] = throughBF16(a.sums[i][j] > 0 ? sum : 0);
    }
  Part part;
  for (int k = 0; k < Inputs; ++k)
    for (int i = 0; i < NodeBatch; ++i)
      addScaled(&part.g1[k * Hidden], a.dHidden[i], a.x[i][k], Hidden);
  for (int k = 0; k < HiddenInputs; ++k)
    for (int i = 0; i < NodeBatch; ++i)
      addScaled(&part.g2[k * Outputs], a.dScores[i], a.h[i][k], Outputs);
  return part;
}

FAST void addTo(std::vector<float> &sum, const std::vector<float> &part) {
  for (size_t i = 0; i < sum.size(); ++i)
    sum[i] = sum[i] + part[i];
}

MaybePart both(MaybePart a, MaybePart b) {
  if (!a || !b)
    return a ? std::move(a) : std::move(b);
  addTo(a->g1, b->g1);
  addTo(a->g2, b->g2);
  return a;
}

// The sum of at(0) to at(length - 1): two halves, each from both ends to its
// middle (docs/collectives.md).
template <class At> MaybePart sumOfLine(int length, At at) {
  MaybePart total;
  for (int half = 0; half < 2; ++half) {
    const int begin = half ? (length + 1) / 2 : 0, end = half ? length : (length + 1) / 2;
    const int middle = (begin + end + 1) / 2;
    MaybePart left, right;
    for (int i = begin; i < middle; ++i)
      left = both(std::move(left), at(i));
    for (int i = end - 1; i >= middle; --i)
      right = both(std::move(right), at(i));
    total = both(std::move(total), both(std::move(left), std::move(right)));
  }
  return total;
}

FAST void update(float *w, float *v, const float *g, int n, float rate) {
  for (int i = 0; i < n; ++i) {
    v[i] = __builtin_fmaf(Momentum, v[i], g[i]);
    w[i] = __builtin_fmaf(-rate, v[i], w[i]);
  }
}

void narrowWeights(Network &net) {
  for (int k = 0; k < Inputs; ++k)
    std::transform(net.w1[k], net.w1[k] + Hidden, net.b1[k], throughBF16);
  for (int k = 0; k < HiddenInputs; ++k)
    std::transform(net.w2[k], net.w2[k] + Outputs, net.b2[k], throughBF16);
}

Counts trainEpoch(Network &net, Activations &a, const Data &data, const Nodes &nodes, uint32_t epoch,
                  uint32_t images) {
  Counts counts;
  const uint32_t batch = nodes.count * NodeBatch;
  const int width = int(nodes.rows[0].size());
  for (uint32_t at = 0; at < images; at += batch) {
    auto partOf = [&](int x, int y) -> MaybePart {
      if (nodes.rows[y][x] != '#')
        return {};
      // Ranks go row by row.
      uint32_t rank = 0;
      for (int r = 0; r <= y; ++r)
        rank += uint32_t(std::count(nodes.rows[r].begin(), nodes.rows[r].begin() + (r < y ? width : x), '#'));
      uint32_t which[NodeBatch];
      for (int i = 0; i < NodeBatch; ++i)
        which[i] = imageOf(epoch, at + rank * NodeBatch + i);
      forward(net, a, data, which, NodeBatch);
      judge(a, data, which, NodeBatch, counts);
      return backward(net, a);
    };
    const MaybePart sum = sumOfLine(int(nodes.rows.size()), [&](int y) {
      return sumOfLine(width, [&](int x) { return partOf(x, y); });
    });
    update(net.w1[0], net.v1[0], sum->g1.data(), Inputs * Hidden, learningRate(epoch, batch));
    update(net.w2[0], net.v2[0], sum->g2.data(), HiddenInputs * Outputs, learningRate(epoch, batch));
    narrowWeights(net);
  }
  return counts;
}

Counts test(const Network &net, Activations &a, const Data &data, uint32_t images) {
  Counts counts;
  for (uint32_t at = 0; at < images; at += NodeBatch) {
    uint32_t which[NodeBatch];
    const int count = std::min<uint32_t>(NodeBatch, images - at);
    for (int i = 0; i < count; ++i)
      which[i] = at + i;
    forward(net, a, data, which, count);
    judge(a, data, which, count, counts);
  }
  return counts;
}

} // namespace

int main(int argc, char **argv) {
  if (argc < 5) {
    std::fprintf(stderr, "usage: fashion-mnist-reference DIR EPOCHS TRAIN TEST [--train-only]\n");
    return 2;
  }
  const std::string directory = argv[1];
  const int epochs = std::atoi(argv[2]);
  const uint32_t train = std::atoi(argv[3]), tests = std::atoi(argv[4]);
  const Data trainData{readFile(directory + "/train-images"), readFile(directory + "/train-labels")};
  const Data testData{readFile(directory + "/t10k-images"), readFile(directory + "/t10k-labels")};

  const Nodes nodes(directory + "/nodes.txt");

  static Network net;
  static Activations activations;
  for (int k = 0; k < Inputs; ++k)
    for (int j = 0; j < Hidden; ++j)
      net.w1[k][j] = initialWeight1(k, j);
  for (int k = 0; k < HiddenInputs; ++k)
    for (int j = 0; j < Outputs; ++j)
      net.w2[k][j] = initialWeight2(k, j);
  narrowWeights(net);

  for (int epoch = 0; epoch < epochs; ++epoch) {
    const Counts learned = trainEpoch(net, activations, trainData, nodes, epoch, train);
    const Counts judged = test(net, activations, testData, tests);
    std::printf("epoch %2d: loss %.4f, training accuracy %.2f %%, test accuracy %.2f %%\n", epoch + 1,
                double(learned.loss / float(train)), 100.0 * learned.right / train, 100.0 * judged.right / tests);
    std::fflush(stdout);
  }
  if (argc > 5)
    return 0;

  const Bytes file = readFile(directory + "/weights.bin");
  std::vector<float> expected(net.w1[0], net.w1[0] + Inputs * Hidden);
  expected.insert(expected.end(), net.w2[0], net.w2[0] + HiddenInputs * Outputs);
  if (file.size() != expected.size() * sizeof(float)) {
    std::fprintf(stderr, "fashion-mnist-reference: error: weights.bin has %zu bytes, expected %zu\n", file.size(),
                 expected.size() * sizeof(float));
    return 1;
  }
  for (size_t i = 0; i < expected.size(); ++i) {
    float actual;
    std::memcpy(&actual, &file[i * sizeof(float)], sizeof(float));
    if (std::memcmp(&actual, &expected[i], sizeof(float)) != 0) {
      std::fprintf(stderr, "fashion-mnist-reference: error: weight %zu is %a, expected %a\n", i, double(actual),
                   double(expected[i]));
      return 1;
    }
  }
  std::printf("fashion-mnist-reference: all %zu weights have the right bits\n", expected.size());
  return 0;
}
