#include "server/http/session_requests.h"

#include <utility>
#include <vector>

namespace ownkey::http {

SessionRequests::Entry SessionRequests::enter(const base::SessionId& session, base::CancelSource request) {
  const std::lock_guard lock(mutex_);
  const auto place = requests_.emplace(session.text(), std::move(request));
  return {&place->second, [this, place](void*) {
            const std::lock_guard leaving(mutex_);
            requests_.erase(place);
          }};
}

void SessionRequests::end(const base::SessionId& session) {
  std::vector<base::CancelSource> requests;
  {
    const std::lock_guard lock(mutex_);
    const auto [first, last] = requests_.equal_range(session.text());
    for (auto at = first; at != last; ++at) requests.push_back(at->second);
  }
  // Without the lock: what is cancelled calls back, and may end its entry.
  for (auto& request : requests) request.cancel();
}

}  // namespace ownkey::http
