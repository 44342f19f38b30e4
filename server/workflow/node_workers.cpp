#include "server/workflow/node_workers.h"

#include <chrono>
#include <system_error>
#include <thread>
#include <utility>

namespace ownkey::workflow {
namespace {

constexpr auto kIdleTime = std::chrono::seconds(10);

}  // namespace

NodeWorkers::~NodeWorkers() {
  std::unique_lock lock(lock_);
  stopping_ = true;
  changed_.notify_all();
  changed_.wait(lock, [this] { return threads_ == 0; });
}

bool NodeWorkers::try_run(std::function<void()> work) {
  const std::scoped_lock lock(lock_);
  if (stopping_) return false;
  if (idle_ <= waiting_.size()) {
    if (threads_ >= most_ || !add_thread()) return false;
  }
  waiting_.push_back(std::move(work));
  changed_.notify_one();
  return true;
}

// Under the lock. False when the system has no thread to give.
bool NodeWorkers::add_thread() {
  try {
    std::thread([this] { serve(); }).detach();
  } catch (const std::system_error&) {
    return false;
  }
  ++threads_;
  ++idle_;
  return true;
}

void NodeWorkers::serve() {
  std::unique_lock lock(lock_);
  for (;;) {
    const bool woken = changed_.wait_for(lock, kIdleTime, [this] { return stopping_ || !waiting_.empty(); });
    if (waiting_.empty()) {
      if (!woken || stopping_) break;
      continue;
    }
    auto work = std::move(waiting_.front());
    waiting_.pop_front();
    --idle_;
    lock.unlock();
    work();
    work = nullptr;  // what it holds is let go before this thread counts as idle
    lock.lock();
    ++idle_;
  }
  --idle_;
  --threads_;
  // Under the lock: after it is released the destructor may have finished already.
  changed_.notify_all();
}

}  // namespace ownkey::workflow
