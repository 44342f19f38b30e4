// Workflows: the list, and an example to start from.
#include "web/pages/format.h"
#include "web/pages/pages.h"
#include "web/pages/shell.h"
#include "web/state/workflow_fields.h"
#include "web/ui/label.h"
#include "web/ui/navigation.h"
#include "web/ui/panel.h"

namespace ownkey::pages {
namespace {

void draw_list(ui::Ui& ui, const std::vector<api::Workflow>& workflows, state::Actions& actions) {
  const ui::Group list(ui, "ul", "workflows", {{"aria-label", "Your workflows"}});
  for (const auto& workflow : workflows) {
    const std::string model = state::fields_of(workflow.canvas_state).model.value_or("");
    const std::string detail = (model.empty() ? "" : model + " · ") + "changed " + day(workflow.updated_at);
    const std::string address = state::workflow_address(workflow.id);
    if (ui::row_link(ui, "workflow." + workflow.id, workflow.name, detail, address))
      actions.emplace_back(state::action::GoTo{address});
  }
}

void draw_example(ui::Ui& ui, const state::Workflows& workflows, state::Actions& actions) {
  const ui::Card card(ui, "example", "example.heading");
  const api::SaveWorkflowRequest example = state::example_workflow();
  ui::heading(ui, 2, "example.heading", example.name);
  ui.gap(ui::space::kTight);
  ui::paragraph(ui, {.name = "example.text",
                     .text = *example.description + " A good first try: all it needs is one API key.",
                     .tone = ui::Tone::Muted});
  draw_failure(ui, "example.failure", workflows.failure);
  ui.gap(ui::space::kField);
  ui::ButtonRow row(ui);
  if (row.button({.name = "example.use",
                  .label = "Use this workflow",
                  .look = ui::Look::Primary,
                  .busy = workflows.creating,
                  .busy_label = "Creating"}))
    actions.emplace_back(state::action::UseExample{});
}

}  // namespace

void draw_workflows(ui::Ui& ui, const state::AppState& state, Drafts&, state::Actions& actions) {
  draw_shell(ui, state, actions);
  const ui::Group main(ui, "main", "main");
  ui::heading(ui, 1, "title.workflows", "Workflows");
  ui.gap(ui::space::kTight);
  const auto* list = state.workflows.list.value();
  const bool none = list && list->empty();
  ui::paragraph(ui, {.name = "intro",
                     .text = none ? "You have no workflows yet. Start with this example."
                                  : "Open one to run it, or start another from the example.",
                     .tone = ui::Tone::Muted});
  ui.gap(ui::space::kCard);
  if (list) {
    draw_list(ui, *list, actions);
    if (!none) ui.gap(ui::space::kMedium);
    draw_example(ui, state.workflows, actions);
  } else if (state.workflows.list.failed()) {
    draw_load_failure(ui, state.workflows.list.failure(), actions);
  } else {
    ui::skeleton(ui, state.workflows.list.since_s(), 2, 72);
  }
  end_page(ui);
}

}  // namespace ownkey::pages
