// Puts the parts of a page together.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "Page.h"

#include "PageData.h"
#include "PageText.h"

#include <fmt/format.h>

using namespace tatami;
using namespace tatami::prof;
using nlohmann::json;

/// {program, imageHash, arguments, options, machine, timing, estimate,
///  exitStatus, report, clock, hostSeconds, cycles, columns, rows, nodes,
///  macsPerCycle, instructions, macs, flops, threads: issued and lost, mesh,
///  regions: [name, nodes, entries, cycles, counts...], boundBy, warnings,
///  profile, generator}
json tatami::prof::runData(const PageInput &input) {
  const Profile &profile = input.analysis.profile;
  uint64_t instructions = 0, macs = 0, flops = 0;
  CycleCounts threads;
  for (const NodeProfile &node : profile.nodes) {
    macs += node.macs;
    flops += node.flops;
    for (const ThreadProfile &thread : node.threads) {
      instructions += thread.instructions;
      threads += thread;
    }
  }
  json cycles = json::array({threads.issued});
  for (uint64_t lost : threads.lost)
    cycles.push_back(lost);

  json regions = json::array();
  for (const auto &[name, region] : profile.regions) {
    CodeCycles counts;
    counts.executed = region.instructions;
    counts.issued = region.issuedCycles;
    counts.lost = region.lost;
    counts.macs = region.macs;
    counts.flops = region.flops;
    json row = {name, region.nodes, region.entries, region.cycles};
    json fields = countsData(counts);
    row.insert(row.end(), fields.begin(), fields.end());
    regions.push_back(std::move(row));
  }
  return {{"program", profile.image},
          {"imageHash", fmt::format("{:016x}", profile.imageHash)},
          {"arguments", profile.arguments},
          {"options", profile.options},
          {"machine", profile.machine},
          {"timing", profile.timing},
          {"estimate", profile.isEstimate},
          {"exitStatus", profile.exitStatus},
          {"report", profile.report},
          {"clock", profile.clockGigahertz},
          {"hostSeconds", profile.hostSeconds},
          {"cycles", profile.cycles},
          {"columns", profile.columns},
          {"rows", profile.rows},
          {"nodes", profile.nodes.size()},
          {"macsPerCycle", Stats().macsPerCycle},
          {"instructions", instructions},
          {"macs", macs},
          {"flops", flops},
          {"threads", std::move(cycles)},
          {"mesh",
           {{"packets", profile.mesh.packets},
            {"delivered", profile.mesh.delivered},
            {"hops", profile.mesh.hops}}},
          {"regions", std::move(regions)},
          {"boundBy", input.boundBy},
          {"warnings", input.warnings},
          {"profile", input.profilePath},
          {"generator", "tatami-prof"}};
}

/// As it may stand in a script element: "<" would end it or open a comment.
static std::string scriptSafe(const json &data) {
  std::string text = data.dump(-1, ' ', true, json::error_handler_t::replace);
  std::string safe;
  safe.reserve(text.size());
  for (char c : text)
    if (c == '<')
      safe += "\\u003c";
    else
      safe += c;
  return safe;
}

static std::string htmlSafe(const std::string &text) {
  std::string safe;
  for (char c : text)
    switch (c) {
    case '<':
      safe += "&lt;";
      break;
    case '&':
      safe += "&amp;";
      break;
    default:
      safe += c;
    }
  return safe;
}

std::string tatami::prof::renderPage(const PageInput &input) {
  const Profile &profile = input.analysis.profile;
  Blob blob;
  json causes = json::array();
  for (size_t i = 0; i < numCauses; ++i)
    causes.push_back(causeName(Cause(i)));
  json data = {{"causes", std::move(causes)},
               {"run", runData(input)},
               {"code", codeData(input.analysis)},
               {"mesh", meshData(input, blob)}};
  data["energy"] = input.energy ? energyData(*input.energy, blob) : json();
  data["path"] = input.path ? pathData(*input.path) : json();
  data["timeline"] =
      input.timeline ? timelineData(*input.timeline, profile,
                                    input.analysis.symbols, blob)
                     : json();
  data["roofline"] =
      input.nodeRoofline && input.machineRoofline
          ? rooflineData(*input.nodeRoofline, *input.machineRoofline)
          : json();

  // In one pass: a part that holds another part's name stays as it is.
  std::string page;
  std::string_view rest = pageHtml;
  for (size_t at; (at = rest.find('@')) != std::string_view::npos;) {
    size_t end = rest.find('@', at + 1);
    std::string_view name = rest.substr(at + 1, end - at - 1);
    page += rest.substr(0, at);
    rest.remove_prefix(end + 1);
    if (name == "TITLE")
      page += htmlSafe(profile.image + " - tatami-prof");
    else if (name == "STYLE")
      page += pageStyle;
    else if (name == "SCRIPT")
      page += pageScript;
    else if (name == "DATA")
      page += scriptSafe(data);
    else if (name == "ARRAYS")
      page += blob.encode();
    else if (name == "NONCE")
      page += pageHash;
  }
  page += rest;
  return page;
}
