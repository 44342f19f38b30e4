// WorkflowServices: all that stores workflows and runs them, put together. Borrows everything it is given, which must
// outlive it.
#pragma once

#include <memory>

#include "server/accounts/preferences.h"
#include "server/base/deadlines.h"
#include "server/config/config.h"
#include "server/installation/installation.h"
#include "server/llm/llm_service.h"
#include "server/store/late_writes.h"
#include "server/workflow/graph_executor.h"
#include "server/workflow/key_uses.h"
#include "server/workflow/node_workers.h"
#include "server/workflow/run_history.h"
#include "server/workflow/run_queue.h"
#include "server/workflow/run_service.h"
#include "server/workflow/tools/tools.h"
#include "server/workflow/workflows.h"
#include "shared/result.h"

namespace ownkey {

struct WorkflowServices {
  // Fails on a setting of the tools that is wrong; the error names it.
  // Whether the settings for tools make sense.
  static Result<void> check(const config::Config& config);

  static Result<std::unique_ptr<WorkflowServices>> create(const config::Config& config, Installation& installation,
                                                          llm::LlmService& llm, store::LateWrites& late,
                                                          accounts::Preferences& preferences);

  // Each holds on to what stands above it.
  const std::unique_ptr<workflow::Tools> tools;
  workflow::Workflows workflows;
  workflow::KeyUses key_uses;
  base::Deadlines deadlines;
  workflow::NodeWorkers node_workers;
  workflow::GraphExecutor executor;
  workflow::RunQueue queue;
  workflow::RunHistory history;
  workflow::NodeWorkers background;
  workflow::RunService runs;

 private:
  WorkflowServices(std::unique_ptr<workflow::Tools> all_tools, const config::Config& config, Installation& installation,
                   llm::LlmService& llm, store::LateWrites& late, accounts::Preferences& preferences);
};

}  // namespace ownkey
