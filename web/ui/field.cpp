#include "web/ui/field.h"

#include <algorithm>

#include "web/ui/icon.h"
#include "web/ui/label.h"

namespace ownkey::ui {
namespace {

constexpr float kInset = 12;
constexpr float kAreaInset = 10;
constexpr float kHair = space::kHair;
constexpr float kOfferWidth = 40;
constexpr std::string_view kDot = "\u2022";

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

std::string_view label_of(const FieldSpec& spec, std::string_view value) {
  for (const auto& option : *spec.options)
    if (option.value == value) return option.label;
  return value;
}

// As much of a text as a box of this width can show: a letter is hardly narrower than a fifth of the font's size. All
// of a long one would need a texture wider than there are.
std::string_view visible_part(std::string_view text, float width, const TextStyle& style) {
  std::size_t left = static_cast<std::size_t>(width / (style.font.size / 5)) + 1;
  for (std::size_t i = 0; i < text.size(); ++i)
    if ((text[i] & 0xC0) != 0x80 && left-- == 0) return text.substr(0, i);
  return text;
}

// What an input shows that does not have the focus; with it, the browser paints.
void draw_value(Ui& ui, const Rect& box, const FieldSpec& spec, const FieldState& state) {
  const TextStyle style = ui.style(spec.mono ? Type::MonoInput : Type::Input);
  const float y = box.y + (box.height - style.line_height) / 2;
  ui.brush().push_clip(box);
  if (state.empty() && spec.kind != FieldKind::Select) {
    ui.brush().text(box.x, y, style, ui.theme().muted, spec.placeholder);
  } else if (is_secret(spec.kind)) {
    std::string dots;
    for (std::size_t i = code_points(visible_part(state.text(), box.width, style)); i > 0; --i) dots += kDot;
    ui.brush().text(box.x, y, style, ui.theme().text, dots);
  } else {
    const bool chosen = spec.kind == FieldKind::Select;
    ui.brush().text(box.x, y, style, ui.theme().text,
                    visible_part(chosen ? label_of(spec, state.text()) : state.text(), box.width, style));
  }
  ui.brush().pop_clip();
}

void draw_frame(Ui& ui, const Rect& rect, const Interaction& interaction, bool bad, bool fixed) {
  const Theme& theme = ui.theme();
  const bool focused = interaction.focused;
  const Color border = bad                   ? theme.danger
                       : focused             ? theme.accent
                       : interaction.hovered ? theme.muted
                                             : theme.field_border;
  if (focused)
    ui.brush().outline(rect.grown(3), with_alpha(bad ? theme.danger : theme.accent, 70), radius::kControl + 3, 3);
  ui.brush().fill(rect, fixed ? theme.raised : theme.surface, radius::kControl);
  ui.brush().outline(rect, border, radius::kControl, focused || bad ? 2 : 1);
}

struct Ids {
  NodeId input, label, help, error;
  explicit Ids(std::string_view name)
      : input(node_id(name)),
        label(node_id(std::string(name) + ".label")),
        help(node_id(std::string(name) + ".help")),
        error(node_id(std::string(name) + ".error")) {}
};

Attributes input_attributes(const FieldSpec& spec, const FieldState& state, const Ids& ids) {
  Attributes attributes;
  const auto add = [&](std::string_view name, std::string_view value) { attributes.add(name, value); };
  add("name", spec.name);
  if (spec.kind == FieldKind::Select) {
    if (spec.options_text.empty()) add("data-options", options_text(*spec.options));
    else add("data-options", spec.options_text);
  } else {
    add("autocomplete", spec.autocomplete);
    add("spellcheck", spec.kind == FieldKind::Multiline && !spec.mono ? "true" : "false");
    if (spec.kind != FieldKind::Multiline) {
      add("type", input_type(spec, state));
      add("autocapitalize", "none");
    }
  }
  if (spec.fixed) add("readonly", "");
  if (spec.kind == FieldKind::Email) add("inputmode", "email");
  if (spec.kind == FieldKind::Number) add("inputmode", "numeric");
  // No password manager should keep an API key.
  if (spec.kind == FieldKind::Key)
    for (const auto* name : {"data-lpignore", "data-1p-ignore", "data-bwignore"}) add(name, "true");
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

void draw_chevron(Ui& ui, const Rect& rect) {
  const float size = 16;
  icon(ui, Icon::Down, rect.right() - kInset - size, rect.y + (rect.height - size) / 2, size, ui.theme().muted);
}

// What a text field may hold, to choose from.
void offer_button(Ui& ui, const Rect& field_rect, const FieldSpec& spec, FieldState& state) {
  const Rect rect{field_rect.right() - kOfferWidth, field_rect.y, kOfferWidth, field_rect.height};
  const NodeId id = node_id(std::string(spec.name) + ".offer");
  const Interaction interaction = ui.interact(id, rect);
  if (interaction.hovered) ui.brush().fill(rect.grown(-kHair), ui.theme().raised, radius::kControl - 2);
  draw_chevron(ui, rect);
  if (interaction.focused) ui.brush().outline(rect.grown(-2), ui.theme().accent, radius::kControl - 2, 2);
  const TextStyle style = ui.style(Type::Input);
  ui.mirror().add_field(
      {.tag = "select",
       .id = id,
       .rect = rect,
       .font = style.font,
       .line_height = style.line_height,
       .attributes = {{"aria-label", spec.options_name}, {"data-options", options_text(*spec.options)}}},
      state);
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
  const bool selects = spec.kind == FieldKind::Select, offers = spec.options && !selects && !spec.options->empty();
  const float button_room = is_secret(spec.kind) ? reveal_width(ui) + kHair : offers ? kOfferWidth : 0;
  const TextStyle style = ui.style(spec.mono ? Type::MonoInput : Type::Input);
  Rect input{rect.x, rect.y, rect.width - button_room, rect.height};
  if (!multiline) {
    // Text has to look the same whether we paint it or the browser does: its line starts on a device pixel, and a bit
    // above, where browsers have half a pixel to round.
    constexpr float kBit = 1.f / 16;
    const float line = input.y + (input.height - style.line_height) / 2;
    input.y += ui.brush().snapped({0, line}).y - line - kBit;
  }
  const Interaction interaction = ui.interact(ids.input, input);
  draw_frame(ui, rect, interaction, !state.error.empty(), spec.fixed);
  if ((selects || !interaction.focused) && !paints_itself(spec, state)) {
    const float chevron = selects ? 16 + space::kTight : 0;
    draw_value(ui, {input.x + kInset, input.y, input.width - 2 * kInset - chevron, input.height}, spec, state);
  }
  if (selects) draw_chevron(ui, rect);

  ui.mirror().add_field({.tag = multiline ? "textarea"
                                : selects ? "select"
                                          : "input",
                         .id = ids.input,
                         .rect = input,
                         .font = style.font,
                         .line_height = style.line_height,
                         .inset_x = kInset,
                         .inset_y = multiline ? kAreaInset : 0.f,
                         .attributes = input_attributes(spec, state, ids)},
                        state);
  if (is_secret(spec.kind)) reveal_button(ui, rect, spec, state);
  if (offers) offer_button(ui, rect, spec, state);
  pen.y += box_height(ui, spec);
}

}  // namespace

// As mirror.js reads it.
std::string options_text(const std::vector<Option>& options) {
  const auto clean = [](std::string text) {
    std::replace_if(
        text.begin(), text.end(), [](char c) { return c == '\n' || c == '\t'; }, ' ');
    return text;
  };
  std::string text;
  for (const auto& option : options) {
    if (!text.empty()) text += '\n';
    text += clean(option.value) + '\t' + clean(option.label) + '\t' + clean(option.group);
  }
  return text;
}

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
