#include "web/pages/workflow_graph.h"

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

void look_through(const json& canvas, CanvasView& view) {
  view.inputs = state::run_fields(canvas);
  for (const json& node : state::nodes_of(canvas)) {
    const std::string id(state::id_of(node));
    std::string detail(state::text_in(state::data_of(node), "model"));
    if (detail.empty()) detail = state::kind_name(state::type_of(node));
    view.models += state::asks_model(node);
    view.places.emplace(id, view.graph.nodes.size());
    view.graph.nodes.push_back(
        {.name = "graph." + id, .label = state::label_of(node), .detail = std::move(detail), .place = place_of(node)});
  }
  for (const json& edge : state::edges_of(canvas)) {
    const auto from = view.places.find(state::text_in(edge, "source"));
    const auto to = view.places.find(state::text_in(edge, "target"));
    if (from == view.places.end() || to == view.places.end()) continue;
    view.graph.edges.push_back({from->second, to->second});
    auto& leads_to = view.graph.nodes[from->second].leads_to;
    leads_to += (leads_to.empty() ? "" : ", ") + view.graph.nodes[to->second].label;
    if (const auto branch = state::text_in(edge, "sourceHandle"); branch == "true" || branch == "false")
      (leads_to += " if ") += branch;
  }
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

CanvasView& view_of(WorkflowDraft& draft) {
  if (!draft.filled || !draft.view || draft.view->edits != draft.edits()) {
    draft.view = std::make_unique<CanvasView>();
    draft.view->edits = draft.edits();
    look_through(draft.canvas, *draft.view);
  }
  return *draft.view;
}

std::string draw_workflow_graph(ui::Ui& ui, WorkflowDraft& draft, const std::vector<state::NodeRun>* run,
                                std::string_view selected) {
  const json& nodes = state::nodes_of(draft.canvas);
  CanvasView& view = view_of(draft);
  ui::Graph& graph = view.graph;
  const auto chosen = view.places.find(selected);
  for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
    auto& node = graph.nodes[i];
    const StateLook look = run ? look_of((*run)[i].state()) : StateLook{{}, ui::NodeLook::Plain};
    node.look = look.look;
    node.state = look.word;
    node.selected = !run && chosen != view.places.end() && chosen->second == i;
  }
  const int clicked = graph.draw(ui, "graph", "Steps of the workflow");
  return clicked < 0 ? "" : std::string(state::id_of(nodes[static_cast<std::size_t>(clicked)]));
}

}  // namespace ownkey::pages
