#include "web/ui/button.h"

#include <algorithm>

#include "web/ui/icon.h"

namespace ownkey::ui {
namespace {

constexpr float kSide = 16;  // padding
constexpr float kSpinner = 14;
constexpr float kSpinnerGap = 8;
constexpr float kStackBelow = 420;
constexpr float kHover = 0.07f, kPress = 0.16f;

struct Paint {
  Color ground, ink, border;
  bool has_ground, has_border;
};

Paint paint_of(const Theme& theme, Look look) {
  switch (look) {
    case Look::Primary: return {theme.accent, theme.on_accent, {}, true, false};
    case Look::Secondary: return {theme.surface, theme.text, theme.field_border, true, true};
    case Look::Danger: return {theme.surface, theme.danger, theme.danger, true, true};
    case Look::DangerFilled: return {theme.danger, theme.on_danger, {}, true, false};
    case Look::Ghost: return {theme.surface, theme.accent, {}, false, false};
    case Look::GhostDanger: return {theme.surface, theme.danger, {}, false, false};
  }
  return {};
}

std::string_view look_name(Look look) {
  switch (look) {
    case Look::Primary: return "button primary";
    case Look::Danger: return "button danger";
    case Look::DangerFilled: return "button danger-filled";
    case Look::Ghost: return "button ghost";
    case Look::GhostDanger: return "button ghost danger";
    default: return "button";
  }
}

void draw_ground(Ui& ui, const Rect& rect, Paint paint, const Interaction& state, bool busy) {
  const Theme& theme = ui.theme();
  if (busy) paint = {theme.raised, theme.muted, theme.hairline, true, false};
  else if (state.held) paint.ground = mixed(paint.ground, theme.text, kPress);
  else if (state.hovered) paint.ground = mixed(paint.ground, theme.text, kHover);
  if (paint.has_ground || state.hovered) ui.brush().fill(rect, paint.ground, radius::kControl);
  if (paint.has_border) ui.brush().outline(rect, paint.border, radius::kControl, 1);
}

Attributes attributes_of(const ButtonSpec& spec) {
  Attributes attributes{{"data-look", look_name(spec.look)}};
  if (spec.href.empty()) attributes.add("type", spec.submits ? "submit" : "button");
  else attributes.add("href", spec.href);
  if (!spec.file.empty()) attributes.add("download", spec.file);
  const std::string& name = spec.busy ? spec.busy_accessible_name : spec.accessible_name;
  if (!name.empty()) attributes.add("aria-label", name);
  if (spec.busy) {
    attributes.add("aria-disabled", "true");
    attributes.add("aria-busy", "true");
  }
  return attributes;
}

}  // namespace

float button_width(Ui& ui, const ButtonSpec& spec) {
  const TextStyle style = ui.style(Type::Strong);
  float content = ui.text().width(spec.label, style);
  if (!spec.busy_label.empty())
    content = std::max(content, ui.text().width(spec.busy_label, style) + kSpinner + kSpinnerGap);
  return content + 2 * kSide;
}

Rect flush_right(Ui& ui, float right, float center_y, const ButtonSpec& spec) {
  const float width = button_width(ui, spec), height = ui.metrics().control();
  return {right + kSide - width, center_y - height / 2, width, height};
}

bool button_at(Ui& ui, const Rect& rect, const ButtonSpec& spec) {
  const NodeId id = node_id(spec.name);
  const Interaction state = ui.interact(id, rect);
  const TextStyle style = ui.style(Type::Strong);
  const std::string_view label = spec.busy ? spec.busy_label : spec.label;
  const Color color = spec.busy ? ui.theme().muted : paint_of(ui.theme(), spec.look).ink;

  draw_ground(ui, rect, paint_of(ui.theme(), spec.look), state, spec.busy);
  const float spinner_room = spec.busy ? kSpinner + kSpinnerGap : 0;
  const float x = rect.x + (rect.width - ui.text().width(label, style) - spinner_room) / 2;
  if (spec.busy) spinner(ui, x, rect.y + (rect.height - kSpinner) / 2, kSpinner, color);
  ui.brush().text(x + spinner_room, rect.y + (rect.height - style.line_height) / 2, style, color, label);
  if (state.ring) ui.draw_ring(rect, radius::kControl);

  const bool leads = !spec.href.empty();
  ui.mirror().add({.tag = leads ? "a" : "button",
                   .id = id,
                   .rect = rect,
                   .font = style.font,
                   .line_height = style.line_height,
                   .inset_x = leads ? x - rect.x : 0,
                   .inset_y = leads ? (rect.height - style.line_height) / 2 : 0,
                   .text = std::string(label),
                   .attributes = attributes_of(spec)});
  return state.activated && !spec.busy;
}

bool wide_button(Ui& ui, const ButtonSpec& spec) {
  Pen& pen = ui.pen();
  const bool clicked = button_at(ui, {pen.x, pen.y, pen.width, ui.metrics().control()}, spec);
  pen.y += ui.metrics().control();
  return clicked;
}

ButtonRow::ButtonRow(Ui& ui, Kind kind) : ui_(ui) {
  const bool compact = kind == Kind::Compact;
  if (compact) shift_ = kSide * ui.metrics().scale;
  ui.pen().x -= shift_;
  ui.pen().width += 2 * shift_;
  if (compact || ui.pen().width >= kStackBelow * ui.metrics().scale)
    flow_.emplace(ui, ui.metrics().control(), compact ? 0 : space::kSmall);
}

ButtonRow::~ButtonRow() {
  flow_.reset();
  ui_.pen().x += shift_;
  ui_.pen().width -= 2 * shift_;
}

bool ButtonRow::button(const ButtonSpec& spec) {
  if (flow_) return button_at(ui_, flow_->next(button_width(ui_, spec)), spec);
  if (!std::exchange(first_, false)) ui_.gap(space::kSmall);
  return wide_button(ui_, spec);
}

bool link(Ui& ui, const LinkSpec& spec, Type type) {
  const TextStyle style = ui.style(type);
  Pen& pen = ui.pen();
  const auto& lines = ui.text().lines(spec.label, style, pen.width);
  float width = 0;
  std::string text;
  for (const auto& line : lines) {
    width = std::max(width, ui.text().width(line, style));
    text += (text.empty() ? "" : "\n") + line;
  }
  // WCAG 2.2, 2.5.8: a target is at least 24 px high.
  const float text_height = static_cast<float>(lines.size()) * style.line_height;
  const Rect rect{pen.x, pen.y, width, std::max(24.f, text_height)};
  const float above = (rect.height - text_height) / 2;
  const NodeId id = node_id(spec.name);
  const Interaction state = ui.interact(id, rect);
  const Color color = ui.theme().accent;
  float y = rect.y + above;
  for (const auto& line : lines) {
    ui.brush().text(rect.x, y, style, color, line);
    y += style.line_height;
    ui.brush().fill({rect.x, y - 2, ui.text().width(line, style), 1}, state.hovered ? color : with_alpha(color, 110));
  }
  if (state.ring) ui.draw_ring(rect, 0);
  Attributes attributes{{"href", spec.href}, {"data-look", "link"}};
  if (spec.external) {
    attributes.add("target", "_blank");
    attributes.add("rel", "noopener noreferrer");
  }
  if (spec.download) attributes.add("download", spec.file);
  ui.mirror().add({.tag = "a",
                   .id = id,
                   .rect = rect,
                   .font = style.font,
                   .line_height = style.line_height,
                   .inset_y = above,
                   .text = std::move(text),
                   .attributes = std::move(attributes)});
  pen.y = rect.bottom();
  return state.activated;
}

}  // namespace ownkey::ui
