// NodeWorkers: threads that run nodes beside the thread that runs a workflow, when several nodes are ready at once.
//
// Safe from several threads. Threads come when they are needed and go when they were idle for a while; a helper that
// finds no free thread is refused, and the caller does the work itself. The destructor waits for what is running.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>

namespace ownkey::workflow {

class NodeWorkers {
 public:
  explicit NodeWorkers(std::size_t most) : most_(most) {}
  ~NodeWorkers();
  NodeWorkers(const NodeWorkers&) = delete;
  NodeWorkers& operator=(const NodeWorkers&) = delete;

  // False when all threads are busy.
  bool try_run(std::function<void()> work);

 private:
  bool add_thread();
  void serve();

  std::size_t most_;
  std::mutex lock_;
  std::condition_variable changed_;
  std::deque<std::function<void()>> waiting_;
  std::size_t threads_ = 0;
  std::size_t idle_ = 0;
  bool stopping_ = false;
};

}  // namespace ownkey::workflow
