// RunService: runs workflows for people, each on the keys of the person who runs it.
// Safe from several threads. Borrows everything it is given, which must outlive it.
#pragma once

#include <optional>

#include "server/base/cancel_token.h"
#include "server/base/clock.h"
#include "server/base/ids.h"
#include "server/crypto/random.h"
#include "server/llm/llm_service.h"
#include "server/workflow/graph_executor.h"
#include "server/workflow/workflows.h"
#include "shared/api/runs.h"
#include "shared/api/workflows.h"
#include "shared/result.h"

namespace ownkey::workflow {

// The id under which an unsaved graph is run.
inline constexpr std::string_view kDraft = "draft";

// A run that is about to begin: everything was checked.
struct PreparedRun {
  base::UserId user;
  std::string workflow_id;
  base::RunId id;
  Graph graph;
  json initial_inputs;  // an object
};

class RunService {
 public:
  RunService(Workflows& workflows, llm::LlmService& llm, GraphExecutor& executor, crypto::Random& random)
      : workflows_(workflows), llm_(llm), executor_(executor), random_(random) {}

  // Checks the request before anything runs, so that what is wrong with it is an error of the request and not of a run.
  Result<PreparedRun> prepare(const base::UserId& user, const base::WorkflowId& workflow,
                              const api::ExecuteRequest& request);

  // Runs it to its end on this thread. `on_event` may be empty; otherwise "run.started" comes first, "run.finished"
  // last.
  api::RunResult run(const PreparedRun& prepared, const base::CancelToken& cancel, const OnRunEvent& on_event = {});

 private:
  Workflows& workflows_;
  llm::LlmService& llm_;
  GraphExecutor& executor_;
  crypto::Random& random_;
};

}  // namespace ownkey::workflow
