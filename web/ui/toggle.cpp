#include "web/ui/toggle.h"

#include <algorithm>
#include <string>

#include "web/ui/flow.h"
#include "web/ui/label.h"

namespace ownkey::ui {
namespace {

constexpr float kTrackWidth = 40, kTrackHeight = 24, kKnobGap = 3, kSegmentSide = 14;

void draw_track(Ui& ui, const Rect& rect, const ToggleSpec& spec, const Interaction& state) {
  const Theme& theme = ui.theme();
  const float knob = rect.height - 2 * kKnobGap, radius = rect.height / 2;
  const Color ground = spec.on ? theme.accent : theme.surface;
  ui.brush().fill(rect, state.hovered ? mixed(ground, theme.text, .07f) : ground, radius);
  if (!spec.on) ui.brush().outline(rect, theme.field_border, radius, 1);
  const float x = spec.on ? rect.right() - radius : rect.x + radius;
  ui.brush().disc({x, rect.y + radius}, knob / 2, spec.on ? theme.on_accent : theme.field_border);
  if (state.ring) ui.draw_ring(rect, radius);
}

bool segment(Ui& ui, const std::string& name, const Option& option, const Rect& rect, bool chosen) {
  const Theme& theme = ui.theme();
  const NodeId id = node_id(name);
  const Interaction state = ui.interact(id, rect);
  const TextStyle style = ui.style(chosen ? Type::Strong : Type::Body);
  const Color ground = chosen ? theme.accent_soft : theme.surface;
  ui.brush().fill(rect, state.hovered ? mixed(ground, theme.text, .07f) : ground, radius::kControl);
  ui.brush().outline(rect, chosen ? theme.accent : theme.field_border, radius::kControl, chosen ? 2 : 1);
  ui.brush().text(rect.x + (rect.width - ui.text().width(option.label, style)) / 2,
                  rect.y + (rect.height - style.line_height) / 2, style, chosen ? theme.accent : theme.text,
                  option.label);
  if (state.ring) ui.draw_ring(rect, radius::kControl);
  ui.mirror().add(
      {.tag = "button",
       .id = id,
       .rect = rect,
       .font = style.font,
       .line_height = style.line_height,
       .text = option.label,
       .attributes = {{"type", "button"}, {"data-look", "button"}, {"aria-pressed", chosen ? "true" : "false"}}});
  return state.activated;
}

}  // namespace

bool toggle(Ui& ui, const ToggleSpec& spec) {
  const float scale = ui.metrics().scale, width = kTrackWidth * scale, height = kTrackHeight * scale;
  const TextStyle style = ui.style(Type::Body);
  Pen& pen = ui.pen();
  const Rect track{pen.x, pen.y, width, height};
  const NodeId id = node_id(spec.name);
  const Interaction state = ui.interact(id, track);
  draw_track(ui, track, spec, state);
  Attributes attributes{{"type", "button"}, {"role", "switch"}, {"aria-checked", spec.on ? "true" : "false"}};
  if (spec.busy) attributes.add("aria-busy", "true");
  ui.mirror().add({.tag = "button",
                   .id = id,
                   .rect = track,
                   .font = style.font,
                   .line_height = style.line_height,
                   .attributes = std::move(attributes)});
  const float shift = width + space::kMedium;
  pen = {pen.x + shift, pen.y + (height - style.line_height) / 2, pen.width - shift};
  paragraph(ui, {.name = std::string(spec.name) + ".label",
                 .text = spec.label,
                 .tag = "label",
                 .attributes = {{"for", reference(id)}}});
  pen = {pen.x - shift, std::max(pen.y, track.bottom()), pen.width + shift};
  return state.activated && !spec.busy;
}

void choice(Ui& ui, const ChoiceSpec& spec, const std::vector<Option>& options, FieldState& state) {
  const std::string name(spec.name);
  paragraph(ui, {.name = name + ".label", .text = spec.label, .type = Type::Strong, .tag = "span"});
  ui.gap(space::kTight);
  {
    const Group group(ui, "div", name, {{"role", "group"}, {"aria-labelledby", reference(node_id(name + ".label"))}});
    Flow flow(ui, ui.metrics().control(), space::kSmall);
    for (const Option& option : options) {
      const float width = ui.text().width(option.label, ui.style(Type::Strong)) + 2 * kSegmentSide * ui.metrics().scale;
      if (segment(ui, name + "." + option.value, option, flow.next(width), option.value == state.text()))
        state.type(Secret(option.value));
    }
  }
  if (spec.help.empty()) return;
  ui.gap(space::kTight);
  paragraph(ui, {.name = name + ".help", .text = spec.help, .type = Type::Help, .tone = Tone::Muted});
}

}  // namespace ownkey::ui
