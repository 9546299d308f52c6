// Impossible parameters are named; misuse is never silent.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "Recorder.h"

#include <catch2/catch.hpp>

#include <csignal>
#include <functional>
#include <sys/wait.h>
#include <unistd.h>

using namespace tatami::mesh;
using namespace tatami::mesh::test;

TEST_CASE("default parameters are possible", "[params]") {
  MeshParams p;
  REQUIRE(p.check() == "");
  p.topology = Topology::die();
  REQUIRE(p.check() == "");
}

TEST_CASE("an impossible parameter is named", "[params]") {
  MeshParams p;
  p.topology = Topology(90, 100);
  std::string expected;
  SECTION("hop") {
    p.hopCycles = 0;
    expected = "hopCycles is 0, it must be 1 to 10000";
  }
  SECTION("credit") {
    p.creditCycles = 10001;
    expected = "creditCycles is 10001, it must be 1 to 10000";
  }
  SECTION("depth") {
    p.bufferDepth = 0;
    expected = "bufferDepth is 0, it must be 1 to 4096";
  }
  SECTION("ejection") {
    p.ejectCycles = 0;
    expected = "ejectCycles is 0, it must be 1 to 10000";
  }
  SECTION("half a die") {
    p.dieColumns = 18;
    expected = "dieColumns and dieRows must both be given or both be 0";
  }
  SECTION("dies that do not fit") {
    p.dieColumns = 18;
    p.dieRows = 21;
    expected = "dieRows is 21, it must divide the 100 rows of the grid";
  }
  SECTION("nobody there") {
    p.topology = Topology(1, 1);
    p.topology.setEnabled(0, false);
    expected = "no node of the mesh is enabled, at least one must be";
  }
  REQUIRE(p.check() == expected);
}

/// Runs \p body in a process of its own, which must abort; returns what it
/// wrote to stderr.
static std::string abortMessage(const std::function<void()> &body) {
  int ends[2];
  REQUIRE(pipe(ends) == 0);
  const pid_t child = fork();
  REQUIRE(child >= 0);
  if (child == 0) {
    signal(SIGABRT, SIG_DFL);
    dup2(ends[1], STDERR_FILENO);
    body();
    _exit(0);
  }
  close(ends[1]);
  std::string text;
  char buffer[256];
  for (ssize_t n; (n = read(ends[0], buffer, sizeof(buffer))) > 0;)
    text.append(buffer, static_cast<size_t>(n));
  close(ends[0]);
  int status = 0;
  waitpid(child, &status, 0);
  REQUIRE(WIFSIGNALED(status));
  REQUIRE(WTERMSIG(status) == SIGABRT);
  return text;
}

TEST_CASE("a packet that would corrupt the mesh is refused", "[misuse]") {
  MeshParams p;
  p.topology = Topology::die();
  p.requestQueueDepth = 1;
  p.dieColumns = 18;
  p.dieRows = 10;
  Mesh mesh(p, 0);
  Recorder sink;
  mesh.advance(100, sink);
  PacketDesc d = packet(3, Rect::at({1, 1}));
  Cycle cycle = 100;
  std::string expected;
  SECTION("past") {
    cycle = 99;
    expected = "injection into the past";
  }
  SECTION("source") {
    d.source = 360;
    expected = "source outside the grid";
  }
  SECTION("another part") {
    d.source = 359;
    expected = "source in another part";
  }
  SECTION("no such device") {
    d.exit = Direction::North;
    expected = "no device on that side of the destination";
  }
  SECTION("destination") {
    d.destination = {0, 0, 18, 19};
    expected = "destination outside the grid or empty";
  }
  SECTION("empty rectangle") {
    d.destination = {2, 0, 1, 19};
    expected = "destination outside the grid or empty";
  }
  SECTION("disabled") {
    d.destination = Rect::at({17, 5});
    expected = "destination is disabled";
  }
  SECTION("payload") {
    d.length = 65;
    d.payload = &d;
    expected = "wrong payload";
  }
  SECTION("full") {
    mesh.inject(100, d);
    expected = "send queue is full";
  }
  const std::string text = abortMessage([&] { mesh.inject(cycle, d); });
  REQUIRE(text.find("mesh: internal error: " + expected) == 0);
  REQUIRE(text.find("from node " + std::to_string(d.source)) !=
          std::string::npos);
}
