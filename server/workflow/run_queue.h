// RunQueue: whose run may begin. So many at once for each person and for all together; what is beyond waits, and turns
// go round the people who wait, so that nobody's hundred runs delay another's one. Safe from several threads.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <unordered_map>

#include "server/base/cancel_token.h"
#include "server/base/ids.h"
#include "shared/result.h"

namespace ownkey::workflow {

struct QueueLimits {
  std::size_t per_user = 16;
  std::size_t at_once = 512;
  std::size_t waiting_per_user = 100;
  std::size_t waiting_bytes_per_user = std::size_t{16} << 20;  // of what they are to begin with
};

class RunQueue {
 public:
  // A place in the queue and then, when it is granted, the right to run; given back by give_back(), or when this goes.
  // Must not outlive the queue.
  class Turn {
   public:
    ~Turn();
    Turn(const Turn&) = delete;
    Turn& operator=(const Turn&) = delete;

    // 0 when granted, else its place among the waiting runs of the same person.
    std::size_t position() const;
    // Until granted, or cancelled.
    void wait(const base::CancelToken& cancel);
    // Called once when granted: at once on this thread, or later on another. Must be short, and must not throw. It may
    // give the turn back; who gets it then is called after it, not within it.
    void when_granted(std::function<void()> call);
    // Grants it out of turn: for a run that is only to be ended.
    void grant_now();
    void give_back();

   private:
    friend class RunQueue;
    Turn(RunQueue& queue, base::UserId user, std::size_t bytes)
        : queue_(queue), user_(std::move(user)), bytes_(bytes) {}

    RunQueue& queue_;
    const base::UserId user_;
    const std::size_t bytes_;
    bool granted_ = false;
    bool counts_ = false;  // among those that run
    std::function<void()> then_;
    std::condition_variable_any changed_;
  };

  explicit RunQueue(QueueLimits limits) : limits_(limits) {}

  // `bytes`: what a waiting run holds meanwhile. RateLimited when this person has too many waiting, or too much.
  Result<std::shared_ptr<Turn>> enter(const base::UserId& user, std::size_t bytes = 0);

 private:
  struct Person {
    std::size_t running = 0;
    std::deque<Turn*> waiting;
  };

  // Under the lock; call_granted() follows without it.
  void grant_next();
  void grant(Turn& turn);
  // One after the other, whichever thread they were granted by: a call that granted the next one by itself, and that
  // one the next, would go as deep as the queue is long.
  void call_granted();
  bool stop_waiting(Turn& turn);
  void forget_if_idle(const base::UserId& user);

  const QueueLimits limits_;
  mutable std::mutex lock_;
  std::size_t running_ = 0;
  std::unordered_map<base::UserId, Person> people_;
  std::deque<base::UserId> round_;           // those who wait, each once, the next first
  std::deque<std::function<void()>> calls_;  // of those who were granted their turn
  bool calling_ = false;                     // some thread is in call_granted()
};

}  // namespace ownkey::workflow
