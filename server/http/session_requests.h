// SessionRequests: the requests under way of each session, so that they end with it. Safe from several threads.
#pragma once

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

  // `request` is cancelled when the session ends.
  [[nodiscard]] Entry enter(const Session& session, base::CancelSource request);
  // Of all sessions that have ended.
  void end(const std::function<bool(const Session&)>& has_ended);

 private:
  std::mutex mutex_;
  std::list<std::pair<Session, base::CancelSource>> requests_;
};

}  // namespace ownkey::http
