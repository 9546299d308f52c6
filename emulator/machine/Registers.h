// Instructions and registers of a node as a report or a log shows them.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include "Node.h"

#include "tatami/isa/Codec.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <string>

namespace tatami {

inline uint32_t wordAt(const Node &node, uint64_t pc) {
  uint32_t word = 0;
  if (node.memory.contains(pc, 4))
    std::memcpy(&word, node.memory.bytes() + pc, 4);
  return word;
}

/// Value of a register as a report shows it: long ones as their first bytes.
inline std::string registerValue(const ThreadState &state, isa::RegFile file,
                          unsigned number, bool whole) {
  auto lanes = [&](const uint32_t *words, unsigned count) {
    unsigned shown = whole ? count : std::min(count, 4u);
    std::string text;
    for (unsigned i = 0; i < shown; ++i)
      text += fmt::format("{}{:08x}", i ? "_" : "", words[i]);
    return shown < count ? text + "..." : text;
  };
  switch (file) {
  case isa::RegFile::X:
    return fmt::format("{:#x}", state.x[number]);
  case isa::RegFile::M:
    return fmt::format("{:#x}", state.m[number]);
  case isa::RegFile::V: {
    uint32_t words[16];
    std::memcpy(words, &state.v[number], sizeof(words));
    return lanes(words, 16);
  }
  case isa::RegFile::Acc: {
    uint32_t words[64];
    std::memcpy(words, &state.acc[number], sizeof(words));
    return lanes(words, 64);
  }
  case isa::RegFile::None:
    break;
  }
  return "";
}

} // namespace tatami
