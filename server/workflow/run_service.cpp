#include "server/workflow/run_service.h"

#include <algorithm>
#include <exception>
#include <utility>

#include "server/workflow/run_record.h"
#include "server/workflow/weight.h"
#include "shared/fields.h"
#include "shared/json_text.h"

namespace ownkey::workflow {
namespace {

constexpr std::chrono::milliseconds kBetweenLooks{50};
constexpr std::string_view kNoRecord = R"({"results":{},"logs":[]})";

Result<std::shared_ptr<const Graph>> draft_graph(const api::ExecuteRequest& request) {
  if (!request.nodes || !request.edges)
    return invalid(request.nodes ? "edges" : "nodes", "a draft is not stored here; send its nodes and edges along");
  auto graph = Graph::parse({{"nodes", *request.nodes}, {"edges", *request.edges}});
  if (!graph) return std::move(graph.error());
  return std::make_shared<const Graph>(std::move(*graph));
}

// What the request asks for, or else the person in general, within what the server gives.
Result<RunLimits> limits_of(const api::ExecuteRequest& request, const api::Preferences& preferences, RunLimits limits) {
  if (request.timeout_s && *request.timeout_s < 1) return invalid("timeout_s", "'timeout_s' must be 1 or more");
  auto timeout_s = request.timeout_s;
  if (!timeout_s && preferences.run_timeout_s) timeout_s = *preferences.run_timeout_s;
  if (timeout_s) {
    const auto most = limits.timeout.value_or(std::chrono::seconds::max()).count();
    limits.timeout = std::chrono::seconds(std::min(*timeout_s, most));
  }
  if (request.token_budget) {
    if (*request.token_budget < 1) return invalid("token_budget", "'token_budget' must be 1 or more");
    limits.tokens = std::min(*request.token_budget, limits.tokens.value_or(*request.token_budget));
  }
  return limits;
}

Error stopping() { return {ErrorKind::Busy, "the server is stopping; try again soon"}; }

store::RunRow row_of(const LiveRun& live) {
  store::RunRow row;
  row.id = live.run.id;
  row.workflow_id = live.run.workflow_id;
  row.started_at = live.started_at;
  return row;
}

// The text of an object, and in it what is kept of the run, as it is stored. To read a record only to write it again
// would take twenty times its size in memory, and what a run made may be more than may be read of a request.
std::string with_record(std::string object, const store::RunRow& row) {
  const std::string_view record = row.record.empty() ? kNoRecord : std::string_view(row.record);
  object.back() = ',';
  return object.append(record.substr(1));
}

api::RunResult result_of(const LiveRun& live, api::RunStatus status) {
  return {live.run.workflow_id, live.run.id.text(), status, json::object(), {}};
}

// What went wrong, if anything did. What the server's stop has cancelled is not what people call cancelled.
std::optional<api::NodeError> error_of(const LiveRun& live, api::RunResult& result) {
  if (result.status == api::RunStatus::Cancelled && live.interrupted) {
    result.status = api::RunStatus::Error;
    return interrupted();
  }
  return result.status == api::RunStatus::Error ? first_error(result.logs) : std::nullopt;
}

api::NodeError failure(ErrorKind kind, std::string detail) { return {std::string(code_of(kind)), std::move(detail)}; }

}  // namespace

Result<PreparedRun> RunService::prepare(const base::UserId& user, const base::WorkflowId& workflow,
                                        const api::ExecuteRequest& request) {
  if (stopping_) return stopping();
  const bool is_draft = workflow.text() == kDraft;
  if (!is_draft && (request.nodes || request.edges))
    return invalid(request.nodes ? "nodes" : "edges",
                   "only the workflow id 'draft' takes nodes and edges; save the workflow to change it");
  json inputs = request.initial_inputs.value_or(json::object());
  if (!inputs.is_object()) return invalid("initial_inputs", "'initial_inputs' must be an object");
  auto weight = weight_of(inputs);
  if (weight > kMaxNodeBytes) return too_much("'initial_inputs' are larger", kMaxNodeBytes);
  const auto preferences = parts_.preferences.get(user);
  if (!preferences) return preferences.error();
  const auto limits = limits_of(request, *preferences, limits_);
  if (!limits) return limits.error();
  auto graph = is_draft ? draft_graph(request) : parts_.workflows.graph(user, workflow);
  if (!graph) return std::move(graph.error());
  if ((*graph)->nodes().empty())
    return invalid(is_draft ? "nodes" : "canvas_state.nodes", "this workflow is empty; give it a node, then run it");
  for (const auto& node : request.nodes.value_or(std::vector<json>())) weight += weight_of(node);
  auto turn = parts_.queue.enter(user, weight);
  if (!turn) return std::move(turn.error());
  return PreparedRun{
      user,    workflow.text(), base::RunId(crypto::new_id(parts_.random)), std::move(*graph), std::move(inputs),
      *limits, std::move(*turn)};
}

api::RunResult RunService::run(PreparedRun prepared, const base::CancelToken& cancel, const OnNumberedEvent& on_event) {
  const Begun begun(*this, live_.add(std::move(prepared), Waited::Yes));
  const auto& live = begun.live;
  const auto leaving = cancel.on_cancel([&live] { live->cancel.cancel(); });
  parts_.history.note(live->run.user, row_of(*live));
  auto& turn = *live->run.turn;
  if (const auto position = turn.position(); position > 0) {
    const auto event = live->feed->publish({"run.queued", {{"run_id", live->run.id.text()}, {"position", position}}});
    if (on_event) on_event(*event);
    turn.wait(live->cancel.token());
  }
  return carry_out(live, on_event ? Detail::Nodes : Detail::Outline, on_event);
}

Result<base::RunId> RunService::start(PreparedRun prepared) {
  const SharedBegun begun = std::make_shared<Begun>(*this, live_.add(std::move(prepared), Waited::No));
  const auto& live = begun->live;
  // On the disk before anybody is told of it: what was promised is there after a crash, if only as interrupted.
  if (auto put = parts_.history.put(live->run.user, row_of(*live)); !put) return std::move(put.error());
  const auto turn = live->run.turn;
  if (const auto position = turn->position(); position > 0)
    live->feed->publish({"run.queued", {{"run_id", live->run.id.text()}, {"position", position}}});
  // A cancelled run need not wait for its turn to say so.
  live->at_cancel = live->cancel.token().on_cancel([turn] { turn->grant_now(); });
  turn->when_granted([this, begun] { begin_in_background(begun); });
  return live->run.id;
}

// Must not throw, as it is called with a turn.
void RunService::begin_in_background(const SharedBegun& begun) {
  const auto& live = begun->live;
  const auto is_cancelled = [&] { return live->cancel.token().cancelled(); };
  try {
    if (!is_cancelled() && parts_.background.try_run([this, begun] { carry_out_alone(begun); })) return;
    // What was cancelled in the queue needs no thread to say so.
    auto result = result_of(*live, is_cancelled() ? api::RunStatus::Cancelled : api::RunStatus::Error);
    auto error = is_cancelled() ? error_of(*live, result)
                                : failure(ErrorKind::Busy, "the server has no room for more runs; try again");
    finish(live, result, Detail::Nodes, std::move(error));
  } catch (const std::exception&) {
    // It is over without a word.
  }
}

void RunService::carry_out_alone(const SharedBegun& begun) {
  try {
    (void)carry_out(begun->live, Detail::Nodes, {});
  } catch (const std::exception&) {
    // As above; the thread serves others.
  }
}

api::RunResult RunService::carry_out(const std::shared_ptr<LiveRun>& live, Detail detail,
                                     const OnNumberedEvent& on_event) {
  const OnRunEvent publish = [&](const RunEvent& event) {
    const auto numbered = live->feed->publish(event);
    if (on_event) on_event(*numbered);
  };
  auto result = result_of(*live, api::RunStatus::Error);
  RunFeed::Event last;
  try {
    publish({"run.started", {{"run_id", live->run.id.text()}, {"workflow_id", live->run.workflow_id}}});
    result = execute(*live, detail == Detail::Nodes ? publish : OnRunEvent());
    auto error = error_of(*live, result);
    last = finish(live, result, detail, std::move(error));
  } catch (const std::exception&) {
    // No thread or no memory to be had, perhaps for all that came out.
    result = result_of(*live, api::RunStatus::Error);
    last = finish(live, result, Detail::Nodes,
                  failure(ErrorKind::Internal, "the server could not run this; try again soon"));
  }
  if (on_event) on_event(*last);
  return result;
}

api::RunResult RunService::execute(LiveRun& live, const OnRunEvent& on_event) {
  auto llm = parts_.llm.for_user(live.run.user, live.run.workflow_id);
  auto run = parts_.executor.run(*live.run.graph, live.run.initial_inputs, llm,
                                 {live.cancel.token(), on_event, live.run.limits});
  return {live.run.workflow_id, live.run.id.text(), run.status, std::move(run.results), std::move(run.logs)};
}

RunFeed::Event RunService::finish(const std::shared_ptr<LiveRun>& live, const api::RunResult& result, Detail detail,
                                  std::optional<api::NodeError> error) {
  // By the clock that nobody sets: what lies between the two times is how long it took.
  const auto took = parts_.clock.steady() - live->began;
  auto row = row_of(*live);
  row.status = result.status;
  row.finished_at = row.started_at + std::chrono::duration_cast<std::chrono::milliseconds>(took);
  row.last_event = live->feed->last_id() + 1;
  row.usage = total_usage(result.logs);
  row.record = make_record(result);
  json data{{"workflow_id", result.workflow_id}, {"run_id", result.run_id}, {"status", name_of(result.status)}};
  if (detail == Detail::Nodes) data = to_json(result);
  if (error) {
    data["error"] = to_json(*error);
    row.error_code = std::move(error->code);
    row.error_detail = std::move(error->detail);
  }
  // Before the last event: whoever hears of the end finds it in the history.
  parts_.history.note(live->run.user, std::move(row));
  auto last = live->feed->publish({"run.finished", std::move(data)});
  figures_.ended(result.status, took);
  end(live);
  return last;
}

void RunService::end(const std::shared_ptr<LiveRun>& live) {
  live->feed->close();
  live->at_cancel.reset();
  live->run.turn->give_back();
  live->over = true;
  live_.finish(live);
}

api::RunSummary RunService::summary_of(const base::UserId& user, const store::RunRow& row) const {
  api::RunSummary summary;
  summary.run_id = row.id.text();
  summary.workflow_id = row.workflow_id;
  summary.status = row.status;
  summary.started_at = base::rfc3339(row.started_at);
  summary.usage = row.usage;
  if (row.finished_at) {
    summary.finished_at = base::rfc3339(*row.finished_at);
    summary.duration_ms = (*row.finished_at - row.started_at).count();
  }
  if (row.error_code) summary.error = api::NodeError{*row.error_code, row.error_detail.value_or("")};
  if (row.status != api::RunStatus::Running) return summary;
  const auto live = live_.find(user, row.id);
  const auto position = live ? live->run.turn->position() : 0;
  if (position > 0) {
    summary.status = api::RunStatus::Queued;
    summary.position = static_cast<std::int64_t>(position);
  }
  return summary;
}

std::string RunService::whole(const base::UserId& user, const store::RunRow& row) const {
  return with_record(json_text(summary_of(user, row)), row);
}

Result<std::vector<api::RunSummary>> RunService::list(const base::UserId& user, const store::RunQuery& query) {
  const auto rows = parts_.history.list(user, query);
  if (!rows) return rows.error();
  std::vector<api::RunSummary> runs;
  for (const auto& row : *rows) runs.push_back(summary_of(user, row));
  return runs;
}

Result<std::string> RunService::get(const base::UserId& user, const base::RunId& id) {
  const auto row = parts_.history.get(user, id);
  if (!row) return row.error();
  return whole(user, *row);
}

Result<std::optional<WholeRun>> RunService::next_whole(const base::UserId& user,
                                                       const std::optional<store::RunPlace>& older_than) {
  const auto rows = parts_.history.list(user, {.older_than = older_than, .limit = 1, .with_records = true});
  if (!rows) return rows.error();
  if (rows->empty()) return std::optional<WholeRun>();
  const auto& row = rows->front();
  return std::optional(WholeRun{{row.started_at, row.id}, whole(user, row)});
}

Result<std::shared_ptr<RunFeed>> RunService::watch(const base::UserId& user, const base::RunId& id,
                                                   std::int64_t after_event) {
  if (auto feed = live_.feed_of(user, id)) return feed;
  const auto row = parts_.history.get(user, id);
  if (!row) return row.error();
  json data{{"workflow_id", row->workflow_id}, {"run_id", id.text()}, {"status", name_of(row->status)}};
  if (row->error_code) data["error"] = {{"code", *row->error_code}, {"detail", row->error_detail.value_or("")}};
  // A run that was cut off never got to its last event.
  const auto last = row->last_event > 0 ? row->last_event : after_event + 1;
  return RunFeed::of_ended({last, "run.finished", with_record(dump_json(data), *row)});
}

Result<void> RunService::cancel(const base::UserId& user, const base::RunId& id) {
  if (const auto live = live_.find(user, id)) {
    live->cancel.cancel();
    return {};
  }
  const auto row = parts_.history.get(user, id);
  if (!row) return row.error();
  return {};
}

void RunService::cancel_background(const base::UserId& user) {
  for (const auto& live : live_.in_background_of(user)) live->cancel.cancel();
}

void RunService::cancel_background_if(const std::function<bool(const base::UserId&)>& has_ended) {
  for (const auto& live : live_.all())
    if (live->waited == Waited::No && has_ended(live->run.user)) live->cancel.cancel();
}

// Again and again: a request that was on its way may have begun another one.
void RunService::stop() {
  stopping_ = true;
  for (auto runs = live_.all(); !runs.empty(); runs = live_.all()) {
    for (const auto& live : runs) {
      live->interrupted = true;
      live->cancel.cancel();
    }
    live_.wait_for_an_end(kBetweenLooks);
  }
}

void RunService::write_figures(base::MetricsText& text) const {
  figures_.write(text);
  text.begin("ownkey_runs", base::MetricsText::Kind::Gauge, "runs that are queued or under way");
  text.value(live_.all().size());
}

}  // namespace ownkey::workflow
