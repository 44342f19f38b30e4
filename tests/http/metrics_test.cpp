// What /metrics tells, and to whom.
#include <boost/test/unit_test.hpp>

#include "tests/support/marked_person.h"

using namespace ownkey;

namespace {

bool has(const std::string& text, const std::string& line) {
  return text.find("\n" + line + "\n") != std::string::npos;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(metrics_api)

BOOST_AUTO_TEST_CASE(requests_errors_runs_and_calls_are_counted_and_nothing_of_a_person) {
  test::OwnkeyServer server;
  test::MarkedPerson ada(server, "adalovelace");
  BOOST_REQUIRE(ada.client.post(ada.form()).body().at("status") == "success");
  BOOST_REQUIRE(ada.client.get("/api/workflows/" + ada.id).status == 404);
  BOOST_REQUIRE(ada.client.get("/nowhere/" + ada.id).status == 404);
  // On the connection of the others: what it asked for before is counted by then.
  const auto answer = ada.client.get("/metrics");
  BOOST_REQUIRE(answer.status == 200);
  BOOST_TEST(answer.header("Content-Type") == "text/plain; version=0.0.4; charset=utf-8");
  const auto& text = answer.text;
  BOOST_TEST(
      has(text, R"(ownkey_http_requests_total{method="POST",route="/api/workflows/{id}/execute",status="200"} 1)"));
  BOOST_TEST(has(text, R"(ownkey_http_requests_total{method="GET",route="/api/workflows/{id}",status="404"} 1)"));
  BOOST_TEST(has(text, R"(ownkey_http_requests_total{method="other",route="other",status="404"} 1)"));
  BOOST_TEST(has(text, R"(ownkey_http_request_seconds_count{method="POST",route="/api/auth/register"} 1)"));
  BOOST_TEST(has(text, R"(ownkey_errors_total{code="not_found"} 2)"));
  BOOST_TEST(has(text, R"(ownkey_provider_calls_total{provider="openai",result="success"} 1)"));
  BOOST_TEST(has(text, R"(ownkey_runs_total{status="success"} 1)"));
  BOOST_TEST(has(text, "ownkey_runs 0"));
  BOOST_TEST(has(text, "ownkey_streams 0"));
  BOOST_TEST(text.find("ownkey_worker_threads ") != std::string::npos);
  for (const auto& trace : ada.traces()) BOOST_TEST(text.find(trace) == std::string::npos);
}

BOOST_AUTO_TEST_CASE(what_a_proxy_hands_on_is_told_nothing_without_a_token) {
  test::OwnkeyServer server;
  const auto answer = test::ApiClient(server.port()).send("GET", "/metrics", "", {{"X-Forwarded-For", "203.0.113.7"}});
  BOOST_TEST(answer.status == 403);
  BOOST_TEST(answer.code() == "forbidden");
}

BOOST_AUTO_TEST_CASE(with_a_token_whoever_brings_it_is_told) {
  const std::string token = "a-token-for-figures-alone";
  test::OwnkeyServer server({}, {"OWNKEY_METRICS_TOKEN=" + token});
  test::ApiClient client(server.port());
  BOOST_TEST(client.get("/metrics").status == 401);
  client.use_token(token);
  BOOST_TEST(client.get("/metrics").status == 200);
  BOOST_TEST(server.log().find(token) == std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
