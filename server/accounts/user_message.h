// What the API says of a user.
#pragma once

#include "server/store/account_store.h"
#include "shared/api/accounts.h"

namespace ownkey::accounts {

inline api::User message_of(const store::UserRow& row) {
  return {row.id.text(), row.email, row.full_name, base::rfc3339(row.created_at)};
}

}  // namespace ownkey::accounts
