#include "server/workflow/live_runs.h"

#include <algorithm>
#include <utility>

namespace ownkey::workflow {
namespace {

constexpr std::chrono::minutes kRecent{2};
constexpr std::size_t kMaxRecentBytes = std::size_t{32} << 20;

}  // namespace

std::shared_ptr<LiveRun> LiveRuns::add(PreparedRun prepared, Waited waited) {
  auto run = std::make_shared<LiveRun>(std::move(prepared), waited, clock_);
  const std::scoped_lock lock(lock_);
  live_.emplace(run->run.id, run);
  return run;
}

void LiveRuns::finish(const std::shared_ptr<LiveRun>& run) {
  // What is let go is destroyed without the lock.
  std::vector<Recent> old;
  const std::scoped_lock lock(lock_);
  live_.erase(run->run.id);
  ended_.notify_all();
  recent_.push_back({run->run.user, run->run.id, run->feed, clock_.steady() + kRecent});
  recent_bytes_ += run->feed->bytes();
  while (!recent_.empty() && (recent_bytes_ > kMaxRecentBytes || recent_.front().until < clock_.steady())) {
    recent_bytes_ -= recent_.front().feed->bytes();
    old.push_back(std::move(recent_.front()));
    recent_.pop_front();
  }
}

std::shared_ptr<LiveRun> LiveRuns::find(const base::UserId& user, const base::RunId& id) const {
  const std::scoped_lock lock(lock_);
  const auto found = live_.find(id);
  return found == live_.end() || found->second->run.user != user ? nullptr : found->second;
}

std::shared_ptr<RunFeed> LiveRuns::feed_of(const base::UserId& user, const base::RunId& id) const {
  if (const auto run = find(user, id)) return run->feed;
  const std::scoped_lock lock(lock_);
  const auto found =
      std::ranges::find_if(recent_, [&](const Recent& recent) { return recent.id == id && recent.user == user; });
  return found == recent_.end() ? nullptr : found->feed;
}

std::vector<std::shared_ptr<LiveRun>> LiveRuns::all() const {
  const std::scoped_lock lock(lock_);
  std::vector<std::shared_ptr<LiveRun>> runs;
  for (const auto& [id, run] : live_) runs.push_back(run);
  return runs;
}

std::vector<std::shared_ptr<LiveRun>> LiveRuns::in_background_of(const base::UserId& user) const {
  auto runs = all();
  std::erase_if(runs, [&](const auto& run) { return run->run.user != user || run->waited == Waited::Yes; });
  return runs;
}

void LiveRuns::wait_for_an_end(std::chrono::milliseconds patience) {
  std::unique_lock lock(lock_);
  if (!live_.empty()) ended_.wait_for(lock, patience);
}

}  // namespace ownkey::workflow
