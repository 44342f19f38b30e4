#include "web/ui/brush.h"

#include <imgui.h>
#include <imgui_internal.h>

#include <algorithm>
#include <cmath>

namespace ownkey::ui {
namespace {

constexpr int kLayers = static_cast<int>(Layer::Overlay) + 1, kStoreys = 2;

// At least what canvas.js keeps of a long page, wherever the person is in it.
constexpr float kScreensAround = 3;

ImU32 packed(Color c) { return IM_COL32(c.red, c.green, c.blue, c.alpha); }
ImVec2 vec(Point p) { return {p.x, p.y}; }

}  // namespace

void Brush::begin(float pixel_ratio, float scroll_y, float screen_height) {
  pixel_ratio_ = pixel_ratio;
  top_ = scroll_y - kScreensAround * screen_height;
  bottom_ = scroll_y + (1 + kScreensAround) * screen_height;
  list_ = ImGui::GetWindowDrawList();
  list_->_FringeScale = 1 / pixel_ratio;  // edges are smoothed over one device pixel, not over one CSS pixel
  list_->ChannelsSplit(kLayers * kStoreys);
  storey_ = 0;
  set_layer(Layer::Content);
}

void Brush::end() { list_->ChannelsMerge(); }

void Brush::set_layer(Layer layer) {
  layer_ = layer;
  list_->ChannelsSetCurrent(storey_ * kLayers + static_cast<int>(layer));
}

void Brush::raise() {
  storey_ = kStoreys - 1;
  set_layer(layer_);
}

Rect Brush::snapped(const Rect& rect) const {
  const auto snap = [this](float v) { return std::round(v * pixel_ratio_) / pixel_ratio_; };
  const float x = snap(rect.x), y = snap(rect.y);
  return {x, y, snap(rect.right()) - x, snap(rect.bottom()) - y};
}

void Brush::fill(const Rect& rect, Color color, float radius) {
  if (!is_seen(rect.y, rect.bottom())) return;
  const Rect r = snapped(rect);
  list_->AddRectFilled({r.x, r.y}, {r.right(), r.bottom()}, packed(color), radius);
}

void Brush::outline(const Rect& rect, Color color, float radius, float thickness) {
  if (!is_seen(rect.y, rect.bottom())) return;
  // ImGui strokes along a line half a pixel inside; a thicker line is moved in until its outer edge is the rectangle's.
  const Rect r = snapped(rect).grown(-(thickness - 1) / 2);
  list_->AddRect({r.x, r.y}, {r.right(), r.bottom()}, packed(color), radius, 0, thickness);
}

void Brush::stroke(const std::vector<Point>& points, Color color, float thickness) {
  const auto [high, low] =
      std::minmax_element(points.begin(), points.end(), [](Point a, Point b) { return a.y < b.y; });
  if (!is_seen(high->y, low->y + 1)) return;
  for (const Point p : points) list_->PathLineTo(vec(p));
  list_->PathStroke(packed(color), 0, thickness);
}

void Brush::disc(Point center, float radius, Color color) {
  if (!is_seen(center.y - radius, center.y + radius)) return;
  list_->AddCircleFilled(vec(center), radius, packed(color));
}

void Brush::arc(Point center, float radius, float from, float to, Color color, float thickness) {
  if (!is_seen(center.y - radius, center.y + radius)) return;
  list_->PathArcTo(vec(center), radius, from, to, 24);
  list_->PathStroke(packed(color), 0, thickness);
}

void Brush::text(float x, float y, const TextStyle& style, Color color, std::string_view text) {
  if (is_seen(y, y + style.line_height)) text_.draw(*list_, x, y, style, color, text);
}

void Brush::push_clip(const Rect& rect) { list_->PushClipRect({rect.x, rect.y}, {rect.right(), rect.bottom()}, true); }
void Brush::pop_clip() { list_->PopClipRect(); }

}  // namespace ownkey::ui
