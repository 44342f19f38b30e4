// RunHistory: the runs that are over, and what is on the disk of those that are not. Safe from several threads.
//
// A run need not wait for the disk, except where it must be there before anybody is told of it (put). Reading waits for
// what was noted before. No record holds a key.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "server/base/ids.h"
#include "server/store/late_writes.h"
#include "server/store/run_rows.h"
#include "server/store/user_stores.h"
#include "shared/api/runs.h"
#include "shared/result.h"

namespace ownkey::workflow {

// The error of a run that a stop or a crash of the server ended.
api::NodeError interrupted();

class RunHistory {
 public:
  // `process` names this start of the server. Borrows the rest, which must outlive this.
  RunHistory(store::UserStores& users, store::LateWrites& late, std::string process)
      : users_(users), late_(late), process_(std::move(process)) {}

  // Written soon.
  void note(const base::UserId& user, store::RunRow row);
  // On the disk when this returns.
  Result<void> put(const base::UserId& user, store::RunRow row);

  Result<std::vector<store::RunRow>> list(const base::UserId& user, const store::RunQuery& query);
  // NotFound when this person has no such run, whoever else may have it.
  Result<store::RunRow> get(const base::UserId& user, const base::RunId& id);

 private:
  // As it is: what another start left running is not. Nothing is written for it, so that a full disk can be read.
  store::RunRow judged(store::RunRow row) const;

  store::UserStores& users_;
  store::LateWrites& late_;
  const std::string process_;
};

}  // namespace ownkey::workflow
