// What all nodes of a machine share and nothing changes while time passes.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include "Interpreter.h"
#include "Recorder.h"
#include "tatami/loader/Image.h"
#include "tatami/machine/Machine.h"
#include "tatami/node/Sram.h"

#include <memory>
#include <vector>

namespace tatami {

class InterfaceProcessor;
struct Node;

/// How many nodes of a rectangle are enabled, without looking at each.
class EnabledNodes {
public:
  explicit EnabledNodes(const mesh::Topology &topology);
  /// \p rect lies in the grid.
  size_t count(const mesh::Rect &rect) const;
  /// The enabled node's position among all enabled ones.
  size_t rank(mesh::NodeId node) const { return ranks[node]; }

private:
  unsigned columns;
  /// At (x + 1, y + 1): the enabled nodes from (0, 0) to (x, y).
  std::vector<uint32_t> sums;
  std::vector<uint32_t> ranks;
};

struct Program {
  Program(const MachineOptions &options, Image image);
  ~Program();

  MachineOptions options;
  Image image;
  /// The timing of the nodes; null with --timing off.
  std::unique_ptr<const IdealModel> timing;
  /// What pipelines can be in; null with --timing off.
  std::unique_ptr<PipelineStates> pipelines;
  const HostLevel *level = nullptr;
  std::shared_ptr<const Code> code;
  /// Null unless a profile is made.
  std::unique_ptr<Recorder> recorder;
  SramImage memory;
  EnabledNodes enabled;
  /// By number; null if disabled.
  std::vector<Node *> nodes;
  /// By number.
  std::vector<std::unique_ptr<InterfaceProcessor>> devices;

  bool isOnePart = false;

  /// A trace stops at each instruction: nothing is worth remembering.
  bool remembersTiming() const {
    return options.timing != TimingMode::Reference && !options.trace;
  }
  const mesh::Topology &topology() const { return options.config.mesh.topology; }
  /// The parts in which the grid is simulated: its dies, or all of it at once.
  unsigned partCount() const {
    return isOnePart ? 1 : options.config.mesh.partCount();
  }
  mesh::Rect partRect(unsigned part) const {
    return isOnePart ? topology().whole()
                     : options.config.mesh.partRect(part);
  }
  unsigned partOf(mesh::NodeId node) const {
    return isOnePart ? 0 : options.config.mesh.partOf(node);
  }
  /// See MeshParams::window().
  mesh::Cycle window() const {
    return isOnePart ? mesh::never : options.config.mesh.window();
  }
  Node *nodeAt(mesh::NodeId id) const { return nodes[id]; }
  mesh::Rect rectOf(mesh::NodeId id) const {
    return mesh::Rect::at(topology().coord(id));
  }
};

} // namespace tatami
