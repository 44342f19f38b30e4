#include "server/llm/retry.h"

#include <algorithm>

namespace ownkey::llm {

using std::chrono::milliseconds;
using std::chrono::seconds;

bool is_worth_a_retry(const HttpAnswer& answer, const Error& error, const RetryPolicy& policy) {
  // Another try would end the same; Gemini says "too long" with a 500.
  if (error.kind == ErrorKind::NoCredit || error.kind == ErrorKind::ContextTooLong) return false;
  if (error.retry_after_s && seconds(*error.retry_after_s) > policy.longest_asked_wait) return false;
  // A word of the providers' own SDKs: the server says whether another try makes sense.
  const auto told = answer.header("x-should-retry");
  if (told == "true") return true;
  if (told == "false") return false;
  return answer.status == 408 || answer.status == 409 || answer.status == 429 || answer.status >= 500;
}

milliseconds wait_before_retry(int retries_so_far, const Error& error, double random, const RetryPolicy& policy) {
  if (error.retry_after_s) return seconds(*error.retry_after_s);
  const auto wait = std::min(policy.first_wait * (1 << std::min(retries_so_far, 16)), policy.longest_wait);
  return wait - milliseconds(static_cast<milliseconds::rep>(static_cast<double>(wait.count()) * random / 4));
}

}  // namespace ownkey::llm
