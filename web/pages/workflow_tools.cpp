#include "web/pages/workflow_tools.h"

#include <array>
#include <string>
#include <utility>

#include "shared/text.h"
#include "web/pages/shell.h"
#include "web/ui/button.h"
#include "web/ui/label.h"
#include "web/ui/panel.h"

namespace ownkey::pages {
namespace {

using state::action::OnWorkflow;
using state::action::WorkflowTask;

std::array<ui::ButtonSpec, 3> tools() {
  return {{{.name = "rename", .label = "Rename", .accessible_name = "Rename workflow", .look = ui::Look::Ghost},
           {.name = "export", .label = "Export", .accessible_name = "Export as JSON", .look = ui::Look::Ghost},
           {.name = "delete", .label = "Delete", .accessible_name = "Delete workflow", .look = ui::Look::GhostDanger}}};
}

// "Ask a model" becomes "ask-a-model.json".
std::string file_name(std::string_view name) {
  std::string file;
  for (const char c : name) {
    if (is_letter(c) || is_digit(c)) file += lower(c);
    else if (!file.empty() && file.back() != '-') file += '-';
  }
  while (!file.empty() && file.back() == '-') file.pop_back();
  return (file.empty() ? "workflow" : file) + ".json";
}

}  // namespace

float workflow_tools_width(ui::Ui& ui) {
  float width = 0;
  for (const auto& tool : tools()) width += ui::button_width(ui, tool);
  return width;
}

void draw_workflow_tools(ui::Ui& ui, const api::Workflow& workflow, std::optional<float> beside,
                         state::Actions& actions) {
  auto [rename, download, remove] = tools();
  const std::string href = "/api/workflows/" + workflow.id, file = file_name(workflow.name);
  download.href = href;
  download.file = file;
  const ui::Pen& pen = ui.pen();
  float x = ui::flush_right(ui, pen.x + pen.width, 0, remove).right() - workflow_tools_width(ui);
  std::optional<ui::ButtonRow> row;
  if (!beside) row.emplace(ui, ui::ButtonRow::Kind::Compact);
  const auto put = [&](const ui::ButtonSpec& tool) {
    if (row) return row->button(tool);
    const float width = ui::button_width(ui, tool);
    return ui::button_at(ui, {std::exchange(x, x + width), *beside, width, ui.metrics().control()}, tool);
  };
  if (put(rename)) actions.emplace_back(OnWorkflow{WorkflowTask::Rename});
  put(download);
  if (put(remove)) actions.emplace_back(OnWorkflow{WorkflowTask::AskToDelete});
}

void draw_workflow_deletion(ui::Ui& ui, const state::OpenWorkflow& open, const WorkflowDraft& draft,
                            state::Actions& actions) {
  if (open.deletion_asked != draft.edits()) return;
  const ui::Card card(ui, "deletion", "deletion.heading");
  draw_card_title(ui, "deletion", "Delete this workflow for good?", "What it ran stays in the history.");
  draw_failure(ui, "deletion.failure", open.deletion.failure);
  if (open.deletion.failure) ui.gap(ui::space::kField);
  ui::ButtonRow row(ui);
  if (row.button({.name = "delete.yes",
                  .label = "Really delete",
                  .accessible_name = "Really delete workflow",
                  .look = ui::Look::DangerFilled,
                  .busy = open.deletion.busy,
                  .busy_label = "Deleting"}))
    actions.emplace_back(OnWorkflow{WorkflowTask::Delete});
  const bool kept = row.button({.name = "delete.no", .label = "Keep", .accessible_name = "Keep workflow"});
  if ((kept || ui.dismissed()) && !open.deletion.busy) actions.emplace_back(OnWorkflow{WorkflowTask::Keep});
}

}  // namespace ownkey::pages
