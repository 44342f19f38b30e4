#include "server/base/deadlines.h"

#include <utility>
#include <vector>

namespace ownkey::base {

Deadlines::~Deadlines() {
  {
    const std::scoped_lock lock(lock_);
    stopping_ = true;
  }
  changed_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void Deadlines::add(std::chrono::steady_clock::time_point time, std::shared_ptr<Alarm> alarm) {
  const std::scoped_lock lock(lock_);
  const auto place = times_.emplace(time, std::move(alarm));
  if (!thread_.joinable()) thread_ = std::thread([this] { watch(); });
  // The thread sleeps until the first of them; a later one need not wake it.
  if (place == times_.begin()) changed_.notify_all();
}

void Deadlines::remove(std::chrono::steady_clock::time_point time, const std::shared_ptr<Alarm>& alarm) {
  const std::scoped_lock lock(lock_);
  for (auto [at, end] = times_.equal_range(time); at != end; ++at)
    if (at->second == alarm) {
      times_.erase(at);
      return;
    }
}

void Deadlines::watch() {
  std::unique_lock lock(lock_);
  while (!stopping_) {
    if (times_.empty()) {
      changed_.wait(lock);
      continue;
    }
    const auto first = times_.begin();
    if (const auto time = first->first; std::chrono::steady_clock::now() < time) {
      changed_.wait_until(lock, time);
      continue;
    }
    const auto alarm = std::move(first->second);
    times_.erase(first);
    lock.unlock();
    alarm->passed = true;
    alarm->source.cancel();
    lock.lock();
  }
}

Deadline::Deadline(Deadlines& deadlines, const CancelToken& parent, std::optional<std::chrono::milliseconds> time)
    : deadlines_(deadlines), token_(parent) {
  if (!time) return;
  time_ = std::chrono::steady_clock::now() + *time;
  alarm_ = std::make_shared<Deadlines::Alarm>();
  token_ = alarm_->source.token();
  parent_ = parent.on_cancel([source = alarm_->source]() mutable { source.cancel(); });
  deadlines_.add(time_, alarm_);
}

Deadline::~Deadline() {
  if (alarm_) deadlines_.remove(time_, alarm_);
}

}  // namespace ownkey::base
