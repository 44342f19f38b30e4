// Rotation of a user's data key: a new one is made, every sealed value moves to it, and the old one goes.
//
// Servers may go on with the same data meanwhile. The new key is stored before values move, all values move in one
// transaction on the user's file, and the old key goes only then. Whoever saves chooses the newest data key under that
// file's lock (UserStore::change_credential), so a save comes either before the move and is moved, or after it with the
// new key. Killed anywhere, each value still has its key; begin again.
#pragma once

#include <cstdint>

#include "server/base/client.h"
#include "server/base/clock.h"
#include "server/crypto/random.h"
#include "server/store/account_store.h"
#include "server/store/user_stores.h"
#include "server/vault/key_ring.h"
#include "shared/result.h"

namespace ownkey::vault {

struct ResealReport {
  std::int64_t moved = 0;
  std::int64_t unreadable = 0;  // left as they are, together with the data keys that they name
};

// Borrows everything for the duration of a call; safe from several threads and processes.
struct DataKeyRotation {
  store::AccountStore& accounts;
  store::UserStores& users;
  const KeyRing& keys;
  crypto::Random& random;
  const base::Clock& clock;

  // NotFound when there is no such user. Changes nothing when a master key is missing that one of the data keys needs.
  Result<ResealReport> renew(const base::UserId& user, const base::Client& client);
};

}  // namespace ownkey::vault
