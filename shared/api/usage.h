// Messages about how keys are used: which stands in for which, monthly budgets, and the tokens that were used.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "shared/fields.h"
#include "shared/limits.h"
#include "shared/provider.h"
#include "shared/validation.h"

namespace ownkey::api {

// When a key of this provider is limited, out of credit or rejected, the next one is used.
struct Failover {
  bool enabled = false;
  std::vector<std::string> order;  // labels, first choice first; keys that are not named come after these

  static constexpr auto fields() {
    return std::tuple{Field{"enabled", &Failover::enabled}, Field{"order", &Failover::order}};
  }
};

// What is left out stays as it is.
struct FailoverSettings {
  std::optional<Failover> openai = {};
  std::optional<Failover> google = {};
  std::optional<Failover> anthropic = {};
  std::optional<Failover> openai_compatible = {};

  std::optional<Failover>& of(Provider provider) {
    switch (provider) {
      case Provider::Google: return google;
      case Provider::Anthropic: return anthropic;
      case Provider::OpenAiCompatible: return openai_compatible;
      case Provider::OpenAi: break;
    }
    return openai;
  }
  const std::optional<Failover>& of(Provider provider) const {
    return const_cast<FailoverSettings*>(this)->of(provider);
  }

  static constexpr auto fields() {
    return std::tuple{Field{"openai", &FailoverSettings::openai}, Field{"google", &FailoverSettings::google},
                      Field{"anthropic", &FailoverSettings::anthropic},
                      Field{"openai_compatible", &FailoverSettings::openai_compatible}};
  }
};

struct SetBudgetRequest {
  Provider provider{};
  std::optional<std::string> label;
  std::optional<std::int64_t> monthly_tokens;  // none takes the budget away

  static constexpr auto fields() {
    return std::tuple{Field{"provider", &SetBudgetRequest::provider}, Field{"label", &SetBudgetRequest::label},
                      Field{"monthly_tokens", &SetBudgetRequest::monthly_tokens}};
  }
  static constexpr auto limits() {
    return std::array{between("monthly_tokens", 1, static_cast<double>(kMaxBudgetTokens))};
  }
};

// What a key used in this calendar month (UTC), and what it may.
struct Budget {
  std::string credential_id;
  Provider provider{};
  std::string label;
  std::optional<std::int64_t> monthly_tokens;  // input and output together; none for no limit
  std::int64_t used_tokens = 0;
  std::string resets_at;

  static constexpr auto fields() {
    return std::tuple{Field{"credential_id", &Budget::credential_id},
                      Field{"provider", &Budget::provider},
                      Field{"label", &Budget::label},
                      Field{"monthly_tokens", &Budget::monthly_tokens},
                      Field{"used_tokens", &Budget::used_tokens},
                      Field{"resets_at", &Budget::resets_at}};
  }
};

enum class UsageGroup { Day, Model, Credential, Provider, Workflow };

constexpr auto names_of(UsageGroup) {
  return std::array<std::pair<UsageGroup, std::string_view>, 5>{{{UsageGroup::Day, "day"},
                                                                 {UsageGroup::Model, "model"},
                                                                 {UsageGroup::Credential, "credential"},
                                                                 {UsageGroup::Provider, "provider"},
                                                                 {UsageGroup::Workflow, "workflow"}}};
}

struct UsageTotal {
  std::int64_t calls = 0;
  std::int64_t input_tokens = 0;
  std::int64_t output_tokens = 0;

  static constexpr auto fields() {
    return std::tuple{Field{"calls", &UsageTotal::calls}, Field{"input_tokens", &UsageTotal::input_tokens},
                      Field{"output_tokens", &UsageTotal::output_tokens}};
  }
};

struct UsageEntry {
  std::string key;                   // a day, a model, the id of a credential ("system" for the operator's key) …
  std::optional<std::string> name;   // of a credential or workflow that is still there
  std::optional<Provider> provider;  // of a model, a credential or a provider
  std::int64_t calls = 0;
  std::int64_t input_tokens = 0;
  std::int64_t output_tokens = 0;

  static constexpr auto fields() {
    return std::tuple{Field{"key", &UsageEntry::key},
                      Field{"name", &UsageEntry::name},
                      Field{"provider", &UsageEntry::provider},
                      Field{"calls", &UsageEntry::calls},
                      Field{"input_tokens", &UsageEntry::input_tokens},
                      Field{"output_tokens", &UsageEntry::output_tokens}};
  }
};

// What is added up: for a person's export.
struct UsageRecord {
  std::string day;
  Provider provider{};
  std::string model;
  std::optional<std::string> credential_id;  // none for the operator's key
  std::string workflow_id;
  std::int64_t calls = 0;
  std::int64_t input_tokens = 0;
  std::int64_t output_tokens = 0;

  static constexpr auto fields() {
    return std::tuple{Field{"day", &UsageRecord::day},
                      Field{"provider", &UsageRecord::provider},
                      Field{"model", &UsageRecord::model},
                      Field{"credential_id", &UsageRecord::credential_id},
                      Field{"workflow_id", &UsageRecord::workflow_id},
                      Field{"calls", &UsageRecord::calls},
                      Field{"input_tokens", &UsageRecord::input_tokens},
                      Field{"output_tokens", &UsageRecord::output_tokens}};
  }
};

// The days from and to are both included.
struct UsageReport {
  std::string from;
  std::string to;
  UsageGroup group_by = UsageGroup::Day;
  UsageTotal total;
  std::vector<UsageEntry> entries;

  static constexpr auto fields() {
    return std::tuple{Field{"from", &UsageReport::from}, Field{"to", &UsageReport::to},
                      Field{"group_by", &UsageReport::group_by}, Field{"total", &UsageReport::total},
                      Field{"entries", &UsageReport::entries}};
  }
};

}  // namespace ownkey::api
