#include "web/app/workflows_controller.h"

#include <cstdlib>

#include "shared/validation.h"
#include "web/app/form.h"
#include "web/pages/format.h"
#include "web/state/new_workflow.h"

namespace ownkey::app {

using state::Page;

void WorkflowsController::carry_out(const state::action::OnWorkflow& action) {
  using enum state::action::WorkflowTask;
  switch (action.task) {
    case UseExample: return use_example(action.which);
    case PickFile: return platform_.pick_file();
    case Import: return import();
    case Rename: return rename();
    case Save: return save();
    case Discard: return editor_.discard();
    case AskToDelete: return ask_to_delete();
    case Keep: return keep();
    case Delete: return remove();
    case SelectNode: return editor_.select(action.which);
    case AddNode: return editor_.add_node();
    case RemoveNode: return editor_.remove_node();
    case Connect: return editor_.connect();
    case Disconnect: return editor_.disconnect(std::strtoul(action.which.c_str(), nullptr, 10));
    case ToggleTool: return editor_.toggle_tool(action.which);
    case AddInput: return editor_.add_input();
    case RemoveInput: return editor_.remove_input(action.which);
    case Run: return run();
    case CancelRun: return runs_.cancel();
    case CopyAnswer: return runs_.copy_answer();
    case ShowMoreRuns: return runs_.load_more();
  }
}

void WorkflowsController::load_list() {
  auto& list = desk_.state.workflows.list;
  if (list.loading()) return;
  list.load(desk_.ui.now());
  desk_.api.workflows([this](auto outcome) { desk_.state.workflows.list.take(std::move(outcome)); });
}

void WorkflowsController::load_examples() {
  auto& examples = desk_.state.workflows.examples;
  if (!desk_.state.workflows.list.value()) load_list();  // for the names that are taken
  if (examples.loading() || examples.value()) return;
  examples.load(desk_.ui.now());
  desk_.api.examples([this](auto outcome) { desk_.state.workflows.examples.take(std::move(outcome)); });
}

void WorkflowsController::use_example(const std::string& which) {
  const auto* examples = desk_.state.workflows.examples.value();
  if (!examples) return;
  for (const auto& example : *examples)
    if (example.id == which) return create(which, {example.name, example.description, example.canvas_state, {}});
}

void WorkflowsController::take_file(std::string_view text) {
  desk_.drafts.import.clear();
  desk_.drafts.import.set(text);
  desk_.ui.focus(ui::node_id("import.go"));
}

void WorkflowsController::import() {
  auto request = state::read_import(desk_.drafts.import.text());
  if (check(request, desk_.drafts.import) > 0) return announce_bad_fields(desk_.ui, 1);
  create("import", std::move(*request));
}

void WorkflowsController::create(std::string from, api::SaveWorkflowRequest request) {
  auto& workflows = desk_.state.workflows;
  if (!workflows.creating.empty()) return;
  workflows.creating = from;
  workflows.failure.reset();
  if (const auto* others = workflows.list.value()) request.name = state::unused_name(request.name, *others);
  desk_.api.create(request, [this, from = std::move(from)](state::Outcome<api::Workflow> outcome) {
    desk_.state.workflows.creating.clear();
    if (outcome) {
      if (from == "import") desk_.drafts.import.clear();
      const std::string id = (*outcome).id;
      editor_.fill(*outcome);
      opened(id).workflow.set(std::move(*outcome));
      // Whoever went elsewhere meanwhile stays there.
      if (desk_.state.route.page == Page::NewWorkflow) desk_.navigator.go(state::workflow_address(id));
      return;
    }
    if (from != "import") desk_.state.workflows.failure = std::move(outcome.failure);
    else desk_.drafts.import.fail(pages::sentence(outcome.failure.text));
  });
}

void WorkflowsController::load_shown() {
  const std::string id = shown_id();
  auto& remote = opened(id).workflow;
  const bool is_known = remote.value();
  if (is_known) show_workflow();
  // It may have changed elsewhere. Changes that are made here are not for that to touch.
  if (remote.loading() || pages::is_changed(remote, desk_.drafts.workflows[id])) return;
  remote.load(desk_.ui.now());
  desk_.api.workflow(id, [this, id, is_known](state::Outcome<api::Workflow> outcome) {
    take_loaded(id, std::move(outcome));
    if (!is_known && shown_id() == id && opened(id).workflow.value()) show_workflow();
  });
}

void WorkflowsController::take_loaded(const std::string& id, state::Outcome<api::Workflow> outcome) {
  auto& remote = opened(id).workflow;
  const auto* known = remote.value();
  // What was begun, or saved, while this was on its way is newer.
  const bool is_overtaken = known && (opened(id).saving || pages::is_changed(remote, desk_.drafts.workflows[id]) ||
                                      (outcome && (*outcome).updated_at < known->updated_at));
  if (is_overtaken) return remote.stay();
  const bool is_other = outcome && known && (*outcome).updated_at != known->updated_at;
  if (outcome && !known) editor_.fill(*outcome);
  remote.take(std::move(outcome));
  if (is_other) editor_.refill(id);
}

void WorkflowsController::show_workflow() {
  const Page page = desk_.state.route.page;
  if (page == Page::Runs) return runs_.load_list();
  load_choices();
  if (page != Page::EditWorkflow) editor_.select_only_model();
  if (page == Page::Run) runs_.load_shown_run();
}

// What there is to choose from. Without it everything can be typed, so a failure needs no words.
void WorkflowsController::load_choices() {
  auto& tools = desk_.state.workflows.tools;
  if (!tools.loading() && !tools.value()) {
    tools.load(desk_.ui.now());
    desk_.api.tools([this](auto outcome) { desk_.state.workflows.tools.take(std::move(outcome)); });
  }
  load_models(desk_);
}

void WorkflowsController::store(const std::string& id, std::function<void(bool stored)> then) {
  auto& open = opened(id);
  auto& draft = desk_.drafts.workflows[id];
  open.failure.reset();
  const api::SaveWorkflowRequest request{std::string(trimmed(draft.name.text())),
                                         std::string(trimmed(draft.description.text())), draft.canvas,
                                         open.workflow.value()->status};
  desk_.api.update(id, request, [this, id, then = std::move(then)](state::Outcome<api::Workflow> outcome) {
    const bool stored = bool(outcome);
    if (stored) opened(id).workflow.set(std::move(*outcome));
    else fail(id, std::move(outcome.failure));
    then(stored);
  });
}

void WorkflowsController::fail(const std::string& id, state::Failure failure) {
  if (shown_id() == id && editor_.show_failure(failure)) {
    announce_bad_fields(desk_.ui, 1);
    if (desk_.state.route.page == Page::EditWorkflow) return;
  }
  failure.edit = desk_.drafts.workflows[id].edits();
  opened(id).failure = std::move(failure);
}

void WorkflowsController::save() {
  const std::string id = shown_id();
  auto& draft = desk_.drafts.workflows[id];
  if (opened(id).saving || !opened(id).workflow.value()) return;
  if (check(valid_workflow_name(draft.name.text()), draft.name) > 0) return announce_bad_fields(desk_.ui, 1);
  opened(id).saving = true;
  store(id, [this, id](bool stored) {
    opened(id).saving = false;
    if (stored) desk_.toasts.show(desk_.ui, "Changes saved");
  });
}

void WorkflowsController::run() {
  const std::string id = shown_id();
  auto& open = opened(id);
  const auto shown = desk_.state.workflows.runs.find(desk_.state.route.run_id);
  const bool running = shown != desk_.state.workflows.runs.end() && shown->second.is_under_way();
  if (open.starting.busy || running || !open.workflow.value()) return;
  if (!pages::is_changed(open.workflow, desk_.drafts.workflows[id])) return runs_.start(id);
  open.starting = {.busy = true};
  store(id, [this, id](bool stored) {
    opened(id).starting = {};
    if (stored) runs_.start(id);
  });
}

void WorkflowsController::rename() {
  desk_.navigator.go(state::workflow_address(shown_id()) + "/edit");
  desk_.ui.take_heading_focus();
  desk_.ui.focus(ui::node_id("name"));
}

void WorkflowsController::ask_to_delete() {
  opened(shown_id()).deletion = {};
  opened(shown_id()).deletion_asked = desk_.drafts.workflows[shown_id()].edits();
  desk_.ui.focus(ui::node_id("delete.no"));
}

void WorkflowsController::keep() {
  opened(shown_id()).deletion_asked.reset();
  desk_.ui.focus(ui::node_id("delete"));
}

void WorkflowsController::remove() {
  const std::string id = shown_id();
  if (opened(id).deletion.busy) return;
  opened(id).deletion = {.busy = true};
  desk_.api.remove_workflow(id, [this, id](state::Outcome<api::Done> outcome) {
    auto& open = opened(id);
    open.deletion = {};
    if (!outcome && outcome.failure.kind != ErrorKind::NotFound)
      return (void)(open.deletion.failure = std::move(outcome.failure));
    desk_.state.workflows.list.reset();
    desk_.toasts.show(desk_.ui, "Workflow deleted");
    if (shown_id() == id) desk_.navigator.go("/workflows", platform::History::Replace);
    desk_.state.workflows.open.erase(id);
    desk_.drafts.workflows.erase(id);
  });
}

}  // namespace ownkey::app
