// LiveRuns: the runs that are queued or under way, and for a little while those that have just ended, so that whoever
// lost their connection at the end still reads it event by event. Safe from several threads.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>
#include <vector>

#include "server/base/cancel_token.h"
#include "server/base/clock.h"
#include "server/base/ids.h"
#include "server/workflow/graph.h"
#include "server/workflow/run_feed.h"
#include "server/workflow/run_queue.h"
#include "shared/json.h"

namespace ownkey::workflow {

// A run that is about to begin: everything was checked, and it has its place in the queue.
struct PreparedRun {
  base::UserId user;
  std::string workflow_id;
  base::RunId id;
  std::shared_ptr<const Graph> graph;
  json initial_inputs;  // an object
  RunLimits limits;
  std::shared_ptr<RunQueue::Turn> turn;  // whoever is done gives it back
};

// Whether somebody waits for its end: their request then ends it when it ends itself.
enum class Waited { Yes, No };

class LiveRun {
 public:
  LiveRun(PreparedRun prepared, Waited is_waited, const base::Clock& clock)
      : run(std::move(prepared)), waited(is_waited), started_at(clock.now()), began(clock.steady()) {}

  const PreparedRun run;
  const Waited waited;
  const base::Time started_at;
  const std::chrono::steady_clock::time_point began;  // the same, for how long it took
  base::CancelSource cancel;
  const std::shared_ptr<RunFeed> feed = std::make_shared<RunFeed>();  // may outlive the run
  std::atomic<bool> interrupted = false;                              // cancelled because the server stops
  std::atomic<bool> over = false;                                     // nothing of the server is used for it any more
  base::CancelToken::Registration at_cancel;
};

class LiveRuns {
 public:
  explicit LiveRuns(const base::Clock& clock) : clock_(clock) {}

  std::shared_ptr<LiveRun> add(PreparedRun prepared, Waited waited);
  // It is over; its feed is closed.
  void finish(const std::shared_ptr<LiveRun>& run);

  // Null when this person has no such run here.
  std::shared_ptr<LiveRun> find(const base::UserId& user, const base::RunId& id) const;
  // Its events, also of one that ended a moment ago.
  std::shared_ptr<RunFeed> feed_of(const base::UserId& user, const base::RunId& id) const;
  std::vector<std::shared_ptr<LiveRun>> all() const;
  std::vector<std::shared_ptr<LiveRun>> in_background_of(const base::UserId& user) const;
  // Until some run has ended, or the time is over.
  void wait_for_an_end(std::chrono::milliseconds patience);

 private:
  // Not the run itself: what went into it may be large, and nobody asks for it any more.
  struct Recent {
    base::UserId user;
    base::RunId id;
    std::shared_ptr<RunFeed> feed;
    std::chrono::steady_clock::time_point until;
  };

  const base::Clock& clock_;
  mutable std::mutex lock_;
  std::condition_variable ended_;
  std::unordered_map<base::RunId, std::shared_ptr<LiveRun>> live_;
  std::deque<Recent> recent_;  // the oldest first
  std::size_t recent_bytes_ = 0;
};

}  // namespace ownkey::workflow
