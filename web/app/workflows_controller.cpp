#include "web/app/workflows_controller.h"

#include "shared/validation.h"
#include "web/pages/format.h"

namespace ownkey::app {

void WorkflowsController::load_list() {
  auto& list = desk_.state.workflows.list;
  if (list.loading()) return;
  list.load(desk_.ui.now());
  desk_.api.workflows([this](auto outcome) { desk_.state.workflows.list.take(std::move(outcome)); });
}

void WorkflowsController::use_example() {
  auto& workflows = desk_.state.workflows;
  if (workflows.creating) return;
  workflows.creating = true;
  workflows.failure.reset();
  desk_.api.create(state::example_workflow(), [this](state::Outcome<api::Workflow> outcome) {
    desk_.state.workflows.creating = false;
    if (outcome) {
      const std::string id = (*outcome).id;
      take(id, std::move(*outcome));
      return desk_.navigator.go(state::workflow_address(id));
    }
    if (is_session_loss(outcome.failure)) return;
    desk_.state.workflows.failure = std::move(outcome.failure);
  });
}

// Typed text that is not saved yet stays.
void WorkflowsController::take(const std::string& id, api::Workflow workflow) {
  auto& draft = desk_.drafts.workflows[id];
  if (!std::exchange(draft.filled, true)) {
    const auto fields = state::fields_of(workflow.canvas_state);
    draft.model.set(fields.model);
    draft.prompt.set(fields.prompt);
  }
  opened(id).workflow.set(std::move(workflow));
}

void WorkflowsController::load_shown() {
  const std::string id = shown_id();
  auto& remote = opened(id).workflow;
  if (remote.loading() || remote.value()) return;
  remote.load(desk_.ui.now());
  desk_.api.workflow(id, [this, id](state::Outcome<api::Workflow> outcome) {
    if (outcome) take(id, std::move(*outcome));
    else opened(id).workflow.take(std::move(outcome));
  });
}

state::WorkflowFields WorkflowsController::typed_fields(const std::string& id) {
  const auto& draft = desk_.drafts.workflows[id];
  return {std::string(trimmed(draft.model.text())), std::string(draft.prompt.text())};
}

bool WorkflowsController::check_fields(const std::string& id) {
  auto& draft = desk_.drafts.workflows[id];
  int bad = 0;
  const auto check = [&](ui::FieldState& field, std::string_view what) {
    field.error.clear();
    if (!trimmed(field.text()).empty()) return;
    field.fail(std::string(what));
    ++bad;
  };
  check(draft.model, "Enter the name of a model, such as gpt-5.4-mini.");
  check(draft.prompt, "Enter what you want to ask.");
  if (bad > 0) announce_bad_fields(desk_.ui, bad);
  return bad == 0;
}

void WorkflowsController::store(const std::string& id, std::function<void(state::Outcome<api::Workflow>)> then) {
  auto& open = opened(id);
  const api::Workflow& stored = *open.workflow.value();
  open.failure.reset();
  const api::SaveWorkflowRequest request{
      stored.name, stored.description, state::with_fields(stored.canvas_state, typed_fields(id)), {}};
  desk_.api.update(id, request, [this, id, then = std::move(then)](state::Outcome<api::Workflow> outcome) {
    if (outcome) opened(id).workflow.set(*outcome);
    then(std::move(outcome));
  });
}

void WorkflowsController::save() {
  const std::string id = shown_id();
  if (opened(id).saving || !check_fields(id)) return;
  opened(id).saving = true;
  store(id, [this, id](state::Outcome<api::Workflow> outcome) {
    opened(id).saving = false;
    if (outcome) return desk_.toasts.show(desk_.ui, "Changes saved");
    if (is_session_loss(outcome.failure)) return;
    opened(id).failure = std::move(outcome.failure);
  });
}

void WorkflowsController::run() {
  const std::string id = shown_id();
  auto& open = opened(id);
  if (open.run.active || !open.workflow.value() || !check_fields(id)) return;
  open.run = {.active = true, .result = {}, .failure = {}};
  desk_.ui.announce("Running.");
  // The prompt goes along with the run; the model is part of the stored graph.
  if (state::fields_of(open.workflow.value()->canvas_state).model == typed_fields(id).model) return execute(id);
  store(id, [this, id](state::Outcome<api::Workflow> outcome) {
    if (!opened(id).run.active) return;  // cancelled meanwhile
    if (outcome) execute(id);
    else fail_run(id, outcome.failure);
  });
}

void WorkflowsController::execute(const std::string& id) {
  api::ExecuteRequest request;
  request.initial_inputs = json{{"input", typed_fields(id).prompt}};
  executions_[id] = desk_.api.execute(id, request, [this, id](auto outcome) { end_run(id, std::move(outcome)); });
}

void WorkflowsController::end_run(const std::string& id, state::Outcome<api::RunResult> outcome) {
  executions_.erase(id);
  if (!outcome) return fail_run(id, outcome.failure);
  auto& run = opened(id).run;
  run = {.cancelled = (*outcome).status == api::RunStatus::Cancelled, .result = {}, .failure = {}};
  if ((*outcome).status == api::RunStatus::Success) desk_.ui.announce("The answer is there.");
  if (!run.cancelled) run.result = std::move(*outcome);
}

void WorkflowsController::fail_run(const std::string& id, const state::Failure& failure) {
  opened(id).run = {.result = {}, .failure = {}};
  if (is_session_loss(failure)) return;
  opened(id).run.failure = failure;
}

void WorkflowsController::cancel() {
  const std::string id = shown_id();
  if (const auto execution = executions_.extract(id)) desk_.api.abandon(execution.mapped());
  opened(id).run = {.cancelled = true, .result = {}, .failure = {}};
  desk_.ui.announce("Run cancelled.");
  desk_.ui.focus(ui::node_id("run"));
}

void WorkflowsController::copy_answer() {
  if (const auto& result = opened(shown_id()).run.result) platform_.copy(state::answer_of(*result));
}

void WorkflowsController::copied(bool done) {
  desk_.toasts.show(desk_.ui,
                    done ? "Answer copied" : "Copying is not allowed here. Select the text and copy it instead.");
}

void WorkflowsController::ask_to_delete() {
  opened(shown_id()).confirming_deletion = true;
  desk_.ui.focus(ui::node_id("delete.no"));
}

void WorkflowsController::keep() {
  opened(shown_id()).confirming_deletion = false;
  desk_.ui.focus(ui::node_id("delete"));
}

void WorkflowsController::remove() {
  const std::string id = shown_id();
  if (opened(id).deleting) return;
  opened(id).deleting = true;
  desk_.api.remove_workflow(id, [this, id](state::Outcome<api::Done> outcome) {
    auto& open = opened(id);
    open.deleting = open.confirming_deletion = false;
    if (!outcome && outcome.failure.kind != ErrorKind::NotFound) {
      if (!is_session_loss(outcome.failure)) open.failure = std::move(outcome.failure);
      return;
    }
    desk_.state.workflows.list.reset();
    desk_.toasts.show(desk_.ui, "Workflow deleted");
    if (shown_id() == id) desk_.navigator.go("/workflows", platform::History::Replace);
    desk_.state.workflows.open.erase(id);
    desk_.drafts.workflows.erase(id);
  });
}

}  // namespace ownkey::app
