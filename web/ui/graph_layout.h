// Where the nodes of a graph are drawn: in layers, each behind all that lead to it. Places are relative to the top left
// corner of the picture.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "web/platform/geometry.h"
#include "web/ui/brush.h"

namespace ownkey::ui {

struct GraphEdge {
  std::size_t from, to;
};

struct GraphLayout {
  std::vector<platform::Rect> nodes;
  float height = 0;
};

// From left to right where that fits into the width, else from top to bottom. The places that the nodes have already,
// if all of them have one, are kept, scaled to the width; where they would overlap, they only give the order.
GraphLayout graph_layout(const std::vector<std::optional<Point>>& places, const std::vector<GraphEdge>& edges,
                         float width, float scale);

}  // namespace ownkey::ui
