// Profiles as a recorder would make them, of the image that the tests compile.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include "tatami/loader/Image.h"
#include "tatami/profiler/Analysis.h"
#include "tatami/trace/ProfileFile.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cstring>
#include <fstream>

/// An image and an empty profile of its text.
struct Handmade {
  tatami::Image image;
  tatami::Profile profile;

  explicit Handmade(const std::string &file = TATAMI_INLINED) {
    using namespace tatami;
    REQUIRE(readElfFile(file, 0x140000, image) == "");
    const Image::Segment &text = image.text();
    profile.image = file;
    profile.imageHash = hashFile(file);
    profile.machine = "node";
    profile.timing = "d1";
    profile.textBase = text.address;
    profile.text.resize(text.data.size() / 4);
    std::memcpy(profile.text.data(), text.data.data(),
                4 * profile.text.size());
    profile.nodes.resize(1);
    profile.linkPackets.assign(4, 0);
    profile.linkCreditStalls.assign(4, 0);
  }

  const tatami::Image::Symbol &symbol(const std::string &name) const {
    auto found =
        std::find_if(image.symbols.begin(), image.symbols.end(),
                     [&](const auto &symbol) { return symbol.name == name; });
    REQUIRE(found != image.symbols.end());
    return *found;
  }

  tatami::PcCounts &at(uint64_t pc) {
    return profile.countsOf((pc - profile.textBase) / 4);
  }

  /// Gives every instruction of the function one execution, an issued cycle
  /// and \p lost cycles of \p cause. Returns how many there are.
  uint64_t fill(const std::string &function, tatami::Cause cause,
                uint64_t lost) {
    const tatami::Image::Symbol &f = symbol(function);
    for (uint64_t pc = f.address; pc < f.address + f.size; pc += 4) {
      ++at(pc).executed;
      ++at(pc).issued;
      at(pc).lost[size_t(cause)] += lost;
    }
    return f.size / 4;
  }

  /// Line of the source that ends with "// \p mark".
  static unsigned lineOf(const std::string &mark) {
    std::ifstream source(TATAMI_INLINED_SOURCE);
    std::string text;
    for (unsigned line = 1; std::getline(source, text); ++line)
      if (text.ends_with("// " + mark))
        return line;
    return 0;
  }
};
