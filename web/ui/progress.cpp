#include "web/ui/progress.h"

#include <algorithm>
#include <string>

namespace ownkey::ui {

void progress(Ui& ui, std::string_view name, std::string_view label, std::size_t done, std::size_t total) {
  Pen& pen = ui.pen();
  const Rect rect{pen.x, pen.y, pen.width, 6};
  const float part = total > 0 ? static_cast<float>(done) / static_cast<float>(total) : 0;
  ui.brush().fill(rect, ui.theme().raised, 3);
  ui.brush().outline(rect, ui.theme().hairline, 3, 1);
  if (done > 0) ui.brush().fill({rect.x, rect.y, std::max(6.f, rect.width * part), rect.height}, ui.theme().accent, 3);
  ui.mirror().add({.tag = "progress",
                   .id = node_id(name),
                   .rect = rect,
                   .attributes = {{"aria-label", label},
                                  {"max", std::to_string(std::max<std::size_t>(total, 1))},
                                  {"value", std::to_string(done)}}});
  pen.y += rect.height;
}

}  // namespace ownkey::ui
