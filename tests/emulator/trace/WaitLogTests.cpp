// The critical path of logs that are known.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "tatami/trace/WaitLog.h"

#include <catch2/catch.hpp>
#include <fmt/format.h>

#include <map>
#include <random>

using namespace tatami;

namespace {

struct Logs {
  std::map<uint32_t, WaitLog> of;
  size_t most = 1000;

  WaitLog &at(uint32_t node) { return of.try_emplace(node, most).first->second; }
  /// \p node's thread waits, and is woken by what a thread has sent.
  void wait(uint32_t node, uint8_t agent, uint64_t from, uint64_t to,
            Waker by, Cause cause = Cause::Semaphore, uint32_t pc = 0x1000) {
    at(node).add({from, to, by.time, pc, by.node, agent, by.agent, cause, false});
  }
  void own(uint32_t node, uint64_t from, uint64_t to, Cause cause,
           uint32_t pc = 0x2000) {
    at(node).add({from, to, to - from, pc, node, 0, 0, cause, true});
  }
  std::vector<PathStep> path(PathEnd end) {
    auto path = findCriticalPath(end, [&](uint32_t node) -> const WaitLog * {
      return &at(node);
    });
    uint64_t now = 0;
    for (const PathStep &step : path) {
      CHECK(step.from == now);
      CHECK(step.to > step.from);
      now = step.to;
    }
    CHECK(now == end.cycles);
    return path;
  }
};

std::string text(const std::vector<PathStep> &path) {
  std::string result;
  for (const PathStep &s : path)
    result += fmt::format("{} {}.{} {}; ", stepKindName(s.kind), s.node, s.agent,
                          s.to - s.from);
  return result;
}

} // namespace

TEST_CASE("a run without waits is one stretch") {
  Logs logs;
  CHECK(text(logs.path({100, 0, 0})) == "compute 0.0 100; ");
  CHECK(logs.path({0, 0, 0}).empty());
}

TEST_CASE("a path follows a message to its sender") {
  Logs logs;
  // Node 0 computes to 40 and sends; node 1 waits from 10 to 50.
  logs.wait(1, 0, 10, 50, {0, 0, 40});
  auto path = logs.path({80, 1, 0});
  CHECK(text(path) == "compute 0.0 40; message 1.0 10; compute 1.0 30; ");
  CHECK(path[1].sender == 0);
  CHECK(path[1].pc == 0x1000);
}

TEST_CASE("computing has the name of what ran between two waits") {
  Logs logs;
  auto &log = logs.at(0);
  log.add({10, 30, 20, 0x2000, 0, 0, 0, Cause::RemoteLoad, true, 0x100});
  log.add({50, 60, 10, 0x3000, 0, 0, 0, Cause::Host, true, 0x200});
  std::vector<uint64_t> functions;
  log.end(0, {0x3010, 0x300});
  for (const PathStep &step : logs.path({100, 0, 0}))
    functions.push_back(step.function);
  CHECK(functions == std::vector<uint64_t>{0x100, 0, 0x200, 0, 0x300});
}

TEST_CASE("own waits stay with their thread") {
  Logs logs;
  logs.own(0, 10, 30, Cause::RemoteLoad);
  logs.own(0, 50, 60, Cause::Host, 0x3000);
  CHECK(text(logs.path({100, 0, 0})) ==
        "compute 0.0 10; round_trip 0.0 20; compute 0.0 20; host 0.0 10; "
        "compute 0.0 40; ");
}

TEST_CASE("own waits of one instruction are merged, and keep their sum") {
  Logs logs;
  for (uint64_t i = 0; i < 100; ++i)
    logs.own(0, 10 * i + 3, 10 * i + 10, Cause::MeshCredit);
  CHECK(logs.at(0).records().size() == 1);
  CHECK(text(logs.path({1010, 0, 0})) ==
        "compute 0.0 3; compute 0.0 297; credit 0.0 700; compute 0.0 10; ");
  // A path that enters in the middle gets its share.
  logs.wait(1, 0, 0, 510, {0, 0, 503});
  uint64_t credit = 0;
  for (const PathStep &step : logs.path({520, 1, 0}))
    if (step.kind == StepKind::Credit)
      credit += step.to - step.from;
  CHECK(credit > 345);
  CHECK(credit < 355);
}

TEST_CASE("threads of a node that wake each other at one time") {
  Logs logs;
  logs.wait(0, 1, 20, 20, {0, 0, 20}, Cause::Idle); // 0 starts 1
  logs.wait(0, 2, 20, 20, {0, 1, 20}, Cause::Idle); // which starts 2
  logs.wait(0, 0, 25, 60, {0, 2, 60});              // which posts
  CHECK(text(logs.path({70, 0, 0})) ==
        "compute 0.0 20; compute 0.2 40; compute 0.0 10; ");
}

TEST_CASE("what is not kept is unknown") {
  Logs logs;
  logs.most = 4;
  for (uint64_t i = 0; i < 10; ++i)
    logs.wait(0, 0, 100 * i + 10, 100 * i + 50, {0, 1, 100 * i + 50});
  CHECK(logs.at(0).knownFrom() == 550);
  auto path = logs.path({1000, 0, 0});
  CHECK(path.front().kind == StepKind::Unknown);
  CHECK(path.front().to == 950);
}

TEST_CASE("no log breaks the walk") {
  std::mt19937 random(7);
  for (int round = 0; round < 2000; ++round) {
    Logs logs;
    logs.most = 1 + random() % 40;
    for (int i = 0; i < 60; ++i) {
      WaitRecord record;
      record.from = random() % 50;
      record.to = record.from + random() % 20;
      record.sent = random() % 60;
      record.peer = random() % 3;
      record.agent = random() % maxAgents;
      record.peerAgent = random() % maxAgents;
      record.cause = Cause(random() % numCauses);
      record.own = random() % 3 == 0;
      logs.at(random() % 3).add(record);
    }
    logs.path({1 + random() % 80, uint32_t(random() % 3),
               uint8_t(random() % maxAgents)});
  }
}
