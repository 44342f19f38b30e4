#include "server/store/user_stores.h"

#include <utility>

#include "server/store/sqlite_user_store.h"

namespace ownkey::store {

std::filesystem::path user_file(const std::filesystem::path& folder, const base::UserId& user) {
  // Two characters of fan-out keep folders small when there are very many users.
  return folder / "users" / user.text().substr(0, 2) / (user.text() + ".db");
}

UserStores::UserStores(std::filesystem::path folder, std::size_t capacity, AuditHash hash)
    : folder_(std::move(folder)), capacity_(capacity), hash_(hash) {}

Result<std::shared_ptr<UserStore>> UserStores::open(const base::UserId& user) {
  {
    const std::scoped_lock lock(lock_);
    if (const auto found = by_user_.find(user); found != by_user_.end()) {
      recent_.splice(recent_.begin(), recent_, found->second);
      return found->second->store;
    }
  }
  // Opening reads the disk, so it is not done under the lock; when two threads open the same file, the first one stays.
  auto opened = open_user_store(file_of(user), user, hash_);
  if (!opened) return std::move(opened.error());
  std::shared_ptr<UserStore> store = std::move(*opened);

  std::shared_ptr<UserStore> evicted;  // closed after the lock is released
  const std::scoped_lock lock(lock_);
  if (const auto found = by_user_.find(user); found != by_user_.end()) return found->second->store;
  recent_.push_front({user, store});
  by_user_.emplace(user, recent_.begin());
  if (recent_.size() > capacity_) {
    evicted = std::move(recent_.back().store);
    by_user_.erase(recent_.back().user);
    recent_.pop_back();
  }
  return store;
}

}  // namespace ownkey::store
