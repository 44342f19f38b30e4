// What a user who is being erased leaves in accounts.db beyond their rows. Inside store/ only; failures are thrown as
// StoreFailure.
#pragma once

#include <string>
#include <vector>

#include "server/base/ids.h"
#include "server/store/account_store.h"
#include "server/store/database.h"

namespace ownkey::store {

// All that tells of this user and of nobody else. Not the name: others may share it.
std::vector<std::string> traces_of(Database& db, const base::UserId& user);

// Busy while somebody else reads or writes for long.
void empty_log_of(Database& db);

// The rows are gone already; then nothing of the user is in the file or its log, not even the mark of the erasure.
void clear_traces(Database& db, const AccountStore::Erasure& erasure);

}  // namespace ownkey::store
