// SessionRequests: the requests under way of each session, so that they end with it. Safe from several threads.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "server/base/cancel_token.h"
#include "server/base/ids.h"

namespace ownkey::http {

class SessionRequests {
 public:
  // A request is known as long as its entry lives; the registry must outlive it.
  using Entry = std::shared_ptr<void>;

  // `request` is cancelled when the session ends.
  [[nodiscard]] Entry enter(const base::SessionId& session, base::CancelSource request);
  void end(const base::SessionId& session);

 private:
  std::mutex mutex_;
  std::multimap<std::string, base::CancelSource> requests_;  // by session id
};

}  // namespace ownkey::http
