#include "server/llm/openai.h"

#include <boost/test/unit_test.hpp>

#include "shared/json.h"
#include "tests/support/stream_reading.h"

using namespace ownkey;
using namespace ownkey::llm;
using ownkey::test::read_stream;

namespace {

const auto kClient = make_openai_client(Provider::OpenAi);

json body_of(const ChatRequest& request, Streamed streamed = Streamed::No) {
  return *parse_json(kClient->chat(request, streamed).body);
}

HttpAnswer ok(std::string body) { return {200, {{"Content-Type", "application/json"}}, std::move(body)}; }

const std::string kToolStream =
    R"(data: {"choices":[{"index":0,"delta":{"role":"assistant","tool_calls":[{"index":0,"id":"a","type":"function","function":{"name":"add","arguments":""}}]}}]})"
    "\n\n"
    R"(data: {"choices":[{"index":0,"delta":{"tool_calls":[{"index":1,"id":"b","type":"function","function":{"name":"now","arguments":""}}]}}]})"
    "\n\n"
    R"(data: {"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"function":{"arguments":"{\"x\":"}}]}}]})"
    "\n\n"
    R"(data: {"choices":[{"index":0,"delta":{"tool_calls":[{"index":1,"function":{"arguments":"{}"}},{"index":0,"function":{"arguments":"1}"}}]}}]})"
    "\n\n"
    R"(data: {"choices":[{"index":0,"delta":{},"finish_reason":"tool_calls"}]})"
    "\n\ndata: [DONE]\n\n";

const std::string kTextStream =
    R"(data: {"id":"c","object":"chat.completion.chunk","obfuscation":"xx","choices":[{"index":0,"delta":{"role":"assistant","content":""},"finish_reason":null}],"usage":null})"
    "\n\n"
    R"(data: {"choices":[{"index":0,"delta":{"content":"Hé"},"finish_reason":null}],"usage":null})"
    "\n\n"
    R"(data: {"choices":[{"index":0,"delta":{"content":"llo"},"finish_reason":null}],"usage":null})"
    "\n\n"
    R"(data: {"choices":[{"index":0,"delta":{},"finish_reason":"stop"}],"usage":null})"
    "\n\n"
    R"(data: {"choices":[],"usage":{"prompt_tokens":3,"completion_tokens":2,"total_tokens":5}})"
    "\n\ndata: [DONE]\n\n";

}  // namespace

BOOST_AUTO_TEST_SUITE(openai)

BOOST_AUTO_TEST_CASE(a_plain_request_holds_nothing_that_nobody_asked_for) {
  const auto request = kClient->chat({"gpt-5.5", {{Role::System, "be brief"}, {Role::User, "hello"}}}, Streamed::No);
  BOOST_TEST(request.method == "POST");
  BOOST_TEST(request.path == "/chat/completions");
  BOOST_TEST(
      (*parse_json(request.body) ==
       json{{"model", "gpt-5.5"},
            {"messages", {{{"role", "system"}, {"content", "be brief"}}, {{"role", "user"}, {"content", "hello"}}}}}));
}

BOOST_AUTO_TEST_CASE(limits_and_temperature_go_along_when_set) {
  const auto body = body_of({"gpt-5.5", {{Role::User, "hello"}}, 0.5, 100});
  BOOST_TEST(body["temperature"] == 0.5);
  BOOST_TEST(body["max_completion_tokens"] == 100);
  BOOST_TEST(!body.contains("max_tokens"));
}

BOOST_AUTO_TEST_CASE(compatible_services_get_the_older_name_of_the_limit) {
  const auto request =
      make_openai_client(Provider::OpenAiCompatible)->chat({"llama", {{Role::User, "hello"}}, {}, 100}, Streamed::No);
  BOOST_TEST((*parse_json(request.body))["max_tokens"] == 100);
}

BOOST_AUTO_TEST_CASE(a_stream_is_asked_for_with_its_usage) {
  const auto body = body_of({"gpt-5.5", {{Role::User, "hello"}}}, Streamed::Yes);
  BOOST_TEST(body["stream"] == true);
  BOOST_TEST(body["stream_options"]["include_usage"] == true);
}

BOOST_AUTO_TEST_CASE(tools_and_their_round_trip_are_written_as_the_api_wants_them) {
  const auto body = body_of({"gpt-5.5",
                             {{Role::User, "1+1?"},
                              {Role::Assistant, "", {{"call_1", "add", {{"x", 1}}}}},
                              {Role::Tool, "2", {}, "call_1", "add"}},
                             {},
                             {},
                             {{"add", "adds", {{"type", "object"}}}}});
  BOOST_TEST((body["tools"][0] ==
              json{{"type", "function"},
                   {"function", {{"name", "add"}, {"description", "adds"}, {"parameters", {{"type", "object"}}}}}}));
  BOOST_TEST(body["messages"][1]["content"].is_null());
  BOOST_TEST(body["messages"][1]["tool_calls"][0]["function"]["arguments"] == R"({"x":1})");
  BOOST_TEST((body["messages"][2] == json{{"role", "tool"}, {"content", "2"}, {"tool_call_id", "call_1"}}));
}

BOOST_AUTO_TEST_CASE(an_answer_is_read_with_its_usage) {
  const auto answer = kClient->read_answer(
      ok(R"({"choices":[{"index":0,"message":{"role":"assistant","content":"hi"},"finish_reason":"length"}],)"
         R"("usage":{"prompt_tokens":5,"completion_tokens":7},"some":"extra"})"));
  BOOST_REQUIRE(answer);
  BOOST_TEST(answer->text == "hi");
  BOOST_TEST((answer->finish_reason == FinishReason::Length));
  BOOST_TEST(answer->usage->input_tokens == 5);
  BOOST_TEST(answer->usage->output_tokens == 7);
}

BOOST_AUTO_TEST_CASE(tool_calls_of_an_answer_are_read) {
  const auto answer = kClient->read_answer(ok(
      R"({"choices":[{"message":{"content":null,"tool_calls":[{"id":"c","type":"function","function":{"name":"add","arguments":"{\"x\":1}"}}]},"finish_reason":"tool_calls"}]})"));
  BOOST_REQUIRE(answer);
  BOOST_REQUIRE(answer->tool_calls.size() == 1U);
  BOOST_TEST(answer->tool_calls[0].id == "c");
  BOOST_TEST(answer->tool_calls[0].arguments["x"] == 1);
  BOOST_TEST(!answer->usage);
}

BOOST_AUTO_TEST_CASE(what_is_not_the_apis_answer_is_an_error) {
  for (const auto* body : {"", "<html>", "[]", "{}", R"({"choices":[]})", "null"}) {
    const auto answer = kClient->read_answer(ok(body));
    BOOST_REQUIRE_MESSAGE(!answer, body);
    BOOST_TEST((answer.error().kind == ErrorKind::ProviderError));
  }
}

BOOST_AUTO_TEST_CASE(a_stream_is_put_together_wherever_it_is_cut) {
  for (std::size_t cut = 0; cut <= kTextStream.size(); ++cut) {
    const auto read = read_stream(*kClient, kTextStream, cut);
    BOOST_REQUIRE(read.answer);
    BOOST_TEST(read.shown == "Héllo");
    BOOST_TEST(read.answer->text == "Héllo");
    BOOST_TEST((read.answer->finish_reason == FinishReason::Stop));
    BOOST_TEST(read.answer->usage->output_tokens == 2);
  }
}

BOOST_AUTO_TEST_CASE(pieces_of_tool_calls_are_joined_by_index) {
  const auto read = read_stream(*kClient, kToolStream);
  BOOST_REQUIRE(read.answer);
  BOOST_REQUIRE(read.answer->tool_calls.size() == 2U);
  BOOST_TEST(read.answer->tool_calls[0].id == "a");
  BOOST_TEST((read.answer->tool_calls[0].arguments == json{{"x", 1}}));
  BOOST_TEST(read.answer->tool_calls[1].name == "now");
  BOOST_TEST((read.answer->finish_reason == FinishReason::ToolCalls));
}

BOOST_AUTO_TEST_CASE(a_stream_without_its_end_is_an_error) {
  const auto read = read_stream(*kClient, kTextStream.substr(0, kTextStream.find("llo") - 40));
  BOOST_REQUIRE(!read.answer);
  BOOST_TEST((read.answer.error().kind == ErrorKind::ProviderError));
}

BOOST_AUTO_TEST_CASE(an_error_in_a_stream_is_an_error) {
  const auto read = read_stream(
      *kClient,
      "data: {\"error\":{\"message\":\"no\",\"type\":\"insufficient_quota\",\"code\":\"insufficient_quota\"}}\n\n");
  BOOST_REQUIRE(!read.answer);
  BOOST_TEST((read.answer.error().kind == ErrorKind::NoCredit));
}

BOOST_AUTO_TEST_CASE(an_error_in_a_stream_says_its_class_without_a_status) {
  const auto kind_of = [](const std::string& error) {
    const auto read = read_stream(*kClient, "data: {\"error\":" + error + "}\n\ndata: [DONE]\n\n");
    BOOST_REQUIRE_MESSAGE(!read.answer, error);
    return read.answer.error().kind;
  };
  BOOST_TEST((kind_of(R"({"message":"no","code":"rate_limit_exceeded"})") == ErrorKind::ProviderRateLimited));
  BOOST_TEST((kind_of(R"({"message":"no","code":"slow_down"})") == ErrorKind::ProviderRateLimited));
  BOOST_TEST((kind_of(R"({"message":"no","code":"invalid_api_key"})") == ErrorKind::KeyRejected));
  BOOST_TEST((kind_of(R"({"message":"no","code":"server_is_overloaded"})") == ErrorKind::ProviderOverloaded));
  // As some compatible services say it.
  BOOST_TEST((kind_of(R"("overloaded")") == ErrorKind::ProviderError));
}

BOOST_AUTO_TEST_CASE(numbers_of_tokens_that_cannot_be_are_not_believed) {
  const auto usage_of = [](const std::string& tokens) {
    const auto answer = kClient->read_answer(
        ok(R"({"choices":[{"message":{"content":"hi"},"finish_reason":"stop"}],"usage":{"prompt_tokens":)" + tokens +
           R"(,"completion_tokens":1}})"));
    BOOST_REQUIRE(answer);
    return answer->usage->input_tokens;
  };
  BOOST_TEST(usage_of("12") == 12);
  BOOST_TEST(usage_of("-5") == 0);
  BOOST_TEST(usage_of("9223372036854775807") == 1'000'000'000);
}

BOOST_AUTO_TEST_CASE(models_are_listed_with_their_last_day) {
  const auto page = kClient->read_models(ok(
      R"({"object":"list","data":[{"id":"gpt-4o","object":"model","shutdown_date":"2027-01-14"},{"id":"gpt-5.5"}]})"));
  BOOST_REQUIRE(page);
  BOOST_TEST(page->models.size() == 2U);
  BOOST_TEST(*page->models[0].shutdown_date == "2027-01-14");
  BOOST_TEST(page->next == "");
  BOOST_TEST(!kClient->read_models(ok("<html>")));
}

BOOST_AUTO_TEST_SUITE_END()
