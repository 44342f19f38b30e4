#include "server/workflow/node_attempts.h"

#include <utility>

namespace ownkey::workflow {
namespace {

bool may_pass(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::ProviderRateLimited:
    case ErrorKind::ProviderOverloaded:
    case ErrorKind::ProviderUnreachable:
    case ErrorKind::ProviderTimeout:
    case ErrorKind::ProviderError:
    case ErrorKind::RunFailed: return true;
    default: return false;
  }
}

Error took_too_long(std::chrono::seconds limit) {
  return {ErrorKind::LimitExceeded, "this node took longer than its limit of " + std::to_string(limit.count()) +
                                        " s; raise its 'timeout_s', or ask for less"};
}

}  // namespace

void add_usage(std::optional<api::Usage>& sum, const std::optional<api::Usage>& more) {
  if (!more) return;
  if (!sum) sum = api::Usage{};
  sum->input_tokens += more->input_tokens;
  sum->output_tokens += more->output_tokens;
}

NodeAttempts attempt_node(const Node& node, NodeContext context, base::Deadlines& deadlines) {
  const auto& settings = node.settings;
  const base::Deadline limit(deadlines, context.cancel, settings.timeout);
  context.cancel = limit.token();
  std::optional<api::Usage> earlier;
  for (int count = 1;; ++count) {
    auto result = node.kind->run(context);
    auto& usage = result.receipt().usage;
    add_usage(usage, earlier);
    if (result.failure && limit.passed()) result.failure->error = took_too_long(*settings.timeout);
    const bool again = result.failure && count <= settings.retries && may_pass(result.failure->error.kind);
    if (!again || !context.cancel.sleep_for(settings.retry_wait)) return {std::move(result), count};
    earlier = usage;
  }
}

}  // namespace ownkey::workflow
