#include "web/pages/workflow_graph.h"

#include <map>

#include "web/state/canvas.h"
#include "web/state/node_kinds.h"

namespace ownkey::pages {
namespace {

std::optional<ui::Point> place_of(const json& node) {
  const auto place = node.find("position");
  if (place == node.end() || !place->is_object()) return std::nullopt;
  const auto x = place->find("x"), y = place->find("y");
  if (x == place->end() || y == place->end() || !x->is_number() || !y->is_number()) return std::nullopt;
  return ui::Point{x->get<float>(), y->get<float>()};
}

ui::Graph graph_of(const json& canvas, const state::Run* run, std::string_view selected) {
  ui::Graph graph;
  std::map<std::string, std::size_t, std::less<>> index;
  for (const json& node : state::nodes_of(canvas)) {
    const std::string id = state::id_of(node);
    std::string detail = state::kind_name(state::type_of(node));
    if (const std::string model = state::text_in(state::data_of(node), "model"); !model.empty()) detail = model;
    ui::GraphNode drawn{.name = "graph." + id, .label = state::label_of(node), .detail = std::move(detail)};
    drawn.place = place_of(node);
    if (run) {
      const auto look = look_of(state::node_state(*run, id));
      drawn.state = look.word;
      drawn.look = look.look;
    } else {
      drawn.selected = id == selected;
    }
    index.emplace(id, graph.nodes.size());
    graph.nodes.push_back(std::move(drawn));
  }
  for (const json& edge : state::edges_of(canvas)) {
    const auto from = index.find(state::text_in(edge, "source")), to = index.find(state::text_in(edge, "target"));
    if (from == index.end() || to == index.end()) continue;
    graph.edges.push_back({from->second, to->second});
    auto& leads_to = graph.nodes[from->second].leads_to;
    leads_to += (leads_to.empty() ? "" : ", ") + graph.nodes[to->second].label;
    if (const std::string branch = state::text_in(edge, "sourceHandle"); branch == "true" || branch == "false")
      leads_to += " if " + branch;
  }
  return graph;
}

}  // namespace

StateLook look_of(state::NodeState state) {
  switch (state) {
    case state::NodeState::Waiting: return {"Waiting", ui::NodeLook::Waiting};
    case state::NodeState::Running: return {"Running", ui::NodeLook::Running};
    case state::NodeState::Done: return {"Done", ui::NodeLook::Done};
    case state::NodeState::Failed: return {"Failed", ui::NodeLook::Failed};
    case state::NodeState::Skipped: return {"Skipped", ui::NodeLook::Skipped};
    case state::NodeState::Cancelled: return {"Cancelled", ui::NodeLook::Skipped};
  }
  return {};
}

std::string draw_workflow_graph(ui::Ui& ui, const json& canvas, const state::Run* run, std::string_view selected) {
  const json& nodes = state::nodes_of(canvas);
  const int clicked = ui::draw_graph(ui, "graph", "Steps of the workflow", graph_of(canvas, run, selected));
  return clicked < 0 ? "" : state::id_of(nodes[static_cast<std::size_t>(clicked)]);
}

}  // namespace ownkey::pages
