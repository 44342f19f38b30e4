// Editing one workflow: its name, the graph, and the form of one of its nodes. Nothing is stored before Save.
#include <algorithm>
#include <vector>

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

// Where an edge to that node may begin, after a first choice that is none.
std::vector<ui::Option> outlets(const json& canvas, std::string_view to, std::string_view none) {
  std::vector<ui::Option> options{{"", std::string(none)}};
  for (const json& node : state::nodes_of(canvas)) {
    const std::string id(state::id_of(node)), label = state::label_of(node);
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

// Chosen from a list that is kept.
void draw_outlets(const View& view, std::string_view name, std::string_view label, const Outlets& from,
                  ui::FieldState& state) {
  ui::field(view.ui,
            {.name = name,
             .label = label,
             .kind = ui::FieldKind::Select,
             .options = &from.options,
             .options_text = from.text},
            state);
}

const Outlets& kept(std::optional<Outlets>& list, const json& canvas, std::string_view to, std::string_view none) {
  if (!list || list->to != to) {
    auto options = outlets(canvas, to, none);
    std::string text = ui::options_text(options);
    list = {std::string(to), std::move(options), std::move(text)};
  }
  return *list;
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
  std::vector<ui::Option> kinds;
  for (const auto& kind : state::node_kinds())
    kinds.push_back({std::string(kind.type), std::string(kind.name) + ": " + std::string(kind.what)});
  ui::field(view.ui, {.name = "add.kind", .label = "New step", .kind = ui::FieldKind::Select, .options = &kinds},
            view.draft.kind);
  view.ui.gap(ui::space::kField);
  const auto& after = kept(view_of(view.draft).after, view.draft.canvas, {}, "Nothing (a run begins with it)");
  draw_outlets(view, "add.after", "Comes after", after, view.draft.after);
  view.ui.gap(ui::space::kMedium);
  ui::ButtonRow row(view.ui);
  if (row.button({.name = "add", .label = "Add step"})) view.ask(WorkflowTask::AddNode);
}

void draw_steps(const View& view) {
  const ui::Card card(view.ui, "steps", "steps.heading");
  ui::heading(view.ui, 2, "steps.heading", "Steps");
  view.ui.gap(ui::space::kTight);
  ui::paragraph(view.ui, {.name = "steps.intro", .text = "Choose a step to change it.", .tone = ui::Tone::Muted});
  view.ui.gap(ui::space::kField);
  const std::string clicked = draw_workflow_graph(view.ui, view.draft, nullptr, view.draft.node);
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
    if (state::text_in(edge, "target") != view.draft.node) continue;  // few lead there: the rest costs no search
    const json* source = state::find_node(canvas, state::text_in(edge, "source"));
    if (!source) continue;
    std::string from = state::label_of(*source);
    if (const auto branch = state::text_in(edge, "sourceHandle"); branch == "true" || branch == "false")
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
  ui.gap(ui::space::kMedium);
  const auto& sources = kept(view_of(view.draft).before, canvas, view.draft.node, "Choose a step");
  draw_outlets(view, "before.new", "Also after", sources, view.draft.source);
  ui.gap(ui::space::kMedium);
  ui::ButtonRow row(ui);
  if (row.button({.name = "connect", .label = "Connect"})) view.ask(WorkflowTask::Connect);
}

using Fields = std::vector<state::NodeField>;

void draw_field(const View& view, const json& data, const state::NodeField& field) {
  draw_node_field(view.ui, view.state, data, field, "field." + view.draft.node + "." + field.place,
                  view.draft.fields[field.place]);
}

// Beside each other, as many as there is room for.
void draw_short_fields(const View& view, const json& data, Fields::const_iterator first, Fields::const_iterator last) {
  const ui::Pen start = view.ui.pen();
  const float count = static_cast<float>(last - first);
  const float width = (start.width - (count - 1) * ui::space::kField) / count;
  float bottom = start.y, x = start.x;
  for (auto field = first; field != last; ++field) {
    view.ui.pen() = {x, start.y, width};
    draw_field(view, data, *field);
    bottom = std::max(bottom, view.ui.pen().y);
    x += width + ui::space::kField;
  }
  view.ui.pen() = {start.x, bottom, start.width};
}

void draw_remove_input(const View& view, const state::NodeField& field) {
  const std::string name = "field.remove." + field.place;
  const ui::ButtonSpec button{.name = name,
                              .label = "Remove",
                              .accessible_name = "Remove the input " + field.label,
                              .look = ui::Look::GhostDanger};
  const ui::Pen& pen = view.ui.pen();
  ui::Rect rect = ui::flush_right(view.ui, pen.x + pen.width, 0, button);
  rect.y = pen.y - ui::space::kHair;
  rect.height = view.ui.style(ui::Type::Strong).line_height + 2 * ui::space::kHair;
  if (ui::button_at(view.ui, rect, button)) view.ask(WorkflowTask::RemoveInput, field.place);
}

void draw_fields(const View& view, const json& node, const json& data) {
  const Fields fields = state::node_fields(node, view.state.workflows.tools.value());
  const bool has_inputs = state::type_of(node) == "input" && fields.size() > 2;
  for (auto field = fields.begin(); field != fields.end();) {
    auto end = field + 1;
    const bool is_short = field->entry == state::Entry::Number || field->entry == state::Entry::Limit;
    if (is_short && !view.ui.narrow())
      while (end != fields.end() && end->entry == field->entry) ++end;
    if (has_inputs && field->place != "label") draw_remove_input(view, *field);
    draw_short_fields(view, data, field, end);
    field = end;
  }
}

void draw_new_input(const View& view) {
  ui::field(view.ui,
            {.name = "input.new",
             .label = "Another input",
             .help = "Its name, by which later steps find it: {{name}}.",
             .placeholder = "question"},
            view.draft.input);
  view.ui.gap(ui::space::kMedium);
  {
    ui::ButtonRow row(view.ui);
    if (row.button({.name = "input.add", .label = "Add input"})) view.ask(WorkflowTask::AddInput);
  }
  view.ui.gap(ui::space::kField);
}

void draw_node(const View& view) {
  const json* node = state::find_node(view.draft.canvas, view.draft.node);
  if (!node) return;
  const json data = state::data_of(*node);
  const ui::Card card(view.ui, "node", "node.heading");
  ui::heading(view.ui, 2, "node.heading", state::kind_name(state::type_of(*node)) + ": " + state::label_of(*node));
  view.ui.gap(ui::space::kField);
  draw_fields(view, *node, data);
  if (state::type_of(*node) == "input") draw_new_input(view);
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
  const bool changed = is_changed(view.open.workflow, view.draft);
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

}  // namespace

void draw_edit_workflow(ui::Ui& ui, const state::AppState& state, Drafts& drafts, state::Actions& actions) {
  draw_shell(ui, state, actions);
  const ui::Group main(ui, "main", "main");
  if (const auto* open = draw_workflow_head(ui, state, drafts, actions)) {
    const View view{ui, state, *open, drafts.workflows[state.route.workflow_id], actions};
    {
      const ui::Form form(ui, "edit.form");
      draw_about(view);
      draw_steps(view);
      draw_node(view);
      draw_save(view);
    }
  }
  end_page(ui);
}

}  // namespace ownkey::pages
