// Administration: what the operator does with accounts. It works on the data alone, beside a running server, which
// notices within seconds.
//
// All of it is noted in the audit log of the person whom it concerns. Safe from several threads. Borrows everything it
// is given, which must outlive it.
#pragma once

#include <functional>
#include <string_view>

#include "server/accounts/audit_log.h"
#include "server/base/clock.h"
#include "server/base/ids.h"
#include "server/crypto/random.h"
#include "server/store/account_store.h"
#include "server/store/user_stores.h"
#include "shared/result.h"
#include "shared/secret.h"

namespace ownkey::accounts {

// Random, of 100 bits, and easy to read out.
Secret new_password(crypto::Random& random);

class Administration {
 public:
  // Makes the data key with which a new user's keys will be sealed (the vault's affair).
  using NewDataKey = std::function<store::DataKeyRow(const base::UserId&)>;

  Administration(store::AccountStore& store, store::UserStores& users, AuditLog& audit, crypto::Random& random,
                 const base::Clock& clock)
      : store_(store), users_(users), audit_(audit), random_(random), clock_(clock) {}

  // By id or address of mail; NotFound when there is nobody of that name.
  Result<store::UserRow> find(std::string_view id_or_email);

  // Whoever may sign up by themselves. Conflict (field "email") when the address has an account.
  Result<store::UserRow> add(std::string_view email, std::string_view full_name, const Secret& password,
                             const NewDataKey& new_data_key);

  // Nobody signs in to it any more, and its sessions end. Nothing of it is lost.
  Result<void> disable(const base::UserId& user);
  Result<void> enable(const base::UserId& user);
  // Ends all sessions. A second factor stays.
  Result<void> reset_password(const base::UserId& user, const Secret& password);
  // False when there was none.
  Result<bool> reset_two_factor(const base::UserId& user);
  // For somebody whose file is missing or empty and will not come back: the account stays, what was stored in it is
  // gone. Ends all sessions. Conflict while there is anything in the file.
  Result<void> begin_anew(const base::UserId& user);

 private:
  store::AccountStore& store_;
  store::UserStores& users_;
  AuditLog& audit_;
  crypto::Random& random_;
  const base::Clock& clock_;
};

}  // namespace ownkey::accounts
