// Places on the page. The unit is the CSS pixel; the origin is the top left corner of the document, not of the
// viewport.
#pragma once

namespace ownkey::platform {

struct Rect {
  float x = 0, y = 0, width = 0, height = 0;

  float right() const { return x + width; }
  float bottom() const { return y + height; }
  Rect grown(float by) const { return {x - by, y - by, width + 2 * by, height + 2 * by}; }
  bool operator==(const Rect&) const = default;
};

}  // namespace ownkey::platform
