// Figures as JSON, in cycles: who reads it makes its own percents.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "Json.h"

#include <fmt/format.h>

namespace tatami::prof {

Json jsonOf(const char *verb) {
  return {{"schema", jsonSchema}, {"verb", verb}};
}

Json lostJson(const CycleCounts &counts) {
  Json lost = Json::object();
  for (size_t i = 0; i < numCauses; ++i)
    if (Cause(i) != Cause::Idle)
      lost[causeName(Cause(i))] = counts.lost[i];
  return lost;
}

Json countsJson(const CodeCycles &counts) {
  return {{"cycles", counts.cycles()},
          {"issued_cycles", counts.issued},
          {"lost_cycles", lostJson(counts)},
          {"executed", counts.executed},
          {"macs", counts.macs},
          {"flops", counts.flops},
          {"sram_bytes", counts.sramBytes},
          {"packets", counts.packets},
          {"hops", counts.hops},
          {"die_crossings", counts.crossings}};
}

Json runJson(const Analysis &analysis) {
  const Profile &profile = analysis.profile;
  const ThreadTotals threads = threadTotals(profile);
  return {{"image", profile.image},
          {"arguments", profile.arguments},
          {"options", profile.options},
          {"machine", profile.machine},
          {"nodes", profile.nodes.size()},
          {"timing", profile.timing},
          {"cycles", profile.cycles},
          {"cycles_are_estimates", profile.isEstimate},
          {"clock_ghz", profile.clockGigahertz},
          {"exit_status", profile.exitStatus},
          {"report", profile.report},
          {"threads", threads.threads},
          {"threads_ran", threads.ran},
          {"idle_cycles", threads.idle},
          {"total", countsJson(analysis.total)}};
}

int printJson(const Json &json) {
  // Names in an image may be bytes that are no UTF-8.
  fmt::print("{}\n",
             json.dump(1, ' ', false, Json::error_handler_t::replace));
  return 0;
}

} // namespace tatami::prof
