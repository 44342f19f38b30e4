#include "server/http/metrics_access.h"

#include <boost/test/unit_test.hpp>

using namespace ownkey;
using namespace ownkey::http;

namespace {

const std::string kToken = "0123456789abcdef";

bool allowed(const MetricsAccess& access, const Request& request) { return static_cast<bool>(access.check(request)); }

}  // namespace

BOOST_AUTO_TEST_SUITE(metrics_access)

BOOST_AUTO_TEST_CASE(without_a_token_only_this_machine_may_ask) {
  const MetricsAccess access({}, false);
  BOOST_TEST(allowed(access, {.address = "127.0.0.1"}));
  BOOST_TEST(allowed(access, {.address = "::1"}));
  BOOST_TEST(!allowed(access, {.address = "192.0.2.1"}));
}

BOOST_AUTO_TEST_CASE(what_a_proxy_on_this_machine_hands_on_is_not_of_this_machine) {
  BOOST_TEST(!allowed({{}, true}, {.address = "127.0.0.1"}));
  const MetricsAccess access({}, false);
  BOOST_TEST(!allowed(access, {.headers = {{"X-Forwarded-For", "127.0.0.1"}}, .address = "127.0.0.1"}));
  BOOST_TEST(!allowed(access, {.headers = {{"Forwarded", "for=127.0.0.1"}}, .address = "127.0.0.1"}));
}

BOOST_AUTO_TEST_CASE(with_a_token_it_is_needed_wherever_one_comes_from) {
  const MetricsAccess access(Secret(kToken), true);
  BOOST_TEST(allowed(access, {.headers = {{"Authorization", "Bearer " + kToken}}, .address = "192.0.2.1"}));
  for (const auto& wrong : {"", "Bearer ", "Bearer 0123456789abcdeX", "0123456789abcdef", "Basic 0123456789abcdef"}) {
    const auto checked = access.check({.headers = {{"Authorization", wrong}}, .address = "127.0.0.1"});
    BOOST_REQUIRE(!checked);
    BOOST_TEST((checked.error().kind == ErrorKind::Unauthenticated));
  }
  BOOST_TEST(!allowed(access, {.address = "127.0.0.1"}));
}

BOOST_AUTO_TEST_SUITE_END()
