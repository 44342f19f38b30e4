// The history of one workflow.
#include "web/pages/format.h"
#include "web/pages/pages.h"
#include "web/pages/shell.h"
#include "web/pages/workflow_head.h"
#include "web/ui/label.h"
#include "web/ui/navigation.h"
#include "web/ui/panel.h"

namespace ownkey::pages {
namespace {

std::string_view word_of(api::RunStatus status) {
  switch (status) {
    case api::RunStatus::Success: return "Done";
    case api::RunStatus::Error: return "Failed";
    case api::RunStatus::Cancelled: return "Cancelled";
    case api::RunStatus::Queued: return "Waiting";
    case api::RunStatus::Running: return "Running";
  }
  return {};
}

std::string detail_of(const api::RunSummary& run) {
  std::string text(word_of(run.status));
  if (run.duration_ms) text += " in " + duration(*run.duration_ms);
  if (run.usage) text += " · " + counted(run.usage->input_tokens + run.usage->output_tokens, "token");
  if (run.error) text += " · " + sentence(run.error->detail);
  return text;
}

void draw_list(ui::Ui& ui, const std::vector<api::RunSummary>& runs, state::Actions& actions) {
  const ui::Group list(ui, "ul", "runs", {{"aria-label", "Runs"}});
  for (const auto& run : runs) {
    const std::string address = state::run_address(run.workflow_id, run.run_id);
    if (ui::row_link(ui, "run." + run.run_id, moment(local(ui, run.started_at)), detail_of(run), address))
      actions.emplace_back(state::action::GoTo{address});
  }
}

}  // namespace

void draw_runs(ui::Ui& ui, const state::AppState& state, Drafts& drafts, state::Actions& actions) {
  draw_shell(ui, state, actions);
  const ui::Group main(ui, "main", "main");
  if (const auto* open = draw_workflow_head(ui, state, drafts, actions)) {
    const auto& runs = open->runs;
    if (const auto* all = runs.value()) {
      if (all->empty())
        ui::paragraph(ui, {.name = "runs.none",
                           .text = "It has not been run yet. What it answers will be kept here.",
                           .tone = ui::Tone::Muted});
      draw_list(ui, *all, actions);
      ui::ButtonRow row(ui);
      if (open->more_runs && row.button({.name = "runs.more",
                                         .label = "Show older runs",
                                         .busy = runs.loading(),
                                         .busy_label = "Loading older runs"}))
        actions.emplace_back(state::action::OnWorkflow{state::action::WorkflowTask::ShowMoreRuns});
    } else if (!runs.failed()) {
      ui::skeleton(ui, runs.since_s(), 3, 72);
    }
    if (runs.failed()) draw_load_failure(ui, runs.failure(), actions);
  }
  end_page(ui);
}

}  // namespace ownkey::pages
