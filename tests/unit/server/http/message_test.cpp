#include "server/http/message.h"

#include <boost/test/unit_test.hpp>
#include <stdexcept>

#include "shared/api/accounts.h"

namespace ownkey::http {

BOOST_AUTO_TEST_SUITE(http_message)

BOOST_AUTO_TEST_CASE(headers_are_found_in_any_case_and_query_values_only_in_theirs) {
  const Request request{.headers = {{"Content-Type", "a"}}, .query = {{"limit", "5"}}};
  BOOST_TEST(request.header("content-type").value() == "a");
  BOOST_TEST(!request.header("Content").has_value());
  BOOST_TEST(request.query_value("limit").value() == "5");
  BOOST_TEST(!request.query_value("Limit").has_value());
}

BOOST_AUTO_TEST_CASE(asking_for_what_the_route_does_not_have_is_a_broken_invariant) {
  const Request request{.path_parameters = {{"id", "7"}}};
  BOOST_TEST(request.parameter("id") == "7");
  BOOST_CHECK_THROW(request.parameter("name"), std::logic_error);
  BOOST_CHECK_THROW(request.caller(), std::logic_error);
}

BOOST_AUTO_TEST_CASE(a_request_without_a_connection_is_never_left) { BOOST_TEST(!Request{}.client_left().cancelled()); }

BOOST_AUTO_TEST_CASE(setting_a_header_replaces_it) {
  Response response = json_response(200, json{{"a", 1}});
  response.set_header("content-type", "text/plain");
  BOOST_TEST(response.headers.size() == 1U);
  BOOST_TEST(response.header("Content-Type").value() == "text/plain");
}

BOOST_AUTO_TEST_CASE(bodies_are_read_strictly) {
  BOOST_TEST(static_cast<bool>(body_of<api::LoginRequest>({.body = R"({"email":"a@b.c","password":"x"})"})));
  const auto unknown = body_of<api::LoginRequest>({.body = R"({"email":"a@b.c","password":"x","admin":true})"});
  BOOST_REQUIRE(!unknown);
  BOOST_TEST(unknown.error().field == "admin");
}

BOOST_AUTO_TEST_CASE(a_redirect_is_fetched_with_get) {
  BOOST_TEST(redirect("/login").status == 303);
  BOOST_TEST(redirect("/login").header("Location").value() == "/login");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace ownkey::http
