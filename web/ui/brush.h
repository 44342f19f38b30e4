// Brush: the shapes that widgets are made of, on a few layers. Coordinates are CSS pixels of the document.
#pragma once

#include <string_view>
#include <vector>

#include "web/platform/geometry.h"
#include "web/ui/text_painter.h"
#include "web/ui/theme.h"

namespace ownkey::ui {

using platform::Rect;

// A card, and a callout on it, are drawn after their content, when their height is known, and yet lie below it.
enum class Layer { Ground, Surface, Content, Overlay };

struct Point {
  float x, y;
};

class Brush {
 public:
  explicit Brush(TextPainter& text) : text_(text) {}

  // Draws on ImGui's current window until end().
  void begin(float pixel_ratio, float scroll_y, float screen_height);
  void end();

  void set_layer(Layer layer);
  Layer layer() const { return layer_; }

  // What is drawn from now on lies above all that was, on layers of its own.
  void raise();

  // The rectangle with its edges on device pixels.
  Rect snapped(const Rect& rect) const;

  void fill(const Rect& rect, Color color, float radius = 0);
  void outline(const Rect& rect, Color color, float radius, float thickness);  // inside the rectangle
  void stroke(const std::vector<Point>& points, Color color, float thickness);
  void disc(Point center, float radius, Color color);
  void arc(Point center, float radius, float from, float to, Color color, float thickness);
  void text(float x, float y, const TextStyle& style, Color color, std::string_view text);

  // Whether the canvas may show it. Of a long page it has some screens around where the person looks.
  bool is_seen(float top, float bottom) const { return bottom > top_ && top < bottom_; }

  void push_clip(const Rect& rect);
  void pop_clip();

 private:
  TextPainter& text_;
  ImDrawList* list_ = nullptr;
  Layer layer_ = Layer::Content;
  int storey_ = 0;
  float pixel_ratio_ = 1, top_ = 0, bottom_ = 0;
};

}  // namespace ownkey::ui
