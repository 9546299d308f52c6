// What collectives must give: values that any node can make for any other, and
// reductions in the order that docs/collectives.md states, written down again.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef ORACLE_H
#define ORACLE_H

#include <tatami.h>
#include <tatami/collectives.h>

#include <string.h>

inline uint32_t hash(uint32_t a, uint32_t b, uint32_t c) {
  uint32_t h = a * 0x9e3779b1u ^ b * 0x85ebca77u ^ c * 0xc2b2ae3du;
  h = (h ^ (h >> 15)) * 0x2c1b3c6du;
  h = (h ^ (h >> 12)) * 0x297a2d39u;
  return h ^ (h >> 15);
}

/// Element \p i of node \p node in test \p seed. Floats differ by up to 2^12, so
/// that every order of a sum rounds in another way.
template <class T> T element(uint32_t seed, int node, size_t i) {
  const uint32_t h = hash(seed, (uint32_t)node, (uint32_t)i);
  return (T)((uint64_t)h << 32 | h * 0x85ebca6bu);
}
template <> inline float element(uint32_t seed, int node, size_t i) {
  const uint32_t h = hash(seed, (uint32_t)node, (uint32_t)i);
  const float scale = (float)(1u << (h & 15) % 13);
  return (float)(int32_t)h * 0x1p-31f * scale;
}
template <> inline __bf16 element(uint32_t seed, int node, size_t i) {
  const float f = element<float>(seed, node, i);
  uint32_t bits;
  memcpy(&bits, &f, sizeof bits);
  const uint16_t high = (uint16_t)(bits >> 16);
  __bf16 result;
  memcpy(&result, &high, sizeof result);
  return result;
}

template <class T> T apply(tatami_op op, T a, T b) {
  if (op == TATAMI_SUM)
    return (T)((uint64_t)a + (uint64_t)b);
  return op == TATAMI_MIN ? (a < b ? a : b) : (a > b ? a : b);
}
template <> inline float apply(tatami_op op, float a, float b) {
  if (op == TATAMI_SUM)
    return a + b;
  return op == TATAMI_MIN ? (a < b ? a : b) : (a > b ? a : b);
}
template <> inline __bf16 apply(tatami_op op, __bf16 a, __bf16 b) {
  const float wide = apply(op, (float)a, (float)b);
  uint32_t bits;
  memcpy(&bits, &wide, sizeof bits);
  bits += 0x7fff + (bits >> 16 & 1);
  const uint16_t high = (uint16_t)(bits >> 16);
  __bf16 result;
  memcpy(&result, &high, sizeof result);
  return result;
}

/// A value, or none where no node is.
template <class T> struct Maybe {
  bool is;
  T value;
};
template <class T> Maybe<T> both(tatami_op op, Maybe<T> a, Maybe<T> b) {
  if (!a.is || !b.is)
    return a.is ? a : b;
  return {true, apply(op, a.value, b.value)};
}

/// Reduces at(0) to at(length - 1): two halves, each from both ends to its
/// middle.
template <class T, class At> Maybe<T> line(tatami_op op, int length, At at) {
  Maybe<T> total{};
  for (int half = 0; half < 2; ++half) {
    const int begin = half ? (length + 1) / 2 : 0;
    const int end = half ? length : (length + 1) / 2;
    const int middle = (begin + end + 1) / 2;
    Maybe<T> left{}, right{};
    for (int i = begin; i < middle; ++i)
      left = both(op, left, at(i));
    for (int i = end - 1; i >= middle; --i)
      right = both(op, right, at(i));
    total = both(op, total, both(op, left, right));
  }
  return total;
}

struct Nodes {
  int x0, y0, x1, y1;
  tatami_nodes rectangle() const { return tatami_rect(x0, y0, x1, y1); }
  bool contains(int x, int y) const {
    return x0 <= x && x <= x1 && y0 <= y && y <= y1;
  }
};

/// Which nodes of the machine are enabled; set at the beginning.
inline bool enabled[128][128];

/// Element \p i of the reduction over \p nodes.
template <class T>
T reduced(tatami_op op, const Nodes &nodes, uint32_t seed, size_t i) {
  return line<T>(op, nodes.y1 - nodes.y0 + 1, [&](int y) {
           return line<T>(op, nodes.x1 - nodes.x0 + 1, [&](int x) {
             const int node = (nodes.y0 + y) * tatami_columns() + nodes.x0 + x;
             return enabled[nodes.y0 + y][nodes.x0 + x] ? Maybe<T>{true, element<T>(seed, node, i)}
                                    : Maybe<T>{};
           });
         }).value;
}

#endif // ORACLE_H
