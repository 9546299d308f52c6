// Paths round dead routers.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include "tatami/mesh/ChannelGraph.h"
#include "tatami/mesh/MeshParams.h"

#include <map>
#include <string>
#include <vector>

namespace tatami::mesh {

/// How a packet for one node travels.
struct Travel {
  enum Mode : uint8_t {
    /// Dimension order on the first virtual channel, as without dead routers.
    Direct,
    /// Dimension order to a way-point on the first virtual channel, from there
    /// on the second one.
    WayPoint,
    /// Along the links of the whole graph, first towards its root, then away
    /// from it (up*/down*), on the third virtual channel.
    UpDown,
    /// A multicast whose tree is not alive: a packet for each node in turn.
    Copies,
  };
  Mode mode = Direct;
  Coord via; ///< The way-point.
  friend bool operator==(const Travel &, const Travel &) = default;
};

/// Chooses the path between two routers where some routers are dead: dimension
/// order if it is alive, else the way-point with the least latency, else
/// up*/down*. The path of a pair never changes, so its packets stay in order.
///
/// None of it can deadlock: dimension order has no cycle, a packet goes from
/// the first virtual channel to the second but never back, and up*/down* has a
/// virtual channel of its own, in which none turns up after it went down.
/// dependencies() is the graph that shows it.
class Detours {
public:
  /// Virtual channels of each class.
  static constexpr unsigned virtualChannels = 3;

  explicit Detours(const MeshParams &params);

  bool alive(NodeId n) const { return !dead[n]; }
  /// True if packets can go to and from this router.
  bool reachable(NodeId n) const { return level[n] != unreached; }
  /// True if no router of the tree of a multicast is dead.
  bool treeAlive(Coord from, const Rect &to) const;

  /// All routers concerned must be reachable.
  Travel find(Coord from, const Rect &to);
  /// The next link of an up*/down* path.
  Direction nextUpDown(Coord from, Coord to, Coord here);

  /// Every dependency that these rules allow between channels. A channel is
  /// (node * numLinks + side) * virtualChannels + virtual channel.
  ChannelGraph dependencies() const;

private:
  static constexpr uint32_t unreached = ~0u;

  bool anyDead(const Rect &r) const;
  bool pathAlive(Coord from, Coord to) const;
  uint64_t latency(Coord from, Coord to) const;
  Travel findSingle(Coord from, Coord to);
  bool searchWayPoint(Coord from, Coord to, Coord &via) const;
  std::vector<NodeId> searchUpDown(NodeId from, NodeId to) const;
  void findLevels();
  /// True if the link from \p a to \p b leads towards the root.
  bool isUp(NodeId a, NodeId b) const {
    return level[b] != level[a] ? level[b] < level[a] : b < a;
  }
  template <typename Fn> void forNeighbours(NodeId n, Fn visit) const;

  const MeshParams &params;
  std::vector<bool> dead;
  /// Dead routers above and to the left of each corner between routers.
  std::vector<uint32_t> deadBefore;
  /// Links to the root of the up*/down* tree.
  std::vector<uint32_t> level;
  /// Of pairs whose direct path is not alive, found when first used.
  std::map<std::pair<NodeId, NodeId>, Travel> known;
  std::map<std::pair<NodeId, NodeId>, std::vector<NodeId>> knownUpDown;
};

/// Empty if traffic between all enabled nodes and all edge ports arrives and
/// cannot deadlock, else one sentence that names what is wrong.
std::string checkRouting(const MeshParams &params);

} // namespace tatami::mesh
