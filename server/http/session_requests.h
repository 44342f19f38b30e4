// SessionRequests: the requests under way of each session, so that they end with it. Safe from several threads.
#pragma once

#include <cstdint>
#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <utility>

#include "server/base/cancel_token.h"
#include "server/http/message.h"

namespace ownkey::http {

class SessionRequests {
 public:
  // A request is known as long as its entry lives; the registry must outlive it.
  using Entry = std::shared_ptr<void>;

  // `request` is cancelled when the session ends. It may have ended already, after it was looked up: when endings() is
  // more by now than before that, look again.
  [[nodiscard]] Entry enter(const Session& session, base::CancelSource request);
  // Of all sessions that have ended.
  void end(const std::function<bool(const Session&)>& has_ended);
  // How often end() was called.
  std::uint64_t endings() const;

 private:
  mutable std::mutex mutex_;
  std::list<std::pair<Session, base::CancelSource>> requests_;
  std::uint64_t endings_ = 0;
};

}  // namespace ownkey::http
