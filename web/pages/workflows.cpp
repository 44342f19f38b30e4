// Workflows: the list.
#include "web/pages/format.h"
#include "web/pages/pages.h"
#include "web/pages/shell.h"
#include "web/state/canvas.h"
#include "web/ui/label.h"
#include "web/ui/navigation.h"
#include "web/ui/panel.h"

namespace ownkey::pages {
namespace {

constexpr std::string_view kNew = "/workflows/new";

void draw_list(ui::Ui& ui, const std::vector<api::Workflow>& workflows, state::Actions& actions) {
  const ui::Group list(ui, "ul", "workflows", {{"aria-label", "Your workflows"}});
  for (const auto& workflow : workflows) {
    const std::string model = state::first_model(workflow.canvas_state);
    std::string detail = (model.empty() ? "" : model + " · ") + "changed " + day(local(ui, workflow.updated_at));
    if (workflow.model_ends)
      detail = workflow.model_ends->model + " ends on " + day(workflow.model_ends->shutdown_date) + ": choose another";
    const std::string address = state::workflow_address(workflow.id);
    if (ui::row_link(ui, "workflow." + workflow.id, workflow.name, detail, address))
      actions.emplace_back(state::action::GoTo{address});
  }
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
                     .text = none ? "You have no workflows yet. Begin with an example, or import one."
                                  : "Open one to run it or to change it.",
                     .tone = ui::Tone::Muted});
  ui.gap(ui::space::kField);
  {
    ui::ButtonRow row(ui);
    if (row.button({.name = "new", .label = "New workflow", .look = ui::Look::Primary, .href = kNew}))
      actions.emplace_back(state::action::GoTo{std::string(kNew)});
  }
  ui.gap(ui::space::kCard);
  if (is_there(ui, state.workflows.list, 2, 72, actions)) draw_list(ui, *list, actions);
  end_page(ui);
}

}  // namespace ownkey::pages
