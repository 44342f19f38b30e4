#include "server/accounts/unstored_sessions.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace ownkey::accounts {
namespace {

// Who knows a password could otherwise fill the memory while the disk is full.
constexpr std::size_t kMost = 10'000;

}  // namespace

bool UnstoredSessions::add(store::SessionRow row) {
  const std::scoped_lock lock(lock_);
  if (rows_.size() >= kMost) return false;
  rows_.push_back(std::move(row));
  return true;
}

std::optional<store::SessionRow> UnstoredSessions::find(base::ByteView token_hash) const {
  const std::scoped_lock lock(lock_);
  const auto found =
      std::ranges::find_if(rows_, [&](const auto& row) { return std::ranges::equal(row.token_hash, token_hash); });
  if (found == rows_.end()) return std::nullopt;
  return *found;
}

std::vector<store::SessionRow> UnstoredSessions::of(const base::UserId& user) const {
  std::vector<store::SessionRow> rows;
  const std::scoped_lock lock(lock_);
  std::ranges::copy_if(rows_, std::back_inserter(rows), [&](const auto& row) { return row.user == user; });
  return rows;
}

std::size_t UnstoredSessions::remove(const Matches& matches) {
  const std::scoped_lock lock(lock_);
  return std::erase_if(rows_, matches);
}

}  // namespace ownkey::accounts
