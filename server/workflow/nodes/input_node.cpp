// `input`: where a run begins. Its output is its data with the run's initial inputs laid over it.
#include "server/workflow/nodes/nodes.h"

namespace ownkey::workflow {

Result<void> check_input(const json&, const std::string&) { return {}; }

NodeResult run_input(const NodeContext& context) {
  json output = context.data;
  output.update(context.initial_inputs);
  return NodeOutcome{std::move(output)};
}

}  // namespace ownkey::workflow
