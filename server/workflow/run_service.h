// RunService: runs workflows for people, each on the keys of the person who runs them, and tells about their runs.
// Safe from several threads. Borrows everything it is given, which must outlive it. Call stop() before it goes.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "server/accounts/preferences.h"
#include "server/base/cancel_token.h"
#include "server/base/clock.h"
#include "server/base/ids.h"
#include "server/crypto/random.h"
#include "server/llm/llm_service.h"
#include "server/workflow/graph_executor.h"
#include "server/workflow/live_runs.h"
#include "server/workflow/node_workers.h"
#include "server/workflow/run_figures.h"
#include "server/workflow/run_history.h"
#include "server/workflow/run_queue.h"
#include "server/workflow/workflows.h"
#include "shared/api/runs.h"
#include "shared/api/workflows.h"
#include "shared/result.h"

namespace ownkey::workflow {

// The id under which an unsaved graph is run.
inline constexpr std::string_view kDraft = "draft";

// Called by one thread at a time.
using OnNumberedEvent = std::function<void(const NumberedEvent&)>;

// A run as RunService::get() tells it, and where it stands.
struct WholeRun {
  store::RunPlace place;
  std::string text;
};

class RunService {
 public:
  struct Parts {
    Workflows& workflows;
    accounts::Preferences& preferences;
    llm::LlmService& llm;
    GraphExecutor& executor;
    RunQueue& queue;
    RunHistory& history;
    NodeWorkers& background;  // threads for runs that nobody waits for
    crypto::Random& random;
    const base::Clock& clock;
  };

  // A run gets no more than `limits`; how much of the time is up to the request, or else to the person's preferences.
  RunService(Parts parts, RunLimits limits) : parts_(parts), limits_(limits), live_(parts.clock) {}

  // Checks the request before anything runs, so that what is wrong with it is an error of the request and not of a run.
  Result<PreparedRun> prepare(const base::UserId& user, const base::WorkflowId& workflow,
                              const api::ExecuteRequest& request);

  // Waits for its turn and runs it to its end on this thread. With `on_event`, "run.started" comes first (after
  // "run.queued", if it waits), "run.finished" last.
  api::RunResult run(PreparedRun prepared, const base::CancelToken& cancel, const OnNumberedEvent& on_event = {});
  // Runs it without anybody who waits.
  Result<base::RunId> start(PreparedRun prepared);

  // Newest first. Queued and running ones are among them.
  Result<std::vector<api::RunSummary>> list(const base::UserId& user, const store::RunQuery& query);
  // One of those with its results and logs, as far as they are there: the text of an api::RunDetails. NotFound for
  // somebody else's run: so do the others.
  Result<std::string> get(const base::UserId& user, const base::RunId& id);
  // For whom all of them would be too much: the newest, or the newest of those older than a place; nothing when there
  // is none.
  Result<std::optional<WholeRun>> next_whole(const base::UserId& user,
                                             const std::optional<store::RunPlace>& older_than);
  // Its events after that one; of a run that ended long ago, the last alone.
  Result<std::shared_ptr<RunFeed>> watch(const base::UserId& user, const base::RunId& id, std::int64_t after_event);
  // Asks it to end; nothing happens when it has ended.
  Result<void> cancel(const base::UserId& user, const base::RunId& id);

  // Asks the runs of a person that nobody waits for to end; the others end with their requests. Does not wait.
  void cancel_background(const base::UserId& user);
  // Of all those for whom this holds.
  void cancel_background_if(const std::function<bool(const base::UserId&)>& has_ended);
  // Ends all runs, which the history then calls interrupted, and begins no more.
  void stop();

  void write_figures(base::MetricsText& text) const;

 private:
  // Whether what the nodes do is worth telling; putting it into words costs more than many a node.
  enum class Detail { Outline, Nodes };

  // A run that was begun. It is over when this goes, whatever was thrown meanwhile: else whoever waits for it waits for
  // ever, and so does stop(). Of a run that is over, the service may be gone already.
  struct Begun {
    Begun(RunService& its_service, std::shared_ptr<LiveRun> run) : service(its_service), live(std::move(run)) {}
    ~Begun() {
      if (!live->over) service.end(live);
    }
    Begun(const Begun&) = delete;
    Begun& operator=(const Begun&) = delete;

    RunService& service;
    const std::shared_ptr<LiveRun> live;
  };
  using SharedBegun = std::shared_ptr<const Begun>;

  api::RunResult carry_out(const std::shared_ptr<LiveRun>& live, Detail detail, const OnNumberedEvent& on_event);
  api::RunResult execute(LiveRun& live, const OnRunEvent& on_event);
  void begin_in_background(const SharedBegun& begun);
  void carry_out_alone(const SharedBegun& begun);
  // Tells of its end, and ends it.
  RunFeed::Event finish(const std::shared_ptr<LiveRun>& live, const api::RunResult& result, Detail detail,
                        std::optional<api::NodeError> error);
  void end(const std::shared_ptr<LiveRun>& live);
  api::RunSummary summary_of(const base::UserId& user, const store::RunRow& row) const;
  std::string whole(const base::UserId& user, const store::RunRow& row) const;

  const Parts parts_;
  const RunLimits limits_;
  LiveRuns live_;
  RunFigures figures_;
  std::atomic<bool> stopping_ = false;
};

}  // namespace ownkey::workflow
