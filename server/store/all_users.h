// Going through all users, however many there are.
#pragma once

#include <functional>

#include "server/base/ids.h"
#include "server/store/account_store.h"
#include "shared/result.h"

namespace ownkey::store {

// Whether to go on; an Error ends it, too.
using UserWork = std::function<Result<bool>(const base::UserId& user)>;

// In a lasting order, read page by page: who signs up meanwhile may be among them. Whoever is erased meanwhile may come
// all the same.
Result<void> for_each_user(AccountStore& accounts, const UserWork& work);

}  // namespace ownkey::store
