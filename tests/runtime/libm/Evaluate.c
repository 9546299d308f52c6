//===- Evaluate.c - Many values of libm's functions in one run ------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The same program for the device and for the host:
//   Evaluate sample COUNT [NAME]...  a line per function and part of its
//   sample:
//                                  name, part, a hash of all results
//   Evaluate show COUNT NAME PART  inputs and outputs of one part
//   Evaluate values IN OUT         one result per record of the file IN
//   Evaluate names                 name, kinds of inputs and outputs
//
// A function of one float gets the same number of operands from every binade,
// or, if COUNT is large, equidistant codes; with 4294967296 all there are.
//===----------------------------------------------------------------------===//

#include "Functions.h"
#include <stdio.h>
#include <stdlib.h>

enum { Parts = 8, ManyOperands = 1 << 22, FileRecords = 512 };

/// A number that depends on all bits of \p value (the finalizer of
/// MurmurHash3).
static uint64_t mix(uint64_t value) {
  value = (value ^ value >> 33) * 0xff51afd7ed558ccd;
  value = (value ^ value >> 33) * 0xc4ceb9fe1a85ec53;
  return value ^ value >> 33;
}

static uint32_t spreadOverBinades(uint64_t index) {
  static const uint32_t edges[] = {0, 0x7fffff, 1, 0x400000};
  uint64_t round = index / 512;
  uint32_t mantissa =
      round < 4 ? edges[round] : (uint32_t)mix(index) & 0x7fffff;
  return (uint32_t)(index % 512) << 23 | mantissa;
}

/// An operand of a function of several: special, of moderate size, or any.
static uint32_t drawFloat(uint64_t random) {
  static const uint32_t specials[] = {
      0x00000000, 0x80000000, 0x3f800000, 0xbf800000, 0x40000000, 0xc0000000,
      0x3f000000, 0x7f800000, 0xff800000, 0x7fc00000, 0x00000001, 0x80000001,
      0x00800000, 0x7f7fffff, 0x40400000, 0x4b800001};
  uint32_t bits = (uint32_t)random;
  random >>= 32;
  if (random % 8 == 0)
    return specials[random / 8 % 16];
  if (random % 8 < 5) // 2^-16 to 2^16
    return (bits & 0x807fffff) | (127 - 16 + bits % 32) << 23;
  return bits;
}

static void drawInputs(const struct Function *f, uint64_t index, uint64_t count,
                       uint32_t *in) {
  if (!f->inputs[1]) {
    in[0] = count < ManyOperands
                ? spreadOverBinades(index)
                : (uint32_t)(index * (((uint64_t)1 << 32) / count | 1));
    return;
  }
  for (int i = 0; f->inputs[i]; ++i) {
    uint64_t random = mix(index * MaxInputs + (uint64_t)i + 1);
    in[i] = f->inputs[i] == 'f' ? drawFloat(random)
            : f->inputs[0] == 'i'
                ? (uint32_t)(int32_t)(random % 41 - 20)    // an order
                : (uint32_t)(int32_t)(random % 601 - 300); // an exponent
  }
}

static const struct Function *find(const char *name) {
  for (int i = 0; i < NumFunctions; ++i)
    if (strcmp(functions[i].name, name) == 0)
      return &functions[i];
  fprintf(stderr, "Evaluate: there is no function '%s'\n", name);
  exit(2);
}

static uint64_t evaluatePart(const struct Function *f, uint64_t count,
                             uint64_t part, int show) {
  uint64_t hash = 0;
  uint64_t end = count / Parts * (part + 1);
  for (uint64_t i = count / Parts * part; i < end; ++i) {
    uint32_t in[MaxInputs] = {0}, out[MaxOutputs] = {0};
    drawInputs(f, i, count, in);
    f->call(in, out);
    hash = mix(hash ^ ((uint64_t)out[1] << 32 | out[0]));
    if (show)
      printf("%s %08x %08x %08x %08x : %08x %08x\n", f->name, in[0], in[1],
             in[2], in[3], out[0], out[1]);
  }
  return hash;
}

static void sample(const struct Function *f, uint64_t count) {
  for (uint64_t part = 0; part < Parts; ++part)
    printf("%s %d %016llx\n", f->name, (int)part,
           (unsigned long long)evaluatePart(f, count, part, 0));
}

static FILE *openOrExit(const char *name, const char *mode) {
  FILE *file = fopen(name, mode);
  if (file)
    return file;
  fprintf(stderr, "Evaluate: %s cannot be opened\n", name);
  exit(2);
}

static void evaluateFile(const char *from, const char *to) {
  static struct {
    uint32_t function, in[MaxInputs];
  } records[FileRecords];
  static uint32_t results[FileRecords][MaxOutputs];
  FILE *input = openOrExit(from, "rb"), *output = openOrExit(to, "wb");
  size_t count;
  while ((count = fread(records, sizeof *records, FileRecords, input))) {
    memset(results, 0, sizeof results);
    for (size_t i = 0; i < count; ++i)
      if (records[i].function < NumFunctions)
        functions[records[i].function].call(records[i].in, results[i]);
    fwrite(results, sizeof *results, count, output);
  }
  if (fclose(output) || fclose(input))
    exit(2);
}

int main(int argc, char **argv) {
  const char *mode = argc > 1 ? argv[1] : "";
  if (strcmp(mode, "sample") == 0 && argc >= 3) {
    uint64_t count = strtoull(argv[2], NULL, 0);
    for (int i = 3; i < argc; ++i)
      sample(find(argv[i]), count);
    for (int i = 0; argc == 3 && i < NumFunctions; ++i)
      sample(&functions[i], count);
  } else if (strcmp(mode, "show") == 0 && argc == 5) {
    evaluatePart(find(argv[3]), strtoull(argv[2], NULL, 0),
                 strtoull(argv[4], NULL, 0), 1);
  } else if (strcmp(mode, "values") == 0 && argc == 4) {
    evaluateFile(argv[2], argv[3]);
  } else if (strcmp(mode, "names") == 0 && argc == 2) {
    for (int i = 0; i < NumFunctions; ++i)
      printf("%s %s %s\n", functions[i].name, functions[i].inputs,
             functions[i].outputs);
  } else {
    fprintf(stderr,
            "usage: Evaluate sample COUNT [NAME]... | show COUNT NAME PART"
            " | values IN OUT | names\n");
    return 2;
  }
  return 0;
}
