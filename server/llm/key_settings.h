// KeySettings: what a person decides about the use of their keys, and what was used: failover, monthly budgets, usage.
// Safe from several threads. Borrows everything it is given, which must outlive it.
#pragma once

#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "server/base/client.h"
#include "server/base/clock.h"
#include "server/base/ids.h"
#include "server/store/late_writes.h"
#include "server/store/user_stores.h"
#include "server/vault/credential_vault.h"
#include "shared/api/usage.h"
#include "shared/result.h"

namespace ownkey::llm {

class KeySettings {
 public:
  KeySettings(vault::CredentialVault& vault, store::UserStores& users, store::LateWrites& late,
              const base::Clock& clock)
      : vault_(vault), users_(users), late_(late), clock_(clock) {}

  // Of every provider, with all keys that there are in the order in which they are tried.
  Result<api::FailoverSettings> failover(const base::UserId& user);
  // Changes the providers that are given. An error names the label that is wrong.
  Result<api::FailoverSettings> set_failover(const base::UserId& user, api::FailoverSettings settings,
                                             const base::Client& client);

  // Of every key, with or without a limit.
  Result<std::vector<api::Budget>> budgets(const base::UserId& user);
  Result<api::Budget> set_budget(const base::UserId& user, const api::SetBudgetRequest& request,
                                 const base::Client& client);

  // Days like "2026-11-24", in UTC; without them, the last 30 days. By day when no group is named.
  Result<api::UsageReport> usage(const base::UserId& user, std::optional<std::string_view> from,
                                 std::optional<std::string_view> to, std::optional<std::string_view> group_by);
  // All that is kept of it, one by one.
  Result<std::vector<api::UsageRecord>> usage_records(const base::UserId& user);

 private:
  Result<api::Budget> budget_of(store::UsageStore& usage_store, const vault::CredentialInfo& credential,
                                std::optional<std::int64_t> monthly_tokens);

  // Of which the numbers are to be read: with what was used a moment ago.
  Result<std::shared_ptr<store::UserStore>> open_for_numbers(const base::UserId& user);

  vault::CredentialVault& vault_;
  store::UserStores& users_;
  store::LateWrites& late_;
  const base::Clock& clock_;
};

}  // namespace ownkey::llm
