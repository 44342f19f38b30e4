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
  api::SaveWorkflowRequest example = state::example_workflow();
  if (const auto* others = workflows.list.value()) example.name = state::unused_name(example.name, *others);
  desk_.api.create(example, [this](state::Outcome<api::Workflow> outcome) {
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
    draft.name.set(workflow.name);
    draft.model.set(fields.model.value_or(""));
    draft.prompt.set(fields.prompt.value_or(""));
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
  return pages::typed_fields(*opened(id).workflow.value(), desk_.drafts.workflows[id]);
}

state::Failure WorkflowsController::about_form(const std::string& id, state::Failure failure) {
  failure.edit = desk_.drafts.workflows[id].edits();
  return failure;
}

bool WorkflowsController::check_fields(const std::string& id) {
  auto& draft = desk_.drafts.workflows[id];
  int bad = 0;
  const auto check = [&](ui::FieldState& field, bool good, std::string_view what) {
    field.error.clear();
    if (good) return;
    field.fail(pages::sentence(what));
    ++bad;
  };
  const auto is_given = [](const std::optional<std::string>& text) { return !text || !trimmed(*text).empty(); };
  const auto name = valid_workflow_name(draft.name.text());
  const auto typed = typed_fields(id);
  check(draft.name, bool(name), name ? "" : name.error().public_text);
  check(draft.model, is_given(typed.model), "enter the name of a model, such as gpt-5.4-mini");
  check(draft.prompt, is_given(typed.prompt), "enter what you want to ask");
  if (bad > 0) announce_bad_fields(desk_.ui, bad);
  return bad == 0;
}

void WorkflowsController::store(const std::string& id, std::function<void(state::Outcome<api::Workflow>)> then) {
  auto& open = opened(id);
  const api::Workflow& stored = *open.workflow.value();
  open.failure.reset();
  const api::SaveWorkflowRequest request{std::string(trimmed(desk_.drafts.workflows[id].name.text())),
                                         stored.description,
                                         state::with_fields(stored.canvas_state, typed_fields(id)),
                                         {}};
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
    if (outcome) {
      desk_.toasts.show(desk_.ui, "Changes saved");
      // The button that was pressed goes.
      if (desk_.ui.is_focused(ui::node_id("save"))) desk_.ui.focus(ui::node_id("run"));
      return;
    }
    if (!is_session_loss(outcome.failure)) opened(id).failure = about_form(id, std::move(outcome.failure));
  });
}

void WorkflowsController::run() {
  const std::string id = shown_id();
  auto& open = opened(id);
  if (open.run.active || !open.workflow.value() || !check_fields(id)) return;
  open.run = {.active = true};
  desk_.ui.announce("Running.");
  const auto stored = state::fields_of(open.workflow.value()->canvas_state), typed = typed_fields(id);
  const bool is_stored = typed.model == stored.model && (stored.prompt_is_input || typed.prompt == stored.prompt);
  if (is_stored) return execute(id);
  store(id, [this, id](state::Outcome<api::Workflow> outcome) {
    if (!opened(id).run.active) return;  // cancelled meanwhile
    if (outcome) execute(id);
    else fail_run(id, outcome.failure);
  });
}

void WorkflowsController::execute(const std::string& id) {
  api::ExecuteRequest request;
  const auto fields = typed_fields(id);
  if (fields.prompt && fields.prompt_is_input) request.initial_inputs = json{{"input", *fields.prompt}};
  opened(id).run.request =
      desk_.api.execute(id, request, [this, id](auto outcome) { end_run(id, std::move(outcome)); });
}

void WorkflowsController::end_run(const std::string& id, state::Outcome<api::RunResult> outcome) {
  if (!outcome) return fail_run(id, outcome.failure);
  auto& run = opened(id).run;
  run = {.cancelled = (*outcome).status == api::RunStatus::Cancelled};
  if ((*outcome).status == api::RunStatus::Success) desk_.ui.announce("The answer is there.");
  if (!run.cancelled) run.result = std::move(*outcome);
}

void WorkflowsController::fail_run(const std::string& id, const state::Failure& failure) {
  opened(id).run = {};
  if (!is_session_loss(failure)) opened(id).run.failure = failure;
}

void WorkflowsController::cancel() {
  const std::string id = shown_id();
  if (const auto request = opened(id).run.request) desk_.api.abandon(*request);
  opened(id).run = {.cancelled = true};
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
  opened(shown_id()).deletion_asked = desk_.drafts.workflows[shown_id()].edits();
  desk_.ui.focus(ui::node_id("delete.no"));
}

void WorkflowsController::keep() {
  opened(shown_id()).deletion_asked.reset();
  desk_.ui.focus(ui::node_id("delete"));
}

void WorkflowsController::remove() {
  const std::string id = shown_id();
  if (opened(id).deleting) return;
  opened(id).deleting = true;
  desk_.api.remove_workflow(id, [this, id](state::Outcome<api::Done> outcome) {
    auto& open = opened(id);
    open.deleting = false;
    open.deletion_asked.reset();
    if (!outcome && outcome.failure.kind != ErrorKind::NotFound) {
      if (!is_session_loss(outcome.failure)) open.failure = about_form(id, std::move(outcome.failure));
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
