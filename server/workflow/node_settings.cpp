#include "server/workflow/node_settings.h"

#include "shared/fields.h"

namespace ownkey::workflow {
namespace {

constexpr std::int64_t kMaxTimeout = 3600;
constexpr std::int64_t kMaxRetries = 5;
constexpr std::int64_t kMaxRetryWait = 60;

struct Shape {
  std::optional<std::int64_t> timeout_s;
  std::optional<std::int64_t> retries;
  std::optional<std::int64_t> retry_wait_s;
  std::optional<std::int64_t> token_budget;

  static constexpr auto fields() {
    return std::tuple{Field{"timeout_s", &Shape::timeout_s}, Field{"retries", &Shape::retries},
                      Field{"retry_wait_s", &Shape::retry_wait_s}, Field{"token_budget", &Shape::token_budget}};
  }
};

Result<void> check_range(const std::optional<std::int64_t>& value, std::int64_t least, std::int64_t most,
                         const std::string& path, std::string_view name) {
  if (!value || (*value >= least && *value <= most)) return {};
  return invalid(path + "." + std::string(name),
                 "'" + std::string(name) + "' must be from " + std::to_string(least) + " to " + std::to_string(most));
}

}  // namespace

Result<NodeSettings> read_node_settings(const json& data, const std::string& path) {
  const auto shape = from_json<Shape>(data, Unknown::Ignore, path);
  if (!shape) return shape.error();
  for (const auto& checked : {check_range(shape->timeout_s, 1, kMaxTimeout, path, "timeout_s"),
                              check_range(shape->retries, 0, kMaxRetries, path, "retries"),
                              check_range(shape->retry_wait_s, 0, kMaxRetryWait, path, "retry_wait_s"),
                              check_range(shape->token_budget, 1, INT64_MAX, path, "token_budget")})
    if (!checked) return checked.error();
  NodeSettings settings;
  if (shape->timeout_s) settings.timeout = std::chrono::seconds(*shape->timeout_s);
  settings.retries = static_cast<int>(shape->retries.value_or(0));
  settings.retry_wait = std::chrono::seconds(shape->retry_wait_s.value_or(1));
  settings.token_budget = shape->token_budget;
  return settings;
}

}  // namespace ownkey::workflow
