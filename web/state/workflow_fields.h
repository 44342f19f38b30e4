// The few fields of a workflow's graph that the page lets people edit, and the ready-made example. All else in the
// graph stays as it came.
#pragma once

#include <string>

#include "shared/api/runs.h"
#include "shared/api/workflows.h"

namespace ownkey::state {

struct WorkflowFields {
  std::string model;
  std::string prompt;
  bool operator==(const WorkflowFields&) const = default;
};

// Of the first node that has them; empty where there is none.
WorkflowFields fields_of(const json& canvas_state);
json with_fields(json canvas_state, const WorkflowFields& fields);

// "Ask a model": a question goes in, an answer comes out.
api::SaveWorkflowRequest example_workflow();

// What a run came to, as a text for people: the output of the last output node, or of the last node that has any.
std::string answer_of(const api::RunResult& result);

}  // namespace ownkey::state
