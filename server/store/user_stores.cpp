#include "server/store/user_stores.h"

#include <utility>

#include "server/store/sqlite_user_store.h"
#include "server/store/user_file.h"

namespace ownkey::store {

UserStores::UserStores(std::filesystem::path folder, std::size_t capacity)
    : folder_(std::move(folder)), capacity_(capacity) {}

std::filesystem::path UserStores::file_of(const base::UserId& user) const { return folder_ / user_file(user); }

Result<std::shared_ptr<UserStore>> UserStores::open(const base::UserId& user) {
  {
    const std::scoped_lock lock(lock_);
    if (const auto found = by_user_.find(user); found != by_user_.end()) {
      recent_.splice(recent_.begin(), recent_, found->second);
      return found->second->store;
    }
  }
  // Opening reads the disk, so it is not done under the lock; when two threads open the same file, the first one stays.
  auto opened = open_user_store(file_of(user), user);
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
