// Running one node by its settings: with a time limit, and again after an error that may pass.
#pragma once

#include "server/base/deadlines.h"
#include "server/workflow/graph.h"
#include "server/workflow/node_kind.h"

namespace ownkey::workflow {

struct NodeAttempts {
  NodeResult result;  // of the last; its usage is that of all
  int count = 1;
};

NodeAttempts attempt_node(const Node& node, NodeContext context, base::Deadlines& deadlines);

void add_usage(std::optional<api::Usage>& sum, const std::optional<api::Usage>& more);

}  // namespace ownkey::workflow
