// Sealer: seals what users keep, each value for its one place, and opens it again, with the user's data keys.
//
// Safe from several threads. Borrows everything it is given, which must outlive it.
#pragma once

#include "server/base/clock.h"
#include "server/base/sealed.h"
#include "server/crypto/random.h"
#include "server/crypto/sealing.h"
#include "server/store/account_store.h"
#include "server/vault/key_ring.h"
#include "shared/result.h"
#include "shared/secret.h"

namespace ownkey::vault {

class Sealer {
 public:
  Sealer(store::AccountStore& accounts, const KeyRing& keys, crypto::Random& random, const base::Clock& clock)
      : accounts_(accounts), keys_(keys), random_(random), clock_(clock) {}

  // With the newest data key, while nobody else writes to the user's file: it could be one that is being given up
  // (store::UserStore::change_credential).
  Result<base::Sealed> seal(const crypto::ColumnPlace& place, const Secret& value);

  // credential_unreadable when it does not open; log_text says why. So it does while a rotation moves the value: read
  // it once more, and believe it when it is still the same.
  Result<Secret> open(const crypto::ColumnPlace& place, const base::Sealed& sealed);

 private:
  struct DataKey {
    std::uint32_t version;
    crypto::Key key;
  };
  Result<DataKey> newest_data_key(const base::UserId& user);

  store::AccountStore& accounts_;
  const KeyRing& keys_;
  crypto::Random& random_;
  const base::Clock& clock_;
};

}  // namespace ownkey::vault
