// What every answer carries, and who is let in.
#include <boost/test/unit_test.hpp>
#include <string>

#include "tests/support/echo_routes.h"
#include "tests/support/raw_socket.h"
#include "tests/support/running_server.h"

namespace ownkey::test {
namespace {

constexpr std::string_view kSignedIn = "Cookie: theme=dark; ownkey_dev=good\r\n";
constexpr std::string_view kGenuine = "Sec-Fetch-Site: same-origin\r\nX-Ownkey: 1\r\n";

struct Front {
  RunningServer server{echo_routes()};

  Answer ask(const std::string& bytes) { return RawSocket(server.port()).ask(bytes); }
};

std::string fields(std::initializer_list<std::string_view> parts) {
  std::string all;
  for (const auto part : parts) all += part;
  return all;
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(raw_answer, Front)

BOOST_AUTO_TEST_CASE(every_kind_of_answer_carries_the_security_headers) {
  const std::vector<std::string> requests{get("/hello"),
                                          get("/nowhere"),
                                          request("DELETE", "/hello"),
                                          get("/api/mine"),
                                          get("/settings"),
                                          get("/fail"),
                                          "broken\r\n\r\n",
                                          request("POST", "/small", kJson, std::string(5000, ' '))};
  for (const auto& bytes : requests) {
    const auto answer = ask(bytes);
    BOOST_TEST_CONTEXT(bytes.substr(0, 60) << " -> " << answer.status) {
      BOOST_TEST(answer.header("Content-Security-Policy") == "default-src 'none'; frame-ancestors 'none'");
      BOOST_TEST(answer.header("X-Content-Type-Options") == "nosniff");
      BOOST_TEST(answer.header("Referrer-Policy") == "no-referrer");
      BOOST_TEST(answer.header("X-Frame-Options") == "DENY");
      BOOST_TEST(answer.header("Cross-Origin-Opener-Policy") == "same-origin");
      BOOST_TEST(answer.header("Cross-Origin-Embedder-Policy") == "require-corp");
      BOOST_TEST(answer.header("Cross-Origin-Resource-Policy") == "same-origin");
      BOOST_TEST(answer.header("Permissions-Policy") != "");
      BOOST_TEST(answer.header("Cache-Control") == "no-store");
      BOOST_TEST(answer.header("X-Request-Id") != "");
      BOOST_TEST(answer.header("Server") == "");
      BOOST_TEST(answer.header("Access-Control-Allow-Origin") == "");
      BOOST_TEST(answer.header("Strict-Transport-Security") == "");
    }
  }
}

BOOST_AUTO_TEST_CASE(hsts_is_sent_where_people_come_by_https) {
  RunningServer secure(echo_routes(), {.public_origin = "https://keys.example"});
  BOOST_TEST(RawSocket(secure.port()).ask(get("/hello")).header("Strict-Transport-Security") != "");
}

BOOST_AUTO_TEST_CASE(errors_are_problems_with_the_request_id_of_their_header) {
  const auto answer = ask(get("/nowhere"));
  BOOST_TEST(answer.header("Content-Type") == "application/problem+json");
  const auto problem = json::parse(answer.body);
  BOOST_TEST(problem["code"] == "not_found");
  BOOST_TEST(problem["status"] == 404);
  BOOST_TEST(problem["title"] == "Not Found");
  BOOST_TEST(problem["request_id"].get<std::string>() == answer.header("X-Request-Id"));
}

BOOST_AUTO_TEST_CASE(the_text_of_an_exception_reaches_neither_the_client_nor_the_log) {
  RawSocket client(server.port());
  client.send(get("/fail"));
  const auto answer = client.answer();
  BOOST_TEST(answer.status == 500);
  BOOST_TEST((answer.head + answer.body).find("secret") == std::string::npos);
  BOOST_TEST(client.ask(get("/hello")).status == 200);
  BOOST_TEST(server.lines.has("a handler threw"));
  BOOST_TEST(server.lines.has(answer.header("X-Request-Id")));
  BOOST_TEST(!server.lines.has("secret"));
}

BOOST_AUTO_TEST_CASE(the_log_holds_paths_without_their_queries) {
  RawSocket client(server.port());
  client.ask(get("/show?token=tell-nobody"));
  // The line is written after the answer; the next answer on the connection comes after the line.
  client.ask(get("/hello"));
  BOOST_TEST(server.lines.has("/show"));
  BOOST_TEST(!server.lines.has("tell-nobody"));
}

BOOST_AUTO_TEST_CASE(a_known_path_with_another_method_says_which_it_takes) {
  const auto answer = ask(request("DELETE", "/api/mine"));
  BOOST_TEST(answer.status == 405);
  BOOST_TEST(answer.header("Allow") == "GET, HEAD, POST");
  BOOST_TEST(ask(request("OPTIONS", "/api/mine")).status == 405);
}

BOOST_AUTO_TEST_CASE(a_session_is_found_in_the_cookie_or_the_bearer_token) {
  BOOST_TEST(ask(get("/api/mine")).status == 401);
  BOOST_TEST(ask(get("/api/mine", "Cookie: ownkey_dev=bad\r\n")).status == 401);
  BOOST_TEST(ask(get("/api/mine", "Cookie: __Host-ownkey=good\r\n")).status == 401);
  BOOST_TEST(ask(get("/api/mine", kSignedIn)).has(R"("user":"ada")"));
  BOOST_TEST(ask(get("/api/mine", "Authorization: bearer good\r\n")).has(R"("user":"ada")"));
}

BOOST_AUTO_TEST_CASE(an_authorization_header_is_judged_alone) {
  BOOST_TEST(ask(get("/api/mine", fields({"Authorization: Bearer bad\r\n", kSignedIn}))).status == 401);
  BOOST_TEST(ask(get("/api/mine", fields({"Authorization: Basic Z29vZA==\r\n", kSignedIn}))).status == 401);
}

BOOST_AUTO_TEST_CASE(a_page_without_a_session_leads_to_login_and_back) {
  const auto answer = ask(get("/settings?tab=a&x=1"));
  BOOST_TEST(answer.status == 303);
  BOOST_TEST(answer.header("Location") == "/login?next=%2Fsettings%3Ftab%3Da%26x%3D1");
  BOOST_TEST(ask(get("/settings", kSignedIn)).status == 200);
}

BOOST_AUTO_TEST_CASE(a_change_by_cookie_must_prove_that_it_comes_from_our_page) {
  const auto status = [&](std::initializer_list<std::string_view> parts) {
    return ask(request("POST", "/api/mine", fields(parts), "{}")).status;
  };
  BOOST_TEST(status({kSignedIn, kJson, kGenuine}) == 200);
  BOOST_TEST(status({kSignedIn, kJson, "X-Ownkey: 1\r\nOrigin: http://localhost\r\n"}) == 200);
  BOOST_TEST(status({kSignedIn, kJson}) == 403);
  BOOST_TEST(status({kSignedIn, kJson, "X-Ownkey: 1\r\n"}) == 403);
  BOOST_TEST(status({kSignedIn, kJson, "Sec-Fetch-Site: same-origin\r\n"}) == 403);
  BOOST_TEST(status({kSignedIn, kJson, "X-Ownkey: 1\r\nSec-Fetch-Site: cross-site\r\n"}) == 403);
  BOOST_TEST(status({kSignedIn, kJson, "X-Ownkey: 1\r\nOrigin: https://evil.example\r\n"}) == 403);
  BOOST_TEST(status({kSignedIn, kGenuine}) == 403);
  BOOST_TEST(status({kSignedIn, "Authorization: Bearer good\r\n", kJson}) == 200);
  const auto answer = ask(request("POST", "/api/mine/act", kSignedIn));
  BOOST_TEST(answer.status == 403);
  BOOST_TEST(answer.has("csrf_rejected"));
}

BOOST_AUTO_TEST_CASE(a_trusted_proxy_is_believed_about_the_address) {
  RunningServer behind(echo_routes(), {.trusted_proxies = {"127.0.0.0/8", "10.0.0.2"}});
  const auto seen = [&](std::string_view forwarded) {
    return json::parse(RawSocket(behind.port()).ask(get("/show", forwarded)).body)["address"].get<std::string>();
  };
  BOOST_TEST(seen("X-Forwarded-For: 203.0.113.7\r\n") == "203.0.113.7");
  BOOST_TEST(seen("X-Forwarded-For: 6.6.6.6, 203.0.113.7, 10.0.0.2\r\n") == "203.0.113.7");
  BOOST_TEST(seen("X-Forwarded-For: 6.6.6.6\r\nX-Forwarded-For: 203.0.113.7\r\n") == "203.0.113.7");
  BOOST_TEST(seen("X-Forwarded-For: nonsense\r\n") == "127.0.0.1");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace ownkey::test
