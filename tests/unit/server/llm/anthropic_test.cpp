#include "server/llm/anthropic.h"

#include <boost/test/unit_test.hpp>

#include <chrono>

#include "shared/json.h"
#include "tests/support/stream_reading.h"

using namespace ownkey;
using namespace ownkey::llm;
using ownkey::test::read_stream;

namespace {

const auto kClient = make_anthropic_client();

json body_of(const ChatRequest& request, Streamed streamed = Streamed::No) {
  return *parse_json(kClient->chat(request, streamed).body);
}

HttpAnswer ok(std::string body) { return {200, {}, std::move(body)}; }

const std::string kStream =
    "event: message_start\n"
    R"(data: {"type":"message_start","message":{"usage":{"input_tokens":3,"cache_read_input_tokens":2,"output_tokens":1}}})"
    "\n\nevent: content_block_start\n"
    R"(data: {"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}})"
    "\n\nevent: ping\ndata: {\"type\":\"ping\"}\n\nevent: content_block_delta\n"
    R"(data: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"Hé"}})"
    "\n\nevent: content_block_delta\n"
    R"(data: {"type":"content_block_delta","index":0,"delta":{"type":"thinking_delta","thinking":"hm"}})"
    "\n\nevent: content_block_delta\n"
    R"(data: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"llo"}})"
    "\n\nevent: content_block_start\n"
    R"(data: {"type":"content_block_start","index":1,"content_block":{"type":"tool_use","id":"t1","name":"add","input":{}}})"
    "\n\nevent: content_block_delta\n"
    R"(data: {"type":"content_block_delta","index":1,"delta":{"type":"input_json_delta","partial_json":"{\"x\":"}})"
    "\n\nevent: content_block_delta\n"
    R"(data: {"type":"content_block_delta","index":1,"delta":{"type":"input_json_delta","partial_json":"1}"}})"
    "\n\nevent: message_delta\n"
    R"(data: {"type":"message_delta","delta":{"stop_reason":"tool_use"},"usage":{"output_tokens":9}})"
    "\n\nevent: message_stop\ndata: {\"type\":\"message_stop\"}\n\n";

}  // namespace

BOOST_AUTO_TEST_SUITE(anthropic)

BOOST_AUTO_TEST_CASE(a_plain_request_has_a_limit_and_the_system_text_apart) {
  const auto request = kClient->chat(
      {"claude-opus-5", {{Role::System, "be brief"}, {Role::System, "be kind"}, {Role::User, "hello"}}}, Streamed::No);
  BOOST_TEST(request.path == "/messages");
  BOOST_REQUIRE(request.headers.size() == 1U);
  BOOST_TEST(request.headers[0].name == "anthropic-version");
  BOOST_TEST(request.headers[0].value == "2023-06-01");
  const auto body = *parse_json(request.body);
  BOOST_TEST(body["max_tokens"] > 0);
  BOOST_TEST(body["system"] == "be brief\n\nbe kind");
  BOOST_TEST(
      (body["messages"] == json::array({{{"role", "user"}, {"content", {{{"type", "text"}, {"text", "hello"}}}}}})));
  BOOST_TEST(!body.contains("temperature"));
  BOOST_TEST(!body.contains("stream"));
}

BOOST_AUTO_TEST_CASE(limits_and_temperature_go_along_when_set) {
  const auto body = body_of({"claude-opus-5", {{Role::User, "hello"}}, 0.5, 100}, Streamed::Yes);
  BOOST_TEST(body["temperature"] == 0.5);
  BOOST_TEST(body["max_tokens"] == 100);
  BOOST_TEST(body["stream"] == true);
}

BOOST_AUTO_TEST_CASE(results_of_tools_go_back_together_in_one_user_turn) {
  const auto body = body_of({"claude-opus-5",
                             {{Role::User, "1+1?"},
                              {Role::Assistant, "", {{"t1", "add", {{"x", 1}}}, {"t2", "now", json::object()}}},
                              {Role::Tool, "2", {}, "t1", "add"},
                              {Role::Tool, "broken clock", {}, "t2", "now", true}}});
  BOOST_REQUIRE(body["messages"].size() == 3U);
  BOOST_TEST((body["messages"][1]["content"][0] ==
              json{{"type", "tool_use"}, {"id", "t1"}, {"name", "add"}, {"input", {{"x", 1}}}}));
  const auto& results = body["messages"][2];
  BOOST_TEST(results["role"] == "user");
  BOOST_TEST((results["content"][0] == json{{"type", "tool_result"}, {"tool_use_id", "t1"}, {"content", "2"}}));
  BOOST_TEST(results["content"][1]["is_error"] == true);
}

BOOST_AUTO_TEST_CASE(an_answer_is_read_with_its_usage) {
  const auto answer = kClient->read_answer(ok(
      R"({"type":"message","content":[{"type":"text","text":"hi "},{"type":"thinking","thinking":"…"},{"type":"text","text":"you"},)"
      R"({"type":"tool_use","id":"t","name":"add","input":{"x":1}}],"stop_reason":"tool_use","usage":{"input_tokens":5,"output_tokens":7}})"));
  BOOST_REQUIRE(answer);
  BOOST_TEST(answer->text == "hi you");
  BOOST_TEST(answer->tool_calls.at(0).arguments["x"] == 1);
  BOOST_TEST((answer->finish_reason == FinishReason::ToolCalls));
  BOOST_TEST(answer->usage->input_tokens == 5);
  BOOST_TEST(!kClient->read_answer(ok("<html>")));
  BOOST_TEST(!kClient->read_answer(ok("{}")));
}

BOOST_AUTO_TEST_CASE(a_stream_is_put_together_wherever_it_is_cut) {
  for (std::size_t cut = 0; cut <= kStream.size(); ++cut) {
    const auto read = read_stream(*kClient, kStream, cut);
    BOOST_REQUIRE(read.answer);
    BOOST_TEST(read.shown == "Héllo");
    BOOST_TEST(read.answer->text == "Héllo");
    BOOST_TEST(read.answer->usage->input_tokens == 5);
    BOOST_TEST(read.answer->usage->output_tokens == 9);
    BOOST_TEST((read.answer->tool_calls.at(0).arguments == json{{"x", 1}}));
  }
}

// Anthropic refuses a turn with tool calls whose thinking is missing or changed.
BOOST_AUTO_TEST_CASE(signed_thinking_goes_back_as_it_came) {
  std::string stream;
  for (
      const auto* data :
      {R"({"type":"message_start","message":{"usage":{"input_tokens":5}}})",
       R"({"type":"content_block_start","index":0,"content_block":{"type":"thinking","thinking":"","signature":""}})",
       R"({"type":"content_block_delta","index":0,"delta":{"type":"thinking_delta","thinking":"let me "}})",
       R"({"type":"content_block_delta","index":0,"delta":{"type":"thinking_delta","thinking":"see"}})",
       R"({"type":"content_block_delta","index":0,"delta":{"type":"signature_delta","signature":"c2ln"}})",
       R"({"type":"content_block_start","index":1,"content_block":{"type":"tool_use","id":"t","name":"add","input":{}}})",
       R"({"type":"content_block_delta","index":1,"delta":{"type":"input_json_delta","partial_json":"{oops"}})",
       R"({"type":"message_delta","delta":{"stop_reason":"tool_use"},"usage":{"output_tokens":9}})",
       R"({"type":"message_stop"})"})
    stream += "data: " + std::string(data) + "\n\n";
  const auto read = read_stream(*kClient, stream);
  BOOST_REQUIRE(read.answer);
  const json thinking{{"type", "thinking"}, {"thinking", "let me see"}, {"signature", "c2ln"}};
  BOOST_REQUIRE(read.answer->thinking.size() == 1U);
  BOOST_TEST(read.answer->thinking[0] == thinking);
  // What is no JSON is kept for the tool to complain about; what goes back must be an object.
  BOOST_TEST(read.answer->tool_calls.at(0).arguments == "{oops");
  Message turn{
      .role = Role::Assistant, .text = {}, .tool_calls = read.answer->tool_calls, .thinking = read.answer->thinking};
  const auto body = body_of({"claude-opus-5", {{Role::User, "1+1?"}, turn, {Role::Tool, "no", {}, "t", "add", true}}});
  const auto& content = body["messages"][1]["content"];
  BOOST_TEST(content[0] == thinking);
  BOOST_TEST(content[1]["input"] == json::object());
}

// Regression: with each piece all that came before it was copied, 160 GB for these.
BOOST_AUTO_TEST_CASE(long_thinking_in_many_pieces_takes_no_time) {
  constexpr std::size_t kPieces = 40'000;
  const std::string piece(100, 'x');
  std::string stream;
  for (std::size_t i = 0; i < kPieces; ++i)
    stream += R"(data: {"type":"content_block_delta","index":0,"delta":{"type":"thinking_delta","thinking":")" + piece +
              "\"}}\n\n";
  stream += "data: {\"type\":\"message_stop\"}\n\n";
  const auto begin = std::chrono::steady_clock::now();
  const auto read = read_stream(*kClient, stream);
  BOOST_REQUIRE(read.answer);
  BOOST_TEST(read.answer->thinking.at(0).at("thinking").get<std::string>().size() == kPieces * piece.size());
  BOOST_TEST((std::chrono::steady_clock::now() - begin < std::chrono::seconds(10)));
}

BOOST_AUTO_TEST_CASE(a_stream_without_its_end_is_an_error) {
  BOOST_TEST(!read_stream(*kClient, kStream.substr(0, kStream.find("event: message_stop"))).answer);
}

BOOST_AUTO_TEST_CASE(an_error_in_a_stream_is_an_error) {
  const auto read =
      read_stream(*kClient,
                  "event: error\ndata: "
                  "{\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"Overloaded\"}}\n\n");
  BOOST_REQUIRE(!read.answer);
  BOOST_TEST((read.answer.error().kind == ErrorKind::ProviderOverloaded));
}

BOOST_AUTO_TEST_CASE(a_long_list_of_models_has_more_pages) {
  const auto page = kClient->read_models(ok(
      R"({"data":[{"id":"claude-opus-5","display_name":"Claude Opus 5","max_input_tokens":200000}],"has_more":true,"last_id":"claude-opus-5"})"));
  BOOST_REQUIRE(page);
  BOOST_TEST(page->models.at(0).display_name == "Claude Opus 5");
  BOOST_TEST(*page->models[0].context_tokens == 200000);
  BOOST_TEST(kClient->list_models(page->next).path == "/models?limit=1000&after_id=claude-opus-5");
}

BOOST_AUTO_TEST_SUITE_END()
