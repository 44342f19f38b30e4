#include "web/ui/flow.h"

#include <utility>

namespace ownkey::ui {

Flow::~Flow() {
  if (!empty_) ui_.gap(row_height_);
}

Rect Flow::next(float width) {
  Pen& pen = ui_.pen();
  if (!std::exchange(empty_, false) && x_ + width > pen.x + pen.width) {
    x_ = pen.x;
    pen.y += row_height_ + gap_;
  }
  const Rect rect{x_, pen.y, width, row_height_};
  x_ += width + gap_;
  return rect;
}

}  // namespace ownkey::ui
