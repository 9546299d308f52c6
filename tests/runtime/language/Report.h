//===- Report.h - What a program prints for the comparison ------*- C -*-===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The programs here print the same on every correct machine. Results are many,
// so they are hashed, and a line per group says where to look.
//===----------------------------------------------------------------------===//

#ifndef TATAMI_TESTS_RUNTIME_LANGUAGE_REPORT_H
#define TATAMI_TESTS_RUNTIME_LANGUAGE_REPORT_H

#include <stdint.h>
#include <stdio.h>
#include <string.h>

static uint64_t hash = 1, randomState = 0x9e3779b97f4a7c15;

static inline void note(uint64_t value) {
  hash = (hash ^ value) * 0x00000100000001b3;
  hash ^= hash >> 29;
}

/// The bits of a number; NaN has many codes and counts as one.
static inline void noteDouble(double value) {
  uint64_t bits;
  memcpy(&bits, &value, sizeof bits);
  note(value == value ? bits : 0x7ff8000000000000);
}
static inline void noteFloat(float value) {
  uint32_t bits;
  memcpy(&bits, &value, sizeof bits);
  note(value == value ? bits : 0x7fc00000);
}

static inline void report(const char *group) {
  printf("%s %016llx\n", group, (unsigned long long)hash);
  hash = 1;
}

/// xorshift64*.
static inline uint64_t draw(void) {
  randomState ^= randomState >> 12;
  randomState ^= randomState << 25;
  randomState ^= randomState >> 27;
  return randomState * 0x2545f4914f6cdd1d;
}

/// Mostly random, often all zeros or ones or of few bits: where carries happen.
static inline uint64_t drawWord(void) {
  uint64_t kind = draw();
  switch (kind % 8) {
  case 0:
    return 0;
  case 1:
    return ~(uint64_t)0;
  case 2:
    return (uint64_t)1 << (kind >> 8) % 64;
  case 3:
    return draw() >> (kind >> 8) % 64;
  default:
    return draw();
  }
}

#endif // TATAMI_TESTS_RUNTIME_LANGUAGE_REPORT_H
