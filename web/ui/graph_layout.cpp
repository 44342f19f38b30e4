#include "web/ui/graph_layout.h"

#include <algorithm>

namespace ownkey::ui {
namespace {

using platform::Rect;

constexpr float kLeast = 132, kMost = 188, kHeight = 58, kBetween = 16, kForEdges = 40;

// The length of the longest way to each node. On a circle, which is no valid graph, it is cut off.
std::vector<std::size_t> depths(std::size_t count, const std::vector<GraphEdge>& edges) {
  std::vector<std::size_t> depth(count, 0);
  bool changed = true;
  for (std::size_t round = 0; changed && round < count; ++round) {
    changed = false;
    for (const auto& edge : edges) {
      if (depth[edge.to] > depth[edge.from] || depth[edge.from] + 1 >= count) continue;
      depth[edge.to] = depth[edge.from] + 1;
      changed = true;
    }
  }
  return depth;
}

bool overlaps(const Rect& a, const Rect& b) {
  return a.x < b.right() + kBetween && b.x < a.right() + kBetween && a.y < b.bottom() + kBetween &&
         b.y < a.bottom() + kBetween;
}

std::optional<GraphLayout> as_placed(const std::vector<std::optional<Point>>& places, float width, float scale) {
  constexpr std::size_t kMostNodes = 60;  // each is compared with each
  if (places.size() < 2 || places.size() > kMostNodes) return std::nullopt;
  Point least{1e9f, 1e9f}, most{-1e9f, -1e9f};
  for (const auto& place : places) {
    if (!place) return std::nullopt;
    least = {std::min(least.x, place->x), std::min(least.y, place->y)};
    most = {std::max(most.x, place->x), std::max(most.y, place->y)};
  }
  const float node_width = kMost * scale, node_height = kHeight * scale, span = most.x - least.x;
  const float zoom = span > 0 ? std::min(scale, (width - node_width) / span) : scale;
  if (zoom <= 0) return std::nullopt;
  GraphLayout layout;
  const float left = (width - node_width - span * zoom) / 2;
  for (const auto& place : places) {
    const Rect rect{left + (place->x - least.x) * zoom, (place->y - least.y) * zoom, node_width, node_height};
    for (const auto& other : layout.nodes)
      if (overlaps(rect, other)) return std::nullopt;
    layout.nodes.push_back(rect);
    layout.height = std::max(layout.height, rect.bottom());
  }
  return layout;
}

std::vector<std::vector<std::size_t>> layers_of(const std::vector<std::optional<Point>>& places,
                                                const std::vector<GraphEdge>& edges) {
  const auto depth = depths(places.size(), edges);
  std::vector<std::vector<std::size_t>> layers;
  for (std::size_t i = 0; i < places.size(); ++i) {
    if (depth[i] >= layers.size()) layers.resize(depth[i] + 1);
    layers[depth[i]].push_back(i);
  }
  for (auto& layer : layers)
    std::stable_sort(layer.begin(), layer.end(), [&](std::size_t a, std::size_t b) {
      return places[a] && places[b] && places[a]->y < places[b]->y;
    });
  return layers;
}

GraphLayout from_left(const std::vector<std::vector<std::size_t>>& layers, std::size_t count, float width,
                      float scale) {
  GraphLayout layout{std::vector<Rect>(count)};
  const float columns = static_cast<float>(layers.size()), height = kHeight * scale;
  const float each = std::min(kMost * scale, (width - (columns - 1) * kForEdges) / columns);
  const auto height_of = [&](std::size_t nodes) { return static_cast<float>(nodes) * (height + kBetween) - kBetween; };
  for (const auto& layer : layers) layout.height = std::max(layout.height, height_of(layer.size()));
  float x = (width - columns * (each + kForEdges) + kForEdges) / 2;
  for (const auto& layer : layers) {
    float y = (layout.height - height_of(layer.size())) / 2;
    for (const std::size_t node : layer) {
      layout.nodes[node] = {x, y, each, height};
      y += height + kBetween;
    }
    x += each + kForEdges;
  }
  return layout;
}

GraphLayout from_top(const std::vector<std::vector<std::size_t>>& layers, std::size_t count, float width, float scale) {
  GraphLayout layout{std::vector<Rect>(count)};
  const float height = kHeight * scale;
  const auto most = static_cast<std::size_t>(std::max(1.f, (width + kBetween) / (kLeast * scale + kBetween)));
  float y = 0;
  for (const auto& layer : layers) {
    const std::size_t columns = std::min(layer.size(), most);
    const float across = static_cast<float>(columns);
    const float each = std::min(kMost * 1.25f * scale, (width - (across - 1) * kBetween) / across);
    const float left = (width - across * (each + kBetween) + kBetween) / 2;
    for (std::size_t i = 0; i < layer.size(); ++i) {
      if (i > 0 && i % columns == 0) y += height + kBetween;
      layout.nodes[layer[i]] = {left + static_cast<float>(i % columns) * (each + kBetween), y, each, height};
    }
    layout.height = y + height;
    y = layout.height + kForEdges * .75f;
  }
  return layout;
}

}  // namespace

GraphLayout graph_layout(const std::vector<std::optional<Point>>& places, const std::vector<GraphEdge>& edges,
                         float width, float scale) {
  if (auto layout = as_placed(places, width, scale)) return std::move(*layout);
  const auto layers = layers_of(places, edges);
  const float columns = static_cast<float>(layers.size());
  const bool fits = columns * kLeast * scale + (columns - 1) * kForEdges <= width;
  return fits ? from_left(layers, places.size(), width, scale) : from_top(layers, places.size(), width, scale);
}

}  // namespace ownkey::ui
