#include "web/ui/graph.h"

#include <algorithm>
#include <numbers>

#include "web/ui/icon.h"

namespace ownkey::ui {
namespace {

constexpr float kInset = 12, kMark = 16, kArrow = 5;

Tone tone_of(NodeLook look) {
  switch (look) {
    case NodeLook::Running: return Tone::Accent;
    case NodeLook::Done: return Tone::Success;
    case NodeLook::Failed: return Tone::Danger;
    default: return Tone::Muted;
  }
}

Way straight_way(const Rect& from, const Rect& to) {
  if (to.x > from.right()) {
    const Point start{from.right(), from.y + from.height / 2}, end{to.x - 1, to.y + to.height / 2};
    const float bend = std::max(12.f, (end.x - start.x) / 2);
    return {start, {start.x + bend, start.y}, {end.x - bend, end.y}, end, {1, 0}};
  }
  const Point start{from.x + from.width / 2, from.bottom()}, end{to.x + to.width / 2, to.y - 1};
  const float bend = std::max(12.f, (end.y - start.y) / 2);
  return {start, {start.x, start.y + bend}, {end.x, end.y - bend}, end, {0, 1}};
}

Way way_round(const Rect& from, const Rect& to) {
  constexpr float kAside = 34;
  if (to.x > from.right()) {
    const Point start{from.x + from.width / 2, from.bottom()}, end{to.x + to.width / 2, to.bottom() + 1};
    const float low = std::max(start.y, end.y) + kAside;
    return {start, {start.x, low}, {end.x, low}, end, {0, -1}};
  }
  const Point start{from.right(), from.y + from.height / 2}, end{to.right() + 1, to.y + to.height / 2};
  const float far = std::max(start.x, end.x) + kAside;
  return {start, {far, start.y}, {far, end.y}, end, {-1, 0}};
}

std::vector<Point> curve_of(const Way& way) {
  constexpr int kPieces = 20;
  std::vector<Point> curve;
  curve.reserve(kPieces + 1);
  for (int i = 0; i <= kPieces; ++i) {
    const float t = static_cast<float>(i) / kPieces, s = 1 - t;
    const float a = s * s * s, b = 3 * s * s * t, c = 3 * s * t * t, d = t * t * t;
    curve.push_back({a * way.start.x + b * way.out.x + c * way.in.x + d * way.end.x,
                     a * way.start.y + b * way.out.y + c * way.in.y + d * way.end.y});
  }
  return curve;
}

bool crosses_node(const std::vector<Point>& curve, const std::vector<Rect>& nodes, const GraphEdge& edge) {
  constexpr std::size_t kMostNodes = 60;  // each edge is compared with each
  if (nodes.size() > kMostNodes) return false;
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    if (i == edge.from || i == edge.to) continue;
    for (const Point p : curve)
      if (p.x > nodes[i].x && p.x < nodes[i].right() && p.y > nodes[i].y && p.y < nodes[i].bottom()) return true;
  }
  return false;
}

Way way_of(const std::vector<Rect>& nodes, const GraphEdge& edge) {
  const Way way = straight_way(nodes[edge.from], nodes[edge.to]);
  return crosses_node(curve_of(way), nodes, edge) ? way_round(nodes[edge.from], nodes[edge.to]) : way;
}

// A curve lies within the box of its four points.
bool is_seen(Ui& ui, const Way& way) {
  return ui.brush().is_seen(std::min(std::min(way.start.y, way.out.y), std::min(way.in.y, way.end.y)) - kArrow,
                            std::max(std::max(way.start.y, way.out.y), std::max(way.in.y, way.end.y)) + kArrow);
}

void draw_edge(Ui& ui, const Way& way, Color color) {
  if (!is_seen(ui, way)) return;
  ui.brush().stroke(curve_of(way), color, 1.5f);
  const Point tip = way.end, back{tip.x - way.arrow.x * kArrow, tip.y - way.arrow.y * kArrow};
  const Point side{way.arrow.y * kArrow, way.arrow.x * kArrow};
  ui.brush().stroke({{back.x + side.x, back.y + side.y}, tip, {back.x - side.x, back.y - side.y}}, color, 1.5f);
}

void draw_box(Ui& ui, const Rect& rect, const GraphNode& node, const Interaction& state) {
  const Theme& theme = ui.theme();
  const bool plain = node.look == NodeLook::Plain || node.look == NodeLook::Waiting || node.look == NodeLook::Skipped;
  const Color ground = node.selected                    ? theme.accent_soft
                       : node.look == NodeLook::Skipped ? theme.raised
                                                        : theme.surface;
  ui.brush().fill(rect, state.hovered ? mixed(ground, theme.text, .05f) : ground, radius::kControl);
  const Color border = node.selected ? theme.accent : plain ? theme.field_border : ink(theme, tone_of(node.look));
  ui.brush().outline(rect, border, radius::kControl, node.selected || !plain ? 2 : 1);
}

}  // namespace

void node_mark(Ui& ui, NodeLook look, float x, float y, float size) {
  const Color color = ink(ui.theme(), tone_of(look));
  switch (look) {
    case NodeLook::Plain: return;
    case NodeLook::Running: return spinner(ui, x, y, size, color);
    case NodeLook::Done: return icon(ui, Icon::Check, x, y, size, color);
    case NodeLook::Failed: return icon(ui, Icon::Cross, x, y, size, color);
    case NodeLook::Skipped: return icon(ui, Icon::Dash, x, y, size, color);
    case NodeLook::Waiting:
      return ui.brush().arc({x + size / 2, y + size / 2}, size * .3f, 0, 2 * std::numbers::pi_v<float>, color, 1.5f);
  }
}

void Graph::lay_out(Ui& ui) {
  const Pen& pen = ui.pen();
  const Ground ground{pen, ui.metrics().scale, ui.pixel_ratio()};
  if (ground_ == ground) return;
  ground_ = ground;
  std::vector<std::optional<Point>> places;
  for (const auto& node : nodes) places.push_back(node.place);
  GraphLayout layout = graph_layout(places, edges, pen.width, ground.scale);
  height_ = layout.height;
  drawn_.resize(nodes.size());
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    Rect& rect = layout.nodes[i];
    rect = ui.brush().snapped({rect.x + pen.x, rect.y + pen.y, rect.width, rect.height});
    drawn_[i].item = {.tag = "li", .id = node_id(nodes[i].name + ".item")};
    drawn_[i].button = {.tag = "button", .id = node_id(nodes[i].name), .rect = rect, .inset_x = kInset};
    dress(ui, nodes[i], drawn_[i]);
  }
  ways_.clear();
  for (const auto& edge : edges) ways_.push_back(way_of(layout.nodes, edge));
}

// What is written in a node, and what it is called.
void Graph::dress(Ui& ui, const GraphNode& node, Drawn& drawn) {
  drawn.look = node.look;
  drawn.state = node.state;
  drawn.selected = node.selected;
  MirrorNode& button = drawn.button;
  const TextStyle title = ui.style(Type::Strong), help = ui.style(Type::Help);
  const float room = button.rect.width - 2 * kInset, mark = node.look != NodeLook::Plain ? kMark + space::kHair : 0;
  button.font = title.font;
  button.line_height = title.line_height;
  button.inset_y = (button.rect.height - title.line_height - help.line_height) / 2;
  button.text = ui.text().first_lines(node.label, title, room - mark, 1).front();
  drawn.detail = ui.text().first_lines(node.detail, help, room, 1).front();
  std::string name = node.label + ", " + node.detail;
  if (!node.state.empty()) (name += ", ") += node.state;
  button.attributes = {{"type", "button"}, {"data-look", "node"}, {"aria-label", name}};
  if (!node.leads_to.empty()) button.attributes.add("aria-description", "leads to " + node.leads_to);
  if (node.selected) button.attributes.add("aria-current", "true");
}

bool Graph::draw_node(Ui& ui, const GraphNode& node, Drawn& drawn) {
  if (node.look != drawn.look || node.state != drawn.state || node.selected != drawn.selected) dress(ui, node, drawn);
  const MirrorNode& button = drawn.button;
  const Rect& rect = button.rect;
  const Interaction state = ui.interact(button.id, rect);
  if (ui.brush().is_seen(rect.y, rect.bottom())) {
    draw_box(ui, rect, node, state);
    const float x = rect.x + kInset, y = rect.y + button.inset_y;
    ui.brush().text(x, y, ui.style(Type::Strong), ui.theme().text, button.text);
    ui.brush().text(x, y + button.line_height, ui.style(Type::Help), ui.theme().muted, drawn.detail);
    node_mark(ui, node.look, rect.right() - kInset - kMark + 2, y + (button.line_height - kMark) / 2, kMark);
  }
  if (state.ring) ui.draw_ring(rect, radius::kControl);
  ui.mirror().open(drawn.item);
  ui.mirror().add_again(button);
  ui.mirror().close();
  return state.activated;
}

int Graph::draw(Ui& ui, std::string_view name, std::string_view label) {
  lay_out(ui);
  for (const auto& way : ways_) draw_edge(ui, way, ui.theme().field_border);
  int clicked = -1;
  const Group list(ui, "ul", name, {{"aria-label", label}});
  for (std::size_t i = 0; i < nodes.size(); ++i)
    if (draw_node(ui, nodes[i], drawn_[i])) clicked = static_cast<int>(i);
  ui.pen().y += height_;
  return clicked;
}

}  // namespace ownkey::ui
