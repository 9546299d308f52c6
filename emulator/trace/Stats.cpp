// Sums of counters and their JSON form.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "tatami/trace/Stats.h"

#include <nlohmann/json.hpp>

using namespace tatami;

ListCounters &ListCounters::operator+=(const ListCounters &other) {
  descriptors += other.descriptors;
  packets += other.packets;
  sendCycles += other.sendCycles;
  fetchCycles += other.fetchCycles;
  semaphoreCycles += other.semaphoreCycles;
  creditCycles += other.creditCycles;
  portCycles += other.portCycles;
  return *this;
}

ListCounters &ListCounters::operator-=(const ListCounters &other) {
  descriptors -= other.descriptors;
  packets -= other.packets;
  sendCycles -= other.sendCycles;
  fetchCycles -= other.fetchCycles;
  semaphoreCycles -= other.semaphoreCycles;
  creditCycles -= other.creditCycles;
  portCycles -= other.portCycles;
  return *this;
}

Counters &Counters::operator+=(const Counters &other) {
  cycles += other.cycles;
  instructions += other.instructions;
  macs += other.macs;
  flops += other.flops;
  issuedCycles += other.issuedCycles;
  for (size_t i = 0; i < numCauses; ++i)
    lost[i] += other.lost[i];
  lists += other.lists;
  return *this;
}

Counters &Counters::operator-=(const Counters &other) {
  cycles -= other.cycles;
  instructions -= other.instructions;
  macs -= other.macs;
  flops -= other.flops;
  issuedCycles -= other.issuedCycles;
  for (size_t i = 0; i < numCauses; ++i)
    lost[i] -= other.lost[i];
  lists -= other.lists;
  return *this;
}

double Stats::utilization(const Counters &counters, uint64_t nodeCount) const {
  double peak =
      double(counters.cycles) * double(macsPerCycle) * double(nodeCount);
  return peak > 0 ? double(counters.macs) / peak : 0;
}

using Json = nlohmann::ordered_json;

static Json countersToJson(const Stats &stats, const Counters &counters,
                           uint64_t nodeCount) {
  Json lost = Json::object();
  for (size_t i = 0; i < numCauses; ++i)
    lost[causeName(Cause(i))] = counters.lost[i];
  Json figures = {{"cycles", counters.cycles},
          {"instructions", counters.instructions},
          {"nodes", nodeCount},
          {"macs", counters.macs},
          {"flops", counters.flops},
          {"matrix_utilization", stats.utilization(counters, nodeCount)},
          {"issued_cycles", counters.issuedCycles},
          {"lost_cycles", lost}};
  const ListCounters &lists = counters.lists;
  if (lists.descriptors > 0)
    figures["list_engine"] = {{"descriptors", lists.descriptors},
                              {"packets", lists.packets},
                              {"send", lists.sendCycles},
                              {"fetch", lists.fetchCycles},
                              {"semaphore", lists.semaphoreCycles},
                              {"credit", lists.creditCycles},
                              {"port", lists.portCycles}};
  return figures;
}

std::string tatami::statsToJson(const Stats &stats) {
  Json root = {{"schema", statsSchema},
               {"machine", stats.machine},
               {"timing", stats.timing},
               {"idealised", stats.idealised},
               {"host_level", stats.hostLevel},
               {"clock_ghz", stats.clockGigahertz},
               {"threads_per_node", stats.threadsPerNode},
               {"exit_status", stats.exitStatus}};
  root.update(countersToJson(stats, stats.total, stats.nodes.size()));
  const MeshCounters &mesh = stats.mesh;
  root["mesh"] = {{"model", mesh.isEstimate ? "fast" : "routers"},
                  {"cycles_are_estimates", mesh.isEstimate},
                  {"packets", mesh.packets},
                  {"delivered", mesh.delivered},
                  {"hops", mesh.hops},
                  {"to_devices", mesh.toDevices},
                  {"from_devices", mesh.fromDevices},
                  {"credit_stalls", mesh.creditStalls},
                  {"arbitration_losses", mesh.arbitrationLosses}};
  root["host_seconds"] = stats.hostSeconds;
  Json regions = Json::object();
  for (auto &[name, region] : stats.regions) {
    Json json = countersToJson(stats, region, region.nodes);
    json["entries"] = region.entries;
    regions[name] = json;
  }
  root["regions"] = regions;
  Json nodes = Json::array();
  for (const NodeStats &node : stats.nodes) {
    Json json = {{"node", node.node}, {"x", node.x}, {"y", node.y}};
    json.update(countersToJson(stats, node, 1));
    json["host_seconds"] = stats.hostSeconds / double(stats.nodes.size());
    json["packets_sent"] = node.packetsSent;
    json["packets_received"] = node.packetsReceived;
    nodes.push_back(json);
  }
  root["per_node"] = nodes;
  return root.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}
