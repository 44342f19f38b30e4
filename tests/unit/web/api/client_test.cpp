#include "web/api/client.h"

#include <boost/test/unit_test.hpp>

#include "web/platform/null_platform.h"

using namespace ownkey;
using namespace ownkey::api;

namespace {

struct Fixture {
  platform::NullPlatform platform;
  Client client{platform};

  // Hands the answer that the platform queued to the client.
  void deliver() {
    for (auto& event : std::exchange(platform.world.events, {})) client.handle(std::get<platform::Answered>(event));
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(client_requests, Fixture)

BOOST_AUTO_TEST_CASE(signing_in_asks_for_a_cookie) {
  client.sign_in({"ada@example.com", Secret("correct horse"), SessionKind::Cookie}, [](auto) {});
  const auto& request = platform.requests.back();
  BOOST_TEST(request.method == "POST");
  BOOST_TEST(request.path == "/api/auth/login");
  BOOST_TEST((parse_json(request.body).operator*() ==
              json{{"email", "ada@example.com"}, {"password", "correct horse"}, {"session", "cookie"}}));
}

BOOST_AUTO_TEST_CASE(a_list_is_read_and_unknown_fields_are_ignored) {
  std::vector<ProviderEntry> providers;
  client.providers([&](auto outcome) { providers = std::move(*outcome); });
  platform.answer(
      "GET", "/api/settings/providers", 200,
      R"([{"provider":"google","name":"Google Gemini","key_hint":"","docs_url":"","needs_base_url":false,"available":true,"new":1}])");
  deliver();
  BOOST_REQUIRE(providers.size() == 1u);
  BOOST_TEST((providers[0].provider == Provider::Google));
}

BOOST_AUTO_TEST_CASE(a_problem_is_told_with_its_kind_field_and_verification) {
  state::Failure failure;
  client.verify({Provider::OpenAi, Secret("sk-bad"), {}}, [&](auto outcome) { failure = outcome.failure; });
  platform.answer(
      "POST", "/api/settings/credentials/verify", 400,
      R"({"type":"about:blank","title":"Bad Request","status":400,"code":"key_rejected","detail":"check the key",
                      "field":"api_key","request_id":"r1","verification":{"reached":true,"key_accepted":false,
                      "models_listed":false,"checked_at":"2026-11-24T00:00:00Z","latency_ms":12,"detail":""}})");
  deliver();
  BOOST_TEST((failure.kind == ErrorKind::KeyRejected));
  BOOST_TEST(failure.text == "check the key");
  BOOST_TEST(failure.field == "api_key");
  BOOST_REQUIRE(failure.verification);
  BOOST_TEST(failure.verification->latency_ms == 12);
}

BOOST_AUTO_TEST_CASE(no_answer_is_told_as_being_offline) {
  state::Failure failure;
  client.credentials([&](auto outcome) { failure = outcome.failure; });
  platform.answer("GET", "/api/settings/credentials", 0, "");
  deliver();
  BOOST_TEST(failure.offline);
}

BOOST_AUTO_TEST_CASE(an_error_page_of_a_proxy_still_becomes_a_sentence) {
  state::Failure failure;
  client.credentials([&](auto outcome) { failure = outcome.failure; });
  platform.answer("GET", "/api/settings/credentials", 502, "<html>Bad Gateway</html>");
  deliver();
  BOOST_TEST(failure.text.find("try again") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(an_answer_of_another_shape_is_an_error_and_not_a_crash) {
  for (const auto* body : {"", "null", "{}", R"([{"id":3}])", "not json"}) {
    bool failed = false;
    client.credentials([&](auto outcome) { failed = !outcome; });
    platform.answer("GET", "/api/settings/credentials", 200, body);
    deliver();
    BOOST_TEST(failed, body);
  }
}

BOOST_AUTO_TEST_CASE(a_request_that_found_no_session_waits_for_the_next_and_is_sent_again_as_it_was) {
  int told = 0, answered = 0;
  client.when_signed_out = [&] { ++told; };
  client.act_for("u1");
  client.verify({Provider::OpenAi, Secret("sk-key"), {}}, [&](auto) { ++answered; });
  const std::string body = platform.requests.back().body;
  platform.answer("POST", "/api/settings/credentials/verify", 401, "");
  deliver();
  BOOST_TEST(told == 1);
  BOOST_TEST(answered == 0);
  BOOST_TEST(platform.requests.empty());
  client.send_again();
  BOOST_TEST(platform.requests.back().body == body);
  BOOST_TEST(platform.requests.back().user_id == "u1");
  platform.answer("POST", "/api/settings/credentials/verify", 500, "");
  deliver();
  BOOST_TEST(answered == 1);
}

BOOST_AUTO_TEST_CASE(what_is_asked_for_by_nobody_yet_and_signing_out_are_answered_without_a_session) {
  int answered = 0;
  client.when_signed_out = [] { BOOST_ERROR("nobody was signed in"); };
  client.me([&](auto) { ++answered; });
  platform.answer("GET", "/api/auth/me", 401, "");
  deliver();
  client.act_for("u1");
  client.sign_out([&](auto) { ++answered; });
  platform.answer("POST", "/api/auth/logout", 401, "");
  deliver();
  BOOST_TEST(answered == 2);
}

BOOST_AUTO_TEST_CASE(requests_that_wait_for_a_session_are_forgotten_with_all_others) {
  client.act_for("u1");
  client.workflows([](auto) { BOOST_ERROR("it was forgotten"); });
  platform.answer("GET", "/api/workflows", 401, "");
  deliver();
  client.abandon_all();
  client.send_again();
  BOOST_TEST(platform.requests.empty());
}

BOOST_AUTO_TEST_CASE(an_abandoned_request_is_never_answered) {
  bool answered = false;
  const auto id = client.follow_run(
      "r1", [&](const auto&) { answered = true; }, [&](auto) { answered = true; });
  client.abandon(id);
  BOOST_TEST(platform.requests.back().abandoned);
  client.handle({id, 200, "{}"});
  client.handle(platform::Streamed{id, "run.started", "{}"});
  BOOST_TEST(!answered);
}

BOOST_AUTO_TEST_CASE(a_stream_may_be_abandoned_by_its_own_event) {
  int events = 0;
  platform::RequestId id = 0;
  id = client.follow_run(
      "r1", [&](const auto&) { client.abandon((++events, id)); }, [](auto) {});
  client.handle(platform::Streamed{id, "run.finished", "{}"});
  client.handle(platform::Streamed{id, "run.finished", "{}"});
  BOOST_TEST(events == 1);
}

BOOST_AUTO_TEST_CASE(all_requests_can_be_abandoned_at_once) {
  int answered = 0;
  client.workflows([&](auto) { ++answered; });
  client.credentials([&](auto) { ++answered; });
  client.abandon_all();
  for (const auto& request : platform.requests) {
    BOOST_TEST(request.abandoned);
    client.handle({request.id, 200, "[]"});
  }
  BOOST_TEST(answered == 0);
}

BOOST_AUTO_TEST_CASE(requests_without_a_body_send_none) {
  client.verify_stored({Provider::Anthropic}, [](auto) {});
  BOOST_TEST(platform.requests.back().path == "/api/settings/credentials/anthropic/verify");
  BOOST_TEST(platform.requests.back().body.empty());
  client.remove({Provider::OpenAi}, [](auto) {});
  BOOST_TEST(platform.requests.back().method == "DELETE");
  BOOST_TEST(platform.requests.back().body.empty());
}

BOOST_AUTO_TEST_SUITE_END()
