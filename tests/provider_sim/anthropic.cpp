// Anthropic messages, models and token counting.
#include <set>

#include "tests/provider_sim/answer.h"
#include "tests/provider_sim/sse.h"
#include "tests/provider_sim/wire.h"

namespace ownkey::provider_sim {
namespace {

json error_body(std::string_view type, std::string_view message, const std::string& id) {
  return {{"type", "error"}, {"error", {{"type", type}, {"message", message}}}, {"request_id", "req_" + id}};
}

class Anthropic final : public Wire {
 public:
  Provider provider() const override { return Provider::Anthropic; }
  std::vector<std::string> key_prefixes() const override { return {"sk-ant-sim-", "sk-ant-api03-sim-"}; }
  std::vector<std::string> models() const override {
    return {"claude-opus-5-5", "claude-opus-5", "claude-sonnet-5", "claude-fable-5", "claude-haiku-4-5"};
  }
  std::string request_id_header() const override { return "request-id"; }

  // The documented header, or what Anthropic's own TypeScript SDK sends since 1.x.
  std::string key_of(const HeaderReader& headers) const override {
    const std::string key = headers.header("x-api-key");
    return key.empty() ? bearer_token(headers) : key;
  }

  std::optional<Reply> header_error(const HeaderReader& headers) const override {
    if (key_of(headers).empty())
      return Reply{401, error_body("authentication_error", "x-api-key header is required", "sim")};
    if (headers.header("anthropic-version").empty())
      return Reply{400, error_body("invalid_request_error", "anthropic-version: header is required", "sim")};
    return std::nullopt;
  }

  std::optional<Reply> body_error(const json& body) const override {
    for (const auto* field : {"model", "max_tokens", "messages"})
      if (!body.contains(field))
        return Reply{400, error_body("invalid_request_error", std::string(field) + ": Field required", "sim")};
    if (!body["messages"].is_array() || body["messages"].empty())
      return Reply{400, error_body("invalid_request_error", "messages: at least one message is required", "sim")};
    for (const auto& message : body["messages"])
      if (message.value("role", "") != "user" && message.value("role", "") != "assistant")
        return Reply{400, error_body("invalid_request_error", "messages: Unexpected role", "sim")};
    return unanswered_call(body["messages"]);
  }

  Call read_call(const json& body) const override {
    Call call;
    call.model = body["model"];
    call.stream = body.value("stream", false);
    for (const auto& message : body["messages"]) {
      const auto& content = message.at("content");
      call.input_bytes += dump_json(content).size();
      if (message.value("role", "") == "assistant") call.rounds += ids_in(content, "tool_use", "id").empty() ? 0 : 1;
      else read_turn(content, call);
    }
    if (body.contains("tools") && !body["tools"].empty()) call.tool = body["tools"][0]["name"];
    return call;
  }

  Reply error(Fault fault, const Call& call) const override {
    const auto reply = [&](int status, std::string_view type, std::string_view message) {
      return Reply{status, error_body(type, message, call.id)};
    };
    switch (fault) {
      case Fault::Rejected: return reply(401, "authentication_error", "invalid x-api-key");
      case Fault::EchoKey: return reply(401, "authentication_error", "invalid x-api-key: " + call.key);
      case Fault::Restricted:
      case Fault::Forbidden:
        return reply(403, "permission_error", "Your API key does not have permission to use the specified resource.");
      case Fault::Region: return reply(403, "forbidden", "Request not allowed");
      case Fault::NoCredit:
        return reply(
            400, "invalid_request_error",
            "Your credit balance is too low to access the Anthropic API. Please go to Plans & Billing to upgrade or "
            "purchase credits.");
      case Fault::RateLimited: {
        Reply limited = reply(429, "rate_limit_error", "This request would exceed your organization's rate limit.");
        limited.headers = {{"retry-after", "1"}};
        return limited;
      }
      case Fault::Flaky:
      case Fault::Overloaded: return reply(529, "overloaded_error", "Overloaded");
      case Fault::Timeout: return reply(504, "timeout_error", "Request timed out");
      case Fault::ContextTooLong:
        return reply(400, "invalid_request_error", "prompt is too long: 204801 tokens > 200000 maximum");
      case Fault::ModelNotFound: return reply(404, "not_found_error", "model: " + call.model);
      case Fault::InvalidRequest:
        return reply(400, "invalid_request_error", "temperature: not supported by this model");
      default: return reply(500, "api_error", "Internal server error");
    }
  }

  json whole_answer(const Call& call, const Answer& answer) const override {
    json message = message_head(call, answer);
    message["content"] = blocks(call, answer);
    message["stop_reason"] = answer.calls.empty() ? "end_turn" : "tool_use";
    message["usage"]["output_tokens"] = answer.output_tokens;
    return message;
  }

  std::vector<std::string> stream_events(const Call& call, const Answer& answer) const override {
    std::vector<std::string> events;
    const auto add = [&](const json& event) { events.push_back(named_event(event)); };
    add({{"type", "message_start"}, {"message", message_head(call, answer)}});
    const json all = blocks(call, answer);
    for (std::size_t index = 0; index < all.size(); ++index) {
      json start = all[index];
      const bool is_text = start["type"] == "text";
      const std::string content = is_text ? answer.text : dump_json(start["input"]);
      if (is_text) start["text"] = "";
      else start["input"] = json::object();
      add({{"type", "content_block_start"}, {"index", index}, {"content_block", start}});
      add({{"type", "ping"}});
      for (const auto& piece : pieces_of(content)) {
        const json delta = is_text ? json{{"type", "text_delta"}, {"text", piece}}
                                   : json{{"type", "input_json_delta"}, {"partial_json", piece}};
        add({{"type", "content_block_delta"}, {"index", index}, {"delta", delta}});
      }
      add({{"type", "content_block_stop"}, {"index", index}});
    }
    add({{"type", "message_delta"},
         {"delta", {{"stop_reason", answer.calls.empty() ? "end_turn" : "tool_use"}, {"stop_sequence", nullptr}}},
         {"usage", {{"output_tokens", answer.output_tokens}}}});
    add({{"type", "message_stop"}});
    return events;
  }

  std::string error_event(const Call&) const override {
    return named_event({{"type", "error"}, {"error", {{"type", "overloaded_error"}, {"message", "Overloaded"}}}});
  }

  json model_list(const PageRequest& request) const override {
    const auto page = page_of(models(), request);
    json data = json::array();
    for (const auto& id : page.models)
      data.push_back({{"type", "model"},
                      {"id", id},
                      {"display_name", id},
                      {"created_at", "2026-08-01T00:00:00Z"},
                      {"max_input_tokens", 200000},
                      {"max_tokens", 64000}});
    return {{"data", data},
            {"has_more", page.has_more},
            {"first_id", page.models.empty() ? json(nullptr) : json(page.models.front())},
            {"last_id", page.models.empty() ? json(nullptr) : json(page.models.back())}};
  }

 private:
  static void read_turn(const json& content, Call& call) {
    call.prompt.clear();
    call.tool_result.reset();
    if (content.is_string()) call.prompt = content.get<std::string>();
    if (content.is_array())
      for (const auto& part : content) {
        if (part.value("type", "") == "text") call.prompt += part.value("text", "");
        if (part.value("type", "") == "tool_result")
          add_result(call.tool_result,
                     part["content"].is_string() ? part["content"].get<std::string>() : dump_json(part["content"]));
      }
    if (call.prompt.empty()) return;
    call.task = call.prompt;
    call.rounds = 0;
  }

  static std::set<std::string> ids_in(const json& content, std::string_view type, const char* name) {
    std::set<std::string> ids;
    if (content.is_array())
      for (const auto& part : content)
        if (part.value("type", "") == type) ids.insert(part.at(name));
    return ids;
  }

  // Every tool_use wants its tool_result in the turn behind it.
  static std::optional<Reply> unanswered_call(const json& messages) {
    std::set<std::string> open;
    for (const auto& message : messages) {
      const auto results = ids_in(message.at("content"), "tool_result", "tool_use_id");
      if (results != open)
        return Reply{400, error_body("invalid_request_error",
                                     "messages: `tool_use` ids were found without `tool_result` blocks immediately "
                                     "after",
                                     "sim")};
      open = ids_in(message.at("content"), "tool_use", "id");
    }
    return std::nullopt;
  }

  static json blocks(const Call& call, const Answer& answer) {
    json blocks = json::array();
    if (!answer.text.empty()) blocks.push_back({{"type", "text"}, {"text", answer.text}});
    for (std::size_t i = 0; i < answer.calls.size(); ++i)
      blocks.push_back({{"type", "tool_use"},
                        {"id", "toolu_" + call.id + "_" + std::to_string(i)},
                        {"name", answer.calls[i].name},
                        {"input", answer.calls[i].arguments}});
    return blocks;
  }

  static json message_head(const Call& call, const Answer& answer) {
    return {{"id", "msg_" + call.id},
            {"type", "message"},
            {"role", "assistant"},
            {"model", call.model},
            {"content", json::array()},
            {"stop_reason", nullptr},
            {"stop_sequence", nullptr},
            {"usage",
             {{"input_tokens", answer.input_tokens},
              {"cache_creation_input_tokens", 0},
              {"cache_read_input_tokens", 0},
              {"output_tokens", 1},
              {"service_tier", "standard"}}}};
  }
};

}  // namespace

std::unique_ptr<Wire> anthropic_wire() { return std::make_unique<Anthropic>(); }

}  // namespace ownkey::provider_sim
