#include "server/http/session_guard.h"

#include <boost/test/unit_test.hpp>

namespace ownkey::http {
namespace {

Result<void> identify(Pairs headers) {
  const SessionGuard guard(
      [](const Secret&) -> Result<Session> {
        return Session{base::UserId("ada"), base::SessionId("s")};
      },
      SessionCookie(false));
  Request request{.headers = std::move(headers)};
  return guard.identify(request);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(http_session_guard)

// Regression: a tab of one person went on with the account of another who had signed in in a second tab.
BOOST_AUTO_TEST_CASE(a_tab_that_shows_another_account_than_the_cookies_is_told_to_sign_in) {
  const std::pair<std::string, std::string> cookie{"Cookie", "ownkey_dev=t"};
  BOOST_TEST(static_cast<bool>(identify({cookie})));
  BOOST_TEST(static_cast<bool>(identify({cookie, {"X-Ownkey-User", "ada"}})));
  const auto other = identify({cookie, {"X-Ownkey-User", "bob"}});
  BOOST_REQUIRE(!other);
  BOOST_TEST((other.error().kind == ErrorKind::Unauthenticated));
  BOOST_TEST(other.error().public_text.find("another account") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_bearer_token_says_itself_whose_it_is) {
  BOOST_TEST(static_cast<bool>(identify({{"Authorization", "Bearer t"}, {"X-Ownkey-User", "bob"}})));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace ownkey::http
