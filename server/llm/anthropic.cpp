#include "server/llm/anthropic.h"

#include <map>

#include "server/llm/provider_error.h"
#include "shared/text.h"

namespace ownkey::llm {
namespace {

constexpr auto kProvider = Provider::Anthropic;
constexpr const char* kVersion = "2023-06-01";
// The API wants a limit with every request. All of its present models can write this much.
constexpr std::int64_t kDefaultMaxTokens = 4096;

json text_block(const std::string& text) { return {{"type", "text"}, {"text", text}}; }

bool is_thinking(const json& block) {
  const auto type = text_at(block, "type");
  return type == "thinking" || type == "redacted_thinking";
}

json content_of(const Message& message) {
  json blocks = json::array();
  if (message.role == Role::Tool) {
    blocks.push_back({{"type", "tool_result"}, {"tool_use_id", message.tool_call_id}, {"content", message.text}});
    if (message.tool_failed) blocks.back()["is_error"] = true;
    return blocks;
  }
  for (const auto& block : message.thinking) blocks.push_back(block);
  // An empty text block is refused.
  if (!message.text.empty()) blocks.push_back(text_block(message.text));
  for (const auto& call : message.tool_calls)
    blocks.push_back({{"type", "tool_use"},
                      {"id", call.id},
                      {"name", call.name},
                      {"input", call.arguments.is_object() ? call.arguments : json::object()}});
  return blocks;
}

// System turns go into a field of their own; results of several tools belong into one user turn.
void add_messages(const ChatRequest& request, json& body) {
  std::string system;
  json& turns = body["messages"] = json::array();
  bool after_tool = false;
  for (const auto& message : request.messages) {
    if (message.role == Role::System) {
      system += (system.empty() ? "" : "\n\n") + message.text;
      continue;
    }
    const bool is_tool = message.role == Role::Tool;
    if (is_tool && after_tool) turns.back()["content"].push_back(content_of(message)[0]);
    else
      turns.push_back(
          {{"role", message.role == Role::Assistant ? "assistant" : "user"}, {"content", content_of(message)}});
    after_tool = is_tool;
  }
  if (!system.empty()) body["system"] = system;
}

FinishReason finish_reason(std::string_view name) {
  if (name == "end_turn" || name == "stop_sequence") return FinishReason::Stop;
  if (name == "max_tokens" || name == "model_context_window_exceeded") return FinishReason::Length;
  if (name == "tool_use") return FinishReason::ToolCalls;
  if (name == "refusal") return FinishReason::Refused;
  return FinishReason::Other;
}

// What went in counts whether or not a cache served it.
api::Usage usage_of(const json& usage) {
  return {tokens_at(usage, "input_tokens") + tokens_at(usage, "cache_creation_input_tokens") +
              tokens_at(usage, "cache_read_input_tokens"),
          tokens_at(usage, "output_tokens")};
}

// The type says more than the status; in a stream it is all there is.
ErrorKind classify(const Complaint& complaint) {
  const auto& [status, type, code, message, wait] = complaint;
  if (contains(message, "credit balance is too low")) return ErrorKind::NoCredit;
  if (contains(message, "prompt is too long") || contains(message, "exceed context limit"))
    return ErrorKind::ContextTooLong;
  if (contains(message, "input length and `max_tokens` exceed")) return ErrorKind::ContextTooLong;
  // Anthropic's edge refuses countries that it does not serve in these words.
  if (status == 403 && contains(message, "Request not allowed")) return ErrorKind::CountryNotServed;
  if (type == "authentication_error") return ErrorKind::KeyRejected;
  if (type == "billing_error") return ErrorKind::NoCredit;
  if (type == "permission_error") return ErrorKind::PermissionDenied;
  if (type == "not_found_error") return ErrorKind::ModelNotFound;
  if (type == "request_too_large") return ErrorKind::ContextTooLong;
  if (type == "rate_limit_error") return ErrorKind::ProviderRateLimited;
  if (type == "overloaded_error") return ErrorKind::ProviderOverloaded;
  if (type == "timeout_error") return ErrorKind::ProviderTimeout;
  return kind_of_status(status);
}

Complaint complaint_of(const json& error, int status) {
  return {status, text_at(error, "type"), "", text_at(error, "message")};
}

class AnthropicStream final : public AnswerStream {
 public:
  explicit AnthropicStream(OnDelta on_delta) : on_delta_(std::move(on_delta)) {}

  Result<void> take(const SseEvent& event) override {
    auto data = parse_json(event.data);
    if (!data) return broken_off(kProvider);
    const auto type = text_at(*data, "type");
    if (type == "error") {
      const auto complaint = complaint_of(object_at(*data, "error"), 500);
      return explain(kProvider, classify(complaint), complaint);
    }
    if (type == "message_start") answer_.usage = usage_of(object_at(object_at(*data, "message"), "usage"));
    if (type == "content_block_start") start_block(*data);
    if (type == "content_block_delta") add_delta(*data);
    if (type == "message_delta") add_message_delta(*data);
    if (type == "message_stop") done_ = true;
    return {};
  }

  Result<ChatAnswer> finish() override {
    if (!done_) return broken_off(kProvider);
    for (auto& [index, partial] : calls_) {
      if (!partial.arguments.empty()) {
        auto arguments = parse_json(partial.arguments);
        partial.call.arguments = arguments ? std::move(*arguments) : json(partial.arguments);
      }
      answer_.tool_calls.push_back(std::move(partial.call));
    }
    for (auto& [index, block] : thinking_) answer_.thinking.push_back(std::move(block));
    return std::move(answer_);
  }

 private:
  struct PartialCall {
    ToolCall call;
    std::string arguments;
  };

  void start_block(const json& data) {
    const json& block = object_at(data, "content_block");
    if (is_thinking(block)) thinking_[number_at(data, "index")] = block;
    if (text_at(block, "type") == "tool_use")
      calls_[number_at(data, "index")] = {{text_at(block, "id"), text_at(block, "name"), json::object()}, ""};
  }

  void add_delta(const json& data) {
    const json& delta = object_at(data, "delta");
    const auto type = text_at(delta, "type");
    if (type == "thinking_delta") extend_thinking(data, "thinking");
    if (type == "signature_delta") extend_thinking(data, "signature");
    if (type == "input_json_delta") calls_[number_at(data, "index")].arguments += text_at(delta, "partial_json");
    if (type != "text_delta") return;
    const auto text = text_at(delta, "text");
    answer_.text += text;
    on_delta_(text);
  }

  void extend_thinking(const json& data, const char* part) {
    json& text = thinking_[number_at(data, "index")][part];
    if (!text.is_string()) text = "";
    text.get_ref<std::string&>() += text_at(object_at(data, "delta"), part);
  }

  void add_message_delta(const json& data) {
    answer_.finish_reason = finish_reason(text_at(object_at(data, "delta"), "stop_reason"));
    const json& usage = object_at(data, "usage");
    if (!answer_.usage) answer_.usage = api::Usage{};
    if (usage.contains("output_tokens")) answer_.usage->output_tokens = tokens_at(usage, "output_tokens");
  }

  OnDelta on_delta_;
  ChatAnswer answer_;
  std::map<std::int64_t, PartialCall> calls_;
  std::map<std::int64_t, json> thinking_;
  bool done_ = false;
};

class AnthropicClient final : public ProviderClient {
 public:
  KeyHeader key_header() const override { return {"x-api-key", ""}; }

  HttpRequest chat(const ChatRequest& request, Streamed streamed) const override {
    json body{{"model", request.model}, {"max_tokens", request.max_tokens.value_or(kDefaultMaxTokens)}};
    add_messages(request, body);
    for (const auto& tool : request.tools)
      body["tools"].push_back(
          {{"name", tool.name}, {"description", tool.description}, {"input_schema", tool.parameters}});
    if (request.temperature) body["temperature"] = *request.temperature;
    if (streamed == Streamed::Yes) body["stream"] = true;
    return {"POST", "/messages", {{"anthropic-version", kVersion}}, dump_json(body)};
  }

  Result<ChatAnswer> read_answer(const HttpAnswer& answer) const override {
    auto body = parse_json(answer.body);
    if (!body || text_at(*body, "type") != "message") return not_the_api(kProvider, answer);
    ChatAnswer result;
    result.finish_reason = finish_reason(text_at(*body, "stop_reason"));
    result.usage = usage_of(object_at(*body, "usage"));
    for (const auto& block : list_at(*body, "content")) {
      const auto type = text_at(block, "type");
      if (type == "text") result.text += text_at(block, "text");
      if (is_thinking(block)) result.thinking.push_back(block);
      if (type == "tool_use")
        result.tool_calls.push_back({text_at(block, "id"), text_at(block, "name"), object_at(block, "input")});
    }
    return result;
  }

  std::unique_ptr<AnswerStream> read_stream(OnDelta on_delta) const override {
    return std::make_unique<AnthropicStream>(std::move(on_delta));
  }

  HttpRequest list_models(const std::string& page) const override {
    return {"GET",
            "/models?limit=1000" + (page.empty() ? "" : "&after_id=" + percent_encoded(page)),
            {{"anthropic-version", kVersion}}};
  }

  Result<ModelPage> read_models(const HttpAnswer& answer) const override {
    auto body = parse_json(answer.body);
    if (!body || !body->is_object() || !body->contains("data")) return not_the_api(kProvider, answer);
    ModelPage page;
    for (const auto& entry : list_at(*body, "data")) {
      Model model{text_at(entry, "id"), text_at(entry, "display_name")};
      if (const auto tokens = number_at(entry, "max_input_tokens")) model.context_tokens = tokens;
      if (!model.id.empty()) page.models.push_back(std::move(model));
    }
    if (body->value("has_more", json(false)) == true) page.next = text_at(*body, "last_id");
    return page;
  }

  Error read_error(const HttpAnswer& answer, std::string_view model) const override {
    const auto body = parse_json(answer.body);
    if (!body || object_at(*body, "error").empty()) {
      if (kind_of_status(answer.status) == ErrorKind::ProviderError) return not_the_api(kProvider, answer);
      return explain(kProvider, kind_of_status(answer.status), {answer.status, "", "", "", retry_after(answer)}, model);
    }
    Complaint complaint = complaint_of(object_at(*body, "error"), answer.status);
    complaint.retry_after_s = retry_after(answer);
    return explain(kProvider, classify(complaint), complaint, model);
  }

  std::string request_id(const HttpAnswer& answer) const override {
    if (const auto told = answer.header("request-id"); !told.empty()) return std::string(told);
    // An error tells it once more, where a proxy may have dropped the header.
    if (answer.status / 100 == 2) return "";
    const auto body = parse_json(answer.body);
    return body ? text_at(*body, "request_id") : "";
  }
};

}  // namespace

std::unique_ptr<ProviderClient> make_anthropic_client() { return std::make_unique<AnthropicClient>(); }

}  // namespace ownkey::llm
