#include "web/app/runs_controller.h"

#include <algorithm>
#include <utility>

#include "web/api/answer.h"
#include "web/state/node_kinds.h"

namespace ownkey::app {
namespace {

constexpr std::size_t kRunsAtOnce = 20;  // as Client::runs asks for

}  // namespace

json RunsController::inputs_of(const std::string& workflow) {
  json inputs = json::object();
  const auto& draft = desk_.drafts.workflows[workflow];
  for (const auto& field : state::run_fields(draft.canvas))
    if (const auto typed = draft.inputs.find(field.place); typed != draft.inputs.end())
      inputs[field.place] = state::value_of(typed->second.text(), field.value);
  return inputs;
}

void RunsController::start(const std::string& workflow) {
  opened(workflow).starting = {.busy = true};
  api::ExecuteRequest request;
  if (json inputs = inputs_of(workflow); !inputs.empty()) request.initial_inputs = std::move(inputs);
  desk_.api.start_run(workflow, request, [this, workflow](state::Outcome<api::StartedRun> outcome) {
    opened(workflow).starting = {};
    if (!outcome) return (void)(opened(workflow).starting.failure = std::move(outcome.failure));
    const std::string id = (*outcome).run_id;
    desk_.ui.announce("Running.");
    api::RunDetails run;
    run.run_id = id;
    run.workflow_id = workflow;
    desk_.state.workflows.runs[id].record.set(std::move(run));
    // Whoever went elsewhere meanwhile stays there.
    const auto& route = desk_.state.route;
    const bool waits_here = route.page == state::Page::Workflow || route.page == state::Page::Run;
    if (!waits_here || route.workflow_id != workflow) return;
    follow(id);
    desk_.navigator.go(state::run_address(workflow, id));
  });
}

void RunsController::load_shown_run() {
  const std::string id = desk_.state.route.run_id;
  auto& run = shown();
  const auto* known = run.record.value();
  if (run.stream || run.record.loading() || (known && !run.is_under_way())) return;
  run.record.load(desk_.ui.now());
  desk_.api.run(id, [this, id](state::Outcome<api::RunDetails> outcome) {
    auto& loaded = desk_.state.workflows.runs[id];
    loaded.record.take(std::move(outcome));
    if (loaded.is_under_way() && !loaded.stream) follow(id);
  });
}

// From its first event on: what was known of the nodes comes again.
void RunsController::follow(const std::string& id) {
  auto& run = desk_.state.workflows.runs[id];
  run.live.clear();
  run.record.value()->logs.reset();
  run.stream = desk_.api.follow_run(
      id, [this, id](const platform::Streamed& event) { take(id, event); },
      [this, id](auto) { find_out_why_lost(id); });
}

// A stream that ends tells nothing of why: the session may be over, or the run.
void RunsController::find_out_why_lost(const std::string& id) {
  desk_.state.workflows.runs[id].stream.reset();
  desk_.api.run(id, [this, id](auto outcome) {
    auto& run = desk_.state.workflows.runs[id];
    run.record.take(std::move(outcome));
    if (run.is_under_way() && !run.record.failed()) run.record.take({{}, api::failure_of({})});
  });
}

void RunsController::leave_others() {
  for (auto& [id, run] : desk_.state.workflows.runs)
    if (run.stream && id != desk_.state.route.run_id) desk_.api.abandon(*std::exchange(run.stream, std::nullopt));
}

void RunsController::take(const std::string& id, const platform::Streamed& event) {
  auto& run = desk_.state.workflows.runs[id];
  const auto* workflow = opened(run.record.value()->workflow_id).workflow.value();
  const std::size_t nodes =
      workflow ? state::nodes_of(workflow->canvas_state).size() : state::logs_of(*run.record.value()).size() + 1;
  const std::string news = state::take_event(run, event.name, event.data, desk_.ui.now(), nodes);
  if (!news.empty() && desk_.state.route.run_id == id) desk_.ui.announce(news);
  if (run.is_under_way()) return;
  if (run.stream) desk_.api.abandon(*std::exchange(run.stream, std::nullopt));
  if (desk_.ui.is_focused(ui::node_id("cancel"))) desk_.ui.focus(ui::node_id("run"));
}

void RunsController::load_list() {
  const std::string id = desk_.state.route.workflow_id;
  auto& list = opened(id).runs;
  if (list.loading()) return;
  list.load(desk_.ui.now());
  desk_.api.runs(id, {}, [this, id](auto outcome) { take_list(id, false, std::move(outcome)); });
}

void RunsController::load_more() {
  const std::string id = desk_.state.route.workflow_id;
  auto& list = opened(id).runs;
  if (list.loading() || !list.value() || list.value()->empty()) return;
  list.load(desk_.ui.now());
  desk_.api.runs(id, list.value()->back().run_id,
                 [this, id](auto outcome) { take_list(id, true, std::move(outcome)); });
}

void RunsController::take_list(const std::string& workflow, bool more,
                               state::Outcome<std::vector<api::RunSummary>> outcome) {
  auto& open = opened(workflow);
  if (outcome) {
    open.more_runs = (*outcome).size() >= kRunsAtOnce;
    if (more) {
      auto all = *open.runs.value();
      all.insert(all.end(), (*outcome).begin(), (*outcome).end());
      return open.runs.set(std::move(all));
    }
  }
  open.runs.take(std::move(outcome));
}

void RunsController::cancel() {
  const std::string id = desk_.state.route.run_id;
  shown().cancelling = true;
  desk_.api.cancel_run(id, [this, id](state::Outcome<api::Done> outcome) {
    if (outcome) return;
    desk_.state.workflows.runs[id].cancelling = false;
    desk_.toasts.show(desk_.ui, "The run goes on: " + outcome.failure.text);
  });
}

void RunsController::copy_answer() {
  if (const auto* record = shown().record.value()) platform_.copy(state::answer_of(*record));
}

void RunsController::copied(bool done) {
  desk_.toasts.show(desk_.ui,
                    done ? "Answer copied" : "Copying is not allowed here. Select the text and copy it instead.");
}

}  // namespace ownkey::app
