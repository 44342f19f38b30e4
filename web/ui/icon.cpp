#include "web/ui/icon.h"

#include <cmath>
#include <numbers>

namespace ownkey::ui {

void icon(Ui& ui, Icon which, float x, float y, float size, Color color) {
  const auto stroke = [&](std::initializer_list<Point> unit, float thickness = 1.75f) {
    std::vector<Point> points;
    for (const Point p : unit) points.push_back({x + p.x * size, y + p.y * size});
    ui.brush().stroke(points, color, thickness * size / 16);
  };
  switch (which) {
    case Icon::Check: return stroke({{.18f, .54f}, {.41f, .76f}, {.82f, .28f}});
    case Icon::Cross: stroke({{.24f, .24f}, {.76f, .76f}}); return stroke({{.76f, .24f}, {.24f, .76f}});
    case Icon::Dash: return stroke({{.22f, .5f}, {.78f, .5f}});
    case Icon::Back: return stroke({{.62f, .2f}, {.34f, .5f}, {.62f, .8f}});
    case Icon::Forward: return stroke({{.38f, .2f}, {.66f, .5f}, {.38f, .8f}});
    case Icon::Down: return stroke({{.22f, .38f}, {.5f, .66f}, {.78f, .38f}});
    case Icon::Warning:
      stroke({{.5f, .2f}, {.5f, .58f}}, 2);
      return ui.brush().disc({x + .5f * size, y + .78f * size}, size * .075f, color);
  }
}

void spinner(Ui& ui, float x, float y, float size, Color color) {
  constexpr float kTurn = 2 * std::numbers::pi_v<float>;
  float start = -kTurn / 4;
  if (!ui.reduced_motion()) {
    start += kTurn * static_cast<float>(std::fmod(ui.now(), 0.9) / 0.9);
    // Out of sight it stands still until it is scrolled to.
    if (y + size > ui.viewport_top() && y < ui.viewport_bottom()) ui.animate();
    else ui.follow_scrolling();
  }
  const Point center{x + size / 2, y + size / 2};
  ui.brush().arc(center, size / 2 - 1, start, start + kTurn * 0.72f, color, 2);
}

void brand_mark(Ui& ui, float x, float y, float size) {
  const Theme& theme = ui.theme();
  const auto at = [&](float px, float py) { return Point{x + px * size, y + py * size}; };
  const float thickness = size * .095f;
  ui.brush().fill({x, y, size, size}, theme.accent, size * .28f);
  ui.brush().arc(at(.37f, .5f), size * .145f, 0, 2 * std::numbers::pi_v<float>, theme.on_accent, thickness);
  ui.brush().stroke({at(.515f, .5f), at(.83f, .5f)}, theme.on_accent, thickness);
  ui.brush().stroke({at(.76f, .5f), at(.76f, .66f)}, theme.on_accent, thickness);
}

}  // namespace ownkey::ui
