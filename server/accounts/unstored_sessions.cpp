#include "server/accounts/unstored_sessions.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace ownkey::accounts {
namespace {

// Who knows a password could otherwise fill the memory while the disk is full.
constexpr std::size_t kMost = 10'000;

}  // namespace

bool UnstoredSessions::add(UnstoredSession session) {
  const std::scoped_lock lock(lock_);
  if (sessions_.size() >= kMost) return false;
  sessions_.push_back(std::move(session));
  return true;
}

std::optional<UnstoredSession> UnstoredSessions::find(base::ByteView token_hash) const {
  const std::scoped_lock lock(lock_);
  const auto found = std::ranges::find_if(
      sessions_, [&](const auto& session) { return std::ranges::equal(session.row.token_hash, token_hash); });
  if (found == sessions_.end()) return std::nullopt;
  return *found;
}

std::vector<UnstoredSession> UnstoredSessions::of(const base::UserId& user) const {
  std::vector<UnstoredSession> sessions;
  const std::scoped_lock lock(lock_);
  std::ranges::copy_if(sessions_, std::back_inserter(sessions),
                       [&](const auto& session) { return session.row.user == user; });
  return sessions;
}

std::vector<UnstoredSession> UnstoredSessions::all() const {
  const std::scoped_lock lock(lock_);
  return sessions_;
}

std::size_t UnstoredSessions::remove(const Matches& matches) {
  const std::scoped_lock lock(lock_);
  return std::erase_if(sessions_, matches);
}

}  // namespace ownkey::accounts
