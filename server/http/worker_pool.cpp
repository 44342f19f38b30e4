#include "server/http/worker_pool.h"

#include <algorithm>
#include <chrono>
#include <system_error>

namespace ownkey::http {
namespace {

constexpr std::chrono::seconds kIdleThreadStays{10};

}  // namespace

WorkerPool::WorkerPool(std::size_t least, StartThread start)
    : least_(std::max<std::size_t>(least, 1)), start_(std::move(start)) {
  const std::lock_guard lock(mutex_);
  add_thread();
}

WorkerPool::~WorkerPool() {
  std::unique_lock lock(mutex_);
  closing_ = true;
  has_work_.notify_all();
  all_ended_.wait(lock, [&] { return threads_.empty(); });
  join_ended(lock);
}

void WorkerPool::submit(Job job) {
  std::unique_lock lock(mutex_);
  jobs_.push_back(std::move(job));
  if (jobs_.size() <= idle_) {
    lock.unlock();
    has_work_.notify_one();
    return;
  }
  try {
    add_thread();
  } catch (const std::system_error&) {
    // The job waits for a thread that is there; the next one tries again for another.
  }
  if (!ended_.empty()) join_ended(lock);
}

// Under the lock, which the thread needs before it looks at its handle: the handle is in place by then.
void WorkerPool::add_thread() {
  const auto self = threads_.emplace(threads_.end());
  try {
    *self = start_([this, self] { work(self); });
  } catch (...) {
    threads_.erase(self);
    throw;
  }
}

std::size_t WorkerPool::threads() const {
  const std::lock_guard lock(mutex_);
  return threads_.size();
}

void WorkerPool::work(Threads::iterator self) {
  std::unique_lock lock(mutex_);
  while (true) {
    if (!jobs_.empty()) {
      Job job = std::move(jobs_.front());
      jobs_.pop_front();
      lock.unlock();
      job();
      job = nullptr;
      lock.lock();
      continue;
    }
    if (closing_) break;
    ++idle_;
    const bool woken = has_work_.wait_for(lock, kIdleThreadStays, [&] { return !jobs_.empty() || closing_; });
    --idle_;
    if (!woken && threads_.size() > least_) break;
  }
  ended_.splice(ended_.end(), threads_, self);
  all_ended_.notify_all();
}

void WorkerPool::join_ended(std::unique_lock<std::mutex>& lock) {
  Threads ended;
  ended.swap(ended_);
  lock.unlock();
  for (auto& thread : ended) thread.join();
}

}  // namespace ownkey::http
