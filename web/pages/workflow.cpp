// One workflow: its fields, running it, and what came out.
#include "web/pages/format.h"
#include "web/pages/pages.h"
#include "web/pages/run_view.h"
#include "web/pages/shell.h"
#include "web/state/workflow_fields.h"
#include "web/ui/field.h"
#include "web/ui/label.h"
#include "web/ui/panel.h"

namespace ownkey::pages {
namespace {

constexpr std::string_view kList = "/workflows";

void draw_way_back(ui::Ui& ui, state::Actions& actions) {
  const ui::Pen start = ui.pen();
  const float mark = 14 * ui.metrics().scale;
  ui.pen() = {start.x + mark, start.y, start.width - mark};
  if (ui::link(ui, {.name = "back", .label = "Back to the list", .href = std::string(kList)}, ui::Type::Help))
    actions.emplace_back(state::action::GoTo{std::string(kList)});
  const float bottom = ui.pen().y;
  ui::icon(ui, ui::Icon::Back, start.x - 3, (start.y + bottom - mark) / 2, mark, ui.theme().accent);
  ui.pen() = {start.x, bottom + ui::space::kSmall, start.width};
}

void draw_deletion(ui::Ui& ui, const state::OpenWorkflow& open, state::Actions& actions) {
  ui::paragraph(ui, {.name = "delete.question", .text = "Delete this workflow for good?"});
  ui.gap(ui::space::kMedium);
  ui::ButtonRow row(ui);
  if (row.button({.name = "delete.yes",
                  .label = "Really delete",
                  .accessible_name = "Really delete workflow",
                  .look = ui::Look::DangerFilled,
                  .busy = open.deleting,
                  .busy_label = "Deleting"}))
    actions.emplace_back(state::action::DeleteWorkflow{});
  const bool kept = row.button({.name = "delete.no", .label = "Keep", .accessible_name = "Keep workflow"});
  if (kept || (ui.dismissed() && !open.deleting)) actions.emplace_back(state::action::KeepWorkflow{});
}

void draw_buttons(ui::Ui& ui, const state::OpenWorkflow& open, bool changed, state::Actions& actions) {
  ui::ButtonRow row(ui);
  if (row.button({.name = "run",
                  .label = "Run",
                  .look = ui::Look::Primary,
                  .submits = true,
                  .busy = open.run.active,
                  .busy_label = "Running"}))
    actions.emplace_back(state::action::RunWorkflow{});
  if (open.run.active) {
    if (row.button({.name = "cancel", .label = "Cancel"})) actions.emplace_back(state::action::CancelRun{});
    return;
  }
  if (changed || open.saving)
    if (row.button({.name = "save", .label = "Save changes", .busy = open.saving, .busy_label = "Saving"}))
      actions.emplace_back(state::action::SaveWorkflow{});
  if (row.button({.name = "delete", .label = "Delete", .accessible_name = "Delete workflow", .look = ui::Look::Danger}))
    actions.emplace_back(state::action::AskToDeleteWorkflow{});
}

// In a form of its own: Enter in the name must not run the workflow.
void draw_name(ui::Ui& ui, ui::FieldState& name) {
  const ui::Form form(ui, "name.form");
  ui::field(ui, {.name = "name", .label = "Name"}, name);
  ui.gap(ui::space::kField);
}

void draw_fields(ui::Ui& ui, const state::WorkflowFields& fields, WorkflowDraft& draft) {
  if (!fields.model && !fields.prompt)
    return ui::paragraph(ui, {.name = "no-fields",
                              .text = "This workflow has no model and no prompt to edit. It can only be run here.",
                              .tone = ui::Tone::Muted});
  if (fields.model)
    ui::field(ui,
              {.name = "model",
               .label = "Model",
               .help = "The name your provider gives it. It decides which of your keys is used."},
              draft.model);
  if (fields.model && fields.prompt) ui.gap(ui::space::kField);
  if (fields.prompt)
    ui::field(ui, {.name = "prompt", .label = "Prompt", .kind = ui::FieldKind::Multiline, .rows = 5}, draft.prompt);
}

void draw_setup(ui::Ui& ui, const state::OpenWorkflow& open, WorkflowDraft& draft, state::Actions& actions) {
  const api::Workflow& workflow = *open.workflow.value();
  const ui::Card card(ui, "setup", "setup.heading");
  ui::heading(ui, 2, "setup.heading", "Ask");
  ui.gap(ui::space::kField);
  draw_name(ui, draft.name);
  const ui::Form form(ui, "setup.form");
  draw_fields(ui, state::fields_of(workflow.canvas_state), draft);
  draw_failure(ui, "setup.failure", open.failure, draft.edits());
  ui.gap(ui::space::kField);
  if (open.deletion_asked == draft.edits()) draw_deletion(ui, open, actions);
  else draw_buttons(ui, open, is_changed(workflow, draft), actions);
}

void draw_missing(ui::Ui& ui, const state::Failure& failure, state::Actions& actions) {
  if (failure.kind != ErrorKind::NotFound) return draw_load_failure(ui, failure, actions);
  if (ui::callout(ui, "load-failure", sentence(failure.text), ui::Tone::Danger,
                  ui::LinkSpec{.name = "gone.back", .label = "Back to the list", .href = std::string(kList)}))
    actions.emplace_back(state::action::GoTo{std::string(kList)});
}

}  // namespace

void draw_workflow(ui::Ui& ui, const state::AppState& state, Drafts& drafts, state::Actions& actions) {
  draw_shell(ui, state, actions);
  const ui::Group main(ui, "main", "main");
  draw_way_back(ui, actions);
  const auto found = state.workflows.open.find(state.route.workflow_id);
  const api::Workflow* workflow = found == state.workflows.open.end() ? nullptr : found->second.workflow.value();
  ui::heading(ui, 1, "title.workflow", workflow ? workflow->name : "Workflow");
  if (workflow) {
    if (!workflow->description.empty()) {
      ui.gap(ui::space::kTight);
      ui::paragraph(ui, {.name = "intro", .text = workflow->description, .tone = ui::Tone::Muted});
    }
    ui.gap(ui::space::kCard);
    draw_setup(ui, found->second, drafts.workflows[workflow->id], actions);
    draw_run(ui, found->second.run, actions);
  } else if (found != state.workflows.open.end()) {
    ui.gap(ui::space::kCard);
    const auto& remote = found->second.workflow;
    if (remote.failed()) draw_missing(ui, remote.failure(), actions);
    else ui::skeleton(ui, remote.since_s(), 1, 280);
  }
  end_page(ui);
}

}  // namespace ownkey::pages
