#include "web/ui/plot.h"

#include <algorithm>

#include "web/ui/flow.h"
#include "web/ui/label.h"

namespace ownkey::ui {
namespace {

constexpr float kPlotHeight = 140, kLeastBar = 2, kSwatch = 10;
constexpr float kModule = 5, kQuietModules = 4;  // ISO/IEC 18004 asks for four

// Both stand out from the surface (WCAG 2.2, 1.4.11); a line between them parts them for whoever sees no hues.
Color upper_color(const Theme& theme) { return theme.muted; }

void add_image(Ui& ui, std::string_view name, std::string_view label, const Rect& rect) {
  ui.mirror().add(
      {.tag = "div", .id = node_id(name), .rect = rect, .attributes = {{"role", "img"}, {"aria-label", label}}});
}

}  // namespace

void bars(Ui& ui, const BarsSpec& spec, const std::vector<Bar>& values) {
  const Theme& theme = ui.theme();
  const TextStyle style = ui.style(Type::Help);
  Pen& pen = ui.pen();
  const float top = pen.y + style.line_height + space::kHair;
  const Rect area{pen.x, top, pen.width, kPlotHeight * ui.metrics().scale};
  float highest = 0;
  for (const Bar& bar : values) highest = std::max(highest, bar.lower + bar.upper);
  ui.brush().text(pen.x, pen.y, style, theme.muted, spec.top);
  for (const float part : {0.f, .5f, 1.f})
    ui.brush().fill({area.x, area.y + area.height * part - (part > 0 ? 1 : 0), area.width, 1}, theme.hairline);
  const float slot = area.width / static_cast<float>(std::max<std::size_t>(values.size(), 1));
  const float gap = std::min(4.f, slot * .25f);
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (values[i].lower + values[i].upper <= 0) continue;
    const float lower = values[i].lower / highest * area.height, upper = values[i].upper / highest * area.height;
    const float height = std::max(kLeastBar, lower + upper), x = area.x + static_cast<float>(i) * slot + gap / 2;
    const float width = std::max(1.f, slot - gap);
    ui.brush().fill({x, area.bottom() - height, width, height}, upper_color(theme), std::min(3.f, width / 3));
    if (lower < 1) continue;
    ui.brush().fill({x, area.bottom() - lower - 1, width, 1}, theme.surface);
    ui.brush().fill({x, area.bottom() - lower, width, lower}, theme.accent);
  }
  const float below = area.bottom() + space::kHair;
  ui.brush().text(area.x, below, style, theme.muted, spec.from);
  ui.brush().text(area.right() - ui.text().width(spec.to, style), below, style, theme.muted, spec.to);
  const float bottom = below + style.line_height;
  add_image(ui, spec.name, spec.label, {pen.x, pen.y, pen.width, bottom - pen.y});
  pen.y = bottom;
}

void bars_legend(Ui& ui, std::string_view name, std::string_view lower, std::string_view upper) {
  const TextStyle style = ui.style(Type::Help);
  Flow flow(ui, style.line_height, space::kField);
  for (const bool first : {true, false}) {
    const std::string_view text = first ? lower : upper;
    const Rect rect = flow.next(kSwatch + space::kSmall + ui.text().width(text, style));
    ui.brush().fill({rect.x, rect.y + (rect.height - kSwatch) / 2, kSwatch, kSwatch},
                    first ? ui.theme().accent : upper_color(ui.theme()), 3);
    line(ui, rect.x + kSwatch + space::kSmall, rect.y,
         {.name = std::string(name) + (first ? ".lower" : ".upper"),
          .text = text,
          .type = Type::Help,
          .tone = Tone::Muted,
          .tag = "span"});
  }
}

void qr_code(Ui& ui, std::string_view name, std::string_view label, const std::vector<std::string>& rows) {
  constexpr Color kDark = rgb(0x000000), kLight = rgb(0xFFFFFF);
  Pen& pen = ui.pen();
  const float modules = static_cast<float>(rows.size()) + 2 * kQuietModules;
  // Whole pixels: modules that blur into each other are hard to read.
  const float module = std::max(2.f, std::min(kModule, static_cast<float>(static_cast<int>(pen.width / modules))));
  const Rect rect = ui.brush().snapped({pen.x, pen.y, modules * module, modules * module});
  ui.brush().fill(rect, kLight, radius::kControl);
  for (std::size_t y = 0; y < rows.size(); ++y)
    for (std::size_t x = 0; x < rows[y].size(); ++x)
      if (rows[y][x] == '1')
        ui.brush().fill({rect.x + (static_cast<float>(x) + kQuietModules) * module,
                         rect.y + (static_cast<float>(y) + kQuietModules) * module, module, module},
                        kDark);
  add_image(ui, name, label, rect);
  pen.y = rect.bottom();
}

}  // namespace ownkey::ui
