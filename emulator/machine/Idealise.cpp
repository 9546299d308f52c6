// From the names of idealised parts to the numbers of the machine.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "Idealise.h"

#include <algorithm>

using namespace tatami;

/// \p value so many times, as far as MeshParams::check() lets it grow.
static void multiply(unsigned &value, unsigned times, unsigned most) {
  value = std::max(value, std::min(value * times, most));
}

static void multiplyBuffers(mesh::MeshParams &mesh, unsigned times) {
  multiply(mesh.bufferDepth, times, 4096);
  multiply(mesh.dieCrossingDepth, times, 32768);
}

static void freeMesh(mesh::MeshParams &mesh) {
  mesh.model = mesh::MeshParams::Free;
  mesh.injectCycles = 0;
  mesh.ejectCycles = 1;
  mesh.requestQueueDepth = mesh.replyQueueDepth = 0;
  mesh.dieEdgeBytesPerCycle = 0;
  for (mesh::EdgePort &port : mesh.edgePorts) {
    port.bytesPerCycle = 0;
    port.latency = 1;
  }
  // Nothing has to lead round them; their nodes stay disabled.
  mesh.deadRouters.clear();
}

void tatami::idealise(MachineConfig &config, const Ideals &ideals) {
  mesh::MeshParams &mesh = config.mesh;
  multiply(mesh.linkPacketsPerCycle, ideals.links, 64);
  multiply(mesh.dieEdgeBytesPerCycle, ideals.links, 1u << 30);
  for (mesh::EdgePort &port : mesh.edgePorts)
    multiply(port.bytesPerCycle, ideals.links, 1u << 30);
  multiplyBuffers(mesh, ideals.links);
  multiplyBuffers(mesh, ideals.buffers);
  multiply(mesh.requestQueueDepth, ideals.buffers, 1u << 20);
  multiply(mesh.replyQueueDepth, ideals.buffers, 1u << 20);
  if (ideals.crossing)
    mesh.dieCrossingCycles = *ideals.crossing;
  multiply(config.hbmBytesPerCycle, ideals.hbm, 1u << 26);
  if (ideals.freeHostCalls)
    config.hostCallCycles = 0;
  if (ideals.freeMesh)
    freeMesh(mesh);
}

bool tatami::joinsDies(const Ideals &ideals) {
  return ideals.freeMesh || ideals.freeBarriers;
}
