#include "server/http/pipeline.h"

#include <boost/test/unit_test.hpp>
#include <string>
#include <vector>

namespace ownkey::http {
namespace {

// A table of one route, and what was asked of its limiter.
struct Table {
  std::vector<std::string> limited;
  Result<void> allowed;
  base::Log log = base::Log::to([](std::string_view) {}, base::Log::Format::Json);

  Pipeline with(Route route) {
    return Pipeline({.router = Router({std::move(route)}),
                     .session_guard =
                         SessionGuard([](const Secret&) -> Result<Session> { return Session{}; }, SessionCookie(false)),
                     .limit =
                         [this](std::string_view address) {
                           limited.emplace_back(address);
                           return allowed;
                         },
                     .origin = *Origin::make("127.0.0.1", {}, false),
                     .proxies = {},
                     .log = log});
  }

  Response ask(Route route, std::string method, Pairs headers = {}, std::uint64_t size = 0,
               std::string_view peer = "203.0.113.7") {
    RequestHead head;
    head.method = std::move(method);
    head.target = head.path = route.pattern;
    head.host = "localhost";
    head.headers = std::move(headers);
    head.content_length = size;
    const auto pipeline = with(std::move(route));
    auto opened = pipeline.open(std::move(head), *parse_ip(peer), "r-1");
    if (auto* response = std::get_if<Response>(&opened)) return std::move(*response);
    return pipeline.answer(std::get<Pipeline::Opened>(opened));
  }
};

const Handler kFine = [](const Request&) -> Result<Response> { return no_content(); };

// 204 when a cookie could be set, else the failure's status.
const Handler kSignsIn = [](const Request& request) -> Result<Response> {
  if (request.csrf_failure) return *request.csrf_failure;
  return no_content();
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(http_pipeline, Table)

BOOST_AUTO_TEST_CASE(a_limited_route_asks_its_limiter_with_the_clients_address) {
  const Route route{
      .method = "POST", .pattern = "/login", .handler = kFine, .access = Access::Anyone, .checks_a_secret = true};
  BOOST_TEST(ask(route, "POST").status == 204);
  BOOST_TEST((limited == std::vector<std::string>{"203.0.113.7"}));
  allowed = Error{.kind = ErrorKind::RateLimited, .public_text = "wait", .retry_after_s = 30};
  const auto refused = ask(route, "POST");
  BOOST_TEST(refused.status == 429);
  BOOST_TEST(refused.header("Retry-After").value() == "30");
}

// Regression: each of the addresses that one IPv6 customer has was counted alone.
BOOST_AUTO_TEST_CASE(an_ipv6_client_is_counted_by_the_network_that_is_its_own) {
  const Route route{
      .method = "POST", .pattern = "/login", .handler = kFine, .access = Access::Anyone, .checks_a_secret = true};
  ask(route, "POST", {}, 0, "2001:db8:1:2:3:4:5:6");
  ask(route, "POST", {}, 0, "2001:db8:1:2::9");
  BOOST_TEST((limited == std::vector<std::string>{"2001:db8:1:2::", "2001:db8:1:2::"}));
}

// Regression: another site's forms, and requests that check nothing, used up the tries of their visitor's address.
BOOST_AUTO_TEST_CASE(a_request_that_is_refused_anyway_takes_no_try) {
  const Route route{
      .method = "POST", .pattern = "/verify", .handler = kFine, .body = Body::Json, .checks_a_secret = true};
  const std::pair<std::string, std::string> cookie{"Cookie", "ownkey_dev=t"};
  const std::pair<std::string, std::string> bearer{"Authorization", "Bearer t"};
  const std::pair<std::string, std::string> json_type{"Content-Type", "application/json"};
  BOOST_TEST(ask(route, "POST", {json_type}, 2).status == 401);
  BOOST_TEST(ask(route, "POST", {cookie, {"Content-Type", "text/plain"}, {"Sec-Fetch-Site", "cross-site"}}, 2).status ==
             403);
  BOOST_TEST(ask(route, "POST", {bearer}, 2).status == 415);
  BOOST_TEST(ask(route, "POST", {bearer, json_type}, kDefaultBodyCap + 1).status == 413);
  BOOST_TEST(limited.empty());
  BOOST_TEST(ask(route, "POST", {bearer, json_type}, 2).status == 204);
  BOOST_TEST(limited.size() == 1U);
}

// Regression: a wrong link showed people a line of JSON.
BOOST_AUTO_TEST_CASE(a_person_at_an_unknown_address_gets_the_page_with_404) {
  const Handler page = [](const Request& request) -> Result<Response> {
    auto response =
        text_response(request.header("If-None-Match") ? 304 : 200, "text/html; charset=utf-8", "<!doctype html>");
    response.set_header("ETag", "\"1\"");
    return response;
  };
  const auto pipeline = with({.method = "GET", .pattern = "/", .handler = page, .access = Access::Anyone});
  const auto at = [&](std::string path, std::string method, std::string accept) {
    RequestHead head;
    head.method = std::move(method);
    head.target = head.path = std::move(path);
    head.host = "localhost";
    head.headers = {{"Accept", std::move(accept)}, {"If-None-Match", "\"1\""}};
    return std::get<Response>(pipeline.open(std::move(head), *parse_ip("203.0.113.7"), "r-1"));
  };
  const auto found = at("/nowhere", "GET", "text/html,*/*;q=0.8");
  BOOST_TEST(found.status == 404);
  BOOST_TEST(found.body == "<!doctype html>");
  BOOST_TEST(found.header("Content-Type").value() == "text/html; charset=utf-8");
  BOOST_TEST(!found.header("ETag").has_value());
  const std::string problem = "application/problem+json";
  BOOST_TEST(at("/nowhere", "GET", "*/*").header("Content-Type").value() == problem);
  BOOST_TEST(at("/nowhere", "POST", "text/html").header("Content-Type").value() == problem);
  for (const auto path : {"/api/nowhere", "/api", "/assets/gone.js", "/healthz", "/readyz", "/metrics"})
    BOOST_TEST_CONTEXT(path) { BOOST_TEST(at(path, "GET", "text/html").header("Content-Type").value() == problem); }
}

BOOST_AUTO_TEST_CASE(other_routes_ask_no_limiter) {
  ask({.method = "GET", .pattern = "/a", .handler = kFine, .access = Access::Anyone}, "GET");
  BOOST_TEST(limited.empty());
}

BOOST_AUTO_TEST_CASE(a_route_that_sets_a_cookie_can_see_that_it_must_not) {
  const Route route{
      .method = "POST", .pattern = "/login", .handler = kSignsIn, .access = Access::Anyone, .body = Body::Json};
  const Pairs json_only{{"Content-Type", "application/json"}};
  BOOST_TEST(ask(route, "POST", json_only, 2).status == 403);
  const Pairs genuine{{"Content-Type", "application/json"}, {"X-Ownkey", "1"}, {"Sec-Fetch-Site", "same-origin"}};
  BOOST_TEST(ask(route, "POST", genuine, 2).status == 204);
}

BOOST_AUTO_TEST_CASE(a_body_that_may_be_left_out_must_be_json_when_it_is_there) {
  const Route route{
      .method = "POST", .pattern = "/run", .handler = kFine, .access = Access::Anyone, .body = Body::OptionalJson};
  BOOST_TEST(ask(route, "POST").status == 204);
  BOOST_TEST(ask(route, "POST", {}, 2).status == 415);
  BOOST_TEST(ask(route, "POST", {{"Content-Type", "application/json"}}, 2).status == 204);
}

BOOST_AUTO_TEST_CASE(answers_are_cached_as_their_route_says_but_never_errors) {
  const Handler fails = [](const Request&) -> Result<Response> { return Error{ErrorKind::NotFound, "no"}; };
  Route route{.method = "GET", .pattern = "/a", .handler = kFine, .access = Access::Anyone, .cache = Cache::Immutable};
  BOOST_TEST(ask(route, "GET").header("Cache-Control").value().find("immutable") != std::string::npos);
  route.handler = fails;
  BOOST_TEST(!ask(route, "GET").header("Cache-Control").has_value());
}

BOOST_AUTO_TEST_CASE(a_cap_is_not_asked_of_a_body_that_is_never_read) {
  const Route route{.method = "GET", .pattern = "/a", .handler = kFine, .access = Access::Anyone, .body_cap = 1};
  BOOST_TEST(ask(route, "GET", {}, 100).status == 204);
  const Route post{.method = "POST", .pattern = "/a", .handler = kFine, .access = Access::Anyone};
  BOOST_TEST(ask(post, "POST", {}, kAuthBodyCap + 1).status == 413);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace ownkey::http
