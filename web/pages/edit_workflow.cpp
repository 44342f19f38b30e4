// Editing one workflow: its name, the graph, and the form of one of its nodes. Nothing is stored before Save.
#include "web/pages/format.h"
#include "web/pages/node_field.h"
#include "web/pages/pages.h"
#include "web/pages/shell.h"
#include "web/pages/workflow_graph.h"
#include "web/pages/workflow_head.h"
#include "web/ui/check_box.h"
#include "web/ui/field.h"
#include "web/ui/label.h"
#include "web/ui/panel.h"

namespace ownkey::pages {
namespace {

using state::action::OnWorkflow;
using state::action::WorkflowTask;

// The page, with all that its parts need.
struct View {
  ui::Ui& ui;
  const state::AppState& state;
  const state::OpenWorkflow& open;
  WorkflowDraft& draft;
  state::Actions& actions;

  void ask(WorkflowTask task, std::string which = {}) const {
    actions.emplace_back(OnWorkflow{task, std::move(which)});
  }
};

// Where an edge to that node may begin.
std::vector<ui::Option> outlets(const json& canvas, std::string_view to) {
  std::vector<ui::Option> options;
  for (const json& node : state::nodes_of(canvas)) {
    const std::string id = state::id_of(node), label = state::label_of(node);
    if (id == to) continue;
    if (state::type_of(node) != "condition") {
      options.push_back({id, label});
      continue;
    }
    options.push_back({id + " true", label + ": if it holds"});
    options.push_back({id + " false", label + ": if not"});
  }
  return options;
}

void draw_about(const View& view) {
  const ui::Card card(view.ui, "about", "about.heading");
  ui::heading(view.ui, 2, "about.heading", "About");
  view.ui.gap(ui::space::kField);
  ui::field(view.ui, {.name = "name", .label = "Name"}, view.draft.name);
  view.ui.gap(ui::space::kField);
  ui::field(view.ui, {.name = "description", .label = "Description", .help = "Optional. What it is for."},
            view.draft.description);
}

void draw_add(const View& view) {
  std::vector<ui::Option> kinds, after = outlets(view.draft.canvas, {});
  for (const auto& kind : state::node_kinds())
    kinds.push_back({std::string(kind.type), std::string(kind.name) + ": " + std::string(kind.what)});
  after.insert(after.begin(), {"", "Nothing (a run begins with it)"});
  ui::field(view.ui, {.name = "add.kind", .label = "New step", .kind = ui::FieldKind::Select, .options = &kinds},
            view.draft.kind);
  view.ui.gap(ui::space::kField);
  ui::field(view.ui, {.name = "add.after", .label = "Comes after", .kind = ui::FieldKind::Select, .options = &after},
            view.draft.after);
  view.ui.gap(ui::space::kField);
  ui::ButtonRow row(view.ui);
  if (row.button({.name = "add", .label = "Add step"})) view.ask(WorkflowTask::AddNode);
}

void draw_steps(const View& view) {
  const ui::Card card(view.ui, "steps", "steps.heading");
  ui::heading(view.ui, 2, "steps.heading", "Steps");
  view.ui.gap(ui::space::kTight);
  ui::paragraph(view.ui, {.name = "steps.intro", .text = "Choose a step to change it.", .tone = ui::Tone::Muted});
  view.ui.gap(ui::space::kField);
  const std::string clicked = draw_workflow_graph(view.ui, view.draft.canvas, nullptr, view.draft.node);
  if (!clicked.empty()) {
    view.ask(WorkflowTask::SelectNode, clicked);
    view.ui.focus(ui::node_id("node.heading"));
  }
  view.ui.gap(ui::space::kCard);
  draw_add(view);
}

void draw_tools(const View& view, const json& data) {
  const auto* tools = view.state.workflows.tools.value();
  if (!tools) return;
  const ui::Group group(view.ui, "div", "tools", {{"role", "group"}, {"aria-label", "Tools that it may use"}});
  ui::paragraph(view.ui, {.name = "tools.label", .text = "Tools that it may use", .type = ui::Type::Strong});
  view.ui.gap(ui::space::kTight);
  for (const auto& tool : *tools) {
    const std::string help = sentence(tool.unavailable_reason.value_or(tool.description));
    if (ui::check_box(view.ui, {.name = "tools." + tool.name,
                                .label = state::readable(tool.name),
                                .help = help,
                                .checked = state::is_in_list(data, "tools", tool.name)}))
      view.ask(WorkflowTask::ToggleTool, tool.name);
    view.ui.gap(ui::space::kTight);
  }
  view.ui.gap(ui::space::kField);
}

// What comes before the node, and how to change that.
void draw_connections(const View& view) {
  const json& canvas = view.draft.canvas;
  ui::Ui& ui = view.ui;
  ui::paragraph(ui, {.name = "before.label", .text = "Comes after", .type = ui::Type::Strong});
  ui.gap(ui::space::kTight);
  std::size_t index = 0, shown = 0;
  for (const json& edge : state::edges_of(canvas)) {
    const std::size_t place = index++;
    const json* source = state::find_node(canvas, state::text_in(edge, "source"));
    if (state::text_in(edge, "target") != view.draft.node || !source) continue;
    std::string from = state::label_of(*source);
    if (const std::string branch = state::text_in(edge, "sourceHandle"); branch == "true" || branch == "false")
      from += branch == "true" ? ": if it holds" : ": if not";
    const std::string name = "before." + std::to_string(shown++), off = name + ".off";
    const ui::ButtonSpec button{
        .name = off, .label = "Disconnect", .accessible_name = "Disconnect " + from, .look = ui::Look::Ghost};
    ui::Pen& pen = ui.pen();
    const float height = ui.metrics().control(), text = ui.style(ui::Type::Body).line_height;
    const ui::Rect rect = ui::flush_right(ui, pen.x + pen.width, pen.y + height / 2, button);
    const std::string fitting = ui.text().first_lines(from, ui.style(ui::Type::Body), rect.x - pen.x, 1).front();
    ui::line(ui, pen.x, pen.y + (height - text) / 2, {.name = name, .text = fitting});
    if (ui::button_at(ui, rect, button)) view.ask(WorkflowTask::Disconnect, std::to_string(place));
    pen.y += height;
  }
  if (shown == 0)
    ui::paragraph(ui, {.name = "before.none", .text = "Nothing: a run begins with it.", .tone = ui::Tone::Muted});
  ui.gap(ui::space::kSmall);
  auto options = outlets(canvas, view.draft.node);
  options.insert(options.begin(), {"", "Choose a step"});
  ui::field(ui, {.name = "before.new", .label = "Also after", .kind = ui::FieldKind::Select, .options = &options},
            view.draft.source);
  ui.gap(ui::space::kSmall);
  ui::ButtonRow row(ui);
  if (row.button({.name = "connect", .label = "Connect"})) view.ask(WorkflowTask::Connect);
}

void draw_node(const View& view) {
  const json* node = state::find_node(view.draft.canvas, view.draft.node);
  if (!node) return;
  const json data = state::data_of(*node);
  const ui::Card card(view.ui, "node", "node.heading");
  ui::heading(view.ui, 2, "node.heading", state::kind_name(state::type_of(*node)) + ": " + state::label_of(*node));
  view.ui.gap(ui::space::kField);
  for (const auto& field : state::node_fields(*node, view.state.workflows.tools.value()))
    draw_node_field(view.ui, view.state, data, field, "field." + view.draft.node + "." + field.place,
                    view.draft.fields[field.place]);
  if (state::type_of(*node) == "agent") draw_tools(view, data);
  draw_connections(view);
  view.ui.gap(ui::space::kCard);
  ui::ButtonRow row(view.ui);
  if (row.button({.name = "node.remove", .label = "Remove step", .look = ui::Look::Danger}))
    view.ask(WorkflowTask::RemoveNode);
}

void draw_save(const View& view) {
  ui::Ui& ui = view.ui;
  const auto& failure = view.open.failure;
  if (failure && failure->edit == view.draft.edits()) {
    ui::callout(ui, "save.failure", sentence(failure->text), ui::Tone::Danger);
    ui.gap(ui::space::kMedium);
  }
  const bool changed = is_changed(*view.open.workflow.value(), view.draft);
  {
    ui::ButtonRow row(ui);
    if (row.button({.name = "save",
                    .label = "Save changes",
                    .look = ui::Look::Primary,
                    .submits = true,
                    .busy = view.open.saving,
                    .busy_label = "Saving"}))
      view.ask(WorkflowTask::Save);
    if (changed && row.button({.name = "discard", .label = "Discard changes"})) view.ask(WorkflowTask::Discard);
  }
  ui.gap(ui::space::kTight);
  ui::paragraph(ui, {.name = "save.state",
                     .text = changed ? "There are changes that are not saved." : "All changes are saved.",
                     .type = ui::Type::Help,
                     .tone = ui::Tone::Muted});
  ui.gap(ui::space::kCard);
}

void draw_deletion(const View& view) {
  ui::paragraph(
      view.ui, {.name = "delete.question", .text = "Delete this workflow for good? What it ran stays in the history."});
  view.ui.gap(ui::space::kMedium);
  ui::ButtonRow row(view.ui);
  if (row.button({.name = "delete.yes",
                  .label = "Really delete",
                  .accessible_name = "Really delete workflow",
                  .look = ui::Look::DangerFilled,
                  .busy = view.open.deleting,
                  .busy_label = "Deleting"}))
    view.ask(WorkflowTask::Delete);
  const bool kept = row.button({.name = "delete.no", .label = "Keep", .accessible_name = "Keep workflow"});
  if (kept || (view.ui.dismissed() && !view.open.deleting)) view.ask(WorkflowTask::Keep);
}

// "Ask a model" becomes "ask-a-model.json".
std::string file_name(std::string_view name) {
  std::string file;
  for (const char c : name) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z');
    if (plain) file += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    else if (!file.empty() && file.back() != '-') file += '-';
  }
  while (!file.empty() && file.back() == '-') file.pop_back();
  return (file.empty() ? "workflow" : file) + ".json";
}

void draw_more(const View& view) {
  const ui::Card card(view.ui, "more", "more.heading");
  const api::Workflow& workflow = *view.open.workflow.value();
  ui::heading(view.ui, 2, "more.heading", "Export and delete");
  view.ui.gap(ui::space::kField);
  ui::link(view.ui, {.name = "export",
                     .label = "Export as JSON",
                     .href = "/api/workflows/" + workflow.id,
                     .download = true,
                     .file = file_name(workflow.name)});
  view.ui.gap(ui::space::kTight);
  ui::paragraph(view.ui, {.name = "export.help",
                          .text = "As it is saved, without any keys. Another Ownkey can import it.",
                          .type = ui::Type::Help,
                          .tone = ui::Tone::Muted});
  view.ui.gap(ui::space::kField);
  if (view.open.deletion_asked == view.draft.edits()) return draw_deletion(view);
  ui::ButtonRow row(view.ui);
  if (row.button({.name = "delete", .label = "Delete workflow", .look = ui::Look::Danger}))
    view.ask(WorkflowTask::AskToDelete);
}

}  // namespace

void draw_edit_workflow(ui::Ui& ui, const state::AppState& state, Drafts& drafts, state::Actions& actions) {
  draw_shell(ui, state, actions);
  const ui::Group main(ui, "main", "main");
  if (const auto* open = draw_workflow_head(ui, state, actions)) {
    const View view{ui, state, *open, drafts.workflows[state.route.workflow_id], actions};
    {
      const ui::Form form(ui, "edit.form");
      draw_about(view);
      draw_steps(view);
      draw_node(view);
      draw_save(view);
    }
    draw_more(view);
  }
  end_page(ui);
}

}  // namespace ownkey::pages
