#include "web/ui/navigation.h"

#include <algorithm>

#include "web/ui/icon.h"
#include "web/ui/label.h"
#include "web/ui/wrap.h"

namespace ownkey::ui {
namespace {

constexpr float kNavInset = 12;
constexpr float kMark = 26, kMarkGap = 10;
constexpr std::string_view kName = "Ownkey";
constexpr std::size_t kTitleLines = 2;

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

int draw_row(Ui& ui, const std::vector<NavEntry>& entries) {
  int clicked = -1;
  Flow flow(ui, ui.metrics().control(), space::kHair);
  for (std::size_t i = 0; i < entries.size(); ++i) {
    const float width = ui.text().width(entries[i].label, ui.style(Type::Strong)) + 2 * kNavInset;
    if (nav_link(ui, entries[i], flow.next(width))) clicked = static_cast<int>(i);
  }
  return clicked;
}

int draw_top(Ui& ui, const std::vector<NavEntry>& entries) {
  ui.pen() = {space::kField, ui.metrics().header() + space::kSmall, ui.width() - 2 * space::kField};
  const int clicked = draw_row(ui, entries);
  ui.gap(space::kField);
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

void header_ground(Ui& ui) {
  const float height = ui.metrics().header();
  ui.brush().fill({0, 0, ui.width(), height}, ui.theme().surface);
  ui.brush().fill({0, height - 1, ui.width(), 1}, ui.theme().hairline);
}

float brand_width(Ui& ui) {
  return (kMark + kMarkGap) * ui.metrics().scale + ui.text().width(kName, ui.style(Type::Brand));
}

float brand_height(Ui& ui) { return kMark * ui.metrics().scale; }

bool brand(Ui& ui, float x, float y, float room) {
  const NodeId id = node_id("brand");
  const TextStyle style = ui.style(Type::Brand);
  const float scale = ui.metrics().scale, mark = kMark * scale;
  const bool with_name = brand_width(ui) <= room;
  const Rect rect{x, y, with_name ? brand_width(ui) : mark, mark};
  const Interaction state = ui.interact(id, rect);
  brand_mark(ui, x, y, mark);
  const float name_x = x + mark + kMarkGap * scale, above = (mark - style.line_height) / 2;
  if (with_name) ui.brush().text(name_x, y + above, style, ui.theme().text, kName);
  if (state.ring) ui.draw_ring(rect, radius::kControl - 4);
  ui.mirror().add({.tag = "a",
                   .id = id,
                   .rect = rect,
                   .font = style.font,
                   .line_height = style.line_height,
                   .inset_x = with_name ? name_x - x : 0,
                   .inset_y = above,
                   .text = with_name ? std::string(kName) : "",
                   .attributes = {{"href", "/"}, {"data-look", "brand"}, {"aria-label", kName}}});
  return state.activated;
}

int navigation(Ui& ui, const std::vector<NavEntry>& entries) {
  const Group nav(ui, "nav", "nav", {{"aria-label", "Pages"}});
  return ui.narrow() ? draw_top(ui, entries) : draw_sidebar(ui, entries);
}

int tabs(Ui& ui, std::string_view label, const std::vector<NavEntry>& entries) {
  const Group nav(ui, "nav", label, {{"aria-label", label}});
  return draw_row(ui, entries);
}

bool row_link(Ui& ui, std::string_view name, std::string_view title, std::string_view detail, std::string href) {
  Pen& pen = ui.pen();
  const NodeId id = node_id(name), detail_id = node_id(std::string(name) + ".detail");
  const TextStyle title_style = ui.style(Type::Strong), detail_style = ui.style(Type::Help);
  const float side = 16, above = 14, chevron = 16;
  const float text_width = pen.width - 2 * side - chevron - space::kSmall;
  const auto titles = ui.text().first_lines(title, title_style, text_width, kTitleLines);
  const std::string shown_detail = ui.text().first_lines(detail, detail_style, text_width, 1).front();
  const float detail_y = pen.y + above + static_cast<float>(titles.size()) * title_style.line_height + 2;
  const Rect rect{pen.x, pen.y, pen.width, detail_y + detail_style.line_height + above - pen.y};
  const Interaction state = ui.interact(id, rect);
  const Theme& theme = ui.theme();
  ui.brush().fill(rect, state.hovered ? mixed(theme.surface, theme.text, .03f) : theme.surface, radius::kCard);
  ui.brush().outline(rect, state.hovered ? theme.field_border : theme.hairline, radius::kCard, 1);
  float y = rect.y + above;
  for (const auto& line : titles) {
    ui.brush().text(rect.x + side, y, title_style, theme.text, line);
    y += title_style.line_height;
  }
  ui.brush().text(rect.x + side, detail_y, detail_style, theme.muted, shown_detail);
  icon(ui, Icon::Forward, rect.right() - side - chevron, rect.y + (rect.height - chevron) / 2, chevron, theme.muted);
  if (state.ring) ui.draw_ring(rect, radius::kCard);

  const Group item(ui, "li", std::string(name) + ".item");
  ui.mirror().add(
      {.tag = "a",
       .id = id,
       .rect = rect,
       .font = title_style.font,
       .line_height = title_style.line_height,
       .inset_x = side,
       .inset_y = above,
       .text = joined(titles),
       .attributes = {
           {"href", href}, {"data-look", "row"}, {"aria-label", title}, {"aria-describedby", reference(detail_id)}}});
  ui.mirror().add(
      {.tag = "span",
       .id = detail_id,
       .rect = {rect.x + side, detail_y, ui.text().width(shown_detail, detail_style), detail_style.line_height},
       .font = detail_style.font,
       .line_height = detail_style.line_height,
       .text = shown_detail,
       .attributes = {{"data-look", "muted through"}}});
  pen.y += rect.height + space::kMedium;
  return state.activated;
}

}  // namespace ownkey::ui
