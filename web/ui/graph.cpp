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

// Which way an edge leaves one node and comes to the other; a way round goes past what lies between them.
struct Way {
  Point start, out, in, end;
  Point arrow;  // the direction at its end
};

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
  std::vector<Point> curve;
  constexpr int kPieces = 20;
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

void draw_edge(Ui& ui, const std::vector<Rect>& nodes, const GraphEdge& edge, Color color) {
  Way way = straight_way(nodes[edge.from], nodes[edge.to]);
  std::vector<Point> curve = curve_of(way);
  if (crosses_node(curve, nodes, edge)) curve = curve_of(way = way_round(nodes[edge.from], nodes[edge.to]));
  ui.brush().stroke(curve, color, 1.5f);
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

bool draw_node(Ui& ui, const Rect& rect, const GraphNode& node) {
  const NodeId id = node_id(node.name);
  const Interaction state = ui.interact(id, rect);
  const TextStyle title = ui.style(Type::Strong), help = ui.style(Type::Help);
  draw_box(ui, rect, node, state);
  const bool marked = node.look != NodeLook::Plain;
  const float room = rect.width - 2 * kInset - (marked ? kMark + space::kHair : 0);
  const float above = (rect.height - title.line_height - help.line_height) / 2;
  const auto elided = [&](std::string_view text, const TextStyle& style, float most) {
    return ui.text().first_lines(text, style, most, 1).front();
  };
  const std::string label = elided(node.label, title, room);
  ui.brush().text(rect.x + kInset, rect.y + above, title, ui.theme().text, label);
  ui.brush().text(rect.x + kInset, rect.y + above + title.line_height, help, ui.theme().muted,
                  elided(node.detail, help, rect.width - 2 * kInset));
  if (marked)
    node_mark(ui, node.look, rect.right() - kInset - kMark + 2, rect.y + above + (title.line_height - kMark) / 2,
              kMark);
  if (state.ring) ui.draw_ring(rect, radius::kControl);

  const Group item(ui, "li", node.name + ".item");
  std::string name = node.label + ", " + node.detail;
  if (!node.state.empty()) name += ", " + node.state;
  Attributes attributes{{"type", "button"}, {"data-look", "node"}, {"aria-label", name}};
  if (!node.leads_to.empty()) attributes.add("aria-description", "leads to " + node.leads_to);
  if (node.selected) attributes.add("aria-current", "true");
  ui.mirror().add({.tag = "button",
                   .id = id,
                   .rect = rect,
                   .font = title.font,
                   .line_height = title.line_height,
                   .inset_x = kInset,
                   .inset_y = above,
                   .text = label,
                   .attributes = std::move(attributes)});
  return state.activated;
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

int draw_graph(Ui& ui, std::string_view name, std::string_view label, const Graph& graph) {
  Pen& pen = ui.pen();
  std::vector<std::optional<Point>> places;
  for (const auto& node : graph.nodes) places.push_back(node.place);
  GraphLayout layout = graph_layout(places, graph.edges, pen.width, ui.metrics().scale);
  for (auto& rect : layout.nodes) rect = ui.brush().snapped({rect.x + pen.x, rect.y + pen.y, rect.width, rect.height});
  for (const auto& edge : graph.edges) draw_edge(ui, layout.nodes, edge, ui.theme().field_border);
  int clicked = -1;
  const Group list(ui, "ul", name, {{"aria-label", label}});
  for (std::size_t i = 0; i < graph.nodes.size(); ++i)
    if (draw_node(ui, layout.nodes[i], graph.nodes[i])) clicked = static_cast<int>(i);
  pen.y += layout.height;
  return clicked;
}

}  // namespace ownkey::ui
