/*===- tatami/profile.h - What a program tells the profiler ----------------===
 *
 * SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * Ranges and counters show up in the timeline (tatami-run --profile FILE
 * --timeline, tatami-prof trace). Each call is a host call: it drains the
 * pipeline and costs 100 cycles, whether anybody records or not, so that a
 * profiled run is the run without a profile. A profile gives these cycles to
 * the cause "host", and a range leaves out those of its own two calls.
 *
 *===----------------------------------------------------------------------===*/

#ifndef TATAMI_PROFILE_H
#define TATAMI_PROFILE_H

#include <tatami/node.h>
#include <tatami/types.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Begins a range, which is a region (see tatami_region_begin()): ranges nest,
 *  a slice of the timeline each. A call. */
TATAMI_INLINE void tatami_range_push(const char *name) {
  tatami_region_begin(name);
}

/** Ends the innermost range that this thread has begun. A call. */
TATAMI_INLINE void tatami_range_pop(void) { tatami_region_end(); }

/** Notes the value that something has now: a curve in the timeline, one for
 *  each node and name. A call. */
void tatami_counter(const char *name, double value);

#ifdef __cplusplus
}

namespace tatami {

/** A range that ends with its scope:
 *      tatami::Range range("softmax"); */
class Range {
public:
  explicit Range(const char *name) { tatami_range_push(name); }
  ~Range() { tatami_range_pop(); }
  Range(const Range &) = delete;
  Range &operator=(const Range &) = delete;
};

} // namespace tatami
#endif

#endif /* TATAMI_PROFILE_H */
