#include "web/ui/check_box.h"

#include <algorithm>

#include "web/ui/icon.h"
#include "web/ui/label.h"

namespace ownkey::ui {
namespace {

constexpr float kBox = 18, kGap = 10;

}  // namespace

bool check_box(Ui& ui, const CheckBoxSpec& spec) {
  const TextStyle style = ui.style(Type::Body);
  const Theme& theme = ui.theme();
  Pen& pen = ui.pen();
  const float height = std::max(ui.metrics().coarse ? 44.f : 28.f, style.line_height);
  const float inset = kBox + kGap;
  const Rect rect{pen.x, pen.y, std::min(pen.width, inset + ui.text().width(spec.label, style)), height};
  const NodeId id = node_id(spec.name), help = node_id(std::string(spec.name) + ".help");
  const Interaction state = ui.interact(id, rect);
  const Rect box{rect.x, rect.y + (height - kBox) / 2, kBox, kBox};
  ui.brush().fill(box, spec.checked ? theme.accent : theme.surface, 4);
  ui.brush().outline(box, spec.checked ? theme.accent : state.hovered ? theme.muted : theme.field_border, 4, 1);
  if (spec.checked) icon(ui, Icon::Check, box.x + 1, box.y + 1, kBox - 2, theme.on_accent);
  ui.brush().text(rect.x + inset, rect.y + (height - style.line_height) / 2, style, theme.text, spec.label);
  if (state.ring) ui.draw_ring(rect, 4);
  Attributes attributes{{"type", "button"},
                        {"role", "checkbox"},
                        {"aria-checked", spec.checked ? "true" : "false"},
                        {"data-look", "check"}};
  if (!spec.help.empty()) attributes.add("aria-describedby", reference(help));
  ui.mirror().add({.tag = "button",
                   .id = id,
                   .rect = rect,
                   .font = style.font,
                   .line_height = style.line_height,
                   .inset_x = inset,
                   .text = std::string(spec.label),
                   .attributes = std::move(attributes)});
  pen.y = rect.bottom();
  if (!spec.help.empty()) {
    pen = {pen.x + inset, pen.y, pen.width - inset};
    paragraph(ui,
              {.name = std::string(spec.name) + ".help", .text = spec.help, .type = Type::Help, .tone = Tone::Muted});
    pen = {pen.x - inset, pen.y, pen.width + inset};
  }
  return state.activated;
}

}  // namespace ownkey::ui
