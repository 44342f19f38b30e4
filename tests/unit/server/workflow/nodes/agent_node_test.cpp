#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <map>

#include "tests/support/executor_fixture.h"

using namespace ownkey;
using namespace ownkey::workflow;
using test::entry;
using test::node;

namespace {

struct Fixture : test::ExecutorFixture {
  // Beside these the server may look which models there are.
  std::ptrdiff_t asked() const {
    return std::ranges::count(seen.seen(), std::string("POST"), &provider_sim::SeenRequest::method);
  }

  Fixture() {
    save(ada, Provider::OpenAi, "sk-sim-openai-of-ada-0123456789");
    save(ada, Provider::Anthropic, "sk-ant-sim-of-ada-0123456789");
    save(ada, Provider::Google, "AQ.sim-of-ada-0123456789");
  }

  GraphRun ask(const std::string& prompt, const json& more = json::object(), const RunOptions& options = {}) {
    json data{{"model", "gpt-5.5"}, {"prompt", prompt}, {"tools", {"calculator", "current_time", "json_query"}}};
    data.update(more);
    return run({{"nodes", {node("agent", "agent", data)}}, {"edges", json::array()}}, json::object(), options);
  }
};

const std::string kTwoSteps =
    R"(Work it out. [call:calculator {"expression":"6*7"}][call:json_query {"data":[5,8],"pointer":"/1"}])"
    R"([then][call:calculator {"expression":"42+8"}])";

}  // namespace

BOOST_FIXTURE_TEST_SUITE(agent_node, Fixture)

// The simulator refuses a conversation in which a call is not answered, or a signature does not come back.
BOOST_AUTO_TEST_CASE(several_calls_in_a_step_are_answered_on_all_three_providers_whole_and_streamed) {
  for (const auto* model : {"gpt-5.5", "claude-opus-5-5", "gemini-3.8-flash"})
    for (const bool streamed : {false, true}) {
      std::map<std::string, int> events;
      RunOptions options;
      if (streamed) options.on_event = [&](const RunEvent& event) { ++events[std::string(event.name)]; };
      const auto result = ask(kTwoSteps, {{"model", model}}, options);
      BOOST_REQUIRE_MESSAGE((result.status == api::RunStatus::Success), model << to_json(result.logs).dump());
      const auto& agent = entry(result, "agent");
      BOOST_TEST(agent.output->at("reason") == "stop");
      BOOST_TEST(agent.output->at("output").get<std::string>().find("50") != std::string::npos);
      BOOST_TEST(agent.output->at("generated_text") == agent.output->at("output"));
      BOOST_REQUIRE(agent.steps->size() == 3U);
      BOOST_REQUIRE(agent.steps->at(0).tool_calls.size() == 2U);
      BOOST_TEST(agent.steps->at(0).tool_calls[0].result.value() == 42);
      BOOST_TEST(agent.steps->at(0).tool_calls[1].result.value() == 8);
      BOOST_TEST(agent.steps->at(1).tool_calls.at(0).result.value() == 50);
      api::Usage sum;
      for (const auto& step : *agent.steps) sum.output_tokens += step.usage->output_tokens;
      BOOST_TEST(agent.usage->output_tokens == sum.output_tokens);
      BOOST_TEST(agent.key->masked_key.size() > 0U);
      BOOST_TEST(events["node.tool_call"] == (streamed ? 3 : 0));
      BOOST_TEST(events["node.tool_result"] == (streamed ? 3 : 0));
    }
}

BOOST_AUTO_TEST_CASE(a_tool_that_fails_tells_the_model_and_not_the_run) {
  const auto result = ask(R"([call:calculator {"expression":"1/0"}][call:shell {"command":"ls"}])");
  BOOST_TEST((result.status == api::RunStatus::Success));
  const auto& calls = entry(result, "agent").steps->at(0).tool_calls;
  BOOST_TEST(calls.at(0).error->detail.find("divide by zero") != std::string::npos);
  BOOST_TEST(calls.at(1).error->detail.find("no tool 'shell'") != std::string::npos);
  const auto not_given = ask(R"([call:json_query {"data":1,"pointer":""}])", {{"tools", {"calculator"}}});
  BOOST_TEST(entry(not_given, "agent").steps->at(0).tool_calls.at(0).error.has_value());
}

BOOST_AUTO_TEST_CASE(it_ends_after_its_steps_with_what_was_said_by_then) {
  const auto result = ask("[count]", {{"max_steps", 4}});
  BOOST_TEST((result.status == api::RunStatus::Success));
  const auto& output = *entry(result, "agent").output;
  BOOST_TEST(output.at("reason") == "max_steps");
  BOOST_TEST(output.at("steps") == 4);
  BOOST_TEST(output.at("output") == "step 4");
  BOOST_TEST(asked() == 4);
  BOOST_TEST(entry(ask("[count]"), "agent").output->at("steps") == 10);
}

BOOST_AUTO_TEST_CASE(the_same_call_over_and_over_is_stopped) {
  const auto result = ask(R"([forever][call:calculator {"expression":"1+1"}])", {{"max_steps", 25}});
  const auto& output = *entry(result, "agent").output;
  BOOST_TEST(output.at("reason") == "repeated_calls");
  BOOST_TEST(output.at("steps") == 3);
}

BOOST_AUTO_TEST_CASE(at_most_five_calls_of_a_step_are_made) {
  std::string prompt;
  for (int i = 0; i < 7; ++i) prompt += R"([call:calculator {"expression":")" + std::to_string(i) + R"("}])";
  const auto result = ask(prompt);
  BOOST_TEST((result.status == api::RunStatus::Success));
  const auto& calls = entry(result, "agent").steps->at(0).tool_calls;
  BOOST_REQUIRE(calls.size() == 7U);
  BOOST_TEST(calls[4].result.has_value());
  BOOST_TEST(calls[5].error->code == "limit_exceeded");
}

BOOST_AUTO_TEST_CASE(a_failure_half_way_leaves_the_steps_and_what_was_said) {
  // The model's provider fails once it hears of the result; escaped, the words are not in the first prompt.
  const auto failed = ask(R"([call:json_query {"data":["[sim\u003ano-credit]"],"pointer":"/0"}])");
  BOOST_TEST((failed.status == api::RunStatus::Error));
  const auto& agent = entry(failed, "agent");
  BOOST_TEST(agent.error->code == "no_credit");
  BOOST_TEST(agent.output->at("output") == "step 1");
  BOOST_TEST(agent.steps->size() == 1U);
  BOOST_TEST(agent.usage->output_tokens == 10);
}

BOOST_AUTO_TEST_CASE(a_token_budget_is_looked_at_before_each_call) {
  const auto result = ask("[count]", {{"token_budget", 40}});
  BOOST_TEST((result.status == api::RunStatus::Error));
  BOOST_TEST(entry(result, "agent").error->code == "limit_exceeded");
  const auto calls = asked();
  BOOST_TEST(calls >= 1);
  BOOST_TEST(calls < 10);
  const auto of_run = ask("[count]", json::object(), {.limits = {.tokens = 1}});
  BOOST_TEST(entry(of_run, "agent").error->code == "limit_exceeded");
  BOOST_TEST(asked() == calls);
}

// Regression: the character in the middle of which it was cut became another one.
BOOST_AUTO_TEST_CASE(a_long_result_of_a_tool_is_cut_between_two_characters_in_the_log) {
  std::string text = "x";
  while (text.size() < 5000) text += "ä";
  const auto result = ask("[call:json_query " + json{{"data", {{"t", text}}}, {"pointer", "/t"}}.dump() + "]");
  const auto logged = entry(result, "agent").steps->at(0).tool_calls.at(0).result->get<std::string>();
  BOOST_TEST(logged.size() < 4010U);
  BOOST_TEST(logged.ends_with("ää …"));
}

BOOST_AUTO_TEST_SUITE_END()
