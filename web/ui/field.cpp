#include "web/ui/field.h"

#include <algorithm>

#include "web/ui/icon.h"
#include "web/ui/label.h"

namespace ownkey::ui {
namespace {

constexpr float kInset = 12;
constexpr float kAreaInset = 10;
constexpr float kHair = space::kHair;
constexpr std::string_view kDot = "\u2022";

constexpr float kChevron = 14;

bool is_input(FieldKind kind) { return kind != FieldKind::Multiline && kind != FieldKind::Select; }
bool is_secret(FieldKind kind) { return kind == FieldKind::Password || kind == FieldKind::Key; }

std::string_view input_type(const FieldSpec& spec, const FieldState& state) {
  if (is_secret(spec.kind) && !state.revealed) return "password";
  // Not "email": browsers deny it the selection, which Show/Hide and restoring need; inputmode brings the keyboard.
  return "text";
}

// A revealed secret is left to the browser to paint, so that its letters never get into our textures and caches.
// So is text of several lines: the browser wraps and scrolls it.
bool paints_itself(const FieldSpec& spec, const FieldState& state) {
  return spec.kind == FieldKind::Multiline || (is_secret(spec.kind) && state.revealed);
}

std::size_t code_points(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

std::string_view chosen_label(const FieldSpec& spec, const FieldState& state) {
  if (spec.options)
    for (const Option& option : *spec.options)
      if (option.value == state.text()) return option.label;
  return state.text();
}

// What an input shows that does not have the focus; with it, the browser paints. A select is never painted by it.
void draw_value(Ui& ui, const Rect& box, const FieldSpec& spec, const FieldState& state) {
  const TextStyle style = ui.style(spec.mono ? Type::MonoInput : Type::Input);
  const float y = box.y + (box.height - style.line_height) / 2;
  ui.brush().push_clip(box);
  if (spec.kind == FieldKind::Select) {
    ui.brush().text(box.x, y, style, ui.theme().text, chosen_label(spec, state));
  } else if (state.empty()) {
    ui.brush().text(box.x, y, style, ui.theme().muted, spec.placeholder);
  } else if (is_secret(spec.kind)) {
    std::string dots;
    for (std::size_t i = code_points(state.text()); i > 0; --i) dots += kDot;
    ui.brush().text(box.x, y, style, ui.theme().text, dots);
  } else {
    ui.brush().text(box.x, y, style, ui.theme().text, state.text());
  }
  ui.brush().pop_clip();
}

void draw_frame(Ui& ui, const Rect& rect, const Interaction& interaction, bool bad) {
  const Theme& theme = ui.theme();
  const bool focused = interaction.focused;
  const Color border = bad                   ? theme.danger
                       : focused             ? theme.accent
                       : interaction.hovered ? theme.muted
                                             : theme.field_border;
  if (focused)
    ui.brush().outline(rect.grown(3), with_alpha(bad ? theme.danger : theme.accent, 70), radius::kControl + 3, 3);
  ui.brush().fill(rect, theme.surface, radius::kControl);
  ui.brush().outline(rect, border, radius::kControl, focused || bad ? 2 : 1);
}

struct Ids {
  NodeId input, label, help, error, options;
  explicit Ids(std::string_view name)
      : input(node_id(name)),
        label(node_id(std::string(name) + ".label")),
        help(node_id(std::string(name) + ".help")),
        error(node_id(std::string(name) + ".error")),
        options(node_id(std::string(name) + ".options")) {}
};

Attributes input_attributes(const FieldSpec& spec, const FieldState& state, const Ids& ids) {
  Attributes attributes;
  const auto add = [&](std::string_view name, std::string_view value) { attributes.add(name, value); };
  if (is_input(spec.kind)) add("type", input_type(spec, state));
  add("name", spec.name);
  add("autocomplete", spec.autocomplete);
  add("spellcheck", spec.kind == FieldKind::Multiline ? "true" : "false");
  if (is_input(spec.kind)) add("autocapitalize", "none");
  if (is_input(spec.kind) && spec.options) add("list", reference(ids.options));
  if (spec.kind == FieldKind::Number) add("inputmode", "numeric");
  if (spec.kind == FieldKind::Email) add("inputmode", "email");
  if (spec.kind == FieldKind::Key) add("data-lpignore", "true");  // no password manager should keep an API key
  if (!spec.placeholder.empty()) add("placeholder", spec.placeholder);
  if (paints_itself(spec, state)) add("data-paint", "self");
  if (!state.error.empty()) {
    add("aria-describedby", reference(ids.error));
    add("aria-invalid", "true");
  } else if (!spec.help.empty()) {
    add("aria-describedby", reference(ids.help));
  }
  return attributes;
}

void add_options(Ui& ui, const FieldSpec& spec, const Ids& ids) {
  if (!spec.options) return;
  if (is_input(spec.kind)) ui.mirror().open("datalist", std::string(spec.name) + ".options");
  else ui.mirror().nest(ids.input);
  NodeId id = ids.options;
  for (const Option& option : *spec.options)
    ui.mirror().add({.tag = "option", .id = ++id, .text = option.label, .attributes = {{"value", option.value}}});
  ui.mirror().close();
}

void draw_chevron(Ui& ui, const Rect& rect) {
  const float size = kChevron * ui.metrics().scale;
  icon(ui, Icon::Down, rect.right() - kInset - size, rect.y + (rect.height - size) / 2, size, ui.theme().muted);
}

float reveal_width(Ui& ui) {
  const TextStyle style = ui.style(Type::HelpStrong);
  return std::max(ui.text().width("Show", style), ui.text().width("Hide", style)) + 2 * kInset;
}

void reveal_button(Ui& ui, const Rect& field_rect, const FieldSpec& spec, FieldState& state) {
  const std::string name = std::string(spec.name) + ".reveal";
  const float width = reveal_width(ui);
  const Rect rect{field_rect.right() - width - kHair, field_rect.y + kHair, width, field_rect.height - 2 * kHair};
  const NodeId id = node_id(name);
  const Interaction interaction = ui.interact(id, rect);
  if (interaction.activated) state.revealed = !state.revealed;
  const std::string label = state.revealed ? "Hide" : "Show";
  const TextStyle style = ui.style(Type::HelpStrong);
  if (interaction.hovered) ui.brush().fill(rect, ui.theme().raised, radius::kControl - 2);
  ui.brush().text(rect.x + (width - ui.text().width(label, style)) / 2, rect.y + (rect.height - style.line_height) / 2,
                  style, ui.theme().accent, label);
  if (interaction.ring) ui.brush().outline(rect.grown(1), ui.theme().accent, radius::kControl, 2);
  ui.mirror().add(
      {.tag = "button",
       .id = id,
       .rect = rect,
       .font = style.font,
       .line_height = style.line_height,
       .text = label,
       .attributes = {
           {"type", "button"}, {"data-look", "button ghost"}, {"aria-label", label + " " + spec.secret_name}}});
}

void draw_label(Ui& ui, const FieldSpec& spec, const Ids& ids) {
  paragraph(ui, {.name = std::string(spec.name) + ".label",
                 .text = spec.label,
                 .type = Type::Strong,
                 .tag = "label",
                 .attributes = {{"for", reference(ids.input)}}});
  ui.gap(space::kTight);
}

float box_height(Ui& ui, const FieldSpec& spec) {
  if (spec.kind != FieldKind::Multiline) return ui.metrics().input();
  return static_cast<float>(spec.rows) * ui.style(Type::Input).line_height + 2 * kAreaInset;
}

void draw_box(Ui& ui, const FieldSpec& spec, FieldState& state, const Ids& ids) {
  Pen& pen = ui.pen();
  const Rect rect = ui.brush().snapped({pen.x, pen.y, pen.width, box_height(ui, spec)});
  const bool multiline = spec.kind == FieldKind::Multiline;
  const float button_room = is_secret(spec.kind) ? reveal_width(ui) + kHair : 0;
  const Rect input{rect.x, rect.y, rect.width - button_room, rect.height};
  const Interaction interaction = ui.interact(ids.input, input);
  draw_frame(ui, rect, interaction, !state.error.empty());
  const bool chosen = spec.kind == FieldKind::Select;
  if (chosen) draw_chevron(ui, rect);
  if ((chosen || !interaction.focused) && !paints_itself(spec, state))
    draw_value(ui, {input.x + kInset, input.y, input.width - 2 * kInset, input.height}, spec, state);

  const TextStyle style = ui.style(spec.mono ? Type::MonoInput : Type::Input);
  ui.mirror().add_field({.tag = multiline ? "textarea"
                                : chosen  ? "select"
                                          : "input",
                         .id = ids.input,
                         .rect = input,
                         .font = style.font,
                         .line_height = style.line_height,
                         .inset_x = kInset,
                         .inset_y = multiline ? kAreaInset : 0.f,
                         .attributes = input_attributes(spec, state, ids)},
                        state, spec.options ? spec.options->size() : 0);
  add_options(ui, spec, ids);
  if (is_secret(spec.kind)) reveal_button(ui, rect, spec, state);
  pen.y += box_height(ui, spec);
}

}  // namespace

void field(Ui& ui, const FieldSpec& spec, FieldState& state) {
  const Ids ids{spec.name};
  if (std::exchange(state.wants_focus, false)) ui.offer_focus(ids.input);
  draw_label(ui, spec, ids);
  draw_box(ui, spec, state, ids);
  if (!state.error.empty()) {
    ui.gap(space::kTight);
    paragraph(
        ui, {.name = std::string(spec.name) + ".error", .text = state.error, .type = Type::Help, .tone = Tone::Danger});
  } else if (!spec.help.empty()) {
    ui.gap(space::kTight);
    paragraph(ui,
              {.name = std::string(spec.name) + ".help", .text = spec.help, .type = Type::Help, .tone = Tone::Muted});
  }
}

}  // namespace ownkey::ui
