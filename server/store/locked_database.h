// A Database behind a lock, so that several threads may use it in turn; opened when it is used first, if need be.
// Inside store/ only.
#pragma once

#include <functional>
#include <mutex>
#include <optional>
#include <utility>

#include "server/store/database.h"

namespace ownkey::store {

class LockedDatabase {
 public:
  explicit LockedDatabase(Database database) : database_(std::move(database)) {}
  explicit LockedDatabase(std::function<Database()> open) : open_(std::move(open)) {}

  // Runs `work` with the database and gives its result, or the Error of what went wrong.
  template <class Work>
  auto use(Work&& work) {
    const std::scoped_lock lock(lock_);
    return guarded([&] {
      if (!database_) database_ = open_();
      return work(*database_);
    });
  }

 private:
  std::mutex lock_;
  std::function<Database()> open_;
  std::optional<Database> database_;
};

}  // namespace ownkey::store
