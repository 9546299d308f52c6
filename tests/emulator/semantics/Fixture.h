//===- Fixture.h - A thread and a memory to run instructions on -*- C++ -*-===//
//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TATAMI_TESTS_SEMANTICS_FIXTURE_H
#define TATAMI_TESTS_SEMANTICS_FIXTURE_H

#include "../numerics/Samples.h"
#include "tatami/node/Sram.h"
#include "tatami/semantics/Semantics.h"

#include <catch2/catch.hpp>
#include <cmath>

namespace tatami::test {

using isa::Form;

struct Fixture {
  ThreadState t;
  Sram mem;
  Random random{42};

  Fixture() { t.reset(); }

  template <class Operands> auto run(const Operands &i) {
    return exec(t, mem, i);
  }
  V512 randomVector() {
    V512 r;
    for (unsigned word = 0; word < 8; ++word)
      r.u64[word] = random.next();
    return r;
  }
};

/// Operands with the named fields set: with<isa::Add>([](auto &i) { ... }).
template <class Operands, class Set> Operands with(Set set) {
  Operands i{};
  set(i);
  return i;
}

/// x3 = op x1, x2 (or x1 and a constant).
template <class Operands> Operands scalar(std::int32_t imm = 0) {
  Operands i{};
  i.rd = 3;
  i.rs1 = 1;
  if constexpr (requires { i.rs2; })
    i.rs2 = 2;
  if constexpr (requires { i.imm; })
    i.imm = imm;
  return i;
}

/// v3 = op v1, v2 under m1 (or v1 alone; a comparison writes m2).
template <class Operands> Operands vector() {
  Operands i{};
  if constexpr (requires { i.vd; })
    i.vd = 3;
  if constexpr (requires { i.rd; })
    i.rd = 3;
  if constexpr (requires { i.md; })
    i.md = 2;
  if constexpr (requires { i.vs1; })
    i.vs1 = 1;
  if constexpr (requires { i.vs2; })
    i.vs2 = 2;
  if constexpr (requires { i.rs1; })
    i.rs1 = 1;
  if constexpr (requires { i.rs2; })
    i.rs2 = 2;
  if constexpr (requires { i.m; })
    i.m = 1;
  return i;
}

} // namespace tatami::test

#endif // TATAMI_TESTS_SEMANTICS_FIXTURE_H
