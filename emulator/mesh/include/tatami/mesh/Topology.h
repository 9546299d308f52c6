// Where nodes are: coordinates, rectangles of nodes, the map of enabled nodes.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <vector>

namespace tatami::mesh {

/// Linear number of a node over the whole grid: y * columns + x.
using NodeId = uint32_t;

/// Position in the grid. x grows to the east, y grows to the south.
struct Coord {
  uint16_t x = 0;
  uint16_t y = 0;
  friend bool operator==(const Coord &, const Coord &) = default;
};

/// A side of a router. The first four are links, Local is the node's own port.
enum class Direction : uint8_t { North, East, South, West, Local };

/// Number of links of a router, the local port not counted.
inline constexpr unsigned numLinks = 4;
/// Number of ports of a router, the local port included.
inline constexpr unsigned numPorts = 5;

/// The side on which a packet arrives that left through link \p d.
constexpr Direction opposite(Direction d) {
  return static_cast<Direction>((static_cast<unsigned>(d) + 2) % numLinks);
}

/// A rectangle of nodes, all four bounds inclusive.
struct Rect {
  uint16_t x0 = 0;
  uint16_t y0 = 0;
  uint16_t x1 = 0;
  uint16_t y1 = 0;

  static constexpr Rect at(Coord c) { return {c.x, c.y, c.x, c.y}; }

  /// The form in which a program holds a rectangle in one register:
  /// x0 | y0 << 16 | x1 << 32 | y1 << 48.
  static constexpr Rect unpack(uint64_t bits) {
    return {static_cast<uint16_t>(bits), static_cast<uint16_t>(bits >> 16),
            static_cast<uint16_t>(bits >> 32),
            static_cast<uint16_t>(bits >> 48)};
  }
  constexpr uint64_t pack() const {
    return uint64_t(x0) | uint64_t(y0) << 16 | uint64_t(x1) << 32 |
           uint64_t(y1) << 48;
  }

  /// True if the bounds are in order, so that at least one node is inside.
  constexpr bool ordered() const { return x0 <= x1 && y0 <= y1; }
  constexpr bool contains(Coord c) const {
    return x0 <= c.x && c.x <= x1 && y0 <= c.y && c.y <= y1;
  }
  constexpr bool single() const { return x0 == x1 && y0 == y1; }
  constexpr unsigned width() const { return x1 - x0 + 1u; }
  constexpr unsigned height() const { return y1 - y0 + 1u; }
  constexpr size_t size() const { return size_t(width()) * height(); }
  /// The line of nodes along one side.
  constexpr Rect rim(Direction side) const {
    switch (side) {
    case Direction::North:
      return {x0, y0, x1, y0};
    case Direction::East:
      return {x1, y0, x1, y1};
    case Direction::South:
      return {x0, y1, x1, y1};
    case Direction::West:
      return {x0, y0, x0, y1};
    case Direction::Local:
      break;
    }
    return *this;
  }
  friend bool operator==(const Rect &, const Rect &) = default;
};

/// The grid of nodes and which of them are enabled. A disabled node has no
/// core; its router lives and carries the traffic of others.
class Topology {
public:
  /// A grid with every node enabled. \p columns and \p rows are at least 1 and
  /// at most 65,535.
  Topology(unsigned columns, unsigned rows);

  /// The die: 18 columns x 20 rows of which 354 nodes are enabled; x = 17,
  /// y = 0..5 are not.
  static Topology die();

  unsigned columns() const { return numColumns; }
  unsigned rows() const { return numRows; }
  size_t size() const { return enabledMap.size(); }
  size_t enabledCount() const { return numEnabled; }

  bool contains(Coord c) const { return c.x < numColumns && c.y < numRows; }
  bool contains(NodeId n) const { return n < enabledMap.size(); }
  /// True if \p r is ordered and lies inside the grid.
  bool contains(const Rect &r) const {
    return r.ordered() && r.x1 < numColumns && r.y1 < numRows;
  }
  Rect whole() const {
    return {0, 0, uint16_t(numColumns - 1), uint16_t(numRows - 1)};
  }

  Coord coord(NodeId n) const {
    return {uint16_t(n % numColumns), uint16_t(n / numColumns)};
  }
  NodeId node(Coord c) const { return c.y * numColumns + c.x; }
  NodeId node(unsigned x, unsigned y) const { return y * numColumns + x; }

  bool enabled(NodeId n) const { return enabledMap[n]; }
  void setEnabled(NodeId n, bool on);

  /// Links on the path between two nodes.
  unsigned hops(NodeId a, NodeId b) const;

  /// Number of enabled nodes in \p r.
  size_t enabledCount(const Rect &r) const;

  /// Forward range over the nodes of a rectangle, row by row. Disabled nodes
  /// are included; filter with enabled().
  class RectNodes {
  public:
    class iterator {
    public:
      using iterator_category = std::forward_iterator_tag;
      using value_type = NodeId;
      using difference_type = std::ptrdiff_t;
      using pointer = const NodeId *;
      using reference = NodeId;

      iterator() = default;
      iterator(unsigned columns, const Rect &r, unsigned y)
          : columns(columns), x0(r.x0), x1(r.x1), x(r.x0), y(y) {}
      NodeId operator*() const { return y * columns + x; }
      iterator &operator++() {
        if (x++ == x1) {
          x = x0;
          ++y;
        }
        return *this;
      }
      iterator operator++(int) {
        iterator old = *this;
        ++*this;
        return old;
      }
      friend bool operator==(const iterator &a, const iterator &b) {
        return a.x == b.x && a.y == b.y;
      }

    private:
      unsigned columns = 0, x0 = 0, x1 = 0, x = 0, y = 0;
    };

    RectNodes(unsigned columns, const Rect &r) : columns(columns), rect(r) {}
    iterator begin() const { return {columns, rect, rect.y0}; }
    iterator end() const {
      return rect.ordered() ? iterator(columns, rect, rect.y1 + 1u) : begin();
    }

  private:
    unsigned columns;
    Rect rect;
  };

  /// The nodes of \p r, which must lie inside the grid, in ascending order.
  RectNodes nodes(const Rect &r) const { return {numColumns, r}; }

private:
  unsigned numColumns;
  unsigned numRows;
  size_t numEnabled;
  std::vector<bool> enabledMap;
};

} // namespace tatami::mesh
