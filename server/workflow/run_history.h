// RunHistory: the runs that are over, and what is on the disk of those that are not. Safe from several threads.
//
// A run need not wait for the disk, except where it must be there before anybody is told of it (put). Reading waits for
// what was noted before. No record holds a key.
#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <unordered_set>
#include <utility>
#include <vector>

#include "server/base/clock.h"
#include "server/base/ids.h"
#include "server/store/late_writes.h"
#include "server/store/run_rows.h"
#include "server/store/user_stores.h"
#include "shared/result.h"

namespace ownkey::workflow {

class RunHistory {
 public:
  // `process` names this start of the server. Borrows the rest, which must outlive this.
  RunHistory(store::UserStores& users, store::LateWrites& late, const base::Clock& clock, std::string process)
      : users_(users), late_(late), clock_(clock), process_(std::move(process)) {}

  // Written soon.
  void note(const base::UserId& user, store::RunRow row);
  // On the disk when this returns.
  Result<void> put(const base::UserId& user, store::RunRow row);

  Result<std::vector<store::RunRow>> list(const base::UserId& user, const store::RunQuery& query);
  // NotFound when this person has no such run, whoever else may have it.
  Result<store::RunRow> get(const base::UserId& user, const base::RunId& id);

 private:
  // With the runs ended that an earlier process left running.
  Result<std::shared_ptr<store::UserStore>> open(const base::UserId& user);

  store::UserStores& users_;
  store::LateWrites& late_;
  const base::Clock& clock_;
  const std::string process_;

  std::mutex lock_;
  std::unordered_set<base::UserId> seen_;  // by open()
};

}  // namespace ownkey::workflow
