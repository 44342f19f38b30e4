// UserStores: opens the store of a user and keeps the most recently used ones open.
//
// Safe from several threads. A store that is in use stays open even when it has left the cache, so memory is bounded by
// the capacity and by the number of calls under way.
#pragma once

#include <filesystem>
#include <list>
#include <memory>
#include <mutex>
#include <unordered_map>

#include "server/base/ids.h"
#include "server/store/user_store.h"

namespace ownkey::store {

// Where a user's file lies in a data folder.
std::filesystem::path user_file(const std::filesystem::path& folder, const base::UserId& user);

class UserStores {
 public:
  // `folder` is where users/ab/<id>.db lies below; `capacity` how many files stay open; `hash` chains the audit logs.
  UserStores(std::filesystem::path folder, std::size_t capacity, AuditHash hash);

  // The user must exist: the file is made when it is not there yet.
  Result<std::shared_ptr<UserStore>> open(const base::UserId& user);

  std::filesystem::path file_of(const base::UserId& user) const { return user_file(folder_, user); }

 private:
  struct Entry {
    base::UserId user;
    std::shared_ptr<UserStore> store;
  };

  std::filesystem::path folder_;
  std::size_t capacity_;
  AuditHash hash_;
  std::mutex lock_;
  std::list<Entry> recent_;  // most recently used first
  std::unordered_map<base::UserId, std::list<Entry>::iterator> by_user_;
};

}  // namespace ownkey::store
