#include "server/store/user_stores.h"

#include <utility>

#include "server/store/disk_files.h"
#include "server/store/sqlite_user_store.h"
#include "server/store/user_file.h"

namespace ownkey::store {
namespace {

bool is_there(const std::filesystem::path& file) {
  std::error_code error;
  return std::filesystem::exists(file, error);
}

}  // namespace

UserStores::UserStores(std::filesystem::path folder, std::size_t capacity, AuditHash hash, AccountStore* owners)
    : folder_(std::move(folder)), capacity_(capacity), hash_(hash), owners_(owners), visitors_(capacity) {}

Result<std::shared_ptr<UserStore>> UserStores::open(const base::UserId& user) {
  if (auto store = find(user)) return store;
  const std::scoped_lock opening(files_of(user));
  if (auto store = find(user)) return store;
  auto opened = open_file(user);
  if (opened) keep(user, *opened);
  return opened;
}

Result<void> UserStores::erase(const base::UserId& user) {
  const std::scoped_lock removing(files_of(user));
  forget(user);
  return remove_with_companions(file_of(user));
}

void UserStores::close_removed() {
  std::vector<base::UserId> users;
  {
    const std::scoped_lock lock(lock_);
    for (const auto& entry : recent_) users.push_back(entry.user);
  }
  for (const auto& user : users) {
    const std::scoped_lock removing(files_of(user));
    if (!is_there(file_of(user))) forget(user);
  }
}

Result<UserStores::OpenStore> UserStores::open_file(const base::UserId& user) {
  const auto file = file_of(user);
  // Before a look at the file: whoever makes one marks it afterwards.
  const auto mark = owners_ ? owners_->file_mark(user) : Result<FileMark>(FileMark::None);
  if (!mark) return mark.error();
  if (*mark == FileMark::None && !is_there(file)) {
    const auto make = [&] { return make_private_file(file); };
    if (auto made = owners_ ? owners_->while_user_exists(user, make) : make(); !made) return std::move(made.error());
  }
  auto opened = open_user_store(file, user, *mark, hash_);
  if (is_there(file)) {
    if (!opened) return std::move(opened.error());
    if (owners_ && *mark == FileMark::None)
      if (auto marked = owners_->mark_file_made(user); !marked) return std::move(marked.error());
    return OpenStore(std::move(*opened));
  }
  if (*mark == FileMark::Made) {
    const auto owner = owners_->get_user(user);
    if (!owner) return owner.error();
    if (*owner) return opened ? lost_file(file).error() : std::move(opened.error());
  }
  // Another process removed it meanwhile; SQLite may have made its other files anew.
  if (opened) opened->reset();
  if (auto removed = remove_with_companions(file); !removed) return std::move(removed.error());
  return Error{ErrorKind::NotFound, "this account does not exist any more"};
}

// Somebody who comes twice before others take their place will come a third time.
bool UserStores::is_worth_opening(const base::UserId& user) {
  const std::scoped_lock lock(lock_);
  if (by_user_.contains(user)) return true;
  auto& visitor = visitors_[std::hash<base::UserId>{}(user) % visitors_.size()];
  if (visitor == user) return true;
  visitor = user;
  return false;
}

UserStores::OpenStore UserStores::find(const base::UserId& user) {
  const std::scoped_lock lock(lock_);
  const auto found = by_user_.find(user);
  if (found == by_user_.end()) return nullptr;
  recent_.splice(recent_.begin(), recent_, found->second);
  return found->second->store;
}

void UserStores::keep(const base::UserId& user, OpenStore store) {
  OpenStore evicted;  // closed after the lock is released
  const std::scoped_lock lock(lock_);
  recent_.push_front({user, std::move(store)});
  by_user_.emplace(user, recent_.begin());
  if (recent_.size() <= capacity_) return;
  evicted = std::move(recent_.back().store);
  by_user_.erase(recent_.back().user);
  recent_.pop_back();
}

void UserStores::forget(const base::UserId& user) {
  OpenStore forgotten;
  const std::scoped_lock lock(lock_);
  const auto found = by_user_.find(user);
  if (found == by_user_.end()) return;
  forgotten = std::move(found->second->store);
  recent_.erase(found->second);
  by_user_.erase(found);
}

}  // namespace ownkey::store
