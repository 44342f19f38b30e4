#include "web/app/workflow_editor.h"

#include "web/app/form.h"
#include "web/pages/format.h"
#include "web/state/node_kinds.h"

namespace ownkey::app {
namespace {

constexpr std::string_view kNodes = "canvas_state.nodes[", kData = ".data.";

// "canvas_state.nodes[3].data.model": the fourth node's model.
struct Place {
  std::size_t node;
  std::string field;  // empty: the node as such
};

std::optional<Place> place_of(std::string_view path) {
  if (!path.starts_with(kNodes)) return std::nullopt;
  path.remove_prefix(kNodes.size());
  Place place{0, {}};
  for (; !path.empty() && path.front() >= '0' && path.front() <= '9'; path.remove_prefix(1))
    place.node = place.node * 10 + static_cast<std::size_t>(path.front() - '0');
  const std::size_t data = path.find(kData);
  if (data != std::string_view::npos) place.field = path.substr(data + kData.size());
  return place;
}

// Without "node 'm': ", which the place says already.
std::string_view without_node(std::string_view text) {
  const std::size_t end = text.starts_with("node '") ? text.find("': ") : std::string_view::npos;
  return end == std::string_view::npos ? text : text.substr(end + 3);
}

}  // namespace

void WorkflowEditor::fill(const api::Workflow& stored) {
  auto& draft = desk_.drafts.workflows[stored.id];
  if (std::exchange(draft.filled, true)) return;
  draft.name.set(stored.name);
  draft.description.set(stored.description);
  draft.canvas = stored.canvas_state;
  if (draft.kind.empty()) draft.kind.set("llm");
}

void WorkflowEditor::discard() { refill(desk_.state.route.workflow_id); }

void WorkflowEditor::refill(const std::string& id) {
  auto& old = desk_.drafts.workflows[id];
  const auto* stored = desk_.state.workflows.open[id].workflow.value();
  if (!stored) return;
  const std::string node = std::exchange(old.node, {});
  ++old.changes;
  old.changes += old.field_edits();
  old.fields.clear();
  old.typed = 0;
  old.filled = false;
  fill(*stored);
  if (id == desk_.state.route.workflow_id) select(node);
}

void WorkflowEditor::take_typed() {
  const auto found = desk_.drafts.workflows.find(desk_.state.route.workflow_id);
  if (found == desk_.drafts.workflows.end() || !found->second.filled) return;
  put_fields_into_graph();
  auto& draft = found->second;
  const pages::WorkflowDraft::Taken now{draft.edits(), desk_.state.workflows.tools.revision(), draft.node};
  if (draft.taken == now) return;
  draft.taken = now;
  take_fields_from_graph();
  take_inputs_from_graph();
}

void WorkflowEditor::put_fields_into_graph() {
  auto& to = draft();
  if (to.typed == to.field_edits()) return;
  to.typed = to.field_edits();
  const json* node = state::find_node(to.canvas, to.node);
  if (!node) return;
  for (const auto& field : state::node_fields(*node, desk_.state.workflows.tools.value()))
    if (const auto typed = to.fields.find(field.place); typed != to.fields.end() && typed->second.edits() > 0)
      state::set_value(to.canvas, to.node, field.place, typed->second.text(), field.value, field.required);
}

void WorkflowEditor::take_fields_from_graph() {
  auto& from = draft();
  const json* node = state::find_node(from.canvas, from.node);
  if (!node) return;
  for (const auto& field : state::node_fields(*node, desk_.state.workflows.tools.value())) {
    const auto [entry, is_new] = from.fields.try_emplace(field.place);
    if (is_new) entry->second.set(state::value_at(state::data_of(*node), field.place));
  }
}

// What the person has not touched follows the graph.
void WorkflowEditor::take_inputs_from_graph() {
  auto& from = draft();
  for (const auto& field : state::run_fields(from.canvas)) {
    auto& input = from.inputs[field.place];
    if (input.edits() > 0) continue;
    for (const json& node : state::nodes_of(from.canvas)) {
      if (state::type_of(node) != "input") continue;
      const std::string text = state::value_at(state::data_of(node), field.place);
      if (text.empty()) continue;
      if (text != input.text()) input.set(text);
      break;
    }
  }
}

void WorkflowEditor::select(const std::string& node) {
  auto& to = draft();
  put_fields_into_graph();
  if (to.node == node || !state::find_node(to.canvas, node)) return;
  to.changes += to.field_edits();
  to.typed = 0;
  to.fields.clear();
  to.node = node;
  take_fields_from_graph();
}

void WorkflowEditor::select_only_model() {
  std::string only;
  for (const json& node : state::nodes_of(draft().canvas)) {
    if (!state::asks_model(node)) continue;
    if (!only.empty()) return;
    only = state::id_of(node);
  }
  if (!only.empty()) select(only);
}

void WorkflowEditor::add_node() {
  auto& to = draft();
  std::string model = state::first_model(to.canvas);
  const auto* reached = desk_.state.models.value();
  if (model.empty() && reached && !reached->empty()) model = reached->front().id;
  const std::string kind(to.kind.text()), after(to.after.text());
  const std::string id = state::add_node(to.canvas, kind, state::new_node_data(kind, model), after);
  ++to.changes;
  to.after.set(id);
  select(id);
  desk_.toasts.show(desk_.ui, state::kind_name(kind) + " added");
  desk_.ui.focus(ui::node_id("node.heading"));
}

void WorkflowEditor::remove_node() {
  auto& from = draft();
  const json* node = state::find_node(from.canvas, from.node);
  if (!node) return;
  desk_.toasts.show(desk_.ui, state::label_of(*node) + " removed");
  state::remove_node(from.canvas, from.node);
  ++from.changes;
  from.changes += from.field_edits();
  from.typed = 0;
  from.fields.clear();
  from.node.clear();
  desk_.ui.focus(ui::node_id("steps.heading"));
}

void WorkflowEditor::connect() {
  auto& to = draft();
  if (to.source.empty()) return;
  state::connect(to.canvas, to.source.text(), to.node);
  to.source.clear();
  ++to.changes;
}

void WorkflowEditor::disconnect(std::size_t edge) {
  state::disconnect(draft().canvas, edge);
  ++draft().changes;
  desk_.ui.focus(ui::node_id("node.heading"));  // the button that was pressed goes
}

void WorkflowEditor::toggle_tool(const std::string& tool) {
  state::toggle_in_list(draft().canvas, draft().node, "tools", tool);
  ++draft().changes;
}

void WorkflowEditor::add_input() {
  auto& to = draft();
  const json* node = state::find_node(to.canvas, to.node);
  if (!node) return;
  const auto name = state::input_name(to.input.text(), state::data_of(*node));
  if (check(name, to.input) > 0) return announce_bad_fields(desk_.ui, 1);
  state::add_input(to.canvas, to.node, *name);
  ++to.changes;
  to.input.clear();
  to.fields[*name].wants_focus = true;
}

void WorkflowEditor::remove_input(const std::string& name) {
  auto& from = draft();
  state::remove_input(from.canvas, from.node, name);
  from.changes += 1 + from.fields[name].edits();
  from.fields.erase(name);
  from.typed = from.field_edits();
  from.inputs.erase(name);
  desk_.ui.focus(ui::node_id("node.heading"));  // the button that was pressed goes
}

bool WorkflowEditor::show_failure(const state::Failure& failure) {
  auto& at = draft();
  if (failure.field == "name") return at.name.fail(pages::sentence(failure.text)), true;
  if (failure.field == "description") return at.description.fail(pages::sentence(failure.text)), true;
  const auto place = place_of(failure.field);
  const json& nodes = state::nodes_of(at.canvas);
  if (!place || place->node >= nodes.size()) return false;
  select(std::string(state::id_of(nodes[place->node])));
  const auto field = at.fields.find(place->field);
  if (field == at.fields.end()) return false;
  field->second.fail(pages::sentence(without_node(failure.text)));
  return true;
}

}  // namespace ownkey::app
