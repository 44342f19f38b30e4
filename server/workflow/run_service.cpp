#include "server/workflow/run_service.h"

#include <utility>

#include "shared/fields.h"

namespace ownkey::workflow {
namespace {

Result<Graph> draft_graph(const api::ExecuteRequest& request) {
  if (!request.nodes || !request.edges)
    return invalid(request.nodes ? "edges" : "nodes", "a draft is not stored here; send its nodes and edges along");
  return Graph::parse({{"nodes", *request.nodes}, {"edges", *request.edges}});
}

}  // namespace

Result<PreparedRun> RunService::prepare(const base::UserId& user, const base::WorkflowId& workflow,
                                        const api::ExecuteRequest& request) {
  const bool is_draft = workflow.text() == kDraft;
  if (!is_draft && (request.nodes || request.edges))
    return invalid(request.nodes ? "nodes" : "edges",
                   "only the workflow id 'draft' takes nodes and edges; save the workflow to change it");
  json inputs = request.initial_inputs.value_or(json::object());
  if (!inputs.is_object()) return invalid("initial_inputs", "'initial_inputs' must be an object");
  auto graph = [&]() -> Result<Graph> {
    if (is_draft) return draft_graph(request);
    const auto stored = workflows_.get(user, workflow);
    if (!stored) return stored.error();
    return Graph::parse(stored->canvas_state, "canvas_state");
  }();
  if (!graph) return std::move(graph.error());
  return PreparedRun{user, workflow.text(), base::RunId(crypto::new_id(random_)), std::move(*graph), std::move(inputs)};
}

api::RunResult RunService::run(const PreparedRun& prepared, const base::CancelToken& cancel,
                               const OnRunEvent& on_event) {
  if (on_event) on_event({"run.started", {{"run_id", prepared.id.text()}, {"workflow_id", prepared.workflow_id}}});
  auto llm = llm_.for_user(prepared.user, prepared.workflow_id);
  auto run = executor_.run(prepared.graph, prepared.initial_inputs, llm, cancel, on_event);
  api::RunResult result{prepared.workflow_id, prepared.id.text(), run.status, std::move(run.results),
                        std::move(run.logs)};
  if (on_event) on_event({"run.finished", to_json(result)});
  return result;
}

}  // namespace ownkey::workflow
