// WorkerPool: threads that grow with the work and go again when it is done. Safe from several threads.
//
// Requests wait on providers and streams for minutes, so work must not queue behind running work: a thread is added
// whenever no idle one is left. Callers bound the number of jobs (a connection has at most one at a time).
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <list>
#include <mutex>
#include <thread>

namespace ownkey::http {

class WorkerPool {
 public:
  using Job = std::function<void()>;  // must not throw

  // Keeps `least` threads, or fewer until that many were needed at once.
  explicit WorkerPool(std::size_t least) : least_(least) {}
  // Finishes what was submitted.
  ~WorkerPool();

  void submit(Job job);
  std::size_t threads() const;

 private:
  using Threads = std::list<std::thread>;

  void work(Threads::iterator self);
  void join_ended(std::unique_lock<std::mutex>& lock);

  const std::size_t least_;
  mutable std::mutex mutex_;
  std::condition_variable has_work_;
  std::condition_variable all_ended_;
  std::deque<Job> jobs_;
  Threads threads_;
  Threads ended_;  // still to be joined
  std::size_t idle_ = 0;
  bool closing_ = false;
};

}  // namespace ownkey::http
