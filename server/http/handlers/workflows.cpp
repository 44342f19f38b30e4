// A person's stored workflows.
#include <utility>

#include "server/http/handlers/handlers.h"
#include "server/workflow/example_workflows.h"
#include "shared/api/status.h"
#include "shared/api/workflows.h"

namespace ownkey::http {
namespace {

base::WorkflowId id_of(const Request& request) { return base::WorkflowId(request.parameter("id")); }

// The answer with the message, or the error.
Result<Response> answer(int status, const Result<api::Workflow>& workflow) {
  if (!workflow) return workflow.error();
  return json_response(status, *workflow);
}

}  // namespace

std::vector<Route> workflow_routes(const Services& services) {
  auto& workflows = services.workflows;

  const Handler list = [&workflows, &llm = services.llm](const Request& request) -> Result<Response> {
    const auto& user = request.caller().user;
    // Nice to know, but no reason to keep the list back.
    const auto ends = llm.for_user(user).model_ends();
    auto all = workflows.list(user, ends ? *ends : llm::announced_ends());
    if (!all) return all.error();
    return text_response(200, "application/json", std::move(*all));
  };
  const Handler create = [&workflows](const Request& request) -> Result<Response> {
    const auto message = body_of<api::SaveWorkflowRequest>(request);
    if (!message) return message.error();
    return answer(201, workflows.create(request.caller().user, *message, request.client()));
  };
  const Handler get = [&workflows](const Request& request) -> Result<Response> {
    return answer(200, workflows.get(request.caller().user, id_of(request)));
  };
  const Handler replace = [&workflows](const Request& request) -> Result<Response> {
    const auto message = body_of<api::SaveWorkflowRequest>(request);
    if (!message) return message.error();
    return answer(200, workflows.replace(request.caller().user, id_of(request), *message, request.client()));
  };
  const Handler remove = [&workflows](const Request& request) -> Result<Response> {
    if (auto removed = workflows.remove(request.caller().user, id_of(request), request.client()); !removed)
      return removed.error();
    return json_response(200, api::Status{"success"});
  };

  const Handler tools = [&all = services.tools](const Request&) -> Result<Response> {
    std::vector<api::ToolEntry> entries;
    for (const auto& tool : all.all()) {
      auto reason = tool->unavailable();
      auto& entry = entries.emplace_back(api::ToolEntry{
          std::string(tool->name()), std::string(tool->description()), tool->args(), reason.empty(), {}});
      if (!reason.empty()) entry.unavailable_reason = std::move(reason);
    }
    return json_response(200, entries);
  };
  const Handler examples = [](const Request&) -> Result<Response> {
    return json_response(200, workflow::example_workflows());
  };

  return {
      Route{"GET", "/api/workflows", list}.gives<std::vector<api::Workflow>>("lists the person's workflows"),
      Route{"GET", "/api/workflows/tools", tools}.gives<std::vector<api::ToolEntry>>(
          "lists the tools that workflows may use"),
      Route{"GET", "/api/workflows/examples", examples}.gives<std::vector<api::ExampleWorkflow>>(
          "lists workflows to begin with"),
      Route{"POST", "/api/workflows", create}
          .takes<api::SaveWorkflowRequest>(kWorkflowBodyCap)
          .gives<api::Workflow>("stores a workflow", 201),
      Route{"GET", "/api/workflows/{id}", get}.gives<api::Workflow>("gives a workflow as it was stored"),
      Route{"PUT", "/api/workflows/{id}", replace}
          .takes<api::SaveWorkflowRequest>(kWorkflowBodyCap)
          .gives<api::Workflow>("replaces a workflow"),
      Route{"DELETE", "/api/workflows/{id}", remove}.gives<api::Status>("deletes a workflow"),
  };
}

}  // namespace ownkey::http
