// When to ask a provider again, and how long to wait before. Follows what OpenAI's and Anthropic's own SDKs do.
#pragma once

#include <chrono>

#include "server/llm/http_message.h"
#include "shared/result.h"

namespace ownkey::llm {

struct RetryPolicy {
  int max_retries = 2;
  std::chrono::milliseconds first_wait{500};
  std::chrono::milliseconds longest_wait{std::chrono::seconds(8)};
  // A provider that asks for more patience than this is not asked again: the person decides.
  std::chrono::milliseconds longest_asked_wait{std::chrono::seconds(60)};
};

// 408, 409, 429 and 5xx, as long as the provider does not say otherwise. An account without credit stays without.
bool is_worth_a_retry(const HttpAnswer& answer, const Error& error, const RetryPolicy& policy);

// What the provider asks for, else twice as long each time, less a random part of up to a quarter, so that many callers
// do not come back at once. `random` is in [0, 1).
std::chrono::milliseconds wait_before_retry(int retries_so_far, const Error& error, double random,
                                            const RetryPolicy& policy);

}  // namespace ownkey::llm
