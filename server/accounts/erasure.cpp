#include "server/accounts/erasure.h"

namespace ownkey::accounts {

Result<Erasure::Rest> Erasure::erase(const base::UserId& user) {
  const auto begun = store_.begin_erasure(user);
  if (!begun) return begun.error();
  return finish(*begun);
}

void Erasure::resume() {
  const auto erasures = store_.unfinished_erasures();
  if (!erasures) return (void)put_off(erasures.error());
  for (const auto& erasure : *erasures) (void)finish(erasure);
  if (!log_may_hold_traces_.exchange(false)) return;
  if (auto emptied = store_.empty_log(); !emptied) (void)put_off(emptied.error());
}

Erasure::Rest Erasure::finish(const store::AccountStore::Erasure& erasure) {
  // First the log, in which the wrapped data keys still lie: what the file holds cannot be opened without them. When
  // somebody reads it, that must not keep the file.
  (void)store_.empty_log();
  if (auto removed = users_.erase(erasure.user); !removed) return put_off(removed.error());
  if (auto finished = store_.finish_erasure(erasure); !finished) return put_off(finished.error());
  log_.info("an account was erased", {{"user", erasure.user.text()}});
  return Rest::None;
}

Erasure::Rest Erasure::put_off(const Error& why) {
  log_may_hold_traces_ = true;
  log_.warning("an account is gone, but not all that lay here of it; the server goes on with that within a minute",
               {{"reason", why.log_text.empty() ? why.public_text : why.log_text}});
  return Rest::Left;
}

}  // namespace ownkey::accounts
