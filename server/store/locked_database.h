// A Database behind a lock, so that several threads may use it in turn. Inside store/ only.
#pragma once

#include <mutex>
#include <utility>

#include "server/store/database.h"

namespace ownkey::store {

class LockedDatabase {
 public:
  explicit LockedDatabase(Database database) : database_(std::move(database)) {}

  // Runs `work` with the database and gives its result, or the Error of what went wrong.
  template <class Work>
  auto use(Work&& work) {
    const std::scoped_lock lock(lock_);
    return guarded([&] { return work(database_); });
  }

 private:
  std::mutex lock_;
  Database database_;
};

}  // namespace ownkey::store
