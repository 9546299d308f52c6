// What a run is bound by, on profiles made by hand.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "Handmade.h"

#include "tatami/profiler/Bottleneck.h"
#include "tatami/trace/Ideals.h"

using namespace tatami;
using namespace tatami::prof;

namespace {

constexpr uint64_t cycles = 10000;

/// A run of some nodes that ends at `cycles`, one thread each.
struct Run : Handmade {
  explicit Run(unsigned nodes = 1) {
    profile.cycles = cycles;
    profile.columns = nodes;
    profile.nodes.resize(nodes);
    profile.linkPackets.assign(4 * nodes, 0);
    profile.linkCreditStalls.assign(4 * nodes, 0);
    for (unsigned i = 0; i < nodes; ++i) {
      profile.nodes[i].node = i;
      profile.nodes[i].x = uint16_t(i);
      profile.nodes[i].cycles = cycles;
      for (ThreadProfile &thread : profile.nodes[i].threads)
        thread.lost[size_t(Cause::Idle)] = cycles;
      spend(i, Cause::Idle, 0);
    }
  }
  /// The thread loses so many cycles to \p cause; the rest of them issue.
  Run &spend(unsigned node, Cause cause, uint64_t lost, unsigned number = 0) {
    ThreadProfile &thread = profile.nodes[node].threads[number];
    thread.lost[size_t(Cause::Idle)] = 0;
    thread.lost[size_t(cause)] = lost;
    thread.issued = 0;
    thread.issued = cycles - thread.lostCycles();
    return *this;
  }
  Run &hot(Cause cause) {
    fill("_Z5outeri", cause, 10);
    return *this;
  }
  Bottleneck bottleneck() {
    std::string error;
    Symbols symbols(TATAMI_INLINED, error);
    return findBottleneck(profile, symbols);
  }
};

} // namespace

TEST_CASE("the greatest cause of the thread, where most of it is") {
  Run run;
  run.spend(0, Cause::OperandLoad, 4000).spend(0, Cause::Fetch, 1000);
  run.hot(Cause::OperandLoad);
  // More of another cause elsewhere does not matter.
  run.fill("_Z9fibonaccii", Cause::Fetch, 1000);
  Bottleneck b = run.bottleneck();
  CHECK(b.kind == Bottleneck::Kind::Cause);
  CHECK(b.cause == Cause::OperandLoad);
  CHECK(b.ideals == std::vector<std::string>{"loads=0"});
  CHECK(b.share == 0.4);
  CHECK(b.place.line != 0);
  const std::string where = " at inlined.cpp:" + std::to_string(b.place.line) +
                            " (" + b.place.function + ")";
  CHECK(boundBy(b) == "bound by: operand wait on loads" + where +
                          "; without its cycles 1.67x");
  CHECK(boundBy(b, MeasuredIdeal{"loads=0", 1.31}) ==
        "bound by: operand wait on loads" + where +
            "; removing it would give 1.31x");
  CHECK(boundBy(b, MeasuredIdeal{"sram-ports=2x", 1.5}) ==
        "bound by: operand wait on loads" + where +
            "; sram-ports=2x would give 1.50x");
}

TEST_CASE("idle threads and those that wait do not hide who works") {
  Run run;
  run.spend(0, Cause::Mispredict, 3000, 2);
  run.spend(0, Cause::Semaphore, 9900, 0).spend(0, Cause::Semaphore, 9900, 1);
  Bottleneck b = run.bottleneck();
  CHECK(b.thread == 2);
  CHECK(b.cause == Cause::Mispredict);
}

TEST_CASE("threads that meet wait for what one of them waits for") {
  Run run;
  for (unsigned i = 0; i < 4; ++i)
    run.spend(0, i == 2 ? Cause::Barrier : Cause::Semaphore, 6000, i);
  Bottleneck b = run.bottleneck();
  CHECK(b.thread == 2);
  CHECK(b.cause == Cause::Barrier);
}

TEST_CASE("a matrix unit in use is the bound, whoever waits for it") {
  Run run;
  for (unsigned i = 0; i < 4; ++i)
    run.spend(0, Cause::OtherThread, 7000, i);
  run.profile.nodes[0].macs = 256 * cycles * 98 / 100;
  Bottleneck b = run.bottleneck();
  CHECK(b.kind == Bottleneck::Kind::MatrixUnit);
  CHECK(boundBy(b) == "bound by: matrix unit, 98 % of peak");
  // Threads that wait for an ALU are none of its business.
  run.profile.nodes[0].macs = 1000;
  CHECK(run.bottleneck().kind == Bottleneck::Kind::Cause);
  CHECK(run.bottleneck().ideals == std::vector<std::string>{"issue=infinite"});
}

TEST_CASE("who loses nothing has too many instructions") {
  Run run;
  run.spend(0, Cause::Fetch, 300);
  Bottleneck b = run.bottleneck();
  CHECK(b.kind == Bottleneck::Kind::Issue);
  CHECK(boundBy(b) == "bound by: instructions, 97 % of the cycles issue");
}

TEST_CASE("barriers that everybody waits at alike are latency") {
  Run run(4);
  for (unsigned i = 0; i < 4; ++i)
    run.spend(i, Cause::Barrier, 6000 + i);
  run.profile.mesh.packets = 100;
  Bottleneck b = run.bottleneck();
  CHECK(b.kind == Bottleneck::Kind::Cause);
  CHECK(b.cause == Cause::Barrier);
  CHECK(b.ideals.front() == "barriers=free");
}

TEST_CASE("a node for which all others wait is imbalance") {
  Run run(4);
  for (unsigned i = 0; i < 4; ++i)
    run.spend(i, i == 2 ? Cause::OperandLoad : Cause::Barrier, 6000);
  run.profile.mesh.packets = 100;
  run.hot(Cause::Barrier);
  Bottleneck b = run.bottleneck();
  CHECK(b.kind == Bottleneck::Kind::Imbalance);
  CHECK(b.node == 2);
  CHECK(b.what == "imbalance: 3 of 4 nodes wait for node 2 (2, 0)");
  CHECK(b.place.line != 0);
  // 3 of 4 nodes wait 60 % of the time: shared, all take 55 % of it.
  CHECK(b.estimate() == Approx(1 / 0.55));

  // Nodes that have ended wait as well.
  Run early(2);
  early.profile.nodes[1].cycles = 100;
  early.profile.nodes[1].threads[0].issued = 100;
  CHECK(early.bottleneck().kind == Bottleneck::Kind::Imbalance);
  CHECK(early.bottleneck().node == 0);
}

TEST_CASE("waits for packets: a full link, a full port, or the way") {
  Run run(4);
  for (unsigned i = 0; i < 4; ++i)
    run.spend(i, Cause::Semaphore, 5000);
  run.profile.mesh.packets = 9000;
  CHECK(run.bottleneck().kind == Bottleneck::Kind::Cause);
  CHECK(run.bottleneck().ideals == std::vector<std::string>{"mesh=free"});

  // Busy half of the time: while the nodes wait.
  run.profile.linkPackets[4 * 1 + 1] = 4900;
  TimeSeries &s = run.profile.series;
  s.interval = cycles / 10;
  s.count = 10;
  s.nodes.assign(4, TimeSeries::Rows(10));
  s.links.assign(4, TimeSeries::Rows(10));
  for (unsigned i = 5; i < 10; ++i) {
    for (unsigned n = 0; n < 4; ++n)
      s.nodes[n][i][TimeSeries::Waiting] = 1000;
    s.links[1][i][1] = 980;
  }
  Bottleneck b = run.bottleneck();
  CHECK(b.kind == Bottleneck::Kind::Link);
  CHECK(b.what == "the link from node 1 (1, 0) to the east, 98 % busy during "
                  "waits at semaphores");
  CHECK(b.ideals.front() == "links=4x");
  // While they work, it is in nobody's way.
  for (unsigned i = 0; i < 10; ++i)
    s.links[1][i][1] = i < 5 ? 980 : 0;
  CHECK(run.bottleneck().kind == Bottleneck::Kind::Cause);

  run.profile.nodes[3].packetsSent = 4800;
  b = run.bottleneck();
  CHECK(b.kind == Bottleneck::Kind::Port);
  CHECK(b.what == "the port of node 3 (3, 0), which sends 4800 packets, one a "
                  "cycle, during waits at semaphores");
  CHECK(b.ideals.empty());
}

TEST_CASE("what is tried is what cycles were lost to") {
  Run run;
  run.spend(0, Cause::OperandLoad, 4000).spend(0, Cause::Host, 100);
  run.spend(0, Cause::Fetch, 1);
  CHECK(idealsFor(run.profile) ==
        std::vector<std::string>{"loads=0", "hostcalls=free"});
  // What was taken away already is not tried again.
  run.profile.idealised = {"loads=1"};
  CHECK(idealsFor(run.profile) == std::vector<std::string>{"hostcalls=free"});
  run.spend(0, Cause::Barrier, 3000);
  CHECK(idealsFor(run.profile).back() == "hostcalls=free");
  run.profile.mesh.packets = 5;
  CHECK(idealsFor(run.profile) ==
        std::vector<std::string>{"mesh=free", "links=4x", "barriers=free",
                                 "hostcalls=free"});
}

TEST_CASE("every cause of a pipeline has an ideal, and every ideal a value") {
  for (size_t c = 0; c < size_t(Cause::Idle); ++c) {
    INFO(causeName(Cause(c)));
    CHECK(std::any_of(idealKeys().begin(), idealKeys().end(),
                      [&](const IdealKey &k) { return k.lessens(Cause(c)); }));
  }
  for (const IdealKey &key : idealKeys()) {
    Ideals ideals;
    CHECK(addIdeals(std::string(key.name) + "=" + key.standard, ideals) == "");
    CHECK(ideals.given.size() == 1);
  }
}
