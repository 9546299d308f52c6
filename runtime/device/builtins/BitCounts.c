//===- BitCounts.c - Counting and reversing bits --------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Instructions for up to 64 bits, and so mostly here for __int128 and for code
// that calls the functions by name.
//===----------------------------------------------------------------------===//

#include "Wide.h"

int __clzsi2(uint32_t a) { return __builtin_clz(a); }
int __clzdi2(uint64_t a) { return __builtin_clzll(a); }
int __clzti2(Int128 a) { return leadingZeros128((UInt128)a); }

int __ctzsi2(uint32_t a) { return __builtin_ctz(a); }
int __ctzdi2(uint64_t a) { return __builtin_ctzll(a); }
int __ctzti2(Int128 a) {
  uint64_t low = lowWord((UInt128)a);
  return low ? __builtin_ctzll(low)
             : 64 + __builtin_ctzll(highWord((UInt128)a));
}

int __ffssi2(uint32_t a) { return a ? __builtin_ctz(a) + 1 : 0; }
int __ffsdi2(uint64_t a) { return a ? __builtin_ctzll(a) + 1 : 0; }
int __ffsti2(Int128 a) { return a ? __ctzti2(a) + 1 : 0; }

int __popcountsi2(uint32_t a) { return __builtin_popcount(a); }
int __popcountdi2(uint64_t a) { return __builtin_popcountll(a); }
int __popcountti2(Int128 a) {
  return __builtin_popcountll(highWord((UInt128)a)) +
         __builtin_popcountll(lowWord((UInt128)a));
}

int __paritysi2(uint32_t a) { return __builtin_popcount(a) & 1; }
int __paritydi2(uint64_t a) { return __builtin_popcountll(a) & 1; }
int __parityti2(Int128 a) { return __popcountti2(a) & 1; }

uint32_t __bswapsi2(uint32_t a) { return __builtin_bswap32(a); }
uint64_t __bswapdi2(uint64_t a) { return __builtin_bswap64(a); }

int __clrsbdi2(int64_t a) {
  uint64_t differing = (uint64_t)(a ^ a >> 63);
  return differing ? __builtin_clzll(differing) - 1 : 63;
}
int __clrsbti2(Int128 a) {
  UInt128 differing = (UInt128)(a < 0 ? ~a : a);
  return differing ? leadingZeros128(differing) - 1 : 127;
}
