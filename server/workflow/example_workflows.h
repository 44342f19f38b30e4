// Workflows to begin with, offered to whoever has none yet. Each runs as it is, once the keys that it names are there.
#pragma once

#include <vector>

#include "shared/api/workflows.h"

namespace ownkey::workflow {

const std::vector<api::ExampleWorkflow>& example_workflows();

}  // namespace ownkey::workflow
