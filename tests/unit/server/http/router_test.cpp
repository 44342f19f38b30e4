#include "server/http/router.h"

#include <boost/test/unit_test.hpp>
#include <stdexcept>

namespace ownkey::http {
namespace {

Route route(std::string method, std::string pattern) {
  return {.method = std::move(method), .pattern = std::move(pattern), .handler = {}};
}

Router table() {
  return Router({route("GET", "/"), route("GET", "/api/workflows/{id}"), route("PUT", "/api/workflows/{id}"),
                 route("DELETE", "/api/workflows/{workflow}"), route("GET", "/api/workflows/tools"),
                 route("POST", "/api/workflows/{id}/execute"), route("POST", "/api/credentials/verify"),
                 route("PATCH", "/api/credentials/{provider}/{label}")});
}

// "GET /pattern" of the route found, or what was found instead.
std::string found(std::string_view method, std::string_view path) {
  static const Router router = table();
  const auto result = router.find(method, path);
  if (const auto* match = std::get_if<Router::Match>(&result))
    return match->route->method + " " + match->route->pattern;
  if (const auto* other = std::get_if<Router::NoSuchMethod>(&result)) return "405 " + other->allow;
  return "404";
}

}  // namespace

BOOST_AUTO_TEST_SUITE(http_router)

BOOST_AUTO_TEST_CASE(what_is_not_in_the_table_is_not_there) {
  for (const auto path : {"", "api", "/api", "/api/workflows", "/api/workflows/", "/api/workflows//",
                          "/api/workflows/a/", "/api/workflows/a/execute/b", "//", "/API/workflows/a",
                          "/api/./workflows/a", "/api/workflows/%zz", "/api/workflows/a%00"})
    BOOST_TEST_CONTEXT(path) { BOOST_TEST(found("GET", path) == "404"); }
}

BOOST_AUTO_TEST_CASE(a_parameter_takes_one_whole_segment_decoded) {
  const Router router = table();
  const auto result = router.find("PATCH", "/api/credentials/openai/my%20key%2F1");
  const auto& match = std::get<Router::Match>(result);
  BOOST_TEST((match.parameters == Pairs{{"provider", "openai"}, {"label", "my key/1"}}));
}

BOOST_AUTO_TEST_CASE(a_literal_wins_over_a_parameter) {
  BOOST_TEST(found("GET", "/api/workflows/tools") == "GET /api/workflows/tools");
  BOOST_TEST(found("GET", "/api/workflows/tool") == "GET /api/workflows/{id}");
  BOOST_TEST(found("DELETE", "/api/workflows/tools") == "405 GET, HEAD");
}

BOOST_AUTO_TEST_CASE(another_method_is_told_which_there_are) {
  BOOST_TEST(found("POST", "/api/workflows/a") == "405 DELETE, GET, HEAD, PUT");
  BOOST_TEST(found("GET", "/api/credentials/verify") == "405 POST");
}

BOOST_AUTO_TEST_CASE(methods_may_name_the_same_parameter_differently) {
  BOOST_TEST(found("DELETE", "/api/workflows/a") == "DELETE /api/workflows/{workflow}");
}

BOOST_AUTO_TEST_CASE(head_is_answered_by_get) {
  BOOST_TEST(found("HEAD", "/") == "GET /");
  BOOST_TEST(found("HEAD", "/api/credentials/verify") == "405 POST");
}

BOOST_AUTO_TEST_CASE(overlong_parameters_are_nothing_we_gave_out) {
  BOOST_TEST(found("GET", "/api/workflows/" + std::string(513, 'a')) == "404");
}

BOOST_AUTO_TEST_CASE(a_table_with_two_answers_or_a_broken_pattern_is_refused) {
  BOOST_CHECK_THROW(Router({route("GET", "/a/{x}"), route("GET", "/a/{y}")}), std::logic_error);
  for (const auto pattern : {"", "a", "/a//b", "/a/", "/a{x}", "/{}", "/{x}y", "/}"}) BOOST_TEST_CONTEXT(pattern) {
      BOOST_CHECK_THROW(Router({route("GET", pattern)}), std::logic_error);
    }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace ownkey::http
