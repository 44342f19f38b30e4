#include "server/http/session_requests.h"

#include <utility>
#include <vector>

namespace ownkey::http {

SessionRequests::Entry SessionRequests::enter(const Session& session, base::CancelSource request) {
  const std::lock_guard lock(mutex_);
  const auto place = requests_.emplace(requests_.end(), session, std::move(request));
  return {&place->second, [this, place](void*) {
            const std::lock_guard leaving(mutex_);
            requests_.erase(place);
          }};
}

void SessionRequests::end(const std::function<bool(const Session&)>& has_ended) {
  std::vector<std::pair<Session, base::CancelSource>> requests;
  {
    const std::lock_guard lock(mutex_);
    ++endings_;
    requests.assign(requests_.begin(), requests_.end());
  }
  // Without the lock, which every request needs: the answer may take its time, and what is cancelled calls back and may
  // end its entry.
  for (auto& [session, request] : requests)
    if (has_ended(session)) request.cancel();
}

std::uint64_t SessionRequests::endings() const {
  const std::lock_guard lock(mutex_);
  return endings_;
}

}  // namespace ownkey::http
