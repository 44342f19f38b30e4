// Cancelling work that another thread does. A CancelSource asks, every CancelToken taken from it hears.
//
// Safe from several threads; tokens are cheap to copy. A default token never cancels. cancel() runs the registered
// callbacks on the thread that cancels, so they must be short and must not wait.
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <stop_token>
#include <utility>

namespace ownkey::base {

class CancelToken {
 public:
  // Keeps its callback registered as long as it lives. Its destructor waits for a callback that is running just then.
  using Registration = std::unique_ptr<std::stop_callback<std::function<void()>>>;

  CancelToken() = default;

  bool cancelled() const { return token_.stop_requested(); }

  // Calls back once when cancelled; at once, on this thread, if that has happened already.
  [[nodiscard]] Registration on_cancel(std::function<void()> callback) const {
    return std::make_unique<Registration::element_type>(token_, std::move(callback));
  }

  // False when cancelled before the time was over.
  bool sleep_for(std::chrono::milliseconds duration) const {
    std::mutex mutex;
    std::condition_variable_any wake;
    std::unique_lock lock(mutex);
    return !wake.wait_for(lock, token_, duration, [this] { return cancelled(); });
  }

 private:
  friend class CancelSource;
  explicit CancelToken(std::stop_token token) : token_(std::move(token)) {}

  std::stop_token token_;
};

class CancelSource {
 public:
  void cancel() { source_.request_stop(); }
  CancelToken token() const { return CancelToken(source_.get_token()); }

 private:
  std::stop_source source_;
};

}  // namespace ownkey::base
