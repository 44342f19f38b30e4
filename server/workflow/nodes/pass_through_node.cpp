// `default`, `output` and `end` hand on what they are given: a joint in the graph, and its results.
#include "server/workflow/nodes/nodes.h"

namespace ownkey::workflow {

Result<void> check_pass_through(const json&, const std::string&) { return {}; }

NodeResult run_pass_through(const NodeContext& context) { return NodeOutcome{context.inputs}; }

}  // namespace ownkey::workflow
