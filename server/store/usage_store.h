// UsageStore: how one person's keys are to be used, and what they used: which stands in for which, monthly budgets,
// tokens.
//
// A part of a UserStore, which owns it and whose promises it shares. Days are dates in UTC: "2026-11-24".
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "server/base/ids.h"
#include "server/store/audit.h"
#include "shared/api/usage.h"
#include "shared/provider.h"
#include "shared/result.h"

namespace ownkey::store {

// The order in which the keys of a provider are tried. May name keys that are gone, and need not name all that there
// are.
struct FailoverRow {
  Provider provider{};
  bool enabled = false;
  std::vector<base::CredentialId> order;
};

struct BudgetRow {
  base::CredentialId credential;
  std::int64_t monthly_tokens;
};

struct UsageCount {
  std::int64_t calls = 0;
  std::int64_t input_tokens = 0;
  std::int64_t output_tokens = 0;

  UsageCount& operator+=(const UsageCount& more) {
    calls += more.calls;
    input_tokens += more.input_tokens;
    output_tokens += more.output_tokens;
    return *this;
  }
};

// What is added up together.
struct UsagePlace {
  std::string day;
  std::string credential_id;  // empty for a key of the operator's
  Provider provider{};
  std::string model;
  std::string workflow_id;

  bool operator==(const UsagePlace&) const = default;
};

struct UsageRow {
  std::string key;                   // a day, a model, a credential's id …
  std::optional<Provider> provider;  // of a model, a credential or a provider
  std::optional<std::string> name;   // of a credential or a workflow that is still there
  UsageCount count;
};

class UsageStore {
 public:
  virtual ~UsageStore() = default;

  // Of the providers for which something was set.
  virtual Result<std::vector<FailoverRow>> failover() = 0;
  virtual Result<std::optional<FailoverRow>> failover(Provider provider) = 0;
  // All of them or none.
  virtual Result<void> set_failover(const std::vector<FailoverRow>& rows, const AuditNote& note) = 0;

  virtual Result<std::vector<BudgetRow>> budgets() = 0;
  virtual Result<std::optional<std::int64_t>> budget(const base::CredentialId& credential) = 0;
  // Nothing takes the budget away.
  virtual Result<void> set_budget(const base::CredentialId& credential, std::optional<std::int64_t> monthly_tokens,
                                  const AuditNote& note) = 0;

  // Tokens of a credential, in and out, on that day and after.
  virtual Result<std::int64_t> tokens_since(const base::CredentialId& credential, std::string_view day) = 0;
  // All that is kept, oldest first.
  virtual Result<std::vector<api::UsageRecord>> records() = 0;
  // Of the days from `from` to `to`, both included, by key.
  virtual Result<std::vector<UsageRow>> totals(std::string_view from, std::string_view to, api::UsageGroup group) = 0;
};

}  // namespace ownkey::store
