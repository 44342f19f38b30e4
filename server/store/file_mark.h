// FileMark: what accounts.db says of a user's file, so that one that was lost is not taken for one that was never made.
#pragma once

#include "server/base/ids.h"

namespace ownkey::store {

class Database;

enum class FileMark {
  None,  // was not made yet, or by a version that did not note it
  Made,  // when it is missing or empty, it was lost
};

// None for who is not known, and in an accounts.db that was not moved to this version yet. Inside store/ only; failures
// are thrown as StoreFailure.
FileMark read_file_mark(Database& accounts, const base::UserId& user);

}  // namespace ownkey::store
