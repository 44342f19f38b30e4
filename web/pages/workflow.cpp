// Running one workflow: what it is given, and what came out.
#include "web/pages/format.h"
#include "web/pages/node_field.h"
#include "web/pages/pages.h"
#include "web/pages/run_view.h"
#include "web/pages/shell.h"
#include "web/pages/workflow_graph.h"
#include "web/pages/workflow_head.h"
#include "web/ui/field.h"
#include "web/ui/label.h"
#include "web/ui/panel.h"

namespace ownkey::pages {
namespace {

using state::action::OnWorkflow;
using state::action::WorkflowTask;

const state::Run* shown_run(const state::AppState& state) {
  const auto found = state.workflows.runs.find(state.route.run_id);
  return found == state.workflows.runs.end() ? nullptr : &found->second;
}

void draw_fields(ui::Ui& ui, const state::AppState& state, WorkflowDraft& draft) {
  const CanvasView& view = view_of(draft);
  for (const auto& field : view.inputs)
    draw_node_field(ui, state, json(), field, "input." + field.place, draft.inputs[field.place]);
  const json* node = state::find_node(draft.canvas, draft.node);
  if (node && view.models == 1 && state::asks_model(*node)) {
    for (const auto& field : state::node_fields(*node, nullptr))
      if (field.place == "model")
        draw_node_field(ui, state, state::data_of(*node), field, "model." + draft.node, draft.fields[field.place]);
  } else if (view.inputs.empty()) {
    ui::paragraph(ui,
                  {.name = "no-inputs", .text = "This workflow needs nothing to begin with.", .tone = ui::Tone::Muted});
    ui.gap(ui::space::kField);
  }
}

void draw_buttons(ui::Ui& ui, const state::OpenWorkflow& open, const state::Run* run, bool changed,
                  state::Actions& actions) {
  const bool running = run && run->is_under_way();
  ui::ButtonRow row(ui);
  if (row.button({.name = "run",
                  .label = changed ? "Save and run" : "Run",
                  .look = ui::Look::Primary,
                  .submits = true,
                  .busy = running || open.starting.busy,
                  .busy_label = running ? "Running" : "Starting"}))
    actions.emplace_back(OnWorkflow{WorkflowTask::Run});
  if (running && row.button({.name = "cancel", .label = "Cancel", .busy = run->cancelling, .busy_label = "Cancelling"}))
    actions.emplace_back(OnWorkflow{WorkflowTask::CancelRun});
}

void draw_setup(ui::Ui& ui, const state::AppState& state, const state::OpenWorkflow& open, WorkflowDraft& draft,
                state::Actions& actions) {
  const ui::Card card(ui, "setup", "setup.heading");
  ui::heading(ui, 2, "setup.heading", "Run");
  ui.gap(ui::space::kField);
  const ui::Form form(ui, "setup.form");
  draw_fields(ui, state, draft);
  if (open.failure && open.failure->edit == draft.edits()) {
    ui::callout(ui, "setup.failure", sentence(open.failure->text), ui::Tone::Danger);
    ui.gap(ui::space::kField);
  }
  draw_buttons(ui, open, shown_run(state), is_changed(open.workflow, draft), actions);
  if (const auto* run = shown_run(state)) draw_progress(ui, *run, open.workflow.value()->canvas_state);
}

}  // namespace

void draw_workflow(ui::Ui& ui, const state::AppState& state, Drafts& drafts, state::Actions& actions) {
  draw_shell(ui, state, actions);
  const ui::Group main(ui, "main", "main");
  if (const auto* open = draw_workflow_head(ui, state, drafts, actions)) {
    auto& draft = drafts.workflows[state.route.workflow_id];
    draw_setup(ui, state, *open, draft, actions);
    if (open->starting.failure) draw_run_failure(ui, *open->starting.failure, actions);
    const auto* run = shown_run(state);
    if (run && run->record.failed()) {
      draw_load_failure(ui, run->record.failure(), actions);
      ui.gap(ui::space::kCard);
    } else if (run && !run->record.value()) {
      ui::skeleton(ui, run->record.since_s(), 1, 200);
    }
    draw_run(ui, run && run->record.value() ? run : nullptr, draft,
             state::workflow_address(state.route.workflow_id) + "/edit", actions);
  }
  end_page(ui);
}

}  // namespace ownkey::pages
