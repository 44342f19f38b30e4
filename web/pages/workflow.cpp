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

void draw_way_back(ui::Ui& ui, state::Actions& actions) {
  ui::Pen& pen = ui.pen();
  bool clicked = false;
  const float mark = 14;
  ui::icon(ui, ui::Icon::Back, pen.x - 3, pen.y + (24 - mark) / 2, mark, ui.theme().accent);
  ui::link_at(ui, pen.x + mark, pen.y, {.name = "back", .label = "Back to the list", .href = "/workflows"}, clicked,
              ui::Type::Help);
  pen.y += 24 + ui::space::kSmall;
  if (clicked) actions.emplace_back(state::action::GoTo{"/workflows"});
}

bool is_changed(const api::Workflow& workflow, const WorkflowDraft& draft) {
  return state::fields_of(workflow.canvas_state) !=
         state::WorkflowFields{std::string(draft.model.text()), std::string(draft.prompt.text())};
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
  if (row.button({.name = "delete.no", .label = "Keep", .accessible_name = "Keep workflow"}))
    actions.emplace_back(state::action::KeepWorkflow{});
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

void draw_form(ui::Ui& ui, const state::OpenWorkflow& open, WorkflowDraft& draft, state::Actions& actions) {
  const ui::Card card(ui, "setup", "setup.heading");
  ui::heading(ui, 2, "setup.heading", "Ask");
  ui.gap(ui::space::kField);
  const ui::Form form(ui, "setup.form");
  ui::field(ui,
            {.name = "model",
             .label = "Model",
             .help = "The name your provider gives it. It decides which of your keys is used."},
            draft.model);
  ui.gap(ui::space::kField);
  ui::field(ui, {.name = "prompt", .label = "Prompt", .kind = ui::FieldKind::Multiline, .rows = 5}, draft.prompt);
  if (open.failure) {
    ui.gap(ui::space::kMedium);
    ui::callout(ui, "setup.failure", sentence(open.failure->text), ui::Tone::Danger);
  }
  ui.gap(ui::space::kField);
  if (open.confirming_deletion) draw_deletion(ui, open, actions);
  else draw_buttons(ui, open, is_changed(*open.workflow.value(), draft), actions);
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
    draw_form(ui, found->second, drafts.workflows[workflow->id], actions);
    draw_run(ui, found->second.run, actions);
  } else if (found != state.workflows.open.end()) {
    ui.gap(ui::space::kCard);
    const auto& remote = found->second.workflow;
    if (remote.failed()) draw_load_failure(ui, remote.failure(), actions);
    else ui::skeleton(ui, remote.since_s(), 1, 280);
  }
  end_page(ui);
}

}  // namespace ownkey::pages
