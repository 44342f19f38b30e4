#include "server/llm/google.h"

#include <boost/test/unit_test.hpp>

#include "shared/json.h"
#include "tests/support/stream_reading.h"

using namespace ownkey;
using namespace ownkey::llm;
using ownkey::test::read_stream;

namespace {

const auto kClient = make_google_client();

HttpAnswer ok(std::string body) { return {200, {}, std::move(body)}; }

const std::string kStream =
    R"(data: {"candidates":[{"content":{"parts":[{"text":"thinking","thought":true},{"text":"Hé"}],"role":"model"},"index":0}],"responseId":"r1"})"
    "\r\n\r\n"
    R"(data: {"candidates":[{"content":{"parts":[{"text":"llo"}],"role":"model"},"finishReason":"MAX_TOKENS","index":0}],"usageMetadata":{"promptTokenCount":3,"candidatesTokenCount":2,"thoughtsTokenCount":4},"responseId":"r1"})"
    "\r\n\r\n";

}  // namespace

BOOST_AUTO_TEST_SUITE(google)

BOOST_AUTO_TEST_CASE(a_plain_request_names_the_model_in_the_path_and_no_key) {
  const auto request =
      kClient->chat({"gemini-3.8-flash", {{Role::System, "be brief"}, {Role::User, "hello"}}}, Streamed::No);
  BOOST_TEST(request.path == "/models/gemini-3.8-flash:generateContent");
  BOOST_TEST((*parse_json(request.body) == json{{"systemInstruction", {{"parts", {{{"text", "be brief"}}}}}},
                                                {"contents", {{{"role", "user"}, {"parts", {{{"text", "hello"}}}}}}}}));
  BOOST_TEST(kClient->key_header().name == "x-goog-api-key");
}

BOOST_AUTO_TEST_CASE(a_models_name_cannot_leave_its_place_in_the_path) {
  BOOST_TEST(kClient->chat({"models/gemini-x", {{Role::User, "hello"}}}, Streamed::Yes).path ==
             "/models/gemini-x:streamGenerateContent?alt=sse");
  BOOST_TEST(kClient->chat({"../x?y#z\r\n", {{Role::User, "hello"}}}, Streamed::No).path ==
             "/models/..%2Fx%3Fy%23z%0D%0A:generateContent");
}

BOOST_AUTO_TEST_CASE(limits_and_temperature_go_along_when_set) {
  const auto body = *parse_json(kClient->chat({"gemini-x", {{Role::User, "hello"}}, 0.5, 100}, Streamed::No).body);
  BOOST_TEST((body["generationConfig"] == json{{"temperature", 0.5}, {"maxOutputTokens", 100}}));
}

BOOST_AUTO_TEST_CASE(a_tools_round_trip_brings_the_signature_back) {
  const auto answer = kClient->read_answer(ok(
      R"({"candidates":[{"content":{"parts":[{"functionCall":{"id":"f","name":"add","args":{"x":1}},"thoughtSignature":"c2ln"}]},"finishReason":"STOP"}]})"));
  BOOST_REQUIRE(answer);
  BOOST_TEST((answer->finish_reason == FinishReason::ToolCalls));
  const auto request = kClient->chat({"gemini-x",
                                      {{Role::User, "1+1?"},
                                       {Role::Assistant, "", answer->tool_calls},
                                       {Role::Tool, "2", {}, "f", "add"},
                                       {Role::Tool, "no", {}, "", "now", true}},
                                      {},
                                      {},
                                      {{"add", "adds", {{"type", "object"}}}}},
                                     Streamed::No);
  const auto body = *parse_json(request.body);
  BOOST_TEST(
      (body["contents"][1]["parts"][0] ==
       json{{"functionCall", {{"id", "f"}, {"name", "add"}, {"args", {{"x", 1}}}}}, {"thoughtSignature", "c2ln"}}));
  BOOST_TEST((body["contents"][2]["parts"][0]["functionResponse"] ==
              json{{"id", "f"}, {"name", "add"}, {"response", {{"output", "2"}}}}));
  BOOST_TEST(
      (body["contents"][2]["parts"][1]["functionResponse"] == json{{"name", "now"}, {"response", {{"error", "no"}}}}));
  BOOST_TEST(body["tools"][0]["functionDeclarations"][0]["name"] == "add");
}

BOOST_AUTO_TEST_CASE(a_stream_is_put_together_wherever_it_is_cut) {
  for (std::size_t cut = 0; cut <= kStream.size(); ++cut) {
    const auto read = read_stream(*kClient, kStream, cut);
    BOOST_REQUIRE(read.answer);
    BOOST_TEST(read.shown == "Héllo");
    BOOST_TEST(read.answer->text == "Héllo");
    BOOST_TEST((read.answer->finish_reason == FinishReason::Length));
    BOOST_TEST(read.answer->usage->input_tokens == 3);
    BOOST_TEST(read.answer->usage->output_tokens == 6);
    BOOST_TEST(read.answer->provider_request_id == "r1");
  }
}

BOOST_AUTO_TEST_CASE(a_stream_without_its_finish_reason_is_an_error) {
  BOOST_TEST(!read_stream(*kClient, kStream.substr(0, kStream.find("\r\n\r\n") + 4)).answer);
}

BOOST_AUTO_TEST_CASE(an_error_in_a_stream_is_an_error_bare_or_in_a_list) {
  const std::string error = R"({"error":{"code":503,"message":"overloaded","status":"UNAVAILABLE"}})";
  for (const auto& data : {error, "[" + error + "]"}) {
    const auto read = read_stream(*kClient, "data: " + data + "\n\n");
    BOOST_REQUIRE(!read.answer);
    BOOST_TEST((read.answer.error().kind == ErrorKind::ProviderOverloaded));
  }
}

BOOST_AUTO_TEST_CASE(a_blocked_prompt_is_a_refusal_without_text) {
  const auto answer = kClient->read_answer(ok(R"({"promptFeedback":{"blockReason":"SAFETY"}})"));
  BOOST_REQUIRE(answer);
  BOOST_TEST(answer->text == "");
  BOOST_TEST((answer->finish_reason == FinishReason::Refused));
}

BOOST_AUTO_TEST_CASE(only_models_that_chat_are_listed) {
  const auto page = kClient->read_models(ok(
      R"({"models":[{"name":"models/gemini-x","displayName":"Gemini X","inputTokenLimit":1000,"supportedGenerationMethods":["generateContent"]},)"
      R"({"name":"models/embed","supportedGenerationMethods":["embedContent"]}],"nextPageToken":"a b"})"));
  BOOST_REQUIRE(page);
  BOOST_REQUIRE(page->models.size() == 1U);
  BOOST_TEST(page->models[0].id == "gemini-x");
  BOOST_TEST(*page->models[0].context_tokens == 1000);
  BOOST_TEST(kClient->list_models(page->next).path == "/models?pageSize=1000&pageToken=a%20b");
}

BOOST_AUTO_TEST_SUITE_END()
