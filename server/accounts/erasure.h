// Erasure: deletes an account with everything of its user, so that nothing of them is left in any file here.
//
// The user is gone, for everybody and for good, from the first step on, which takes their wrapped data keys, their
// sessions and their address of mail in one transaction; then their file goes. Killed in between, resume() does the
// rest. Backups that were made before are not touched.
//
// Safe from several threads. Borrows everything it is given, which must outlive it.
#pragma once

#include <atomic>

#include "server/base/ids.h"
#include "server/base/log.h"
#include "server/store/account_store.h"
#include "server/store/user_stores.h"
#include "shared/result.h"

namespace ownkey::accounts {

class Erasure {
 public:
  Erasure(store::AccountStore& store, store::UserStores& users, base::Log& log)
      : store_(store), users_(users), log_(log) {}

  // Whoever asks for it must have shown that they may. No Error means that the user is gone; Rest::Left that something
  // could not be removed just now (another process reads it), which is in the log, and resume() removes it.
  enum class Rest { None, Left };
  Result<Rest> erase(const base::UserId& user);

  // Ends the erasures that were begun, by this process or one before it. Call it at the start, and now and then.
  void resume();

 private:
  Rest finish(const store::AccountStore::Erasure& erasure);
  Rest put_off(const Error& why);

  store::AccountStore& store_;
  store::UserStores& users_;
  base::Log& log_;
  // One that was killed, or failed, at its very last step may have left the user's id there.
  std::atomic<bool> log_may_hold_traces_ = true;
};

}  // namespace ownkey::accounts
