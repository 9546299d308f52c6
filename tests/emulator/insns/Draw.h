// Operands for the instruction tests: random ones, with everything special
// (limits, infinities, NaNs, equal and neighbouring numbers) drawn often.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include "Model.h"

namespace tatami::insns {

class Draw {
public:
  explicit Draw(uint64_t seed) : State(seed * 2 + 1) {}

  uint64_t next();
  uint64_t below(uint64_t count) { return (next() >> 11) % count; }
  bool oneIn(uint64_t count) { return below(count) == 0; }

  /// A value for a scalar register.
  uint64_t word();
  /// FP32 bits.
  uint32_t real();
  uint64_t mask();
  void vector(VectorBytes &bytes);

  /// An address for an access of \p bytes; most are valid, some just not.
  uint64_t address(const Model &model, unsigned bytes);

  /// Every register of \p model.
  void registers(Model &model);
  /// The registers that \p info names, each field drawn into \p fields.
  void operands(const isa::InstInfo &info, Fields &fields);
  /// New contents for the registers that the fields name, and a new pc.
  void contents(const isa::InstInfo &info, const Fields &fields, Model &model);

private:
  /// What is no register.
  void control(Model &model);

  uint64_t State;
};

/// The field of that name.
int &fieldNamed(Fields &fields, const std::string &name);

} // namespace tatami::insns
