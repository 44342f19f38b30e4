// Running a workflow: waiting for its end, watching it on the way, or letting it go on alone; and what has run.
#include <charconv>
#include <memory>
#include <utility>

#include "server/base/cancel_token.h"
#include "server/http/gathering_sink.h"
#include "server/http/handlers/handlers.h"
#include "server/http/handlers/query_number.h"
#include "shared/api/runs.h"

namespace ownkey::http {
namespace {

constexpr std::int64_t kUsualPage = 50;
constexpr std::int64_t kLargestPage = 200;
// Proxies take a connection on which nothing comes for a dead one.
constexpr std::chrono::seconds kSignOfLife{15};

base::RunId run_of(const Request& request) { return base::RunId(request.parameter("id")); }

bool wants_events(const Request& request) {
  return request.header("accept").value_or("").find("text/event-stream") != std::string_view::npos;
}

bool write_event(StreamSink& sink, const workflow::NumberedEvent& event) {
  return sink.write("id: " + std::to_string(event.id) + "\nevent: " + event.name + "\ndata: ") &&
         sink.write(event.data) && sink.write("\n\n");
}

// The id of the last event that a reader has; 0 for none.
Result<std::int64_t> last_event_of(const Request& request) {
  const auto text = request.header("Last-Event-ID").value_or("");
  std::int64_t number = 0;
  if (text.empty()) return number;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size() || number < 0)
    return invalid("Last-Event-ID", "'Last-Event-ID' must be the id of an event of this run");
  return number;
}

Result<workflow::PreparedRun> prepare(workflow::RunService& runs, const Request& request) {
  auto message = optional_body_of<api::ExecuteRequest>(request);
  if (!message) return std::move(message.error());
  return runs.prepare(request.caller().user, base::WorkflowId(request.parameter("id")), *message);
}

// Writes the run's events as they come. A run that is cancelled still says so; a client that does not read cancels it.
void stream_run(workflow::RunService& runs, workflow::PreparedRun prepared, const base::CancelToken& client_left,
                StreamSink& client) {
  GatheringSink sink(client);
  base::CancelSource cancel;
  const auto leaving = client_left.on_cancel([&cancel] { cancel.cancel(); });
  (void)runs.run(std::move(prepared), cancel.token(), [&](const workflow::NumberedEvent& event) {
    if (!write_event(sink, event) || !sink.flush()) cancel.cancel();
  });
}

// Follows a run that goes on whether or not somebody follows it.
void follow(workflow::RunFeed& feed, std::int64_t after, const base::CancelToken& reader, StreamSink& client) {
  GatheringSink sink(client);
  for (;;) {
    const auto news = feed.after(after, kSignOfLife, reader);
    if (reader.cancelled()) return;
    for (const auto& event : news.events)
      if (!write_event(sink, *event)) return;
    if (!news.events.empty()) after = news.events.back()->id;
    else if (!news.is_last) sink.write(": still running\n\n");
    if (!sink.flush() || news.is_last) return;
  }
}

Result<Response> watch(workflow::RunService& runs, const Request& request) {
  const auto last = last_event_of(request);
  if (!last) return last.error();
  const auto feed = runs.watch(request.caller().user, run_of(request), *last);
  if (!feed) return feed.error();
  return event_stream([feed = *feed, after = *last, client_left = request.client_left(),
                       stopping = request.stopping](StreamSink& sink) {
    base::CancelSource reader;
    const auto leaving = client_left.on_cancel([&reader] { reader.cancel(); });
    const auto ending = stopping.on_cancel([&reader] { reader.cancel(); });
    follow(*feed, after, reader.token(), sink);
  });
}

Result<store::RunQuery> query_of(const Request& request) {
  store::RunQuery query;
  if (const auto workflow = request.query_value("workflow_id")) query.workflow_id = std::string(*workflow);
  if (const auto before = request.query_value("before")) query.before = base::RunId(std::string(*before));
  const auto limit = query_number(request, "limit", kLargestPage);
  if (!limit) return limit.error();
  query.limit = limit->value_or(kUsualPage);
  return query;
}

}  // namespace

std::vector<Route> run_routes(const Services& services) {
  auto& runs = services.runs;

  const Handler execute = [&runs](const Request& request) -> Result<Response> {
    auto prepared = prepare(runs, request);
    if (!prepared) return std::move(prepared.error());
    const auto client_left = request.client_left();
    if (!wants_events(request)) return json_response(200, runs.run(std::move(*prepared), client_left));
    // Shared, because a std::function must be copyable.
    auto shared = std::make_shared<workflow::PreparedRun>(std::move(*prepared));
    return event_stream(
        [&runs, shared, client_left](StreamSink& sink) { stream_run(runs, std::move(*shared), client_left, sink); });
  };
  const Handler start = [&runs](const Request& request) -> Result<Response> {
    auto prepared = prepare(runs, request);
    if (!prepared) return std::move(prepared.error());
    const auto id = runs.start(std::move(*prepared));
    if (!id) return id.error();
    return json_response(202, api::StartedRun{id->text()});
  };
  const Handler list = [&runs](const Request& request) -> Result<Response> {
    const auto query = query_of(request);
    if (!query) return query.error();
    const auto all = runs.list(request.caller().user, *query);
    if (!all) return all.error();
    return json_response(200, *all);
  };
  const Handler get = [&runs](const Request& request) -> Result<Response> {
    auto run = runs.get(request.caller().user, run_of(request));
    if (!run) return std::move(run.error());
    return text_response(200, "application/json", std::move(*run));
  };
  const Handler events = [&runs](const Request& request) { return watch(runs, request); };
  const Handler cancel = [&runs](const Request& request) -> Result<Response> {
    const auto id = run_of(request);
    if (auto cancelled = runs.cancel(request.caller().user, id); !cancelled) return cancelled.error();
    return json_response(202, api::StartedRun{id.text()});
  };

  return {
      Route{"POST", "/api/workflows/{id}/execute", execute}
          .may_take<api::ExecuteRequest>(kWorkflowBodyCap)
          .gives<api::RunResult>("runs a workflow, or a draft with the id 'draft', while the client waits")
          .or_events(),
      Route{"POST", "/api/workflows/{id}/runs", start}
          .may_take<api::ExecuteRequest>(kWorkflowBodyCap)
          .gives<api::StartedRun>("begins a run that goes on without the client", 202),
      Route{"GET", "/api/runs", list}
          .asks<std::string>("workflow_id", "of this workflow alone")
          .asks<std::string>("before", "only runs older than the one with this id")
          .asks<std::int64_t>("limit", "how many at most: 1 to 200, usually 50")
          .gives<std::vector<api::RunSummary>>("lists runs, newest first"),
      Route{"GET", "/api/runs/{id}", get}.gives<api::RunDetails>("tells what a run did and what came out"),
      Route{"GET", "/api/runs/{id}/events", events}
          .asks<std::int64_t>("Last-Event-ID", "the id of the last event that the reader has", In::Header)
          .gives_text("follows a run by its events", "text/event-stream"),
      Route{"POST", "/api/runs/{id}/cancel", cancel}.gives<api::StartedRun>("cancels a run", 202),
  };
}

}  // namespace ownkey::http
