#include "server/llm/key_settings.h"

#include <algorithm>
#include <charconv>
#include <set>
#include <utility>

#include "server/llm/failover.h"
#include "server/llm/usage_meter.h"

namespace ownkey::llm {
namespace {

constexpr auto kUsualSpan = std::chrono::days(29);  // and today

using Credentials = std::vector<vault::CredentialInfo>;

Credentials of_provider(const Credentials& all, Provider provider) {
  Credentials some;
  std::ranges::copy_if(all, std::back_inserter(some), [&](const auto& one) { return one.provider == provider; });
  return some;
}

api::Failover message_of(const store::FailoverRow& row, const Credentials& all) {
  auto credentials = of_provider(all, row.provider);
  put_in_order(credentials, row.order);
  api::Failover message{row.enabled, {}};
  for (auto& credential : credentials) message.order.push_back(std::move(credential.label));
  return message;
}

Result<store::FailoverRow> row_of(Provider provider, const api::Failover& message, const Credentials& all) {
  const auto credentials = of_provider(all, provider);
  const auto field = std::string(name_of(provider)) + ".order";
  store::FailoverRow row{provider, message.enabled, {}};
  for (const auto& label : message.order) {
    const auto found = std::ranges::find(credentials, label, &vault::CredentialInfo::label);
    if (found == credentials.end())
      return invalid(field, "you have no " + std::string(provider_info(provider).name) + " key with the label '" +
                                label + "'; name only keys that are stored");
    if (std::ranges::find(row.order, found->id) != row.order.end())
      return invalid(field, "the key '" + label + "' stands in this order twice");
    row.order.push_back(found->id);
  }
  return row;
}

bool is_day(std::string_view text) {
  const auto number = [&](std::size_t at, std::size_t size) {
    int value = -1;
    const auto* end = text.data() + at + size;
    return std::from_chars(text.data() + at, end, value).ptr == end ? value : -1;
  };
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return false;
  const int year = number(0, 4), month = number(5, 2), day = number(8, 2);
  if (year < 0 || month < 0 || day < 0) return false;
  using namespace std::chrono;
  return year_month_day(std::chrono::year(year), std::chrono::month(static_cast<unsigned>(month)),
                        std::chrono::day(static_cast<unsigned>(day)))
      .ok();
}

Result<std::string> day_from(const char* field, std::optional<std::string_view> text, base::Time otherwise) {
  if (!text) return day_of(otherwise);
  if (!is_day(*text)) return invalid(field, "'" + std::string(field) + "' must be a day like 2026-11-24");
  return std::string(*text);
}

Result<api::UsageGroup> group_from(std::optional<std::string_view> text) {
  if (!text) return api::UsageGroup::Day;
  if (const auto group = named<api::UsageGroup>(*text)) return *group;
  return invalid("group_by", "'group_by' must be one of: day, model, credential, provider, workflow");
}

}  // namespace

Result<api::FailoverSettings> KeySettings::failover(const base::UserId& user) {
  const auto credentials = vault_.list(user);
  if (!credentials) return credentials.error();
  const auto store = users_.open(user);
  if (!store) return store.error();
  const auto rows = (*store)->usage().failover();
  if (!rows) return rows.error();
  api::FailoverSettings settings;
  for (const auto& [provider, name] : names_of(Provider{}))
    settings.of(provider) = message_of({provider, false, {}}, *credentials);
  for (const auto& row : *rows) settings.of(row.provider) = message_of(row, *credentials);
  return settings;
}

Result<api::FailoverSettings> KeySettings::set_failover(const base::UserId& user, api::FailoverSettings settings,
                                                        const base::Client& client) {
  const auto credentials = vault_.list(user);
  if (!credentials) return credentials.error();
  std::vector<store::FailoverRow> rows;
  std::string changed;
  for (const auto& [provider, name] : names_of(Provider{})) {
    const auto& wanted = settings.of(provider);
    if (!wanted) continue;
    auto row = row_of(provider, *wanted, *credentials);
    if (!row) return std::move(row.error());
    rows.push_back(std::move(*row));
    changed.append(changed.empty() ? "" : ",").append(name);
  }
  const auto store = users_.open(user);
  if (!store) return store.error();
  if (auto set = (*store)->usage().set_failover(rows, {AuditAction::FailoverChanged, changed, client, clock_.now()});
      !set)
    return std::move(set.error());
  return failover(user);
}

Result<std::shared_ptr<store::UserStore>> KeySettings::open_for_numbers(const base::UserId& user) {
  late_.flush(user);
  return users_.open(user);
}

Result<std::vector<api::Budget>> KeySettings::budgets(const base::UserId& user) {
  const auto credentials = vault_.list(user);
  if (!credentials) return credentials.error();
  const auto store = open_for_numbers(user);
  if (!store) return store.error();
  auto& usage_store = (*store)->usage();
  const auto rows = usage_store.budgets();
  if (!rows) return rows.error();
  std::vector<api::Budget> budgets;
  for (const auto& credential : *credentials) {
    const auto row = std::ranges::find(*rows, credential.id, &store::BudgetRow::credential);
    auto budget =
        budget_of(usage_store, credential, row == rows->end() ? std::nullopt : std::optional(row->monthly_tokens));
    if (!budget) return std::move(budget.error());
    budgets.push_back(std::move(*budget));
  }
  return budgets;
}

Result<api::Budget> KeySettings::set_budget(const base::UserId& user, const api::SetBudgetRequest& request,
                                            const base::Client& client) {
  const auto& tokens = request.monthly_tokens;
  if (tokens && (*tokens < 1 || *tokens > kMaxBudgetTokens))
    return invalid("monthly_tokens", "a budget is a number from 1 to " + std::to_string(kMaxBudgetTokens) +
                                         "; leave it out to take the limit away");
  const std::string label = request.label.value_or(std::string(vault::kDefaultLabel));
  const auto credential = vault_.find(user, request.provider, label);
  if (!credential) return credential.error();
  if (!*credential)
    return Error{ErrorKind::NotFound, "you have no " + std::string(provider_info(request.provider).name) +
                                          " key with the label '" + label + "'"};
  const auto store = open_for_numbers(user);
  if (!store) return store.error();
  auto& usage_store = (*store)->usage();
  const store::AuditNote note{AuditAction::BudgetChanged, std::string(name_of(request.provider)) + "/" + label, client,
                              clock_.now()};
  if (auto set = usage_store.set_budget((*credential)->id, tokens, note); !set) return std::move(set.error());
  return budget_of(usage_store, **credential, tokens);
}

Result<api::Budget> KeySettings::budget_of(store::UsageStore& usage_store, const vault::CredentialInfo& credential,
                                           std::optional<std::int64_t> monthly_tokens) {
  const auto now = clock_.now();
  const auto used = usage_store.tokens_since(credential.id, month_start(now));
  if (!used) return used.error();
  return api::Budget{credential.id.text(),          credential.provider, credential.label, monthly_tokens, *used,
                     base::rfc3339(next_month(now))};
}

Result<std::vector<api::UsageRecord>> KeySettings::usage_records(const base::UserId& user) {
  const auto store = open_for_numbers(user);
  if (!store) return store.error();
  return (*store)->usage().records();
}

Result<api::UsageReport> KeySettings::usage(const base::UserId& user, std::optional<std::string_view> from,
                                            std::optional<std::string_view> to,
                                            std::optional<std::string_view> group_by) {
  const auto now = clock_.now();
  auto last = day_from("to", to, now);
  if (!last) return std::move(last.error());
  auto first = day_from("from", from, now - kUsualSpan);
  if (!first) return std::move(first.error());
  if (*first > *last) return invalid("from", "'from' must not be later than 'to'");
  const auto group = group_from(group_by);
  if (!group) return group.error();
  const auto store = open_for_numbers(user);
  if (!store) return store.error();
  auto rows = (*store)->usage().totals(*first, *last, *group);
  if (!rows) return std::move(rows.error());
  api::UsageReport report{std::move(*first), std::move(*last), *group, {}, {}};
  for (auto& row : *rows) {
    const auto& [calls, input_tokens, output_tokens] = row.count;
    report.total.calls += calls;
    report.total.input_tokens += input_tokens;
    report.total.output_tokens += output_tokens;
    if (row.key.empty() && *group == api::UsageGroup::Credential) row.key = "system";
    report.entries.push_back(
        {std::move(row.key), std::move(row.name), row.provider, calls, input_tokens, output_tokens});
  }
  return report;
}

}  // namespace ownkey::llm
