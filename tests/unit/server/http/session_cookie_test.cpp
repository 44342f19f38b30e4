#include "server/http/session_cookie.h"

#include <boost/test/unit_test.hpp>
#include <string>

namespace ownkey::http {
namespace {

std::string token_in(bool https, std::string_view header) {
  const auto token = SessionCookie(https).read(header);
  return token ? std::string(token->reveal()) : "none";
}

}  // namespace

BOOST_AUTO_TEST_SUITE(http_session_cookie)

BOOST_AUTO_TEST_CASE(the_token_is_found_among_other_cookies) {
  BOOST_TEST(token_in(true, "a=1; __Host-ownkey=tok-_en; b=2") == "tok-_en");
  BOOST_TEST(token_in(false, "ownkey_dev=t") == "t");
}

BOOST_AUTO_TEST_CASE(only_the_whole_name_counts) {
  BOOST_TEST(token_in(true, "ownkey=t; x__Host-ownkey=t; __host-ownkey=t; __Host-ownkey") == "none");
  BOOST_TEST(token_in(true, "ownkey_dev=t") == "none");
  BOOST_TEST(token_in(true, "") == "none");
}

BOOST_AUTO_TEST_CASE(two_different_tokens_are_none) {
  BOOST_TEST(token_in(false, "ownkey_dev=a; ownkey_dev=b") == "none");
  BOOST_TEST(token_in(false, "ownkey_dev=a; ownkey_dev=a") == "a");
}

BOOST_AUTO_TEST_CASE(over_https_the_cookie_is_secure_and_of_this_host) {
  Response response;
  SessionCookie(true).set(response, Secret("token"), std::chrono::hours(24));
  BOOST_TEST(response.header("Set-Cookie").value() ==
             "__Host-ownkey=token; Path=/; HttpOnly; SameSite=Lax; Secure; Max-Age=86400");
}

BOOST_AUTO_TEST_CASE(plain_http_has_a_cookie_of_its_own) {
  Response response;
  SessionCookie(false).set(response, Secret("token"), std::chrono::seconds(60));
  BOOST_TEST(response.header("Set-Cookie").value() == "ownkey_dev=token; Path=/; HttpOnly; SameSite=Lax; Max-Age=60");
}

BOOST_AUTO_TEST_CASE(clearing_removes_the_cookie_and_what_the_browser_kept) {
  Response response;
  SessionCookie(true).clear(response);
  BOOST_TEST(response.header("Set-Cookie").value() ==
             "__Host-ownkey=; Path=/; HttpOnly; SameSite=Lax; Secure; Max-Age=0");
  BOOST_TEST(response.header("Clear-Site-Data").has_value());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace ownkey::http
