// Regions of a profile.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "Regions.h"

#include <algorithm>

using namespace tatami;

uint32_t RegionNumbers::of(const std::string &name) {
  std::lock_guard lock(mutex);
  if (auto known = numbers.find(name); known != numbers.end())
    return known->second;
  if (numbers.size() + 2 >= most)
    return numbers.try_emplace("(all others)", most - 1).first->second;
  const auto number = uint32_t(numbers.size() + 1);
  numbers.emplace(name, number);
  return number;
}

std::vector<std::string> RegionNumbers::names() const {
  std::lock_guard lock(mutex);
  std::vector<std::string> names(1);
  for (const auto &[name, number] : numbers) {
    names.resize(std::max<size_t>(names.size(), number + 1));
    names[number] = name;
  }
  return names;
}

void NodeRegions::go(uint32_t region, const Sums &sums) {
  // A thread may come to a region's edge at an earlier time than another one
  // did before.
  auto add = [](uint64_t &spent, uint64_t &from, uint64_t to) {
    spent += to > from ? to - from : 0;
    from = std::max(from, to);
  };
  Spent &left = regions[now];
  add(left.cycles, before.cycles, sums.cycles);
  add(left.packets, before.packets, sums.packets);
  add(left.descriptors, before.descriptors, sums.descriptors);
  now = region;
  if (regions.size() <= region)
    regions.resize(region + 1);
  regions[region].entered = true;
}
