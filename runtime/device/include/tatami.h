/*===- tatami.h - The machine, for C and C++ -------------------------------===
 *
 * SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * Typed access to what Tatami-1 has and C has not: vectors, the matrix unit,
 * number formats, the mesh, threads, control registers. Every function here is
 * one instruction (or a few) unless its comment says that it is a call.
 *
 * Constant arguments are checked when the program is compiled, and so are
 * types: an accumulator is not a vector, a local pointer is not a global one.
 *
 *===----------------------------------------------------------------------===*/

#ifndef TATAMI_H
#define TATAMI_H

#ifndef __tatami__
#error "tatami.h is for programs that tatami-clang compiles for the device"
#endif

#include <tatami/convert.h>
#include <tatami/list.h>
#include <tatami/math.h>
#include <tatami/matrix.h>
#include <tatami/mesh.h>
#include <tatami/node.h>
#include <tatami/permute.h>
#include <tatami/print.h>
#include <tatami/profile.h>
#include <tatami/types.h>

#ifdef __cplusplus
#include <tatami/remote_ptr.h>
#endif

#endif /* TATAMI_H */
