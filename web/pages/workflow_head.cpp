#include "web/pages/workflow_head.h"

#include "web/pages/format.h"
#include "web/pages/shell.h"
#include "web/pages/workflow_tools.h"
#include "web/ui/icon.h"
#include "web/ui/label.h"
#include "web/ui/navigation.h"
#include "web/ui/panel.h"

namespace ownkey::pages {
namespace {

using state::Page;

constexpr std::string_view kList = "/workflows";

void draw_way_back(ui::Ui& ui, state::Actions& actions) {
  const ui::Pen start = ui.pen();
  const float mark = 14 * ui.metrics().scale;
  ui.pen() = {start.x + mark, start.y, start.width - mark};
  if (ui::link(ui, {.name = "back", .label = "All workflows", .href = std::string(kList)}, ui::Type::Help))
    actions.emplace_back(state::action::GoTo{std::string(kList)});
  const float bottom = ui.pen().y;
  ui::icon(ui, ui::Icon::Back, start.x - 3, (start.y + bottom - mark) / 2, mark, ui.theme().accent);
  ui.pen() = {start.x, bottom + ui::space::kSmall, start.width};
}

void draw_heading(ui::Ui& ui, Page page, const std::string& name) {
  if (page == Page::EditWorkflow) return ui::heading(ui, 1, "title.edit", "Edit " + name);
  if (page == Page::Runs) return ui::heading(ui, 1, "title.runs", "Runs of " + name);
  ui::heading(ui, 1, "title.workflow", name);
}

void draw_tabs(ui::Ui& ui, const state::Route& route, state::Actions& actions) {
  const std::string run = state::workflow_address(route.workflow_id), edit = run + "/edit", runs = run + "/runs";
  const std::string* hrefs[] = {&run, &edit, &runs};
  const int clicked = ui::tabs(ui, "This workflow",
                               {{"tab.run", "Run", run, route.page == Page::Workflow || route.page == Page::Run},
                                {"tab.edit", "Edit", edit, route.page == Page::EditWorkflow},
                                {"tab.runs", "History", runs, route.page == Page::Runs}});
  if (clicked >= 0) actions.emplace_back(state::action::GoTo{*hrefs[clicked]});
}

// Beside each other where there is room, else below.
void draw_tabs_and_tools(ui::Ui& ui, const state::Route& route, const api::Workflow& workflow,
                         state::Actions& actions) {
  constexpr float kTabsWidth = 220;
  const bool beside = ui.pen().width >= kTabsWidth * ui.metrics().scale + workflow_tools_width(ui);
  const float top = ui.pen().y;
  draw_tabs(ui, route, actions);
  draw_workflow_tools(ui, workflow, beside ? std::optional(top) : std::nullopt, actions);
}

void draw_missing(ui::Ui& ui, const state::Failure& failure, state::Actions& actions) {
  if (failure.kind != ErrorKind::NotFound) return draw_load_failure(ui, failure, actions);
  if (ui::callout(ui, "load-failure", sentence(failure.text), ui::Tone::Danger,
                  ui::LinkSpec{.name = "gone.back", .label = "Back to the list", .href = std::string(kList)}))
    actions.emplace_back(state::action::GoTo{std::string(kList)});
}

}  // namespace

const state::OpenWorkflow* draw_workflow_head(ui::Ui& ui, const state::AppState& state, Drafts& drafts,
                                              state::Actions& actions) {
  draw_way_back(ui, actions);
  const auto found = state.workflows.open.find(state.route.workflow_id);
  const auto* open = found == state.workflows.open.end() ? nullptr : &found->second;
  const auto* workflow = open ? open->workflow.value() : nullptr;
  draw_heading(ui, state.route.page, workflow ? workflow->name : "Workflow");
  if (workflow && !workflow->description.empty()) {
    ui.gap(ui::space::kTight);
    ui::paragraph(ui, {.name = "intro", .text = workflow->description, .tone = ui::Tone::Muted});
  }
  ui.gap(ui::space::kField);
  if (workflow) {
    draw_tabs_and_tools(ui, state.route, *workflow, actions);
    ui.gap(ui::space::kField);
    draw_workflow_deletion(ui, *open, drafts.workflows[workflow->id], actions);
    return open;
  }
  if (open && open->workflow.failed()) draw_missing(ui, open->workflow.failure(), actions);
  else if (open) ui::skeleton(ui, open->workflow.since_s(), 1, 280);
  return nullptr;
}

}  // namespace ownkey::pages
