#include "server/base/deadlines.h"

#include <utility>
#include <vector>

namespace ownkey::base {
namespace {

// When there is nothing to wait for.
constexpr std::chrono::hours kLongSleep{1};

}  // namespace

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
  times_.emplace(time, std::move(alarm));
  if (!thread_.joinable()) thread_ = std::thread([this] { watch(); });
  // Most work ends long before its time. The thread sleeps on for what is gone meanwhile, so that it is not woken for
  // each that begins.
  if (time < sleeps_until_) changed_.notify_all();
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
    const auto first = times_.begin();
    const auto now = std::chrono::steady_clock::now();
    if (first == times_.end() || now < first->first) {
      sleeps_until_ = first == times_.end() ? now + kLongSleep : first->first;
      changed_.wait_until(lock, sleeps_until_);
      sleeps_until_ = {};
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
