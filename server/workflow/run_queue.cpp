#include "server/workflow/run_queue.h"

#include <algorithm>
#include <utility>

namespace ownkey::workflow {

RunQueue::Turn::~Turn() { give_back(); }

void RunQueue::Turn::give_back() {
  {
    const std::scoped_lock lock(queue_.lock_);
    if (!granted_) queue_.stop_waiting(*this);
    granted_ = true;
    if (std::exchange(counts_, false)) {
      --queue_.running_;
      --queue_.people_.at(user_).running;
      queue_.grant_next();
    }
    queue_.forget_if_idle(user_);
  }
  queue_.call_granted();
}

std::size_t RunQueue::Turn::position() const {
  const std::scoped_lock lock(queue_.lock_);
  if (granted_) return 0;
  const auto& waiting = queue_.people_.at(user_).waiting;
  return static_cast<std::size_t>(std::ranges::find(waiting, this) - waiting.begin()) + 1;
}

void RunQueue::Turn::wait(const base::CancelToken& cancel) {
  const auto wake = cancel.on_cancel([this] {
    const std::scoped_lock lock(queue_.lock_);
    changed_.notify_all();
  });
  std::unique_lock lock(queue_.lock_);
  changed_.wait(lock, [&] { return granted_ || cancel.cancelled(); });
}

void RunQueue::Turn::when_granted(std::function<void()> call) {
  {
    const std::scoped_lock lock(queue_.lock_);
    if (!granted_) {
      then_ = std::move(call);
      return;
    }
  }
  call();
}

void RunQueue::Turn::grant_now() {
  {
    const std::scoped_lock lock(queue_.lock_);
    if (granted_ || !queue_.stop_waiting(*this)) return;
    queue_.grant(*this);
  }
  queue_.call_granted();
}

Result<std::shared_ptr<RunQueue::Turn>> RunQueue::enter(const base::UserId& user, std::size_t bytes) {
  // Made and let go without the lock: its end takes the lock itself.
  const std::shared_ptr<Turn> turn(new Turn(*this, user, bytes));
  {
    const std::scoped_lock lock(lock_);
    auto& person = people_[user];
    std::size_t waiting_bytes = bytes;
    for (const auto* waiting : person.waiting) waiting_bytes += waiting->bytes_;
    if (person.waiting.size() >= limits_.waiting_per_user ||
        (!person.waiting.empty() && waiting_bytes > limits_.waiting_bytes_per_user))
      return Error{ErrorKind::RateLimited, "you have " + std::to_string(person.waiting.size()) +
                                               " runs waiting already; wait for some of them, or cancel them"};
    if (person.waiting.empty()) round_.push_back(user);
    person.waiting.push_back(turn.get());
    grant_next();
  }
  call_granted();
  return turn;
}

void RunQueue::grant_next() {
  // Whoever is at their limit keeps their place in the round.
  for (auto next = round_.begin(); next != round_.end() && running_ < limits_.at_once;) {
    auto& person = people_.at(*next);
    if (person.running >= limits_.per_user) {
      ++next;
      continue;
    }
    auto& turn = *person.waiting.front();
    person.waiting.pop_front();
    turn.counts_ = true;
    ++running_;
    ++person.running;
    grant(turn);
    const auto user = *next;
    round_.erase(next);
    if (!person.waiting.empty()) round_.push_back(user);
    next = round_.begin();
  }
}

void RunQueue::grant(Turn& turn) {
  turn.granted_ = true;
  turn.changed_.notify_all();
  if (turn.then_) calls_.push_back(std::exchange(turn.then_, nullptr));
}

void RunQueue::call_granted() {
  std::unique_lock lock(lock_);
  if (calling_) return;  // whoever is at it takes these along
  calling_ = true;
  while (!calls_.empty()) {
    {
      const auto call = std::move(calls_.front());
      calls_.pop_front();
      lock.unlock();
      call();
    }  // what it held is let go without the lock, too
    lock.lock();
  }
  calling_ = false;
}

bool RunQueue::stop_waiting(Turn& turn) {
  const auto person = people_.find(turn.user_);
  if (person == people_.end() || std::erase(person->second.waiting, &turn) == 0) return false;
  if (person->second.waiting.empty()) std::erase(round_, turn.user_);
  return true;
}

void RunQueue::forget_if_idle(const base::UserId& user) {
  const auto person = people_.find(user);
  if (person != people_.end() && person->second.running == 0 && person->second.waiting.empty()) people_.erase(person);
}

}  // namespace ownkey::workflow
