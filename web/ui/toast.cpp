#include "web/ui/toast.h"

#include <algorithm>

namespace ownkey::ui {
namespace {

constexpr double kSeconds = 5;
constexpr float kSide = 16, kAbove = 12;

float draw_one(Ui& ui, float edge, const std::string& text) {
  const TextStyle style = ui.style(Type::Body);
  const float widest = std::min(420.f, ui.width() - 2 * space::kField) - 2 * kSide;
  const auto& lines = ui.text().lines(text, style, widest);
  float width = 0;
  for (const auto& line : lines) width = std::max(width, ui.text().width(line, style));
  const float height = static_cast<float>(lines.size()) * style.line_height + 2 * kAbove;
  const float x = ui.narrow() ? (ui.width() - width) / 2 - kSide : ui.width() - space::kCard - width - 2 * kSide;
  const float y = ui.narrow() ? edge : edge - height;
  const Rect rect{x, y, width + 2 * kSide, height};
  ui.brush().fill({rect.x, rect.y + 2, rect.width, rect.height + 2}, {0, 0, 0, 40}, radius::kControl + 2);
  ui.brush().fill(rect, ui.theme().text, radius::kControl + 2);
  float line_y = y + kAbove;
  for (const auto& line : lines) {
    ui.brush().text(x + kSide, line_y, style, ui.theme().background, line);
    line_y += style.line_height;
  }
  return ui.narrow() ? y + height + space::kSmall : y - space::kSmall;
}

}  // namespace

void Toasts::show(Ui& ui, std::string text) {
  ui.announce(text);
  toasts_.push_back({std::move(text), ui.now() + kSeconds});
}

void Toasts::draw(Ui& ui) {
  std::erase_if(toasts_, [&](const Toast& toast) { return toast.until_s <= ui.now(); });
  if (toasts_.empty()) return;
  ui.follow_scrolling();
  ui.brush().set_layer(Layer::Overlay);
  // The newest lies nearest to the edge.
  float edge = ui.narrow() ? ui.viewport_top() + ui.metrics().header() + ui.metrics().control() + space::kField
                           : ui.viewport_bottom() - space::kCard;
  for (auto toast = toasts_.rbegin(); toast != toasts_.rend(); ++toast) {
    edge = draw_one(ui, edge, toast->text);
    ui.wake_in(toast->until_s - ui.now());
  }
  ui.brush().set_layer(Layer::Content);
}

}  // namespace ownkey::ui
