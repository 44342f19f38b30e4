// UsageMeter: counts the tokens of a person's calls, and holds a key to its monthly budget. Safe from several threads.
//
// Counted is what providers report with an answer; a call that broke off reports nothing. Months and days are those of
// UTC. Calls under way at the same moment do not know of each other, so that together they may go past a budget once.
// An answer does not wait for its tokens to be on the disk; whoever asks for them does.
// Borrows everything it is given, which must outlive it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "server/base/clock.h"
#include "server/base/ids.h"
#include "server/llm/chat.h"
#include "server/store/late_writes.h"
#include "server/store/user_stores.h"
#include "shared/api/runs.h"
#include "shared/result.h"

namespace ownkey::llm {

// "2026-11-24"
std::string day_of(base::Time time);
// The first day of that month, and the time at which the next month begins.
std::string month_start(base::Time time);
base::Time next_month(base::Time time);

class UsageMeter {
 public:
  UsageMeter(store::UserStores& users, store::LateWrites& late, const base::Clock& clock)
      : users_(users), late_(late), clock_(clock) {}

  // limit_exceeded when the key has used up its budget; the text says when the next month begins.
  Result<void> check_budget(const base::UserId& user, const base::CredentialId& credential);

  // One call that was answered; `key` says on whose.
  void count(const base::UserId& user, const api::KeyReceipt& key, std::string_view model, std::string_view workflow,
             const std::optional<api::Usage>& usage);

 private:
  store::UserStores& users_;
  store::LateWrites& late_;
  const base::Clock& clock_;
};

}  // namespace ownkey::llm
