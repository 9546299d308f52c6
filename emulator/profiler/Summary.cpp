// The summary that "tatami-prof run" ends with.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "Summary.h"

#include "Source.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

namespace tatami::prof {
namespace {

constexpr size_t topFunctions = 5;

void printCycles(const Analysis &analysis, const Screen &screen) {
  const Profile &profile = analysis.profile;
  const double cycles = double(profile.cycles);
  const double nodes = double(profile.nodes.size());
  Counters work;
  work.cycles = profile.cycles;
  work.macs = analysis.total.macs;
  fmt::print(screen.file, "  {} on {}, {} node{}, timing {}\n",
             screen.bold(fileName(profile.image)), visible(profile.machine),
             withCommas(profile.nodes.size()),
             profile.nodes.size() == 1 ? "" : "s", profile.timing);
  fmt::print(screen.file,
             "  {} cycles{} = {:.4g} us at {:g} GHz, IPC {:.3f} a node, matrix "
             "utilisation {}\n",
             withCommas(profile.cycles),
             profile.isEstimate ? " (an estimate)" : "",
             cycles / profile.clockGigahertz / 1e3, profile.clockGigahertz,
             cycles * nodes > 0
                 ? double(analysis.total.executed) / (cycles * nodes)
                 : 0,
             percent(Stats().utilization(work, profile.nodes.size()), 1, 1));
}

void printCauses(const Analysis &analysis, const Screen &screen) {
  const ThreadTotals threads = threadTotals(analysis.profile);
  const uint64_t all = analysis.total.cycles();
  fmt::print(screen.file, "\n  {} thread-cycles, {} of {} thread{} ran:\n",
             withCommas(all), withCommas(threads.ran),
             withCommas(threads.threads), threads.threads == 1 ? "" : "s");
  const auto causes = greatestCauses(analysis.total);
  std::vector<uint64_t> parts = {analysis.total.issued};
  for (const auto &[cause, cycles] : causes)
    parts.push_back(cycles);
  const std::vector<std::string> percents = exactPercents(parts);
  auto line = [&](const std::string &share, uint64_t cycles,
                  const std::string &what, double heat) {
    fmt::print(screen.file, "  {}  {:>15}  {}\n",
               screen.heat(fmt::format("{:>8}", share), heat), withCommas(cycles),
               what);
  };
  line(percents[0], parts[0], "issued", 0);
  for (size_t i = 0; i < causes.size(); ++i)
    line(percents[i + 1], parts[i + 1], causeWords(causes[i].first),
         double(parts[i + 1]) / double(all));
  if (uint64_t idle = threads.idle - threads.neverRan)
    fmt::print(screen.file,
               "  Not counted: {} thread-cycles before these threads' start or "
               "after their end.\n",
               withCommas(idle));
}

void printFunctions(const Analysis &analysis, const Screen &screen) {
  const uint64_t all = analysis.total.cycles();
  fmt::print(screen.file, "\n  where most of them went:\n");
  const unsigned width = screen.widthOr(120);
  for (size_t i = 0; i < std::min(topFunctions, analysis.functions.size());
       ++i) {
    const FunctionCycles &f = analysis.functions[i];
    if (f.cycles() == 0)
      break;
    const double share = all ? double(f.cycles()) / double(all) : 0;
    std::string text = f.name;
    if (f.line)
      text += " at " + placeName(f.file, f.line);
    if (std::string causes = topCauses(f, 1); !causes.empty())
      text += ", " + causes;
    fmt::print(screen.file, "  {}  {:>15}  {}\n",
               screen.heat(fmt::format("{:>8}", percent(share, 1, 1)), share),
               withCommas(f.cycles()), cut(visible(text), width - 29));
  }
}

} // namespace

std::vector<std::string> exactPercents(const std::vector<uint64_t> &parts) {
  const uint64_t sum =
      std::accumulate(parts.begin(), parts.end(), uint64_t(0));
  if (sum == 0)
    return std::vector<std::string>(parts.size(), "-");
  __extension__ using Wide = unsigned __int128;
  std::vector<unsigned> tenths;
  std::vector<std::pair<uint64_t, size_t>> cutOff;
  unsigned given = 0;
  for (size_t i = 0; i < parts.size(); ++i) {
    const Wide scaled = Wide(parts[i]) * 1000;
    tenths.push_back(unsigned(scaled / sum));
    cutOff.emplace_back(uint64_t(scaled % sum), i);
    given += tenths.back();
  }
  std::stable_sort(cutOff.begin(), cutOff.end(), [](auto &a, auto &b) {
    return a.first > b.first;
  });
  for (size_t i = 0; given < 1000; ++i, ++given)
    ++tenths[cutOff[i].second];
  std::vector<std::string> texts;
  for (unsigned value : tenths)
    texts.push_back(fmt::format("{}.{} %", value / 10, value % 10));
  return texts;
}

void printSummary(const Analysis &analysis, const EnergyReport *energy,
                  const std::string &bound, const Screen &screen) {
  printCycles(analysis, screen);
  if (energy)
    fmt::print(screen.file, "  {}\n", energyLine(*energy));
  fmt::print(screen.file, "\n  {}\n", screen.bold(visible(bound)));
  printCauses(analysis, screen);
  printFunctions(analysis, screen);
}

} // namespace tatami::prof
