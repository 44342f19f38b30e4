#include "web/ui/panel.h"

#include <algorithm>
#include <functional>

#include "web/ui/label.h"

namespace ownkey::ui {
namespace {

constexpr double kNoticeableSeconds = 0.15;
constexpr float kMark = 16;
constexpr float kLoneCardWidth = 400;

// The picture of a surface without a canvas: an element that only style.css sees.
std::size_t add_ground(Ui& ui, const std::string& name, std::string_view look) {
  return ui.mirror().add(
      {.tag = "div", .id = node_id(name + ".ground"), .attributes = {{"data-look", look}, {"aria-hidden", "true"}}});
}

Attributes named(Attributes attributes, std::string_view heading_name) {
  attributes.add("aria-labelledby", reference(node_id(heading_name)));
  return attributes;
}

void draw_callout(Ui& ui, std::string_view name, std::string_view text, Tone tone,
                  const std::function<void()>& action) {
  const float side = 14, above = 12, top = ui.pen().y;
  const Pen outer = ui.pen();
  const std::string ground_name(name);
  const std::size_t ground = add_ground(ui, ground_name, tone == Tone::Danger ? "callout danger" : "callout");
  const float line_height = ui.style(Type::Body).line_height, room = kMark + space::kSmall;
  ui.pen() = {outer.x + side + room, top + above, outer.width - 2 * side - room};
  const float icon_y = top + above + (line_height - kMark) / 2;
  icon(ui, tone == Tone::Success ? Icon::Check : Icon::Warning, outer.x + side, icon_y, kMark, ink(ui.theme(), tone));
  // Whoever cannot see it hears it, because an alert that appears is read out.
  paragraph(ui, {.name = name,
                 .text = text,
                 .tone = tone,
                 .attributes = tone == Tone::Danger ? Attributes{{"role", "alert"}} : Attributes{}});
  if (action) {
    ui.gap(space::kSmall);
    action();
  }
  const Rect rect{outer.x, top, outer.width, ui.pen().y + above - top};
  const Layer layer = ui.brush().layer();
  ui.brush().set_layer(Layer::Surface);
  ui.brush().fill(rect, soft(ui.theme(), tone), radius::kControl);
  ui.brush().set_layer(layer);
  ui.mirror().at(ground).rect = rect;
  ui.pen() = {outer.x, rect.bottom(), outer.width};
}

}  // namespace

Pen lone_card(const Ui& ui) {
  const float width = std::min(kLoneCardWidth * ui.metrics().scale, ui.width() - 2 * space::kField);
  return {(ui.width() - width) / 2, std::clamp(ui.viewport_height() * .12f, space::kWide, 112.f), width};
}

Card::Card(Ui& ui, std::string_view name, std::string_view heading_name, Attributes attributes)
    : ui_(ui),
      top_(ui.pen().y),
      padding_(ui.narrow() ? space::kField : space::kCard),
      section_(ui, "section", name, named(std::move(attributes), heading_name)),
      ground_(add_ground(ui, std::string(name), "card")) {
  Pen& pen = ui.pen();
  pen = {pen.x + padding_, pen.y + padding_, pen.width - 2 * padding_};
}

Card::~Card() {
  Pen& pen = ui_.pen();
  pen = {pen.x - padding_, pen.y + padding_, pen.width + 2 * padding_};
  const Rect rect = ui_.brush().snapped({pen.x, top_, pen.width, pen.y - top_});
  ui_.brush().set_layer(Layer::Ground);
  ui_.brush().fill(rect, ui_.theme().surface, radius::kCard);
  ui_.brush().outline(rect, ui_.theme().hairline, radius::kCard, 1);
  ui_.brush().set_layer(Layer::Content);
  ui_.mirror().at(ground_).rect = rect;
  pen.y += ui_.narrow() ? space::kField : space::kCard;
}

void callout(Ui& ui, std::string_view name, std::string_view text, Tone tone) {
  draw_callout(ui, name, text, tone, {});
}

bool callout(Ui& ui, std::string_view name, std::string_view text, Tone tone, const ButtonSpec& action) {
  bool clicked = false;
  draw_callout(ui, name, text, tone, [&] { clicked = ButtonRow(ui).button(action); });
  return clicked;
}

bool callout(Ui& ui, std::string_view name, std::string_view text, Tone tone, const LinkSpec& action) {
  bool clicked = false;
  draw_callout(ui, name, text, tone, [&] { clicked = link(ui, action); });
  return clicked;
}

void mark_item(Ui& ui, std::string_view name, Icon mark, Tone tone, std::string_view text) {
  const float size = 14, room = size + space::kSmall, line_height = ui.style(Type::Help).line_height;
  Pen& pen = ui.pen();
  icon(ui, mark, pen.x, pen.y + (line_height - size) / 2, size, ink(ui.theme(), tone));
  pen = {pen.x + room, pen.y, pen.width - room};
  paragraph(
      ui,
      {.name = name, .text = text, .type = Type::Help, .tone = tone == Tone::Danger ? tone : Tone::Plain, .tag = "li"});
  pen = {pen.x - room, pen.y + space::kHair, pen.width + room};
}

void divider(Ui& ui) {
  ui.gap(space::kField);
  ui.brush().fill({ui.pen().x, ui.pen().y, ui.pen().width, 1}, ui.theme().hairline);
  ui.gap(space::kField);
}

void skeleton(Ui& ui, double loading_since_s, int blocks, float block_height) {
  const double waited = ui.now() - loading_since_s;
  if (waited < kNoticeableSeconds) return ui.wake_in(kNoticeableSeconds - waited);
  Pen& pen = ui.pen();
  for (int i = 0; i < blocks; ++i) {
    ui.brush().fill({pen.x, pen.y, pen.width, block_height}, ui.theme().raised, radius::kCard);
    pen.y += block_height + space::kCard;
  }
  paragraph(ui, {.name = "skeleton", .text = "Loading…", .type = Type::Help, .tone = Tone::Muted});
}

}  // namespace ownkey::ui
