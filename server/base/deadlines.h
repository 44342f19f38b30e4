// Deadlines: cancels work that takes too long. One thread watches over all of them; it starts with the first.
// Safe from several threads.
//
//   base::Deadline limit(deadlines, cancel, std::chrono::seconds(30));
//   work(limit.token());
//   if (limit.passed()) …    // it was cancelled because its time was over
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>

#include "server/base/cancel_token.h"

namespace ownkey::base {

class Deadlines {
 public:
  Deadlines() = default;
  // No Deadline may be left.
  ~Deadlines();
  Deadlines(const Deadlines&) = delete;
  Deadlines& operator=(const Deadlines&) = delete;

 private:
  friend class Deadline;
  struct Alarm {
    CancelSource source;
    std::atomic<bool> passed = false;
  };
  using Times = std::multimap<std::chrono::steady_clock::time_point, std::shared_ptr<Alarm>>;

  void add(std::chrono::steady_clock::time_point time, std::shared_ptr<Alarm> alarm);
  void remove(std::chrono::steady_clock::time_point time, const std::shared_ptr<Alarm>& alarm);
  void watch();

  std::mutex lock_;
  std::condition_variable changed_;
  Times times_;
  std::chrono::steady_clock::time_point sleeps_until_{};  // the thread; the past while it is awake
  bool stopping_ = false;
  std::thread thread_;
};

class Deadline {
 public:
  // `parent` cancels too; without a time it alone does.
  Deadline(Deadlines& deadlines, const CancelToken& parent, std::optional<std::chrono::milliseconds> time);
  ~Deadline();
  Deadline(const Deadline&) = delete;
  Deadline& operator=(const Deadline&) = delete;

  const CancelToken& token() const { return token_; }
  bool passed() const { return alarm_ && alarm_->passed; }

 private:
  Deadlines& deadlines_;
  std::chrono::steady_clock::time_point time_{};
  std::shared_ptr<Deadlines::Alarm> alarm_;  // null without a time
  CancelToken token_;
  CancelToken::Registration parent_;
};

}  // namespace ownkey::base
