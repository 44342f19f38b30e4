// Running a workflow and waiting for its end, or watching it on the way.
#include <memory>
#include <utility>

#include "server/base/cancel_token.h"
#include "server/http/handlers/handlers.h"
#include "shared/api/runs.h"

namespace ownkey::http {
namespace {

bool wants_events(const Request& request) {
  return request.header("accept").value_or("").find("text/event-stream") != std::string_view::npos;
}

std::string event_text(std::size_t id, const workflow::RunEvent& event) {
  return "id: " + std::to_string(id) + "\nevent: " + std::string(event.name) + "\ndata: " + dump_json(event.data) +
         "\n\n";
}

// Writes the run's events as they come. A run that is cancelled still says so; a client that does not read cancels it.
void stream_run(workflow::RunService& runs, const workflow::PreparedRun& prepared, const base::CancelToken& client_left,
                StreamSink& sink) {
  base::CancelSource cancel;
  const auto leaving = client_left.on_cancel([&cancel] { cancel.cancel(); });
  std::size_t id = 0;
  (void)runs.run(prepared, cancel.token(), [&](const workflow::RunEvent& event) {
    if (!sink.write(event_text(++id, event))) cancel.cancel();
  });
}

}  // namespace

std::vector<Route> run_routes(const Services& services) {
  const Handler execute = [&runs = services.runs](const Request& request) -> Result<Response> {
    auto message = request.body.empty() ? Result<api::ExecuteRequest>(api::ExecuteRequest{})
                                        : body_of<api::ExecuteRequest>(request);
    if (!message) return message.error();
    auto prepared = runs.prepare(request.caller().user, base::WorkflowId(request.parameter("id")), *message);
    if (!prepared) return prepared.error();
    const auto client_left = request.client_left();
    if (!wants_events(request)) return json_response(200, runs.run(*prepared, client_left));
    // Shared, because a std::function must be copyable.
    auto shared = std::make_shared<workflow::PreparedRun>(std::move(*prepared));
    return event_stream(
        [&runs, shared, client_left](StreamSink& sink) { stream_run(runs, *shared, client_left, sink); });
  };
  return {{"POST", "/api/workflows/{id}/execute", execute, Access::SignedIn, Body::OptionalJson, kWorkflowBodyCap}};
}

}  // namespace ownkey::http
