#include "web/ui/choice.h"

#include <string>

#include "web/ui/flow.h"
#include "web/ui/label.h"

namespace ownkey::ui {
namespace {

constexpr float kSide = 14;

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

void choice(Ui& ui, const ChoiceSpec& spec, const std::vector<Option>& options, FieldState& state) {
  const std::string name(spec.name);
  paragraph(ui, {.name = name + ".label", .text = spec.label, .type = Type::Strong, .tag = "span"});
  ui.gap(space::kTight);
  {
    const Group group(ui, "div", name, {{"role", "group"}, {"aria-labelledby", reference(node_id(name + ".label"))}});
    Flow flow(ui, ui.metrics().control(), space::kSmall);
    for (const Option& option : options) {
      const float width = ui.text().width(option.label, ui.style(Type::Strong)) + 2 * kSide * ui.metrics().scale;
      if (segment(ui, name + "." + option.value, option, flow.next(width), option.value == state.text()))
        state.choose(Secret(option.value));
    }
  }
  if (spec.help.empty()) return;
  ui.gap(space::kTight);
  paragraph(ui, {.name = name + ".help", .text = spec.help, .type = Type::Help, .tone = Tone::Muted});
}

}  // namespace ownkey::ui
