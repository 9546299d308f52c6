// The network, its data layout and its few scalar functions: the same text on
// the machine and in the host reference, so that both mean the same bits.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// 784 inputs, 128 hidden units with ReLU, 10 classes with softmax. A bias is one
// more row of a weight matrix, met by a constant input of 1. Rows are padded to
// tiles of 8 with zeros, which stay zero: their inputs are.
#ifndef NET_H
#define NET_H

#include <stdint.h>
#include <string.h>

enum {
  Pixels = 784,
  Inputs = 792,        // 784 pixels, 1 for the bias, padding to 99 tiles of 8
  Hidden = 128,
  HiddenInputs = 136,  // 128 units, 1 for the bias, padding to 17 tiles of 8
  Classes = 10,
  Outputs = 16,        // 10 classes, padding to 2 tiles of 8
  NodeBatch = 16,      // images of one node in one step
  TrainImages = 60000,
  TestImages = 10000,
  RowTiles1 = Inputs / 8,       // 99
  RowTiles2 = HiddenInputs / 8, // 17
  // All weights as 8x8 tiles: those of the first matrix row by row, then the
  // second's.
  FirstTile2 = RowTiles1 * (Hidden / 8), // 1584
  AllTiles = FirstTile2 + RowTiles2 * (Outputs / 8), // 1618
};

static const float Momentum = 0.9f;

// Smaller steps with every epoch, larger ones for large batches.
static inline float learningRate(uint32_t epoch, uint32_t batch) {
  float rate = batch > 1024 ? 0.25f : 0.12f;
  for (uint32_t i = 0; i < epoch; ++i)
    rate = rate * 0.75f;
  return rate / (float)batch;
}

// Which image is number `i` of an epoch: 48271 is prime to 60000, so an epoch
// meets every image at most once.
static inline uint32_t imageOf(uint32_t epoch, uint32_t i) {
  return (uint32_t)(((uint64_t)i * 48271u + epoch * 7919u) % TrainImages);
}

static inline float bitsToFloat(uint32_t bits) {
  float f;
  memcpy(&f, &bits, sizeof f);
  return f;
}
static inline uint32_t floatToBits(float f) {
  uint32_t bits;
  memcpy(&bits, &f, sizeof bits);
  return bits;
}

// Start values: uniform in [-limit, limit), from a hash of the position.
static inline float initialWeight(uint32_t seed, uint32_t row, uint32_t column,
                                  float limit) {
  uint32_t h = seed ^ (row * 0x9e3779b1u) ^ (column * 0x85ebca77u);
  h = (h ^ (h >> 16)) * 0x7feb352du;
  h = (h ^ (h >> 15)) * 0x846ca68bu;
  h ^= h >> 16;
  // 24 bits: exact in FP32, so one rounding at the end.
  return ((float)(int32_t)(h >> 8) * 0x1p-23f - 1.0f) * limit;
}
static inline float initialWeight1(uint32_t row, uint32_t column) {
  return row < Pixels ? initialWeight(1, row, column, 0.08f) : 0.0f;
}
static inline float initialWeight2(uint32_t row, uint32_t column) {
  return row < Hidden && column < Classes ? initialWeight(2, row, column, 0.2f)
                                          : 0.0f;
}

// e^x for x <= 0, to about 2 ulp: 2^n times a polynomial of the rest. Fused
// multiply-adds are written out, so that no compiler may choose.
static inline float expNegative(float x) {
  if (x < -87.0f)
    return 0.0f;
  const float t = __builtin_fmaf(x, 1.44269504f, 12582912.0f); // 1.5 * 2^23: rounds
  const float n = t - 12582912.0f;
  float r = __builtin_fmaf(n, -0.693145752f, x);
  r = __builtin_fmaf(n, -1.42860677e-6f, r);
  float p = 1.38888889e-3f;
  p = __builtin_fmaf(p, r, 8.33333333e-3f);
  p = __builtin_fmaf(p, r, 4.16666667e-2f);
  p = __builtin_fmaf(p, r, 1.66666667e-1f);
  p = __builtin_fmaf(p, r, 0.5f);
  p = __builtin_fmaf(p, r, 1.0f);
  p = __builtin_fmaf(p, r, 1.0f);
  return p * bitsToFloat((uint32_t)((int32_t)n + 127) << 23);
}

// Natural logarithm of a normal x >= 1, to a few ulp.
static inline float logAboveOne(float x) {
  const uint32_t bits = floatToBits(x);
  const int32_t e = (int32_t)(bits >> 23) - 127;
  const float m = bitsToFloat((bits & 0x7fffffu) | 0x3f800000u); // [1, 2)
  const float s = (m - 1.0f) / (m + 1.0f), s2 = s * s;
  float p = 1.0f / 11;
  p = __builtin_fmaf(p, s2, 1.0f / 9);
  p = __builtin_fmaf(p, s2, 1.0f / 7);
  p = __builtin_fmaf(p, s2, 1.0f / 5);
  p = __builtin_fmaf(p, s2, 1.0f / 3);
  p = __builtin_fmaf(p, s2, 1.0f);
  return __builtin_fmaf((float)e, 0.693147181f, 2.0f * s * p);
}

// From the scores of one image: dScores = softmax - one-hot in the first ten,
// zero in the padding. Returns the loss; *right tells whether the class with the
// highest score (the first of equals) is the label.
static inline float softmaxGradient(const float *scores, int label,
                                    float *gradient, int *right) {
  int best = 0;
  for (int c = 1; c < Classes; ++c)
    if (scores[c] > scores[best])
      best = c;
  float e[Classes], sum = 0.0f;
  for (int c = 0; c < Classes; ++c) {
    e[c] = expNegative(scores[c] - scores[best]);
    sum = sum + e[c];
  }
  for (int c = 0; c < Outputs; ++c)
    gradient[c] = 0.0f;
  for (int c = 0; c < Classes; ++c)
    gradient[c] = e[c] / sum - (c == label ? 1.0f : 0.0f);
  *right = best == label;
  return logAboveOne(sum) - (scores[label] - scores[best]);
}

#endif
