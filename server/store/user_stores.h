// UserStores: opens the store of a user, keeps the most recently used ones open, and removes a user's file for good.
//
// Safe from several threads. A store that is in use stays open even when it has left the cache, so memory is bounded by
// the capacity and by the number of calls under way.
#pragma once

#include <array>
#include <cstddef>
#include <filesystem>
#include <list>
#include <memory>
#include <mutex>
#include <optional>
#include <type_traits>
#include <unordered_map>
#include <vector>

#include "server/base/ids.h"
#include "server/store/account_store.h"
#include "server/store/data_folder.h"
#include "server/store/resting_user_file.h"
#include "server/store/user_store.h"

namespace ownkey::store {

class UserStores {
 public:
  // `folder` is where users/ab/<id>.db lies below; `capacity` how many files stay open; `hash` chains the audit logs.
  // With `owners`, which must outlive this, a file is made for those alone that have an account there; without, for
  // everybody.
  UserStores(std::filesystem::path folder, std::size_t capacity, AuditHash hash, AccountStore* owners = nullptr);

  // The file is made when it is not there yet. NotFound when the user is being erased, or was; Internal when the file
  // is damaged, or was made once and is missing or empty.
  Result<std::shared_ptr<UserStore>> open(const base::UserId& user);

  // Has `look` read the user's data, which may be quicker than to open it, and goes on while the disk is full. Nothing
  // stays open of somebody who was not here lately. `look` may be called twice, since a file can change under its eyes;
  // what it gives at last counts. The file may be made, and the errors are, as with open().
  template <class Look>
  std::invoke_result_t<const Look&, UserView&> read(const base::UserId& user, const Look& look) {
    if (!is_worth_opening(user))
      if (auto seen = look_at_rest(user, look)) return std::move(*seen);
    const auto store = open(user);
    if (store) return look(**store);
    // To open a file takes room on the disk.
    if (store.error().kind == ErrorKind::StorageFull)
      if (auto seen = look_at_rest(user, look)) return std::move(*seen);
    return store.error();
  }

  // Removes the user's file and whatever else begins with its name. Their account must be gone, so that nobody makes
  // the file again. A store that is in use stays usable, and what it is given is gone when it is closed. Returns when
  // the removal is on the disk.
  Result<void> erase(const base::UserId& user);

  // Closes the files that another process has removed, which take room on the disk until then. Call it now and then.
  void close_removed();

  std::filesystem::path file_of(const base::UserId& user) const { return user_file(folder_, user); }

 private:
  struct Entry {
    base::UserId user;
    std::shared_ptr<UserStore> store;
  };
  using OpenStore = std::shared_ptr<UserStore>;

  OpenStore find(const base::UserId& user);
  // Nothing when the file cannot be looked at so, or changed meanwhile.
  template <class Look>
  std::optional<std::invoke_result_t<const Look&, UserView&>> look_at_rest(const base::UserId& user, const Look& look) {
    const auto file = RestingUserFile::open(file_of(user), user);
    if (!file) return std::nullopt;
    auto seen = look(file->view());
    if (!seen || !file->is_unchanged()) return std::nullopt;
    return seen;
  }
  // Or is open.
  bool is_worth_opening(const base::UserId& user);
  Result<OpenStore> open_file(const base::UserId& user);
  void keep(const base::UserId& user, OpenStore store);
  void forget(const base::UserId& user);
  std::mutex& files_of(const base::UserId& user) { return files_[std::hash<base::UserId>{}(user) % files_.size()]; }

  std::filesystem::path folder_;
  std::size_t capacity_;
  AuditHash hash_;
  AccountStore* owners_;
  // Held while a user's file is opened or removed, which takes the disk's time. Users share these, to keep them few.
  std::array<std::mutex, 64> files_;
  std::mutex lock_;          // of what follows
  std::list<Entry> recent_;  // most recently used first
  std::unordered_map<base::UserId, std::list<Entry>::iterator> by_user_;
  std::vector<base::UserId> visitors_;  // who came without being kept open: for each remainder of the hash, the last
};

}  // namespace ownkey::store
