// One key of a person stands in for another of theirs, where they said so.
#include <boost/test/unit_test.hpp>

#include "server/llm/key_settings.h"
#include "tests/support/llm_fixture.h"

using namespace ownkey;
using namespace ownkey::llm;
using namespace ownkey::test;

namespace {

struct Fixture : LlmFixture {
  base::UserId user = home.add_user();
  KeySettings settings{home.vault, home.users, home.late, home.clock};
  std::unique_ptr<LlmService> llm = service();

  void switch_on(std::vector<std::string> order, Provider provider = Provider::OpenAi) {
    api::FailoverSettings wanted;
    wanted.of(provider) = api::Failover{true, std::move(order)};
    value_of(settings.set_failover(user, std::move(wanted), kClient));
  }
  ChatOutcome say(const std::string& prompt = "hello", const ChatOptions& options = {}) {
    return llm->for_user(user).chat(ask("gpt-3.5-turbo", prompt), options);
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(failover, Fixture)

BOOST_AUTO_TEST_CASE(the_next_key_answers_when_one_is_limited_out_of_credit_or_rejected) {
  for (const std::string fault : {"rate-limited", "no-credit", "rejected"})
    for (const bool streamed : {false, true}) {
      const std::string bad = "sk-sim-openai-" + fault + "-0123456789";
      home.save(user, Provider::OpenAi, bad, "first");
      home.save(user, Provider::OpenAi, kOpenAiKey, "second");
      switch_on({"first", "second"});
      seen.clear();
      const auto outcome = say("hello", {.on_delta = streamed ? OnDelta([](std::string_view) {}) : OnDelta()});
      BOOST_REQUIRE_MESSAGE(outcome.answer, fault);
      BOOST_TEST(outcome.answer->text == "gpt-3.5-turbo (simulated) heard: hello");
      BOOST_TEST(asked_with(bad) == 1, "no wait at the first key, as another stands by");
      BOOST_TEST(asked_with(kOpenAiKey) == 1);
      BOOST_REQUIRE(outcome.key->failed_before.has_value());
      BOOST_REQUIRE(outcome.key->failed_before->size() == 1U);
      const auto& failed = outcome.key->failed_before->front();
      BOOST_TEST(failed.code == (fault == "rate-limited" ? "provider_rate_limited"
                                 : fault == "no-credit"  ? "no_credit"
                                                         : "key_rejected"));
      BOOST_TEST(failed.credential_id != *outcome.key->credential_id);
      BOOST_TEST(holds(log_lines, "the user's next key is tried"));
    }
}

BOOST_AUTO_TEST_CASE(nothing_stands_in_unless_the_person_said_so) {
  home.save(user, Provider::OpenAi, "sk-sim-openai-no-credit-0123456789");
  home.save(user, Provider::OpenAi, kOpenAiKey, "second");
  BOOST_TEST((say().answer.error().kind == ErrorKind::NoCredit));
  BOOST_TEST(asked_with(kOpenAiKey) == 0);
}

BOOST_AUTO_TEST_CASE(a_key_that_a_node_names_is_used_alone) {
  home.save(user, Provider::OpenAi, "sk-sim-openai-no-credit-0123456789", "first");
  home.save(user, Provider::OpenAi, kOpenAiKey, "second");
  switch_on({"first", "second"});
  BOOST_TEST((say("hello", {.credential = "first"}).answer.error().kind == ErrorKind::NoCredit));
  BOOST_TEST(asked_with(kOpenAiKey) == 0);
}

BOOST_AUTO_TEST_CASE(what_another_key_cannot_help_is_not_tried_again) {
  home.save(user, Provider::OpenAi, "sk-sim-openai-the-first-0123456789", "first");
  home.save(user, Provider::OpenAi, kOpenAiKey, "second");
  switch_on({"first", "second"});
  for (const auto* fault : {"context-too-long", "invalid-request", "model-not-found"})
    BOOST_TEST(!say(std::string("hello [sim:") + fault + "]").answer);
  BOOST_TEST(asked_with(kOpenAiKey) == 0);
}

BOOST_AUTO_TEST_CASE(the_order_is_the_persons_and_keys_that_are_off_are_left_out) {
  home.save(user, Provider::OpenAi, "sk-sim-openai-default-0123456789");
  home.save(user, Provider::OpenAi, "sk-sim-openai-the-b-0123456789", "b");
  home.save(user, Provider::OpenAi, "sk-sim-openai-the-a-0123456789", "a");
  switch_on({"b", "default"});
  BOOST_REQUIRE(say().answer);
  BOOST_TEST(asked_with("sk-sim-openai-the-b-0123456789") == 1);
  switch_on({"default", "a"});
  home.switch_off(user, Provider::OpenAi);
  BOOST_REQUIRE(say().answer);
  BOOST_TEST(asked_with("sk-sim-openai-the-a-0123456789") == 1);
  BOOST_TEST(asked_with("sk-sim-openai-default-0123456789") == 0);
}

BOOST_AUTO_TEST_CASE(when_all_fail_the_receipt_names_each_of_them) {
  home.save(user, Provider::OpenAi, "sk-sim-openai-no-credit-0123456789", "a");
  home.save(user, Provider::OpenAi, "sk-sim-openai-rejected-0123456789", "b");
  switch_on({"a", "b"});
  const auto outcome = say();
  BOOST_TEST((outcome.answer.error().kind == ErrorKind::KeyRejected));
  BOOST_TEST(outcome.key->failed_before->at(0).code == "no_credit");
  BOOST_TEST(outcome.key->masked_key == home.vault.find(user, Provider::OpenAi, "b")->value().masked_key);
}

BOOST_AUTO_TEST_CASE(a_key_that_does_not_open_is_an_error_and_not_passed_over) {
  home.save(user, Provider::OpenAi, "sk-sim-openai-default-0123456789");
  home.save(user, Provider::OpenAi, kOpenAiKey, "second");
  switch_on({"default", "second"});
  home.damage(user, Provider::OpenAi);
  BOOST_TEST((say().answer.error().kind == ErrorKind::CredentialUnreadable));
  BOOST_TEST(asked_with(kOpenAiKey) == 0);
}

BOOST_AUTO_TEST_CASE(a_system_key_never_stands_in) {
  LlmOptions options;
  options.system_keys[Provider::OpenAi] = Secret("sk-sim-openai-the-systems-own");
  llm = service(std::move(options));
  home.save(user, Provider::OpenAi, "sk-sim-openai-no-credit-0123456789");
  switch_on({});
  BOOST_TEST((say().answer.error().kind == ErrorKind::NoCredit));
  BOOST_TEST(asked_with("sk-sim-openai-the-systems-own") == 0);
}

BOOST_AUTO_TEST_CASE(a_key_for_another_address_never_stands_in) {
  LlmOptions options;
  options.endpoints.custom_hosts = {"127.0.0.1"};
  llm = service(std::move(options));
  home.save(user, Provider::OpenAiCompatible, "sk-sim-openai-no-credit-0123456789", "a", simulator.origin() + "/v1");
  home.save(user, Provider::OpenAiCompatible, kOpenAiKey, "b", "http://127.0.0.1:1/v1");
  switch_on({"a", "b"}, Provider::OpenAiCompatible);
  const auto outcome = say("hello", {.provider = Provider::OpenAiCompatible});
  BOOST_TEST((outcome.answer.error().kind == ErrorKind::NoCredit));
}

BOOST_AUTO_TEST_CASE(settings_show_every_key_in_its_order_and_refuse_what_is_not_there) {
  home.save(user, Provider::OpenAi, kOpenAiKey, "work");
  home.save(user, Provider::OpenAi, kOpenAiKey, "play");
  auto shown = value_of(settings.failover(user));
  BOOST_TEST(!shown.openai->enabled);
  BOOST_TEST(shown.openai->order == (std::vector<std::string>{"play", "work"}), boost::test_tools::per_element());
  BOOST_TEST(shown.anthropic->order.empty());
  switch_on({"work"});
  shown = value_of(settings.failover(user));
  BOOST_TEST(shown.openai->enabled);
  BOOST_TEST(shown.openai->order == (std::vector<std::string>{"work", "play"}), boost::test_tools::per_element());
  for (const auto& order : {std::vector<std::string>{"nobody"}, {"work", "work"}}) {
    const auto refused = settings.set_failover(user, {.openai = api::Failover{true, order}}, kClient);
    BOOST_REQUIRE(!refused);
    BOOST_TEST(refused.error().field == "openai.order");
  }
}

BOOST_AUTO_TEST_SUITE_END()
