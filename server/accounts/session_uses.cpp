#include "server/accounts/session_uses.h"

#include <algorithm>
#include <span>
#include <vector>

namespace ownkey::accounts {
namespace {

// Whoever else wants to write waits for a transaction of so many.
constexpr std::size_t kWrittenTogether = 500;

}  // namespace

void SessionUses::note(const base::UserId& user, const base::SessionId& session, base::Time at) {
  const std::scoped_lock lock(lock_);
  uses_.insert_or_assign(session, Use{user, at});
}

base::Time SessionUses::latest(const base::SessionId& session, base::Time stored) const {
  const std::scoped_lock lock(lock_);
  const auto found = uses_.find(session);
  return found == uses_.end() ? stored : std::max(stored, found->second.at);
}

Result<void> SessionUses::write_to(store::AccountStore& store) {
  const std::scoped_lock writing(writing_);
  std::vector<store::SessionUse> noted;
  {
    const std::scoped_lock lock(lock_);
    for (const auto& [session, use] : uses_) noted.push_back({use.user, session, use.at});
  }
  for (std::span<const store::SessionUse> rest(noted); !rest.empty();) {
    const auto some = rest.first(std::min(rest.size(), kWrittenTogether));
    if (auto written = store.touch_sessions(some); !written) return written;
    rest = rest.subspan(some.size());
    const std::scoped_lock lock(lock_);
    for (const auto& use : some)
      if (const auto found = uses_.find(use.session); found != uses_.end() && found->second.at == use.at)
        uses_.erase(found);
  }
  return {};
}

}  // namespace ownkey::accounts
