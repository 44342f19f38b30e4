// A new workflow: from an example, or from JSON.
#include "web/pages/format.h"
#include "web/pages/pages.h"
#include "web/pages/shell.h"
#include "web/ui/field.h"
#include "web/ui/label.h"
#include "web/ui/panel.h"

namespace ownkey::pages {
namespace {

using state::action::OnWorkflow;
using state::action::WorkflowTask;

void draw_example(ui::Ui& ui, const api::ExampleWorkflow& example, bool first, const state::Workflows& workflows,
                  state::Actions& actions) {
  const std::string name = "example." + example.id;
  const ui::Card card(ui, name, name + ".heading");
  ui::heading(ui, 2, name + ".heading", example.name);
  ui.gap(ui::space::kTight);
  ui::paragraph(ui, {.name = name + ".text", .text = example.description, .tone = ui::Tone::Muted});
  ui.gap(ui::space::kField);
  ui::ButtonRow row(ui);
  if (row.button({.name = name + ".use",
                  .label = "Use this workflow",
                  .accessible_name = "Use this workflow: " + example.name,
                  .look = first ? ui::Look::Primary : ui::Look::Secondary,
                  .busy = workflows.creating == example.id,
                  .busy_label = "Creating",
                  .busy_accessible_name = "Creating " + example.name}))
    actions.emplace_back(OnWorkflow{WorkflowTask::UseExample, example.id});
}

void draw_import(ui::Ui& ui, const state::Workflows& workflows, ui::FieldState& draft, state::Actions& actions) {
  const ui::Card card(ui, "import", "import.heading");
  ui::heading(ui, 2, "import.heading", "Import");
  ui.gap(ui::space::kField);
  const ui::Form form(ui, "import.form");
  ui::field(ui,
            {.name = "import.json",
             .label = "JSON of a workflow",
             .kind = ui::FieldKind::Multiline,
             .help = "What Export gave, or the nodes and edges of a React Flow drawing.",
             .mono = true,
             .rows = 5},
            draft);
  ui.gap(ui::space::kField);
  ui::ButtonRow row(ui);
  if (row.button({.name = "import.go",
                  .label = "Import",
                  .submits = true,
                  .busy = workflows.creating == "import",
                  .busy_label = "Importing"}))
    actions.emplace_back(OnWorkflow{WorkflowTask::Import});
  if (row.button({.name = "import.file", .label = "Choose a file"}))
    actions.emplace_back(OnWorkflow{WorkflowTask::PickFile});
}

}  // namespace

void draw_new_workflow(ui::Ui& ui, const state::AppState& state, Drafts& drafts, state::Actions& actions) {
  draw_shell(ui, state, actions);
  const ui::Group main(ui, "main", "main");
  ui::heading(ui, 1, "title.new", "New workflow");
  ui.gap(ui::space::kTight);
  ui::paragraph(
      ui, {.name = "intro", .text = "Begin with an example and change it, or import one.", .tone = ui::Tone::Muted});
  draw_failure(ui, "example.failure", state.workflows.failure);
  ui.gap(ui::space::kCard);
  const auto& examples = state.workflows.examples;
  if (const auto* all = examples.value()) {
    bool first = true;
    for (const auto& example : *all) draw_example(ui, example, std::exchange(first, false), state.workflows, actions);
  } else if (examples.failed()) {
    draw_load_failure(ui, examples.failure(), actions);
    ui.gap(ui::space::kCard);
  } else {
    ui::skeleton(ui, examples.since_s(), 2, 120);
  }
  draw_import(ui, state.workflows, drafts.import, actions);
  end_page(ui);
}

}  // namespace ownkey::pages
