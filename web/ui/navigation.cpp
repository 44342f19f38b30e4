#include "web/ui/navigation.h"

#include <algorithm>

#include "web/ui/icon.h"
#include "web/ui/label.h"

namespace ownkey::ui {
namespace {

constexpr float kNavInset = 12;
constexpr float kMark = 26;

bool nav_link(Ui& ui, const NavEntry& entry, const Rect& rect) {
  const NodeId id = node_id(entry.name);
  const Interaction state = ui.interact(id, rect);
  const TextStyle style = ui.style(entry.current ? Type::Strong : Type::Body);
  const float above = (rect.height - style.line_height) / 2;
  if (entry.current) ui.brush().fill(rect, ui.theme().accent_soft, radius::kControl);
  else if (state.hovered) ui.brush().fill(rect, ui.theme().raised, radius::kControl);
  ui.brush().text(rect.x + kNavInset, rect.y + above, style, entry.current ? ui.theme().accent : ui.theme().text,
                  entry.label);
  if (state.ring) ui.brush().outline(rect, ui.theme().accent, radius::kControl, 2);
  Attributes attributes{{"href", entry.href}, {"data-look", "nav"}};
  if (entry.current) attributes.add("aria-current", "page");
  ui.mirror().add({.tag = "a",
                   .id = id,
                   .rect = rect,
                   .font = style.font,
                   .line_height = style.line_height,
                   .inset_x = kNavInset,
                   .inset_y = above,
                   .text = std::string(entry.label),
                   .attributes = std::move(attributes)});
  return state.activated;
}

int draw_tabs(Ui& ui, const std::vector<NavEntry>& entries) {
  int clicked = -1;
  float x = space::kField;
  const float y = ui.metrics().header() + space::kSmall, height = std::max(36.f, ui.metrics().control());
  for (std::size_t i = 0; i < entries.size(); ++i) {
    const float width = ui.text().width(entries[i].label, ui.style(Type::Strong)) + 2 * kNavInset;
    if (nav_link(ui, entries[i], {x, y, width, height})) clicked = static_cast<int>(i);
    x += width + space::kHair;
  }
  ui.pen() = {space::kField, y + height + space::kField, ui.width() - 2 * space::kField};
  return clicked;
}

int draw_sidebar(Ui& ui, const std::vector<NavEntry>& entries) {
  int clicked = -1;
  const float total = std::min(ui.width() - 2 * space::kCard, kPageWidth), x = (ui.width() - total) / 2;
  const float top = ui.metrics().header() + space::kWide, height = ui.metrics().control();
  for (std::size_t i = 0; i < entries.size(); ++i) {
    const float y = top + static_cast<float>(i) * (height + space::kHair);
    if (nav_link(ui, entries[i], {x, y, kSidebarWidth, height})) clicked = static_cast<int>(i);
  }
  const float main_x = x + kSidebarWidth + kSidebarGap;
  ui.pen() = {main_x, top, std::min(total - kSidebarWidth - kSidebarGap, kContentWidth)};
  return clicked;
}

}  // namespace

void skip_link(Ui& ui) {
  const NodeId id = node_id("skip");
  const TextStyle style = ui.style(Type::Strong);
  const std::string_view label = "Skip to content";
  const bool seen = ui.is_focused(id);
  const Rect rect =
      seen ? Rect{space::kSmall, space::kSmall, ui.text().width(label, style) + 2 * kNavInset, 40} : Rect{0, 0, 1, 1};
  if (ui.interact(id, rect).activated) ui.focus_heading();
  if (seen) {
    ui.brush().set_layer(Layer::Overlay);
    ui.brush().fill(rect, ui.theme().text, radius::kControl);
    ui.brush().text(rect.x + kNavInset, rect.y + (rect.height - style.line_height) / 2, style, ui.theme().background,
                    label);
    ui.brush().set_layer(Layer::Content);
  }
  ui.mirror().add({.tag = "a",
                   .id = id,
                   .rect = rect,
                   .font = style.font,
                   .line_height = style.line_height,
                   .inset_x = seen ? kNavInset : 0,
                   .inset_y = seen ? (rect.height - style.line_height) / 2 : 0,
                   .text = std::string(label),
                   .attributes = {{"href", "#" + reference(node_id("main"))}, {"data-look", "skip"}}});
}

float brand_width(Ui& ui) { return kMark + 10 + ui.text().width("Ownkey", ui.style(Type::Brand)); }

float brand_height(Ui& ui) { return std::max(kMark, ui.style(Type::Brand).line_height); }

bool brand(Ui& ui, float x, float y) {
  const NodeId id = node_id("brand");
  const TextStyle style = ui.style(Type::Brand);
  const Rect rect{x, y, brand_width(ui), brand_height(ui)};
  const Interaction state = ui.interact(id, rect);
  brand_mark(ui, x, y + (rect.height - kMark) / 2, kMark);
  const float above = (rect.height - style.line_height) / 2;
  ui.brush().text(x + kMark + 10, y + above, style, ui.theme().text, "Ownkey");
  if (state.ring) ui.draw_ring(rect, radius::kControl - 4);
  ui.mirror().add({.tag = "a",
                   .id = id,
                   .rect = {x + kMark + 10, y, rect.width - kMark - 10, rect.height},
                   .font = style.font,
                   .line_height = style.line_height,
                   .inset_y = above,
                   .text = "Ownkey",
                   .attributes = {{"href", "/"}, {"data-look", "brand"}}});
  return state.activated;
}

int navigation(Ui& ui, const std::vector<NavEntry>& entries) {
  const Group nav(ui, "nav", "nav", {{"aria-label", "Pages"}});
  return ui.narrow() ? draw_tabs(ui, entries) : draw_sidebar(ui, entries);
}

bool row_link(Ui& ui, std::string_view name, std::string_view title, std::string_view detail, std::string href) {
  Pen& pen = ui.pen();
  const NodeId id = node_id(name);
  const TextStyle title_style = ui.style(Type::Strong), detail_style = ui.style(Type::Help);
  const float side = 16, above = 14, chevron = 16;
  const float text_width = pen.width - 2 * side - chevron - space::kSmall;
  const std::string shown_title = ui.text().lines(title, title_style, text_width).front();
  const std::string shown_detail = ui.text().lines(detail, detail_style, text_width).front();
  const Rect rect{pen.x, pen.y, pen.width, 2 * above + title_style.line_height + detail_style.line_height + 2};
  const Interaction state = ui.interact(id, rect);
  const Theme& theme = ui.theme();
  ui.brush().fill(rect, state.hovered ? mixed(theme.surface, theme.text, .03f) : theme.surface, radius::kCard);
  ui.brush().outline(rect, state.hovered ? theme.field_border : theme.hairline, radius::kCard, 1);
  ui.brush().text(rect.x + side, rect.y + above, title_style, theme.text, shown_title);
  ui.brush().text(rect.x + side, rect.y + above + title_style.line_height + 2, detail_style, theme.muted, shown_detail);
  icon(ui, Icon::Forward, rect.right() - side - chevron, rect.y + (rect.height - chevron) / 2, chevron, theme.muted);
  if (state.ring) ui.draw_ring(rect, radius::kCard);

  const Group item(ui, "li", std::string(name) + ".item");
  ui.mirror().add({.tag = "a",
                   .id = id,
                   .rect = rect,
                   .font = title_style.font,
                   .line_height = title_style.line_height,
                   .inset_x = side,
                   .inset_y = above,
                   .text = shown_title,
                   .attributes = {{"href", href},
                                  {"data-look", "row"},
                                  {"aria-describedby", reference(node_id(std::string(name) + ".detail"))}}});
  ui.mirror().add({.tag = "span",
                   .id = node_id(std::string(name) + ".detail"),
                   .rect = {rect.x + side, rect.y + above + title_style.line_height + 2,
                            ui.text().width(shown_detail, detail_style), detail_style.line_height},
                   .font = detail_style.font,
                   .line_height = detail_style.line_height,
                   .text = shown_detail,
                   .attributes = {{"data-look", "muted through"}}});
  pen.y += rect.height + space::kMedium;
  return state.activated;
}

}  // namespace ownkey::ui
