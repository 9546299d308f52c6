// What BookSim2 makes of packet lists of ours, recorded.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// BookSim2: github.com/booksim/booksim2, routers/iq_router.cpp of commit
// 27eb224, booksim_config.cpp of 080fcd6, all else of 923f1a9 and 348aedf. What
// the configuration below uses of its routers, allocators, buffers, channels,
// network, routing and TrafficManager::_Step was rebuilt from these sources,
// with a packet list (see Traffic.h) in place of its traffic generators: a node
// has a queue without end, and a latency is the cycle in which the flit is read
// from the network minus the cycle of its creation. The code is not needed
// again and not kept here.
//
// Configuration: topology = mesh, n = 2, k = 8; k = 20 for 18 x 20, two columns
// of which nobody uses. routing_function = dim_order, packet_size = 1,
// num_vcs = 1, vc_buf_size = 8, speculative = 1, routing_delay = 0. All else as
// booksim_config.cpp has it: vc_alloc_delay = sw_alloc_delay = st_final_delay
// = 1, credit_delay = 0, wait_for_tail_credit = 0, islip with one iteration for
// both allocators, spec_check_elig = spec_check_cred = 1, spec_sw_allocator =
// prio. So it takes three cycles per hop: its latency was 5 + 3 * hops for all
// 4,096 pairs of 8 x 8.
//
// Two of its choices only say who goes first: a packet can be given an output
// whose buffer behind is still full, which then waits for it; and the round
// robin goes east, west, south, north, node. "Same ties" is BookSim2 with
// vc_busy_when_full = 1, its own option against the first, and its routers'
// ports numbered as ours, for the second. Then every packet has to arrive in
// the same cycle in both.
#pragma once

#include "Traffic.h"

#include <vector>

namespace tatami::mesh::test {

/// FNV-1a over the latencies of packets, a latency at a time.
struct Fingerprint {
  uint64_t value = 0xcbf29ce484222325;
  void add(Cycle latency) { value = (value ^ latency) * 0x100000001b3; }
};

/// Packets created in the window behind this many cycles are measured.
inline constexpr Cycle latencyWarmUp = 1000;
inline constexpr Cycle throughputWarmUp = 3000;

struct RecordedLatency {
  const char *name;
  Pattern pattern;
  double load;
  unsigned block; ///< So many packets at a time to the same node.
  Cycle window;
  /// Mean latency of one run of the same simulator elsewhere, with other
  /// packets, some thousand cycles long; 0 if there is none.
  double elsewhere;
  uint64_t packets; ///< Of all lists.
  /// Of the packets of the lists with seed 1, 2, ...
  std::vector<uint64_t> latencySums;
  /// The same ties: of the packets of all lists, and the Fingerprint of their
  /// latencies.
  uint64_t sameTiesSum, sameTies;
};

/// Every node offers a packet in every cycle.
struct RecordedThroughput {
  const char *name;
  Pattern pattern;
  Cycle window;
  double elsewhere; ///< As above; packets per node and cycle.
  /// Packets that arrived in the window; seed 1.
  uint64_t accepted, sameTies;
};

// clang-format off
/// Below saturation; the last load of a pattern just below.
inline const std::vector<RecordedLatency> latency8x8 = {
    {"uniform", uniform, .05, 1, 3000, 21.2, 76563,
     {203519, 201641, 201404, 201521, 202780, 202191, 203865, 196679},
     1613602, 0x3cacaf44fce58aff},
    {"uniform", uniform, .20, 1, 3000, 21.8, 306526,
     {836141, 835076, 840814, 831220, 843030, 834763, 839345, 830924},
     6691245, 0xaf71bd3533a975dc},
    {"uniform", uniform, .30, 1, 3000, 23.4, 460885,
     {1346630, 1340112, 1346647, 1345823, 1362013, 1347754, 1363000, 1347386},
     10797931, 0x85d372c3db5dd6fa},
    {"transpose", transpose, .05, 1, 3000, 23.0, 67022,
     {194124, 194269, 193773, 193548, 196094, 196110, 196038, 190577},
     1554533, 0x8d4656513fb077e0},
    {"transpose", transpose, .10, 1, 3000, 23.6, 133829,
     {392967, 393110, 393881, 394197, 395570, 395508, 397758, 390242},
     3153233, 0xf130882890d5626a},
    {"transpose", transpose, .13, 1, 3000, 25.0, 174272,
     {540724, 540099, 533816, 533538, 533380, 535091, 547625, 526976},
     4291247, 0x15a26cef9db76d90},
    {"neighbour", neighbour, .2, 1, 3000, 8.1, 306526,
     {310573, 309547, 311236, 307842, 311780, 309421, 310880, 308501},
     2479781, 0xe314582c7d75655c},
    {"neighbour", neighbour, .5, 1, 3000, 8.4, 768177,
     {804868, 800594, 803689, 803006, 806779, 803220, 805442, 803355},
     6430963, 0xe47d1d2592a59ebe},
    {"neighbour", neighbour, .8, 1, 3000, 9.9, 1228470,
     {1523903, 1520494, 1515805, 1553919, 1545738, 1519682, 1536797, 1557704},
     12272862, 0x2c9089f45e02bd7b},
    {"hotspot", hotspot, .05, 1, 3000, 20.8, 76527,
     {202049, 196638, 198997, 199911, 199769, 199518, 199249, 193419},
     1589537, 0xab1528c3f9840b28},
    {"hotspot", hotspot, .10, 1, 3000, 21.1, 153234,
     {407519, 403185, 402882, 401488, 403719, 405848, 409867, 397785},
     3232672, 0x1984c84d21f8cfb1},
    {"all to one", allToOne, .008, 1, 3000, 17.7, 12130,
     {26933, 26741, 27136, 26952, 25886, 26640, 28101, 25881},
     214270, 0x9a4e147681b74a0b},
    {"all to one", allToOne, .014, 1, 3000, 20.3, 21013,
     {57225, 53407, 53916, 55989, 52259, 54652, 58757, 50990},
     437200, 0x654c25468382a503},
    {"uniform", uniform, .05, 64, 3000, 0, 73344,
     {662156, 536919, 530514, 536776, 539233, 505132, 633161, 497071},
     4440888, 0xffd38f68e1139815},
};

inline const std::vector<RecordedLatency> latency18x20 = {
    {"uniform", uniform, .02, 1, 1000, 43.0, 28850,
     {312527, 314721, 313918, 304317},
     1245489, 0x86468d5607b58028},
    {"uniform", uniform, .08, 1, 1000, 43.9, 115370,
     {1251804, 1270602, 1273834, 1263979},
     5060319, 0xa464340622abddf8},
    {"uniform", uniform, .12, 1, 1000, 45.1, 173047,
     {1935461, 1944826, 1965537, 1941274},
     7786470, 0xc15dc5290518c45f},
    {"uniform", uniform, .16, 1, 1000, 49.8, 230811,
     {2834778, 2836048, 2928195, 2832992},
     11416407, 0x011a290465e009e0},
    {"neighbour", neighbour, .2, 1, 1000, 8.1, 288034,
     {582354, 582101, 584716, 581507},
     2330679, 0xd3c34c64ffde9424},
    {"neighbour", neighbour, .5, 1, 1000, 8.4, 720435,
     {1509906, 1505690, 1507229, 1510973},
     6033806, 0x63fa2cabb7f46317},
    {"neighbour", neighbour, .8, 1, 1000, 9.6, 1152139,
     {2798683, 2770256, 2785799, 2769885},
     11123871, 0x60cd96b78039f0e4},
    {"uniform", uniform, .03, 64, 1000, 0, 46336,
     {960668, 1150766, 1010896, 1040717},
     4163025, 0x954e9d0f0057ef7c},
    {"neighbour", neighbour, .2, 64, 1000, 0, 286336,
     {3845732, 4274086, 4060996, 3989668},
     16170989, 0xfc492e119ca88fac},
};

/// At or past saturation: queues grow, and who waits decides how long.
inline const std::vector<RecordedLatency> saturated8x8 = {
    {"uniform", uniform, .40, 1, 3000, 0, 615062,
     {14948135, 15339552, 15192032, 14094798, 14231924, 14442636,
      16164351, 14592114},
     119250423, 0x8afd52024cab9cd4},
    {"hotspot", hotspot, .14, 1, 3000, 0, 214524,
     {2886103, 3161715, 3419734, 2754258, 2898786, 3755182, 5178327, 2901434},
     28339322, 0x6e676da6760476c1},
    {"uniform", uniform, .20, 64, 3000, 0, 305280,
     {5799881, 5224548, 7777458, 7666395, 6830347, 4862212, 9790389, 5915426},
     54061702, 0x1ce483495a549be1},
};

inline const std::vector<RecordedThroughput> throughput8x8 = {
    {"uniform", uniform, 5000, .370, 118228, 118124},
    {"transpose", transpose, 5000, .2188, 70000, 70000},
    {"neighbour", neighbour, 5000, .894, 286313, 286331},
    {"hotspot", hotspot, 5000, .145, 45656, 45840},
    {"all to one", allToOne, 5000, .0156, 5000, 5000},
};

inline const std::vector<RecordedThroughput> throughput18x20 = {
    {"uniform", uniform, 2000, .154, 110870, 109608},
    {"transpose", transpose, 2000, .0944, 68000, 68000},
    {"neighbour", neighbour, 2000, .928, 668191, 668051},
    {"all to one", allToOne, 2000, .0028, 2000, 2000},
};
// clang-format on

} // namespace tatami::mesh::test
