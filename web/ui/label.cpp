#include "web/ui/label.h"

#include "web/ui/flow.h"
#include "web/ui/wrap.h"

namespace ownkey::ui {
namespace {

constexpr float kChipHeight = 22, kChipSide = 10;

std::string_view look(Tone tone) {
  switch (tone) {
    case Tone::Muted: return "muted";
    case Tone::Accent: return "accent";
    case Tone::Danger: return "danger";
    case Tone::Success: return "success";
    case Tone::Warning: return "warning";
    default: return {};
  }
}

void add_look(Attributes& attributes, Tone tone) {
  if (const auto name = look(tone); !name.empty()) attributes.add("data-look", name);
}

void draw_chip(Ui& ui, const Rect& rect, const ChipSpec& spec) {
  const TextStyle style = ui.style(Type::Chip);
  const float side = kChipSide * ui.metrics().scale, above = (rect.height - style.line_height) / 2;
  ui.brush().fill(rect, soft(ui.theme(), spec.tone), rect.height / 2);
  ui.brush().text(rect.x + side, rect.y + above, style, ink(ui.theme(), spec.tone), spec.text);
  ui.mirror().add({.tag = "span",
                   .id = node_id(spec.name),
                   .rect = rect,
                   .font = style.font,
                   .line_height = style.line_height,
                   .inset_x = side,
                   .inset_y = above,
                   .text = std::string(spec.text),
                   .attributes = {{"data-look", "chip " + std::string(look(spec.tone))}}});
}

}  // namespace

void paragraph(Ui& ui, TextSpec spec) {
  const TextStyle style = ui.style(spec.type);
  const Color color = ink(ui.theme(), spec.tone);
  Pen& pen = ui.pen();
  const float top = pen.y;
  const auto& lines = ui.text().lines(spec.text, style, pen.width);
  for (const auto& line : lines) {
    ui.brush().text(pen.x, pen.y, style, color, line);
    pen.y += style.line_height;
  }
  add_look(spec.attributes, spec.tone);
  ui.mirror().add({.tag = spec.tag,
                   .id = node_id(spec.name),
                   .rect = {pen.x, top, lines.widest, pen.y - top},
                   .font = style.font,
                   .line_height = style.line_height,
                   .text = joined(lines),
                   .attributes = std::move(spec.attributes)});
}

float line(Ui& ui, float x, float y, TextSpec spec) {
  const TextStyle style = ui.style(spec.type);
  const float width = ui.text().width(spec.text, style);
  ui.brush().text(x, y, style, ink(ui.theme(), spec.tone), spec.text);
  add_look(spec.attributes, spec.tone);
  ui.mirror().add({.tag = spec.tag,
                   .id = node_id(spec.name),
                   .rect = {x, y, width, style.line_height},
                   .font = style.font,
                   .line_height = style.line_height,
                   .text = std::string(spec.text),
                   .attributes = std::move(spec.attributes)});
  return width;
}

void heading(Ui& ui, int level, std::string_view name, std::string_view text) {
  const Attributes focusable{{"tabindex", "-1"}};
  if (level != 1)
    return paragraph(ui, {.name = name, .text = text, .type = Type::Heading, .tag = "h2", .attributes = focusable});
  if (ui.take_heading_focus()) ui.focus(node_id(name));
  paragraph(ui, {.name = name, .text = text, .type = Type::Title, .tag = "h1", .attributes = focusable});
}

void chip(Ui& ui, Flow& flow, const ChipSpec& spec) {
  Rect rect = flow.next(ui.text().width(spec.text, ui.style(Type::Chip)) + 2 * kChipSide * ui.metrics().scale);
  const float height = kChipHeight * ui.metrics().scale;
  rect.y += (rect.height - height) / 2;
  rect.height = height;
  draw_chip(ui, rect, spec);
}

void heading_with_chip(Ui& ui, std::string_view name, std::string_view text, const ChipSpec& state) {
  const TextStyle style = ui.style(Type::Heading);
  const float height = kChipHeight * ui.metrics().scale, width = ui.text().width(text, style);
  if (width > ui.pen().width) {
    heading(ui, 2, name, text);
    Flow below(ui, height, space::kMedium);
    return chip(ui, below, state);
  }
  Flow flow(ui, height, space::kMedium);
  const Rect title = flow.next(width);
  line(ui, title.x, title.y + (height - style.line_height) / 2,
       {.name = name, .text = text, .type = Type::Heading, .tag = "h2", .attributes = {{"tabindex", "-1"}}});
  chip(ui, flow, state);
}

}  // namespace ownkey::ui
