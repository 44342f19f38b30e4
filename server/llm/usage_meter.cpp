#include "server/llm/usage_meter.h"

namespace ownkey::llm {
namespace {

constexpr auto kUsageIsKept = std::chrono::days(400);
// Whoever runs a service of their own may call its models whatever they like; this is enough for a real name.
constexpr std::size_t kMaxModelBytes = 200;

std::chrono::year_month month_of(base::Time time) {
  const std::chrono::year_month_day date{std::chrono::floor<std::chrono::days>(time)};
  return date.year() / date.month();
}

}  // namespace

std::string day_of(base::Time time) { return base::rfc3339(time).substr(0, 10); }

std::string month_start(base::Time time) { return day_of(std::chrono::sys_days{month_of(time) / 1}); }

base::Time next_month(base::Time time) { return std::chrono::sys_days{(month_of(time) + std::chrono::months(1)) / 1}; }

Result<void> UsageMeter::check_budget(const base::UserId& user, const base::CredentialId& credential) {
  const auto store = users_.open(user);
  if (!store) return store.error();
  auto& usage_store = (*store)->usage();
  const auto budget = usage_store.budget(credential);
  if (!budget) return budget.error();
  if (!*budget) return {};
  const auto now = clock_.now();
  late_.flush(user);
  const auto used = usage_store.tokens_since(credential, month_start(now));
  if (!used) return used.error();
  if (*used < **budget) return {};
  return Error{ErrorKind::LimitExceeded,
               "this key has used " + std::to_string(*used) + " of the " + std::to_string(**budget) +
                   " tokens that you allow it in a month; it may go on from " + day_of(next_month(now)) +
                   " (UTC), or raise its budget in Settings",
               "the budget is used up"};
}

void UsageMeter::count(const base::UserId& user, const api::KeyReceipt& key, std::string_view model,
                       std::string_view workflow, const std::optional<api::Usage>& usage) {
  const auto now = clock_.now();
  const auto tokens = usage.value_or(api::Usage{});
  late_.note(user,
             {day_of(now), key.credential_id.value_or(""), key.provider,
              model.size() > kMaxModelBytes ? "(a very long name)" : std::string(model), std::string(workflow)},
             {1, tokens.input_tokens, tokens.output_tokens}, day_of(now - kUsageIsKept));
}

}  // namespace ownkey::llm
