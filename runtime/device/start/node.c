//===- node.c - Regions, counters, and lines that name their node ---------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "tatami/node.h"
#include "Runtime.h"
#include "tatami/print.h"
#include "tatami/profile.h"
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void tatami_region_begin(const char *name) {
  hostCall(HostRegionBegin, name, 0, 0);
}

void tatami_region_end(void) { hostCall(HostRegionEnd, 0, 0, 0); }

void tatami_counter(const char *name, double value) {
  uint64_t bits;
  memcpy(&bits, &value, sizeof(bits));
  hostCall(HostCounter, name, bits, 0);
}

/// Longest line that is put together without the heap.
enum { ShortLine = 240 };

int tatami_printf(const char *format, ...) {
  char shortLine[ShortLine];
  char *line = shortLine;
  int prefix = snprintf(line, ShortLine, "[node %d (%d,%d)] ", tatami_node(),
                        tatami_x(), tatami_y());

  va_list arguments, again;
  va_start(arguments, format);
  va_copy(again, arguments);
  int length = vsnprintf(line + prefix, ShortLine - prefix, format, arguments);
  va_end(arguments);
  if (length >= ShortLine - prefix - 1) {
    line = malloc(prefix + length + 2);
    if (line) {
      memcpy(line, shortLine, prefix);
      vsnprintf(line + prefix, length + 1, format, again);
    } else { // What fits is better than nothing.
      line = shortLine;
      length = ShortLine - prefix - 2;
    }
  }
  va_end(again);
  if (length < 0)
    return length;

  int size = prefix + length;
  if (line[size - 1] != '\n')
    line[size++] = '\n';
  // One call of the host: lines of different nodes and threads do not mix.
  fflush(stdout);
  hostCall(HostWrite, 1, line, size);
  if (line != shortLine)
    free(line);
  return size;
}

int64_t tatami_time_ns(void) { return hostCall(HostTime, 0, 0, 0); }
