#include "server/llm/circuit_breaker.h"

#include <boost/test/unit_test.hpp>

#include "tests/support/llm_fixture.h"

using namespace ownkey;
using namespace ownkey::llm;
using namespace ownkey::test;
using std::chrono::seconds;

namespace {

struct Fixture {
  CircuitBreaker breaker{{3, seconds(30)}};
  Endpoint endpoint{"Testy", {true, "api.example.com", 443, "/v1"}, Trust::Public};
  base::UserId ada{"ada"}, bob{"bob"};
  CircuitBreaker::Now now{};

  Result<void> ask(const base::UserId& user) { return breaker.ask(Provider::OpenAi, endpoint, user, now); }
  bool may(const base::UserId& user) { return bool(ask(user)); }
  void fail(const base::UserId& user, ErrorKind kind = ErrorKind::ProviderUnreachable) {
    breaker.failed(Provider::OpenAi, endpoint, user, kind, now);
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(circuit_breaker, Fixture)

BOOST_AUTO_TEST_CASE(it_opens_after_failures_in_a_row_and_says_how_long) {
  fail(ada);
  fail(bob);
  BOOST_TEST(may(ada));
  fail(ada);
  const auto refused = ask(bob);
  BOOST_REQUIRE(!refused);
  BOOST_TEST((refused.error().kind == ErrorKind::ProviderUnreachable));
  BOOST_TEST(*refused.error().retry_after_s == 30);
  now += seconds(10);
  BOOST_TEST(holds(ask(ada).error().public_text, "in 20 s"));
}

BOOST_AUTO_TEST_CASE(a_success_between_failures_starts_the_count_again) {
  fail(ada);
  fail(bob);
  breaker.succeeded(Provider::OpenAi, endpoint);
  fail(ada);
  BOOST_TEST(may(ada));
}

BOOST_AUTO_TEST_CASE(failures_far_apart_are_not_in_a_row) {
  fail(ada);
  fail(bob);
  now += std::chrono::hours(1);
  fail(ada);
  BOOST_TEST(may(ada));
}

BOOST_AUTO_TEST_CASE(after_a_while_one_tries_and_its_outcome_decides) {
  for (int i = 0; i < 3; ++i) fail(i == 0 ? ada : bob, ErrorKind::ProviderOverloaded);
  now += seconds(30);
  BOOST_TEST(may(ada));
  BOOST_TEST((ask(bob).error().kind == ErrorKind::ProviderOverloaded));
  fail(ada, ErrorKind::ProviderOverloaded);
  now += seconds(29);
  BOOST_TEST(!may(bob));
  now += seconds(1);
  BOOST_TEST(may(bob));
  breaker.succeeded(Provider::OpenAi, endpoint);
  BOOST_TEST(may(ada));
  BOOST_TEST(may(bob));
}

BOOST_AUTO_TEST_CASE(a_try_that_was_given_up_lets_the_next_one_try) {
  for (int i = 0; i < 3; ++i) fail(i == 0 ? ada : bob);
  now += seconds(30);
  BOOST_TEST(may(ada));
  breaker.abandoned(Provider::OpenAi, endpoint, now);
  BOOST_TEST(may(bob));
}

BOOST_AUTO_TEST_CASE(one_person_alone_holds_back_nobody_else) {
  for (int i = 0; i < 10; ++i) fail(ada);
  BOOST_TEST(!may(ada));
  BOOST_TEST(may(bob));
  fail(bob);
  BOOST_TEST(!may(bob), "now it is not one person's trouble any more");
}

BOOST_AUTO_TEST_CASE(hosts_and_providers_are_apart) {
  for (int i = 0; i < 3; ++i) fail(ada);
  Endpoint other = endpoint;
  other.url.host = "other.example.com";
  BOOST_TEST(bool(breaker.ask(Provider::OpenAi, other, ada, now)));
  BOOST_TEST(bool(breaker.ask(Provider::Anthropic, endpoint, ada, now)));
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_FIXTURE_TEST_SUITE(circuit_breaker_in_service, LlmFixture)

BOOST_AUTO_TEST_CASE(a_provider_in_trouble_is_left_alone_for_a_while_and_tried_again) {
  const auto llm = service();
  const auto ada = home.add_user(), bob = home.add_user();
  home.save(ada, Provider::OpenAi, kOpenAiKey);
  home.save(bob, Provider::OpenAi, "sk-sim-openai-of-bob-0123456789");
  const auto say = [&](const base::UserId& user, const std::string& prompt) {
    return llm->for_user(user).chat(ask("gpt-3.5-turbo", prompt), {}).answer;
  };
  for (int i = 0; i < 5; ++i) BOOST_TEST(!say(i % 2 ? ada : bob, "hello [sim:overloaded]"));
  seen.clear();
  const auto refused = say(ada, "hello");
  BOOST_REQUIRE(!refused);
  BOOST_TEST((refused.error().kind == ErrorKind::ProviderOverloaded));
  BOOST_TEST(refused.error().retry_after_s.has_value());
  BOOST_TEST(seen.seen().empty());
  home.clock.advance(seconds(31));
  BOOST_TEST(bool(say(ada, "hello")));
  BOOST_TEST(bool(say(bob, "hello")));
}

BOOST_AUTO_TEST_CASE(bad_keys_and_bad_requests_close_no_provider) {
  const auto llm = service();
  const auto ada = home.add_user(), bob = home.add_user();
  home.save(bob, Provider::OpenAi, kOpenAiKey);
  for (const auto* fault : {"rejected", "no-credit", "forbidden", "region", "context-too-long", "model-not-found"})
    for (int i = 0; i < 6; ++i) {
      home.save(ada, Provider::OpenAi, std::string("sk-sim-openai-") + fault + "-0123456789");
      BOOST_TEST(!llm->for_user(ada).chat(ask("gpt-3.5-turbo", "hello"), {}).answer);
    }
  BOOST_TEST(bool(llm->for_user(bob).chat(ask("gpt-3.5-turbo", "hello"), {}).answer));
  BOOST_TEST(asked_with("sk-sim-openai-rejected-0123456789") == 6);
}

BOOST_AUTO_TEST_SUITE_END()
