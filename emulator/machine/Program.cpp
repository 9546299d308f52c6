// What all nodes of a machine share.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "Program.h"
#include "Idealise.h"
#include "InterfaceProcessor.h"

using namespace tatami;

EnabledNodes::EnabledNodes(const mesh::Topology &topology)
    : columns(topology.columns()),
      sums(size_t(columns + 1) * (topology.rows() + 1)),
      ranks(topology.size()) {
  uint32_t rank = 0;
  for (unsigned y = 0; y < topology.rows(); ++y)
    for (unsigned x = 0, row = 0; x < columns; ++x) {
      mesh::NodeId node = topology.node(x, y);
      bool enabled = topology.enabled(node);
      ranks[node] = rank;
      rank += enabled;
      row += enabled;
      size_t at = size_t(y + 1) * (columns + 1) + x + 1;
      sums[at] = sums[at - (columns + 1)] + row;
    }
}

size_t EnabledNodes::count(const mesh::Rect &r) const {
  auto upTo = [&](size_t x, size_t y) { return sums[y * (columns + 1) + x]; };
  return upTo(r.x1 + 1u, r.y1 + 1u) - upTo(r.x0, r.y1 + 1u) -
         upTo(r.x1 + 1u, r.y0) + upTo(r.x0, r.y0);
}

Program::Program(const MachineOptions &given, Image loaded)
    : options(given), image(std::move(loaded)),
      level(selectHostLevel(options.hostLevel)),
      memory(options.config.sramBytes), enabled(topology()),
      nodes(topology().size()) {
  isOnePart = joinsDies(options.ideals);
  idealise(options.config, options.ideals);
  if (options.timing != TimingMode::Off) {
    timing = std::make_unique<IdealModel>(
        options.timing == TimingMode::Unit ? isa::unitModel : isa::d1Model,
        options.ideals.pipeline);
    pipelines = std::make_unique<PipelineStates>(timing->model());
  }
  const Image::Segment &text = image.text();
  code = std::make_shared<const Code>(text.data, text.address, pipelines.get());
  if (options.profile)
    recorder = std::make_unique<Recorder>(*this);
  for (const Image::Segment &segment : image.segments)
    memory.write(segment.address, segment.data);
  for (const mesh::EdgePort &port : options.config.mesh.edgePorts)
    devices.push_back(
        std::make_unique<InterfaceProcessor>(options.config, port));
}

Program::~Program() = default;
