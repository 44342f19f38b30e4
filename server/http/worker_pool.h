// WorkerPool: threads that grow with the work and go again when it is done. Safe from several threads.
//
// Requests wait on providers and streams for minutes, so work must not queue behind running work: a thread is added
// whenever no idle one is left. Callers bound the number of jobs (a connection has at most one at a time). Where the
// system gives no more threads, jobs wait for those that are there.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <list>
#include <mutex>
#include <thread>
#include <utility>

namespace ownkey::http {

class WorkerPool {
 public:
  using Job = std::function<void()>;  // must not throw

  // Throws std::system_error when there is no thread to be had.
  using StartThread = std::function<std::thread(std::function<void()>)>;

  // Keeps `least` threads (at least 1), or fewer until that many were needed at once. Begins with one, so that work is
  // always done some time; throws when not even that can be had.
  explicit WorkerPool(std::size_t least, StartThread start = start_thread);
  // Finishes what was submitted.
  ~WorkerPool();

  void submit(Job job);
  std::size_t threads() const;

 private:
  using Threads = std::list<std::thread>;

  static std::thread start_thread(std::function<void()> run) { return std::thread(std::move(run)); }

  void add_thread();
  void work(Threads::iterator self);
  void join_ended(std::unique_lock<std::mutex>& lock);

  const std::size_t least_;
  const StartThread start_;
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
