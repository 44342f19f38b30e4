// What a new workflow is made from.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "shared/api/workflows.h"
#include "shared/result.h"

namespace ownkey::state {

// The JSON of an exported workflow, or of a drawing with nodes and edges alone.
Result<api::SaveWorkflowRequest> read_import(std::string_view text);

// The name, or the name and the first number from 2 on that none of the workflows has yet.
std::string unused_name(const std::string& name, const std::vector<api::Workflow>& workflows);

}  // namespace ownkey::state
