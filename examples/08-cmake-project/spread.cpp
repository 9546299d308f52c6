// Every node counts its share of a set of values; node 0 adds up what the others
// count, straight into its memory, and prints how they are spread.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "histogram.h"
#include <array>
#include <cstdint>
#include <cstdio>
#include <tatami.h>

namespace {
constexpr std::uint32_t Share = 256;
std::array<std::uint32_t, Share> Values;
std::array<std::uint32_t, HistogramBins> Bins;
} // namespace

int main() {
  const auto Nodes = static_cast<std::uint32_t>(tatami_node_count());
  const auto Rank = static_cast<std::uint32_t>(tatami_rank());
  for (std::uint32_t I = 0; I < Share; ++I)
    Values[I] = (Rank * Share + I) * (0xffffffffU / (Nodes * Share) + 1);
  histogram(Values.data(), Values.size(), Bins.data());
  tatami_barrier_all();

  if (Rank == 0) {
    std::array<std::uint32_t, HistogramBins> Total = Bins;
    for (int Node = 1; Node < static_cast<int>(Nodes); ++Node)
      for (int Bin = 0; Bin < HistogramBins; ++Bin)
        Total[Bin] += tatami::remote_ptr<std::uint32_t>(Node, &Bins[Bin]).get();
    std::printf("%u nodes, %u values, in %d bins:", unsigned(Nodes), unsigned(Nodes * Share), int(HistogramBins));
    for (std::uint32_t Count : Total)
      std::printf(" %u", unsigned(Count));
    std::printf("\n");
  }
  tatami_barrier_all();
}
