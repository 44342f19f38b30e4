// The few fields of a workflow's graph that the page lets people edit, and the ready-made example. All else in the
// graph stays as it came.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "shared/api/runs.h"
#include "shared/api/workflows.h"

namespace ownkey::state {

struct WorkflowFields {
  std::optional<std::string> model;
  std::optional<std::string> prompt;
  bool prompt_is_input = false;  // goes along with each run; otherwise it is part of the stored graph
  bool operator==(const WorkflowFields&) const = default;
};

// The model of the first node that has one; the prompt of the first input node, or else of the model's node. Without a
// value where the graph has no place for it.
WorkflowFields fields_of(const json& canvas_state);
json with_fields(json canvas_state, const WorkflowFields& fields);

// "Ask a model": a question goes in, an answer comes out.
api::SaveWorkflowRequest example_workflow();

// The name, or the name and the first number from 2 on that none of the workflows has yet.
std::string unused_name(const std::string& name, const std::vector<api::Workflow>& workflows);

// What a run came to, as a text for people: the output of the last output node, or of the last node that has any.
std::string answer_of(const api::RunResult& result);

}  // namespace ownkey::state
