/*===- tatami/types.h - Vectors, accumulators, global pointers -------------===
 *
 * SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * A vector register holds 64 bytes. These are ordinary vector types of clang:
 * +, *, <, [i], __builtin_shufflevector and the like work on them.
 *
 *===----------------------------------------------------------------------===*/

#ifndef TATAMI_TYPES_H
#define TATAMI_TYPES_H

#include <stddef.h>
#include <stdint.h>

typedef float tatami_v16f32 __attribute__((vector_size(64)));
typedef __bf16 tatami_v32bf16 __attribute__((vector_size(64)));
typedef _Float16 tatami_v32f16 __attribute__((vector_size(64)));
typedef int8_t tatami_v64i8 __attribute__((vector_size(64)));
typedef uint8_t tatami_v64u8 __attribute__((vector_size(64)));
typedef int16_t tatami_v32i16 __attribute__((vector_size(64)));
typedef uint16_t tatami_v32u16 __attribute__((vector_size(64)));
typedef int32_t tatami_v16i32 __attribute__((vector_size(64)));
typedef uint32_t tatami_v16u32 __attribute__((vector_size(64)));
typedef int64_t tatami_v8i64 __attribute__((vector_size(64)));
typedef uint64_t tatami_v8u64 __attribute__((vector_size(64)));

/** An accumulator of the matrix unit: 8 x 8 floats, row-major. There are eight
 *  of them. They live in local variables and in memory (256 bytes, aligned to
 *  64); they cannot be passed to or returned from a function that is called. */
typedef float tatami_acc __attribute__((vector_size(256)));

/** An accumulator of integer products: 8 x 8 int32_t, row-major. */
typedef int32_t tatami_acci __attribute__((vector_size(256)));

/** Marks what a pointer points to as memory of some node of the machine:
 *      float TATAMI_REMOTE *p = tatami_remote(node, &local);
 *  A local pointer does not convert to it. In C++ see tatami::remote_ptr. */
#define TATAMI_REMOTE __attribute__((address_space(1)))

/** A rectangle of nodes; see tatami_rect(). */
typedef uint64_t tatami_nodes;

/* Every function of these headers is inlined, at -O0 as well. */
#define TATAMI_INLINE                                                          \
  static inline __attribute__((always_inline, nodebug, unused))

#endif /* TATAMI_TYPES_H */
