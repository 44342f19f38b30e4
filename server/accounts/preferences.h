// Preferences: what people like, kept in their own file.
//
// Safe from several threads. Borrows everything it is given, which must outlive it.
#pragma once

#include "server/base/client.h"
#include "server/base/clock.h"
#include "server/base/ids.h"
#include "server/store/user_stores.h"
#include "shared/api/preferences.h"
#include "shared/result.h"

namespace ownkey::accounts {

class Preferences {
 public:
  Preferences(store::UserStores& users, const base::Clock& clock) : users_(users), clock_(clock) {}

  // Empty until they are put for the first time.
  Result<api::Preferences> get(const base::UserId& user);
  // In the place of all that were there. Gives what was stored, tidied.
  Result<api::Preferences> put(const base::UserId& user, api::Preferences preferences, const base::Client& client);

 private:
  store::UserStores& users_;
  const base::Clock& clock_;
};

}  // namespace ownkey::accounts
