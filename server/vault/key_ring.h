// KeyRing: the master keys of this installation, proven to be the right ones, and what is done with them: wrapping and
// unwrapping the data keys of users.
//
// Immutable once opened; safe from several threads. Borrows the Random and the Clock, which must outlive it.
#pragma once

#include <map>

#include "server/base/clock.h"
#include "server/crypto/key.h"
#include "server/crypto/master_keys.h"
#include "server/crypto/random.h"
#include "server/crypto/sealing.h"
#include "server/store/account_store.h"
#include "server/store/key_facts.h"
#include "shared/result.h"

namespace ownkey::vault {

// What the data says about a key that we were given.
enum class KeyFit { Fits, Wrong, New };
KeyFit fit_of(const store::KeyFacts& facts, crypto::MasterKeyId id, const crypto::Key& key);

// Whether these keys fit the data, judged without changing a byte of it. The error names the key that is wrong or
// missing.
Result<void> check_master_keys(const store::KeyFacts& facts, const crypto::MasterKeys& keys);

class KeyRing {
 public:
  // Makes the instance on the first start, and notes the check value of a key that is new. The keys must have passed
  // check_master_keys when there is data.
  static Result<KeyRing> open(store::AccountStore& accounts, const crypto::MasterKeys& keys, crypto::Random& random,
                              const base::Clock& clock);

  // The keys that fit, to look with: nothing is written, and a key that does not fit is left out.
  static KeyRing of_fitting(const store::KeyFacts& facts, const crypto::MasterKeys& keys, crypto::Random& random);

  crypto::MasterKeyId primary() const { return primary_; }
  bool has(crypto::MasterKeyId id) const { return wrapping_keys_.contains(id); }

  // A new data key, wrapped by the primary master key. A new user's first has version 1.
  store::DataKeyRow new_data_key(const base::UserId& user, std::uint32_t version = 1) const;

  // credential_unreadable when it does not unwrap; log_text says why.
  Result<crypto::Key> unwrap(const store::DataKeyRow& row) const;

  // The same data key wrapped by the primary.
  Result<store::AccountStore::Rewrapped> rewrap(store::DataKeyRow row) const;

 private:
  KeyRing(crypto::Random& random, crypto::MasterKeyId primary) : random_(&random), primary_(primary) {}
  base::Sealed wrap(const base::UserId& user, std::uint32_t version, const crypto::Key& data_key) const;

  crypto::Random* random_;
  crypto::MasterKeyId primary_;
  std::map<crypto::MasterKeyId, crypto::Key> wrapping_keys_;  // derived for this one purpose
};

}  // namespace ownkey::vault
