#include "web/state/new_workflow.h"

#include <algorithm>

#include "web/state/canvas.h"

namespace ownkey::state {

Result<api::SaveWorkflowRequest> read_import(std::string_view text) {
  auto parsed = parse_json(text);
  if (!parsed) return invalid("", "this is not the JSON of a workflow: " + parsed.error().public_text);
  json& all = *parsed;
  const bool is_whole = all.is_object() && all.contains("canvas_state");
  json canvas = is_whole ? all["canvas_state"] : all;
  if (!canvas.is_object() || !canvas.contains("nodes"))
    return invalid("", "there is no workflow in this JSON; it needs nodes and edges");
  if (!canvas.contains("edges")) canvas["edges"] = json::array();
  const std::string_view name = text_in(all, "name");
  return api::SaveWorkflowRequest{std::string(name.empty() ? "Imported workflow" : name),
                                  std::string(text_in(all, "description")),
                                  std::move(canvas),
                                  {}};
}

std::string unused_name(const std::string& name, const std::vector<api::Workflow>& workflows) {
  std::string candidate = name;
  const auto is_candidate = [&](const api::Workflow& workflow) { return workflow.name == candidate; };
  for (int number = 2; std::any_of(workflows.begin(), workflows.end(), is_candidate); ++number)
    candidate = name + " " + std::to_string(number);
  return candidate;
}

}  // namespace ownkey::state
