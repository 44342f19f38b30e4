// Tokens are counted, and a key that has used up its monthly budget is not used.
#include <boost/test/unit_test.hpp>

#include "server/llm/key_settings.h"
#include "server/llm/usage_meter.h"
#include "tests/support/llm_fixture.h"

using namespace ownkey;
using namespace ownkey::llm;
using namespace ownkey::test;

namespace {

base::Time at(int year, unsigned month, unsigned day, int hour = 0) {
  using namespace std::chrono;
  return sys_days(std::chrono::year(year) / month / day) + hours(hour);
}

struct Fixture : LlmFixture {
  base::UserId user = home.add_user();
  KeySettings settings{home.vault, home.users, home.late, home.clock};
  std::unique_ptr<LlmService> llm = service();

  ChatOutcome say(const std::string& model = "gpt-3.5-turbo", std::string workflow = "flow-1") {
    return llm->for_user(user, std::move(workflow)).chat(ask(model, "hello"), {});
  }
  api::UsageReport report(std::string_view group) {
    return value_of(settings.usage(user, std::nullopt, std::nullopt, group));
  }
  Result<api::Budget> set_budget(std::optional<std::int64_t> tokens, std::optional<std::string> label = {}) {
    return settings.set_budget(user, {Provider::OpenAi, std::move(label), tokens}, kClient);
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(usage, Fixture)

BOOST_AUTO_TEST_CASE(each_answer_is_counted_by_day_model_key_provider_and_workflow) {
  const auto key = home.save(user, Provider::OpenAi, kOpenAiKey, "work");
  home.save(user, Provider::Anthropic, kAnthropicKey);
  const auto usage = *say().answer->usage;
  BOOST_REQUIRE(say("gpt-5.5", "flow-2").answer);
  BOOST_REQUIRE(say("claude-opus-5").answer);
  home.clock.advance(std::chrono::hours(24));
  BOOST_REQUIRE(say().answer);

  const auto by_day = report("day");
  BOOST_TEST(by_day.entries.size() == 2U);
  BOOST_TEST(by_day.entries[0].calls == 3);
  BOOST_TEST(by_day.entries[0].key == "2026-09-21");
  BOOST_TEST(by_day.total.calls == 4);
  BOOST_TEST(by_day.total.input_tokens == by_day.entries[0].input_tokens + by_day.entries[1].input_tokens);
  const auto by_model = report("model");
  BOOST_REQUIRE(by_model.entries.size() == 3U);
  BOOST_TEST(by_model.entries[1].key == "gpt-3.5-turbo");
  BOOST_TEST(by_model.entries[1].output_tokens == 2 * usage.output_tokens);
  BOOST_TEST((by_model.entries[1].provider == Provider::OpenAi));
  BOOST_TEST(report("provider").entries.size() == 2U);
  BOOST_TEST(report("workflow").entries.size() == 2U);
  for (const auto& entry : report("credential").entries)
    if (entry.key == key.id.text()) {
      BOOST_TEST(*entry.name == "work");
      BOOST_TEST(entry.calls == 3);
    }
}

BOOST_AUTO_TEST_CASE(streams_are_counted_and_failed_calls_are_not) {
  home.save(user, Provider::OpenAi, kOpenAiKey);
  BOOST_REQUIRE(llm->for_user(user).chat(ask("gpt-5.5", "hello"), {.on_delta = [](std::string_view) {}}).answer);
  BOOST_TEST(report("day").total.output_tokens > 0);
  BOOST_TEST(!llm->for_user(user).chat(ask("gpt-5.5", "hello [sim:server-error]"), {}).answer);
  BOOST_TEST(report("day").total.calls == 1);
}

BOOST_AUTO_TEST_CASE(a_call_on_the_operators_key_is_told_apart) {
  LlmOptions options;
  options.system_keys[Provider::OpenAi] = Secret("sk-sim-openai-the-systems-own");
  llm = service(std::move(options));
  BOOST_REQUIRE(say().answer);
  BOOST_REQUIRE(report("credential").entries.size() == 1U);
  BOOST_TEST(report("credential").entries[0].key == "system");
}

BOOST_AUTO_TEST_CASE(nobody_sees_anothers_usage) {
  home.save(user, Provider::OpenAi, kOpenAiKey);
  BOOST_REQUIRE(say().answer);
  BOOST_TEST(value_of(settings.usage(home.add_user(), {}, {}, {})).total.calls == 0);
}

BOOST_AUTO_TEST_CASE(a_span_takes_the_days_from_first_to_last) {
  home.save(user, Provider::OpenAi, kOpenAiKey);
  for (int day = 0; day < 3; ++day) {
    BOOST_REQUIRE(say().answer);
    home.clock.advance(std::chrono::hours(24));
  }
  const auto calls = [&](std::string_view from, std::string_view to) {
    return value_of(settings.usage(user, from, to, std::nullopt)).total.calls;
  };
  BOOST_TEST(calls("2026-09-21", "2026-09-23") == 3);
  BOOST_TEST(calls("2026-09-22", "2026-09-22") == 1);
  BOOST_TEST(calls("2026-09-24", "2026-09-30") == 0);
}

BOOST_AUTO_TEST_CASE(what_is_no_span_or_group_names_its_field) {
  const auto field = [&](std::optional<std::string_view> from, std::optional<std::string_view> to,
                         std::optional<std::string_view> group) {
    const auto refused = settings.usage(user, from, to, group);
    BOOST_REQUIRE(!refused);
    return refused.error().field;
  };
  for (const auto* text :
       {"", "yesterday", "2026-13-01", "2026-02-30", "2026-1-1", "2026-01-01T00:00:00Z", "+026-01-01"})
    BOOST_TEST(field(text, std::nullopt, std::nullopt) == "from", text);
  BOOST_TEST(field(std::nullopt, "x", std::nullopt) == "to");
  BOOST_TEST(field("2026-09-02", "2026-09-01", std::nullopt) == "from");
  BOOST_TEST(field(std::nullopt, std::nullopt, "hour") == "group_by");
}

BOOST_AUTO_TEST_CASE(a_key_over_its_budget_is_not_used_until_the_next_month) {
  home.save(user, Provider::OpenAi, kOpenAiKey);
  BOOST_TEST(*value_of(set_budget(1)).monthly_tokens == 1);
  BOOST_REQUIRE(say().answer);
  seen.clear();
  const auto over = say();
  BOOST_REQUIRE(!over.answer);
  BOOST_TEST((over.answer.error().kind == ErrorKind::LimitExceeded));
  BOOST_TEST(holds(over.answer.error().public_text, "2026-10-01"));
  BOOST_TEST(over.key.has_value());
  BOOST_TEST(seen.seen().empty());

  const auto shown = value_of(settings.budgets(user));
  BOOST_REQUIRE(shown.size() == 1U);
  BOOST_TEST(shown[0].used_tokens > 1);
  BOOST_TEST(shown[0].resets_at == "2026-10-01T00:00:00.000Z");

  home.clock.advance(std::chrono::hours(24 * 10));
  BOOST_TEST(bool(say().answer));
}

BOOST_AUTO_TEST_CASE(a_budget_is_of_one_key_and_can_be_taken_away) {
  home.save(user, Provider::OpenAi, kOpenAiKey);
  home.save(user, Provider::OpenAi, "sk-sim-openai-the-one-for-work", "work");
  value_of(set_budget(1));
  BOOST_REQUIRE(say().answer);
  BOOST_TEST(!say().answer);
  BOOST_TEST(bool(llm->for_user(user).chat(ask("gpt-5.5", "hello"), {.credential = "work"}).answer));
  BOOST_TEST(!value_of(set_budget(std::nullopt)).monthly_tokens);
  BOOST_TEST(bool(say().answer));
}

BOOST_AUTO_TEST_CASE(what_is_no_budget_is_refused) {
  home.save(user, Provider::OpenAi, kOpenAiKey);
  for (const std::int64_t tokens : {std::int64_t{0}, std::int64_t{-5}, std::int64_t{1} << 60})
    BOOST_TEST(set_budget(tokens).error().field == "monthly_tokens");
  BOOST_TEST((set_budget(5, "nobody").error().kind == ErrorKind::NotFound));
}

BOOST_AUTO_TEST_CASE(days_and_months_are_those_of_utc) {
  BOOST_TEST(day_of(at(2026, 11, 24, 23)) == "2026-11-24");
  BOOST_TEST(month_start(at(2026, 11, 24)) == "2026-11-01");
  BOOST_TEST((next_month(at(2026, 11, 30, 23)) == at(2026, 12, 1)));
  BOOST_TEST((next_month(at(2026, 12, 31)) == at(2027, 1, 1)));
}

BOOST_AUTO_TEST_SUITE_END()
