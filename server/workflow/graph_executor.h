// GraphExecutor: runs a graph once. A node runs when all its parents are done, several at once where the graph allows
// it.
//
// Its inputs are the outputs of its parents merged in the order of the edges (inputs.h), so the result does not depend
// on timing. When a node fails, what lies behind it is skipped, other branches finish, and the run is an error: never a
// success. Behind a condition, the branch that was not taken is skipped, and that is no error; a node in which a taken
// and an untaken branch meet runs with what came over the taken one. Safe from several threads. Borrows everything it
// is given for the time of the call.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string_view>
#include <vector>

#include "server/base/cancel_token.h"
#include "server/base/clock.h"
#include "server/base/deadlines.h"
#include "server/llm/llm_service.h"
#include "server/workflow/graph.h"
#include "server/workflow/node_workers.h"
#include "server/workflow/tools/tools.h"
#include "shared/api/runs.h"
#include "shared/json.h"

namespace ownkey::workflow {

// What happens in a run, as it happens: "node.started", "node.delta", "node.tool_call", "node.tool_result",
// "node.finished", "node.failed".
struct RunEvent {
  std::string_view name;
  json data;
};
// Called by one thread at a time.
using OnRunEvent = std::function<void(const RunEvent&)>;

struct RunLimits {
  std::optional<std::chrono::seconds> timeout = {};
  std::optional<std::int64_t> tokens = {};
};

struct RunOptions {
  base::CancelToken cancel = {};
  OnRunEvent on_event = {};
  RunLimits limits = {};
};

struct GraphRun {
  api::RunStatus status = api::RunStatus::Success;
  json results = json::object();    // node id → output, of the nodes that succeeded
  std::vector<api::LogEntry> logs;  // one per node, in the order in which they began
};

class GraphExecutor {
 public:
  GraphExecutor(NodeWorkers& workers, Tools& tools, base::Deadlines& deadlines, const base::Clock& clock)
      : workers_(workers), tools_(tools), deadlines_(deadlines), clock_(clock) {}

  // `initial_inputs` is an object.
  GraphRun run(const Graph& graph, const json& initial_inputs, llm::UserLlm& llm, const RunOptions& options = {});

 private:
  NodeWorkers& workers_;
  Tools& tools_;
  base::Deadlines& deadlines_;
  const base::Clock& clock_;
};

}  // namespace ownkey::workflow
