// A UsageStore in the SQLite file of a UserStore. Inside store/ only.
#pragma once

#include "server/store/audit_chain.h"
#include "server/store/late_rows.h"
#include "server/store/locked_database.h"
#include "server/store/usage_store.h"

namespace ownkey::store {

class SqliteUsageStore final : public UsageStore {
 public:
  // Both must outlive this.
  SqliteUsageStore(LockedDatabase& database, const AuditChain& chain) : database_(database), chain_(chain) {}

  Result<std::vector<FailoverRow>> failover() override;
  Result<std::optional<FailoverRow>> failover(Provider provider) override;
  Result<void> set_failover(const std::vector<FailoverRow>& rows, const AuditNote& note) override;
  Result<std::vector<BudgetRow>> budgets() override;
  Result<std::optional<std::int64_t>> budget(const base::CredentialId& credential) override;
  Result<void> set_budget(const base::CredentialId& credential, std::optional<std::int64_t> monthly_tokens,
                          const AuditNote& note) override;
  Result<std::int64_t> tokens_since(const base::CredentialId& credential, std::string_view day) override;
  Result<std::vector<api::UsageRecord>> records() override;
  Result<std::vector<UsageRow>> totals(std::string_view from, std::string_view to, api::UsageGroup group) override;

 private:
  LockedDatabase& database_;
  const AuditChain& chain_;
};

// Within the caller's transaction.
void add_usage(Database& db, const LateRows& rows);

}  // namespace ownkey::store
