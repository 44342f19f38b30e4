#include "server/llm/retry.h"

#include <boost/test/unit_test.hpp>

using namespace ownkey;
using namespace ownkey::llm;
using std::chrono::milliseconds;

namespace {

const RetryPolicy kPolicy;

bool retries(int status, ErrorKind kind = ErrorKind::ProviderError, std::vector<HttpHeader> headers = {},
             std::optional<int> retry_after_s = {}) {
  return is_worth_a_retry({status, std::move(headers)}, {kind, "", "", "", retry_after_s}, kPolicy);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(retry)

BOOST_AUTO_TEST_CASE(passing_troubles_are_worth_a_retry) {
  for (const int status : {408, 409, 429, 500, 502, 503, 504, 529}) BOOST_TEST(retries(status), status);
}

BOOST_AUTO_TEST_CASE(lasting_ones_are_not) {
  for (const int status : {200, 400, 401, 402, 403, 404, 413, 422}) BOOST_TEST(!retries(status), status);
}

BOOST_AUTO_TEST_CASE(an_account_without_credit_is_not_asked_again) { BOOST_TEST(!retries(429, ErrorKind::NoCredit)); }

BOOST_AUTO_TEST_CASE(an_input_that_is_too_long_is_not_sent_again) {
  BOOST_TEST(!retries(500, ErrorKind::ContextTooLong));
}

BOOST_AUTO_TEST_CASE(the_provider_has_the_last_word) {
  BOOST_TEST(retries(400, ErrorKind::ProviderError, {{"X-Should-Retry", "true"}}));
  BOOST_TEST(!retries(500, ErrorKind::ProviderError, {{"x-should-retry", "false"}}));
}

BOOST_AUTO_TEST_CASE(too_long_a_wait_is_left_to_the_person) {
  BOOST_TEST(retries(429, ErrorKind::ProviderRateLimited, {}, 60));
  BOOST_TEST(!retries(429, ErrorKind::ProviderRateLimited, {}, 61));
}

BOOST_AUTO_TEST_CASE(waits_grow_and_vary_up_to_a_limit) {
  const Error plain{ErrorKind::ProviderError, ""};
  BOOST_TEST(wait_before_retry(0, plain, 0, kPolicy).count() == 500);
  BOOST_TEST(wait_before_retry(1, plain, 0, kPolicy).count() == 1000);
  BOOST_TEST(wait_before_retry(9, plain, 0, kPolicy).count() == 8000);
  BOOST_TEST(wait_before_retry(0, plain, 0.999, kPolicy).count() > 370);
  BOOST_TEST(wait_before_retry(0, plain, 0.999, kPolicy).count() < 380);
}

BOOST_AUTO_TEST_CASE(the_wait_that_the_provider_names_is_kept) {
  BOOST_TEST(wait_before_retry(0, {ErrorKind::ProviderRateLimited, "", "", "", 7}, 0.5, kPolicy).count() == 7000);
}

BOOST_AUTO_TEST_SUITE_END()
